"""Every plant of the garden under any operation: valves, pumps, set-points, phases, people, in any order. Numbers stay
finite, no liquid and no amount falls below nothing, and a snapshot from the middle goes on to the same bits.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biotwin.plant.whole import ENDED
from biotwin.session.flight import Flight
from biotwin.session.inputs import Entry, InjectMalfunction
from biotwin.session.library import load_scenario, scenarios
from biotwin.session.scenario import Scenario
from tests.content.garden import CONTENT
from tests.twin.streams import entries

pytestmark = pytest.mark.slow
HOUR = 3_600_000
LONGEST = 12 * HOUR
STORM = settings(max_examples=8, deadline=None, derandomize=True,
                 suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
ENDINGS = ("volume", "_held", "_cells")
BOUNDS = {"ph": (0.0, 14.0), "temperature": (100.0, 500.0), "viability": (0.0, 1.0)}
TINY = 1e-9


def _one_of_each() -> dict[str, str]:
    """A scenario of each plant, by the plant's name: the first that begins at its first phase, else the first."""
    found: dict[str, str] = {}
    for slug, scenario in sorted(scenarios(CONTENT).items(), key=lambda pair: pair[1].start_time):
        found.setdefault(scenario.plant.slug, slug)
    return dict(sorted(found.items()))


by_plant = pytest.mark.parametrize("slug", [pytest.param(s, id=plant) for plant, s in _one_of_each().items()])


def _loaded(slug: str) -> Scenario:
    return load_scenario(slug, Path(CONTENT))


def _check(flight: Flight) -> None:
    real = flight.state.real
    assert np.all(np.isfinite(real)), flight.time
    for address, signal in flight.scenario.plant.signals.items():
        name = address.rpartition(".")[2]
        if signal.observed or signal.causality not in ("output", "local"):
            continue
        low, high = BOUNDS.get(name, (0.0 if name.endswith(ENDINGS) else -np.inf, np.inf))
        assert low - TINY <= real[signal.slot] <= high + TINY, (address, real[signal.slot], flight.time)


def _end(scenario: Scenario) -> int:
    return min(scenario.duration, scenario.start_time + LONGEST)


@by_plant
@STORM
@given(data=st.data())
def test_a_plant_stays_physical_in_any_storm_and_goes_on_from_its_middle(slug: str, data: Any) -> None:
    scenario = _loaded(slug)
    begin, end = scenario.start_time, _end(scenario)
    journal = data.draw(entries(scenario.plant, start=begin, end=end, most=40))
    middle = begin + (end - begin) // 2
    flight = Flight.begin(scenario, 17)
    flight.run(middle, [e for e in journal if e.time <= middle])
    _check(flight)
    again = Flight.restore(scenario, flight.snapshot())
    late = [e for e in journal if e.time > middle]
    for one in (flight, again):
        one.run(end, late)
    _check(flight)
    assert again.digest() == flight.digest()


@by_plant
def test_everything_broken_at_once_stays_finite(slug: str) -> None:
    scenario = _loaded(slug)
    begin, end = scenario.start_time, _end(scenario)
    broken = enumerate(scenario.plant.malfunctions, 1)
    journal = [Entry(n, begin + (end - begin) // 4, "t", InjectMalfunction(a, 1.0)) for n, a in broken]
    flight = Flight.begin(scenario, 17)
    flight.run(end, journal)
    assert np.all(np.isfinite(flight.state.real))
    assert flight.state.whole[ENDED] in (0, 1)
