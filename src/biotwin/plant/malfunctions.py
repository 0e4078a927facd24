"""What can go wrong with an equipment class: each malfunction moves one input from its healthy to its worst value.

Severity s sets the input to healthy + s (worst - healthy); s = 0 is the healthy value to the bit.
"""

from __future__ import annotations

from pathlib import Path

from biotwin.errors import UnknownName, known
from biotwin.plant.description import Described, Quantity, Text
from biotwin.plant.reading import Source


class Span(Described, frozen=True, kw_only=True):
    """A worst value relative to the instrument's range: ``{span: 0.08}``."""

    span: float


class MalfunctionClass(Described, frozen=True, kw_only=True):
    """One malfunction of a class: cues are what people can notice, ``response`` what is expected of them."""

    input: str
    worst: Quantity | Span
    onset: Quantity = 0.0
    title: Text
    cues: Text
    response: Text
    source: str


def read_malfunctions(path: Path, inputs: type) -> dict[str, MalfunctionClass]:
    """The malfunctions in a drawer's ``malfunctions.yaml``; empty where the drawer has none."""
    if not path.exists():
        return {}
    source = Source(path, root=path.parents[2])
    found = source.convert(dict[str, MalfunctionClass])
    for name, malfunction in found.items():
        fields = inputs._fields  # type: ignore[attr-defined]
        if malfunction.input not in fields:
            raise UnknownName(
                f"malfunction {name!r} moves the input {malfunction.input!r}, which the class has not.",
                where=source.where(name, "input"), next_step=known(fields),
            )
    return found


def worst_value(malfunction: MalfunctionClass, unit: str, span: float) -> float:
    """The worst value in SI; ``span`` is high - low of the instrument where the class is a sensor."""
    from biotwin.quantity import si

    worst = malfunction.worst
    return worst.span * span if isinstance(worst, Span) else si(worst, unit)

