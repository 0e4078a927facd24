"""The fold: any order of inputs, nothing crashes; what is refused changes nothing; the same again is the same."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.errors import InputInvalid
from biotwin.release import Entry, IntegrityTest, LotFile, State, advance, begin, missing, next_time, step, unattended
from biotwin.release import inputs as i
from biotwin.release.lot import Sample
from tests.release.lots import BULK, DAY, SUBSTANCE, ask, book, case, crossing, lot

ROUGH = lot(
    records=(crossing(), crossing(level="normal_operating_range"), crossing("harvest", level="critical")),
    integrity=(*lot().integrity, IntegrityTest(3, "filling", "isolator_gloves", False)),
    samples=lot().samples | {"substance": Sample.of(SUBSTANCE._replace(hcp=5.5 * 110e-6, hmw=0.11), DAY, ph=6.28)})
CASES = {"sound": case(), "rough": case(ROUGH, seed=7), "empty": case(LotFile("lot-2"), seed=2),
         "early": case(lot(samples={"bulk": Sample.of(BULK, 0)}))}
KINDS = sorted(i.ROLES, key=lambda kind: kind.__name__)


def names_of(of, state):
    """What a person could name now, and one thing that does not exist yet."""
    q = book().quality
    return {
        "test": list(book().tests), "oos": [o.name for o in state.investigations], "number": [1, 2, 3, 5, 50],
        "trend": [t.name for t in state.trends], "observation": [o.name for o in state.observations],
        "deviation": [d.name for d in state.deviations], "change": [c.name for c in state.changes],
        "containment": list(q.containments), "grade": ["minor", "major", "critical"], "cause": list(q.causes),
        "owner": list(q.owners), "check": list(q.checks), "step": list(book().specification.reprocessing),
        "due": [0, 5 * DAY, 300 * DAY], "affects_lot": [True, False], "approved": [True, False],
        "subject": ["a"], "reason": ["b"],
    }


def drawn(data, of, state):
    """An input about things that exist, or None where there are none of its kind."""
    kind, q = data.draw(st.sampled_from(KINDS)), book().quality
    choices = names_of(of, state)
    choices["justification"] = list(q.justifications)
    choices["conclusion"] = list(q.trend_conclusions) if kind is i.AssessTrend else ["confirmed", "unconfirmed"]
    several = {"observations": choices["observation"], "impacts": list(q.impacts), "actions": list(q.actions)}
    given_fields = {}
    for field in kind.__struct_fields__:
        if field == "deviation" and kind is i.OpenChange:
            continue
        pool = several.get(field, choices.get(field, []))
        if not pool:
            return None
        value = data.draw(st.sampled_from(pool))
        given_fields[field] = (value,) if field in several else value
    return kind(**given_fields)


def begun(of, entries):
    """The state after that many inputs of an expert; before the last of them, all that is under way has come back."""
    state, expert = begin(), unattended(of).entries
    for entry in expert[: min(entries, len(expert) - 1)]:
        state, _ = step(of, state, entry)
    return advance(of, state, expert[-1].time)[0] if entries >= len(expert) - 1 else state


@pytest.mark.parametrize("name", list(CASES))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_order_of_inputs_keeps_every_law(name, data):
    of = CASES[name]
    state = begun(of, data.draw(st.integers(0, 80)))
    for _ in range(data.draw(st.integers(1, 30))):
        item = drawn(data, of, state)
        if item is None:
            continue
        time = state.time + data.draw(st.sampled_from([0, 0, DAY, 6 * DAY, 30 * DAY]))
        role = data.draw(st.sampled_from([i.ROLES[type(item)]] * 9 + ["laboratory"]))
        before, (state, facts) = state, step(of, state, Entry(time, role, item))
        if facts and facts[-1].kind == "refused":
            assert state == advance(of, before, time)[0], "a refusal changed something"
        laws(of, before, state)


def laws(of, before, state):
    """What holds after every input."""
    kept = list(state.results[: len(before.results)])
    assert [(r.number, r.value) for r in kept] == [(r.number, r.value) for r in before.results], "a result was lost"
    for result in state.results:
        assert result.inside == book().tests[result.test].inside(book().tests[result.test].ticks(result.value))
    for test in {r.test for r in state.results}:
        first = [r for r in state.results if r.test == test and r.purpose == "release"]
        assert len(first) <= 1, "a test was done again without cause"
    for oos in state.investigations:
        original = state.began(oos)
        assert not original.inside
        assert original.invalidated == (oos.status == "repeating" or oos.conclusion == "laboratory_error")
        assert not original.invalidated or oos.assignable
        if oos.conclusion == "unconfirmed":
            later = [state.found(oos, n) for n in (oos.retests if oos.resample < 0 else (oos.resample,))]
            assert later
            assert all(r.inside for r in later)
            assert oos.resample >= 0 or len(later) == oos.planned
    if state.disposition.outcome == "certified" and before.disposition.outcome != "certified":
        assert missing(of, state) == ()
        assert all(d.closed >= 0 and not d.affects_lot for d in state.deviations)
        assert all(o.status == "closed" for o in state.investigations)
        assert all(o.conclusion != "confirmed" for o in state.investigations if o.pull < 0)
    assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state


def test_the_order_of_asking_does_not_change_a_result():
    def results(slugs):
        of, state = case(seed=11), begin(20 * DAY)
        for slug in slugs:
            state, _ = ask(of, state, i.Request(slug), state.time + DAY // 2)
        return {r.test: r.value for r in advance(of, state, 99 * DAY)[0].results}

    slugs = list(book().tests)
    assert results(slugs) == results(slugs[::-1])


def test_time_in_one_step_or_in_many_is_the_same():
    of = case(ROUGH, seed=7)
    state = begin(20 * DAY)
    for slug in book().tests:
        state, _ = ask(of, state, i.Request(slug))
    state, _ = ask(of, state, i.ReviewRecords())
    once, facts = advance(of, state, 60 * DAY)
    many, more = state, ()
    while (time := next_time(of, many)) is not None:
        many, some = advance(of, many, time)
        more += some
    assert advance(of, many, 60 * DAY)[0] == once
    assert more == facts


@pytest.mark.parametrize("name", list(CASES))
def test_a_journal_does_it_again(name):
    of = CASES[name]
    flown, state, facts = unattended(of), begin(), ()
    for entry in flown.entries:
        again = msgspec.json.decode(msgspec.json.encode(entry), type=Entry)
        state, more = step(of, state, again)
        facts += more
    assert (state, facts) == (flown.state, flown.facts)
    assert unattended(of) == flown


def test_what_no_test_reads_changes_nothing():
    hidden = {"enveloped_virus": 1e15, "galactosylated": 3.0, "tris": 0.0}
    samples = {stage: Sample(s.taken, s.amounts | hidden, s.states) for stage, s in lot().samples.items()}
    assert unattended(case(lot(samples=samples))).state == unattended(case()).state


@pytest.mark.parametrize("entry", [
    Entry(0, "laboratory", i.Request("bulk.nothing")), Entry(0, "quality", i.ConcludeOos("oos-1", "confirmed")),
    Entry(0, "quality", i.OpenDeviation(("obs-1",), "quarantine")), Entry(0, "nobody", i.Certify()),
    Entry(0, "qualified_person", i.Reprocess("alchemy")), Entry(0, "quality", i.AssessTrend("trend-1", "watch")),
    Entry(0, "quality", i.OpenChange("a", "b", "dev-1"))])
def test_what_names_nothing_known_is_invalid(entry):
    with pytest.raises(InputInvalid):
        step(case(), begin(), entry)


def test_nothing_is_done_in_the_past():
    with pytest.raises(InputInvalid):
        step(case(), begin(DAY), Entry(0, "qualified_person", i.Certify()))
    with pytest.raises(InputInvalid):
        advance(case(), begin(DAY), 0)


def test_a_file_is_json():
    assert msgspec.json.decode(msgspec.json.encode(ROUGH), type=LotFile) == ROUGH


def test_no_fact_tells_the_name_of_the_lot_which_may_be_its_seed():
    flown = unattended(case(lot(lot="5eed5eed")))
    assert b"5eed5eed" not in msgspec.json.encode((flown.facts, flown.state, flown.entries))
