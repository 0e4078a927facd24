"""Charts of a plant for the console document, from ``charts.yaml``: names are looked up, limits are the plant's.

A chart that names what the plant has not is an error with its line. The figures come from the instruments' limits, the
analytes' limits and the alarms' thresholds; nothing here is a number of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from biotwin.errors import DescriptionError, UnknownName, known
from biotwin.naming import Format, format_of
from biotwin.plant.description import LimitBand, Quantity
from biotwin.plant.laboratory import assays
from biotwin.plant.plant import Plant
from biotwin.plant.reading import Source
from biotwin.quantity import display, si
from biotwin.views import console as c
from biotwin.views.console.chart_description import (
    ChartsDescription,
    ControlDescription,
    CurvesDescription,
    MapDescription,
    PointDescription,
    RowDescription,
)

Place = tuple[str | int, ...]


def charts(plant: Plant, folder: Path, language: str) -> tuple[c.Chart, ...]:
    """The charts of ``charts.yaml`` in the plant's ``folder``, else of what it is based on, none without a file."""
    path = folder / "charts.yaml"
    if not path.is_file() and plant.description.based_on:
        path = folder.parent / plant.description.based_on / "charts.yaml"
    if not path.is_file():
        return ()
    return _Maker(plant, Source(path, folder.parents[2] if len(folder.parents) > 2 else None), language).all()


class _Maker:
    def __init__(self, plant: Plant, source: Source, language: str) -> None:
        self.plant, self.unit, self.source, self.language = plant, plant.unit, source, language
        self.order = {tag: i for i, tag in enumerate(plant.unit.instruments)}
        self.analytes = {f"{slug}.{name}": (analyte, assay)
                         for slug, d in plant.unit.analysers.items()
                         for assay, (name, analyte) in zip(assays(plant)[slug], d.analytes.items(), strict=True)}
        self.verbs = {f"{slug}.{verb}" for slug, d in plant.unit.field.items() for verb in d.verbs}

    def all(self) -> tuple[c.Chart, ...]:
        """Every chart, in the order of the file."""
        found: list[c.Chart] = []
        for slug, d in self.source.convert(ChartsDescription).charts.items():
            at: Place = ("charts", slug)
            if isinstance(d, CurvesDescription):
                found.append(self._curves(slug, d, at))
            elif isinstance(d, ControlDescription):
                found.append(self._control(slug, d, at))
            else:
                found.append(self._map(slug, d, at))
        return tuple(found)

    # --- names --------------------------------------------------------------------------------------------------------

    def _known(self, name: str, names: Collection[str], at: Place, what: str) -> str:
        if name not in names:
            raise UnknownName(f"{name!r} is no {what}.", where=self.source.where(*at), next_step=known(names))
        return name

    def _tag(self, tag: str, at: Place) -> int:
        return self.order[self._known(tag, self.order, at, "instrument")]

    def _address(self, name: str | None, names: Collection[str], at: Place, what: str) -> str:
        return self.plant.address(self._known(name, names, at, what)) if name else ""

    def _level(self, tag: str, level: str | None, at: Place) -> tuple[float | None, float | None]:
        """Low and high (SI) of the limits of an instrument at a level."""
        if level is None:
            return None, None
        bands = [b for b in self.unit.instruments[tag].limits if b.level == level]
        if not bands:
            levels = {b.level for b in self.unit.instruments[tag].limits}
            raise UnknownName(f"{tag!r} has no limit {level!r}.", where=self.source.where(*at), next_step=known(levels))
        return self._ends(bands[0], self.plant.measured[tag])

    @staticmethod
    def _ends(band: LimitBand, unit: str) -> tuple[float | None, float | None]:
        low, high = (None if end is None else si(end, unit) for end in (band.low, band.high))
        return low, high

    def _alarmed(self, tag: str, alarms: Iterable[str], at: Place) -> tuple[float | None, float | None]:
        """Low and high (SI) at which these alarms of an instrument come."""
        low = high = None
        for i, slug in enumerate(alarms):
            d = self.unit.alarms[self._known(slug, self.unit.alarms, (*at, i), "alarm")]
            if d.on != tag or d.condition not in ("low", "low_low", "high", "high_high"):
                raise DescriptionError(f"{slug!r} is no limit of {tag!r}.", where=self.source.where(*at, i))
            threshold = si(d.threshold, self.plant.measured[tag])
            low, high = (threshold, high) if d.condition.startswith("low") else (low, threshold)
        return low, high

    def _quantity(self, value: Quantity, unit: str, at: Place) -> float:
        return si(value, unit, where=self.source.where(*at))

    # --- curves -------------------------------------------------------------------------------------------------------

    def _curves(self, slug: str, d: CurvesDescription, at: Place) -> c.Curves:
        names = list(d.axes)
        curves = []
        for i, curve in enumerate(d.curves):
            self._known(curve.axis, d.axes, (*at, "curves", i, "axis"), "axis of this chart")
            self._tag(curve.tag, (*at, "curves", i, "tag"))
            curves.append(c.Curve(self.plant.address(curve.tag), curve.title.text(self.language),
                                  names.index(curve.axis), curve.pen or i + 1))
        axes = tuple(self._axis(d, name, (*at, "axes", name)) for name in names)
        return c.Curves(
            slug=slug, title=d.title.text(self.language), axes=axes, curves=tuple(curves),
            lines=tuple(self._lines(d, at)), blocks=tuple(
                c.Named(self._known(phase, self.unit.phases, (*at, "blocks", phase), "phase"), text.text(self.language))
                for phase, text in d.blocks.items()),
            volume=self._volume(d, at), fraction=self._fraction(d, at),
            cycle=self._known(d.cycle, self.unit.phases, (*at, "cycle"), "phase") if d.cycle else "",
        )

    def _axis(self, d: CurvesDescription, name: str, at: Place) -> c.Axis:
        """The axis, whose unit must show every instrument that is drawn on it."""
        axis = d.axes[name]
        measured = [self.plant.measured[curve.tag] for curve in d.curves if curve.axis == name]
        if not measured:
            raise DescriptionError("no curve is drawn on this axis.", where=self.source.where(*at))
        shown = [self._format(axis.unit, unit, axis.digits, axis.label, (*at, "unit")) for unit in measured]
        return c.Axis(axis.title.text(self.language), shown[0], axis.side, axis.low, axis.high)

    def _format(self, unit: str, of: str, digits: int, label: str | None, at: Place) -> Format:
        display(unit, of=of, digits=digits, where=self.source.where(*at))
        return format_of(unit, of, digits, self.language, label=label)

    def _lines(self, d: CurvesDescription, at: Place) -> Iterable[c.LevelLine]:
        for i, line in enumerate(d.lines):
            here = (*at, "lines", i)
            self._known(line.axis, d.axes, (*here, "axis"), "axis of this chart")
            self._tag(line.tag, (*here, "tag"))
            value = self._level(line.tag, line.level, (*here, "level"))[line.end == "high"]
            if value is None:
                raise DescriptionError(f"{line.tag!r} has no {line.end} end of {line.level!r}.",
                                       where=self.source.where(*here, "end"))
            yield c.LevelLine(line.title.text(self.language), list(d.axes).index(line.axis), value)

    def _volume(self, d: CurvesDescription, at: Place) -> c.Passed | None:
        if d.volume is None:
            return None
        here = (*at, "volume")
        self._tag(d.volume.flow, (*here, "flow"))
        self._format("L/h", self.plant.measured[d.volume.flow], 0, None, (*here, "flow"))
        return c.Passed(self.plant.address(d.volume.flow), self._quantity(d.volume.column, "m^3", (*here, "column")))

    def _fraction(self, d: CurvesDescription, at: Place) -> c.Fraction | None:
        if d.fraction is None:
            return None
        here = (*at, "fraction")
        self._tag(d.fraction.valve, (*here, "valve"))
        above = self._quantity(d.fraction.above, self.plant.measured[d.fraction.valve], (*here, "above"))
        return c.Fraction(self.plant.address(d.fraction.valve), above, d.fraction.title.text(self.language))

    # --- control charts -----------------------------------------------------------------------------------------------

    def _control(self, slug: str, d: ControlDescription, at: Place) -> c.ControlChart:
        self._tag(d.count, (*at, "count"))
        return c.ControlChart(
            slug=slug, title=d.title.text(self.language), count=self.plant.address(d.count), every=d.every,
            counted=d.counted.text(self.language),
            rows=tuple(self._row(row, (*at, "rows", i)) for i, row in enumerate(d.rows)),
        )

    def _row(self, d: RowDescription, at: Place) -> c.ControlRow:
        instrument = self._tag(d.tag, (*at, "tag"))
        warning = self._level(d.tag, d.warning, (*at, "warning"))
        action, alarmed = self._level(d.tag, d.action, (*at, "action")), self._alarmed(d.tag, d.alarms, (*at, "alarms"))
        low, high = (own if own is not None else other for own, other in zip(action, alarmed, strict=True))
        centre = None if None in warning else (warning[0] + warning[1]) / 2  # type: ignore[operator]
        analyte, times = "", 1.0
        if d.reference is not None:
            here = (*at, "reference")
            analyte = self._address(d.reference.analyte, self.analytes, (*here, "analyte"), "analyte")
            times = self._ratio(d, (*here, "times"))
        return c.ControlRow(instrument, d.title.text(self.language), centre, *warning, low, high, analyte, times)

    def _ratio(self, d: RowDescription, at: Place) -> float:
        """What the analyte is multiplied by, in SI of the instrument's dimension over its own."""
        assert d.reference is not None
        unit = f"({self.plant.measured[d.tag]})/({self.analytes[d.reference.analyte][1].unit})"
        return self._quantity(d.reference.times, unit, at)

    # --- maps ---------------------------------------------------------------------------------------------------------

    def _map(self, slug: str, d: MapDescription, at: Place) -> c.SamplingMap:
        shapes = tuple(c.Shape(s.kind, s.at, s.title.text(self.language) if s.title else "") for s in d.shapes)
        points = tuple(self._point(p, (*at, "points", i)) for i, p in enumerate(d.points))
        return c.SamplingMap(slug, d.title.text(self.language), d.size, shapes, tuple(d.path), points)

    def _point(self, d: PointDescription, at: Place) -> c.SamplingPoint:
        if not (d.tag or d.analyte or d.verb or d.note):
            raise DescriptionError("the point has no tag, analyte, verb or note.", where=self.source.where(*at))
        alert = action = None
        if d.tag:
            self._tag(d.tag, (*at, "tag"))
            bands, unit = self.unit.instruments[d.tag].limits, self.plant.measured[d.tag]
            action = self._alarmed(d.tag, d.alarms, (*at, "alarms"))[1]
        else:
            found = self.analytes.get(self._known(d.analyte, self.analytes, (*at, "analyte"), "analyte")
                                      if d.analyte else "")
            bands, unit = (found[0].limits, found[1].unit) if found else ([], "1")
        for band in bands:
            if band.level in ("alert", "action") and band.high is not None:
                alert, action = ((si(band.high, unit), action) if band.level == "alert"
                                 else (alert, si(band.high, unit)))
        station, _, verb = (d.verb or "").partition(".")
        self._address(d.verb, self.verbs, (*at, "verb"), "verb of a station (station.verb)")
        self._address(d.laid, self.verbs, (*at, "laid"), "verb of a station (station.verb)")
        laid_at, _, laid = (d.laid or "").partition(".")
        return c.SamplingPoint(
            mark=d.mark, kind=d.kind, title=d.title.text(self.language), x=d.at[0], y=d.at[1],
            instrument=self.order[d.tag] if d.tag else -1, analyte=self.plant.address(d.analyte) if d.analyte else "",
            station=self.plant.address(station or laid_at) if station or laid_at else "", verb=verb, laid=laid,
            alert=alert, action=action, note=d.note.text(self.language) if d.note else "",
        )
