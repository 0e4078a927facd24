"""Where everything stands: a pure function from topology and overlay to coordinates, in picture units (1000 wide).

Left, one row per line: source, pump or controller, flow. Liquids rise in nested bends to the head, so that no two pipes
cross; gases meet in one manifold that leads to the sparger. Right: exhaust above, values beside the vessel, jacket and
harvest below. What has no place of its own goes to the values.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from biotwin.views.synoptic.overlay import CELL, Overlay, reordered
from biotwin.views.synoptic.topology import SPARGE, Box, Line, Topology

WIDTH = 1000.0
FIRST, PITCH = 60.0, 46.0
SOURCE_X, ELEMENT_X, FLOW_X, BEND_X = 28.0, 212.0, 238.0, 358.0
RIGHT, GRID_PITCH, TILE = 640.0, 52.0, 160.0
EXHAUST = ("exhaust", "filter")


@dataclass(frozen=True)
class Rect:
    """A box on the picture; ``size`` is its kind: full, flow, weight."""

    x: float
    y: float
    width: float
    height: float
    size: str = "full"

    def meets(self, other: Rect) -> bool:
        return (self.x < other.x + other.width and other.x < self.x + self.width
                and self.y < other.y + other.height and other.y < self.y + self.height)

    def holds(self, other: Rect) -> bool:
        return (self.x <= other.x and other.x + other.width <= self.x + self.width
                and self.y <= other.y and other.y + other.height <= self.y + self.height)


@dataclass(frozen=True)
class VesselPlace:
    """A dished cylinder: ``top`` and ``bottom`` of the heads, ``shoulder`` and ``foot`` of the straight wall."""

    x: float
    radius: float
    top: float
    shoulder: float
    foot: float
    bottom: float

    def head(self, x: float) -> float:
        """The height of the upper head at ``x``."""
        return self.shoulder - (self.shoulder - self.top) * math.sqrt(max(0.0, 1 - ((x - self.x) / self.radius) ** 2))


@dataclass
class Layout:
    """What the drawing needs; ``rows`` and ``pipes`` go by a line's name."""

    height: float = 0.0
    rows: dict[str, float] = field(default_factory=dict)
    pipes: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    boxes: dict[str, Rect] = field(default_factory=dict)
    tiles: dict[str, tuple[float, float]] = field(default_factory=dict)
    vessel: VesselPlace = VesselPlace(520, 80, 140, 184, 458, 500)
    exhaust: float = FIRST
    jacket: float = 0.0
    harvest: float = 0.0
    manifold: tuple[float, float, float] | None = None


def layout(drawn: Topology, overlay: Overlay) -> Layout:
    """Coordinates of everything."""
    order = {name: i for i, name in enumerate(reordered([n.name for n in drawn.lines], overlay.lines))}
    ranks = {"liquid": 0, "overlay": 1, SPARGE: 2}
    lines = sorted(drawn.lines, key=lambda line: (ranks[line.kind], order[line.name]))
    place = Layout()
    left = FIRST - PITCH
    for line in lines:
        left += PITCH
        place.rows[line.name] = left
    waiting = _row_boxes(place, lines, drawn)
    right = _right_side(place, drawn, reordered([b.name for b in waiting], overlay.grid), waiting)
    _bottom(place, drawn, max(left + PITCH / 2, right))
    for name, (column, row) in overlay.places.items():
        old = place.boxes[name]
        place.boxes[name] = Rect(column * CELL, row * CELL, old.width, old.height, old.size)
    _route(place, lines, drawn)
    return place


def _row_boxes(place: Layout, lines: list[Line], drawn: Topology) -> list[Box]:
    """Puts flows and weights into their rows; returns the boxes that still wait for a place."""
    row_of = {name: line for line in lines for name in (line.bottle, line.element) if name}
    waiting = []
    for box in drawn.boxes:
        line = row_of.get(box.owner)
        rect = _slot(place, line, box) if line else None
        if rect is None or any(rect.meets(other) for other in place.boxes.values()):
            waiting.append(box)
        else:
            place.boxes[box.name] = rect
    return waiting


def _slot(place: Layout, line: Line, box: Box) -> Rect | None:
    y = place.rows[line.name] - 20
    if box.reading == "weight":
        return Rect(47, y, 144, 40, "weight")
    flow = Rect(FLOW_X, y, 110, 40, "flow")
    if box.owner == line.element and box.reading == "line_pressure" and place.rows[line.name] == FIRST:
        return Rect(BEND_X + 10, y, 104, 40, "flow")
    if box.hand and line.bottle == "" and any(flow.meets(other) for other in place.boxes.values()):
        return Rect(92, y, 98, 40, "flow")
    return flow if box.hand or "flow" in box.reading or box.reading == "indicated" else None


def _right_side(place: Layout, drawn: Topology, order: list[str], waiting: list[Box]) -> float:
    """Exhaust, values beside the vessel; returns where they end."""
    exhaust = [b for b in waiting if b.owner == drawn.vessel and b.reading.startswith(EXHAUST)] if drawn.vessel else []
    exhaust.sort(key=lambda b: (not b.reading.startswith("exhaust"), order.index(b.name)))
    foot = (drawn.jacket, drawn.harvest) if drawn.vessel else ()
    ends = {n: [b for b in waiting if b.owner == n][:2] for n in foot if n}
    for i, box in enumerate(exhaust):
        y = FIRST - 20 + (i // 2) * PITCH
        place.boxes[box.name] = (Rect(682 + (i % 2) * 120, y, 112, 40, "exhaust") if i < 2
                                 else Rect(682 + (i % 2) * 156, y, 150, 40, "weight"))
    taken = {b.name for b in exhaust} | {b.name for found in ends.values() for b in found}
    top = FIRST + 30 + (max(0, len(exhaust) - 1) // 2) * PITCH if drawn.vessel else FIRST - 23
    rest = [n for n in order if n not in taken]
    for i, name in enumerate(rest):
        place.boxes[name] = Rect(RIGHT + (i % 2) * 178, top + (i // 2) * GRID_PITCH, 170, 46)
    end = top + math.ceil(len(rest) / 2) * GRID_PITCH
    for name in (drawn.jacket, drawn.harvest):
        if name in ends:
            end += PITCH + 2
            for i, box in enumerate(ends[name]):
                place.boxes[box.name] = Rect(RIGHT + 42 + i * 156, 0, 150, 40, "weight")
    return end


def _bottom(place: Layout, drawn: Topology, end: float) -> None:
    """Jacket and harvest rows at the foot, tiles of whatever stands alone beneath; fixes the height."""
    end = max(end, 420.0 if drawn.vessel else 120.0)
    place.harvest, place.jacket = end - 22, end - 22 - (PITCH + 2) * bool(drawn.harvest)
    for owner, y in ((drawn.harvest, place.harvest), (drawn.jacket, place.jacket)):
        for box in drawn.boxes:
            rect = place.boxes[box.name]
            if owner and box.owner == owner and rect.y == 0:
                place.boxes[box.name] = Rect(rect.x, y - 20, rect.width, 40, rect.size)
    bottom = place.harvest - 20
    place.vessel = VesselPlace(520, 80, 140, 184, bottom - 44, bottom)
    loose = [*drawn.loose, *([drawn.jacket] if drawn.jacket and not drawn.vessel else [])]
    for i, name in enumerate(loose):
        place.tiles[name] = (14 + (i % 6) * TILE, end + 26 + (i // 6) * PITCH)
    place.height = math.ceil(end + 14 + math.ceil(len(loose) / 6) * PITCH)


def _route(place: Layout, lines: list[Line], drawn: Topology) -> None:
    """Pipes from each row's flow to the vessel."""
    if not drawn.vessel:
        place.pipes = {line.name: [(_source(line), place.rows[line.name]), (400.0, place.rows[line.name])]
                       for line in lines}
        return
    v = place.vessel
    above = [line for line in lines if line.kind != SPARGE]
    step = min(8.0, 48.0 / max(1, len(above) - 1))
    spread = min(8.0, 62.0 / max(1, len(above)))
    level = 0.0
    for i, line in enumerate(above):
        y, nozzle = place.rows[line.name], v.x - 20 - i * step
        straight = y <= v.head(nozzle) - 14
        level = y if straight else min(level + step, v.head(nozzle) - 8)
        riser = BEND_X + i * spread
        bend = [] if straight else [(riser, y), (riser, level)]
        place.pipes[line.name] = [(_source(line), y), *bend, (nozzle, level), (nozzle, v.head(nozzle))]
    below = [place.rows[line.name] for line in lines if line.kind == SPARGE]
    entry = v.foot + 12
    if below:
        place.manifold = (BEND_X + 12, min(*below, entry), max(*below, entry))
    for line in lines:
        if line.kind == SPARGE:
            place.pipes[line.name] = [(_source(line), place.rows[line.name]), (BEND_X + 12, place.rows[line.name])]


def _source(line: Line) -> float:
    """Where a pipe begins: at a bottle's side or at the head of a gas main."""
    return SOURCE_X + 13 if line.bottle else SOURCE_X
