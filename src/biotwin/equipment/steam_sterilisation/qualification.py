"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from functools import lru_cache

from biotwin.equipment.steam_sterilisation.model import (
    Inputs,
    Parameters,
    Readings,
    Start,
    advance,
    initial,
    readings,
)

INSULATED = Parameters(wall_loss=0.0, leg_loss=1.0e-6)
MINUTE = 60.0


def cycle(p: Parameters, start: Start, pressure: float, seconds: int, purge: int, faults: Inputs) -> Readings:
    """What is read after a cycle of one-second ticks: a PI loop holds ``pressure``, the vent purges at first."""
    x, integral, u = initial(p, start), 0.2, faults
    for n in range(seconds):
        miss = pressure - readings(x, u, p).pressure
        integral = min(max(integral + 2.0e-7 * miss, 0.0), 1.0)
        opening = min(max(integral + 5.0e-5 * miss, 0.0), 1.0)
        u = faults._replace(steam_valve=opening, vent_valve=1.0 if n < purge else 0.0, drain_valve=1.0)
        x = advance(x, u, p, 1.0)
    return readings(x, u, p)


@lru_cache(maxsize=8)
def _holding(air: float, celsius: float, bar: float) -> Readings:
    """Brought to ``bar`` with this fraction of air, enclosed from the start; its expansion ends at ``celsius``.

    Without losses a pressure that was passed would stay: the valve closes in proportion, so that it never is.
    """
    enclosed = air * bar * 1.0e5 * 294.15 / (273.15 + celsius)
    p = INSULATED
    x = initial(p, Start(air_pressure=enclosed))
    for _ in range(5400):
        miss = bar * 1.0e5 - readings(x, Inputs(), p).pressure
        x = advance(x, Inputs(steam_valve=min(max(5.0e-6 * miss, 0.0), 1.0), drain_valve=1.0), p, 1.0)
    return readings(x, Inputs(), p)


def trapped_air(*, bar: float, air: float, celsius: float, part: str) -> float:
    """Steam ``temperature`` (degC) or lethal ``rate`` at a pressure with a fraction of air."""
    y = _holding(air, celsius, bar)
    return y.lethal_rate if part == "rate" else y.steam_temperature - 273.15


def lethality(*, celsius: float) -> float:
    """F0 earned per minute by a wall that stands at a temperature for ten minutes, min/min."""
    p = INSULATED
    x = initial(p, Start(temperature=273.15 + celsius))
    for _ in range(60):
        x = advance(x, Inputs(), p, 10.0)
    return x.wall_lethality / (10.0 * MINUTE)


def earned(*, trapped: float, blocked: float, part: str) -> float:
    """F0 (min) of the ``leg`` or the ``wall``, or the ``pressure`` (bar), after an hour's cycle with a fault."""
    y = cycle(Parameters(), Start(), 2.06e5, 3600, 900, Inputs(trapped_air=trapped, trap_blocked=blocked))
    found = {"leg": y.leg_lethality / MINUTE, "wall": y.wall_lethality / MINUTE, "pressure": y.pressure * 1.0e-5}
    return found[part]


def pump_down(*, volume: float, speed: float, high: float, low: float) -> float:
    """Seconds from ``high`` to ``low`` (mbar) of a dry vessel (m3) on a pump (m3/h)."""
    p = INSULATED._replace(volume=volume, pump_speed=speed / 3600.0)
    x, u, ticks = initial(p, Start(air_pressure=high * 100.0)), Inputs(vacuum_valve=1.0), 0
    while readings(x, u, p).pressure > low * 100.0:
        x, ticks = advance(x, u, p, 0.1), ticks + 1
    return 0.1 * ticks


def pulses(*, pulls: int, low: float, high: float) -> float:
    """Air that is left, as a part of what was there, after pulls to ``low`` broken with steam to ``high`` (mbar).

    The vessel is hot and dry, so that nothing condenses and pressures are those of the gas alone.
    """
    p = INSULATED._replace(volume=5.0, pump_speed=400.0 / 3600.0)
    x = initial(p, Start(temperature=400.0, air_pressure=high * 100.0))
    begun = x.air
    for _ in range(pulls):
        while readings(x, Inputs(), p).pressure > low * 100.0:
            x = advance(x, Inputs(vacuum_valve=1.0), p, 0.1)
        while readings(x, Inputs(), p).pressure < high * 100.0:
            x = advance(x, Inputs(steam_valve=0.2), p, 0.1)
    return x.air / begun


def risen(*, sccm: float, volume: float, minutes: float) -> float:
    """Rise (Pa) of an isolated, dry vessel at 0 degC into which so many cm3 (0 degC, 1 atm) leak per minute."""
    flow = sccm / 60.0 / 22413.97
    p = INSULATED._replace(volume=volume, natural_leak=flow / 101325.0, room=273.15)
    x = initial(p, Start(temperature=273.15, air_pressure=1.0))
    for _ in range(int(minutes * 6.0)):
        x = advance(x, Inputs(), p, 10.0)
    return readings(x, Inputs(), p).pressure - 1.0


def bent(*, celsius: float, grams: float) -> float:
    """Rise of the second ten minutes over that of the first, of an isolated vessel with a film on its wall."""
    p = INSULATED._replace(volume=5.0, film=1.5, film_evaporation=6.0e-6)
    x = initial(p, Start(temperature=273.15 + celsius, air_pressure=1.0))._replace(condensate=1.0e-3 * grams)
    seen = [readings(x, Inputs(), p).pressure]
    for _ in range(2):
        for _ in range(60):
            x = advance(x, Inputs(), p, 10.0)
        seen.append(readings(x, Inputs(), p).pressure)
    return (seen[2] - seen[1]) / (seen[1] - seen[0])
