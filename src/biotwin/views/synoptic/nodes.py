"""A train or an author's rows, drawn: links, symbols with their names, and what some classes show with their symbol."""

from __future__ import annotations

from collections.abc import Callable

from biotwin.naming import is_tag, printed_tag
from biotwin.views.synoptic.marks import Point, arrow, element, path, polyline, text
from biotwin.views.synoptic.places import Node
from biotwin.views.synoptic.subject import Subject, symbol
from biotwin.views.synoptic.train import GUTTER
from biotwin.views.synoptic.words import width, word, wrapped


def draw_nodes(d: Subject) -> list[str]:
    """Pipes first, then symbols with their names."""
    pipes = [
        element("g", polyline(corners), arrow(corners[-1], "right"), class_="pipe pipe-liquid",
                data_follows=d.follows(a))
        for (a, _), corners in d.place.links.items()
    ]
    drains = (_drain(d, at) for at in d.place.drains.values())
    nodes = (_node(d, name, node) for name, node in d.place.nodes.items())
    return [element("g", *pipes, *drains, class_="pipes", stroke_width=2.5), *nodes]


def _drain(d: Subject, at: Point) -> str:
    """Down from the pipe, the word beside it."""
    x, y = at
    return element("g", polyline([at, (x, y + 28)]), arrow((x, y + 30), "down"),
                   text(word("drain", d.language), (x + 8, y + 26), 12, class_="end", stroke_width=0.0),
                   class_="pipe pipe-liquid")


def _node(d: Subject, name: str, node: Node) -> str:
    (x, y), slug = node.at, d.plant.unit.equipment[name].class_
    foot = y + node.size / 2
    picture = PICTURES.get(slug)
    extra = [picture(d, node)] if picture else []
    rows = wrapped(d.plain_title(name), node.breadth - 2 * GUTTER, 13)[:1]
    tagged = is_tag(name)
    below = foot + (29 if tagged else 15)
    tag = text(printed_tag(name), (x, foot + 14), 12, class_="equipment-tag", text_anchor="middle") if tagged else ""
    return element(
        "g", symbol(d, name, node.at, *extra, size=node.size),
        tag,
        *(text(row, (x, below), 13, class_="title", text_anchor="middle") for row in rows), class_="line",
    )


def _compartments(d: Subject, node: Node) -> str:
    """Serum and tissues beneath the patient, with the exchange between them and the way out."""
    x, y = node.at[0] - 38, node.at[1] + node.size / 2 + 46
    found = []
    for i, name in enumerate(("serum", "tissues")):
        label, top = word(name, d.language), y + i * 50
        found.append(element("rect", x=x, y=top, width=76.0, height=30.0, rx=5.0, class_="body", fill="Canvas"))
        found.append(text(label, (x + 38, top + 19), min(12.0, 12.0 * 66 / width(label, 12)), text_anchor="middle"))
    down, up = f"M{x + 30:g} {y + 30:g}v16", f"M{x + 46:g} {y + 50:g}v-16"
    out = f"M{x + 76:g} {y + 15:g}h20"
    return element("g", *found, path(down + up + out), arrow((x + 30, y + 50), "down"), arrow((x + 46, y + 30), "up"),
                   arrow((x + 102, y + 15), "right"), class_="compartments", stroke_width=1.4)


PICTURES: dict[str, Callable[[Subject, Node], str]] = {"patient": _compartments}
"""What is drawn beneath a symbol of that class and its name."""
