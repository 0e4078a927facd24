"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from math import exp

from biotwin.equipment.sampler.model import Inputs, Parameters, sampling
from biotwin.finding import Result


def carry_over(*, purges: float, samples: float) -> Result:
    """Carry-over after ``purges`` dead volumes thrown away and ``samples`` dead volumes taken."""
    p = Parameters()
    grid = tuple(purges * n / 20.0 for n in range(21))
    taken = samples * p.dead_volume
    twin = tuple(sampling(Inputs(requested=taken, purge=g * p.dead_volume), p).carry_over for g in grid)
    reference = tuple(exp(-g) * (1.0 - exp(-samples)) / samples for g in grid)
    return Result(twin[-1], grid, twin, reference)
