"""Symbols after ISO 10628-2 and ISA-5.1, drawn about their port so that a pipe runs through their middle.

Classes without a symbol here show the one in their drawer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from xml.etree import ElementTree

from biotwin.plant.library import drawer
from biotwin.views.synoptic.marks import camel, element, number, path, text

_PLAIN = {"path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "g"}
_KEPT = {"d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "points",
         "transform", "stroke-dasharray", "stroke-width", "class"}


def pump(x: float, y: float) -> str:
    """A pump: circle with the flow's arrow (ISO 10628-2)."""
    head = f"M{number(x - 6)} {number(y - 9)}L{number(x + 13)} {number(y)}L{number(x - 6)} {number(y + 9)}z"
    return _disc(x, y, 13) + path(head, class_="fill", fill="currentColor", stroke="none")


def valve(x: float, y: float) -> str:
    """A control valve: two triangles and a diaphragm actuator."""
    return _bow(x, y, 11, 8) + path(
        f"M{number(x)} {number(y)}v-11M{number(x - 8)} {number(y - 11)}a8 7 0 0 1 16 0z", class_="body", fill="Canvas")


def controller(x: float, y: float) -> str:
    """A mass-flow controller: meter and valve in one body."""
    frame = element("rect", x=x - 17, y=y - 12, width=34.0, height=24.0, rx=3.0, class_="body", fill="Canvas")
    wave = path(f"M{number(x - 12)} {number(y)}q2.5 -6 5 0t5 0")
    return frame + wave + _bow(x + 7, y, 6, 5)


def bottle(x: float, y: float) -> str:
    """Outline of a feed bottle or bag, 26 wide and 38 high."""
    return path(f"M{number(x - 5)} {number(y - 19)}h10v5q8 2 8 9v18q0 6 -6 6h-14q-6 0 -6 -6v-18q0 -7 8 -9z")


def jacket_unit(x: float, y: float) -> str:
    """A tempering unit: heat exchanger in a frame."""
    frame = element("rect", x=x - 19, y=y - 19, width=38.0, height=38.0, rx=4.0, class_="body", fill="Canvas")
    zigzag = path(f"M{number(x - 19)} {number(y)}h8l5 -9l6 18l5 -9h14")
    return frame + element("circle", cx=x, cy=y, r=12.0) + zigzag


def motor(x: float, y: float) -> str:
    """A motor: its disc with its letter."""
    return _disc(x, y, 15) + text("M", (x, y + 5), 14, class_="letter", text_anchor="middle")


def gas_filter(x: float, y: float) -> str:
    """A filter: a capsule with its pleats dashed."""
    capsule = element("rect", x=x - 13, y=y - 17, width=26.0, height=34.0, rx=7.0, class_="body", fill="Canvas")
    return capsule + path(f"M{number(x)} {number(y - 17)}v34", stroke_dasharray="4 3")


def gauge(x: float, y: float) -> str:
    """A local gauge."""
    return _disc(x, y, 9) + path(f"M{number(x)} {number(y)}l4 -5")


def sight_glass(x: float, y: float) -> str:
    """A sight glass on a wall."""
    return _disc(x, y, 10) + element("circle", cx=x, cy=y, r=6.0)


def impeller(x: float, y: float, half: float) -> str:
    """Two pitched blades on a hub."""
    n = number
    blades = "".join(
        f"M{n(x + s * 4)} {n(y - 3)}L{n(x + s * half)} {n(y - 7)}v8L{n(x + s * 4)} {n(y + 4)}z"
        for s in (-1, 1)
    )
    hub = element("rect", x=x - 5, y=y - 6, width=10.0, height=12.0, rx=2.0, class_="fill", fill="currentColor",
                  stroke="none")
    return path(blades, class_="fill", fill="currentColor", stroke="none") + hub


def own_symbol(slug: str, x: float, y: float, size: float) -> str:
    """The drawing in a drawer's ``symbol.svg``, its shapes only, centred on x, y; a plain frame where it has none."""
    shapes = _shapes(slug)
    if not shapes:
        return element("rect", x=x - size / 2, y=y - size / 2, width=size, height=size, rx=3.0)
    return camel("svg", shapes, x=x - size / 2, y=y - size / 2, width=size, height=size, view_box="0 0 48 48")


@lru_cache(maxsize=64)
def _shapes(slug: str) -> str:
    file = drawer(slug).folder / "symbol.svg"
    return "".join(map(shape, ElementTree.parse(file).getroot())) if file.is_file() else ""


def shape(node: ElementTree.Element) -> str:
    """One shape of a drawer's drawing, its looks left to the style sheet."""
    name = node.tag.rpartition("}")[2]
    if name not in _PLAIN:
        return ""
    return element(name, *map(shape, node), **{k: v for k, v in node.attrib.items() if k in _KEPT})


def _disc(x: float, y: float, radius: float) -> str:
    return element("circle", cx=x, cy=y, r=float(radius), class_="body", fill="Canvas")


def _bow(x: float, y: float, half: float, rise: float) -> str:
    n = number
    return path(f"M{n(x - half)} {n(y - rise)}v{n(2.0 * rise)}L{n(x + half)} {n(y - rise)}v{n(2.0 * rise)}z",
                class_="body", fill="Canvas")


SYMBOLS: dict[str, Callable[[float, float], str]] = {
    "peristaltic_pump": pump, "valve": valve, "mass_flow_controller": controller, "feed_vessel": bottle,
    "jacket_loop": jacket_unit, "stirrer_drive": motor,
}
