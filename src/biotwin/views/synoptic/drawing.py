"""The picture: pipes, then apparatus, then values, so that nothing hides a number."""

from __future__ import annotations

from biotwin.naming import is_tag, printed_tag
from biotwin.plant.description import Text
from biotwin.plant.plant import Plant
from biotwin.views.synoptic import symbols
from biotwin.views.synoptic.boxes import value_box
from biotwin.views.synoptic.layout import ELEMENT_X, RIGHT, SOURCE_X, WIDTH, Layout
from biotwin.views.synoptic.marks import Point, arrow, camel, element, path, polyline, text, title, tspan
from biotwin.views.synoptic.nodes import draw_nodes
from biotwin.views.synoptic.places import Way
from biotwin.views.synoptic.plates import draw_plate
from biotwin.views.synoptic.skids import draw_skid
from biotwin.views.synoptic.stations import FILTER, stations_of
from biotwin.views.synoptic.strips import draw_strips, parts_of
from biotwin.views.synoptic.subject import Subject, symbol
from biotwin.views.synoptic.topology import LIQUID, SPARGE, Line, Topology
from biotwin.views.synoptic.vessel import draw_liquid, draw_vessel
from biotwin.views.synoptic.words import fitted, word, wrapped

CULTURE = "stirred_bioreactor"


def draw(plant: Plant, drawn: Topology, place: Layout, language: str, called: dict[str, Text]) -> str:
    """The whole ``<svg>``; ``called``: the author's short titles."""
    d = Subject(plant, drawn, place, language, stations_of(plant.unit, drawn.vessel, plant.carrier), called)
    unit_title = plant.unit.title.text(language)
    tag = printed_tag(plant.prefix.split("/")[1])
    parts = [
        element("text", tspan(tag, class_="tag"), tspan(unit_title, class_="title", dx=8), class_="heading",
                x=15.0, y=24.0, font_size=15),
        element("g", *(pipe(d, line) for line in drawn.lines), *fixed_pipes(d), class_="pipes", stroke_width=2.5),
        *([draw_vessel(d, _motor(d))] if place.way is Way.VESSEL else []),
        *(source(d, line) for line in drawn.lines),
        *centre(d), *apparatus(d), *tiles(d), *draw_strips(d),
        *(value_box(d, box) for box in drawn.boxes),
    ]
    return camel("svg", *parts, xmlns="http://www.w3.org/2000/svg", id="synoptic", role="group",
                 view_box=f"0 0 {WIDTH:g} {place.height:g}", fill="none", stroke="currentColor", stroke_width=1.6,
                 stroke_linejoin="round", stroke_linecap="round", font_family="sans-serif",
                 aria_label=f"{word('picture', language)} {tag}, {unit_title}", **parts_of(d)).replace("\n", "")


def centre(d: Subject) -> list[str]:
    """What the lines feed, but a vessel, which stands beneath the sources."""
    match d.place.way:
        case Way.VESSEL:
            return []
        case Way.SKID:
            return draw_skid(d)
        case Way.PLATE:
            return draw_plate(d)
        case Way.ROWS | Way.TRAIN:
            return draw_nodes(d)


def _motor(d: Subject) -> str:
    return symbol(d, d.drawn.drive, (d.place.vessel.x, d.place.vessel.top - 30)) if d.drawn.drive else ""


def pipe(d: Subject, line: Line) -> str:
    points = d.place.pipes[line.name]
    kind = "liquid" if line.kind == LIQUID else "gas"
    follows = d.follows(line.element)
    direction = "right" if points[-1][1] == points[-2][1] else "down"
    head = "" if line.kind == SPARGE and d.drawn.vessel else arrow(points[-1], direction)
    return element("g", polyline(points), head, class_=f"pipe pipe-{kind}", data_line=d.address(line.name),
                   data_follows=follows)


def fixed_pipes(d: Subject) -> list[str]:
    """Manifold, exhaust, harvest and jacket."""
    if not d.drawn.vessel:
        return []
    v, found, nozzle = d.place.vessel, [], d.place.vessel.x + 46
    if d.place.manifold:
        x, top, bottom = d.place.manifold
        lead = polyline([(x, v.foot + 12), (v.x - 40, v.foot + 12)])
        found.append(element("g", path(f"M{x:g} {top:g}V{bottom:g}"), lead, class_="pipe pipe-gas"))
    out = (990.0, d.place.exhaust)
    found.append(element("g", polyline([(nozzle, v.head(nozzle)), (nozzle, out[1]), out]), arrow(out, "right"),
                         class_="pipe pipe-gas"))
    if d.drawn.harvest:
        end = (980.0, d.place.harvest)
        found.append(element("g", polyline([(v.x, v.bottom), (v.x, end[1]), end]), arrow(end, "right"),
                             class_="pipe pipe-liquid", data_follows=d.follows(d.drawn.harvest)))
    return [*found, _jacket_pipes(d)] if d.drawn.jacket else found


def _jacket_pipes(d: Subject) -> str:
    """To the jacket's foot and back from its shoulder."""
    v, y = d.place.vessel, d.place.jacket
    side, top, unit = v.x + v.radius + 19, v.shoulder + 66, RIGHT + 10
    there = polyline([(side, v.foot - 24), (side, y + 8), (unit, y + 8)])
    back = polyline([(side + 1, top), (side + 13, top), (side + 13, y - 8), (unit, y - 8)])
    return element("g", there, back, class_="pipe heat", stroke_width=2.0)


def _outlet(d: Subject) -> str:
    """What leaves a culture is a harvest; anything else is transferred."""
    return "harvest" if d.drawn.classes[d.drawn.vessel] == CULTURE else "transfer"


def tag_at(name: str, at: Point, rise: float) -> str:
    return text(printed_tag(name), (at[0], at[1] - rise), 11, class_="equipment-tag", text_anchor="middle")


def source(d: Subject, line: Line) -> str:
    """The left end of a row: bottle or gas main, its name, the pump or controller."""
    y, name = d.place.rows[line.name], line.bottle
    if name:
        weighed = any(b.owner == name and d.place.boxes[b.name].size == "weight" for b in d.drawn.boxes)
        parts = [draw_liquid(d, name, (SOURCE_X, y)), symbol(d, name, (SOURCE_X, y))]
        rows = [] if weighed else wrapped(d.equipment_title(name), 136, 13)
    else:
        parts = [arrow((SOURCE_X, y), "right")]
        rows = [word(line.field, d.language) or fitted(d.equipment_title(line.element), 72, 13)]
    x = SOURCE_X + 26 if name else SOURCE_X - 12
    parts += [text(row, (x, base), 13, class_="title") for row, base in zip(rows, (y - 8, y + 16), strict=False)]
    if line.element:
        at = (ELEMENT_X, y)
        rise = 22 if d.drawn.classes[line.element] == "valve" else 16
        parts += [symbol(d, line.element, at), tag_at(line.element, at, rise)]
    return element("g", *parts, class_="line")


def tiles(d: Subject) -> list[str]:
    """What stands alone, by its drawer's own symbol."""
    found = []
    for name, (x, y) in d.place.tiles.items():
        tag = text(printed_tag(name), (x + 44, y - 2), 12, class_="equipment-tag") if is_tag(name) else ""
        below = y + (13 if tag else 5)
        called = text(fitted(d.plain_title(name), 104, 12), (x + 44, below), 12, class_="title")
        found.append(element("g", symbol(d, name, (x + 20, y)), tag, called, class_="tile"))
    return found


def apparatus(d: Subject) -> list[str]:
    """Filter and vent, harvest pump, jacket unit."""
    if not d.drawn.vessel:
        return []
    left, right, top = RIGHT + 22, 988.0, d.place.exhaust
    found = [
        element("g", title(word("filter", d.language)), symbols.gas_filter(left, top), class_="symbol symbol-filter",
                data_station=d.addresses(d.stations.get(FILTER, ()))),
        text(word("exhaust", d.language), (right, top - 9), 13, class_="end", text_anchor="end"),
    ]
    if d.drawn.vent:
        at = (936.0, top)
        found += [symbol(d, d.drawn.vent, at), tag_at(d.drawn.vent, at, -21)]
    if d.drawn.harvest:
        at = (left, d.place.harvest)
        found += [symbol(d, d.drawn.harvest, at), tag_at(d.drawn.harvest, at, -25),
                  text(word(_outlet(d), d.language), (right - 4, at[1] - 10), 13, class_="end", text_anchor="end")]
    return [*found, symbol(d, d.drawn.jacket, (left, d.place.jacket))] if d.drawn.jacket else found
