"""What a screen needs, in one struct: every test with its limits and results as shown, and what is still missing.

It is made from the state and the book, and from nothing that is true only.
"""

from __future__ import annotations

import msgspec

from biotwin.release.book import SpecifiedTest
from biotwin.release.disposition import Claim, Missing, claims, missing
from biotwin.release.laboratory import verdict
from biotwin.release.programme import applies
from biotwin.release.stability import Trended, allowed, courses, covered, due, points_of, trended
from biotwin.release.state import Case, State
from biotwin.release.trend import control_limits


class ShownResult(msgspec.Struct, frozen=True):
    """A result in the shown unit. ``text``: as it is written down, ``< 1`` below the limit of quantification."""

    number: int
    purpose: str
    ready: int
    value: float
    text: str
    inside: bool
    invalidated: bool
    superseded: bool = False


class ShownTest(msgspec.Struct, frozen=True):
    """A line of the certificate of analysis. Limits in the shown unit; ``ready``: when it is due, -1 if not asked."""

    slug: str
    stage: str
    title: str
    unit: str
    digits: int
    low: float | None
    high: float | None
    verdict: str
    ready: int
    results: tuple[ShownResult, ...]
    chart: tuple[float, float, float] | None
    history: tuple[float, ...]
    days: float
    cost: float


class ShownAttribute(msgspec.Struct, frozen=True):
    """An attribute on stability, in the shown unit: the course of each lot before, this lot's own, slope and what it
    allows. ``slope`` per month with its one-sided 95 % ``bound``; ``activation`` kJ/mol.
    """

    test: str
    title: str
    unit: str
    digits: int
    low: float | None
    high: float | None
    former: dict[str, tuple[tuple[float, float], ...]]
    own: tuple[tuple[float, float], ...]
    slope: float
    bound: float
    pooled: bool
    start: float | None
    allowed: int
    activation: float | None
    changed: bool
    accelerated: tuple[tuple[float, float], ...]


class ShownStudy(msgspec.Struct, frozen=True):
    """The stability programme as it bears on this lot. ``begun``: ms, -1 before; ``covered``: months of real time;
    ``ahead``: the next pulls of this lot as (months, condition).
    """

    begun: int
    attributes: tuple[ShownAttribute, ...]
    covered: int
    allowed: int
    granted: int
    ahead: tuple[tuple[float, str], ...]


class Overview(msgspec.Struct, frozen=True):
    time: int
    tests: tuple[ShownTest, ...]
    missing: tuple[Missing, ...]
    claims: tuple[Claim, ...]
    next_time: int
    study: ShownStudy | None = None


def overview(case: Case, state: State, language: str, next_time: int | None = None) -> Overview:
    """See the module. ``next_time`` as ``step.next_time`` says, -1 in the answer where nothing is under way."""
    tests = tuple(_shown(case, state, case.book.tests[slug], language) for slug in case.tests)
    return Overview(state.time, tests, missing(case, state), claims(case), -1 if next_time is None else next_time,
                    _study(case, state, language) if applies(case) else None)


def _study(case: Case, state: State, language: str) -> ShownStudy:
    attributes = tuple(_attribute(case, state, one, language) for one in trended(case, state))
    ahead = sorted({(pull.months, pull.condition) for pull in due(case, state) if not pull.lot})
    return ShownStudy(state.study, attributes, covered(case, state), allowed(case, state), state.shelf_life,
                      tuple(ahead))


def _attribute(case: Case, state: State, one: Trended, language: str) -> ShownAttribute:
    test = case.book.tests[one.test]
    grid = 10.0**test.read.digits
    label = test.read.unit if test.read.label is None else test.read.label.text(language)
    former = {lot: tuple(points) for lot, points in courses(case, state, one.test).items()}
    return ShownAttribute(
        one.test, test.method.title.text(language), label, test.read.digits,
        None if test.low is None else test.low / grid, None if test.high is None else test.high / grid, former,
        tuple(points_of(case, state, one.test, "long_term")), one.slope.value, one.slope.bound(one.sign),
        one.slope.pooled, one.start, one.allowed, None if one.activation is None else one.activation / 1000.0,
        one.changed, tuple(points_of(case, state, one.test, "accelerated")))


def _shown(case: Case, state: State, test: SpecifiedTest, language: str) -> ShownTest:
    grid = 10.0**test.read.digits
    label = test.read.unit if test.read.label is None else test.read.label.text(language)
    results = tuple(
        ShownResult(r.number, r.purpose, r.ready, test.ticks(r.value) / grid,
                    as_written(test, r.value, r.below, language), r.inside, r.invalidated, r.superseded)
        for r in state.results if r.test == test.slug)
    ready = min((run.ready for run in state.runs if run.test == test.slug), default=-1)
    return ShownTest(
        test.slug, test.stage, test.method.title.text(language), label, test.read.digits,
        None if test.low is None else test.low / grid, None if test.high is None else test.high / grid,
        verdict(state, test.slug), ready, results, control_limits(test.history), test.history,
        test.delay / 86_400_000, test.method.cost)


def as_written(test: SpecifiedTest, value: float, below: str, language: str) -> str:
    """The number with its digits, in the language's way."""
    text = f"{test.ticks(value) / 10.0**test.read.digits:,.{test.read.digits}f}"
    text = text.replace(",", "\u202f").replace(".", ",") if language == "fr" else text
    if below == "detection":
        return {"fr": "non détecté", "en": "not detected"}[language]
    return f"<\u00a0{text}" if below else text
