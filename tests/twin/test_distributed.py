"""A plant with a column: its block is in the snapshot, the digest, the replay and the branch, to the bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from biotwin.plant.library import drawer
from biotwin.session import state as states
from biotwin.session.flight import Flight
from biotwin.session.scenario import Scenario, compile_scenario

pytestmark = pytest.mark.slow
CONTENT = Path(__file__).resolve().parents[2] / "content"
MINUTE = 60_000


@pytest.fixture(scope="module", params=["capture-first-cycle", "cex-first-gradient"])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return compile_scenario(CONTENT / "scenarios" / request.param, CONTENT / "plants")


def block(flight: Flight) -> np.ndarray:
    plant = flight.scenario.plant
    group = next(g for g in plant.groups if drawer(g.slug).distributed)
    begin, length = plant.block(group, 0)
    return flight.state.real[begin : begin + length]


def test_the_block_has_room_and_no_address(scenario: Scenario) -> None:
    plant = scenario.plant
    group = next(g for g in plant.groups if drawer(g.slug).distributed)
    begin, length = plant.block(group, 0)
    assert length > 500
    assert begin + length <= plant.moving
    assert not [s for s in plant.signals.values() if begin <= s.slot < begin + length]


def test_a_snapshot_goes_on_to_the_same_bits(scenario: Scenario) -> None:
    flight = Flight.begin(scenario, 5)
    flight.run(30 * MINUTE)
    kept = flight.snapshot()
    flight.run(70 * MINUTE)
    again = states.load(scenario.plant, kept)
    assert states.snapshot(scenario.plant, again) == kept
    other = Flight(scenario, again)
    other.run(70 * MINUTE)
    assert other.digest() == flight.digest()
    assert block(other).tobytes() == block(flight).tobytes()


def test_a_branch_leaves_its_trunk_alone(scenario: Scenario) -> None:
    flight = Flight.begin(scenario, 5)
    flight.run(20 * MINUTE)
    branch = flight.branch()
    branch.run(40 * MINUTE)
    before = flight.digest()
    flight.run(20 * MINUTE)
    assert flight.digest() == before
    flight.run(40 * MINUTE)
    assert flight.digest() == branch.digest()


def test_the_digest_sees_one_bit_of_a_cell(scenario: Scenario) -> None:
    flight = Flight.begin(scenario, 5)
    flight.run(20 * MINUTE)
    before = flight.digest()
    cell = block(flight)
    cell[100] = np.nextafter(cell[100], np.inf)
    assert flight.digest() != before
