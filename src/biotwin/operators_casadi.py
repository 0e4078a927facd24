"""The operator set on CasADi symbols: the same law as a graph, for gradients, estimation and optimal control.

Both branches of ``where`` stay in the graph, so both must be finite.
"""

from __future__ import annotations

from typing import Any

import casadi


def exp(x: Any) -> Any:
    """e to the power of ``x``."""
    return casadi.exp(x)


def log(x: Any) -> Any:
    """Natural logarithm of ``x`` > 0."""
    return casadi.log(x)


def sqrt(x: Any) -> Any:
    """Square root of ``x`` >= 0."""
    return casadi.sqrt(x)


def power(x: Any, exponent: Any) -> Any:
    """``x`` >= 0 to a constant exponent."""
    return casadi.power(x, exponent)


def minimum(a: Any, b: Any) -> Any:
    """The smaller of two."""
    return casadi.fmin(a, b)


def maximum(a: Any, b: Any) -> Any:
    """The larger of two."""
    return casadi.fmax(a, b)


def where(condition: Any, yes: Any, no: Any) -> Any:
    """``yes`` where ``condition`` is not zero, else ``no``."""
    return casadi.if_else(condition, yes, no)
