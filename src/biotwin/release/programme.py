"""This lot in the stability programme: samples put up, pulls that come back, the shelf life granted.

A pull is measured like any test, with its method's error and mistakes, on a sample that has aged by the law of
``stability.ageing``; most pulls of this lot come back long after its last patient.
"""

from __future__ import annotations

from msgspec.structs import replace

from biotwin.randomness import stream_key, uniform
from biotwin.release import inputs as i
from biotwin.release.assay import determine, draw, true_value
from biotwin.release.book import Book, SpecifiedTest
from biotwin.release.facts import Fact, refused
from biotwin.release.lot import Sample
from biotwin.release.regression import line
from biotwin.release.stability import Due, ageing, allowed, courses, rule_for
from biotwin.release.state import Case, Pull, State, Trend

Done = tuple[State, tuple[Fact, ...]]
STUDY = "stability"


def applies(case: Case) -> bool:
    """Whether this lot belongs into the programme."""
    return bool(case.book.stability.attributes) and case.book.stability.stage in case.stages


def put_up(case: Case, state: State, item: i.PutUp) -> Done:
    sample = case.file.samples.get(case.book.stability.stage)
    reason = ("out_of_scope" if not applies(case) else "put_up_already" if state.study >= 0
              else "not_sampled" if sample is None or sample.taken > state.time else "")
    if reason:
        return state, (refused(state.time, STUDY, reason),)
    return replace(state, study=state.time), (Fact(state.time, "study_begun", STUDY),)


def grant(case: Case, state: State, item: i.GrantShelfLife) -> Done:
    """Never longer than the data on paper allow."""
    if state.study < 0:
        return state, (refused(state.time, STUDY, "not_put_up"),)
    most = allowed(case, state)
    if item.months > most:
        return state, (refused(state.time, STUDY, "shelf_life_too_long", most=most),)
    state = replace(state, shelf_life=item.months)
    return state, (Fact(state.time, "shelf_life_granted", STUDY, float(item.months)),)


def arrive(case: Case, state: State, due: Due) -> Done:
    """A pull comes back, and opens what it must."""
    test = case.book.tests[due.test]
    truth = _former(case, state, due, test) if due.lot else aged(case, test, due.condition, due.months)
    address = f"{case.file.lot}/{STUDY}/{due.lot}/{due.condition}/{due.months}/{due.test}"
    found = determine(test, truth, draw(case.seed, address, 1, 1))
    pull = Pull(due.lot, due.condition, due.months, due.test, due.ready, test.value(found.ticks), found.below,
                test.inside(found.ticks))
    rule = rule_for(case, state, pull)
    cost = 0.0 if due.lot else test.method.cost
    state = replace(state, pulls=(*state.pulls, pull), cost=state.cost + cost)
    detail: dict[str, float | str | bool] = {"lot": due.lot, "condition": due.condition, "months": due.months}
    facts = (Fact(state.time, "pull_ready", due.test, pull.value, detail),)
    if not rule:
        return state, facts
    trend = Trend(f"trend-{len(state.trends) + 1}", -1, due.test, rule, state.time, lot=due.lot)
    more = {"test": due.test, "rule": rule}
    return state.put(trend), (*facts, Fact(state.time, "trend_opened", trend.name, pull.value, {**detail, **more}))


def aged(case: Case, test: SpecifiedTest, condition: str, months: float) -> float:
    """What is true of this lot after so long in this condition, SI."""
    book = case.book
    sample = case.file.samples[book.stability.stage]
    rate = ageing(book, test.slug, book.temperatures[condition], _wetter(book, sample))
    return test.shown.si(test.shown.shown(true_value(test, sample, book.water)) + rate * months)


def _wetter(book: Book, sample: Sample) -> float:
    """Per cent of water that a cake has beyond that of the rates; 0 for a solution."""
    dry = book.stability.water
    if dry is None:
        return 0.0
    moisture = book.tests[dry.test]
    return moisture.shown.shown(true_value(moisture, sample, 0.0)) - dry.of


def _former(case: Case, state: State, due: Due, test: SpecifiedTest) -> float:
    """What is true of a former lot: the line that it has followed; or its vials have gone wrong since."""
    ongoing = case.book.stability.ongoing
    start, drift = line(courses(case, state, due.test)[due.lot])
    luck = float(uniform(stream_key(case.seed, f"{case.file.lot}/{STUDY}/{due.lot}"), 0))
    wrong = ongoing.adds.get(due.test, 0.0) if luck < ongoing.chance else 0.0
    return (test.shown.si(start + drift * due.months + wrong) - test.offset) / test.method.bias
