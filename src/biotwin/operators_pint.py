"""The operator set on Pint quantities: the third reader of a law, used by the dimension tests only.

A bare zero fits any dimension, as in Pint's own comparisons; any other bare number is dimensionless, so that a
dimensional constant which a law forgot to declare is found here.
"""

from __future__ import annotations

import math
from typing import Any


def exp(x: Any) -> Any:
    """e to the power of a dimensionless quantity."""
    return _plain(x, math.exp)


def log(x: Any) -> Any:
    """Natural logarithm of a dimensionless quantity > 0."""
    return _plain(x, math.log)


def sqrt(x: Any) -> Any:
    """Square root, which halves the dimension."""
    return x**0.5


def power(x: Any, exponent: Any) -> Any:
    """A quantity to a constant dimensionless exponent."""
    return x ** float(_magnitude(exponent))


def minimum(a: Any, b: Any) -> Any:
    """The smaller of two quantities of one dimension."""
    return _chosen(a, b, min)


def maximum(a: Any, b: Any) -> Any:
    """The larger of two quantities of one dimension."""
    return _chosen(a, b, max)


def where(condition: Any, yes: Any, no: Any) -> Any:
    """One of two quantities of one dimension."""
    _chosen(yes, no, min)
    return yes if condition else no


def _plain(x: Any, function: Any) -> Any:
    """``function`` of the bare number; raises Pint's ``DimensionalityError`` where ``x`` has a dimension."""
    return x._REGISTRY.Quantity(function(_magnitude(x)), "")


def _magnitude(x: Any) -> float:
    return float(x.to("").magnitude) if hasattr(x, "to") else float(x)


def _chosen(a: Any, b: Any, pick: Any) -> Any:
    quantity = a if hasattr(a, "to") else b
    if not hasattr(quantity, "to"):
        return pick(a, b)
    a, b = (_like(quantity, v) for v in (a, b))
    return a if pick(a.magnitude, b.magnitude) == a.magnitude else b


def _like(quantity: Any, value: Any) -> Any:
    if not hasattr(value, "to"):
        unit = quantity.units if value == 0 else ""
        value = quantity._REGISTRY.Quantity(value, unit)
    return value.to(quantity.units)
