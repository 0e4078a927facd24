"""The debrief: a flight beside its do-nothing and its reference run of the same seed, with the true curves.

Each run is flown again from its journal (a fraction of a second), so nothing need be stored but inputs. The reference
is the scenario's pilot ``wins``. What the learner could not see is shown here for the first time.

Each is flown to the end of the scenario, whenever the seat was left: a lot is judged by what became of it, and leaving
early earns nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np

from biotwin.plant.plant import Plant, Reals
from biotwin.session.facts import Fact
from biotwin.session.flight import Flight
from biotwin.session.inputs import Entry
from biotwin.session.merit import Mark, Record, marks, score
from biotwin.session.recorder import Recorder
from biotwin.session.scenario import Scenario
from biotwin.session.script import pilot_entries


class RunMarks(msgspec.Struct, frozen=True):
    """One run in figures: total score 0..1, each goal's (slug, SI value, score), cost (euro), last simulated ms."""

    score: float
    marks: tuple[tuple[str, float, float], ...]
    cost: float
    end: int


@dataclass(frozen=True)
class FlownRun:
    """One run in full: its figures, its facts (hidden ones too), its recorder with true curves."""

    figures: RunMarks
    facts: tuple[Fact, ...]
    recorder: Recorder


def true_signals(plant: Plant) -> tuple[str, ...]:
    """Short names of the true signals that a debrief shows: the vessel's readings, and what instruments measure."""
    vessel = plant.carrier
    outputs = [plant.short(a) for a, s in plant.signals.items() if s.causality == "output" and not s.observed]
    measured = {d.measures for d in plant.unit.instruments.values()}
    return tuple(n for n in outputs if n.startswith(f"{vessel}.") or n in measured)


def loop_ends(plant: Plant) -> tuple[str, ...]:
    """What a seat may plot besides the instruments: set-point and output of each loop."""
    return tuple(f"{loop}.{end}" for loop in plant.unit.loops for end in ("setpoint", "output"))


def read_elsewhere(scenario: Scenario) -> tuple[str, ...]:
    """Short names of what goals read beside the vessel and the instruments: ``capper.leaking``."""
    shown = true_signals(scenario.plant)
    asked = dict.fromkeys(g.reading for g in scenario.description.goals.values() if "." in g.reading)
    return tuple(name for name in asked if name not in shown)


def fly(scenario: Scenario, seed: int, entries: list[Entry]) -> FlownRun:
    """Fly a journal to the end of the scenario with the true curves recorded, and judge it."""
    names = (*true_signals(scenario.plant), *read_elsewhere(scenario))
    flight = Flight.begin(scenario, seed, also=(*names, *loop_ends(scenario.plant)))
    facts = _with_answers(scenario, [*flight.prior, *flight.run(None, entries)])
    time, values = flight.recorder.columns_of([scenario.plant.address(n) for n in names])
    curves: dict[str, Reals] = {n: values[:, i].astype(np.float64) for i, n in enumerate(names)}
    record = Record(scenario.plant, time, curves, tuple(facts), flight.state.desk.cost, scenario.start_time,
                    scenario.plant.carrier, scenario.start_phase)
    found = marks(scenario, record)
    return FlownRun(_figures(scenario, found, flight), tuple(facts), flight.recorder)


def _figures(scenario: Scenario, found: tuple[Mark, ...], flight: Flight) -> RunMarks:
    return RunMarks(score(scenario, found), tuple((m.slug, m.value, m.score) for m in found),
                    flight.state.desk.cost, flight.time)


def _with_answers(scenario: Scenario, facts: list[Fact]) -> list[Fact]:
    """Mark which answers were right: known to the scenario, told only now."""
    told = []
    for fact in facts:
        if fact.kind == "decision_closed" and fact.subject in scenario.questions:
            choice = scenario.questions[fact.subject].description.choices.get(str(fact.detail.get("choice")))
            right = bool(choice and choice.right)
            fact = msgspec.structs.replace(fact, detail=fact.detail | {"right": right})
        told.append(fact)
    return told


def reference_entries(scenario: Scenario) -> list[Entry]:
    """The journal of the reference run; empty where the scenario has no pilot ``wins``."""
    return pilot_entries(scenario, "wins") if "wins" in scenario.description.pilots else []
