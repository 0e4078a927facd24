"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from biotwin.equipment.valve.model import Inputs, Parameters, Start, advance, initial, readings
from biotwin.finding import Result


def stroke(*, travel_time: float, tick: float) -> Result:
    """Time (s) from the command to the open limit switch, from closed."""
    p = Parameters(travel_time=travel_time)
    x, u = initial(p, Start(0.0)), Inputs(command=1.0)
    time, twin = [0.0], [0.0]
    while readings(x, u, p).open < 0.5 and time[-1] < 10.0 * travel_time:
        x = advance(x, u, p, tick)
        time.append(time[-1] + tick)
        twin.append(readings(x, u, p).position)
    reference = tuple(min(t / travel_time, 1.0) for t in time)
    return Result(time[-1], tuple(time), tuple(twin), reference)
