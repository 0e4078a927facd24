"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from math import exp

from biotwin.equipment.peristaltic_pump.model import Inputs, Parameters, Start, advance, initial, readings
from biotwin.finding import Result


def totalised_volume(*, maximum_flow: float, lag: float, tick: float, ticks: int) -> Result:
    """Totalised volume (m3) after a step to full speed; reference Q (t - lag (1 - exp(-t / lag)))."""
    p = Parameters(maximum_flow=maximum_flow, lag=lag)
    x, u = initial(p, Start()), Inputs(command=1.0)
    time, twin = [0.0], [0.0]
    for n in range(1, ticks + 1):
        x = advance(x, u, p, tick)
        time.append(n * tick)
        twin.append(readings(x, u, p).totaliser)
    reference = [maximum_flow * (t - lag * (1.0 - exp(-t / lag))) for t in time]
    return Result(twin[-1], tuple(time), tuple(twin), tuple(reference))


def worn_flow(*, wear: float) -> float:
    """Flow at full speed of a tube squeezed for ``wear`` seconds, over that of a new one."""
    p, u = Parameters(), Inputs(command=1.0)
    new, worn = (initial(p, Start(wear=w))._replace(speed=1.0) for w in (0.0, wear))
    return readings(worn, u, p).flow / readings(new, u, p).flow
