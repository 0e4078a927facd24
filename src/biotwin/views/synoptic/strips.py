"""Strips: a class whose machine stands behind the one that is drawn brings ``strip.svg``, put beneath its plate.

The drawing is 1000 wide and holds spots as a plate does: ``value.<name>``, ``title``, ``end``, all of them its own.
"""

from __future__ import annotations

import json
from functools import lru_cache
from xml.etree import ElementTree

from biotwin.plant.library import drawer
from biotwin.views.synoptic import symbols
from biotwin.views.synoptic.marks import element, text, title
from biotwin.views.synoptic.places import Layout, Rect
from biotwin.views.synoptic.plates import BOX
from biotwin.views.synoptic.subject import Subject
from biotwin.views.synoptic.topology import Topology

FILE, GAP = "strip.svg", 18.0


def strips_of(drawn: Topology) -> tuple[str, ...]:
    """The instances that stand beneath the plate, in the order of the plant."""
    return tuple(n for n in drawn.loose if n != drawn.centre and (drawer(drawn.classes[n]).folder / FILE).is_file())


@lru_cache(maxsize=16)
def _root(slug: str) -> ElementTree.Element:
    return ElementTree.parse(drawer(slug).folder / FILE).getroot()


@lru_cache(maxsize=16)
def strip_spots(slug: str) -> dict[str, tuple[float, float]]:
    """Where things stand on a class's strip."""
    marks = (e.attrib for e in _root(slug).iter() if "data-spot" in e.attrib)
    return {a["data-spot"]: (float(a["x"]), float(a["y"])) for a in marks}


def put_strips(place: Layout, drawn: Topology) -> None:
    """Places each strip with its values beneath everything else."""
    for name in strips_of(drawn):
        at, top = strip_spots(drawn.classes[name]), place.height + GAP
        place.strips[name] = top
        for box in drawn.boxes:
            if box.owner == name and (spot := at.get(f"value.{box.reading}")):
                place.boxes[box.name] = Rect(spot[0], spot[1] + top, *BOX)
        place.height = top + at["end"][1]


def parts_of(d: Subject) -> dict[str, str]:
    """What a tall picture is made of from top to bottom, for a screen that shows a part at a time: title, top, height,
    as an attribute of the picture; none where it is of one part.
    """
    if not d.place.strips:
        return {}
    names, edges = list(d.place.strips), [top - GAP / 2 for top in d.place.strips.values()]
    first = d.equipment_title(d.drawn.centre or d.drawn.vessel)
    titles = [first, *map(d.equipment_title, names)]
    tops, ends = [0.0, *edges], [*edges, d.place.height]
    parts = [{"title": t, "top": a, "height": b - a} for t, a, b in zip(titles, tops, ends, strict=True)]
    return {"data_parts": json.dumps(parts, ensure_ascii=False)}


def draw_strips(d: Subject) -> list[str]:
    """Each strip, bound to its instance, under its title."""
    return [part for name, top in d.place.strips.items() for part in _strip(d, name, top)]


def _strip(d: Subject, name: str, top: float) -> tuple[str, str]:
    slug = d.drawn.classes[name]
    shapes = "".join(symbols.shape(node) for node in _root(slug) if "data-spot" not in node.attrib)
    x, y = strip_spots(slug)["title"]
    body = element(
        "g", title(d.equipment_title(name)), shapes, class_="symbol apparatus", stroke_width=2.0,
        transform=f"translate(0 {top:g})", data_equipment=d.address(name),
        data_loop=d.addresses(d.drawn.loops_of.get(name, ())), data_follows=d.follows(name),
        data_station=d.addresses(d.stations.get(name, ())),
    )
    return body, text(d.equipment_title(name), (x, y + top), 13, class_="title", text_anchor="middle")
