"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from biotwin.equipment.analyser.model import Inputs, Parameters, measured
from biotwin.finding import Result


def repeatability(*, true_value: float, relative_error: float, determinations: int) -> Result:
    """Relative standard deviation of many determinations of one sample, on evenly spaced normal quantiles."""
    p = Parameters(relative_error=relative_error, high=10.0 * true_value)
    order = tuple((n + 0.5) / determinations for n in range(determinations))
    deviates = tuple(NormalDist().inv_cdf(q) for q in order)
    twin = tuple(measured(Inputs(true_value=true_value, deviate=d), p).value for d in deviates)
    mean = sum(twin) / determinations
    spread = sqrt(sum((v - mean) ** 2 for v in twin) / (determinations - 1)) / mean
    reference = tuple(true_value * (1.0 + relative_error * d) for d in deviates)
    return Result(spread, order, twin, reference)
