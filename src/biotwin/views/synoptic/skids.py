"""A skid, drawn: its tank and bag with their levels, its pipes, the parts that its scheme places."""

from __future__ import annotations

from biotwin.naming import printed_tag
from biotwin.quantity import si
from biotwin.views.synoptic import symbols
from biotwin.views.synoptic.marks import Point, arrow, element, path, polyline, text, title
from biotwin.views.synoptic.places import Rect
from biotwin.views.synoptic.schemes import Run, Scheme
from biotwin.views.synoptic.subject import Subject, symbol
from biotwin.views.synoptic.vessel import parameter
from biotwin.views.synoptic.words import word

BAG_WEIGHTS = ("pool_weight", "bag_weight")


def draw_skid(d: Subject, scheme: Scheme) -> list[str]:
    """Pipes first, then what stands on them."""
    runs = (_run(d, run) for run in scheme.runs if run.by in d.drawn.roles)
    parts = [_part(d, d.drawn.roles[field], at, field in scheme.backwards)
             for field, at in scheme.parts.items() if field in d.drawn.roles]
    capsule = [_capsule(scheme.capsule)] if scheme.capsule else []
    words = [text(word(key, d.language), at, 13, class_="end", text_anchor="end") for key, at in scheme.words.items()]
    return [element("g", *runs, class_="pipes", stroke_width=2.5), _tank(d, scheme.tank), _bag(d, scheme.bag),
            *capsule, _own(d, scheme), *parts, *words]


def _run(d: Subject, run: Run) -> str:
    head = arrow(run.corners[-1], run.head) if run.head else ""
    return element("g", polyline(run.corners), head, class_="pipe pipe-liquid", data_follows=d.follows(d.drawn.skid))


def _part(d: Subject, name: str, at: Point, backwards: bool) -> str:
    drawn = symbol(d, name, at)
    if backwards:
        drawn = element("g", drawn, transform=f"translate({2 * at[0]:g} 0) scale(-1 1)")
    rise = -25.0 if d.drawn.classes[name] == "valve" else 27.0
    return element("g", drawn, text(printed_tag(name), (at[0], at[1] + rise), 11, class_="equipment-tag",
                                    text_anchor="middle"), class_="line")


def _own(d: Subject, scheme: Scheme) -> str:
    """The module or filter itself: its class's symbol would repeat tank and pump, so it is drawn here."""
    (x, y), half = scheme.own, scheme.size / 2
    wide = half if scheme.capsule is None else 18.0
    frame = element("rect", x=x - wide, y=y - half, width=2 * wide, height=2 * half, rx=6.0, class_="body",
                    fill="Canvas")
    across = f"M{x - wide:g} {y + half:g}L{x + wide:g} {y - half:g}" if scheme.capsule is None else (
        f"M{x - 9:g} {y - half + 8:g}V{y + half - 8:g}M{x:g} {y - half + 8:g}V{y + half - 8:g}"
        f"M{x + 9:g} {y - half + 8:g}V{y + half - 8:g}")
    return symbol(d, d.drawn.skid, scheme.own, frame, path(across, stroke_dasharray="5 4"), bare=True)


def _capsule(at: Point) -> str:
    """A prefilter."""
    x, y = at
    frame = element("rect", x=x - 13, y=y - 24, width=26.0, height=48.0, rx=10.0, class_="body", fill="Canvas")
    return element("g", frame, path(f"M{x - 7:g} {y - 14:g}L{x + 7:g} {y - 7:g}L{x - 7:g} {y:g}L{x + 7:g} {y + 7:g}"
                                    f"L{x - 7:g} {y + 14:g}"), class_="symbol")


def _tank(d: Subject, at: Rect) -> str:
    """The tank with its liquid: full at ``vessel_volume``."""
    name = d.drawn.skid
    full = parameter(d.plant, name, "density") * parameter(d.plant, name, "vessel_volume")
    level = _level(d, ("weight",), full, Rect(at.x, at.y + 8, at.width, at.height - 8))
    shell = element("rect", x=at.x, y=at.y, width=at.width, height=at.height, rx=16.0, class_="vessel",
                    stroke_width=2.4)
    inside = element("rect", x=at.x, y=at.y, width=at.width, height=at.height, rx=16.0, fill="Canvas", stroke="none")
    return element("g", title(d.equipment_title(name)), inside, level, shell, class_="vessel-group")


def _bag(d: Subject, at: Point) -> str:
    box = next((b for b in d.drawn.boxes if b.owner == d.drawn.skid and b.reading in BAG_WEIGHTS), None)
    full = si(d.plant.unit.instruments[box.name].range[1], "kg") if box else 1.0
    level = _level(d, BAG_WEIGHTS, full, Rect(at[0] - 12, at[1] - 9, 24, 27))
    return element("g", level, symbols.bottle(*at), class_="symbol")


def _level(d: Subject, readings: tuple[str, ...], full: float, at: Rect) -> str:
    """A content whose upper edge the front end moves, where an instrument shows it."""
    box = next((b for b in d.drawn.boxes if b.owner == d.drawn.skid and b.reading in readings), None)
    if box is None:
        return ""
    foot = at.y + at.height
    return element("rect", class_="liquid", data_level=d.address(box.name), data_empty="0", data_full=f"{full:.6g}",
                   data_top=at.y, data_bottom=foot, fill="currentColor", stroke="none", fill_opacity=0.12,
                   x=at.x + 1, width=at.width - 2, y=foot, height=0.0, rx=8.0)
