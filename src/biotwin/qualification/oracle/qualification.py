"""Runs that compare the twin's stepper with a well-kept one on the same compiled right-hand side."""

from __future__ import annotations

import numpy as np

from biotwin.finding import Result
from biotwin.qualification.oracle import overflow_case as case
from biotwin.qualification.oracle.columns import beside


def stepper(*, tick: float, method: str) -> Result:
    """Largest relative difference of any state at 200 h between the twin's stepper and scipy's ``method``.

    The curves are the seven states at 200 h, each relative to the oracle's.
    """
    exact = case.scipy_solution(method, 1e-11)
    found = case.twin(tick)
    number = tuple(float(n) for n in range(case.SIZE))
    return Result(case.apart(found, exact), number, tuple(found / exact), tuple(np.ones(case.SIZE)))


def order(*, coarse: float, method: str) -> float:
    """Observed order of the stepper: log2 of the error at ``coarse`` seconds over that at half of it."""
    exact = case.scipy_solution(method, 1e-12)
    errors = [case.apart(case.twin(tick), exact) for tick in (coarse, 0.5 * coarse)]
    return float(np.log2(errors[0] / errors[1]))


def column(*, family: str, seed: int) -> Result:
    """Largest miss of the live column on one drawn run, of the peak's height, its time and what is pooled.

    The curves are the antibody at the outlet (kg/m3), every twentieth tick.
    """
    found = beside(family, seed)
    return Result(found.worst, tuple(found.clock[::20]), tuple(found.ours[::20]), tuple(found.theirs[::20]))
