"""Figures of merit: which rows of a flight belong to a phase, the one in which the lot began among them."""

from __future__ import annotations

import numpy as np
import pytest

from biotwin.session.facts import Fact
from biotwin.session.merit import Record
from biotwin.session.scenario import Scenario

TIME = np.array([0.0, 10.0, 20.0, 30.0, 40.0])


def record(scenario: Scenario, facts: tuple[Fact, ...]) -> Record:
    return Record(scenario.plant, TIME, {}, facts, 0.0, 0, scenario.plant.carrier, "idle")


def started(scenario: Scenario, phase: str, time: int) -> Fact:
    return Fact(time, "phase_started", scenario.plant.address(phase))


@pytest.mark.parametrize(("phases", "expected"), [
    (["idle"], [1, 1, 0, 0, 0]), (["feed"], [0, 0, 1, 1, 0]), (["done"], [0, 0, 0, 0, 1]),
    (["idle", "done"], [1, 1, 0, 0, 1]), ([], [1, 1, 1, 1, 1]),
])
def test_the_phase_in_which_the_lot_began_counts_like_any_other(
    mini: Scenario, phases: list[str], expected: list[int]
) -> None:
    found = record(mini, (started(mini, "feed", 20), started(mini, "done", 40)))
    assert found.during(phases).tolist() == [bool(x) for x in expected]


def test_a_lot_that_never_leaves_its_first_phase_is_in_it_and_in_no_other(mini: Scenario) -> None:
    found = record(mini, ())
    assert found.during(["idle"]).all()
    assert not found.during(["feed"]).any()
