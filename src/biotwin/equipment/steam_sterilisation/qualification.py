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


def trapped_air(*, air: float, celsius: float, part: str) -> float:
    """Steam ``temperature`` (degC) or lethal ``rate`` at 2.049 bar with a fraction of air."""
    y = _holding(air, celsius, 2.049)
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
