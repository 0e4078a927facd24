"""Quality assurance: the records read, each observation answered, deviations led to their end, changes kept."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from biotwin.release import EnvironmentSample, IntegrityTest, Malfunction, Record, advance, begin, missing, records_of
from biotwin.release import inputs as i
from tests.release.lots import DAY, ask, book, case, crossing, lot, refusal


class Told(NamedTuple):
    """A session's fact, as plain data."""

    time: int
    kind: str
    subject: str
    value: float = 0.0
    detail: dict = {}


def reviewed(*records, **more):
    of = case(lot(records=records, **more))
    return of, ask(of, begin(), i.ReviewRecords())[0]


def deviating(*records, **more):
    """A deviation about everything observed."""
    of, state = reviewed(*records, **more)
    names = tuple(o.name for o in state.observations)
    return of, ask(of, state, i.OpenDeviation(names, "quarantine"))[0]


def test_a_session_becomes_a_batch_record():
    facts = [Told(0, "phase_started", "hold"), Told(10, "alarm_raised", "u/ah1", 3.7),
             Told(20, "limit_crossed", "u/at1", 3.9, {"level": "critical"}),
             Told(25, "limit_crossed", "u/at1", 3.8, {"level": "action"}),
             Told(30, "malfunction_changed", "u/at1.biased", 0.5), Told(40, "limit_restored", "u/at1", 3.6,
                                                                        {"level": "critical"}),
             Told(50, "alarm_returned", "u/ah1"), Told(90, "lot_ended", "")]
    records, wrong = records_of(reversed(facts), "inactivation", start=1000, details={"u/ah1": {"priority": 1}})
    assert records == (
        Record(1000, "inactivation", "phase_started", "hold"),
        Record(1010, "inactivation", "alarm_raised", "u/ah1", 3.7, 40, {"priority": 1}),
        Record(1020, "inactivation", "limit_crossed", "u/at1", 3.9, 20, {"level": "critical"}),
        Record(1025, "inactivation", "limit_crossed", "u/at1", 3.8, 65, {"level": "action"}))
    assert wrong == (Malfunction("inactivation", "at1.biased"),)


def test_like_records_are_one_observation_and_notes_are_none():
    _of, state = reviewed(crossing(), crossing(duration=60_000), crossing(level="critical"), crossing("harvest"),
                         crossing(level="alert"), Record(4, "harvest", "alarm_raised", "x"))
    found = [(o.rule, o.unit, o.count, o.duration) for o in state.observations]
    assert found == [("acceptable_range", "inactivation", 2, 240_000), ("critical_limit", "inactivation", 1, 180_000),
                     ("acceptable_range", "harvest", 1, 180_000)]


def test_a_hold_of_the_recipe_is_on_record_and_asks_the_reviewer():
    """With how long it lasted; its mode is only noted."""
    facts = [Told(5, "recipe_mode_changed", "u/load", 1.0), Told(10, "recipe_held", "u/load", 1.0),
             Told(70, "recipe_restarted", "u/load", 1.0), Told(80, "recipe_held", "u/load", 1.0),
             Told(90, "lot_ended", "")]
    records, _wrong = records_of(facts, "capture")
    assert [(r.kind, r.time, r.duration) for r in records] == [
        ("recipe_mode_changed", 5, 0), ("recipe_held", 10, 60), ("recipe_held", 80, 10)]
    of = case(lot(records=records))
    state, _ = ask(of, advance(of, begin(), DAY)[0], i.ReviewRecords())
    assert [(o.rule, o.count, o.duration) for o in state.observations] == [("recipe_held", 2, 70)]


def test_what_an_operator_set_is_on_record_and_asks_nobody():
    told = [("mode_changed", 0.0), ("output_changed", 0.4), ("setpoint_changed", 310.0)]
    records, _wrong = records_of([Told(5, kind, "u/tic1", value) for kind, value in told], "capture")
    assert [(r.kind, r.value) for r in records] == told
    of = case(lot(records=records))
    assert ask(of, advance(of, begin(), DAY)[0], i.ReviewRecords())[0].observations == ()


def test_what_is_added_to_the_file_is_read_later():
    of, state = reviewed(crossing())
    assert refusal(ask(of, state, i.ReviewRecords())[1]) == "nothing_new_to_review"
    longer = case(lot(records=(crossing(), crossing("harvest"))))
    assert ("records_unreviewed", "records") in [(m.code, m.subject) for m in missing(longer, state)]
    state, _ = ask(longer, state, i.ReviewRecords())
    assert [o.unit for o in state.observations] == ["inactivation", "harvest"]


def test_an_observation_that_matters_is_not_waved_through():
    of, state = reviewed(crossing(), crossing(level="normal_operating_range"))
    assert refusal(ask(of, state, i.AcceptObservation("obs-1", "no time"))[1]) == "deviation_needed"
    state, _ = ask(of, state, i.AcceptObservation("obs-2", "within the validated range"))
    assert [o.status for o in state.observations] == ["open", "accepted"]
    assert refusal(ask(of, state, i.OpenDeviation(("obs-1", "obs-2"), "quarantine"))[1]) == "observation_taken"
    assert not state.deviations


def test_the_environment_is_read_against_its_limits():
    counts = tuple(EnvironmentSample(DAY, place, grade, "air", count)
                   for place, grade, count in (("l1", "a", 0), ("l2", "a", 1), ("r1", "b", 7), ("r2", "b", 12),
                                               ("w1", "c", 101), ("w2", "d", 90)))
    of = case(lot(environment=counts))
    state, _ = ask(of, begin(DAY), i.ReviewEnvironment())
    assert [(o.rule, o.subject) for o in state.observations] == [
        ("grade_a", "l2/air"), ("grade_b", "r2/air"), ("background", "w1/air")]


def test_what_is_written_tomorrow_is_read_tomorrow():
    of = case(lot(records=(crossing(), Record(DAY, "filling", "overflowed", "x"))))
    state, _ = ask(of, begin(), i.ReviewRecords())
    assert state.records_read == 1
    assert refusal(ask(of, state, i.ReviewRecords())[1]) == "nothing_new_to_review"
    assert refusal(ask(of, state, i.ReviewEnvironment())[1]) == "nothing_new_to_review"
    state, _ = ask(of, state, i.ReviewRecords(), DAY)
    assert [o.rule for o in state.observations] == ["acceptable_range", "overflow"]


def test_a_failed_integrity_test_is_observed_even_where_the_next_one_passed():
    tests = (IntegrityTest(5, "filling", "sterile_filter_post_use", False),
             IntegrityTest(9, "filling", "sterile_filter_post_use", True))
    of = case(lot(integrity=lot().integrity + tests))
    assert not reviewed(integrity=lot().integrity + tests)[1].observations, "not before they were done"
    state, _ = ask(of, begin(9), i.ReviewRecords())
    assert [(o.rule, o.subject) for o in state.observations] == [("integrity_mended", "sterile_filter_post_use")]
    never = case(lot(integrity=(*lot().integrity, tests[0])))
    assert [o.rule for o in ask(never, begin(9), i.ReviewRecords())[0].observations] == ["integrity"]


@pytest.mark.parametrize(("prepare", "reason"), [
    ((), "not_classified"),
    ((i.ClassifyDeviation("dev-1", "major", ("product_quality",)),), "cause_missing"),
    ((i.ClassifyDeviation("dev-1", "major", ("product_quality",)), i.NameCause("dev-1", "probe_drift")),
     "capa_missing")])
def test_a_deviation_is_closed_only_with_grade_cause_and_capa(prepare, reason):
    of, state = deviating(crossing())
    for item in prepare:
        state, _ = ask(of, state, item)
    after, facts = ask(of, state, i.CloseDeviation("dev-1", False))
    assert (refusal(facts), after) == (reason, state)


def test_a_minor_deviation_needs_no_capa_and_a_critical_record_is_not_minor():
    of, state = deviating(crossing(level="critical"))
    after, facts = ask(of, state, i.ClassifyDeviation("dev-1", "minor", ("none",)))
    assert (refusal(facts), after) == ("grade_too_low", state)
    of, state = deviating(crossing())
    for item in (i.ClassifyDeviation("dev-1", "minor", ("none",)), i.NameCause("dev-1", "probe_drift"),
                 i.CloseDeviation("dev-1", False)):
        state, facts = ask(of, state, item)
    assert state.deviation("dev-1").closed == 0
    for item in (i.NameCause("dev-1", "planning"), i.CloseDeviation("dev-1", False),
                 i.ClassifyDeviation("dev-1", "major", ("none",)),
                 i.PlanCapa("dev-1", ("retrain",), "quality", DAY, "audit")):
        assert refusal(ask(of, state, item)[1]) == "deviation_closed"


def test_a_capa_is_planned_for_a_cause_and_ahead():
    of, state = deviating(crossing())
    item = i.PlanCapa("dev-1", ("retrain",), "quality", DAY, "audit")
    assert refusal(ask(of, state, item)[1]) == "cause_missing"
    state, _ = ask(of, state, i.NameCause("dev-1", "planning"))
    assert refusal(ask(of, state, item, 2 * DAY)[1]) == "capa_due_past"


@pytest.mark.parametrize(("malfunction", "action", "effective"), [
    ("at201.biased", "calibrate_more_often", "effective"), ("at201.biased", "retrain", "recurred"),
    ("at201.biased", "practise_on_simulator", "recurred"), ("p202.stuck", "maintenance", "effective"),
    (None, "practise_on_simulator", "effective"), (None, "calibrate_more_often", "recurred")])
def test_a_capa_works_where_it_addresses_what_was_really_wrong(malfunction, action, effective):
    wrong = () if malfunction is None else (Malfunction("inactivation", malfunction),)
    of, state = deviating(crossing(), malfunctions=wrong)
    for item in (i.ClassifyDeviation("dev-1", "major", ("product_quality",)), i.NameCause("dev-1", "probe_drift"),
                 i.PlanCapa("dev-1", (action,), "quality", 10 * DAY, "audit"), i.CloseDeviation("dev-1", False)):
        state, _ = ask(of, state, item)
    state, facts = advance(of, state, 40 * DAY - 1)
    assert not facts
    state, facts = advance(of, state, 40 * DAY)
    assert [f.kind for f in facts] == ["effectiveness_known"]
    assert state.deviation("dev-1").effective == effective
    assert advance(of, state, 400 * DAY)[1] == ()


def test_a_change_is_opened_and_closed_once():
    of = case()
    state, _ = ask(of, begin(), i.OpenChange("second pH probe votes", "drift was seen late"))
    assert ("change_open", "chg-1") in [(m.code, m.subject) for m in missing(of, state)]
    state, _ = ask(of, state, i.CloseChange("chg-1", True))
    assert state.changes[0].status == "approved"
    assert refusal(ask(of, state, i.CloseChange("chg-1", False))[1]) == "change_closed"


def test_every_cause_has_an_action_and_every_expert_answer_is_allowed():
    quality = book().quality
    addressed = {cause for action in quality.actions.values() for cause in action.addresses}
    assert set(quality.causes) == addressed
    grades = ("minor", "major", "critical")
    for slug, rule in quality.rules.items():
        assert grades.index(rule.least) <= grades.index(rule.grade), slug
        assert not (rule.accept and (rule.affects or rule.grade != "minor")), slug


def test_a_capa_that_did_not_work_opens_the_deviation_again():
    of, state = deviating(crossing(), malfunctions=(Malfunction("inactivation", "at201.biased"),))
    for item in (i.ClassifyDeviation("dev-1", "major", ("product_quality",)), i.NameCause("dev-1", "planning"),
                 i.PlanCapa("dev-1", ("plan_capacity",), "quality", 10 * DAY, "audit"),
                 i.CloseDeviation("dev-1", False)):
        state, _ = ask(of, state, item)
    state, _ = advance(of, state, 50 * DAY)
    assert ("deviation_open", "dev-1") in [(m.code, m.subject) for m in missing(of, state)]
    assert refusal(ask(of, state, i.CloseDeviation("dev-1", False))[1]) == "capa_did_not_work"
    for item in (i.NameCause("dev-1", "probe_drift"),
                 i.PlanCapa("dev-1", ("calibrate_more_often",), "maintenance", 60 * DAY, "audit"),
                 i.CloseDeviation("dev-1", False)):
        state, facts = ask(of, state, item)
    assert refusal(facts) == ""
    assert advance(of, state, 400 * DAY)[0].deviation("dev-1").effective == "effective"


def test_an_action_that_changes_what_is_validated_goes_by_change_control():
    of, state = deviating(crossing())
    for item in (i.ClassifyDeviation("dev-1", "major", ("product_quality",)), i.NameCause("dev-1", "control_failure"),
                 i.PlanCapa("dev-1", ("change_control_strategy",), "production", DAY, "audit")):
        state, _ = ask(of, state, item)
    assert refusal(ask(of, state, i.CloseDeviation("dev-1", False))[1]) == "change_needed"
    state, _ = ask(of, state, i.OpenChange("tuning of the pH loop", "it swung", "dev-1"))
    state, facts = ask(of, state, i.CloseDeviation("dev-1", False))
    assert refusal(facts) == ""
    assert ("change_open", "chg-1") in [(m.code, m.subject) for m in missing(of, state)]
