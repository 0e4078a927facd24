"""Plates: a class that is more than a symbol brings its own drawing, ``plate.svg``; the plant is drawn around it.

The drawing is 1000 wide. Beside shapes it holds spots, elements that are not drawn but say by ``data-spot`` what stands
at their ``x``, ``y``: ``input.<name>`` the equipment that is wired to that input, or in another role of ``topology``
(its symbol's centre; with ``data-name="above"`` only its tag is written, above it; ``data-size`` where it is larger
than a valve); ``value.<name>`` the first value box of that reading, of that input's equipment, or of the hand station
that moves it (``value.<name>.2`` the second); ``level.<reading>`` a content with its width and height, brimful at the
upper end of the instrument that shows it (``level.<reading>.2`` where it is in several); ``inlet.<n>`` where the n-th
line from the left ends; ``title`` the instance's own title; ``word.<key>`` a word of the picture's own; ``end`` where
the picture may go on; ``box`` the width and height of this drawing's values. Shapes with ``data-of="<input>"`` are what
is wired to that input, in place of its symbol; its name then begins at the spot itself. A class whose instances may be
linked two by two brings ``pair.svg`` too: there ``neighbour.input.<name>``, ``neighbour.value.<name>``,
``neighbour.title`` and the shapes with ``data-of="neighbour"`` are the other one's.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from xml.etree import ElementTree

from biotwin.naming import is_tag, printed_tag
from biotwin.plant.library import drawer
from biotwin.quantity import si
from biotwin.views.synoptic import symbols
from biotwin.views.synoptic.marks import Point, element, text, title
from biotwin.views.synoptic.places import Layout, Node, Rect
from biotwin.views.synoptic.subject import Subject, symbol
from biotwin.views.synoptic.topology import Topology
from biotwin.views.synoptic.words import word, wrapped

SMALL, BOX = 32.0, (170.0, 46.0)
NEIGHBOUR = "neighbour."
SIDES = ("x", "y", "width", "height")
COMPACT = 46.0
"""A box that is lower than this is written small."""


@lru_cache(maxsize=16)
def _root(plate: str) -> ElementTree.Element:
    slug, _, file = plate.partition("/")
    return ElementTree.parse(drawer(slug).folder / f"{file or 'plate'}.svg").getroot()


def marked(slug: str, kind: str = "") -> dict[str, dict[str, str]]:
    """Spot -> what the drawing says there; of one ``kind`` (``input``, ``level``, ...) by the name alone."""
    found = {e.attrib["data-spot"]: dict(e.attrib) for e in _root(slug).iter() if "data-spot" in e.attrib}
    return {n.removeprefix(f"{kind}."): a for n, a in found.items() if n.startswith(f"{kind}.") or not kind}


def spots(slug: str) -> dict[str, tuple[float, float]]:
    """Where things stand on a class's drawing."""
    return {name: (float(a["x"]), float(a["y"])) for name, a in marked(slug).items()}


def shapes(plate: str, of: str = "") -> str:
    """The drawing itself, of the centre or of its neighbour."""
    wanted = (node for node in _root(plate) if "data-spot" not in node.attrib and node.get("data-of", "") == of)
    return "".join(symbols.shape(node) for node in wanted)


def box_at(plate: str, at: Point) -> Rect:
    """A value's box on a class's drawing, by default as large as on any picture."""
    said = marked(plate).get("box") if plate else None
    width, height = (float(said["width"]), float(said["height"])) if said else BOX
    return Rect(*at, width, height, "full" if height >= COMPACT else "small")


def put_plate(place: Layout, drawn: Topology) -> float:
    """Places what the drawing has a spot for; returns where the picture may go on."""
    at = spots(drawn.plate)
    for prefix, roles in ((NEIGHBOUR, drawn.neighbour_roles), ("", drawn.roles)):
        for field, said in marked(drawn.plate, f"{prefix}input").items():
            if field in roles:
                x, y = at[f"{prefix}input.{field}"]
                place.nodes[roles[field]] = Node((x, y), float(said.get("data-size", SMALL)), x - 75, 150.0)
    keys = _keys(drawn)
    seen: Counter[str] = Counter()
    for box in drawn.boxes:
        key = keys.get(box.owner, "")
        key = key + box.reading if key.endswith("value.") else key
        seen[key] += 1
        spot = at.get(key + (f".{seen[key]}" if seen[key] > 1 else ""))
        if spot:
            place.boxes[box.name] = box_at(drawn.plate, spot)
    place.inlets = tuple(at[spot] for spot in sorted(at) if spot.startswith("inlet."))
    return at["end"][1]


def _keys(drawn: Topology) -> dict[str, str]:
    """Equipment -> the spot of its values; of the two that are drawn themselves, up to the reading's name."""
    found: dict[str, str] = {}
    for far in (True, False):
        for prefix, roles in ((NEIGHBOUR, drawn.neighbour_roles), ("", drawn.roles)):
            found |= {name: f"{prefix}value.{role}" for role, name in reversed(roles.items()) if (":" in role) == far}
    return found | {drawn.neighbour: f"{NEIGHBOUR}value.", drawn.centre: "value."}


def draw_plate(d: Subject) -> list[str]:
    """The drawing, bound to its instance, and the equipment around it with its tags."""
    body = _body(d, d.drawn.centre, *_levels(d), shapes(d.drawn.plate))
    names = [_title(d, d.drawn.centre, "title")]
    if d.drawn.neighbour:
        body += _body(d, d.drawn.neighbour, shapes(d.drawn.plate, "neighbour"))
        names.append(_title(d, d.drawn.neighbour, f"{NEIGHBOUR}title"))
    names += [text(word(key, d.language), (float(a["x"]), float(a["y"])), 12, class_="end", text_anchor="middle")
              for key, a in marked(d.drawn.plate, "word").items()]
    around = {other: _around(d, other, node) for other, node in d.place.nodes.items()}
    behind = {other for field, other in d.drawn.roles.items() if shapes(d.drawn.plate, field)}
    return [*(around[n] for n in around if n in behind), body, *names, *(around[n] for n in around if n not in behind)]


def _body(d: Subject, name: str, *parts: str) -> str:
    return element(
        "g", title(d.equipment_title(name)), *parts, class_="symbol apparatus",
        stroke_width=2.0, data_equipment=d.address(name), data_loop=d.addresses(d.drawn.loops_of.get(name, ())),
        data_follows=d.follows(name), data_station=d.addresses(d.stations.get(name, ())),
    )


def _title(d: Subject, name: str, spot: str) -> str:
    x, y = spots(d.drawn.plate)[spot]
    words = f"{printed_tag(name)} {d.plain_title(name)}" if is_tag(name) else d.equipment_title(name)
    return text(words, (x, y), 13, class_="title", text_anchor="middle")


def _levels(d: Subject) -> list[str]:
    """Contents whose upper edge the front end moves."""
    shown = {b.reading: b.name for b in d.drawn.boxes if b.owner == d.drawn.centre and not b.hand}
    rooms = [(name.partition(".")[0], room) for name, room in marked(d.drawn.plate, "level").items()]
    return [_level(d, shown[reading], room) for reading, room in rooms if reading in shown]


def _level(d: Subject, tag: str, room: dict[str, str]) -> str:
    instrument, (x, top, width, height) = d.plant.unit.instruments[tag], (float(room[side]) for side in SIDES)
    full = si(instrument.range[1], d.plant.measured[tag])
    return element("rect", class_="liquid", data_level=d.address(tag), data_empty="0", data_full=f"{full:.6g}",
                   data_top=top, data_bottom=top + height, fill="currentColor", stroke="none", fill_opacity=0.12,
                   x=x, width=width, y=top + height, height=0.0)


def _around(d: Subject, name: str, node: Node) -> str:
    """Its symbol or what the drawing has for it, and its name beneath, above, or where the drawing wants it."""
    (x, y), half = node.at, node.size / 2
    fields = {field: a for field, a in marked(d.drawn.plate, "input").items() if d.drawn.roles.get(field) == name}
    above = any(a.get("data-name") == "above" for a in fields.values())
    own = "".join(shapes(d.drawn.plate, field) for field in fields)
    lines = [(printed_tag(name), "equipment-tag")] if is_tag(name) else []
    if not (above and lines):
        lines += [(row, "title") for row in wrapped(d.plain_title(name), node.breadth, 11)[:1]]
    first = y if own else y - half - 4 if above else y + half + 15
    drawn = [element("g", own, stroke_width=2.0)] if own else []
    return element(
        "g", symbol(d, name, node.at, *drawn, size=node.size, bare=bool(own)),
        *(text(words, (x, first + 13 * n), 11, class_=kind, text_anchor="middle")
          for n, (words, kind) in enumerate(lines)), class_="line",
    )
