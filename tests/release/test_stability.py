"""The stability programme: lines against an independent library, what shortens a shelf life, what must be decided."""

from __future__ import annotations

import math
from dataclasses import replace as changed
from functools import lru_cache

import pytest
from msgspec.structs import replace
from scipy import special, stats

from biotwin.release import advance, begin, missing, next_time, overview, reveal, routine, unattended
from biotwin.release import inputs as i
from biotwin.release.assay import draw, mistake_made
from biotwin.release.programme import aged, pulled_at, true_of
from biotwin.release.quality import true_causes
from biotwin.release.regression import beta_share, different, line, slope, student
from biotwin.release.reveal import conforms
from biotwin.release.stability import (
    MONTH,
    ageing,
    allowed,
    awaited,
    courses,
    covered,
    due,
    expected,
    harm,
    points_of,
    start_of,
    trended,
)
from biotwin.release.state import Due, Oos, Result
from tests.release.lots import DAY, PRODUCT, ask, book, case, lot, refusal, with_product

HMW = "product.sec_hmw"
MOISTURE = "product.moisture"
RETESTS = book().tests[MOISTURE].line.retest.least
WRONG = 10
"""A seed under which the vials of the former lot have gone wrong."""


def put_up(of=None, until=45 * DAY):
    of = case() if of is None else of
    return of, routine(of, until).state


def test_distributions_are_those_of_an_independent_library():
    for a, b, x in ((0.5, 0.5, 0.3), (12.0, 2.0, 0.9), (3.5, 40.0, 0.02), (26.0, 0.5, 0.97)):
        assert beta_share(a, b, x) == pytest.approx(special.betainc(a, b, x), rel=1e-10)
    for freedom in (1, 2, 5, 26, 200):
        assert student(0.95, freedom) == pytest.approx(stats.t.ppf(0.95, freedom), rel=1e-9)
    assert different(3.0, 4, 20.0, 26) == pytest.approx(stats.f.sf((3.0 / 4) / (20.0 / 26), 4, 26), rel=1e-9)


def test_lines_are_those_of_an_independent_library():
    points = [(0.0, 0.7), (3.0, 0.75), (6.0, 0.72), (12.0, 0.91), (24.0, 1.02)]
    found = stats.linregress(*zip(*points, strict=True))
    assert line(points) == pytest.approx((found.intercept, found.slope))
    one = slope([points], 1)
    assert (one.value, one.error) == pytest.approx((found.slope, found.stderr))


def test_slopes_are_pooled_unless_they_differ():
    flat = [(m, 0.7 + 0.01 * m + 0.01 * (-1) ** n) for n, m in enumerate((0, 6, 12, 18, 24))]
    like = [(m, y + 0.3) for m, y in flat]
    steep = [(m, 0.7 + 0.05 * m + 0.01 * (-1) ** n) for n, m in enumerate((0, 6, 12, 18, 24))]
    both = slope([flat, like], 1)
    assert both.pooled
    assert both.value == pytest.approx(line(flat)[1])
    apart = slope([flat, steep], 1)
    assert not apart.pooled
    assert apart.value == pytest.approx(line(steep)[1]), "the worst lot stands for all"
    assert slope([flat, steep], -1).value == pytest.approx(line(flat)[1])


def test_a_lot_that_is_not_on_stability_or_has_no_shelf_life_is_not_certified():
    of, state = put_up()
    assert [m.code for m in missing(of, replace(state, study=-1)) if m.subject == "stability"] == ["not_on_stability"]
    assert [m.code for m in missing(of, state) if m.subject == "stability"] == ["shelf_life_missing"]
    assert refusal(ask(of, begin(), i.PutUp())[1]) == "not_sampled"
    assert refusal(ask(of, state, i.PutUp())[1]) == "put_up_already"
    assert refusal(ask(of, replace(state, study=-1), i.GrantShelfLife(6))[1]) == "not_put_up"
    assert refusal(ask(case(lot(scope=("bulk",))), begin(30 * DAY), i.PutUp())[1]) == "out_of_scope"


def test_the_shelf_life_is_no_longer_than_the_data():
    of = case()
    flown = unattended(of, routine(of, 20 * DAY).state)
    assert flown.state.disposition.outcome == "certified"
    assert flown.state.shelf_life == allowed(of, flown.state) > 0
    open_again = replace(flown.state, disposition=begin().disposition, shelf_life=0)
    most = allowed(of, open_again)
    assert refusal(ask(of, open_again, i.GrantShelfLife(most + 1))[1]) == "shelf_life_too_long"
    assert ask(of, open_again, i.GrantShelfLife(most))[0].shelf_life == most
    longer = replace(open_again, shelf_life=60)
    assert "shelf_life_beyond" in [m.code for m in missing(of, longer)]


def test_a_lot_that_begins_near_its_limit_is_granted_less():
    def months(hmw):
        of = case(with_product(PRODUCT._replace(hmw=hmw * (PRODUCT.monomer + PRODUCT.lmw) / (1.0 - hmw))))
        state = routine(of, 60 * DAY).state
        return {one.test: one.allowed for one in trended(of, state)}[HMW]

    assert months(0.007) == 36
    assert 0 < months(0.030) < 36


def measured(number, value, purpose="release", **more):
    """A result of HMW, in per cent."""
    test = book().tests[HMW]
    return Result(number, HMW, number, 1, purpose, 0, 0, test.shown.si(value), "", value <= 3.0, **more)


def concluded(conclusion="", **more):
    return Oos("oos-1", 1, HMW, 0, status="closed" if conclusion else "checked", conclusion=conclusion, **more)


THREE = (measured(1, 2.9), measured(2, 2.6, "retest"), measured(3, 2.2, "retest"))


@pytest.mark.parametrize(("results", "found", "start"), [
    ((measured(1, 2.9),), (), 2.9),
    ((measured(1, 3.4), *THREE[1:]), (concluded(),), 3.4),
    ((measured(1, 3.4), *THREE[1:]), (concluded("confirmed"),), 3.4),
    ((measured(1, 3.4), *THREE[1:]), (concluded("unconfirmed"),), 2.6),
    ((measured(1, 3.4, invalidated=True), measured(2, 2.2, "repeat")), (concluded("laboratory_error"),), 2.2),
    ((measured(1, 3.4, superseded=True), measured(2, 1.1)), (concluded("confirmed", superseded=True),), 1.1)])
def test_the_shelf_life_begins_at_the_worst_result_that_stands(results, found, start):
    """Not at the last to come back: that would be testing until one suits."""
    state = replace(begin(), results=results, investigations=found)
    assert start_of(case(), state, HMW) == pytest.approx(start)
    shown = [value for _months, value in points_of(case(), state, HMW, "long_term")]
    standing = [book().tests[HMW].shown.shown(r.value) for r in results if not r.invalidated and not r.superseded]
    assert shown == pytest.approx(standing), "every single result stays in the line"
    assert start_of(case(), begin(), HMW) is None


def test_a_pull_of_this_lot_is_expected_where_the_worst_slope_leads():
    """Of what falls the worst is the lot that falls most."""
    falling = next(slug for slug in book().stability.attributes if harm(case(), begin(), slug) < 0)
    flat, steep = ({"months": [0.0, 6.0, 12.0, 18.0], falling: [100.0, 100.1 - d * 6, 99.9 - d * 12, 100.0 - d * 18]}
                   for d in (0.0, 1.0))
    lots = {name: {"long_term": course} for name, course in (("a", flat), ("b", steep))}
    of = changed(case(), book=changed(book(), stability=replace(book().stability, lots=lots)))
    test = book().tests[falling]
    state = replace(begin(), results=(replace(measured(1, 0.0), test=falling, value=test.shown.si(100.0)),))
    value, _reach = expected(of, state, Due(0, "", "long_term", 12.0, falling))
    assert value == pytest.approx(100.0 + 12.0 * line(list(zip(steep["months"], steep[falling], strict=True)))[1])
    assert value < 90.0


def test_what_was_never_followed_so_long_is_not_granted():
    of, state = put_up(until=60 * DAY)
    assert covered(of, state) == 36
    short = {name: {c: {k: row[:5] for k, row in rows.items()} for c, rows in kept.items()}
             for name, kept in of.book.stability.lots.items()}
    brief = changed(of, book=changed(of.book, stability=replace(of.book.stability, lots=short)))
    assert covered(brief, state) == 12
    assert allowed(brief, state) <= 12, "accelerated data support a shelf life and never lengthen it"


def test_water_and_warmth_age_a_lot():
    slow, warm = ageing(book(), HMW, 278.15, 0.0), ageing(book(), HMW, 298.15, 0.0)
    assert warm / slow == pytest.approx(math.exp(85e3 / 8.314 * (1 / 278.15 - 1 / 298.15)))
    assert ageing(book(), HMW, 278.15, 1.0) > 2.0 * slow
    dry, wet = case(), case(with_product(PRODUCT._replace(volume=PRODUCT.volume * 2.0)))
    assert aged(wet, book().tests[HMW], "long_term", 24.0) > aged(dry, book().tests[HMW], "long_term", 24.0)


def test_pulls_come_back_when_they_must_and_the_later_ones_are_not_waited_for():
    of, state = put_up(until=20 * DAY)
    first = min(one.ready for one in due(of, state) if not one.lot)
    assert first == 20 * DAY + round(0.5 * MONTH) + of.book.tests["product.moisture"].delay
    assert {one.condition for one in awaited(of, state)} == {"accelerated", "long_term"}
    state, _ = advance(of, state, 20 * DAY + of.book.awaited)
    assert {(p.lot, p.months) for p in state.pulls} <= {("", 0.5), ("s-24", 24.0)}
    assert awaited(of, state) == []
    done = advance(of, state, 60 * DAY)[0]
    assert next_time(of, done) is None, "three months are nothing to wait for"
    years = advance(of, done, 20 * DAY + round(37 * MONTH))[0]
    assert (36.0, "long_term") in {(p.months, p.condition) for p in years.pulls}
    assert due(of, years) == []


def test_a_former_lot_out_of_its_limits_is_a_decision_and_shortens_the_shelf_life():
    of, state = put_up(case(seed=WRONG), 60 * DAY)
    assert not [t for t in state.trends if t.rule == "stability_limit"], "first the laboratory is looked into"
    assert "stability_open" in [m.code for m in missing(of, state)]
    state = confirmed(of, state)
    (failed,) = [t for t in state.trends if t.rule == "stability_limit"]
    assert (failed.lot, failed.test) == ("s-24", MOISTURE)
    assert ("trend_open", failed.name) in [(m.code, m.subject) for m in missing(of, state)]
    assert refusal(ask(of, state, i.AssessTrend(failed.name, "watch"))[1]) == "limit_is_no_trend"
    answered = ask(of, state, i.AssessTrend(failed.name, "shorten"))[0]
    assert [t.conclusion for t in answered.trends if t.name == failed.name] == ["shorten"]
    assert allowed(of, state) < 24
    assert courses(of, state, MOISTURE)["s-24"][-1][0] == 24.0
    (answer,) = [o for o in state.observations if o.kind == "stability_confirmed"]
    assert not book().quality.rules[answer.rule].accept, "a lot on the market asks for a deviation"
    assert true_causes(of, (answer.unit,)) == {"closure"}
    flown = unattended(of, state).state
    assert flown.disposition.outcome == "certified"
    assert [d.grade for d in flown.deviations if answer.name in d.observations] == ["critical"]
    assert flown.shelf_life < 24


def test_no_pull_is_tested_into_compliance():
    of, state = put_up(case(seed=WRONG), 60 * DAY)
    (oos,) = [o for o in state.investigations if o.pull >= 0]
    assert refusal(ask(of, state, i.ConcludeOos(oos.name, "confirmed"))[1]) == "laboratory_check_first"
    assert refusal(ask(of, state, i.ReportMean(oos.name))[1]) == "averaging_hides"
    assert refusal(ask(of, state, i.Request(MOISTURE))[1]) == "repeat_without_cause"
    state = checked(of, state)
    assert refusal(ask(of, state, i.Invalidate(oos.name))[1]) == "no_assignable_cause"
    assert refusal(ask(of, state, i.Resample(oos.name, "sampling_defect"))[1]) == "no_record_of_it"
    assert refusal(ask(of, state, i.Resample(oos.name, "patients_wait"))[1]) == "justification_not_accepted"
    assert refusal(ask(of, state, i.ConcludeOos(oos.name, "unconfirmed"))[1]) == "retest_first"
    state = ask(of, state, i.PlanRetest(oos.name, RETESTS))[0]
    assert next_time(of, state) == state.time + book().tests[MOISTURE].delay
    state = advance(of, state, state.time + 30 * DAY)[0]
    assert refusal(ask(of, state, i.PlanRetest(oos.name, RETESTS))[1]) == "retest_planned_already"
    assert refusal(ask(of, state, i.ConcludeOos(oos.name, "unconfirmed"))[1]) == "retest_outside"
    again = [state.found(state.oos(oos.name), n) for n in state.oos(oos.name).retests]
    assert len({p.value for p in (state.began(oos), *again)}) > 1, "each determination has its own error"
    assert all(p.months == 24.0 and p.purpose == "retest" for p in again)


def test_a_pull_out_of_its_limits_by_a_mistake_that_phase_one_finds_shortens_nothing():
    of, state = put_up(mistaken(found=True), 60 * DAY)
    provisional = allowed(of, state)
    state = checked(of, state)
    (oos,) = [o for o in state.investigations if o.pull >= 0]
    assert oos.assignable
    assert refusal(ask(of, state, i.PlanRetest(oos.name, RETESTS))[1]) == "cause_known"
    state = ask(of, state, i.Invalidate(oos.name))[0]
    state = advance(of, state, state.time + 30 * DAY)[0]
    assert state.oos(oos.name).conclusion == "laboratory_error"
    assert state.began(oos).invalidated
    assert state.trends == () or all(t.rule != "stability_limit" for t in state.trends)
    assert [x for x, _ in courses(of, state, oos.test)["s-24"]].count(24.0) == 1, "the repeat stands in its place"
    assert allowed(of, state) > provisional
    (seen,) = reveal(of, state).pulls
    assert (seen.mistake, seen.conforms) == (oos.assignable, True)


def test_a_pull_that_phase_two_does_not_confirm_stays_in_the_line():
    of, state = put_up(mistaken(found=False), 60 * DAY)
    state = checked(of, state)
    (oos,) = [o for o in state.investigations if o.pull >= 0]
    assert not oos.assignable
    state = advance(of, ask(of, state, i.PlanRetest(oos.name, RETESTS))[0], state.time + 30 * DAY)[0]
    provisional = allowed(of, state)
    state = ask(of, state, i.ConcludeOos(oos.name, "unconfirmed"))[0]
    assert [x for x, _ in courses(of, state, oos.test)["s-24"]].count(24.0) == 1 + RETESTS, "every result counts"
    assert allowed(of, state) >= provisional
    assert [o.kind for o in state.observations if o.subject == oos.test] == ["stability_unconfirmed"]
    assert all(t.rule != "stability_limit" for t in state.trends)
    assert unattended(of, state).state.disposition.outcome == "certified"
    (seen,) = reveal(of, state).pulls
    assert seen.mistake
    assert seen.conforms


def checked(of, state):
    """After phase I of the pull's investigation."""
    (oos,) = [o for o in state.investigations if o.pull >= 0]
    state = ask(of, state, i.CheckLaboratory(oos.name))[0]
    return advance(of, state, state.time + 2 * DAY)[0]


def confirmed(of, state):
    (oos,) = [o for o in state.investigations if o.pull >= 0]
    state = ask(of, checked(of, state), i.PlanRetest(oos.name, RETESTS))[0]
    state = advance(of, state, state.time + 30 * DAY)[0]
    return ask(of, state, i.ConcludeOos(oos.name, "confirmed"))[0]


@lru_cache(maxsize=2)
def mistaken(found):
    """A sound lot whose former lot's pull is out of limits by a mistake, which phase I finds or does not."""
    pull = Due(0, "s-24", "long_term", 24.0, MOISTURE)
    test = book().tests[MOISTURE]
    for seed in range(60_000):
        of = case(seed=seed)
        made = mistake_made(test, draw(seed, pulled_at(of, pull), 1, 1).mistake)
        if not made or not conforms(test, true_of(of, pull)):
            continue
        state = put_up(of, 60 * DAY)[1]
        if len([o for o in state.investigations if o.pull >= 0]) != 1:
            continue
        (oos,) = [o for o in checked(of, state).investigations if o.pull >= 0]
        if bool(oos.assignable) == found and oos.test == MOISTURE:
            return of
    raise AssertionError("no such seed")


def test_the_desk_sees_the_courses_and_the_debrief_what_later_pulls_will_show():
    of = case()
    state = unattended(of, routine(of, 20 * DAY).state).state
    study = overview(of, state, "fr").study
    assert study.granted == state.shelf_life
    assert [a.test for a in study.attributes] == list(book().stability.attributes)
    assert all(len(a.former) == 5 and a.own[0][0] == 0.0 for a in study.attributes)
    later = {one.test: one for one in reveal(of, state).later}
    assert later[HMW].months == state.shelf_life
    assert later[HMW].conforms
    assert later[HMW].truth > 0.7
    wet = case(with_product(PRODUCT._replace(volume=PRODUCT.volume * 6.0)))
    over = reveal(wet, replace(routine(wet, 40 * DAY).state, shelf_life=36)).later
    assert not all(one.conforms for one in over), "what nobody waited to see"
