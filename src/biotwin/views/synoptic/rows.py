"""A train whose author said in which rows it stands (``train`` of the overlay): each row is a run of pipe.

Along a row each gives to the next; ``joins`` lead from one row to another by the lane between them.
"""

from __future__ import annotations

import itertools

from biotwin.views.synoptic import symbols
from biotwin.views.synoptic.marks import Point
from biotwin.views.synoptic.overlay import Overlay
from biotwin.views.synoptic.places import WIDTH, Layout, Node
from biotwin.views.synoptic.topology import Topology
from biotwin.views.synoptic.train import BESIDE_LINES, BIG, GUTTER, SMALL, TOP, put_values

BETWEEN, ABOVE = 44.0, 20.0
"""From a row's values to the next row's symbols, and where the lane runs above these."""


def put_rows(place: Layout, drawn: Topology, order: list[str], overlay: Overlay) -> float:
    """Gives every node of the rows, and every value of ``order`` that belongs to one, its place; returns the end."""
    owners = {box.name: box.owner for box in drawn.boxes}
    owners |= {value: name for name, values in overlay.beneath.items() for value in values}
    top, kind = TOP, "full" if len(overlay.train) == 1 else "small"
    for i, row in enumerate(overlay.train):
        left = BESIDE_LINES if drawn.lines and i == 0 else GUTTER
        share, foot = (WIDTH - left - GUTTER) / sum(overlay.wide.get(name, 1.0) for name in row), top + BIG
        for name in row:
            size = SMALL if drawn.classes[name] in symbols.SYMBOLS else BIG
            lane = top - ABOVE
            breadth = share * overlay.wide.get(name, 1.0)
            node = Node((left + breadth / 2, top + BIG / 2), size, left, breadth, lane)
            left += breadth
            place.nodes[name] = node
            mine = {n for n, owner in owners.items() if owner == name}
            foot = max(foot, put_values(place, node, [n for n in order if n in mine], kind))
        for a, b in itertools.pairwise(row):
            place.links[a, b] = [_side(place.nodes[a], 1), _side(place.nodes[b], -1)]
        top = foot + BETWEEN
    for a, b in overlay.joins:
        place.links[a, b] = _down(place.nodes[a], place.nodes[b])
    for name in overlay.drains:
        place.drains[name] = (_side(place.nodes[name], 1)[0] + 14, place.nodes[name].at[1])
    return top - BETWEEN + GUTTER


def _side(node: Node, sign: int) -> Point:
    """Where a pipe leaves a symbol to the right (1), or reaches it from the left (-1)."""
    return (node.at[0] + sign * (node.size / 2 + 6), node.at[1])


def _down(one: Node, other: Node) -> list[Point]:
    """By the gutter right of one and the lane above the other."""
    after, before = one.left + one.breadth, other.left
    return [_side(one, 1), (after, one.at[1]), (after, other.lane), (before, other.lane), (before, other.at[1]),
            _side(other, -1)]
