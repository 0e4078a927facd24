"""The second start of ``python -m campus run``: from the command to the start page served."""

from __future__ import annotations

import statistics

from benchmarks.campus.serving import Campus
from benchmarks.figure import Figure

GOES = 3
GOAL_S = 5.0


def measure() -> list[Figure]:
    """The median of several starts; the first start, which compiles what is not compiled yet, is left out."""
    with Campus() as campus:
        taken = []
        for _ in range(GOES):
            campus.stop()
            taken.append(campus.start())
    return [Figure("second start", statistics.median(taken), "s", goal=GOAL_S, note="start page served")]
