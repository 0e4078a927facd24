"""The recipe under the operator's command, as ISA-88 has it: automatic, semi-automatic, held, restarted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.control.tick import KERNEL_FACTS, recipe
from biotwin.ensembles.lanes.formation import Formation
from biotwin.plant.plant import Wholes
from biotwin.plant.whole import HEAD, HELD, PHASE, PHASE_SINCE, READY, RECIPE_MODE, TOLD
from biotwin.session import inputs as i
from biotwin.session.facts import Fact
from biotwin.session.flight import Flight
from biotwin.session.journal import DigestLine, head_of, read_journal, replay, write_journal
from biotwin.session.scenario import Scenario
from tests.twin.test_session import HOUR, LAWS

DUE = 20 * HOUR
"""Simulated ms at which the small plant's only transition, to its last phase, is true."""
SEMI, AUTO = i.SetRecipeMode("semi_automatic"), i.SetRecipeMode("automatic")
HOLD, RESTART, DONE = i.HoldRecipe(), i.RestartRecipe(), i.StartPhase("done")


def started(facts: Sequence[Fact]) -> list[int]:
    return [f.time for f in facts if f.kind == "phase_started"]


def reasons(facts: Sequence[Fact]) -> list[str]:
    return [str(f.detail["reason"]) for f in facts if f.kind == "input_refused"]


def without(state: Wholes, *slots: int) -> list[int]:
    return [int(value) for slot, value in enumerate(state) if slot not in slots]


# --- semi-automatic ---------------------------------------------------------------------------------------------------


def test_in_semi_automatic_a_phase_that_is_due_is_ready_and_waits(mini: Scenario) -> None:
    flight = Flight.begin(mini, 1)
    flight.do(SEMI)
    facts = flight.advance(DUE + HOUR)
    assert [(f.time, f.subject) for f in facts if f.kind == "phase_ready"] == [(DUE, mini.plant.address("done"))]
    assert not started(facts)
    seen = flight.observe()
    assert (seen.recipe_mode, seen.recipe_held, seen.ready) == (1, False, mini.plant.phases.index("done"))
    assert seen.phase_since == 0
    assert started(flight.do(DONE)) == [DUE + HOUR]
    assert flight.ended


def test_who_starts_each_phase_when_it_is_ready_flies_as_the_recipe_does_to_the_bit(mini: Scenario) -> None:
    alone, by_hand = Flight.begin(mini, 1), Flight.begin(mini, 1)
    own = alone.run()
    by_hand.do(SEMI)
    told = by_hand.advance(mini.duration, stop_on=frozenset({"phase_ready"}))
    told += by_hand.do(DONE)
    assert [f for f in told if f.kind != "phase_ready"] == own
    assert by_hand.state.real.tobytes() == alone.state.real.tobytes()
    assert without(by_hand.state.whole, RECIPE_MODE) == without(alone.state.whole, RECIPE_MODE)


def test_a_phase_is_not_forced_before_its_condition_is_true(mini: Scenario) -> None:
    flight = Flight.begin(mini, 1)
    assert reasons(flight.do(DONE)) == ["not_from_here"]
    flight.do(SEMI)
    assert reasons(flight.do(DONE)) == ["not_ready"]
    assert reasons(flight.do(i.StartPhase("idle"))) == ["not_from_here"]
    assert flight.observe().phase == mini.plant.phases.index("feed")


def test_back_in_automatic_the_recipe_goes_on_by_itself(mini: Scenario) -> None:
    flight = Flight.begin(mini, 1)
    flight.do(SEMI)
    flight.advance(DUE + HOUR)
    flight.do(AUTO)
    assert flight.observe().ready == -1
    assert started(flight.advance(mini.duration)) == [DUE + HOUR + 10_000]


def test_a_mode_taken_back_at_once_leaves_no_trace(mini: Scenario) -> None:
    left, touched = Flight.begin(mini, 1), Flight.begin(mini, 1)
    for item in (SEMI, HOLD, RESTART, AUTO):
        touched.do(item)
    assert touched.digest() == left.digest()
    assert touched.run() == left.run()
    assert touched.digest() == left.digest()


# --- hold -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [AUTO, SEMI], ids=["automatic", "semi_automatic"])
def test_a_held_recipe_begins_no_phase_and_its_time_goes_on(mini: Scenario, mode: i.SetRecipeMode) -> None:
    flight = Flight.begin(mini, 1)
    flight.do(mode), flight.do(HOLD)
    facts = flight.advance(DUE + HOUR)
    assert [f.time for f in facts if f.kind == "phase_ready"] == [DUE]
    assert reasons(flight.do(DONE)) == ["recipe_held"]
    seen = flight.observe()
    assert (seen.recipe_held, seen.ready, seen.phase_since) == (True, mini.plant.phases.index("done"), 0)
    flight.do(RESTART)
    if mode is AUTO:
        assert started(flight.advance(mini.duration)) == [DUE + HOUR + 10_000]
    else:
        assert not started(flight.advance(flight.time + HOUR))
        assert started(flight.do(DONE))


def test_what_is_held_already_or_not_held_is_refused(mini: Scenario) -> None:
    flight = Flight.begin(mini, 1)
    before = flight.digest()
    assert reasons(flight.do(RESTART)) == ["not_held"]
    assert flight.digest() == before
    assert [f.kind for f in flight.do(HOLD)] == ["recipe_held"]
    assert reasons(flight.do(HOLD)) == ["held_already"]
    assert [f.kind for f in flight.do(RESTART)] == ["recipe_restarted"]
    assert flight.digest() == before


def test_a_hold_touches_neither_loops_nor_what_they_do(mini: Scenario) -> None:
    """Without a phase to begin, a held plant is the plant that runs."""
    running, held = Flight.begin(mini, 1), Flight.begin(mini, 1)
    held.do(HOLD)
    assert held.advance(DUE - HOUR) == running.advance(DUE - HOUR)
    assert held.state.real.tobytes() == running.state.real.tobytes()
    assert without(held.state.whole, HELD) == without(running.state.whole, HELD)


ASKS: list[i.Input] = [HOLD, DONE, RESTART, SEMI, i.StartPhase("idle"), i.StartPhase("feed")]


@settings(LAWS, max_examples=100)
@given(rows=st.lists(
    st.tuples(st.integers(DUE - HOUR, DUE + 2 * HOUR), st.sampled_from(ASKS)), min_size=4, max_size=12))
def test_whatever_is_asked_no_phase_begins_by_itself_nor_early_nor_while_held(
    mini: Scenario, rows: list[tuple[int, i.Input]]
) -> None:
    """In the hours about the transition."""
    flight = Flight.begin(mini, 1)
    flight.do(SEMI)
    for time, item in sorted(rows, key=lambda row: row[0]):
        assert not started(flight.advance(time))
        held = flight.observe().recipe_held
        flight.apply(item)
        begun = started(flight.settle())
        assert not begun or (item == DONE and not held and flight.time >= DUE)
    assert not started(flight.advance(DUE + 2 * HOUR))


# --- readiness --------------------------------------------------------------------------------------------------------


def test_readiness_follows_the_condition_and_is_said_once() -> None:
    """One transition on a threshold: 1.0 is passed, lost, and passed again."""
    real, whole = np.zeros(1), np.zeros(HEAD, dtype=np.int64)
    whole[RECIPE_MODE], whole[READY], whole[TOLD] = 1, -1, -1
    phases = np.array([[1000, 0, 0, 0, 1, 0], [1000, 0, 0, 1, 1, 0]], dtype=np.int64)
    transition, threshold = np.array([[1, -1, 0, 0]], dtype=np.int64), np.array([[1.0]])
    tables = (phases, np.zeros((0, 2), dtype=np.int64), np.zeros((0, 1)), transition, threshold)
    rows, said, ready = np.zeros((8, 4)), 0, []
    for time, value in enumerate((0.0, 2.0, 2.0, 0.5, 2.0), start=1):
        real[0] = value
        said = int(recipe(real, whole, *tables, time, rows, said))
        ready.append(int(whole[READY]))
    assert ready == [-1, 1, 1, -1, 1]
    assert [(KERNEL_FACTS[int(kind)], time) for time, kind, _, _ in rows[:said]] == [("phase_ready", 2.0)]
    whole[RECIPE_MODE] = 0
    recipe(real, whole, *tables, 9, rows, 0)
    assert (whole[PHASE], whole[PHASE_SINCE], whole[READY], whole[TOLD]) == (1, 9, -1, -1)


# --- what keeps it ----------------------------------------------------------------------------------------------------


def test_a_snapshot_and_a_replayed_journal_hold_it(mini: Scenario, tmp_path: Any) -> None:
    acts: list[tuple[int, i.Input]] = [(2, SEMI), (3, HOLD), (21, RESTART), (22, DONE)]
    journal = [i.Entry(n, hour * HOUR, "a", item) for n, (hour, item) in enumerate(acts, start=1)]
    flight = Flight.begin(mini, 7)
    lines: list[i.Entry | DigestLine] = list(journal)
    for hour in (4, 20, 21):
        flight.run(hour * HOUR, [e for e in journal if flight.time <= e.time < hour * HOUR])
        assert Flight.restore(mini, flight.snapshot()).observe() == flight.observe()
        lines.append(DigestLine(hour * HOUR, flight.digest().hex()))
    write_journal(tmp_path / "j.jsonl", head_of(mini, 7), lines)
    head, read, digests = read_journal(tmp_path / "j.jsonl")
    assert read == journal
    assert len(digests) == 3
    again = replay(mini, head, read, digests)
    assert again.ended
    assert again.time == 22 * HOUR


def test_lanes_know_it_each_as_alone(mini: Scenario) -> None:
    """Members of one formation that end on their own, are held, or wait for the seat."""
    asked: list[tuple[i.Input, ...]] = [(), (SEMI,), (HOLD,), (SEMI, HOLD)]
    flights, alone = ([Flight.begin(mini, n) for n in range(len(asked))] for _ in range(2))
    for own in (flights, alone):
        for flight, items in zip(own, asked, strict=True):
            for item in items:
                flight.do(item)
    journal = [i.Entry(1, DUE + HOUR, "a", RESTART), i.Entry(2, DUE + 2 * HOUR, "a", DONE)]
    with Formation(flights) as formation:
        facts = formation.run(mini.duration, journal)
    assert facts == [flight.run(mini.duration, journal) for flight in alone]
    assert [f.digest() for f in flights] == [f.digest() for f in alone]
    assert [started(f) for f in facts] == [[DUE], [DUE + 2 * HOUR], [DUE + HOUR + 10_000], [DUE + 2 * HOUR]]
