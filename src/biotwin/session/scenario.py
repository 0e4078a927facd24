"""A scenario, compiled: a plant, a start, plans, questions and goals, every name resolved, every quantity in SI."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from biotwin.errors import DescriptionError, UnknownName, known
from biotwin.plant.compiler import compile_plant
from biotwin.plant.description import Quantity
from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant
from biotwin.plant.reading import Source
from biotwin.quantity import si
from biotwin.session.scenario_description import QuestionDescription, ScenarioDescription


@dataclass(frozen=True)
class Plan:
    """A malfunction to come: address, ms, ms, 0..1, ms."""

    malfunction: str
    time: int
    spread: int
    severity: float
    onset: int


@dataclass(frozen=True)
class Question:
    """``time`` in ms, -1 where it opens on a fact."""

    description: QuestionDescription
    time: int


@dataclass(frozen=True, eq=False)
class Scenario:
    """See the module. ``duration`` and ``start_time`` in ms from the start of the lot; ``scan`` 0 = by phase."""

    slug: str
    digest: str
    folder: Path
    description: ScenarioDescription
    plant: Plant
    start_time: int
    start_phase: str
    duration: int
    scan: int
    instances: dict[str, dict[str, float]]
    sets: tuple[tuple[int, float], ...]
    samples: tuple[tuple[int, tuple[str, ...]], ...]
    malfunctions: tuple[Plan, ...]
    questions: dict[str, Question]

    @property
    def open(self) -> bool:
        """Whether it may be flown without an account."""
        return self.description.open

    def title(self, language: str) -> str:
        return self.description.title.text(language)

    def text(self, name: str, language: str) -> str:
        """The Markdown of ``brief`` or ``debrief``."""
        return (self.folder / f"{name}.{language}.md").read_text(encoding="utf-8")


def compile_scenario(folder: Path, plants: Path) -> Scenario:
    """The scenario in ``folder``, on a plant found under ``plants``; errors name file and line."""
    root = folder.parents[2] if len(folder.parents) > 2 else None
    stamp = (folder / "scenario.yaml").stat().st_mtime_ns if (folder / "scenario.yaml").exists() else 0
    return _compiled(folder, plants, root, stamp)


@lru_cache(maxsize=64)
def _compiled(folder: Path, plants: Path, root: Path | None, stamp: int) -> Scenario:
    source = Source(folder / "scenario.yaml", root)
    return _Compiler(source, folder, plants, root).scenario()


class _Compiler:
    def __init__(self, source: Source, folder: Path, plants: Path, root: Path | None) -> None:
        self.source, self.folder = source, folder
        self.d = source.convert(ScenarioDescription)
        if not (plants / self.d.plant / "plant.yaml").exists():
            raise UnknownName(f"the plant {self.d.plant!r} is unknown.", where=source.where("plant"),
                              next_step=known(p.parent.name for p in plants.glob("*/plant.yaml")))
        self.plant = compile_plant(plants / self.d.plant, root)

    def _ms(self, value: Quantity, *path: str | int) -> int:
        return round(si(value, "s", where=self.source.where(*path)) * 1000)

    def scenario(self) -> Scenario:
        d, start = self.d, self.d.start
        if start.phase not in self.plant.phases:
            raise UnknownName(f"the phase {start.phase!r} is unknown.", where=self.source.where("start", "phase"),
                              next_step=known(self.plant.phases))
        begin = self._ms(start.at, "start", "at")
        duration = self._ms(d.duration, "duration")
        for i, tag in enumerate(d.focus):
            if tag not in self.plant.unit.instruments:
                raise UnknownName(f"{tag!r} is no instrument.", where=self.source.where("focus", i),
                                  next_step=known(self.plant.unit.instruments))
        if duration <= 0:
            raise DescriptionError("the duration must be positive.", where=self.source.where("duration"))
        text = (self.folder / "scenario.yaml").read_bytes() + self.plant.digest.encode()
        return Scenario(
            slug=d.slug, digest=hashlib.blake2b(text, digest_size=16).hexdigest(), folder=self.folder, description=d,
            plant=self.plant, start_time=begin, start_phase=start.phase, duration=begin + duration,
            scan=0 if d.scan is None else self._ms(d.scan, "scan"), instances=self._instances(), sets=self._sets(),
            samples=tuple(self._samples(begin)), malfunctions=tuple(self._malfunctions()), questions=self._questions(),
        )

    def _instances(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        for name, conditions in self.d.start.instances.items():
            place = ("start", "instances", name)
            if name not in self.plant.unit.equipment:
                raise UnknownName(f"{name!r} is no equipment.", where=self.source.where(*place),
                                  next_step=known(self.plant.unit.equipment))
            units = drawer(self.plant.unit.equipment[name].class_).start_units
            for key in conditions:
                if key not in units:
                    raise UnknownName(f"there is no start condition {key!r}.", where=self.source.where(*place, key),
                                      next_step=known(units))
            found[name] = {k: si(v, units[k], where=self.source.where(*place, k)) for k, v in conditions.items()}
        return found

    def _sets(self) -> tuple[tuple[int, float], ...]:
        rows = []
        for short, value in self.d.start.sets.items():
            signal = self.plant.signals.get(self.plant.address(short))
            if signal is None:
                raise UnknownName(f"{short!r} names no signal.", where=self.source.where("start", "sets", short))
            rows.append((signal.slot, si(value, signal.unit, where=self.source.where("start", "sets", short))))
        return tuple(rows)

    def _samples(self, begin: int) -> list[tuple[int, tuple[str, ...]]]:
        """When the shifts before take-over sampled, and for which analysers."""
        found = []
        for i, plan in enumerate(self.d.start.sampling):
            place = ("start", "sampling", i)
            for analyser in plan.analysers:
                if analyser not in self.plant.unit.analysers:
                    raise UnknownName(f"the analyser {analyser!r} is unknown.", where=self.source.where(*place),
                                      next_step=known(self.plant.unit.analysers))
            every, since = self._ms(plan.every, *place, "every"), self._ms(plan.since, *place, "since")
            if every <= 0:
                raise DescriptionError("the interval must be positive.", where=self.source.where(*place, "every"))
            found += [(t, tuple(plan.analysers)) for t in range(since, begin, every)]
        return sorted(found)

    def _malfunctions(self) -> list[Plan]:
        plans = []
        for i, m in enumerate(self.d.malfunctions):
            address = self.plant.address(m.malfunction)
            if address not in self.plant.malfunctions:
                instance = m.malfunction.partition(".")[0]
                near = [self.plant.short(a) for a in self.plant.malfunctions]
                near = [n for n in near if n.startswith(f"{instance}.")] or near
                raise UnknownName(f"malfunction {m.malfunction!r} is unknown.",
                                  where=self.source.where("malfunctions", i, "malfunction"), next_step=known(near))
            place = ("malfunctions", i)
            plans.append(Plan(address, self._ms(m.at, *place, "at"), self._ms(m.spread, *place, "spread"), m.severity,
                              self._ms(m.onset, *place, "onset")))
        return plans

    def _questions(self) -> dict[str, Question]:
        return {
            slug: Question(q, -1 if q.at is None else self._ms(q.at, "questions", slug, "at"))
            for slug, q in self.d.questions.items()
        }
