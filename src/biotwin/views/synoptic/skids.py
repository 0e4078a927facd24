"""Skids: what is wired to the carrier stands as the piping of its class says, with its tank's and bag's levels."""

from __future__ import annotations

from biotwin.naming import printed_tag
from biotwin.quantity import si
from biotwin.views.synoptic import symbols
from biotwin.views.synoptic.marks import Point, arrow, element, path, polyline, text, title
from biotwin.views.synoptic.overlay import CELL, Overlay
from biotwin.views.synoptic.piping import PIPINGS, Piping, Run
from biotwin.views.synoptic.places import Layout, Node, Rect
from biotwin.views.synoptic.subject import Subject, symbol
from biotwin.views.synoptic.topology import Topology
from biotwin.views.synoptic.vessel import parameter
from biotwin.views.synoptic.words import word

SMALL = 32.0
BAG_WEIGHTS = ("pool_weight", "bag_weight")


def is_skid(drawn: Topology) -> bool:
    """Whether the class of what carries the product is always piped alike."""
    return bool(drawn.centre) and drawn.classes[drawn.centre] in PIPINGS


def piping_of(drawn: Topology) -> Piping:
    """The piping of the plant's skid."""
    return PIPINGS[drawn.classes[drawn.centre]]


def put_skid(place: Layout, drawn: Topology, overlay: Overlay) -> float:
    """Gives the skid and all that stands in it a place, values where the overlay wants them; returns where it ends."""
    piping = piping_of(drawn)
    place.nodes[drawn.centre] = Node(piping.own, piping.size, piping.own[0], 0.0)
    for field, at in piping.parts.items():
        if field in drawn.roles:
            place.nodes[drawn.roles[field]] = Node(at, SMALL, at[0], 0.0)
    place.inlets = tuple((x, piping.tank.y) for x in piping.inlets)
    ends = [piping.foot]
    for name, (column, row) in overlay.places.items():
        place.boxes[name] = Rect(column * CELL, row * CELL, 170, 46)
        ends.append(row * CELL + 60)
    return max(ends)


def draw_skid(d: Subject) -> list[str]:
    """Pipes first, then what stands on them."""
    piping = piping_of(d.drawn)
    runs = (_run(d, run) for run in piping.runs if run.by in d.drawn.roles)
    parts = [_part(d, d.drawn.roles[field], at, field in piping.backwards)
             for field, at in piping.parts.items() if field in d.drawn.roles]
    capsule = [_capsule(piping.capsule)] if piping.capsule else []
    words = [text(word(key, d.language), at, 13, class_="end", text_anchor="end") for key, at in piping.words.items()]
    return [element("g", *runs, class_="pipes", stroke_width=2.5), _tank(d, piping.tank), _bag(d, piping.bag),
            *capsule, _own(d, piping), *parts, *words]


def _run(d: Subject, run: Run) -> str:
    head = arrow(run.corners[-1], run.head) if run.head else ""
    follows = d.follows(d.drawn.roles[run.by]) or d.follows(d.drawn.centre)
    return element("g", polyline(run.corners), head, class_="pipe pipe-liquid", data_follows=follows)


def _part(d: Subject, name: str, at: Point, backwards: bool) -> str:
    drawn = symbol(d, name, at)
    if backwards:
        drawn = element("g", drawn, transform=f"translate({2 * at[0]:g} 0) scale(-1 1)")
    rise = -25.0 if d.drawn.classes[name] == "valve" else 27.0
    return element("g", drawn, text(printed_tag(name), (at[0], at[1] + rise), 11, class_="equipment-tag",
                                    text_anchor="middle"), class_="line")


def _own(d: Subject, piping: Piping) -> str:
    """The module or filter itself: its class's symbol would repeat tank and pump, so it is drawn here."""
    (x, y), half = piping.own, piping.size / 2
    wide = half if piping.capsule is None else 18.0
    frame = element("rect", x=x - wide, y=y - half, width=2 * wide, height=2 * half, rx=6.0, class_="body",
                    fill="Canvas")
    across = f"M{x - wide:g} {y + half:g}L{x + wide:g} {y - half:g}" if piping.capsule is None else (
        f"M{x - 9:g} {y - half + 8:g}V{y + half - 8:g}M{x:g} {y - half + 8:g}V{y + half - 8:g}"
        f"M{x + 9:g} {y - half + 8:g}V{y + half - 8:g}")
    return symbol(d, d.drawn.centre, piping.own, frame, path(across, stroke_dasharray="5 4"), bare=True)


def _capsule(at: Point) -> str:
    """A prefilter."""
    x, y = at
    frame = element("rect", x=x - 13, y=y - 24, width=26.0, height=48.0, rx=10.0, class_="body", fill="Canvas")
    return element("g", frame, path(f"M{x - 7:g} {y - 14:g}L{x + 7:g} {y - 7:g}L{x - 7:g} {y:g}L{x + 7:g} {y + 7:g}"
                                    f"L{x - 7:g} {y + 14:g}"), class_="symbol")


def _tank(d: Subject, at: Rect) -> str:
    """The tank with its liquid: full at ``vessel_volume``."""
    name = d.drawn.centre
    full = parameter(d.plant, name, "density") * parameter(d.plant, name, "vessel_volume")
    level = _level(d, ("weight",), full, Rect(at.x, at.y + 8, at.width, at.height - 8))
    shell = element("rect", x=at.x, y=at.y, width=at.width, height=at.height, rx=16.0, class_="vessel",
                    stroke_width=2.4)
    inside = element("rect", x=at.x, y=at.y, width=at.width, height=at.height, rx=16.0, fill="Canvas", stroke="none")
    return element("g", title(d.equipment_title(name)), inside, level, shell, class_="vessel-group")


def _bag(d: Subject, at: Point) -> str:
    box = next((b for b in d.drawn.boxes if b.owner == d.drawn.centre and b.reading in BAG_WEIGHTS), None)
    full = si(d.plant.unit.instruments[box.name].range[1], "kg") if box else 1.0
    level = _level(d, BAG_WEIGHTS, full, Rect(at[0] - 12, at[1] - 9, 24, 27))
    return element("g", level, symbols.bottle(*at), class_="symbol")


def _level(d: Subject, readings: tuple[str, ...], full: float, at: Rect) -> str:
    """A content whose upper edge the front end moves, where an instrument shows it."""
    box = next((b for b in d.drawn.boxes if b.owner == d.drawn.centre and b.reading in readings), None)
    if box is None:
        return ""
    foot = at.y + at.height
    return element("rect", class_="liquid", data_level=d.address(box.name), data_empty="0", data_full=f"{full:.6g}",
                   data_top=at.y, data_bottom=foot, fill="currentColor", stroke="none", fill_opacity=0.12,
                   x=at.x + 1, width=at.width - 2, y=foot, height=0.0, rx=8.0)
