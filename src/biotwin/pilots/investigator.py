"""The investigator: what a person at the console and beside the vessel can notice of a malfunction.

1. It never reads a true state: values and qualities of instruments, alarms, interlocks, results, field reports.
2. What it compares with is a healthy flight of the same seed and the same actions: the noise is the same, so whatever
   differs comes from the malfunction. A difference counts only where a person could see it: beyond the noise of the
   instrument *and* a share of its range, beyond three stated errors of the analyser, in another sentence.
3. First it watches, samples and looks. What has shown nothing yet is tried: every loop once by hand, low and high.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from biotwin.control.tables import MODES
from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant, Reals
from biotwin.session.facts import Fact
from biotwin.session.flight import Flight
from biotwin.session.inputs import FieldAction, InjectMalfunction, Input, SetMode, SetOutput, TakeSample
from biotwin.session.scenario import Scenario
from biotwin.session.state import Result

HOUR = 3_600_000
ROUNDS = (1, 4, 12, 24, 48)
"""Hours after the malfunction at which the investigator makes a round: from a shift's first hour to its second day."""
SHARE = 0.01
"""Of an instrument's range: what shows on a trend that is a hundred pixels high. Chosen for teaching."""
SIGMAS = 5.0
ERRORS = 3.0
REPEATS = 8
"""Determinations of a precision check: what an afternoon allows. Chosen for teaching."""
STROKE = (20_000, 60_000, 300_000, 1_800_000)
"""Simulated ms after a loop was put low, then high, at which the answer is read: slowness shows early, a leak late."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
SEAT_KINDS = frozenset({"alarm_raised", "interlock_tripped", "phase_started", "overflowed"})


class Clue(msgspec.Struct, frozen=True):
    """What was noticed: ``kind``: console, alarm, laboratory, field or trial; ``after``: ms from the malfunction."""

    kind: str
    subject: str
    after: int
    text: str


class Finding(msgspec.Struct, frozen=True):
    """A malfunction and its clues; ``found`` where there is at least one."""

    malfunction: str
    clues: tuple[Clue, ...]

    @property
    def found(self) -> bool:
        return bool(self.clues)


@dataclass
class Pair:
    """The flight under suspicion beside the healthy one; both get the same actions."""

    suspect: Flight
    healthy: Flight
    begin: int
    tolerances: Reals

    @property
    def plant(self) -> Plant:
        return self.suspect.scenario.plant

    def both(self, item: Input) -> tuple[list[Fact], list[Fact]]:
        return self.suspect.do(item), self.healthy.do(item)

    def advance(self, until: int) -> tuple[list[Fact], list[Fact]]:
        return self.suspect.advance(until), self.healthy.advance(until)

    @property
    def after(self) -> int:
        return self.suspect.time - self.begin


def investigate(
    scenario: Scenario, malfunction: str, *, seed: int = 1, at: int | None = None, severity: float = 1.0
) -> Finding:
    """Inject one malfunction (address) into an otherwise healthy flight at ``at`` (ms) and look for it."""
    calm = replace(scenario, malfunctions=(), questions={})
    begin = scenario.start_time + 6 * HOUR if at is None else at
    healthy = Flight.begin(calm, seed)
    healthy.advance(begin)
    return investigate_from(healthy, malfunction, severity=severity)


def investigate_from(healthy: Flight, malfunction: str, *, severity: float = 1.0) -> Finding:
    """As ``investigate``, from the flight as it stands; it is left as it was."""
    pair = Pair(healthy.branch(), healthy.branch(), healthy.time, tolerances(healthy.scenario.plant))
    onset = healthy.scenario.plant.malfunctions[malfunction].onset
    pair.suspect.do(InjectMalfunction(malfunction, severity, onset))
    for hours in ROUNDS:
        clues = _watched(pair, pair.begin + hours * HOUR) + _sampled(pair) + _looked(pair)
        if clues:
            return Finding(malfunction, tuple(clues))
        if pair.suspect.ended:
            break
    return Finding(malfunction, tuple(_tried(pair)))


def tolerances(plant: Plant) -> Reals:
    """By how much (SI) each instrument must differ to be noticed; in the order of the plant's instruments."""
    found = []
    for group in plant.groups:
        if group.slug == "sensor":
            fields = drawer("sensor").parameters
            for i, name in enumerate(group.instances):
                begin = group.parameters + i * len(fields)
                p = dict(zip(fields, plant.wiring["par"][begin : begin + len(fields)], strict=True))
                found.append((name, max(SHARE * (p["high"] - p["low"]), SIGMAS * p["noise"])))
    by_name = dict(found)
    return np.array([by_name[t] for t in plant.unit.instruments])


def _watched(pair: Pair, until: int) -> list[Clue]:
    """The console: what alarms and what the instruments show at each whole hour up to ``until``."""
    clues: list[Clue] = []
    while pair.suspect.time < until and not pair.suspect.ended:
        mine, other = pair.advance(min(pair.suspect.time + HOUR, until))
        clues += _alarms(pair, mine, other)
        clues += _console(pair, "console")
        if clues:
            break
    return clues


def _alarms(pair: Pair, mine: list[Fact], other: list[Fact]) -> list[Clue]:
    expected = {(f.kind, f.subject) for f in other}
    return [Clue("alarm", f.subject, f.time - pair.begin, f.kind) for f in mine
            if f.kind in SEAT_KINDS and (f.kind, f.subject) not in expected]


def _console(pair: Pair, kind: str) -> list[Clue]:
    """Instruments that differ now, in value or in quality, and loops whose output does by a tenth of their span."""
    mine, other = pair.suspect.observe(), pair.healthy.observe()
    tags = list(pair.plant.unit.instruments)
    apart = np.abs(np.array(mine.values) - np.array(other.values)) > pair.tolerances
    clues = [Clue(kind, tags[i], pair.after, f"{mine.values[i]:.6g}, healthy {other.values[i]:.6g}")
             for i in np.flatnonzero(apart)]
    clues += [Clue(kind, tag, pair.after, f"quality {a}") for tag, a, b in
              zip(tags, mine.qualities, other.qualities, strict=True) if a != b]
    clues += [Clue(kind, tag, pair.after, f"output {a.output:.3f}, healthy {b.output:.3f}") for tag, a, b in
              zip(pair.plant.unit.loops, mine.loops, other.loops, strict=True) if abs(a.output - b.output) > 0.1]
    return clues


def _sampled(pair: Pair) -> list[Clue]:
    """Every analyser once; a result counts beyond three stated errors, or in its quality."""
    analysers = tuple(pair.plant.address(a) for a in pair.plant.unit.analysers)
    if not analysers:
        return []
    pair.both(TakeSample(analysers))
    mine, other = (_coming(flight) for flight in (pair.suspect, pair.healthy))
    clues = []
    for name, result in mine.items():
        healthy = other[name]
        beyond = ERRORS * float(np.hypot(result.error, healthy.error))
        if result.quality != healthy.quality or abs(result.value - healthy.value) > beyond:
            clues.append(Clue("laboratory", name, result.ready - pair.begin,
                              f"{result.value:.6g}, healthy {healthy.value:.6g}"))
    return clues


def _coming(flight: Flight) -> dict[str, Result]:
    """What the laboratory will answer to the last sample, each clue dated when its answer comes."""
    desk = flight.state.desk
    return {f"{r.analyser}.{r.analyte}": r for d in desk.due for r in d.results if r.sample == desk.samples}


def _repeated(pair: Pair) -> list[Clue]:
    """Each analyser many times over: what one result hides, the mean and the scatter of several show."""
    analysers = tuple(pair.plant.address(a) for a in pair.plant.unit.analysers)
    runs: dict[str, list[tuple[Result, Result]]] = {}
    for _ in range(REPEATS if analysers else 0):
        pair.both(TakeSample(analysers))
        mine, other = (_coming(flight) for flight in (pair.suspect, pair.healthy))
        for name in mine:
            runs.setdefault(name, []).append((mine[name], other[name]))
        pair.advance(pair.suspect.time + 1)
    clues = []
    for name, results in runs.items():
        values = np.array([[m.value, h.value] for m, h in results])
        error = float(np.mean([h.error for _, h in results]))
        shift, (spread, healthy) = abs(float(np.diff(values.mean(axis=0))[0])), values.std(axis=0, ddof=1)
        if shift > ERRORS * error * np.sqrt(2.0 / REPEATS) or spread > 2.0 * max(healthy, error):
            clues.append(Clue("laboratory", name, results[-1][0].ready - pair.begin,
                              f"mean off by {shift:.6g}, scatter {spread:.3g} of {error:.3g} stated"))
    return clues


def looks(plant: Plant) -> Iterator[FieldAction]:
    """Every verb that only looks: it shows something, and changes nothing."""
    for station, description in plant.unit.field.items():
        for verb, v in description.verbs.items():
            if v.shows and not v.sets and not v.repairs and v.calibrates is None and not v.arguments:
                yield FieldAction(plant.address(station), verb)


def _looked(pair: Pair) -> list[Clue]:
    """Everything that can be looked at; a report counts where its words differ."""
    actions = list(looks(pair.plant))
    for action in actions:
        pair.both(action)
    due = max((d.time for d in pair.suspect.state.desk.due if d.kind == "report"), default=pair.suspect.time)
    mine, other = pair.advance(due + 1)
    said = {(f.subject, f.detail["verb"]): str(f.detail["en"]) for f in other if f.kind == "field_report"}
    return [Clue("field", f"{f.subject} {f.detail['verb']}", pair.after, str(f.detail["en"])) for f in mine
            if f.kind == "field_report" and differs(str(f.detail["en"]), said[f.subject, f.detail["verb"]])]


def differs(one: str, other: str) -> bool:
    """Whether a reader would see two reports as different: other words, or a figure that is another by a twentieth."""
    if NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return True
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return any(abs(float(a) - float(b)) > 0.05 * max(abs(float(a)), abs(float(b))) for a, b in pairs)


def _tried(pair: Pair) -> list[Clue]:
    """The laboratory's precision, then each loop by hand, low and high; whoever answers differently is suspected."""
    clues = _repeated(pair)
    if clues:
        return clues
    for tag, loop in pair.plant.unit.loops.items():
        if "manual" not in loop.modes or pair.suspect.ended:
            continue
        address = pair.plant.address(tag)
        ends = [v for output in loop.outputs for v in (output.from_, output.to)]
        before = pair.suspect.observe().loops[list(pair.plant.unit.loops).index(tag)]
        pair.both(SetMode(address, "manual"))
        for output in (min(ends), max(ends)):
            pair.both(SetOutput(address, output))
            clues = _stroked(pair) + _looked(pair)
            if clues:
                return clues
        pair.both(SetOutput(address, before.output))
        pair.both(SetMode(address, MODES[before.mode]))
    return []


def _stroked(pair: Pair) -> list[Clue]:
    """The console at each instant of a stroke."""
    begin = pair.suspect.time
    for after in STROKE:
        mine, other = pair.advance(begin + after)
        clues = _alarms(pair, mine, other) + _console(pair, "trial")
        if clues:
            return clues
    return []
