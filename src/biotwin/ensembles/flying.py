"""One member of an ensemble, flown: a pure function from a ``RunSpec`` to an ``Outcome``, the same in every process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import numpy as np

from biotwin.ensembles.distributions import Override
from biotwin.ensembles.overrides import varied
from biotwin.errors import UnknownName, known
from biotwin.plant.plant import Reals
from biotwin.session.facts import Fact
from biotwin.session.flight import Flight
from biotwin.session.inputs import Entry
from biotwin.session.library import load_scenario
from biotwin.session.merit import Record, marks, score
from biotwin.session.recorder import Singles
from biotwin.session.scenario import Scenario

POINTS = 400
Seed = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{1,32}$")]


class RunSpec(msgspec.Struct, frozen=True, kw_only=True):
    """All that a member is: data that travels between processes and into files.

    ``seed``: hexadecimal, up to 128 bits. ``content``: the content folder, empty for the one in use. ``healthy``: the
    scenario's malfunctions do not come. ``until``: simulated ms, -1 for the end. ``scan``: ms, 0 for the scenario's
    own. ``tags``: instruments in short, all where empty; each gives ``points`` values on an even grid of time.
    """

    scenario: str
    seed: Seed
    content: str = ""
    overrides: dict[str, Override] = {}
    inputs: tuple[Entry, ...] = ()
    healthy: bool = False
    until: Annotated[int, msgspec.Meta(ge=-1)] = -1
    scan: Annotated[int, msgspec.Meta(ge=0)] = 0
    tags: tuple[str, ...] = ()
    points: Annotated[int, msgspec.Meta(ge=2, le=20_000)] = POINTS


class Outcome(msgspec.Struct, frozen=True):
    """What a member left: figures, ``time`` (ms, [points]) and ``telemetry`` (float32 SI, [tags, points]), digest."""

    spec: RunSpec
    drawn: dict[str, float]
    figures: dict[str, float]
    tags: tuple[str, ...]
    time: Reals
    telemetry: Singles
    digest: str


def specs(scenario: str, count: int, *, first_seed: int = 0, **more: object) -> list[RunSpec]:
    """``count`` members that differ in their seed only: ``first_seed``, ``first_seed`` + 1 …"""
    return [RunSpec(scenario=scenario, seed=f"{first_seed + i:032x}", **more)  # type: ignore[arg-type]
            for i in range(count)]


def scenario_of(spec: RunSpec) -> Scenario:
    """The scenario that a member flies, before its overrides."""
    scenario = load_scenario(spec.scenario, Path(spec.content) if spec.content else None)
    if spec.scan:
        scenario = replace(scenario, scan=spec.scan)
    return replace(scenario, malfunctions=()) if spec.healthy else scenario


class Member(NamedTuple):
    """What a member flies: its scenario with the numbers it drew, instruments and true signals to record."""

    spec: RunSpec
    scenario: Scenario
    drawn: dict[str, float]
    tags: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def seed(self) -> int:
        return int(self.spec.seed, 16)

    @property
    def until(self) -> int:
        end = self.scenario.duration
        return end if self.spec.until < 0 else min(self.spec.until, end)


def member(spec: RunSpec) -> Member:
    """Raises ``UnknownName`` for an override or an instrument that is none."""
    scenario, values = varied(scenario_of(spec), spec.overrides, int(spec.seed, 16))
    names = curves_read(scenario) if scenario.plant.carrier else ()
    return Member(spec, scenario, values, _tags(scenario, spec.tags), names)


def fly(spec: RunSpec) -> Outcome:
    """Fly one member from its start to ``until``."""
    own = member(spec)
    flight = Flight.begin(own.scenario, own.seed, also=own.names)
    return left(own, flight, flight.run(own.until, spec.inputs))


def left(own: Member, flight: Flight, facts: Sequence[Fact]) -> Outcome:
    """What a member's flight left, which met these ``facts``."""
    time, telemetry = gridded(flight, own.tags, (own.scenario.start_time, own.until), own.spec.points)
    found = figures(flight, facts) | (goals(flight, facts, own.names) if own.scenario.plant.carrier else {})
    return Outcome(own.spec, own.drawn, found, own.tags, time, telemetry, flight.digest().hex())


def _tags(scenario: Scenario, wanted: tuple[str, ...]) -> tuple[str, ...]:
    own = scenario.plant.unit.instruments
    for tag in wanted:
        if tag not in own:
            raise UnknownName(f"{tag!r} is no instrument of {scenario.plant.slug}.", next_step=known(own))
    return wanted or tuple(own)


def figures(flight: Flight, facts: Sequence[Fact]) -> dict[str, float]:
    """Figures at the end: what the headline analytes truly are (SI), alarms, interlocks, cost, time (s)."""
    plant = flight.scenario.plant
    found = {
        analyte.measures: float(flight.state.real[plant.slot(analyte.measures)])
        for analyser in plant.unit.analysers.values() for analyte in analyser.analytes.values() if analyte.headline
    }
    found["alarms"] = float(sum(f.kind == "alarm_raised" for f in facts))
    found["interlocks"] = float(sum(f.kind == "interlock_tripped" for f in facts))
    found["cost"] = flight.state.desk.cost
    found["end"] = flight.time * 1e-3
    return found


class _Asked(dict[str, Reals]):
    """Curves of one row that remember which of them were read."""

    def __missing__(self, name: str) -> Reals:
        self[name] = np.zeros(1)
        return self[name]


def curves_read(scenario: Scenario) -> tuple[str, ...]:
    """Short names of the true signals that the scenario's goals read: the measures themselves are asked."""
    asked, begin = _Asked(), scenario.start_time
    marks(scenario, Record(scenario.plant, np.array([float(begin)]), asked, (), 0.0, begin, scenario.plant.carrier))
    return tuple(asked)


def goals(flight: Flight, facts: Sequence[Fact], names: tuple[str, ...]) -> dict[str, float]:
    """The scenario's own goals: ``goal.<slug>`` (SI) and the weighted ``score`` (0..1), from true curves."""
    scenario = flight.scenario
    time, values = flight.recorder.columns_of([scenario.plant.address(n) for n in names])
    curves: dict[str, Reals] = {n: values[:, i].astype(np.float64) for i, n in enumerate(names)}
    record = Record(scenario.plant, time, curves, tuple(facts), flight.state.desk.cost, scenario.start_time,
                    scenario.plant.carrier, scenario.start_phase)
    found = marks(scenario, record)
    return {f"goal.{m.slug}": m.value for m in found} | {"score": score(scenario, found)}


def gridded(flight: Flight, tags: tuple[str, ...], span: tuple[int, int], points: int) -> tuple[Reals, Singles]:
    """The recorder's rows on an even grid: at each time the last row not after it (the first row before the first)."""
    addresses = [flight.scenario.plant.address(t) for t in tags]
    grid = np.linspace(span[0], span[1], points)
    return grid, flight.recorder.at(addresses, grid)
