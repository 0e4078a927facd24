"""The stability programme: what is pulled when, how a lot ages, and which shelf life the data allow.

Three things decide what this lot may be given, and all of them are on paper when it is certified: the slopes of the
lots before, where this lot begins, and how long at least three lots were followed (ICH Q5C: the shelf life of a
biological product rests on real-time data). What accelerated pulls say supports it and never lengthens it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from biotwin.release.book import Book, SpecifiedTest
from biotwin.release.regression import Points, Slope, line, slope
from biotwin.release.state import Case, Due, Pull, State

MONTH = 30.4375 * 86_400_000
"""ms: a twelfth of a year."""
GAS = 8.314
LADDER = (36, 30, 24, 18, 12, 9, 6, 3)
"""Shelf lives that one grants, months."""
LOTS = 3
"""So many lots must have been followed for as long (ICH Q5C, Q1A)."""
REACH = 3.0
"""Standard deviations beyond which a pull is out of trend."""


@dataclass(frozen=True)
class Trended:
    """One attribute. ``start``: of this lot, None before its result; ``allowed``: months, 0 where no rung is;
    ``activation``: J/mol as the two conditions show it, None where they show no common direction.
    """

    test: str
    slope: Slope
    sign: int
    start: float | None
    allowed: int
    activation: float | None
    changed: bool


def due(case: Case, state: State) -> list[Due]:
    """Every pull of the programme that has not come back, once the lot was put up."""
    programme = case.book.stability
    if state.study < 0:
        return []
    back = {(p.lot, p.condition, p.months, p.test) for p in state.pulls}
    ahead = [Due(state.study + round(months * MONTH) + case.book.tests[test].delay, "", name, months, test)
             for name, condition in programme.conditions.items() for months in condition.months if months > 0.0
             for test in programme.attributes]
    other = programme.ongoing
    ahead += [Due(state.study + case.book.pulled_after + case.book.tests[test].delay, other.lot, "long_term",
                  float(other.month), test) for test in programme.attributes]
    return [one for one in ahead if (one.lot, one.condition, one.months, one.test) not in back]


def awaited(case: Case, state: State) -> list[Due]:
    """Those that are worth waiting for before the lot is certified."""
    return [one for one in due(case, state) if one.ready <= state.study + case.book.awaited]


# --- how a lot ages ---------------------------------------------------------------------------------------------------


def ageing(book: Book, test: str, kelvin: float, wetter: float) -> float:
    """The true rate (shown unit per month) of a lot at this temperature, ``wetter`` than the rates' cake (per cent)."""
    programme = book.stability
    a = programme.attributes[test]
    warmth = math.exp(book.activations[test] / GAS * (1.0 / book.temperatures["long_term"] - 1.0 / kelvin))
    return a.rate * warmth * math.exp(a.by_water * wetter)


# --- what the data say ------------------------------------------------------------------------------------------------


def courses(case: Case, state: State, test: str, condition: str = "long_term") -> dict[str, list[tuple[float, float]]]:
    """Results of the lots before, by lot, with what came back of them since, in the shown unit. What was struck out is
    none; what phase II did not confirm stays, beside its retests.
    """
    programme = case.book.stability
    found: dict[str, list[tuple[float, float]]] = {}
    for lot in programme.lots:
        if course := programme.course(lot, condition, test):
            found[lot] = course
    shown = case.book.tests[test].shown
    for pull in state.pulls:
        if pull.lot in found and (pull.condition, pull.test) == (condition, test) and not pull.invalidated:
            found[pull.lot].append((pull.months, shown.shown(pull.value)))
    return found


def covered(case: Case, state: State) -> int:
    """How long at least three lots were followed at long term, months."""
    programme = case.book.stability
    months = sorted((max(x for test in programme.attributes for x, _ in courses(case, state, test)[lot])
                     for lot in programme.lots), reverse=True)
    return int(months[LOTS - 1]) if len(months) >= LOTS else 0


def unconfirmed(case: Case, state: State, test: str) -> frozenset[tuple[str, float, float]]:
    """Long-term results (lot, months, shown value) out of the limits that phase II did not confirm: they count in the
    line, and end no shelf life by themselves.
    """
    shown = case.book.tests[test].shown
    pulls = [state.pulls[o.pull] for o in state.investigations if o.pull >= 0 and o.conclusion == "unconfirmed"]
    return frozenset((p.lot, p.months, shown.shown(p.value)) for p in pulls
                     if (p.condition, p.test) == ("long_term", test))


def standing(case: Case, state: State, test: str) -> list[tuple[float, bool]]:
    """This lot's single results at release (shown unit), each with whether phase II did not confirm it. What was struck
    out, or was of the lot before it was reprocessed, is none.
    """
    shown = case.book.tests[test].shown
    doubted = {o.result for o in state.investigations if o.pull < 0 and o.conclusion == "unconfirmed"}
    return [(shown.shown(r.value), r.number in doubted) for r in state.results
            if r.test == test and not r.invalidated and not r.superseded]


def start_of(case: Case, state: State, test: str) -> float | None:
    """This lot's time zero, in the shown unit: of its results at release the one that does most harm, for no retest
    takes the place of another and no mean that of all. One that phase II did not confirm stays in the line beside its
    retests and is no beginning, as it ends no shelf life; one under investigation is, until that is closed.
    """
    sign = harm(case, state, test)
    found = [value for value, doubted in standing(case, state, test) if not doubted]
    return max(found, key=lambda value: sign * value, default=None)


def harm(case: Case, state: State, test: str) -> int:
    """Which way does harm: 1 rising, -1 falling; where both limits stand, the way in which the lots before go."""
    low, high = case.book.tests[test].low, case.book.tests[test].high
    if low is None or high is None:
        return 1 if low is None else -1
    return 1 if slope(list(courses(case, state, test).values()), 1).value > 0.0 else -1


def trended(case: Case, state: State) -> tuple[Trended, ...]:
    """Every attribute with the shelf life that it allows this lot."""
    programme = case.book.stability
    return tuple(_trended(case, state, case.book.tests[test]) for test in programme.attributes)


def _trended(case: Case, state: State, test: SpecifiedTest) -> Trended:
    grid = 10.0**test.read.digits
    low, high = (None if limit is None else limit / grid for limit in (test.low, test.high))
    lots = courses(case, state, test.slug)
    sign = harm(case, state, test.slug)
    found = slope(list(lots.values()), sign)
    start = start_of(case, state, test.slug)
    limit = high if sign > 0 else low
    assert limit is not None
    allowed = 0
    if start is not None:
        drift = max(0.0, sign * found.bound(sign))
        allowed = next((months for months in LADDER if sign * (limit - start) >= drift * months), 0)
    doubted = unconfirmed(case, state, test.slug)
    fails = [x for lot, points in lots.items() for x, y in points
             if sign * (y - limit) > 0.0 and (lot, x, y) not in doubted]
    if fails:
        allowed = next((months for months in LADDER if months <= allowed and months < min(fails)), 0)
    fast = courses(case, state, test.slug, "accelerated")
    return Trended(test.slug, found, sign, start, allowed, _activation(case.book, found, fast, sign),
                   any(sign * (y - limit) > 0.0 for points in fast.values() for _, y in points))


def _activation(book: Book, slow: Slope, fast: dict[str, list[tuple[float, float]]], sign: int) -> float | None:
    """Arrhenius' activation energy from the two slopes, J/mol."""
    if not fast:
        return None
    quick = slope(list(fast.values()), sign).value
    if slow.value * quick <= 0.0:
        return None
    cold, warm = book.temperatures["long_term"], book.temperatures["accelerated"]
    return GAS * math.log(quick / slow.value) / (1.0 / cold - 1.0 / warm)


def allowed(case: Case, state: State) -> int:
    """The longest shelf life that all data on paper allow this lot, months."""
    found = trended(case, state)
    if not found:
        return 0
    most = min(covered(case, state), *(one.allowed for one in found))
    return next((months for months in LADDER if months <= most), 0)


def expected(case: Case, state: State, pull: Due) -> tuple[float, float] | None:
    """What a pull should show by what is known (shown unit), and how far it may miss; None where nothing is known."""
    test = case.book.tests[pull.test]
    lots = courses(case, state, pull.test, pull.condition)
    if pull.lot:
        start, drift = line(lots[pull.lot])
    else:
        zero = start_of(case, state, pull.test)
        if zero is None:
            return None
        start, drift = zero, slope(list(lots.values()), harm(case, state, pull.test)).value
    value = start + drift * pull.months
    spread = math.hypot(test.between, test.within)
    one = spread * abs(value) if test.method.law == "relative" else test.shown.shown(spread) - test.shown.shown(0.0)
    return value, REACH * math.sqrt(2.0) * one


def rule_for(case: Case, state: State, pull: Pull) -> str:
    """``stability_trend`` or nothing: what a pull within its limits asks for."""
    at = Due(pull.ready, pull.lot, pull.condition, pull.months, pull.test)
    known = expected(case, state, at)
    if known is None:
        return ""
    value, reach = known
    return "stability_trend" if abs(case.book.tests[pull.test].shown.shown(pull.value) - value) > reach else ""


def points_of(case: Case, state: State, test: str, condition: str) -> Points:
    """This lot's own course so far: its results at release and its pulls."""
    own = [(0.0, value) for value, _doubted in standing(case, state, test)]
    shown = case.book.tests[test].shown
    return own + [(p.months, shown.shown(p.value)) for p in state.pulls
                  if not p.lot and (p.condition, p.test) == (condition, test) and not p.invalidated]
