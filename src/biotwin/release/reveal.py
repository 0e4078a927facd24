"""The debrief: beside each result what was true, what went wrong in the laboratory, and how likely this test was to
pass a lot in this true state; and what no test of a lot reveals. It never reaches a seat before the end.
"""

from __future__ import annotations

import msgspec

from biotwin.quantity import display
from biotwin.release.assay import draw, mistake_made, passing_probability, true_value
from biotwin.release.book import SpecifiedTest
from biotwin.release.disposition import Claim, claims
from biotwin.release.laboratory import sampled, verdict
from biotwin.release.programme import aged, pulled_at, true_of
from biotwin.release.quality import least_grade, true_causes, units_of, will_work
from biotwin.release.state import Case, Deviation, Oos, State
from biotwin.release.truths import TRUTHS, value_of


class RevealedResult(msgspec.Struct, frozen=True):
    """``mistake``: what the laboratory did wrong in this determination, or empty; ``text`` of it is in the book."""

    number: int
    value: float
    mistake: str
    invalidated: bool


class RevealedTest(msgspec.Struct, frozen=True):
    """In the shown unit. ``conforms``: whether the truth lies within the limits. ``passing``: probability that one
    determination would have passed a lot in this state; ``power``: that it would have stopped it.
    """

    test: str
    truth: float
    conforms: bool
    passing: float
    power: float
    verdict: str
    results: tuple[RevealedResult, ...]


class RevealedDeviation(msgspec.Struct, frozen=True):
    """What people judged beside what an expert does, who knows what was true."""

    name: str
    grade: str
    expert_grade: str
    cause: str
    true_causes: tuple[str, ...]
    cause_right: bool
    affects_lot: bool
    expert_affects: bool
    will_work: bool | None = None
    """Whether its CAPA will be found effective, None where there is none."""


class Aged(msgspec.Struct, frozen=True):
    """What a later pull at long term will show of this lot: the truth at the ``months`` granted, in the shown unit."""

    test: str
    months: int
    truth: float
    conforms: bool


class RevealedPull(msgspec.Struct, frozen=True):
    """A stability result out of its limits: what it said and what was true (shown unit), the mistake made in the
    laboratory or empty, and what phase I and II made of it.
    """

    test: str
    lot: str
    months: float
    value: float
    truth: float
    conforms: bool
    mistake: str
    conclusion: str


class Unseen(msgspec.Struct, frozen=True):
    """What no test of a lot reveals: the true number, in the unit that the book names."""

    name: str
    truth: float


class Reveal(msgspec.Struct, frozen=True):
    """``passing``: probability that all these tests, each done once and without mistake, would have passed this lot.

    ``conforming``: whether every truth lies within the specification. ``overlooked``: observations that were accepted
    though an expert opens a deviation.
    """

    tests: tuple[RevealedTest, ...]
    deviations: tuple[RevealedDeviation, ...]
    overlooked: tuple[str, ...]
    unseen: tuple[Unseen, ...]
    claims: tuple[Claim, ...]
    passing: float
    conforming: bool
    outcome: str
    later: tuple[Aged, ...] = ()
    pulls: tuple[RevealedPull, ...] = ()


def reveal(case: Case, state: State) -> Reveal:
    """Everything, for the instructor and the debrief."""
    tests = tuple(_test(case, state, case.book.tests[slug]) for slug in case.tests
                  if case.book.tests[slug].stage in case.file.samples)
    passing = 1.0
    for test in tests:
        passing *= test.passing
    rules = case.book.quality.rules
    overlooked = tuple(o.name for o in state.observations
                       if o.status == "accepted" and (rules[o.rule].affects or rules[o.rule].grade != "minor"))
    return Reveal(tests, tuple(_deviation(case, state, d) for d in state.deviations), overlooked, _unseen(case),
                  claims(case), passing, all(test.conforms for test in tests), state.disposition.outcome,
                  _later(case, state), tuple(_pull(case, state, o) for o in state.investigations if o.pull >= 0))


def _pull(case: Case, state: State, oos: Oos) -> RevealedPull:
    pull, test = state.pulls[oos.pull], case.book.tests[oos.test]
    truth = true_of(case, pull)
    mistake = mistake_made(test, draw(case.seed, pulled_at(case, pull), pull.series, pull.ordinal).mistake)
    return RevealedPull(oos.test, pull.lot, pull.months, test.shown.shown(pull.value), test.shown.shown(truth),
                        conforms(test, truth), mistake, oos.conclusion)


def _later(case: Case, state: State) -> tuple[Aged, ...]:
    """At the end of the shelf life that was granted; nothing where none was."""
    if not state.shelf_life:
        return ()
    tests = [case.book.tests[slug] for slug in case.book.stability.attributes]
    truths = [aged(case, test, "long_term", state.shelf_life) for test in tests]
    return tuple(Aged(test.slug, state.shelf_life, test.shown.shown(truth), conforms(test, truth))
                 for test, truth in zip(tests, truths, strict=True))


def _test(case: Case, state: State, test: SpecifiedTest) -> RevealedTest:
    truth = true_value(test, sampled(case, state, test.stage), case.book.water)
    passing = passing_probability(test, truth)
    results = []
    for r in (r for r in state.results if r.test == test.slug):
        mistake = mistake_made(test, draw(case.seed, f"{case.file.lot}/{r.test}", r.series, r.ordinal).mistake)
        results.append(RevealedResult(r.number, test.shown.shown(r.value), mistake, r.invalidated))
    return RevealedTest(test.slug, test.shown.shown(truth), conforms(test, truth), passing, 1.0 - passing,
                        verdict(state, test.slug), tuple(results))


def conforms(test: SpecifiedTest, truth: float) -> bool:
    """Whether the truth itself meets the specification; of containers, at most the tolerable share may be bad."""
    if test.method.law == "units":
        return truth <= test.line.tolerable
    return test.inside(test.ticks(truth))


def _deviation(case: Case, state: State, deviation: Deviation) -> RevealedDeviation:
    causes = true_causes(case, units_of(state, deviation))
    rules = case.book.quality.rules
    affects = any(rules[o.rule].affects for o in state.observations if o.name in deviation.observations)
    return RevealedDeviation(
        deviation.name, deviation.grade, least_grade(case, state, deviation, expert=True), deviation.cause,
        tuple(sorted(causes)), deviation.cause in causes, deviation.affects_lot, affects,
        will_work(case, state, deviation) if deviation.actions else None)


def _unseen(case: Case) -> tuple[Unseen, ...]:
    found = []
    for slug, described in case.book.clearance.unseen.items():
        sample = case.file.samples.get(described.stage)
        if sample is not None:
            truth = value_of(described.truth, sample, 0.0)
            found.append(Unseen(slug, display(described.unit, of=TRUTHS[described.truth].unit).shown(truth)))
    return tuple(found)
