"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from math import exp

from biotwin.equipment.jacket_loop.model import Inputs, Parameters, Start, advance, initial, readings
from biotwin.finding import Result


def cooling(*, start: float, tick: float, ticks: int) -> Result:
    """Temperature (K) of the default loop under full chilled water; reference the closed solution."""
    p = Parameters()
    x, u = initial(p, Start(start)), Inputs(command=-1.0)
    time, twin = [0.0], [start]
    for n in range(1, ticks + 1):
        x = advance(x, u, p, tick)
        time.append(n * tick)
        twin.append(readings(x, u, p).temperature)
    conductance = p.chilled_conductance + p.room_conductance
    end = (p.chilled_conductance * p.chilled_temperature + p.room_conductance * p.room_temperature) / conductance
    reference = tuple(end + (start - end) * exp(-t * conductance / p.heat_capacity) for t in time)
    return Result(twin[-1], tuple(time), tuple(twin), reference)


def hottest(*, hours: float) -> float:
    """Highest temperature (K) that full heating reaches in ``hours`` without a load, at 60 s ticks."""
    p = Parameters()
    x, u, highest = initial(p, Start()), Inputs(command=1.0), 0.0
    for _ in range(int(hours * 60.0)):
        x = advance(x, u, p, 60.0)
        highest = max(highest, x.temperature)
    return highest
