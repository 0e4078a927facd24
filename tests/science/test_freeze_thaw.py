"""The freeze-thaw station: every gram is accounted for, whatever is done; ice, core and surfactant have their laws."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.freeze_thaw.model import (
    Inputs,
    Parameters,
    Readings,
    Start,
    State,
    advance,
    initial,
    readings,
)

P = Parameters()
FLOW = st.sampled_from([0.0, 0.0, 1.0e-9, 1.0e-5, 1.0])
FAULTS = ("impeller_loose", "polysorbate_weak", "contact_lost", "rocker_dead")
ACTS = st.lists(
    st.tuples(
        st.fixed_dictionaries({
            **dict.fromkeys(("buffer_flow", "polysorbate_flow", "fill_flow", "harvest_flow", "sample_flow"), FLOW),
            **dict.fromkeys(FAULTS, st.floats(0.0, 1.0)), "leakage": st.sampled_from([0.0, 1.0e-4, 1.0]),
            "stirrer_speed": st.sampled_from([0.0, 1.0, 100.0]), "rocking": st.floats(-1.0, 2.0),
            "jacket_temperature": st.floats(190.0, 340.0),
        }).map(lambda d: Inputs(**d)),
        st.sampled_from([0.1, 10.0, 600.0, 86400.0]),
    ),
    min_size=1, max_size=8,
)
STARTS = st.fixed_dictionaries({
    "volume": st.sampled_from([0.0, 1.0e-6, 0.11]), "bag_volume": st.sampled_from([0.0, 1.0e-6, 0.11]),
    "frozen": st.sampled_from([0.0, 0.5, 1.0]), "polysorbate": st.sampled_from([0.0, 0.2]),
}).map(lambda d: Start(**d))


@given(STARTS, ACTS)
@settings(max_examples=60, deadline=None)
def test_no_act_makes_an_amount_negative_or_a_reading_infinite(start: Start, acts: list[tuple[Inputs, float]]) -> None:
    x = initial(P, start)
    for u, dt in acts:
        x = advance(x, u, P, dt)
        for name, value in zip(State._fields, x, strict=True):
            assert math.isfinite(value), name
            assert value >= -1e-12 or "heat" in name, (name, value)
        r = readings(x, u, P)
        for name, value in zip(Readings._fields, r, strict=True):
            assert math.isfinite(value), name
        assert 0.0 <= r.frozen_fraction <= 1.0
        assert 0.0 <= r.aggregate_fraction <= 1.0
        assert 0.0 <= r.layering <= 1.0
        assert 0.0 <= x.core_share <= 1.0
        assert r.core_factor <= P.core_limit


@given(STARTS, ACTS)
@settings(max_examples=60, deadline=None)
def test_what_came_is_here_or_went(start: Start, acts: list[tuple[Inputs, float]]) -> None:
    x, first = initial(P, start), initial(P, start)
    for u, dt in acts:
        x = advance(x, u, P, dt)

    def whole(s: State, name: str) -> float:
        return sum(getattr(s, f"{place}_{name}") for place in ("tank", "bag", "sampled", "spilt", "transferred"))

    added = {"volume": x.buffer_added + x.polysorbate_volume, "monomer": -x.aggregated, "hmw": x.aggregated,
             "sucrose": x.sucrose_added, "polysorbate": x.polysorbate_added - x.tank_fresh}
    for name, more in added.items():
        there = whole(x, name)
        assert there == pytest.approx(whole(first, name) + more, rel=1e-9, abs=1e-9 * max(1.0, abs(more))), name


FILLED = Start(volume=0.0, bag_volume=0.11, polysorbate=0.2)


def _flown(start: Start, hours: float, **inputs: float) -> Readings:
    x, u = initial(P, start), Inputs(**inputs)
    for _ in range(round(hours * 120)):
        x = advance(x, u, P, 30.0)
    return readings(x, u, P)


def test_ice_stands_at_the_freezing_point_and_then_follows_the_plates() -> None:
    mush, cold = (_flown(FILLED, h, jacket_temperature=228.15) for h in (0.4, 6.0))
    assert 0.1 < mush.frozen_fraction < 0.9
    assert mush.temperature == P.freezing_point
    assert cold.temperature == pytest.approx(228.15, abs=0.1)
    assert cold.titre == 0.0


def test_a_bag_that_is_not_thawed_gives_only_what_is_liquid() -> None:
    start = FILLED._replace(frozen=0.6)
    r = _flown(start, 1.0, jacket_temperature=P.freezing_point, harvest_flow=1.0)
    assert r.transferred_volume == pytest.approx(0.4 * 0.11, rel=1e-6)
    assert r.frozen_fraction == pytest.approx(1.0)


def test_a_thaw_at_rest_leaves_layers_and_rocking_evens_them() -> None:
    ice = FILLED._replace(frozen=1.0)
    rest = _flown(ice, 8.0, jacket_temperature=298.15)
    rocked = _flown(ice, 8.0, jacket_temperature=298.15, rocking=1.0)
    assert rest.frozen_fraction == rocked.frozen_fraction == 0.0
    assert rest.titre > 1.2 * rocked.titre
    assert rocked.titre == pytest.approx(50.0, rel=0.01)


def test_polysorbate_that_is_not_mixed_does_not_reach_the_bags() -> None:
    x = initial(P, Start())
    for n in range(240):
        u = Inputs(polysorbate_flow=1.1e-3 / 600.0 if n < 60 else 0.0, fill_flow=5e-5 if n >= 60 else 0.0)
        x = advance(x, u, P, 10.0)
    y = initial(P, Start())
    for n in range(240):
        u = Inputs(polysorbate_flow=1.1e-3 / 600.0 if n < 60 else 0.0, fill_flow=5e-5 if n >= 60 else 0.0,
                   stirrer_speed=1.0)
        y = advance(y, u, P, 10.0)
    still, stirred = (s.bag_polysorbate / s.bag_volume for s in (x, y))
    assert stirred == pytest.approx(0.198, rel=0.03)
    assert still < 0.5 * stirred


def test_warm_ice_costs_more_than_cold_ice() -> None:
    ice = FILLED._replace(frozen=1.0)
    cold, warm = (_flown(ice, 24.0, jacket_temperature=t).aggregated for t in (233.15, 263.15))
    assert warm > 20.0 * cold
