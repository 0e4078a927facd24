"""The operator set in which every law of the twin is written.

One law, three readers: floats (Numba and the interpreter), CasADi symbols (gradients, estimation, optimal
control on the very equations that the learner flies) and Pint quantities (the dimension tests).
A law is a plain function marked ``@law``; it uses these operators and + - * / only, no ``if``, no loop, no array.
Numba compiles the law with the ``math`` functions; the interpreter dispatches on the argument's own type.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from numba.extending import overload, register_jitable

law: Callable[[Callable[..., Any]], Callable[..., Any]] = register_jitable(forceinline=True)
"""Marks a law. It is inlined where it is called: handing tuples of thirty numbers over by value costs more than it."""


def _dispatch(name: str, number: Callable[..., float], *arguments: Any) -> Any:
    for argument in arguments:
        if not isinstance(argument, (int, float)):
            return getattr(_family(argument), name)(*arguments)
    return number(*arguments)


def _family(argument: Any) -> Any:
    """The module that knows how to compute with this kind of argument."""
    root = type(argument).__module__.split(".")[0]
    if root == "casadi":
        from biotwin import operators_casadi

        return operators_casadi
    if root == "pint":
        from biotwin import operators_pint

        return operators_pint
    return _Floats


class _Floats:
    """NumPy scalars and everything else that floats can carry."""

    exp = staticmethod(math.exp)
    log = staticmethod(math.log)
    sqrt = staticmethod(math.sqrt)
    power = staticmethod(math.pow)
    minimum = staticmethod(min)
    maximum = staticmethod(max)

    @staticmethod
    def where(condition: Any, yes: Any, no: Any) -> Any:
        return yes if condition else no


def exp(x: Any) -> Any:
    """e to the power of a dimensionless ``x``."""
    return _dispatch("exp", math.exp, x)


def log(x: Any) -> Any:
    """Natural logarithm of a dimensionless ``x`` > 0."""
    return _dispatch("log", math.log, x)


def sqrt(x: Any) -> Any:
    """Square root of ``x`` >= 0."""
    return _dispatch("sqrt", math.sqrt, x)


def power(x: Any, exponent: float) -> Any:
    """``x`` >= 0 to a constant dimensionless exponent."""
    return _dispatch("power", math.pow, x, exponent)


def minimum(a: Any, b: Any) -> Any:
    """The smaller of two."""
    return _dispatch("minimum", min, a, b)


def maximum(a: Any, b: Any) -> Any:
    """The larger of two."""
    return _dispatch("maximum", max, a, b)


def where(condition: Any, yes: Any, no: Any) -> Any:
    """``yes`` where ``condition`` holds, else ``no``; both are evaluated, so both must be finite."""
    return _dispatch("where", _Floats.where, condition, yes, no)


@overload(exp)
def _exp(x):  # type: ignore[no-untyped-def]
    return lambda x: math.exp(x)


@overload(log)
def _log(x):  # type: ignore[no-untyped-def]
    return lambda x: math.log(x)


@overload(sqrt)
def _sqrt(x):  # type: ignore[no-untyped-def]
    return lambda x: math.sqrt(x)


@overload(power)
def _power(x, exponent):  # type: ignore[no-untyped-def]
    return lambda x, exponent: math.pow(x, exponent)


@overload(minimum)
def _minimum(a, b):  # type: ignore[no-untyped-def]
    return lambda a, b: min(a, b)


@overload(maximum)
def _maximum(a, b):  # type: ignore[no-untyped-def]
    return lambda a, b: max(a, b)


@overload(where)
def _where(condition, yes, no):  # type: ignore[no-untyped-def]
    return lambda condition, yes, no: yes if condition else no
