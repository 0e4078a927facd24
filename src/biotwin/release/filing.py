"""The lot's file, made of the units that the lot went through, by the rules of ``content/laboratory/filing.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Protocol

import msgspec
from msgspec.structs import replace

from biotwin.materials import Material
from biotwin.quantity import si
from biotwin.randomness import stream_key, uniform
from biotwin.release.book import Book
from biotwin.release.chance import poisson
from biotwin.release.description import FiledEnvironment, FiledIntegrity
from biotwin.release.lot import EnvironmentSample, IntegrityTest, LotFile, Malfunction, Parent, Record, Sample


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


def filed(book: Book, name: str, seed: int, passages: Sequence[Passage], scope: tuple[str, ...] = (),
          parents: tuple[Parent, ...] = ()) -> LotFile:
    """The file of the lot ``name``, of passages in the order of time. A unit that was passed twice counts as it was
    passed last; what was found the first time stays in the file.
    """
    by_unit = {passage.unit: passage for passage in passages}
    again = {p.unit: p.begins for p in by_unit.values() if any(q.unit == p.unit and q is not p for q in passages)}
    last = {p.sampled_as: p for p in passages if p.sampled_as in book.specification.stages}
    samples = {stage: Sample.of(p.delivered, p.ends, **_states(book, stage, by_unit)) for stage, p in last.items()}
    tests = [replace(done, counts=done.counts and passage is by_unit[passage.unit])
             for test, rule in book.filing.integrity.items()
             for passage in passages if passage.unit == rule.unit for done in _integrity(test, rule, passage)]
    counts = [count for place, rule in book.filing.environment.items() if rule.unit in by_unit
              for count in _counts(place, rule, by_unit[rule.unit], stream_key(seed, f"{name}/environment/{place}"))]
    records = (record for passage in passages for record in passage.records)
    return LotFile(
        name, samples, tuple(sorted(records, key=lambda r: r.time)),
        tuple(sorted(tests, key=lambda t: t.time)),
        tuple(sorted(counts, key=lambda c: c.time)), tuple(by_unit),
        tuple(wrong for passage in passages for wrong in passage.malfunctions), scope, again, parents)


def _states(book: Book, stage: str, by_unit: dict[str, Passage]) -> dict[str, float]:
    """The true states that a unit reported; what none reported is left out."""
    found = {}
    for state, source in book.filing.states.get(stage, {}).items():
        unit, _, report = source.partition(".")
        if unit in by_unit and report in by_unit[unit].reports:
            found[state] = by_unit[unit].reports[report]
    return found


def _integrity(test: str, rule: FiledIntegrity, passage: Passage) -> list[IntegrityTest]:
    """Every such test that was done, in order; none where there was none."""
    if rule.subject:
        return [t for taken, t in _measured(test, rule, passage) if _when(rule, passage, taken)]
    done = [*_reported(test, rule, passage), *_stayed(test, rule, passage)]
    since = _began(passage, rule.spoils)[-1:] if rule.spoils else []
    spoilt = [t for t in done if since and not t.passed and t.time > since[0]]
    return [replace(t, counts=t in spoilt if spoilt else _when(rule, passage, t.time)) for t in done]


def _measured(test: str, rule: FiledIntegrity, passage: Passage) -> list[tuple[int, IntegrityTest]]:
    """Results of an analyser, each with the moment at which it was taken."""
    low, high = (None if limit is None else si(limit, rule.si) for limit in (rule.low, rule.high))
    found = []
    for r in _results(passage, rule.subject):
        passed = (low is None or r.value >= low) and (high is None or r.value <= high)
        found.append((int(r.detail.get("taken", r.time)), IntegrityTest(r.time, passage.unit, test, passed, r.value)))
    return found


def _reported(test: str, rule: FiledIntegrity, passage: Passage) -> list[IntegrityTest]:
    """What somebody who did the test beside the machine wrote down."""
    done = [r for r in passage.records if r.kind == "field_report" and fnmatchcase(r.subject, rule.report)
            and r.detail.get("verb") == rule.verb]
    return [IntegrityTest(r.time, passage.unit, test, fnmatchcase(str(r.detail.get("en", "")), rule.passes),
                          said={language: str(r.detail.get(language, "")) for language in ("fr", "en")}) for r in done]


def _stayed(test: str, rule: FiledIntegrity, passage: Passage) -> list[IntegrityTest]:
    """Stays in the test's phase: failed by its alarm, in it or before the next, passed if long enough without; broken
    off early it is none.
    """
    starts = [(r.time, r.subject.rpartition("/")[2]) for r in passage.records if r.kind == "phase_started"]
    stays = [(begins, ends) for (begins, phase), (ends, _) in pairwise([*starts, (passage.ends, "")])
             if phase == rule.phase]
    alarms = [r for r in passage.records if r.kind == "alarm_raised" and fnmatchcase(r.subject, rule.alarm)]
    found = []
    for (begins, ends), (until, _) in pairwise([*stays, (passage.ends + 1, 0)]):
        raised = [r for r in alarms if begins <= r.time < until or (r.time < begins and r.time + r.duration > ends)]
        if raised or ends - begins >= 1000.0 * si(rule.least, "s"):
            value = raised[0].value if raised else None
            found.append(IntegrityTest(ends, passage.unit, test, not raised, value))
    return found


def _results(passage: Passage, pattern: str) -> list[Record]:
    return [r for r in passage.records if r.kind == "result_ready" and fnmatchcase(r.subject, pattern)]


def _began(passage: Passage, phase: str) -> list[int]:
    """When the phase began, each time."""
    return [r.time for r in passage.records
            if r.kind == "phase_started" and r.subject.rpartition("/")[2] == phase]


def _when(rule: FiledIntegrity, passage: Passage, taken: int) -> bool:
    """Whether the test was done on the side of the phases that the rule asks for."""
    first = _began(passage, rule.before)[:1] if rule.before else []
    last = _began(passage, rule.after)[-1:] if rule.after else []
    if rule.after and not last:
        return False
    return (not first or taken <= first[0]) and (not last or taken > last[0])


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
