"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from biotwin.equipment.transport_lane.model import Inputs, Parameters, Readings, Start, advance, initial, readings

HOUR, DAY = 3600.0, 86400.0


def _day(u: Inputs, p: Parameters, tick: float) -> list[Readings]:
    """Readings at every tick of one day from midnight."""
    x, seen = initial(p, Start(hour=0.0)), []
    for _ in range(round(DAY / tick)):
        x = advance(x, u, p, tick)
        seen.append(readings(x, u, p))
    return seen


def mean_sunlight(*, sunshine: float, tick: float) -> float:
    """Mean over a day (W/m2) under the open sky."""
    seen = _day(Inputs(sheltered=0.0), Parameters(sunshine=sunshine), tick)
    return sum(y.sunlight for y in seen) / len(seen)


def mean_air(*, outdoor: float, swing: float, tick: float) -> float:
    """Mean outdoor air (K) over a day."""
    seen = _day(Inputs(), Parameters(outdoor=outdoor, swing=swing), tick)
    return sum(y.air for y in seen) / len(seen)


def air_at(*, hour: float, outdoor: float, swing: float) -> float:
    """Outdoor air (K) at an hour of the day (s)."""
    p = Parameters(outdoor=outdoor, swing=swing)
    return readings(initial(p, Start(hour=hour)), Inputs(), p).air


def noon_excess(*, solar_gain: float, sunshine: float) -> float:
    """By how much a box in the noon sun feels warmer than the air (K)."""
    p = Parameters(solar_gain=solar_gain, sunshine=sunshine)
    y = readings(initial(p, Start(hour=12.0 * HOUR)), Inputs(sheltered=0.0), p)
    return y.ambient - y.air


def door_to_door(*, legs: list[float], delay: float, waiting: int, tick: float) -> float:
    """Time (s) until the last leg may end; leg number ``waiting`` (from 0) suffers the delay."""
    p, time = Parameters(), 0.0
    x = initial(p, Start())
    for n, length in enumerate(legs):
        u = Inputs(leg=n + 1.0, leg_length=length, waits=float(n == waiting), delay=delay)
        x, time = advance(x, u, p, tick), time + tick
        while readings(x, u, p).remaining > 0.0:
            x, time = advance(x, u, p, tick), time + tick
    return time
