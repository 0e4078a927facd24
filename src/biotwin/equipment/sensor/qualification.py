"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from math import exp, log

from biotwin.equipment.sensor.model import Inputs, Parameters, Start, advance, initial, readings
from biotwin.finding import Result


def step_response(*, lag: float, tick: float, ticks: int) -> Result:
    """Largest miss of the answer to a unit step against 1 - exp(-t / lag); ``lag`` and ``tick`` in s."""
    p = Parameters(low=-1.0, high=2.0, lag=lag)
    x, u = initial(p, Start(0.0)), Inputs(measured=1.0)
    time, twin = [0.0], [readings(x, u, p).value]
    for n in range(1, ticks + 1):
        x = advance(x, u, p, tick)
        time.append(n * tick)
        twin.append(readings(x, u, p).value)
    reference = [1.0 - exp(-t / lag) for t in time]
    miss = max(abs(a - b) for a, b in zip(twin, reference, strict=True))
    return Result(miss, tuple(time), tuple(twin), tuple(reference))


def rise_time(*, lag: float, tick: float, level: float) -> Result:
    """Time (s) at which the answer to a unit step crosses ``level``, interpolated between ticks."""
    found = step_response(lag=lag, tick=tick, ticks=int(-log(1.0 - level) * lag / tick) + 2)
    above = next(n for n, v in enumerate(found.twin) if v >= level)
    before, after = found.twin[above - 1], found.twin[above]
    crossing = found.time[above - 1] + tick * (level - before) / (after - before)
    return found._replace(value=crossing)
