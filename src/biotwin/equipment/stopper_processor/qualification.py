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


def mixture(*, pressure: float, left: float) -> float:
    """Temperature (K) of steam at a total pressure (Pa) when this part of an atmosphere of air was never discharged."""
    return saturation_temperature(pressure - left * Parameters().atmosphere)


def bed(*, air: float) -> float:
    """By how much (K) a bed that keeps this part of air lies below a bed of pure steam, after hours of both."""
    found, p = [], Parameters()
    for held in (0.0, air):
        x = initial(p, Start())._replace(air=held)
        for _ in range(240):
            x = advance(x, Inputs(steam=0.6, air_trapped=1.0), p, 60.0)
        found.append(readings(x, Inputs(steam=0.6, air_trapped=1.0), p).load_temperature)
    return found[0] - found[1]


def balance_error(*, hours: float) -> float:
    """Largest open part of the water's balance over what was taken up, at changing ticks and valves."""
    p, x, worst = Parameters(), initial(Parameters(), Start()), 0.0
    for n in range(round(hours * 60.0)):
        u = Inputs(steam=0.4 * (n % 3), vacuum=float(n % 2), heating=0.3 * (n % 4), dryer_weak=0.2 * (n % 5))
        x = advance(x, u, p, (0.1, 1.0, 60.0, 600.0)[n % 4])
        for terms in BALANCES.values():
            worst = max(worst, abs(sum(w * getattr(x, f) for f, w in terms.items())) / x.taken)
    return worst
