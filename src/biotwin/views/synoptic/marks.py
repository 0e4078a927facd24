"""Writing SVG: elements with classes and geometry only, so that one style sheet dresses every picture.

Fonts' sizes and strokes' widths are presentation attributes: a picture without a style sheet is plain, not broken.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

Point = tuple[float, float]


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def element(name: str, *children: str, **attributes: str | float) -> str:
    """One element; ``class_`` is ``class``, underscores are hyphens, empty attributes are left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else number(value))}"'
        for key, value in attributes.items() if value != ""
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def camel(name: str, *children: str, **attributes: str | float) -> str:
    """As ``element`` for the attributes that SVG writes in camel case."""
    return element(name, *children, **attributes).replace("view-box=", "viewBox=")


def text(content: str, at: Point, size: float, **attributes: str | float) -> str:
    return element("text", escape(content, quote=False), x=at[0], y=at[1], font_size=size, **attributes)


def tspan(content: str, **attributes: str | float) -> str:
    return element("tspan", escape(content, quote=False), **attributes)


def title(content: str) -> str:
    return element("title", escape(content, quote=False))


def path(d: str, **attributes: str | float) -> str:
    return element("path", d=d, **attributes)


def polyline(points: Iterable[Point], *, bend: float = 5.0, **attributes: str | float) -> str:
    """A pipe with rounded bends."""
    stops = list(points)
    d = f"M{number(float(stops[0][0]))} {number(float(stops[0][1]))}"
    for before, corner, after in zip(stops, stops[1:], stops[2:], strict=False):
        (x0, y0), (x1, y1) = _towards(corner, before, bend), _towards(corner, after, bend)
        d += f"L{number(x0)} {number(y0)}Q{number(float(corner[0]))} {number(float(corner[1]))} "
        d += f"{number(x1)} {number(y1)}"
    d += f"L{number(float(stops[-1][0]))} {number(float(stops[-1][1]))}"
    return path(d, **attributes)


def _towards(corner: Point, other: Point, bend: float) -> Point:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = max((dx * dx + dy * dy) ** 0.5, 1e-9)
    share = min(bend, length / 2) / length
    return float(corner[0] + dx * share), float(corner[1] + dy * share)


def arrow(at: Point, towards: str, **attributes: str | float) -> str:
    """A small filled head whose tip is ``at``; ``towards``: down, up, right."""
    x, y = at
    back = {"down": ((-4, -8), (4, -8)), "up": ((-4, 8), (4, 8)), "right": ((-9, -4.5), (-9, 4.5))}[towards]
    points = " ".join(f"{number(float(x + dx))},{number(float(y + dy))}" for dx, dy in ((0, 0), *back))
    return element("polygon", points=points, class_="arrow", fill="currentColor", stroke="none", **attributes)
