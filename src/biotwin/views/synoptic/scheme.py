"""A class that is more than a symbol brings its own drawing, ``scheme.svg``: the plant is drawn around it.

The drawing is 1000 wide. Beside shapes it holds spots, elements that are not drawn but say by ``data-spot`` what stands
at their ``x``, ``y``: ``input.<name>`` the equipment that is wired to that input (its symbol's centre);
``value.<name>`` the first value box of that reading, of that input's equipment, or of the hand station that moves it
(``value.<name>.2`` the second); ``title`` the instance's own title; ``end`` where the picture may go on.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from xml.etree import ElementTree

from biotwin.naming import printed_tag
from biotwin.plant.library import drawer
from biotwin.views.synoptic import symbols
from biotwin.views.synoptic.marks import element, text, title
from biotwin.views.synoptic.places import Layout, Node, Rect
from biotwin.views.synoptic.subject import Subject, symbol
from biotwin.views.synoptic.topology import Topology
from biotwin.views.synoptic.words import wrapped

SMALL, BOX = 32.0, (170.0, 46.0)


@lru_cache(maxsize=16)
def spots(slug: str) -> dict[str, tuple[float, float]]:
    """Where things stand on a class's drawing; empty where it has none."""
    file = drawer(slug).folder / "scheme.svg"
    found = ElementTree.parse(file).getroot().iter() if file.is_file() else ()
    marked = [e.attrib for e in found if "data-spot" in e.attrib]
    return {a["data-spot"]: (float(a["x"]), float(a["y"])) for a in marked}


@lru_cache(maxsize=16)
def shapes(slug: str) -> str:
    """The drawing itself."""
    root = ElementTree.parse(drawer(slug).folder / "scheme.svg").getroot()
    return "".join(symbols.shape(node) for node in root if "data-spot" not in node.attrib)


def put_scheme(place: Layout, drawn: Topology) -> float:
    """Places what the drawing has a spot for; returns where the picture may go on, 0 without a drawing."""
    at = spots(drawn.classes[drawn.scheme]) if drawn.scheme else {}
    if not at:
        return 0.0
    for field, name in drawn.wired.items():
        if f"input.{field}" in at:
            place.nodes[name] = Node(at[f"input.{field}"], SMALL, at[f"input.{field}"][0] - 60, 120.0)
    fields = {name: field for field, name in drawn.wired.items()}
    seen: Counter[str] = Counter()
    for box in drawn.boxes:
        key = box.reading if box.owner == drawn.scheme else fields.get(box.owner, "")
        seen[key] += 1
        spot = at.get(f"value.{key}" + (f".{seen[key]}" if seen[key] > 1 else ""))
        if spot:
            place.boxes[box.name] = Rect(*spot, *BOX)
    return at["end"][1]


def draw_scheme(d: Subject) -> list[str]:
    """The drawing, bound to its instance, and the equipment around it with its tags."""
    name = d.drawn.scheme
    at = spots(d.drawn.classes[name]) if name else {}
    if not at:
        return []
    x, y = at["title"]
    body = element(
        "g", title(d.equipment_title(name)), shapes(d.drawn.classes[name]), class_="symbol apparatus", stroke_width=2.0,
        data_equipment=d.address(name), data_loop=d.addresses(d.drawn.loops_of.get(name, ())),
        data_follows=d.follows(name), data_station=d.addresses(d.stations.get(name, ())),
    )
    names = [text(d.equipment_title(name), (x, y), 13, class_="title", text_anchor="middle")]
    return [body, *names, *(_around(d, other, node) for other, node in d.place.nodes.items())]


def _around(d: Subject, name: str, node: Node) -> str:
    x, y = node.at
    rows = wrapped(d.plain_title(name), node.breadth, 11)[:1]
    return element(
        "g", symbol(d, name, node.at, size=node.size),
        text(printed_tag(name), (x, y + 31), 11, class_="equipment-tag", text_anchor="middle"),
        *(text(row, (x, y + 44), 11, class_="title", text_anchor="middle") for row in rows), class_="line",
    )
