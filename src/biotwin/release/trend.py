"""Out of trend: the control chart of the lots before.

Individuals chart: mean of the former lots +- 2.66 times the mean moving range (3 standard deviations over d2 = 1.128;
Shewhart's chart for individuals, Montgomery, Statistical Quality Control, recalled). Second rule: this lot and the
eight before it all lie on one side of the mean (nine in a row, Nelson 1984, recalled).
"""

from __future__ import annotations

import itertools

WIDTH = 2.66
ROW = 9
LEAST = 8
"""Fewer former lots make no chart."""


def control_limits(history: tuple[float, ...]) -> tuple[float, float, float] | None:
    """Lower limit, mean and upper limit of a chart of individuals; None where there are too few lots."""
    if len(history) < LEAST:
        return None
    mean = sum(history) / len(history)
    ranges = [abs(b - a) for a, b in itertools.pairwise(history)]
    reach = WIDTH * sum(ranges) / len(ranges)
    return mean - reach, mean, mean + reach


def out_of_trend(history: tuple[float, ...], value: float) -> str:
    """``beyond_limits``, ``one_side``, or an empty string."""
    limits = control_limits(history)
    if limits is None:
        return ""
    low, mean, high = limits
    if not low <= value <= high:
        return "beyond_limits"
    last = (*history[1 - ROW :], value)
    sides = {(x > mean) - (x < mean) for x in last}
    return "one_side" if len(last) == ROW and sides in ({1}, {-1}) else ""
