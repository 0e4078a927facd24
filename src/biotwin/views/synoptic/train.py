"""A plant without a tank is drawn as a train: what gives stands left of what receives, each with its values beneath.

Columns follow the wires. A link goes to the next column through the gutter before it, over the top where it skips one,
and along the foot where it goes back.
"""

from __future__ import annotations

import math

from biotwin.views.synoptic import symbols
from biotwin.views.synoptic.marks import Point
from biotwin.views.synoptic.places import LANE, WIDTH, Layout, Node, Rect
from biotwin.views.synoptic.topology import Topology

BIG, SMALL, GUTTER, BOX, BOX_PITCH = 84.0, 32.0, 12.0, 170.0, 52.0
TOP, BESIDE_LINES, MOST_COLUMNS = 56.0, 430.0, 5


def columns(names: list[str], links: tuple[tuple[str, str], ...]) -> list[list[str]]:
    """Names by column: after all that feed them; of a circle that nothing else feeds, the first listed goes first."""
    found: list[list[str]] = []
    left = list(names)
    while left:
        among = [(a, b) for a, b in links if a in left and b in left]
        ready = [n for n in left if not any(b == n for _, b in among)] or [_first_of_circle(left, among)]
        found.append(ready)
        left = [n for n in left if n not in ready]
    last = [n for column in found[MOST_COLUMNS - 1:] for n in column]
    return [*found[: MOST_COLUMNS - 1], *([last] if last else [])]


def _first_of_circle(names: list[str], links: list[tuple[str, str]]) -> str:
    """The first name that feeds all that feed it."""
    fed = {n: _reached(n, links) for n in names}
    return next(n for n in names if all(other in fed[n] for other in names if n in fed[other]))


def _reached(name: str, links: list[tuple[str, str]]) -> set[str]:
    """All that a name feeds, at once or through others."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        new = {b for a, b in links if a in ahead} - found
        found |= new
        ahead = list(new)
    return found


def put_train(place: Layout, drawn: Topology, order: list[str]) -> float:
    """Gives every node of the train, and every value of ``order`` that belongs to one, its place; returns its end."""
    named = {n for link in drawn.links for n in link}
    stood = columns([n for n in drawn.loose if n in named], drawn.links)
    if not stood:
        return 0.0
    left, end = (BESIDE_LINES if drawn.lines else GUTTER), 0.0
    breadth = (WIDTH - left - GUTTER) / len(stood)
    for i, column in enumerate(stood):
        y = TOP
        for name in column:
            mine = [b for b in order if b in {box.name for box in drawn.boxes if box.owner == name}]
            size = SMALL if drawn.classes[name] in symbols.SYMBOLS else BIG
            node = Node((left + (i + 0.5) * breadth, y + size / 2), size, left + i * breadth, breadth)
            place.nodes[name] = node
            y = put_values(place, node, mine)
        end = max(end, y)
    rank = {n: i for i, column in enumerate(stood) for n in column}
    for a, b in drawn.links:
        place.links[a, b] = _corners((place.nodes[a], place.nodes[b]), rank[b] - rank[a], end)
    return end + GUTTER


def put_values(place: Layout, node: Node, names: list[str], size: str = "full") -> float:
    """Beneath a node's symbol and name, in boxes of that ``size``; returns where the next node may begin."""
    high, gutter = (46.0, GUTTER) if size == "full" else (40.0, GUTTER / 2)
    abreast = max(1, min(len(names), int((node.breadth - 2 * gutter) // (BOX + 8))))
    wide = min(BOX, node.breadth - 2 * gutter)
    first = node.at[0] - (abreast * wide + (abreast - 1) * 8) / 2
    top, pitch = node.at[1] + node.size / 2 + 36, high + BOX_PITCH - 46
    for i, name in enumerate(names):
        place.boxes[name] = Rect(first + (i % abreast) * (wide + 8), top + (i // abreast) * pitch, wide, high, size)
    return top + math.ceil(len(names) / abreast) * pitch + 8


def round_top(node: Node, rise: Point) -> list[Point]:
    """From the end of a line's row over the top to a node; ``rise`` is where the line leaves its row."""
    end = (node.at[0] - node.size / 2 - 6, node.at[1])
    return [rise, (rise[0], node.lane), (node.left, node.lane), (node.left, end[1]), end]


def _corners(ends: tuple[Node, Node], step: int, foot: float) -> list[Point]:
    """From one symbol to the other, round what stands between."""
    one, other = ends
    begin, end = (one.at[0] + one.size / 2 + 6, one.at[1]), (other.at[0] - other.size / 2 - 6, other.at[1])
    after, before = one.left + one.breadth, other.left
    if step == 1:
        return [begin, (before, begin[1]), (before, end[1]), end] if begin[1] != end[1] else [begin, end]
    lane = LANE if step > 1 else foot
    return [begin, (after, begin[1]), (after, lane), (before, lane), (before, end[1]), end]
