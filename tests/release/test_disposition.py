"""The qualified person's decision: a complete file or none; claims from the qualification; reprocessing where filed."""

from __future__ import annotations

import math

import pytest
from msgspec.structs import replace

from biotwin.chain import Release
from biotwin.release import IntegrityTest, advance, begin, inspected, missing, routine, step, unattended
from biotwin.release import inputs as i
from biotwin.release.culling import culled, kept
from biotwin.release.disposition import claims
from biotwin.release.laboratory import sampled
from biotwin.release.lot import Sample
from biotwin.release.step import Entry
from biotwin.release.truths import visible_share
from tests.release.lots import (
    BULK,
    DAY,
    HOLD,
    PRODUCT,
    SUBSTANCE,
    VIALS,
    ask,
    book,
    case,
    crossing,
    lot,
    refusal,
    with_product,
)

SEED = 1


def codes(of, state):
    return {m.code for m in missing(of, state)}


def almost(file=None):
    """Everything done but the decision; the case, and the state before it."""
    of = case(file, SEED)
    flown = unattended(of)
    state = begin()
    for entry in flown.entries[:-1]:
        state, _ = step(of, state, entry)
    return of, advance(of, state, flown.entries[-1].time)[0], flown


def test_a_sound_lot_is_certified():
    of, state, flown = almost()
    assert missing(of, state) == ()
    assert flown.state.disposition.outcome == "certified"
    assert flown.state.disposition.time >= 20 * DAY + 14 * DAY, "sterility takes fourteen days"


def test_an_empty_file_names_everything():
    of = case(lot(environment=(), integrity=(), units=()))
    state, facts = ask(of, begin(), i.Certify())
    assert refusal(facts) == "file_incomplete"
    assert codes(of, state) == {"test_missing", "records_unreviewed", "environment_missing", "integrity_missing",
                                "clearance_short", "not_on_stability"}
    assert len([m for m in missing(of, state) if m.code == "test_missing"]) == len(book().tests)
    assert state == begin()


@pytest.mark.parametrize(("change", "code"), [
    (lambda s: replace(s, results=s.results[1:]), "test_missing"),
    (lambda s: replace(s, records_read=-1), "records_unreviewed"),
    (lambda s: replace(s, environment_read=0), "environment_unreviewed")])
def test_each_gap_keeps_the_lot_from_being_certified(change, code):
    of, state, _ = almost()
    assert codes(of, change(state)) == {code}
    assert refusal(ask(of, change(state), i.Certify())[1]) == "file_incomplete"


def test_an_open_deviation_keeps_the_lot_and_one_that_affects_it_too():
    of, state, _ = almost(lot(records=(*HOLD, crossing())))
    (deviation,) = state.deviations
    assert missing(of, state) == ()
    opened = state.put(replace(deviation, closed=-1))
    assert codes(of, opened) == {"deviation_open"}
    affected = state.put(replace(deviation, affects_lot=True))
    assert codes(of, affected) == {"deviation_affects_lot"}
    for changed in (opened, affected):
        after, facts = ask(of, changed, i.Certify())
        assert (refusal(facts), after) == ("file_incomplete", changed)


@pytest.mark.parametrize("test", list(book().specification.integrity))
def test_an_integrity_test_must_be_there_and_the_last_one_counts(test):
    others = tuple(t for t in lot().integrity if t.test != test)
    of, state, _ = almost(lot(integrity=others))
    assert "integrity_missing" in codes(of, state)
    failed, passed = IntegrityTest(5, "filling", test, False), IntegrityTest(9, "filling", test, True)
    of, state, flown = almost(lot(integrity=(*others, passed, replace(failed, time=11))))
    assert "integrity_failed" in codes(of, state)
    assert flown.state.disposition.outcome == "rejected"
    of, state, flown = almost(lot(integrity=(*others, failed, passed)))
    assert flown.state.disposition.outcome == "certified", "a wetting failure is followed by a test that passes"
    assert len(state.deviations) == 1


def test_a_claim_is_the_sum_of_the_steps_and_never_comes_from_the_lot():
    total = {c.virus: c.total for c in claims(case())}
    steps = book().clearance.steps.values()
    assert total == pytest.approx({v: sum(s.claims.get(v, 0.0) for s in steps) for v in total})
    rich = lot(samples=lot().samples | {"bulk": Sample.of(BULK._replace(enveloped_virus=1e20), 0)})
    assert claims(case(rich)) == claims(case())


def test_a_claim_is_lost_by_leaving_the_range_skipping_the_step_or_a_leaking_filter():
    def lost(*records, hold=HOLD, **changes):
        file = lot(records=(*hold, *records), **changes)
        return {s.step: s.lost for c in claims(case(file)) for s in c.steps if s.lost}

    long = crossing(duration=600_000)
    assert lost() == {}
    assert lost(crossing()) == {}, "three minutes lie within what the studies cover"
    assert lost(long, crossing("capture", duration=600_000)) == {"low_ph": "left_range"}
    assert lost(crossing(level="alert", duration=600_000)) == {}
    assert lost(replace(long, value=3.2)) == {}, "too low a pH costs product, not clearance"
    assert lost(hold=()) == {"low_ph": "left_range"}
    assert lost(hold=(HOLD[0], replace(HOLD[1], time=1_700_000))) == {"low_ph": "left_range"}
    assert lost(units=("capture", "inactivation", "virus_filtration")) == {"cation_exchange": "not_run"}
    leak = IntegrityTest(15 * DAY, "virus_filtration", "virus_filter_post_use", False)
    assert lost(integrity=(*lot().integrity, leak)) == {"virus_filter": "integrity"}
    of, state, flown = almost(lot(records=(*HOLD, long)))
    assert "clearance_short" in codes(of, state)
    assert flown.state.disposition.outcome == "rejected"


def test_only_the_qualified_person_decides():
    of, state, _ = almost()
    for role in ("laboratory", "quality"):
        after, facts = step(of, state, Entry(state.time, role, i.Certify()))
        assert (refusal(facts), after) == ("wrong_role", state)
    assert refusal(step(of, begin(), Entry(0, "qualified_person", i.Request("bulk.endotoxin")))[1]) == "wrong_role"


def test_a_decision_is_final_and_quarantine_is_not():
    of, state, _ = almost()
    state, _ = ask(of, state, i.Quarantine("waiting for the neighbouring lot"))
    state, _ = ask(of, state, i.Certify())
    assert state.disposition.outcome == "certified"
    for item in (i.Reject("too late"), i.Request("bulk.endotoxin"), i.OpenChange("a", "b")):
        after, facts = ask(of, state, item)
        assert (refusal(facts), after) == ("lot_disposed", state)


def test_a_lot_may_be_rejected_at_any_time():
    assert ask(case(), begin(), i.Reject("bag burst"))[0].disposition.outcome == "rejected"


def test_reprocessing_only_where_it_is_filed_and_before_it_is_too_late():
    early = lot(samples={"bulk": lot().samples["bulk"], "substance": Sample.of(SUBSTANCE, DAY, ph=6.0)})
    assert refusal(ask(case(early), begin(), i.Reprocess("ultrafiltration"))[1]) == "not_filed"
    assert refusal(ask(case(), begin(), i.Reprocess("virus_filtration"))[1]) == "too_late"
    assert ask(case(early), begin(), i.Reprocess("virus_filtration"))[0].disposition.outcome == "reprocess"


def test_unattended_rejects_what_is_outside_and_holds_what_is_incomplete():
    wet = unattended(case(with_product(PRODUCT._replace(volume=PRODUCT.volume * 6.0)), SEED))
    assert wet.state.disposition.outcome == "rejected"
    assert "oos_confirmed product.moisture" in wet.state.disposition.reason
    gone = lot(samples={stage: s for stage, s in lot().samples.items() if stage != "product"})
    held = unattended(case(gone, SEED))
    assert held.state.disposition.outcome == "quarantine"
    assert unattended(case(lot(scope=("bulk", "substance")), SEED)).state.disposition.outcome == "certified"


def test_the_sampling_plan_orders_each_stage_when_it_is_sampled():
    of = case()
    done = routine(of, 21 * DAY)
    asked = {e.time for e in done.entries}
    assert asked == {0, 10 * DAY, 20 * DAY}
    assert {e.input.test for e in done.entries if isinstance(e.input, i.Request)} == set(book().tests)
    assert [e.time for e in done.entries if isinstance(e.input, i.PutUp)] == [20 * DAY]
    assert {r.test for r in done.state.results} >= {slug for slug in book().tests if slug.startswith("substance.")}
    assert {run.test.partition(".")[0] for run in done.state.runs} == {"bulk", "product"}
    assert done.state.observations == ()
    early = routine(of, DAY)
    assert (early.state.time, {e.time for e in early.entries}) == (DAY, {0})
    finished = unattended(of, done.state)
    assert finished.state.disposition.outcome == "certified"
    assert [(r.test, r.value) for r in finished.state.results] == [
        (r.test, r.value) for r in unattended(of).state.results]


def collapsed(share=0.2):
    """A lot some of whose cakes are collapsed, its appearance confirmed out of specification."""
    of = case(with_product(PRODUCT, defective_cakes=share), SEED)
    state = routine(of, 60 * DAY).state
    (oos,) = [o for o in state.investigations if o.test == "product.appearance"]
    return of, state, oos


def test_reprocessing_in_place_is_filed_once_and_only_for_what_was_confirmed():
    of, state, oos = collapsed()
    again = i.Reprocess("inspection")
    assert refusal(ask(of, state, again)[1]) == "investigate_first"
    assert refusal(ask(case(), routine(case(), 60 * DAY).state, again)[1]) == "nothing_to_mend"
    state, _ = ask(of, state, i.CheckLaboratory(oos.name))
    state, _ = advance(of, state, 62 * DAY)
    state, _ = ask(of, state, i.ConcludeOos(oos.name, "confirmed"))
    assert "oos_confirmed" in codes(of, state)
    state, _ = ask(of, state, again)
    assert ("test_missing", "product.appearance") in [(m.code, m.subject) for m in missing(of, state)]
    assert refusal(ask(of, state, again)[1]) == "reprocessed_already"
    assert refusal(ask(of, state, i.Request("product.appearance"))[1]) == "not_sampled", "it takes four days"
    assert refusal(ask(of, state, i.Request("product.a280"))[1]) == "repeat_without_cause"
    state, _ = advance(of, state, 67 * DAY)
    state, _ = ask(of, state, i.Request("product.appearance"))
    assert [r.superseded for r in state.results if r.test == "product.appearance"] == [True]
    left, after = 1.0 - 0.2 * 0.95, sampled(of, state, "product")
    assert after.states["defective_cakes"] == pytest.approx(0.2 * 0.05 / left)
    assert after.material.containers == pytest.approx(0.985 * left * PRODUCT.containers, rel=1e-3)
    assert oos.name in [o.name for o in state.investigations], "what was found stays in the file"


def test_what_a_second_inspection_finds_is_taken_out_of_the_lot():
    """Counted: what goes on is what is left of the good and of the bad, and the sample is of just that."""
    of = case(with_product(PRODUCT._replace(visible_particles=500.0), defective_cakes=0.6, leaking=0.02), SEED)
    step = of.book.specification.reprocessing["inspection"]
    state = replace(begin(30 * DAY), reprocessed="inspection", again=34 * DAY)
    after = sampled(of, state, "product")
    cakes = {"good": 0.4, "bad": 0.6 * 0.05}
    tight = {"good": 0.98, "bad": 0.02 * 0.5}
    clean = {"good": math.exp(-0.05), "bad": -math.expm1(-0.05) * 0.2}
    share, cleared = inspected(of, state)
    assert share == pytest.approx((1.0 - step.discards) * math.prod(sum(d.values()) for d in (cakes, tight, clean)))
    assert after.material.containers == pytest.approx(share * PRODUCT.containers)
    assert after.states["defective_cakes"] == pytest.approx(cakes["bad"] / sum(cakes.values()))
    assert after.states["leaking"] == pytest.approx(tight["bad"] / sum(tight.values()))
    assert after.states["ph"] == 6.0
    assert visible_share(after.material) == pytest.approx(clean["bad"] / sum(clean.values()), rel=0.03)
    assert after.material.monomer / after.material.containers == pytest.approx(PRODUCT.monomer / VIALS)
    amounts = {"visible_particles": cleared["visible_particles"]}
    release = Release("by_hand", 0, 0, "certified", "", state, (), share, amounts)
    assert release.left(of.file.samples["product"].material) == pytest.approx(after.material), "it is what is shipped"
    assert inspected(of, begin()) == (1.0, {})


def test_an_inspection_that_finds_every_container_bad_leaves_none():
    of = case(with_product(PRODUCT, defective_cakes=1.0), SEED)
    step = replace(of.book.specification.reprocessing["inspection"], removes={"defective_cakes": 1.0})
    assert kept(step, of.file.samples["product"]) == 0.0
    assert culled(step, of.file.samples["product"]).states["defective_cakes"] == 0.0


def test_a_second_quarantine_is_never_the_shorter():
    of, state, _ = almost()
    state, _ = ask(of, state, i.Quarantine("wait for the check", 30))
    until = state.disposition.until
    state, _ = ask(of, state, i.Quarantine("or not", 0))
    assert (state.disposition.until, state.disposition.reason) == (until, "or not")
    assert refusal(ask(of, state, i.Certify())[1]) == "in_quarantine"
    assert ask(of, state, i.Quarantine("longer", 60))[0].disposition.until == state.time + 60 * DAY


def test_quarantine_lasts_and_what_comes_back_meanwhile_comes_back():
    of, state, _ = almost(lot(records=(*HOLD, crossing())))
    state, _ = ask(of, state, i.Quarantine("the CAPA must prove itself", 90))
    assert refusal(ask(of, state, i.Certify())[1]) == "in_quarantine"
    assert not state.disposition.final
    state, facts = advance(of, state, state.disposition.until)
    assert "effectiveness_known" in {f.kind for f in facts}
    assert refusal(ask(of, state, i.Certify())[1]) in ("", "file_incomplete")
    assert ask(case(), begin(), i.Reject("no"))[0].disposition.outcome == "rejected"
