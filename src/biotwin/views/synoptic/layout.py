"""Where everything stands: a pure function from topology and overlay to coordinates, in picture units (1000 wide).

Left, one row per line: source, pump or controller, flow. What the lines feed is arranged in one of five ways, and
``way_of`` alone says which: around a ``vessel`` (here: liquids rise in nested bends to the head, gases meet in one
manifold that leads to the sparger; exhaust above, values beside, jacket and harvest below), as a ``skid`` is piped, in
an author's ``rows``, around the ``plate`` that a class brings, or as the ``train`` that the wires say. Each of the four
without a vessel has a module of its own that puts nodes, links and boxes and returns where it ends. What has no place
by then goes to the grid of values.
"""

from __future__ import annotations

import math
from dataclasses import replace

from biotwin.views.synoptic.marks import Point
from biotwin.views.synoptic.overlay import CELL, Overlay, reordered
from biotwin.views.synoptic.places import FIRST, PITCH, WIDTH, Layout, Rect, VesselPlace, Way
from biotwin.views.synoptic.plates import box_at, put_plate
from biotwin.views.synoptic.rows import put_rows
from biotwin.views.synoptic.skids import is_skid, put_skid
from biotwin.views.synoptic.strips import put_strips, strips_of
from biotwin.views.synoptic.topology import SPARGE, Box, Line, Topology
from biotwin.views.synoptic.train import put_train, round_top

__all__ = ["WIDTH", "Layout", "Rect", "VesselPlace", "layout", "way_of"]

SOURCE_X, ELEMENT_X, FLOW_X, BEND_X = 28.0, 212.0, 238.0, 358.0
RIGHT, GRID_PITCH, TILE = 640.0, 49.0, 160.0
EXHAUST = ("exhaust", "filter")


def way_of(drawn: Topology, overlay: Overlay) -> Way:
    """How the plant is arranged: the one place that chooses."""
    if drawn.vessel:
        return Way.VESSEL
    if is_skid(drawn):
        return Way.SKID
    if overlay.train:
        return Way.ROWS
    return Way.PLATE if drawn.plate else Way.TRAIN


def layout(drawn: Topology, overlay: Overlay) -> Layout:
    """Coordinates of everything."""
    order = {name: i for i, name in enumerate(reordered([n.name for n in drawn.lines], overlay.lines))}
    ranks = {"liquid": 0, "overlay": 1, SPARGE: 2}
    lines = sorted(drawn.lines, key=lambda line: (ranks[line.kind], order[line.name]))
    place = Layout(way=way_of(drawn, overlay))
    left = FIRST - PITCH
    for line in lines:
        left += PITCH
        place.rows[line.name] = left
    waiting = [b for b in _row_boxes(place, lines, drawn) if b.owner not in strips_of(drawn)]
    wanted = reordered([b.name for b in waiting], overlay.grid)
    # What the author places himself takes no room beneath its node; without a train it waits beside the vessel.
    place.boxes |= {n: box_at(drawn.plate, (0, 0)) for n in wanted if n in overlay.places and drawn.links}
    end = _centre(place, drawn, [n for n in wanted if n not in place.boxes], overlay)
    waiting = [b for b in waiting if b.name not in place.boxes]
    right = _right_side(place, drawn, [n for n in wanted if n not in place.boxes], waiting, end)
    place.tiles |= {n: (x * CELL, y * CELL) for n, (x, y) in overlay.places.items() if n in drawn.alone}
    _bottom(place, drawn, max(left + PITCH / 2, right))
    for name, (column, row) in overlay.places.items():
        if name in place.boxes:
            place.boxes[name] = replace(place.boxes[name], x=column * CELL, y=row * CELL)
    ends = [box.y + box.height for box in place.boxes.values()] + [y + 14 for _, y in place.tiles.values()]
    place.height = max(place.height, math.ceil(max(ends, default=0.0) + 8))
    put_strips(place, drawn)
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


def _right_side(place: Layout, drawn: Topology, order: list[str], waiting: list[Box], begin: float) -> float:
    """Exhaust, values beside the vessel or, at ``begin``, beneath a train; returns where they end."""
    exhaust = [b for b in waiting if b.owner == drawn.vessel and b.reading.startswith(EXHAUST)] if drawn.vessel else []
    exhaust.sort(key=lambda b: (not b.reading.startswith("exhaust"), order.index(b.name)))
    foot = (drawn.jacket, drawn.harvest) if drawn.vessel else ()
    ends = {n: [b for b in waiting if b.owner == n][:2] for n in foot if n}
    for i, box in enumerate(exhaust):
        y = FIRST - 20 + (i // 2) * PITCH
        place.boxes[box.name] = (Rect(682 + (i % 2) * 120, y, 112, 40, "exhaust") if i < 2
                                 else Rect(682 + (i % 2) * 156, y, 150, 40, "weight"))
    taken = {b.name for b in exhaust} | {b.name for found in ends.values() for b in found}
    top = FIRST + 30 + (max(0, len(exhaust) - 1) // 2) * PITCH if drawn.vessel else max(begin, FIRST - 23)
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
            rect = place.boxes.get(box.name)
            if rect and owner and box.owner == owner and rect.y == 0:
                place.boxes[box.name] = Rect(rect.x, y - 20, rect.width, 40, rect.size)
    bottom = place.harvest - 20
    place.vessel = VesselPlace(520, 80, 140, 184, bottom - 44, bottom)
    shown = {*place.nodes, *place.tiles, *strips_of(drawn)}
    shown |= {drawn.centre, drawn.neighbour} if place.way is Way.PLATE else set()
    loose = [n for n in drawn.alone if n not in shown]
    for i, name in enumerate(loose):
        place.tiles[name] = (14 + (i % 6) * TILE, end + 26 + (i // 6) * PITCH)
    place.height = math.ceil(end + 14 + math.ceil(len(loose) / 6) * PITCH)


def _route(place: Layout, lines: list[Line], drawn: Topology) -> None:
    """Pipes from each row's flow to what it feeds."""
    if place.way is Way.VESSEL:
        _route_to_vessel(place, lines)
        return
    for i, line in enumerate(lines):
        begin = (_source(line), place.rows[line.name])
        place.pipes[line.name] = [begin, *(_to_inlet(place, i, begin[1]) or _to_node(place, drawn, line, i))]


def _to_inlet(place: Layout, i: int, y: float) -> list[Point]:
    """To the line's own inlet from above; a line more than there are inlets shares the last."""
    if not place.inlets:
        return []
    x, end = place.inlets[min(i, len(place.inlets) - 1)]
    return [(x, y), (x, end)]


def _to_node(place: Layout, drawn: Topology, line: Line, i: int) -> list[Point]:
    """Round the top to the node that takes from the line; a line that nothing takes from ends open."""
    y, node = place.rows[line.name], place.nodes.get(drawn.feeds.get(line.name, ""))
    return round_top(node, (BEND_X + 12 + 6 * i, y)) if node else [(400.0, y)]


def _route_to_vessel(place: Layout, lines: list[Line]) -> None:
    """Liquids to the head, gases to the manifold."""
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


def _centre(place: Layout, drawn: Topology, wanted: list[str], overlay: Overlay) -> float:
    """Puts what the lines feed, but a vessel; returns where it ends."""
    match place.way:
        case Way.VESSEL:
            return 0.0
        case Way.SKID:
            return put_skid(place, drawn, overlay)
        case Way.ROWS:
            return put_rows(place, drawn, wanted, overlay)
        case Way.PLATE:
            return put_plate(place, drawn)
        case Way.TRAIN:
            return put_train(place, drawn, wanted)
