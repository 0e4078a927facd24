"""What a line of the batch record is about, in words: the title of its tag, and the limits that it left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from biotwin.chain import Chain
from biotwin.naming import Format, format_of, is_tag, printed_tag
from biotwin.plant.description import LimitBand
from biotwin.plant.plant import Plant
from biotwin.quantity import si
from biotwin.session.laboratory import assays
from campus.lots.words import THIN, amount, with_unit


@dataclass(frozen=True)
class About:
    """``title``: of the tag, the alarm, the interlock or the analysis. ``limits``: as shown, empty where none is;
    ``shown``: how a value of it is written.
    """

    title: str = ""
    limits: str = ""
    shown: Format | None = None

    def value(self, value: float) -> str:
        """In its unit (of SI); empty of what has no value."""
        return with_unit(_written(value, self.shown), self.shown.unit) if self.shown is not None else ""


def about(chain: Chain, unit: str, subject: str, level: str, spoken: str, *, kind: str = "") -> About:
    """Of a subject such as ``lyo/fd301/pt301``; nothing where the line is of no plant. ``kind``: of the record."""
    station = chain.stations.get(unit)
    if station is None:
        return About()
    plant, name = station.scenario.plant, subject.rpartition("/")[2]
    described = plant.unit
    for titled in (described.alarms, described.interlocks, described.phases, described.field):
        if name in titled:
            return About(titled[name].title.text(spoken))
    if name in described.loops:
        return _loop(plant, name, spoken, output=kind == "output_changed")
    if name in described.instruments:
        tag = described.instruments[name]
        shown = format_of(tag.unit, plant.measured[name], tag.digits, spoken, label=tag.label)
        return About(tag.title.text(spoken), _limits(tag.limits, level, plant.measured[name], shown), shown)
    return _analysis(plant, name, level, spoken)


def named_unit(chain: Chain, unit: str, spoken: str) -> str:
    """A station by its title; the laboratory and the environment by a word."""
    station = chain.stations.get(unit)
    return station.description.title.text(spoken) if station else {
        "laboratory": _("laboratory"), "stability": _("stability"),
        "environment": _("environmental monitoring")}.get(unit, unit)


def printed(subject: str) -> str:
    """The tag as on the drawings; a word of the description is none: its title stands beside it."""
    name = subject.rpartition("/")[2]
    return printed_tag(name) if is_tag(name) and "." not in name else ""


def _loop(plant: Plant, name: str, spoken: str, *, output: bool) -> About:
    loop, unit = plant.unit.loops[name], plant.measured.get(plant.unit.loops[name].measures)
    shown = None
    if output:
        shown = format_of("%", "1", 0, spoken)
    elif unit is not None:
        shown = format_of(loop.unit, unit, loop.digits, spoken, label=loop.label)
    return About(loop.title.text(spoken), shown=shown)


def _analysis(plant: Plant, name: str, level: str, spoken: str) -> About:
    analyser, _dot, analyte = name.partition(".")
    if analyser not in plant.unit.analysers or analyte not in plant.unit.analysers[analyser].analytes:
        return About()
    read = plant.unit.analysers[analyser].analytes[analyte]
    unit = next(one.unit for one in assays(plant)[analyser] if one.analyte == analyte)
    shown = format_of(read.unit, unit, read.digits, spoken, label=read.label)
    return About(read.title.text(spoken), _limits(read.limits, level, unit, shown), shown)


def _written(value: float, shown: Format) -> str:
    return amount(shown.scale * value + shown.offset, shown.digits)


def _limits(bands: Sequence[LimitBand], level: str, unit: str, shown: Format) -> str:
    """The limits of that level: one pair, or one side."""
    band = next((one for one in bands if one.level == level), None)
    if band is None:
        return ""
    low, high = (None if end is None else _written(si(end, unit), shown) for end in (band.low, band.high))
    text = f"{low} – {high}" if low and high else f"≥{THIN}{low}" if low else f"≤{THIN}{high}"
    return with_unit(text, shown.unit)
