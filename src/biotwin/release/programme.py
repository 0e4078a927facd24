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
from biotwin.release.oos import answered, closed, opened
from biotwin.release.regression import line
from biotwin.release.stability import ageing, allowed, rule_for
from biotwin.release.state import RETEST, Case, Due, Oos, Pull, State, Trend

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
    """A pull comes back, or is determined once more, and opens what it must."""
    test = case.book.tests[due.test]
    found = determine(test, true_of(case, due), draw(case.seed, pulled_at(case, due), due.series, due.ordinal))
    pull = Pull(due.lot, due.condition, due.months, due.test, due.ready, test.value(found.ticks), found.below,
                test.inside(found.ticks), due.purpose, due.oos, due.ordinal, due.series)
    rule = rule_for(case, state, pull) if pull.inside and due.purpose != RETEST else ""
    cost = 0.0 if due.lot or due.oos else test.method.cost
    state = replace(state, pulls=(*state.pulls, pull), cost=state.cost + cost,
                    again_asked=tuple(one for one in state.again_asked if one != due))
    detail: dict[str, float | str | bool] = {"lot": due.lot, "condition": due.condition, "months": due.months}
    told = (Fact(state.time, "pull_ready", due.test, pull.value, {**detail, "inside": pull.inside}),)
    state, more = _consequence(state, pull, rule)
    return state, told + more


def _consequence(state: State, pull: Pull, rule: str) -> Done:
    """Retests belong to their investigation; any other pull out of its limits opens one."""
    asked = state.oos(pull.oos) if pull.oos else None
    place = len(state.pulls) - 1
    if taken := answered(state, asked, pull.purpose, place):
        return taken, ()
    facts: tuple[Fact, ...] = ()
    if asked is not None:
        state, facts = closed(state, asked, "laboratory_error")
    if not pull.inside:
        state, more = opened(state, pull.test, pull.value, pull=place)
    else:
        state, more = _trend(state, pull, rule) if rule else (state, ())
    return state, facts + more


def _trend(state: State, pull: Pull, rule: str) -> Done:
    trend = Trend(f"trend-{len(state.trends) + 1}", -1, pull.test, rule, state.time, lot=pull.lot)
    detail: dict[str, float | str | bool] = {"lot": pull.lot, "condition": pull.condition, "months": pull.months,
                                             "test": pull.test, "rule": rule}
    return state.put(trend), (Fact(state.time, "trend_opened", trend.name, pull.value, detail),)


def limit_left(state: State, oos: Oos) -> Done:
    """A pull stays out of its limits: what follows for the shelf life must be decided."""
    return _trend(state, state.pulls[oos.pull], "stability_limit")


def pulled_at(case: Case, pull: Pull | Due) -> str:
    """The address of its chance."""
    return f"{case.file.lot}/{STUDY}/{pull.lot}/{pull.condition}/{pull.months}/{pull.test}"


def pulled_again(case: Case, state: State, oos: Oos, purpose: str, number: int) -> Done:
    """So many determinations more of what was pulled, in a series of their own."""
    pull, test = state.pulls[oos.pull], case.book.tests[oos.test]
    both: tuple[Pull | Due, ...] = (*state.pulls, *state.again_asked)
    done = [p for p in both if pulled_at(case, p) == pulled_at(case, pull)]
    ordinal, series = max(p.ordinal for p in done), 1 + max(p.series for p in done)
    ready = state.time + test.delay
    asked = tuple(Due(ready, pull.lot, pull.condition, pull.months, oos.test, purpose, oos.name, ordinal + k, series)
                  for k in range(1, number + 1))
    state = replace(state, again_asked=state.again_asked + asked, cost=state.cost + number * test.method.cost)
    detail: dict[str, float | str | bool] = {"purpose": purpose, "ready": ready, "oos": oos.name}
    return state, (Fact(state.time, "requested", oos.test, float(number), detail),)


def true_of(case: Case, pull: Pull | Due) -> float:
    """What is true of the vials that were pulled, SI."""
    test = case.book.tests[pull.test]
    return _former(case, pull, test) if pull.lot else aged(case, test, pull.condition, pull.months)


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


def _former(case: Case, pull: Pull | Due, test: SpecifiedTest) -> float:
    """What is true of a former lot: the line that it has followed; or its vials have gone wrong since."""
    ongoing = case.book.stability.ongoing
    start, drift = line(case.book.stability.course(pull.lot, "long_term", pull.test))
    luck = float(uniform(stream_key(case.seed, f"{case.file.lot}/{STUDY}/{pull.lot}"), 0))
    wrong = ongoing.adds.get(pull.test, 0.0) if luck < ongoing.chance else 0.0
    return (test.shown.si(start + drift * pull.months + wrong) - test.offset) / test.method.bias
