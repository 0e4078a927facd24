"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from biotwin.equipment.stirrer_drive.model import Inputs, Parameters, Start, advance, initial, readings
from biotwin.finding import Result


def run_up(*, maximum_speed: float, ramp: float, tick: float) -> Result:
    """Time (s) from rest to full speed; reference a straight ramp."""
    p = Parameters(maximum_speed=maximum_speed, ramp=ramp)
    x, u = initial(p, Start()), Inputs(command=1.0)
    time, twin = [0.0], [0.0]
    while twin[-1] < maximum_speed * (1.0 - 1.0e-12) and time[-1] < 10.0 * maximum_speed / ramp:
        x = advance(x, u, p, tick)
        time.append(time[-1] + tick)
        twin.append(readings(x, u, p).speed)
    reference = tuple(min(ramp * t, maximum_speed) for t in time)
    return Result(time[-1], tuple(time), tuple(twin), reference)
