"""Parts of a whole: how far a valve stands open, how hard a machine is driven, how much of a function is lost."""

from __future__ import annotations

from biotwin.operators import law, maximum, minimum
from biotwin.quantity import Number


@law
def part(value: Number) -> Number:
    """Between nothing and all: at the nearer end where it lies outside 0..1."""
    return minimum(maximum(value, 0.0), 1.0)
