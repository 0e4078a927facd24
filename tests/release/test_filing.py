"""The lot's file is made of its units: what they measured, what was wrong in them, what they reported."""

from __future__ import annotations

import statistics
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from biotwin.release import Malfunction, Passage, Record, filed, records_of, results_owed, unattended
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


def filling(*results, start=15 * DAY, **more):
    """A filling session: results of the integrity tester as (taken, value); filtration begins at 100."""
    told = [Told(100, "phase_started", "fdp/fl501/filter"), Told(9000, "lot_ended", "")]
    told += [Told(taken + 15, "result_ready", FLOW, value, {"taken": taken, "quality": 0}) for taken, value in results]
    records, wrong = records_of(told, "filling", start)
    fields = {"reports": {"settle_plates": 0.0, "air_sampler": 0.0}, "malfunctions": wrong}
    return Passage("filling", start, start + 9000, PRODUCT, records=records, **(fields | more))


def line(last=None, **changes):
    """A lot through the whole line."""
    fill = filling((50, GOOD), (200, GOOD)) if last is None else last
    passages = [
        Passage("bioreactor", 0, 2 * DAY, BULK, sampled_as="bulk"),
        Passage("capture", 3 * DAY, 3 * DAY, BULK),
        Passage("inactivation", 4 * DAY, 4 * DAY, BULK, records=tuple(replace(r, time=r.time + 4 * DAY) for r in HOLD)),
        Passage("polishing", 5 * DAY, 5 * DAY, BULK), Passage("virus_filtration", 6 * DAY, 6 * DAY, BULK),
        Passage("ultrafiltration", 7 * DAY, 8 * DAY, SUBSTANCE, reports={"ph": 6.02}, sampled_as="substance"),
        fill,
        Passage("freeze_drying", 16 * DAY, 20 * DAY, PRODUCT, sampled_as="product",
                reports={"leaking": 0.0, "collapsed": 0.0}),
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


def test_what_leaks_fails_its_test():
    torn = line(filling((50, GOOD), (200, GOOD), malfunctions=(Malfunction("filling", "isolator.glove_torn"),)))
    assert outcomes(torn)["isolator_gloves"] is False
    flawed = Passage("virus_filtration", 6 * DAY, 6 * DAY, BULK, malfunctions=(Malfunction("v", "filter.flawed"),))
    assert outcomes(line(virus_filtration=flawed))["virus_filter_post_use"] is False


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
