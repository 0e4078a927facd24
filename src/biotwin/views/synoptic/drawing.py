"""The picture: pipes, then apparatus, then values, so that nothing hides a number."""

from __future__ import annotations

from dataclasses import dataclass

from biotwin.plant.plant import Plant
from biotwin.views.naming import format_of, printed_tag
from biotwin.views.synoptic import symbols
from biotwin.views.synoptic.layout import ELEMENT_X, RIGHT, SOURCE_X, WIDTH, Layout
from biotwin.views.synoptic.marks import arrow, camel, element, path, polyline, text, title, tspan
from biotwin.views.synoptic.stations import stations_of
from biotwin.views.synoptic.topology import LIQUID, SPARGE, Box, Line, Topology
from biotwin.views.synoptic.vessel import draw_liquid, draw_vessel
from biotwin.views.synoptic.words import chemical, fitted, tag_width, word, wrapped


@dataclass(frozen=True)
class Drawing:
    """What every part of the picture needs."""

    plant: Plant
    drawn: Topology
    place: Layout
    language: str
    stations: dict[str, tuple[str, ...]]

    def address(self, name: str) -> str:
        return self.plant.address(name) if name else ""

    def addresses(self, names: tuple[str, ...]) -> str:
        return " ".join(map(self.plant.address, names))

    def equipment_title(self, name: str) -> str:
        own = self.plant.unit.equipment[name].title
        return chemical(own.text(self.language)) if own else printed_tag(name)


def draw(plant: Plant, drawn: Topology, place: Layout, language: str) -> str:
    """The whole ``<svg>``."""
    d = Drawing(plant, drawn, place, language, stations_of(plant.unit, drawn.vessel))
    unit_title = plant.unit.title.text(language)
    tag = printed_tag(plant.prefix.split("/")[1])
    parts = [
        element("text", tspan(tag, class_="tag"), tspan(unit_title, class_="title", dx=8), class_="heading", x=15.0, y=24.0,
                font_size=15),
        element("g", *(pipe(d, line) for line in drawn.lines), *fixed_pipes(d), class_="pipes", stroke_width=2.5),
        *([draw_vessel(d)] if drawn.vessel else []),
        *(source(d, line) for line in drawn.lines),
        *apparatus(d),
        *(value_box(d, box) for box in drawn.boxes),
    ]
    return camel("svg", *parts, xmlns="http://www.w3.org/2000/svg", id="synoptic", role="group",
                 view_box=f"0 0 {WIDTH:g} {place.height:g}", fill="none", stroke="currentColor", stroke_width=1.6,
                 stroke_linejoin="round", stroke_linecap="round", font_family="sans-serif",
                 aria_label=f"{word('picture', language)} {tag}, {unit_title}").replace("\n", "")


def pipe(d: Drawing, line: Line) -> str:
    points = d.place.pipes[line.name]
    kind = "liquid" if line.kind == LIQUID else "gas"
    follows = d.address(d.drawn.follows.get(line.element, ""))
    direction = "right" if points[-1][1] == points[-2][1] else "down"
    head = "" if line.kind == SPARGE and d.drawn.vessel else arrow(points[-1], direction)
    return element("g", polyline(points), head, class_=f"pipe pipe-{kind}", data_line=d.address(line.name),
                   data_follows=follows)


def fixed_pipes(d: Drawing) -> list[str]:
    """Manifold, exhaust, harvest and jacket."""
    if not d.drawn.vessel:
        return []
    v, found = d.place.vessel, []
    if d.place.manifold:
        x, top, bottom = d.place.manifold
        entry = v.foot + 12
        found.append(element("g", path(f"M{x:g} {top:g}V{bottom:g}"), polyline([(x, entry), (v.x - 40, entry)]),
                             class_="pipe pipe-gas"))
    nozzle = v.x + 46
    found.append(element("g", polyline([(nozzle, v.head(nozzle)), (nozzle, d.place.exhaust), (988.0, d.place.exhaust)]),
                         arrow((990.0, d.place.exhaust), "right"), class_="pipe pipe-gas"))
    if d.drawn.harvest:
        end = (976.0, d.place.harvest)
        found.append(element("g", polyline([(v.x, v.bottom), (v.x, end[1]), end]), arrow((980.0, end[1]), "right"),
                             class_="pipe pipe-liquid", data_follows=d.address(d.drawn.follows.get(d.drawn.harvest, ""))))
    if d.drawn.jacket:
        side, y = v.x + v.radius + 19, d.place.jacket
        found.append(element("g", polyline([(side, v.foot - 24), (side, y + 8), (RIGHT + 10, y + 8)]),
                             polyline([(side + 7, v.shoulder + 66), (side + 13, v.shoulder + 66), (side + 13, y - 8),
                                       (RIGHT + 10, y - 8)]), class_="pipe heat", stroke_width=2.0))
    return found


def symbol(d: Drawing, name: str, at: tuple[float, float], *extra: str) -> str:
    """An equipment's symbol with everything that binds to it."""
    slug = d.plant.unit.equipment[name].class_
    shape = symbols.SYMBOLS.get(slug)
    mark = shape(*at) if shape else symbols.own_symbol(slug, at[0], at[1], 30.0)
    tag = printed_tag(name)
    return element(
        "g", title(f"{tag} · {d.equipment_title(name)}"), mark, *extra, class_=f"symbol symbol-{slug}",
        data_equipment=d.address(name), data_loop=d.addresses(d.drawn.loops_of.get(name, ())),
        data_follows=d.address(d.drawn.follows.get(name, "")),
        data_station=d.addresses(d.stations.get(name, ())),
    )


def tag_at(name: str, at: tuple[float, float], rise: float) -> str:
    return text(printed_tag(name), (at[0], at[1] - rise), 11, class_="equipment-tag", text_anchor="middle")


def source(d: Drawing, line: Line) -> str:
    """The left end of a row: bottle or gas main, its name, the pump or controller."""
    y, parts = d.place.rows[line.name], []
    weighed = any(b.owner == line.bottle and d.place.boxes[b.name].size == "weight" for b in d.drawn.boxes)
    if line.bottle:
        parts += [draw_liquid(d, line.bottle, (SOURCE_X, y)), symbol(d, line.bottle, (SOURCE_X, y))]
        label = d.equipment_title(line.bottle)
        rows = [] if weighed else wrapped(label, 136, 13)
    else:
        parts.append(arrow((SOURCE_X, y), "right"))
        rows = [word(line.field, d.language) or fitted(d.equipment_title(line.element), 72, 13)]
    x = 54.0 if line.bottle else SOURCE_X - 12
    for i, row in enumerate(rows):
        parts.append(text(row, (x, y - 8 - 14 * (len(rows) - 1 - i) if i < 1 or len(rows) < 2 else y + 15), 13,
                          class_="title"))
    if line.element:
        at = (ELEMENT_X, y)
        parts += [symbol(d, line.element, at), tag_at(line.element, at, 16)]
    return element("g", *parts, class_="line")


def apparatus(d: Drawing) -> list[str]:
    """Exhaust, harvest, jacket, and tiles of what stands alone."""
    found = [
        element("g", symbol(d, name, (x + 20, y)), text(printed_tag(name), (x + 44, y - 2), 12, class_="equipment-tag"),
                text(fitted(d.equipment_title(name), 104, 12), (x + 44, y + 13), 12, class_="title"), class_="tile")
        for name, (x, y) in d.place.tiles.items()
    ]
    if not d.drawn.vessel:
        return found
    top = d.place.exhaust
    found.append(element("g", title(word("filter", d.language)), symbols.gas_filter(RIGHT + 22, top),
                         class_="symbol symbol-filter", data_station=d.addresses(d.stations.get(":filter", ()))))
    found.append(text(word("exhaust", d.language), (988.0, top - 9), 13, class_="end", text_anchor="end"))
    if d.drawn.vent:
        at = (936.0, top)
        found += [symbol(d, d.drawn.vent, at), tag_at(d.drawn.vent, at, -21)]
    if d.drawn.harvest:
        at = (RIGHT + 22, d.place.harvest)
        found += [symbol(d, d.drawn.harvest, at), tag_at(d.drawn.harvest, at, -25),
                  text(word("harvest", d.language), (984.0, at[1] - 10), 13, class_="end", text_anchor="end")]
    if d.drawn.jacket:
        found.append(symbol(d, d.drawn.jacket, (RIGHT + 22, d.place.jacket)))
    return found


def value_box(d: Drawing, box: Box) -> str:
    """Frame, tag with its name, value with its unit, set-point; bound by the front end through ``data-tag``."""
    rect, tag = d.place.boxes[box.name], printed_tag(box.name)
    full, short = _titles(d, box)
    small = 13 if rect.size == "full" else 12
    shown = "" if rect.size == "flow" else fitted(short, rect.width - 20 - tag_width(tag, 13), small)
    parts = [tspan(tag, class_="tag"), *([tspan(shown, class_="title", dx=6, font_size=small)] if shown else [])]
    size, line = (20, 37) if rect.size == "full" else (17, 33)
    low = rect.size != "flow"
    setpoint = (rect.x + rect.width - 8, rect.y + (line if low else 15))
    follow = d.plant.unit.instruments.get(box.name)
    return element(
        "g", title(f"{tag} · {full}"),
        element("rect", class_="frame", x=rect.x, y=rect.y, width=rect.width, height=rect.height, rx=5.0, fill="Canvas"),
        element("text", *parts, class_="name", x=rect.x + 8, y=rect.y + (16 if rect.size == "full" else 15), font_size=13),
        element("text", tspan("–", class_="value", font_size=size), tspan(_unit(d, box), class_="unit", dx=4),
                class_="reading", x=rect.x + 8, y=rect.y + line, font_size=13),
        element("text", "\u200b", class_="setpoint", x=setpoint[0], y=setpoint[1], font_size=small,
                text_anchor="end"),
        class_=f"value-box {rect.size}{' hand' if box.hand else ''}{' soft' if follow and follow.soft else ''}",
        data_tag=d.address(box.name), data_loop=d.addresses(d.drawn.loops_of.get(box.name, ())),
        data_station=d.addresses(d.stations.get(box.name, ())), tabindex="0", role="button",
        aria_label=f"{tag} {full}",
    )


def _titles(d: Drawing, box: Box) -> tuple[str, str]:
    """The whole title, and the short one for the frame."""
    unit = d.plant.unit
    own = unit.loops[box.name].title if box.hand else unit.instruments[box.name].title
    full = chemical(own.text(d.language))
    if box.hand:
        return full, full
    if box.reading == "weight" and box.owner != d.drawn.vessel:
        return full, d.equipment_title(box.owner)
    soft = unit.instruments[box.name].soft
    return full, full if soft else word(box.reading, d.language) or full


def _unit(d: Drawing, box: Box) -> str:
    """As printed."""
    if box.hand:
        return "%"
    own = d.plant.unit.instruments[box.name]
    return format_of(own.unit, d.plant.measured[box.name], own.digits, d.language, label=own.label).unit

