"""``synoptic.yaml``: where a plant's author wants things. It places what the plant has, it never defines anything."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec

from biotwin.errors import UnknownName, known
from biotwin.plant.description import Described, Text
from biotwin.plant.plant import Plant
from biotwin.plant.reading import Source
from biotwin.views.synoptic.topology import Topology

CELL = 10.0
Cell = Annotated[float, msgspec.Meta(ge=0, le=100)]


class Overlay(Described, frozen=True, kw_only=True):
    """``lines``: bottles and gas elements from top to bottom. ``grid``: boxes beside the vessel, row by row.

    ``train``: rows of equipment from left to right, each a run of pipe; ``joins``: from one row to another, (giver,
    receiver); ``wide``: equipment that takes so many shares of its row; ``beneath``: values that stand under another
    equipment of the rows; ``drains``: valves of the rows that divert to the drain. Without rows a plant that has no
    vessel is drawn by its wires.

    ``places``: upper left corner of a box, or of what stands alone, in cells of 10 picture units (the picture is 100
    cells wide). ``called``: how a box is called where its own title has no room.
    """

    schema: Annotated[int, msgspec.Meta(ge=1, le=1)] = 1
    lines: list[str] = []
    grid: list[str] = []
    train: list[Annotated[list[str], msgspec.Meta(min_length=1, max_length=9)]] = []
    joins: list[tuple[str, str]] = []
    beneath: dict[str, list[str]] = {}
    drains: list[str] = []
    wide: dict[str, Annotated[float, msgspec.Meta(ge=0.5, le=4)]] = {}
    places: dict[str, tuple[Cell, Cell]] = {}
    called: dict[str, Text] = {}


def read_overlay(path: Path, plant: Plant, drawn: Topology) -> Overlay:
    """The overlay in ``path``, or an empty one; a name that the plant has not is an error with its line."""
    if not path.is_file():
        return Overlay()
    source = Source(path, root=path.parents[2] if len(path.parents) > 2 else None)
    found = source.convert(Overlay)
    boxes = {box.name for box in drawn.boxes}
    _check(source, "lines", found.lines, {line.name for line in drawn.lines})
    _check(source, "grid", found.grid, boxes)
    for i, row in enumerate(found.train):
        _check(source, "train", row, set(drawn.loose), i)
    standing = {name for row in found.train for name in row}
    for i, (a, b) in enumerate(found.joins):
        _check(source, "joins", (a, b), standing, i)
    _check(source, "drains", found.drains, standing)
    _check(source, "wide", found.wide, standing)
    _check(source, "beneath", found.beneath, standing)
    for name, values in found.beneath.items():
        _check(source, "beneath", values, boxes, name)
    for part, allowed in (("places", boxes | set(drawn.alone)), ("called", boxes)):
        for name in getattr(found, part):
            if name not in allowed:
                raise UnknownName(f"{plant.slug} shows no value {name!r}.", where=source.where(part, name),
                                  next_step=known(allowed))
    return found


def _check(source: Source, part: str, names: Iterable[str], allowed: set[str], *row: int | str) -> None:
    for i, name in enumerate(names):
        if name not in allowed:
            raise UnknownName(f"{name!r} is none of the {part}.", where=source.where(part, *row, i),
                              next_step=known(allowed))


def reordered(names: Iterable[str], first: list[str]) -> list[str]:
    """``names`` with those in ``first`` moved to the front, in that order."""
    rest = list(names)
    return [n for n in first if n in rest] + [n for n in rest if n not in first]
