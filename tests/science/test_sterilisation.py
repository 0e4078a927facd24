"""Sterilisation in place under absurd operation, and what its faults must and must not show."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import biotwin
from biotwin.equipment.steam_sterilisation.model import (
    Inputs,
    Parameters,
    Start,
    State,
    advance,
    initial,
    lethal_rate,
    readings,
    saturation_pressure,
    saturation_temperature,
)
from biotwin.qualification.judging import judge
from biotwin.qualification.references import Declared, declared

FILE = Path(biotwin.__file__).parent / "equipment" / "steam_sterilisation" / "reference.yaml"
P = Parameters()
valves, faults = st.floats(-0.5, 1.5), st.one_of(st.just(0.0), st.floats(0.0, 1.0))
absurd = st.builds(
    Inputs, steam_valve=valves, vent_valve=valves, air_valve=valves, drain_valve=valves, trapped_air=faults,
    trap_blocked=faults, cold_leg=faults, steam_loss=faults, vent_blocked=faults, steam_stuck=faults,
)
starts = st.builds(Start, temperature=st.floats(270.0, 420.0), air_pressure=st.floats(0.0, 4.0e5),
                   steam_pressure=st.floats(0.0, 4.0e5))


def missing(x: State, begin: float) -> float:
    """Water that the balance does not find, kg."""
    return P.water_mass * x.steam + x.condensate + x.vented + x.drained - x.supplied - begin


@settings(max_examples=100, deadline=None)
@given(start=starts, plan=st.lists(absurd, min_size=1, max_size=4), dt=st.sampled_from((0.1, 1.0, 10.0, 60.0, 600.0)))
def test_absurd_operation_keeps_steam_and_stays_finite(start: Start, plan: list[Inputs], dt: float) -> None:
    x = initial(P, start)
    begin = P.water_mass * x.steam
    for u in plan:
        for _ in range(15):
            x = advance(x, u, P, dt)
            assert all(math.isfinite(v) and v >= 0.0 for v in x), x
            assert all(math.isfinite(v) and v >= 0.0 for v in readings(x, u, P))
            assert abs(missing(x, begin)) <= 1.0e-9 * (begin + x.supplied + 1.0e-6)


def test_an_evacuated_vessel_with_all_valves_closed_stands() -> None:
    x = initial(P, Start(air_pressure=0.0))
    y = advance(x, Inputs(), P, 60.0)
    assert (y.steam, y.air) == (0.0, 0.0)
    assert all(math.isfinite(v) for v in readings(y, Inputs(), P))


@given(celsius=st.floats(50.0, 180.0))
def test_saturation_temperature_undoes_saturation_pressure(celsius: float) -> None:
    kelvin = 273.15 + celsius
    assert saturation_temperature(saturation_pressure(kelvin, P), P) == pytest.approx(kelvin, rel=1.0e-12)


def test_ten_kelvins_are_ten_times_the_lethality() -> None:
    assert lethal_rate(394.25, P) == 1.0
    assert lethal_rate(384.25, P) == pytest.approx(0.1, rel=1.0e-9)


@pytest.mark.parametrize("tick", [1.0, 10.0, 60.0])
def test_the_steam_never_warms_the_vessel_above_its_saturation(tick: float) -> None:
    x, u = initial(P, Start()), Inputs(steam_valve=1.0, vent_valve=0.2, drain_valve=1.0)
    for _ in range(int(3600.0 / tick)):
        x = advance(x, u, P, tick)
        assert x.wall_temperature <= saturation_temperature(P.steam_pressure, P)
    assert x.wall_temperature > 400.0


@pytest.mark.slow
@pytest.mark.parametrize("test", declared(FILE), ids=lambda d: d.test.id)
def test_an_objective_test_holds_or_is_explained(test: Declared) -> None:
    verdict = judge(test)
    explained = test.test.discrepancy is not None
    assert verdict.passed != explained, verdict.miss or "It passes: take its discrepancy away."
