"""Figures of merit of a flight: what the debrief shows and the goals count, from true values and observed facts.

Each measure is a function of a ``Record``; its SI unit stands beside it. ``MEASURES`` is the list that goals may name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from biotwin.errors import UnknownName, known
from biotwin.plant.description import LimitBand
from biotwin.plant.plant import Plant, Reals
from biotwin.quantity import si
from biotwin.session.facts import Fact
from biotwin.session.scenario import Scenario
from biotwin.session.scenario_description import Goal


@dataclass(frozen=True)
class Record:
    """A flight as flown: times (ms) and true curves by short name (``vessel.titre``), facts, cost at the end (euro).

    ``begin``: when the seat took over (ms). ``vessel``: the short name of the vessel that carries the product.
    ``first``: the phase in which the lot began; no fact says that it started.
    """

    plant: Plant
    time: Reals
    curves: dict[str, Reals]
    facts: tuple[Fact, ...]
    cost: float
    begin: int
    vessel: str = "vessel"
    first: str = ""

    def curve(self, name: str) -> Reals:
        return self.curves[name if "." in name else f"{self.vessel}.{name}"]

    def last(self, name: str) -> float:
        return float(self.curve(name)[-1])

    def seat(self) -> NDMask:
        """Which rows were flown from the seat."""
        return self.time >= self.begin

    def during(self, phases: list[str]) -> NDMask:
        """Which rows were flown in one of these phases; all rows where none is named."""
        if not phases:
            return np.ones(self.time.size, dtype=bool)
        started = [f for f in self.facts if f.kind == "phase_started"]
        wanted = np.array([self.first in phases, *(self.plant.short(f.subject) in phases for f in started)])
        return np.asarray(wanted[np.searchsorted([f.time for f in started], self.time, side="right")])

    def count(self, *kinds: str) -> int:
        return sum(1 for f in self.facts if f.kind in kinds and f.time >= self.begin)


NDMask = np.ndarray[tuple[int], np.dtype[np.bool_]]
Measure = Callable[[Record, Goal], float]


def bands_of(plant: Plant, tag: str, level: str) -> list[LimitBand]:
    """An instrument's limits of that level; raises ``UnknownName`` where it has none."""
    instrument = plant.unit.instruments.get(tag)
    bands = [b for b in (instrument.limits if instrument else []) if b.level == level]
    if not bands:
        raise UnknownName(f"{tag!r} has no limits of level {level!r}.")
    return bands


def _time_outside(record: Record, goal: Goal) -> float:
    """Seconds from take-over in which the *true* value behind a tag was outside the limits of the phase it was in."""
    unit = record.plant.measured[goal.tag]
    curve = record.curves[record.plant.unit.instruments[goal.tag].measures]
    outside = np.zeros(curve.size, dtype=bool)
    for band in bands_of(record.plant, goal.tag, goal.level or "normal_operating_range"):
        low = -np.inf if band.low is None else si(band.low, unit)
        high = np.inf if band.high is None else si(band.high, unit)
        outside |= ((curve < low) | (curve > high)) & record.during(band.phases)
    outside &= record.seat()
    return float(np.sum(np.diff(record.time)[outside[1:]]) * 1e-3)


def _peak(name: str) -> Measure:
    return lambda record, goal: float(np.max(record.curve(name)[record.seat()]))


def _end(name: str) -> Measure:
    return lambda record, goal: record.last(name)


def _reading_end(record: Record, goal: Goal) -> float:
    return record.last(goal.reading)


def _reading_peak(record: Record, goal: Goal) -> float:
    return float(np.max(record.curve(goal.reading)[record.seat()]))


def _product_mass(record: Record, goal: Goal) -> float:
    return record.last("titre") * record.last("liquid_volume")


def _minimum(record: Record, goal: Goal) -> float:
    curve = record.curves[record.plant.unit.instruments[goal.tag].measures]
    return float(np.min(curve[record.seat()]))


def _maximum(record: Record, goal: Goal) -> float:
    curve = record.curves[record.plant.unit.instruments[goal.tag].measures]
    return float(np.max(curve[record.seat()]))


def _final(record: Record, goal: Goal) -> float:
    """The *true* value behind a tag when the flight ends."""
    return float(record.curves[record.plant.unit.instruments[goal.tag].measures][-1])


def _response_time(record: Record, goal: Goal) -> float:
    """Seconds from the first alarm after take-over to the first action; without one, to the end of the flight."""
    raised = [f.time for f in record.facts if f.kind == "alarm_raised" and f.time >= record.begin]
    if not raised:
        return 0.0
    acts = [f.time for f in record.facts if f.kind in ACTIONS and f.time >= raised[0]]
    return ((acts[0] if acts else float(record.time[-1])) - raised[0]) * 1e-3


def _right_answers(record: Record, goal: Goal) -> float:
    closed = [f for f in record.facts if f.kind == "decision_closed"]
    return float(sum(1 for f in closed if f.detail.get("right")))


def _samples(record: Record, goal: Goal) -> float:
    """At how many moments a sample was taken; of one analyser where the goal names it."""
    taken = [f for f in record.facts if f.kind == "sample_taken"]
    return float(len({f.time for f in taken
                      if not goal.analyser or goal.analyser in str(f.detail["analysers"]).split(",")}))


ACTIONS = frozenset({"mode_changed", "setpoint_changed", "output_changed", "alarm_acknowledged", "field_report",
                     "sample_taken"})

MEASURES: dict[str, tuple[Measure, str]] = {
    "titre": (_end("titre"), "kg/m^3"),
    "product_mass": (_product_mass, "kg"),
    "viability": (_end("viability"), "1"),
    "peak_viable_density": (_peak("viable_density"), "1/m^3"),
    "carbon_dioxide_peak": (_peak("carbon_dioxide_pressure"), "Pa"),
    "lactate_end": (_end("lactate"), "mol/m^3"),
    "osmolality_peak": (_peak("osmolality"), "mol/m^3"),
    "galactosylation": (_end("galactosylation"), "1"),
    "foam_peak": (_peak("foam_height"), "1"),
    "reading_end": (_reading_end, ""),
    "reading_peak": (_reading_peak, ""),
    "time_outside": (_time_outside, "s"),
    "minimum": (_minimum, ""),
    "maximum": (_maximum, ""),
    "final": (_final, ""),
    "alarms": (lambda r, g: float(r.count("alarm_raised")), "1"),
    "interlocks": (lambda r, g: float(r.count("interlock_tripped")), "1"),
    "interventions": (lambda r, g: float(r.count("mode_changed", "setpoint_changed", "output_changed")), "1"),
    "samples": (_samples, "1"),
    "response_time": (_response_time, "s"),
    "right_answers": (_right_answers, "1"),
    "cost": (lambda r, g: r.cost, "1"),
}


@dataclass(frozen=True)
class Mark:
    """One goal as met: ``value`` in SI, ``score`` 0..1."""

    slug: str
    value: float
    score: float


def goal_unit(goal: Goal, plant: Plant) -> str:
    """The SI unit of a goal's measure; raises ``UnknownName`` for a measure that does not exist."""
    if goal.measure not in MEASURES:
        raise UnknownName(f"there is no measure {goal.measure!r}.", next_step=known(MEASURES))
    if goal.reading:
        return plant.signal(goal.reading if "." in goal.reading else f"{plant.carrier}.{goal.reading}").unit
    return MEASURES[goal.measure][1] or plant.measured[goal.tag]


def marks(scenario: Scenario, record: Record) -> tuple[Mark, ...]:
    """Every goal's value and score."""
    found = []
    for slug, goal in scenario.description.goals.items():
        unit = goal_unit(goal, scenario.plant)
        good, bad = si(goal.good, unit), si(goal.bad, unit)
        value = MEASURES[goal.measure][0](record, goal)
        found.append(Mark(slug, value, float(np.clip((value - bad) / (good - bad), 0.0, 1.0))))
    return tuple(found)


def score(scenario: Scenario, found: tuple[Mark, ...]) -> float:
    """The weighted mean of the scores, 0..1."""
    goals = scenario.description.goals
    total = sum(goals[m.slug].weight for m in found)
    return sum(goals[m.slug].weight * m.score for m in found) / total
