"""The ten invariants of ``session/step.py``, by number."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import biotwin
from biotwin.errors import BiotwinError, InputInvalid, SnapshotInvalid
from biotwin.session import inputs as i
from biotwin.session import state as states
from biotwin.session.beginning import beginning
from biotwin.session.facts import KINDS, Fact
from biotwin.session.flight import Flight
from biotwin.session.scenario import Scenario
from biotwin.session.state import digest
from biotwin.session.step import step
from tests.twin.streams import entries

HOUR = 3_600_000
LAWS = settings(max_examples=12, deadline=None, derandomize=True,
                suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def short(scenario: Scenario) -> tuple[int, int]:
    """Three hours from take-over: enough for thousands of ticks on both plants in all."""
    return scenario.start_time, scenario.start_time + 3 * HOUR


def test_1_step_reads_nothing_but_its_arguments(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    first = beginning(scenario, 3)
    expected, facts = step(scenario.plant, first)
    monkeypatch.setenv("BIOTWIN_CONTENT", "nowhere")
    monkeypatch.setattr("time.time", lambda: 0.0)
    np.random.seed(1)
    again, other = step(scenario.plant, first)
    assert digest(again) == digest(expected)
    assert other == facts


def test_1_step_leaves_its_argument_as_it_was(scenario: Scenario) -> None:
    first = beginning(scenario, 3)
    before = digest(first)
    step(scenario.plant, first, [i.StartPhase(scenario.plant.phases[-1])])
    assert digest(first) == before


def test_2_the_plant_never_changes_in_a_session(scenario: Scenario) -> None:
    plant = scenario.plant
    before = {name: array.tobytes() for name, array in plant.wiring.items()}
    Flight.begin(scenario, 1).run(scenario.start_time + 6 * HOUR)
    assert {name: array.tobytes() for name, array in plant.wiring.items()} == before
    assert not any(array.flags.writeable for array in plant.wiring.values())


def test_3_state_holds_all_that_the_next_tick_needs(scenario: Scenario) -> None:
    flight = Flight.begin(scenario, 5)
    flight.advance(flight.time + HOUR)
    stranger = Flight.restore(scenario, flight.snapshot())
    for _ in range(50):
        flight.advance(flight.time + 1)
        stranger.advance(stranger.time + 1)
    assert stranger.digest() == flight.digest()


def test_4_inputs_apply_at_the_next_boundary_in_order(mini: Scenario) -> None:
    loop = mini.plant.address("fic103")
    flight = Flight.begin(mini, 1)
    for value in (1e-7, 2e-7, 3e-7):
        flight.apply(i.SetSetpoint(loop, value))
    assert flight.observe().loops[0].setpoint != 3e-7
    facts = flight.settle()
    assert [f.value for f in facts if f.kind == "setpoint_changed"] == [1e-7, 2e-7, 3e-7]
    assert flight.observe().loops[0].setpoint == 3e-7


def test_4_an_input_between_two_ticks_waits_for_the_boundary(mini: Scenario) -> None:
    entry = i.Entry(1, mini.start_time + 12_345, "a", i.SetMode(mini.plant.address("fic103"), "manual"))
    facts = Flight.begin(mini, 1).run(mini.start_time + HOUR, [entry])
    changed = next(f for f in facts if f.kind == "mode_changed")
    assert changed.time == mini.start_time + 20_000


@LAWS
@given(data=st.data())
def test_5_snapshot_then_load_is_the_identity(scenario: Scenario, data: Any) -> None:
    begin, end = short(scenario)
    flight = Flight.begin(scenario, data.draw(st.integers(0, 2**128 - 1)))
    flight.run(end, data.draw(entries(scenario.plant, start=begin, end=end, most=12)))
    back = states.load(scenario.plant, flight.snapshot())
    assert digest(back) == flight.digest()
    assert states.snapshot(scenario.plant, back) == flight.snapshot()


@LAWS
@given(data=st.data())
def test_6_a_fold_over_two_parts_is_the_fold_over_both(scenario: Scenario, data: Any) -> None:
    begin, end = short(scenario)
    journal = data.draw(entries(scenario.plant, start=begin, end=end, most=12))
    cut = data.draw(st.integers(begin, end))
    whole = Flight.begin(scenario, 9)
    facts = whole.run(end, journal)
    first = Flight.begin(scenario, 9)
    parts = first.run(cut, [e for e in journal if e.time <= cut])
    second = Flight.restore(scenario, first.snapshot())
    waiting = first._waiting
    for item in waiting:
        second.apply(item)
    parts += second.run(end, [e for e in journal if e.time > cut])
    assert second.digest() == whole.digest()
    assert parts == facts


@LAWS
@given(data=st.data())
def test_6_neither_speed_nor_who_watches_changes_the_end(scenario: Scenario, data: Any) -> None:
    _, end = short(scenario)
    fast, slow = Flight.begin(scenario, 11), Flight.begin(scenario, 11)
    facts = fast.advance(end)
    told: list[Fact] = []
    for stride in itertools.cycle(data.draw(st.lists(st.integers(1, HOUR), min_size=1, max_size=8))):
        told += slow.advance(min(end, slow.time + max(stride, 20_000)), budget=0.0)
        slow.observe(), slow.reveal(), slow.snapshot()
        if slow.time >= end or slow.ended:
            break
    assert slow.digest() == fast.digest()
    assert told == facts


def test_6_step_by_step_is_the_native_loop(scenario: Scenario) -> None:
    state = beginning(scenario, 4)
    told: list[Fact] = []
    for _ in range(300):
        state, facts = step(scenario.plant, state)
        told += facts
    flight = Flight(scenario, beginning(scenario, 4))
    assert flight.advance(state.time) == told[: len(told)]
    assert flight.digest() == digest(state)


def test_7_severity_zero_is_bit_equal_to_health(scenario: Scenario) -> None:
    calm = replace(scenario, malfunctions=())
    end = scenario.start_time + 3 * HOUR
    healthy, injected = Flight.begin(calm, 2), Flight.begin(calm, 2)
    for address in scenario.plant.malfunctions:
        injected.do(i.InjectMalfunction(address, 0.0, 1000))
    healthy.advance(end), injected.advance(end)
    own = {s + k for m in scenario.plant.malfunctions.values() for s in (m.severity_slot,) for k in range(3)}
    rest = [k for k in range(scenario.plant.real_size) if k not in own]
    assert injected.state.real[rest].tobytes() == healthy.state.real[rest].tobytes()


def test_7_what_is_repaired_returns_to_its_healthy_value_to_the_bit(scenario: Scenario) -> None:
    flight = Flight.begin(replace(scenario, malfunctions=()), 2)
    before = {m.address: flight.state.real[m.slot] for m in scenario.plant.malfunctions.values()}
    for severity in (0.7, 0.0):
        for address in scenario.plant.malfunctions:
            flight.do(i.InjectMalfunction(address, severity))
        flight.advance(flight.time + flight.tick_length)
    assert {m.address: flight.state.real[m.slot] for m in scenario.plant.malfunctions.values()} == before


def test_8_facts_are_a_function_of_states_and_inputs(scenario: Scenario) -> None:
    flight = Flight.begin(scenario, 6)
    flight.advance(flight.time + 2 * HOUR)
    item = i.StartPhase(scenario.plant.phases[0])
    assert step(scenario.plant, flight.state, [item])[1] == step(scenario.plant, flight.state.copy(), [item])[1]


def test_8_every_kind_of_fact_is_in_the_list(scenario: Scenario) -> None:
    facts = Flight.begin(scenario, 1).run()
    assert facts
    assert {f.kind for f in facts} <= KINDS
    assert [f.time for f in facts] == sorted(f.time for f in facts)


def test_9_no_input_fact_or_state_names_a_person() -> None:
    person = re.compile(r"user|person|name\b|email|login|learner", re.IGNORECASE)
    fields = {f for kind in vars(i).values() if isinstance(kind, type) and hasattr(kind, "__struct_fields__")
              for f in kind.__struct_fields__}
    fields |= set(Fact.__struct_fields__) | set(states.Desk.__struct_fields__)
    assert "seat" in fields
    assert not [f for f in fields if person.search(f)]


def test_9_the_house_knows_no_wall_clock_but_budgets() -> None:
    house = Path(biotwin.__file__).parent
    for floor in ("session", "control", "plant", "equipment", "kinetics", "properties", "stepping"):
        for path in (house / floor).rglob("*.py"):
            uses = re.findall(r"^(?:import|from) (datetime|random|time)\b.*$", path.read_text(encoding="utf-8"), re.M)
            assert not uses or (path.name == "flight.py" and uses == ["time"]), path


def test_10_a_snapshot_may_be_deleted_the_journal_makes_it_again(mini: Scenario) -> None:
    journal = [i.Entry(1, mini.start_time + HOUR, "a", i.SetMode(mini.plant.address("fic103"), "manual"))]
    flights = [Flight.begin(mini, 8) for _ in range(2)]
    for flight in flights:
        flight.run(mini.start_time + 4 * HOUR, journal)
    assert flights[0].snapshot() == flights[1].snapshot()


@pytest.mark.parametrize("harm", [
    lambda data: data[:20], lambda data: b"XXXX" + data[4:], lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    lambda data: data + b"\0", lambda data: b"",
], ids=["cut", "magic", "bit", "longer", "empty"])
def test_a_damaged_snapshot_is_refused(mini: Scenario, harm: Any) -> None:
    with pytest.raises(SnapshotInvalid):
        Flight.restore(mini, harm(Flight.begin(mini, 1).snapshot()))


@pytest.mark.parametrize("item", [
    i.SetSetpoint("usp/br101/nope", 1.0), i.SetSetpoint("usp/br101/fic103", float("nan")),
    i.SetSetpoint("usp/br101/fic103", 1e9), i.SetOutput("usp/br101/fic103", float("inf")),
    i.SetOutput("usp/br101/fic103", 1.5), i.SetMode("usp/br101/fic103", "cascade"), i.StartPhase("nope"),
    i.TakeSample(("usp/br101/nope",)), i.FieldAction("usp/br101/port", "dance"),
    i.FieldAction("usp/br101/port", "look", "twice"), i.ShelveAlarm("usp/br101/wt103_low", 10**11),
    i.InjectMalfunction("usp/br101/nope.dead", 1.0), i.AcknowledgeAlarm("usp/br101/nope"),
], ids=lambda item: f"{type(item).__name__}")
def test_an_invalid_input_is_an_error_and_changes_nothing(mini: Scenario, item: i.Input) -> None:
    flight = Flight.begin(mini, 1)
    before = flight.digest()
    with pytest.raises(InputInvalid) as error:
        flight.do(item)
    assert isinstance(error.value, BiotwinError)
    assert str(error.value)
    assert flight.digest() == before
