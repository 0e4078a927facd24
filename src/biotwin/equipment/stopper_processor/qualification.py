"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from biotwin.equipment.stopper_processor.model import (
    BALANCES,
    Inputs,
    Parameters,
    Start,
    advance,
    initial,
    readings,
)
from biotwin.properties.lethality import lethal_rate
from biotwin.properties.steam import saturation_temperature


def steam_temperature(*, pressure: float) -> float:
    """Saturated steam (K) at a pressure (Pa)."""
    return saturation_temperature(pressure)


def rate_at(*, temperature: float) -> float:
    """Lethal rate at a temperature (K)."""
    p = Parameters()
    return lethal_rate(temperature, p.reference, p.z)


def water_after(*, hours: float) -> float:
    """Water (mg) of a soaked stopper after so long in hot dry air."""
    p, x = Parameters(), initial(Parameters(), Start(water=Parameters().wet))
    for _ in range(round(hours * 60.0)):
        x = advance(x, Inputs(heating=1.0, vacuum=1.0), p, 60.0)
    return 1.0e6 * readings(x, Inputs(), p).water


def steamed(p: Parameters, pressure: float, left: float) -> float:
    """Temperature (K) of a bed after four hours of steam at this pressure (Pa), with so much of its air shut in."""
    x, u = initial(p, Start())._replace(air=left), Inputs(air_trapped=1.0)
    u = u._replace(steam=(pressure - p.atmosphere) / (p.network - p.atmosphere))
    for _ in range(240):
        x = advance(x, u, p, 60.0)
    shown = readings(x, u, p)
    if abs(shown.pressure - pressure) > 1.0 or abs(shown.air - left) > 1.0e-6:
        raise ValueError("the bed did not stay at the pressure and the air that were asked for")
    return shown.load_temperature


def mixture(*, pressure: float, left: float) -> float:
    """The same where nothing is lost to the room: what a thermometer in the mixture reads."""
    return steamed(Parameters(room_lag=1.0e12), pressure, left)


def bed(*, left: float) -> float:
    """By how much (K) a load that keeps this part of its air lies below one in pure steam, at 15 psi, in the room."""
    return steamed(Parameters(), 204746.0, 0.0) - steamed(Parameters(), 204746.0, left)


def balance_error(*, hours: float) -> float:
    """Largest open part of the water's balance over what was taken up, at changing ticks and valves."""
    p, x, worst = Parameters(), initial(Parameters(), Start()), 0.0
    for n in range(round(hours * 60.0)):
        u = Inputs(steam=0.4 * (n % 3), vacuum=float(n % 2), heating=0.3 * (n % 4), dryer_weak=0.2 * (n % 5))
        x = advance(x, u, p, (0.1, 1.0, 60.0, 600.0)[n % 4])
        for terms in BALANCES.values():
            worst = max(worst, abs(sum(w * getattr(x, f) for f, w in terms.items())) / x.taken)
    return worst
