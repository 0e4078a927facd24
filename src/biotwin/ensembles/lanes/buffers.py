"""A buffer of lanes: what ``real[slot]`` means to the loop over a plant's equipment when eight members fly in it.

The memory is a float64 array [slots, lanes] in C order, so that a slot's eight numbers are neighbours.
"""

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir
from numba import types, uint64
from numba.extending import models, register_model

from biotwin.ensembles.lanes.numbers import INLINE, VECTOR, WIDTH, intrinsic, lanes, lifted, overload


class BufferType(types.Type):  # type: ignore[misc]
    """Numba's type of a buffer: an address; whoever made it keeps the array alive."""

    def __init__(self) -> None:
        super().__init__(name="LaneBuffer")


buffer = BufferType()


@register_model(BufferType)
class _BufferModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, of: Any) -> None:
        super().__init__(manager, of, ir.DoubleType().as_pointer())


@intrinsic
def buffer_of(typing: Any, array: Any) -> Any:
    """The buffer in a C-ordered float64 array [slots, lanes]."""

    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return context.make_array(signature.args[0])(context, builder, arguments[0]).data

    return buffer(array), emit


def _place(builder: Any, start: Any, slot: Any) -> Any:
    return builder.gep(start, [builder.mul(slot, ir.Constant(ir.IntType(64), WIDTH))])


@intrinsic
def _load(typing: Any, of: Any, slot: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(builder.bitcast(_place(builder, *arguments), VECTOR.as_pointer()), align=8)

    return lanes(buffer, types.uint64), emit


@intrinsic
def _store(typing: Any, of: Any, slot: Any, value: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        start, slot, value = arguments
        builder.store(value, builder.bitcast(_place(builder, start, slot), VECTOR.as_pointer()), align=8)
        return context.get_dummy_value()

    return types.void(buffer, types.uint64, lanes), emit


@intrinsic
def _from(typing: Any, of: Any, slot: Any) -> Any:
    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _place(builder, *arguments)

    return buffer(buffer, types.uint64), emit


@overload(operator.getitem, jit_options=INLINE)
def _read(of, slot):  # type: ignore[no-untyped-def]
    if not isinstance(of, BufferType):
        return None
    if isinstance(slot, types.SliceType):
        return lambda of, slot: _from(of, uint64(slot.start))
    return lambda of, slot: _load(of, uint64(slot))


@overload(operator.setitem, jit_options=INLINE)
def _write(of, slot, value):  # type: ignore[no-untyped-def]
    return (lambda of, slot, value: _store(of, uint64(slot), lifted(value))) if isinstance(of, BufferType) else None
