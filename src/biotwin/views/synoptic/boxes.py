"""Value boxes: what an instrument shows or a hand station sets, bound by the front end through ``data-tag``."""

from __future__ import annotations

from biotwin.naming import format_of, printed_tag
from biotwin.views.synoptic.marks import element, title, tspan
from biotwin.views.synoptic.places import Rect
from biotwin.views.synoptic.subject import Subject
from biotwin.views.synoptic.topology import Box
from biotwin.views.synoptic.words import chemical, fitted, fitted_tag, tag_width, word

NARROW = 150.0
"""Where value, unit and set-point no longer stand side by side; in a small box they do where the unit is short."""


def value_box(d: Subject, box: Box) -> str:
    """Frame, tag with its name, value with its unit, set-point."""
    rect, tag = d.place.boxes[box.name], printed_tag(box.name)
    full, short = _titles(d, box)
    small, sign = 13 if rect.size == "full" else 12, 12 if rect.size == "small" else 13
    instrument = d.plant.unit.instruments.get(box.name)
    marks = (" hand" if box.hand else "") + (" soft" if instrument and instrument.soft else "")
    crowded = _crowded(d, box, rect)
    frame = element("rect", class_="frame", x=rect.x, y=rect.y, width=rect.width, height=rect.height, rx=5.0,
                    fill="Canvas")
    return element(
        "g", title(f"{tag} · {full}"), frame, _name(rect, tag, "" if crowded else short, (small, sign)),
        *_reading(rect, _unit(d, box), small, crowded),
        class_=f"value-box {rect.size}{marks}", data_tag=d.address(box.name),
        data_loop=d.addresses(d.drawn.loops_of.get(box.name, ())),
        data_station=d.addresses(d.stations.get(box.name, ())), tabindex="0", role="button",
        aria_label=f"{tag} {full}",
    )


def _crowded(d: Subject, box: Box, rect: Rect) -> bool:
    """Whether the set-point needs the tag's line: a flow's does, and a regulated value's in a narrow box."""
    regulated = not box.hand and box.name in d.drawn.loops_of
    narrow = len(_unit(d, box)) > len("°C") if rect.size == "small" else rect.width < NARROW
    return rect.size == "flow" or (regulated and narrow)


def _name(rect: Rect, tag: str, short: str, sizes: tuple[int, int]) -> str:
    """Tag and, where there is room, what it measures (``sizes`` of the two); a flow's line says that already."""
    small, sign = sizes
    shown = fitted(short, rect.width - 20 - tag_width(tag, sign), small) if short else ""
    words = tspan(shown, class_="title", dx=6, font_size=small) if shown else ""
    return element("text", tspan(fitted_tag(tag, rect.width - 14, sign), class_="tag"), words, class_="name",
                   x=rect.x + 8, y=rect.y + (16 if rect.size == "full" else 15), font_size=sign)


def _reading(rect: Rect, unit: str, small: int, crowded: bool) -> tuple[str, str]:
    size, line = (20, 37) if rect.size == "full" else (17, 33)
    value = element("text", tspan("–", class_="value", font_size=size), tspan(unit, class_="unit", dx=4),
                    class_="reading", x=rect.x + 8, y=rect.y + line, font_size=13)
    setpoint = element("text", "\u200b", class_="setpoint", x=rect.x + rect.width - 8,
                       y=rect.y + (15 if crowded else line), font_size=small, text_anchor="end")
    return value, setpoint


def _titles(d: Subject, box: Box) -> tuple[str, str]:
    """The whole title, and the short one for the frame."""
    unit = d.plant.unit
    own = unit.loops[box.name].title if box.hand else unit.instruments[box.name].title
    full = chemical(own.text(d.language))
    if box.name in d.called:
        return full, d.called[box.name].text(d.language)
    if box.hand:
        return full, full
    if box.reading == "weight" and box.owner not in (d.drawn.vessel, d.drawn.centre):
        return full, d.equipment_title(box.owner)
    soft = unit.instruments[box.name].soft
    return full, full if soft else word(box.reading, d.language) or full


def _unit(d: Subject, box: Box) -> str:
    """As printed."""
    if box.hand:
        return "%"
    own = d.plant.unit.instruments[box.name]
    return format_of(own.unit, d.plant.measured[box.name], own.digits, d.language, label=own.label).unit
