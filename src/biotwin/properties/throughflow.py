"""A volume that is flowed through: what it holds, mixed, of a content that comes in at constant concentration."""

from __future__ import annotations

from typing import Any, NamedTuple

from biotwin.operators import exp, law, maximum
from biotwin.quantity import CubicMetre, Number


class Throughflow(NamedTuple):
    """Volumes of one tick."""

    filling: CubicMetre
    """What stays, until the volume is full."""
    through: CubicMetre
    """What leaves."""
    stirred: Number
    """Volumes held that the part which mixes makes: ``through`` over the full volume, less what runs past."""
    full: CubicMetre


@law
def carried(held: Any, incoming: Any, v: Throughflow) -> Any:
    """Amount that leaves: exact at constant ``incoming`` concentration."""
    stays = exp(-v.stirred)
    renewed = v.through - v.full * (1.0 - stays)
    # The comparison acts on the last bit only: exp(-n) >= 1 - n.
    return (held + incoming * v.filling) * (1.0 - stays) + incoming * maximum(renewed, 0.0)


@law
def remaining(held: Any, incoming: Any, v: Throughflow, gone: Any) -> Any:
    """What is still held."""
    return maximum(held + incoming * (v.filling + v.through) - gone, 0.0 * held)
