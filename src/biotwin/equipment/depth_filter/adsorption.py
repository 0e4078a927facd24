"""Finite capacity with breakthrough: the bed of Bohart and Adams (1920, recalled), as one amount that is bound.

Their bed with N transfer units passes c/c0 = 1/(1 + (e^N - 1) e^-T); the very same curve is c/c0 = exp(-N (1 - bound /
capacity)), which needs no memory of when the feed began. With T = N fed / capacity the amounts over a tick are closed.
"""

from __future__ import annotations

from biotwin.operators import exp, law, log, maximum, minimum
from biotwin.quantity import Kilogram, Number


@law
def taken_up(bound: Kilogram, fed: Kilogram, capacity: Kilogram, units: Number) -> Kilogram:
    """What the bed takes of ``fed``; nothing comes off again. 0 < ``units`` < 100, ``capacity`` > 0."""
    left = maximum(units * (1.0 - bound / capacity), 0.0)
    offered = units * fed / capacity
    remaining = log(1.0 + (exp(left) - 1.0) * exp(-offered))
    # Neither comparison acts but on the last bit: 0 <= left - remaining <= offered holds exactly.
    return minimum(maximum(left - remaining, 0.0) * (capacity / units), fed)
