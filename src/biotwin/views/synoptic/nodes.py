"""A train or an author's rows, drawn: links, symbols with their names."""

from __future__ import annotations

from biotwin.naming import is_tag, printed_tag
from biotwin.views.synoptic.marks import Point, arrow, element, polyline, text
from biotwin.views.synoptic.places import Node
from biotwin.views.synoptic.subject import Subject, symbol
from biotwin.views.synoptic.train import GUTTER
from biotwin.views.synoptic.words import word, wrapped


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
    x, y = node.at
    foot = y + node.size / 2
    rows = wrapped(d.plain_title(name), node.breadth - 2 * GUTTER, 13)[:1]
    tagged = is_tag(name)
    below = foot + (29 if tagged else 15)
    tag = text(printed_tag(name), (x, foot + 14), 12, class_="equipment-tag", text_anchor="middle") if tagged else ""
    return element(
        "g", symbol(d, name, node.at, size=node.size),
        tag,
        *(text(row, (x, below), 13, class_="title", text_anchor="middle") for row in rows), class_="line",
    )
