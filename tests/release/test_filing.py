"""The lot's file is made of its units: what they measured, what was wrong in them, what they reported."""

from __future__ import annotations

import statistics
from fnmatch import fnmatchcase
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from biotwin.release import Malfunction, Passage, Record, filed, records_of, results_owed, routine, unattended
from biotwin.release.disposition import integrity
from tests.content.garden import CONTENT, plant
from tests.release.lots import BULK, DAY, HOLD, PRODUCT, SUBSTANCE, book, case
from tests.release.test_quality import Told

FLOW = "fdp/fl501/integrity.gas_flow"
GOOD, BAD = 10.0e-6 / 60.0, 20.0e-6 / 60.0
"""10 and 20 mL/min: below and above the limit of forward flow."""


class Owed(NamedTuple):
    analyser: str
    analyte: str
    taken: int
    ready: int
    value: float


HOLDS, TORN = "All gloves hold the pressure.", "Glove 3 leaks."
MINUTE = 60_000


def gloves(time, words=HOLDS):
    return Told(time, "field_report", "fdp/fl501/isolator", 0.0, {"verb": "test_gloves", "en": words, "fr": "essai"})


def filling(*results, start=15 * DAY, tested=None, **more):
    """A filling session: results of the integrity tester as (taken, value); filtration begins at 100, filling at 1000,
    reconciliation at 8000.
    """
    told = [Told(time, "phase_started", f"fdp/fl501/{phase}")
            for time, phase in ((100, "filter"), (1000, "fill"), (8000, "reconcile"))]
    told += [*((gloves(8500),) if tested is None else tested), Told(9000, "lot_ended", "")]
    told += [Told(taken + 15, "result_ready", FLOW, value, {"taken": taken, "quality": 0}) for taken, value in results]
    records, wrong = records_of(told, "filling", start)
    fields = {"reports": {"settle_plates": 0.0, "air_sampler": 0.0}, "malfunctions": wrong}
    return Passage("filling", start, start + 9000, PRODUCT, records=records, **(fields | more))


def virus_filtration(*phases, alarms=()):
    """A virus filtration as phases (minute, name) and moments of the integrity alarm; the ordinary one without."""
    flown = phases or ((0, "filter"), (200, "pressurise"), (203, "integrity"), (218, "end_of_lot"))
    told = [Told(m * MINUTE, "phase_started", f"dsp/vf401/{phase}") for m, phase in flown]
    told += [Told(m * MINUTE, "alarm_raised", "dsp/vf401/pt403_high", 4e3) for m in alarms]
    told += [Told((m + 1) * MINUTE, "alarm_returned", "dsp/vf401/pt403_high") for m in alarms]
    records, wrong = records_of(told, "virus_filtration", 6 * DAY)
    return Passage("virus_filtration", 6 * DAY, 6 * DAY + (flown[-1][0] + 1) * MINUTE, BULK, records=records,
                   malfunctions=wrong)


def leak_test(words="Less than 0.02 mbar·L/s: the chamber is tight.", time=16 * DAY):
    return Record(time, "freeze_drying", "field_report", "fdp/fd301/leak_test",
                  detail={"verb": "run", "en": words, "fr": "essai"})


def line(last=None, **changes):
    """A lot through the whole line."""
    fill = filling((50, GOOD), (200, GOOD)) if last is None else last
    passages = [
        Passage("bioreactor", 0, 2 * DAY, BULK, sampled_as="bulk"),
        Passage("capture", 3 * DAY, 3 * DAY, BULK),
        Passage("inactivation", 4 * DAY, 4 * DAY, BULK, records=tuple(replace(r, time=r.time + 4 * DAY) for r in HOLD)),
        Passage("polishing", 5 * DAY, 5 * DAY, BULK), virus_filtration(),
        Passage("ultrafiltration", 7 * DAY, 8 * DAY, SUBSTANCE, reports={"ph": 6.02}, sampled_as="substance"),
        fill,
        Passage("freeze_drying", 16 * DAY, 20 * DAY, PRODUCT, sampled_as="product",
                reports={"leaking": 0.0, "flawed": 0.0}, records=(leak_test(),)),
    ]
    return filed(book(), "lot-9", changes.pop("seed", 1), [changes.get(p.unit, p) for p in passages])


def outcomes(file):
    return {t.test: t.passed for t in file.integrity}


def test_a_lot_through_the_line_is_complete_and_certified():
    file = line()
    assert set(file.samples) == {"bulk", "substance", "product"}
    assert file.samples["substance"].states == {"ph": 6.02}
    assert file.samples["product"].states == {"ph": 6.02, "leaking": 0.0, "defective_cakes": 0.0}
    assert file.samples["product"].material == PRODUCT
    assert outcomes(file) == dict.fromkeys(book().specification.integrity, True)
    assert [e.count for e in file.environment] == [0.0, 0.0]
    assert unattended(case(file)).state.disposition.outcome == "certified"


@pytest.mark.parametrize(("results", "expected"), [
    ((), {}), (((50, GOOD),), {"sterile_filter_pre_use": True}), (((200, GOOD),), {"sterile_filter_post_use": True}),
    (((50, BAD), (80, GOOD), (200, BAD)), {"sterile_filter_pre_use": True, "sterile_filter_post_use": False}),
    (((50, GOOD), (200, BAD), (300, GOOD)), {"sterile_filter_pre_use": True, "sterile_filter_post_use": True})])
def test_the_filters_tests_are_those_that_the_crew_did(results, expected):
    found = outcomes(line(filling(*results)))
    assert {t: passed for t, passed in found.items() if t.startswith("sterile")} == expected


def test_what_the_crew_did_not_test_keeps_the_lot():
    held = unattended(case(line(filling((50, GOOD))))).state
    assert held.disposition.outcome == "quarantine"
    assert held.disposition.reason == "integrity_missing sterile_filter_post_use"


def test_a_test_says_what_was_read_and_no_malfunction_says_it_for_nobody():
    """What was wrong and not tested is not in the file: it is incomplete, and nobody knows why."""
    wrong = (Malfunction("filling", "isolator.glove_torn"),)
    unseen = line(filling((50, GOOD), (200, GOOD), malfunctions=wrong, tested=()))
    assert "isolator_gloves" not in outcomes(unseen)
    lucky = line(filling((50, GOOD), (200, GOOD), malfunctions=wrong))
    assert outcomes(lucky)["isolator_gloves"] is True, "torn after the test: no test knows"
    found = {t.test: t for t in line().integrity}
    assert found["isolator_gloves"].said == {"fr": "essai", "en": HOLDS}
    assert found["sterile_filter_post_use"].value == pytest.approx(GOOD)


@pytest.mark.parametrize(("tested", "expected"), [
    ((gloves(8500, TORN),), False), ((gloves(500, TORN), gloves(8500)), True), ((gloves(500),), None),
    ((gloves(5000, TORN), gloves(8500)), False), ((gloves(8300, TORN), gloves(8500)), False)])
def test_a_glove_found_torn_since_the_filling_began_is_not_mended_by_a_new_one(tested, expected):
    file = line(filling((50, GOOD), (200, GOOD), tested=tested))
    of = case(file)
    assert integrity(of, "isolator_gloves") is expected
    flown = unattended(of).state
    assert flown.disposition.outcome == {False: "rejected", True: "certified", None: "quarantine"}[expected]
    failed = [o for o in flown.observations if o.kind == "integrity_failed"]
    assert len(failed) == sum(told.detail["en"] == TORN for told in tested), "each failure is a deviation"


RETEST = ((220, "rewet"), (230, "reflush"), (240, "pressurise"), (243, "integrity"), (258, "end_of_lot"))
FIRST = ((0, "filter"), (200, "pressurise"), (203, "integrity"))


@pytest.mark.parametrize(("phases", "alarms", "tests", "expected"), [
    ((*FIRST, (218, "end_of_lot")), (), [True], True), ((*FIRST, (218, "end_of_lot")), (205,), [False], False),
    ((*FIRST, (207, "end_of_lot")), (), [], None), ((*FIRST, (206, "hold"), *RETEST), (205,), [False, True], True),
    ((*FIRST, (206, "hold"), *RETEST), (205, 245), [False, False], False),
    (((0, "filter"), (200, "end_of_lot")), (), [], None),
    ((*FIRST, (218, "return_bag"), (230, "filter"), (400, "end_of_lot")), (), [True], None)],
    ids=["passed", "failed", "broken_off", "wetted_again", "broken_fibre", "not_done", "filtered_again_untested"])
def test_the_virus_filters_test_is_the_one_that_was_flown(phases, alarms, tests, expected):
    file = line(virus_filtration=virus_filtration(*phases, alarms=alarms))
    assert [t.passed for t in file.integrity if t.test == "virus_filter_post_use"] == tests
    assert integrity(case(file), "virus_filter_post_use") is expected


def test_a_false_failure_by_wetting_is_a_deviation_and_no_rejection():
    file = line(virus_filtration=virus_filtration(*FIRST, (206, "hold"), *RETEST, alarms=(205,)))
    of = case(file)
    flown = unattended(of, routine(of, 20 * DAY).state).state
    assert [o.rule for o in flown.observations] == ["integrity_mended"]
    assert flown.disposition.outcome == "certified"


def test_a_dryer_that_leaked_is_tightened_and_tested_again():
    leaks = leak_test("More than 0.02 mbar·L/s: the chamber leaks.")
    for records, expected in (((), None), ((leaks,), False), ((leaks, leak_test(time=16 * DAY + 9)), True)):
        drying = Passage("freeze_drying", 16 * DAY, 20 * DAY, PRODUCT, sampled_as="product", records=records,
                         reports={"leaking": 0.0, "flawed": 0.0})
        assert integrity(case(line(freeze_drying=drying)), "freeze_dryer_leak") is expected


ONCE = ((0, "load"), (370, "leak_test"), (394, "primary"))
TWICE = (*ONCE, (500, "leak_test"), (524, "primary"))
BROKEN = (*ONCE, (500, "leak_test"), (505, "primary"))


@pytest.mark.parametrize(("phases", "alarms", "tests"), [
    (ONCE, (), [True]), (ONCE, ((395, 3000),), [False]), (TWICE, ((395, 105),), [False, True]),
    (TWICE, ((525, 9),), [True, False]), (BROKEN, (), [True]), (BROKEN, ((506, 9),), [True, False]),
    (((0, "load"), (370, "leak_test"), (380, "primary")), (), []),
])
def test_the_recipe_s_leak_tests_count_by_the_alarm_that_comes_after(phases, alarms, tests):
    told = [Told(m * MINUTE, "phase_started", f"fdp/fd301/{phase}") for m, phase in phases]
    for begins, lasts in alarms:
        told += [Told(begins * MINUTE, "alarm_raised", "fdp/fd301/ft306_high", 3.3e-3),
                 Told((begins + lasts) * MINUTE, "alarm_returned", "fdp/fd301/ft306_high")]
    records, _ = records_of(sorted(told, key=lambda one: one.time), "freeze_drying", 16 * DAY)

    def drying(*more):
        return Passage("freeze_drying", 16 * DAY, 20 * DAY, PRODUCT, sampled_as="product",
                       reports={"leaking": 0.0, "flawed": 0.0}, records=(*records, *more))

    file = line(freeze_drying=drying())
    assert [t.passed for t in file.integrity if t.test == "freeze_dryer_leak"] == tests
    assert integrity(case(file), "freeze_dryer_leak") is (tests[-1] if tests else None)
    mended = leak_test(time=17 * DAY)
    assert integrity(case(line(freeze_drying=drying(mended))), "freeze_dryer_leak") is True


def test_the_words_and_alarms_that_are_looked_for_are_those_of_the_plants():
    """A report is judged by its words: the plant's first word of the verb passes, the second fails."""
    for test, rule in book().filing.integrity.items():
        plants = [p for p in ("mab-vf-4m2", "mab-fill-isolator", "mab-lyo-10k")
                  if rule.unit == {"mab-vf-4m2": "virus_filtration", "mab-fill-isolator": "filling"}.get(
                      p, "freeze_drying")]
        unit = plant(CONTENT / "plants" / plants[0]).unit
        if rule.report:
            verb = unit.field[rule.report.strip("*")].verbs[rule.verb]
            words = [word.text.en for sight in verb.shows for word in sight.words]
            assert [fnmatchcase(text, rule.passes) for text in words] == [True, False], test
        for phase in (rule.phase, rule.before, rule.after, rule.spoils):
            assert not phase or phase in unit.phases, (test, phase)
        assert not rule.alarm or rule.alarm.strip("*") in unit.alarms
        assert not rule.subject or rule.subject.strip("*").partition(".")[0] in unit.analysers


def test_plates_of_the_crew_come_before_those_of_microbiology():
    fill = filling((50, GOOD), (200, GOOD), reports={"settle_plates": 1000.0})
    owed = results_owed([Owed("plates", "settle", 500, 5 * DAY, 0.5), Owed("plates", "settle", 600, 6 * DAY, 2.0)],
                        "filling", 15 * DAY)
    assert owed[0] == Record(20 * DAY, "filling", "result_ready", "plates.settle", 0.5,
                             detail={"taken": 15 * DAY + 500})
    sent = Passage(fill.unit, fill.begins, fill.ends, PRODUCT, fill.reports, fill.records + owed)
    assert [(e.time, e.method, e.count) for e in line(sent).environment] == [
        (20 * DAY, "settle", 0.0), (21 * DAY, "settle", 2.0)]
    assert unattended(case(line(sent))).state.disposition.outcome == "rejected", "growth in grade A"


def test_microbiology_counts_what_recovers_of_what_is_there():
    counts = []
    for seed in range(400):
        fill = filling((50, GOOD), (200, GOOD), reports={"settle_plates": 4.0})
        (plate,) = line(fill, seed=seed).environment
        assert plate.time == fill.ends + 5 * DAY
        counts.append(plate.count)
    assert statistics.fmean(counts) == pytest.approx(4.0, abs=4.0 * 2.0 / 20.0)
    assert statistics.variance(counts) == pytest.approx(4.0, rel=0.35)


def test_a_lot_that_was_never_plated_or_never_through_is_incomplete():
    assert line(filling((50, GOOD), (200, GOOD), reports={})).environment == ()
    assert outcomes(filed(book(), "x", 1, [])) == {}
