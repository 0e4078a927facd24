"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from math import exp

from biotwin.equipment.mass_flow_controller.model import Inputs, Parameters, Start, advance, initial, readings
from biotwin.finding import Result


def molar_flow(*, maximum_flow: float) -> float:
    """Molar flow (mol/s) at full scale of ``maximum_flow`` normal m3/s."""
    p = Parameters(maximum_flow=maximum_flow)
    return readings(initial(p, Start(1.0)), Inputs(command=1.0), p).flow


def step_response(*, lag: float, tick: float, ticks: int) -> Result:
    """Largest miss of the indicated fraction after a step to full scale against 1 - exp(-t / lag)."""
    p = Parameters(maximum_flow=1.0, lag=lag)
    x, u = initial(p, Start()), Inputs(command=1.0)
    time, twin = [0.0], [0.0]
    for n in range(1, ticks + 1):
        x = advance(x, u, p, tick)
        time.append(n * tick)
        twin.append(readings(x, u, p).indicated)
    reference = [1.0 - exp(-t / lag) for t in time]
    miss = max(abs(a - b) for a, b in zip(twin, reference, strict=True))
    return Result(miss, tuple(time), tuple(twin), tuple(reference))
