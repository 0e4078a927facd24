"""The operators of the laws on lanes. Where a function is the C library's, each lane calls it: then its bits are those
of an ordinary kernel. Lanes that ask the same, as the constants of a plant do, are answered once.
"""

from __future__ import annotations

import math
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils

from biotwin import operators
from biotwin.ensembles.lanes.numbers import (
    INLINE,
    PLAIN,
    VECTOR,
    WIDTH,
    LanesType,
    MaskType,
    binary,
    intrinsic,
    lanes,
    lifted,
    mask,
    overload,
)

# As the machine code of Python's min(a, b) and max(a, b): the first unless the second is beyond it.
binary(min, lambda builder, x, y: builder.select(builder.fcmp_ordered("<", y, x), y, x), lanes)
binary(max, lambda builder, x, y: builder.select(builder.fcmp_ordered(">", y, x), y, x), lanes)


@intrinsic
def _chosen(typing: Any, condition: Any, yes: Any, no: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.select(*arguments)

    return lanes(mask, lanes, lanes), emit


@intrinsic
def every(typing: Any, condition: Any) -> Any:
    """Whether a mask is true in all lanes."""

    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        bits = builder.bitcast(arguments[0], ir.IntType(WIDTH))
        return builder.icmp_signed("==", bits, ir.Constant(ir.IntType(WIDTH), -1))

    return types.boolean(mask), emit


@intrinsic
def one(typing: Any, x: Any, lane: Any) -> Any:
    """The number in one lane."""

    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.extract_element(arguments[0], builder.trunc(arguments[1], ir.IntType(32)))

    return types.float64(lanes, types.int64), emit


@intrinsic
def _with(typing: Any, x: Any, lane: Any, number: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        x, lane, number = arguments
        return builder.insert_element(x, number, builder.trunc(lane, ir.IntType(32)))

    return lanes(lanes, types.int64, types.float64), emit


@intrinsic
def _root(typing: Any, x: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(VECTOR, [VECTOR])
        return builder.call(cgutils.get_or_insert_function(builder.module, kind, f"llvm.sqrt.v{WIDTH}f64"), arguments)

    return lanes(lanes), emit


@overload(math.sqrt, jit_options=INLINE)
def _sqrt(x):  # type: ignore[no-untyped-def]
    return (lambda x: _root(x)) if isinstance(x, LanesType) else None


def _each(function: Any) -> None:
    @overload(function)
    def _of(x):  # type: ignore[no-untyped-def]
        def in_each(x):  # type: ignore[no-untyped-def]
            first = one(x, 0)
            if every(x == first):
                return lifted(function(first))
            for lane in range(WIDTH):
                x = _with(x, lane, function(one(x, lane)))
            return x

        return in_each if isinstance(x, LanesType) else None


_each(math.exp)
_each(math.log)


@overload(math.pow)
def _pow(x, exponent):  # type: ignore[no-untyped-def]
    def in_each(x, exponent):  # type: ignore[no-untyped-def]
        x, exponent = lifted(x), lifted(exponent)
        first, power = one(x, 0), one(exponent, 0)
        if every(x == first) and every(exponent == power):
            return lifted(math.pow(first, power))
        for lane in range(WIDTH):
            x = _with(x, lane, math.pow(one(x, lane), one(exponent, lane)))
        return x

    return in_each if isinstance(x, LanesType) or isinstance(exponent, LanesType) else None


@overload(operators.where, jit_options=INLINE)
def _where(condition, yes, no):  # type: ignore[no-untyped-def]
    if isinstance(condition, MaskType):
        return lambda condition, yes, no: _chosen(condition, lifted(yes), lifted(no))
    if isinstance(condition, PLAIN) and (isinstance(yes, LanesType) or isinstance(no, LanesType)):
        return lambda condition, yes, no: lifted(yes) if condition else lifted(no)
    return None
