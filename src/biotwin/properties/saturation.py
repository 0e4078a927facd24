"""A place of finite capacity that fills: an adsorber (Bohart and Adams 1920, recalled), the solids space of a bowl.

What comes by is taken with the part 1 - exp(-N (1 - held / capacity)). With constant feed that is the very curve of
Bohart and Adams' bed of N transfer units, c/c0 = 1/(1 + (e^N - 1) e^-T) with T = N fed / capacity, but it needs no
memory of when the feed began. What is taken over a tick is closed in what came by, however it came.
"""

from __future__ import annotations

from typing import Any

from biotwin.operators import exp, law, log, maximum, minimum
from biotwin.quantity import Number


@law
def taken_up(bound: Any, fed: Any, capacity: Any, units: Number) -> Any:
    """What of ``fed`` is taken beside ``bound``; nothing comes off again. 0 < ``units`` < 100, ``capacity`` > 0."""
    left = maximum(units * (1.0 - bound / capacity), 0.0)
    offered = units * fed / capacity
    remaining = log(1.0 + (exp(left) - 1.0) * exp(-offered))
    # Neither comparison acts but on the last bit: 0 <= left - remaining <= offered holds exactly.
    return minimum(maximum(left - remaining, 0.0) * (capacity / units), fed)
