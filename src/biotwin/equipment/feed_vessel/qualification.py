"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from biotwin.equipment.feed_vessel.model import Inputs, Parameters, Start, advance, initial, readings
from biotwin.finding import Result


def delivered_glucose(*, volume: float, concentration: float, draw: float, tick: float, ticks: int) -> Result:
    """Glucose (mol) handed over by a bottle drawn at ``draw`` m3/s until it is empty and beyond."""
    p = Parameters(glucose=concentration)
    x, u = initial(p, Start(volume)), Inputs(draw=draw)
    time, twin = [0.0], [0.0]
    for n in range(1, ticks + 1):
        x = advance(x, u, p, tick)
        time.append(n * tick)
        twin.append(twin[-1] + readings(x, u, p).glucose_flow * tick)
    reference = tuple(concentration * min(draw * t, volume) for t in time)
    return Result(twin[-1], tuple(time), tuple(twin), reference)
