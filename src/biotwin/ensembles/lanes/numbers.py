"""``Lanes``: eight float64 in one vector register, and ``Mask``: eight truths, as types that Numba compiles.

Arithmetic and comparison are those of IEEE 754 in each lane, with no contraction and no reordering. A plain number that
meets lanes is the same in all of them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import extending, types
from numba.core.typeconv import Conversion
from numba.extending import lower_cast, models, register_model

WIDTH = 8
"""Lanes of a vector: one AVX-512 register, two of AVX2."""
VECTOR = ir.VectorType(ir.DoubleType(), WIDTH)
PLAIN = (types.Float, types.Integer, types.Boolean)
INLINE = {"forceinline": True}
intrinsic: Any = extending.intrinsic
overload: Any = extending.overload
"""Numba hands the first argument of an intrinsic itself, which no type checker can know."""


class LanesType(types.Type):  # type: ignore[misc]
    """Numba's type of ``Lanes``; a plain number where lanes are wanted becomes them."""

    def __init__(self) -> None:
        super().__init__(name="Lanes")

    def unify(self, context: Any, other: Any) -> Any:
        return self if isinstance(other, PLAIN) else None

    def can_convert_from(self, context: Any, other: Any) -> Any:
        return Conversion.safe if isinstance(other, PLAIN) else None


class MaskType(types.Type):  # type: ignore[misc]
    """Numba's type of ``Mask``."""

    def __init__(self) -> None:
        super().__init__(name="Mask")


lanes, mask = LanesType(), MaskType()


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, of: Any) -> None:
        super().__init__(manager, of, VECTOR)


@register_model(MaskType)
class _MaskModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, of: Any) -> None:
        super().__init__(manager, of, ir.VectorType(ir.IntType(1), WIDTH))


def _splat(builder: Any, number: Any) -> Any:
    places = ir.VectorType(ir.IntType(32), WIDTH)
    first = builder.insert_element(ir.Constant(VECTOR, ir.Undefined), number, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, ir.Constant(VECTOR, ir.Undefined), ir.Constant(places, [0] * WIDTH))


@lower_cast(types.Float, LanesType)
@lower_cast(types.Integer, LanesType)
@lower_cast(types.Boolean, LanesType)
def _spread(context: Any, builder: Any, of: Any, to: Any, value: Any) -> Any:
    return _splat(builder, context.cast(builder, value, of, types.float64))


@intrinsic
def _same(typing: Any, number: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _splat(builder, arguments[0])

    return lanes(types.float64), emit


def lifted(x: Any) -> Any:
    """``x`` as lanes. Compiled code has a body of its own for it (below)."""
    raise TypeError(f"{x!r} becomes lanes in compiled code only")


@overload(lifted, jit_options=INLINE)
def _lifted(x):  # type: ignore[no-untyped-def]
    if isinstance(x, LanesType):
        return lambda x: x
    return (lambda x: _same(float(x))) if isinstance(x, PLAIN) else None


def meets(a: Any, b: Any) -> bool:
    """Whether two types are lanes and something that may become lanes."""
    return (isinstance(a, LanesType) and isinstance(b, (LanesType, *PLAIN))) or (
        isinstance(b, LanesType) and isinstance(a, PLAIN))


def binary(operation: Any, emit: Callable[[Any, Any, Any], Any], gives: Any) -> None:
    """Teach Numba ``operation`` on lanes: ``emit(builder, x, y)`` makes the code."""

    @intrinsic
    def call(typing: Any, a: Any, b: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return emit(builder, *arguments)

        return gives(lanes, lanes), code

    @overload(operation, jit_options=INLINE)
    def _of(a, b):  # type: ignore[no-untyped-def]
        return (lambda a, b: call(lifted(a), lifted(b))) if meets(a, b) else None


def _instruction(name: str) -> Callable[[Any, Any, Any], Any]:
    return lambda builder, x, y: getattr(builder, name)(x, y)


def _compare(relation: str) -> Callable[[Any, Any, Any], Any]:
    return lambda builder, x, y: builder.fcmp_ordered(relation, x, y)


for _operation, _name in ((operator.add, "fadd"), (operator.iadd, "fadd"), (operator.sub, "fsub"),
                          (operator.isub, "fsub"), (operator.mul, "fmul"), (operator.imul, "fmul"),
                          (operator.truediv, "fdiv"), (operator.itruediv, "fdiv")):
    binary(_operation, _instruction(_name), lanes)
for _operation, _relation in ((operator.lt, "<"), (operator.le, "<="), (operator.gt, ">"), (operator.ge, ">="),
                              (operator.eq, "==")):
    binary(_operation, _compare(_relation), mask)
binary(operator.ne, lambda builder, x, y: builder.fcmp_unordered("!=", x, y), mask)


@intrinsic
def _negative(typing: Any, x: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.fneg(arguments[0])

    return lanes(lanes), emit


@overload(operator.neg, jit_options=INLINE)
def _minus(x):  # type: ignore[no-untyped-def]
    return (lambda x: _negative(x)) if isinstance(x, LanesType) else None
