"""The lot's file, made of the units that the lot went through, by the rules of ``content/laboratory/filing.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Protocol

import msgspec

from biotwin.materials import Material
from biotwin.quantity import si
from biotwin.randomness import stream_key, uniform
from biotwin.release.book import Book
from biotwin.release.chance import poisson
from biotwin.release.description import FiledEnvironment, FiledIntegrity
from biotwin.release.lot import EnvironmentSample, IntegrityTest, LotFile, Malfunction, Record, Sample


class Passage(msgspec.Struct, frozen=True):
    """A unit as the lot went through it: ``begins`` and ``ends`` in ms of the lot, what it ``delivered``, its
    ``reports`` (SI), and what ``records_of`` made of its session. ``sampled_as``: the stage of the specification.
    """

    unit: str
    begins: int
    ends: int
    delivered: Material
    reports: dict[str, float] = {}
    records: tuple[Record, ...] = ()
    malfunctions: tuple[Malfunction, ...] = ()
    sampled_as: str = ""


def filed(book: Book, name: str, seed: int, passages: Sequence[Passage], scope: tuple[str, ...] = ()) -> LotFile:
    """The file of the lot ``name``. A unit flown twice counts as flown last."""
    by_unit = {passage.unit: passage for passage in passages}
    last = {p.sampled_as: p for p in passages if p.sampled_as in book.specification.stages}
    samples = {stage: Sample.of(p.delivered, p.ends, **_states(book, stage, by_unit)) for stage, p in last.items()}
    tests = [_integrity(test, rule, by_unit[rule.unit]) for test, rule in book.filing.integrity.items()
             if rule.unit in by_unit]
    counts = [count for place, rule in book.filing.environment.items() if rule.unit in by_unit
              for count in _counts(place, rule, by_unit[rule.unit], stream_key(seed, f"{name}/environment/{place}"))]
    records = (record for passage in passages for record in passage.records)
    return LotFile(
        name, samples, tuple(sorted(records, key=lambda r: r.time)),
        tuple(sorted((t for t in tests if t is not None), key=lambda t: t.time)),
        tuple(sorted(counts, key=lambda c: c.time)), tuple(by_unit),
        tuple(wrong for passage in passages for wrong in passage.malfunctions), scope)


def _states(book: Book, stage: str, by_unit: dict[str, Passage]) -> dict[str, float]:
    """The true states that a unit reported; what none reported is left out."""
    found = {}
    for state, source in book.filing.states.get(stage, {}).items():
        unit, _, report = source.partition(".")
        if unit in by_unit and report in by_unit[unit].reports:
            found[state] = by_unit[unit].reports[report]
    return found


def _integrity(test: str, rule: FiledIntegrity, passage: Passage) -> IntegrityTest | None:
    """The test's outcome, None where the crew did not do it."""
    if not rule.subject:
        wrong = any(fnmatchcase(m.malfunction, pattern) for m in passage.malfunctions for pattern in rule.fails_on)
        return IntegrityTest(passage.ends, passage.unit, test, not wrong)
    done = [r for r in _results(passage, rule.subject) if _when(rule, passage, int(r.detail.get("taken", r.time)))]
    if not done:
        return None
    low, high = (None if limit is None else si(limit, rule.si) for limit in (rule.low, rule.high))
    value = done[-1].value
    passed = (low is None or value >= low) and (high is None or value <= high)
    return IntegrityTest(done[-1].time, passage.unit, test, passed)


def _results(passage: Passage, pattern: str) -> list[Record]:
    return [r for r in passage.records if r.kind == "result_ready" and fnmatchcase(r.subject, pattern)]


def _when(rule: FiledIntegrity, passage: Passage, taken: int) -> bool:
    """Whether a sample was taken on the side of the phase that the rule asks for."""
    def began(phase: str) -> int | None:
        return next((r.time for r in passage.records if r.kind == "phase_started"
                     and r.subject.rpartition("/")[2] == phase), None)

    before, after = began(rule.before) if rule.before else None, began(rule.after) if rule.after else None
    if rule.after and after is None:
        return False
    return (before is None or taken <= before) and (after is None or taken > after)


def _counts(place: str, rule: FiledEnvironment, passage: Passage, key: int) -> list[EnvironmentSample]:
    """The plates that the crew sent, else those of microbiology; half a colony is the counter's word for none."""
    sent = _results(passage, rule.subject)
    if sent:
        return [EnvironmentSample(r.time, place, rule.grade, rule.method, float(int(r.value))) for r in sent]
    if rule.report not in passage.reports:
        return []
    # One draw for a place of a lot: a decision that moves its clock must not lay other plates.
    count = poisson(float(uniform(key, 0)), rule.recovery * passage.reports[rule.report])
    ready = passage.ends + round(1000.0 * si(rule.delay, "s"))
    return [EnvironmentSample(ready, place, rule.grade, rule.method, float(count))]


class Result(Protocol):
    """A result that a session still owes, as plain data."""

    @property
    def analyser(self) -> str: ...
    @property
    def analyte(self) -> str: ...
    @property
    def taken(self) -> int: ...
    @property
    def ready(self) -> int: ...
    @property
    def value(self) -> float: ...


def results_owed(results: Iterable[Result], unit: str, start: int = 0) -> tuple[Record, ...]:
    """Records of results that were still under way when the session ended (its desk's ``due``)."""
    return tuple(Record(start + r.ready, unit, "result_ready", f"{r.analyser}.{r.analyte}", r.value,
                        detail={"taken": start + r.taken}) for r in results)
