"""Makes the console document of a scenario in one language, from the plant and the scenario alone."""

from __future__ import annotations

import math
import re

from msgspec.structs import replace

from biotwin.control.tables import control_tables
from biotwin.control.tick import A_VALUE
from biotwin.naming import Format, format_of, printed_tag
from biotwin.plant.description import AlarmDescription, LimitBand, LoopDescription, Quantity, StationDescription
from biotwin.plant.laboratory import assays
from biotwin.plant.plant import Plant
from biotwin.quantity import si
from biotwin.session.scenario import Scenario
from biotwin.views import console as c
from biotwin.views.console.charts import charts

_SECTION = re.compile(r"^##\s+(\w+)\s*$", re.MULTILINE)
STEPS = 50
"""So many steps of what a loop moves can be told apart, as it is shown."""
SECTIONS = ("role", "goal", "responsibility", "recipe", "limits", "forbidden")


def console(scenario: Scenario, language: str) -> c.Console:
    """The document for ``fr`` or ``en``."""
    plant, d = scenario.plant, scenario.description
    maker = _Maker(plant, language)
    return c.Console(
        language=language, scenario=scenario.slug, title=d.title.text(language), plant=plant.slug,
        plant_title=plant.description.title.text(language), digest=scenario.digest, duration=scenario.duration,
        level=d.level, focus=tuple(maker.order[tag] for tag in d.focus),
        brief=brief(scenario, language), instruments=maker.instruments(), loops=maker.loops(),
        alarms=maker.alarms(), interlocks=maker.interlocks(), phases=maker.phases(scenario.scan),
        analysers=maker.analysers(), field=maker.field(),
        charts=charts(plant, scenario.folder.parents[1] / "plants" / plant.slug, language),
        questions=_questions(scenario, language),
        glossary={entry.term.text(language): entry.meaning.text(language) for entry in d.glossary},
    )


def brief(scenario: Scenario, language: str) -> c.Brief:
    """The sections of ``brief.<language>.md``; a section that is absent is empty."""
    parts = _SECTION.split(scenario.text("brief", language))
    found = dict(zip(parts[1::2], (p.strip() for p in parts[2::2]), strict=True))
    return c.Brief(**{name: found.get(name, "") for name in SECTIONS})


def _questions(scenario: Scenario, language: str) -> tuple[c.Question, ...]:
    return tuple(
        c.Question(slug, q.description.text.text(language),
                   tuple(c.Choice(s, ch.title.text(language)) for s, ch in q.description.choices.items()))
        for slug, q in scenario.questions.items()
    )


class _Maker:
    def __init__(self, plant: Plant, language: str) -> None:
        self.plant, self.unit, self.language = plant, plant.unit, language
        self.order = {tag: i for i, tag in enumerate(plant.unit.instruments)}
        self.control = control_tables(plant)

    def instruments(self) -> tuple[c.Instrument, ...]:
        found = []
        for tag, d in self.unit.instruments.items():
            unit = self.plant.measured[tag]
            low, high = (si(v, unit) for v in d.range)
            found.append(c.Instrument(
                address=self.plant.address(tag), tag=printed_tag(tag), title=d.title.text(self.language),
                kind="soft" if d.soft else "sensor", group=d.group, low=low, high=high,
                format=format_of(d.unit, unit, d.digits, self.language, label=d.label), band=si(d.band, unit),
                limits=tuple(self._limit(b, unit) for b in d.limits),
            ))
        return tuple(found)

    def _limit(self, band: LimitBand, unit: str) -> c.Limit:
        end = lambda v: None if v is None else si(v, unit)  # noqa: E731
        return c.Limit(band.level, end(band.low), end(band.high), tuple(band.phases), tuple(band.classes),
                       band.justification.text(self.language))

    def loops(self) -> tuple[c.Loop, ...]:
        rows = enumerate(self.unit.loops.items())
        return tuple(self._loop(i, tag, d) for i, (tag, d) in rows)

    def _loop(self, i: int, tag: str, d: LoopDescription) -> c.Loop:
        unit = self.plant.signal(f"{tag}.setpoint").unit
        tuning = self.control.tuning[i]
        return c.Loop(
            address=self.plant.address(tag), tag=printed_tag(tag), title=d.title.text(self.language),
            instrument=self.order.get(d.measures, -1), modes=tuple(d.modes),
            format=format_of(d.unit, unit, d.digits, self.language, label=d.label),
            setpoint_low=float(tuning[4]), setpoint_high=float(tuning[5]), output_low=float(tuning[6]),
            output_high=float(tuning[7]), outputs=tuple(
                self._output(o.drives, (o.from_, o.to, o.low, o.high), o.unit, o.title.text(self.language)
                             if o.title else printed_tag(o.drives.partition(".")[0])) for o in d.outputs),
        )

    def _output(
        self, drives: str, ends: tuple[float, float, Quantity, Quantity], unit: str, title: str
    ) -> c.LoopOutput:
        signal = self.plant.signal(drives)
        shown = unit if unit != "%" or signal.unit == "1" else signal.unit
        low, high = si(ends[2], signal.unit), si(ends[3], signal.unit)
        whole = format_of(shown, signal.unit, 0, self.language)
        return c.LoopOutput(
            address=signal.address, title=title, format=replace(whole, digits=_digits(whole, low, high)),
            from_=ends[0], to=ends[1], low=low, high=high,
        )

    def alarms(self) -> tuple[c.Alarm, ...]:
        slots = {int(self.plant.slot(f"{t}.value")): i for t, i in self.order.items()}
        found = []
        for row, (tag, d) in enumerate(self.unit.alarms.items()):
            found.append(c.Alarm(
                address=self.plant.address(tag), tag=printed_tag(tag), title=d.title.text(self.language),
                priority=d.priority, instrument=slots[int(self.control.alarms[row, A_VALUE])], condition=d.condition,
                threshold=float(self.control.thresholds[row, 0]), response=self._response(d),
            ))
        return tuple(found)

    def _response(self, d: AlarmDescription) -> c.Response:
        r, language = d.response, self.language
        return c.Response(r.cause.text(language), r.consequence.text(language), r.action.text(language),
                          si(r.time, "s"))

    def interlocks(self) -> tuple[c.Named, ...]:
        return tuple(c.Named(self.plant.address(t), d.title.text(self.language))
                     for t, d in self.unit.interlocks.items())

    def phases(self, scan: int) -> tuple[c.Phase, ...]:
        scans = control_tables(self.plant).phases[:, 0]
        return tuple(c.Phase(s, d.title.text(self.language), d.instruction.text(self.language), tuple(d.next),
                             scan or int(own)) for (s, d), own in zip(self.unit.phases.items(), scans, strict=True))

    def analysers(self) -> tuple[c.Analyser, ...]:
        found = []
        for slug, d in self.unit.analysers.items():
            analytes = []
            for assay, (name, a) in zip(assays(self.plant)[slug], d.analytes.items(), strict=True):
                analytes.append(c.Analyte(
                    address=self.plant.address(f"{slug}.{name}"), title=a.title.text(self.language),
                    format=format_of(a.unit, assay.unit, a.digits, self.language, label=a.label),
                    error=float(assay.parameters.relative_error), headline=a.headline,
                    limits=tuple(self._limit(b, assay.unit) for b in a.limits),
                ))
            found.append(c.Analyser(
                address=self.plant.address(slug), title=d.title.text(self.language),
                place=d.place.text(self.language), delay=round(si(d.delay, "s") * 1000), cost=d.cost,
                volume=si(d.volume, "m^3"), analytes=tuple(analytes),
            ))
        return tuple(found)

    def field(self) -> tuple[c.Station, ...]:
        return tuple(self._station(s, d) for s, d in self.unit.field.items())

    def _station(self, slug: str, d: StationDescription) -> c.Station:
        verbs = tuple(
            c.Verb(v, vd.title.text(self.language), round(si(vd.duration, "s") * 1000), vd.cost,
                   tuple(c.Argument(a, ad.title.text(self.language)) for a, ad in vd.arguments.items()))
            for v, vd in d.verbs.items()
        )
        return c.Station(self.plant.address(slug), d.title.text(self.language), d.kind, verbs)


def _digits(shown: Format, low: float, high: float) -> int:
    """Decimals of a value that goes from ``low`` to ``high`` (SI); what has no unit is counted."""
    span = abs(high - low) * shown.scale
    return max(0, math.ceil(math.log10(STEPS / span))) if span > 0.0 and shown.unit else 0
