"""Random command streams for thousands of steps: numbers stay finite and physical, balances close."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant
from biotwin.plant.whole import ENDED
from biotwin.session.flight import Flight
from biotwin.session.inputs import Entry, InjectMalfunction
from biotwin.session.scenario import Scenario
from tests.twin.streams import entries

HOUR = 3_600_000
STORM = settings(max_examples=40, deadline=None, derandomize=True,
                 suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
BOUNDS = {
    "volume": (0.0, 20.0), "temperature": (250.0, 420.0), "ph": (0.0, 14.0), "viability": (0.0, 1.0),
    "dissolved_oxygen": (0.0, 6.0), "liquid_volume": (0.0, 20.0),
}
"""What no plant here can leave: SI; 600 % of air saturation is more than pure oxygen at 1 bar gauge."""
TINY = 1e-12


def _amounts(plant: Plant) -> list[tuple[str, int]]:
    """States of lumped drawers that are amounts and so never negative, with their slots."""
    found = []
    for group in plant.groups:
        d = drawer(group.slug)
        if d.lumped:
            for k, name in enumerate(group.instances):
                for j, state in enumerate(d.states):
                    if not state.endswith("_supplied") and state not in ("strong_ions", "osmoles"):
                        found.append((f"{name}.{state}", group.states + k * len(d.states) + j))
    return found


def _forms(plant: Plant, real: Any) -> dict[str, tuple[float, float]]:
    """Each balance of each vessel: its value, and the largest of its terms."""
    found = {}
    for group in plant.groups:
        d = drawer(group.slug)
        for name, terms in getattr(d.module, "BALANCES", {}).items():
            for k, instance in enumerate(group.instances):
                first = group.states + k * len(d.states)
                parts = [w * float(real[first + d.states.index(s)]) for s, w in terms.items() if s in d.states]
                found[f"{instance}.{name}"] = (sum(parts), max(abs(v) for v in parts))
    return found


def _check_bounds(flight: Flight) -> None:
    real, plant = flight.state.real, flight.scenario.plant
    assert np.all(np.isfinite(real))
    for name, slot in _amounts(plant):
        assert real[slot] >= -TINY, (name, real[slot], flight.time)
    for address, signal in plant.signals.items():
        low, high = BOUNDS.get(address.rpartition(".")[2], (-np.inf, np.inf))
        if not signal.observed and signal.causality in ("output", "local"):
            assert low - TINY <= real[signal.slot] <= high + TINY, (address, real[signal.slot], flight.time)


def _fly(scenario: Scenario, journal: list[Any], hours: int) -> None:
    flight = Flight.begin(scenario, 17)
    before = _forms(scenario.plant, flight.state.real)
    left = list(journal)
    for hour in range(1, hours + 1):
        stop = scenario.start_time + hour * HOUR
        now = [e for e in left if e.time <= stop]
        left = left[len(now):]
        flight.run(stop, now)
        _check_bounds(flight)
        for name, (value, size) in _forms(scenario.plant, flight.state.real).items():
            assert abs(value - before[name][0]) <= 1e-6 * max(size, abs(before[name][0])), name
        if flight.state.whole[ENDED] == 1:
            return


@STORM
@given(data=st.data())
def test_the_small_plant_stays_physical_in_any_storm(mini: Scenario, data: Any) -> None:
    begin = mini.start_time
    _fly(mini, data.draw(entries(mini.plant, start=begin, end=begin + 16 * HOUR, most=60)), 16)


@pytest.mark.slow
@STORM
@given(data=st.data())
def test_the_bioreactor_stays_physical_in_any_storm(batch: Scenario, data: Any) -> None:
    begin = batch.start_time
    _fly(batch, data.draw(entries(batch.plant, start=begin, end=begin + 24 * HOUR, most=80)), 24)


@pytest.mark.slow
def test_a_calm_lot_closes_its_balances(batch: Scenario) -> None:
    _fly(batch, [], 14 * 24)


@pytest.mark.slow
def test_everything_broken_at_once_stays_finite(batch: Scenario) -> None:
    at = batch.start_time + 48 * HOUR
    journal = [Entry(n, at, "t", InjectMalfunction(a, 1.0)) for n, a in enumerate(batch.plant.malfunctions, 1)]
    _fly(batch, journal, 120)
