"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from biotwin.finding import Result


from biotwin.equipment.__slug__.model import Inputs, Parameters, Start, advance, initial


def delivered_volume(*, volume: float, draw: float, tick: float, ticks: int) -> Result:
    """Volume (m3) that left a vessel drawn at ``draw`` m3/s until it is empty and beyond."""
    p = Parameters()
    x, u = initial(p, Start(volume)), Inputs(draw=draw)
    time, twin = [0.0], [0.0]
    for n in range(1, ticks + 1):
        x = advance(x, u, p, tick)
        time.append(n * tick)
        twin.append(twin[-1] + x.flow * tick)
    return Result(twin[-1], tuple(time), tuple(twin), tuple(min(draw * t, volume) for t in time))
