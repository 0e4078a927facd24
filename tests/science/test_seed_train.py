"""The seed train: every cell and every millilitre is accounted for, whatever is done; growth has its laws."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.seed_train.model import (
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
FAULTS = ("thaw_slow", "miscount", "heater_loss", "gas_loss", "agitation_loss", "asepsis_loss", "medium_spoiling")
SHARE = st.sampled_from([0.0, 0.0, 0.3, 1.0])
ACTS = st.lists(
    st.tuples(
        st.fixed_dictionaries({
            **dict.fromkeys(FAULTS, SHARE),
            "passage": st.sampled_from([0.0, 1.0]), "vessel": st.sampled_from([0.0, 1.0, 3.0, 6.0, 9.0]),
            "seeding": st.sampled_from([0.0, 1.0, 4.0e11, 1.0e15]), "heating": st.floats(-1.0, 2.0),
            "overlay_carbon_dioxide": st.floats(-1.0, 2.0), "stirrer_speed": st.sampled_from([0.0, 0.5, 50.0]),
            "harvest_flow": st.sampled_from([0.0, 0.0, 1.0e-8, 1.0]), "banking": st.sampled_from([0.0, 1.0]),
            "sample_flow": st.sampled_from([0.0, 1.0e-9, 1.0]), "deviate": st.floats(-4.0, 4.0),
            "contamination_rate": st.sampled_from([0.0, 1.0, 1.0e9]), "mycoplasma_rate": st.sampled_from([0.0, 1.0]),
        }).map(lambda d: Inputs(**d)),
        st.sampled_from([0.1, 10.0, 120.0, 3600.0, 86400.0]),
    ),
    min_size=1, max_size=8,
)
STARTS = st.fixed_dictionaries({
    "stage": st.sampled_from([0.0, 2.0, 6.0]), "volume": st.sampled_from([0.0, 1.0e-6, 0.3]),
    "viable_cells": st.sampled_from([0.0, 2.0e7, 1.0e13]), "adaptation": st.floats(0.0, 1.0),
    "bacteria": st.sampled_from([0.0, 1.0e6]), "mycoplasma": st.floats(0.0, 1.0),
}).map(lambda d: Start(**d))


@given(STARTS, ACTS)
@settings(max_examples=60, deadline=None)
def test_no_act_makes_an_amount_negative_or_a_reading_infinite(start: Start, acts: list[tuple[Inputs, float]]) -> None:
    x = initial(P, start)
    for u, dt in acts:
        x = advance(x, u, P, dt)
        for name, value in zip(State._fields, x, strict=True):
            assert math.isfinite(value), name
            assert value >= -1e-9 * max(start.viable_cells, x.grown_cells, 1.0), (name, value)
        r = readings(x, u, P)
        assert all(math.isfinite(v) for v in r), [n for n, v in zip(Readings._fields, r, strict=True)
                                                 if not math.isfinite(v)]
        assert 0.0 <= r.viability <= 1.0
        assert 0.0 <= r.stress <= 1.0
        assert 0.0 <= r.adaptation <= 1.0
        assert 0.0 <= r.dissolved_oxygen <= 1.0 + 1e-9
        assert 0.0 <= r.stage <= 6.0


@given(STARTS, ACTS)
@settings(max_examples=60, deadline=None)
def test_cells_and_liquid_are_what_came_and_grew_less_what_went(
    start: Start, acts: list[tuple[Inputs, float]]
) -> None:
    x = initial(P, start)
    for u, dt in acts:
        x = advance(x, u, P, dt)
    cells = max(start.viable_cells + x.grown_cells, 1.0)
    gone = x.discarded_viable + x.sampled_viable + x.transferred_viable + x.banked_viable
    viable = x.viable_cells + x.died_cells + gone
    dead = x.dead_cells + x.lysed_cells + x.discarded_dead + x.sampled_dead + x.transferred_dead + x.banked_dead
    liquid = x.volume + x.discarded_volume + x.sampled_volume + x.transferred_volume + x.banked_volume
    assert viable == pytest.approx(start.viable_cells + x.grown_cells, abs=1e-9 * cells)
    assert dead == pytest.approx(start.dead_cells + x.died_cells, abs=1e-9 * cells)
    assert liquid == pytest.approx(start.volume + x.medium_used, abs=1e-10)


def _grown(start: Start, hours: float, **inputs: float) -> Readings:
    x, u = initial(P, start), Inputs(**inputs)
    for _ in range(round(hours * 12)):
        x = advance(x, u, P, 300.0)
    return readings(x, u, P)


FLASK = Start(stage=3.0, volume=1.2e-3, viable_cells=4.8e8, dead_cells=1.0e7, adaptation=1.0)


def test_cold_and_want_of_carbon_dioxide_slow_and_heat_kills() -> None:
    warm = _grown(FLASK, 72.0)
    assert _grown(FLASK, 72.0, heating=0.35).viable_density < 0.7 * warm.viable_density
    assert _grown(FLASK, 72.0, overlay_carbon_dioxide=0.0).viable_density < 0.7 * warm.viable_density
    assert _grown(FLASK, 72.0, heating=0.52).viability < 0.7 < warm.viability


def test_a_vial_waits_and_a_culture_does_not() -> None:
    assert _grown(Start(), 240.0).viable_cells == 2.0e7
    assert _grown(FLASK, 240.0).viability < 0.5


def test_a_wrong_count_underseeds_the_next_vessel() -> None:
    x = initial(P, FLASK._replace(viable_cells=6.0e9))
    right, wrong = (readings(advance(x, Inputs(vessel=4.0, miscount=m), P, 1.0), Inputs(), P) for m in (0.0, 1.0))
    assert right.viable_density == pytest.approx(4.0e11, rel=1e-4)
    assert wrong.viable_density == pytest.approx(2.0e11, rel=1e-4)
    assert wrong.discarded_viable > right.discarded_viable


def test_where_cells_are_short_the_vessel_is_filled_less_but_never_below_what_it_needs_to_move() -> None:
    x = initial(P, FLASK._replace(viable_cells=1.2e9))
    r = readings(advance(x, Inputs(vessel=4.0), P, 1.0), Inputs(), P)
    assert r.liquid_volume == pytest.approx(P.least_filling * P.volume_4)
    assert r.discarded_viable == 0.0


def test_a_full_ladder_is_sixteen_to_twenty_doublings() -> None:
    x, u = initial(P, Start()), Inputs()
    for n, stay in enumerate((0.5, 84.0, 72.0, 72.0, 72.0, 72.0, 64.0)):
        for _ in range(round(stay * 12)):
            x = advance(x, u._replace(vessel=float(n)), P, 300.0)
    r = readings(x, u, P)
    assert r.stage == 6.0
    assert r.viable_cells == pytest.approx(7.8e11, rel=0.1)
    assert 15.0 < r.doublings < 20.0


def banked(stress_hours: float) -> Readings:
    """A bag of 3e6 per mL frozen after so many hours in which it grew on."""
    x = initial(P, Start(stage=4.0, volume=8.0e-3, viable_cells=2.4e10, glucose=20.0, glutamine=3.0, adaptation=1.0))
    for _ in range(round(6 * stress_hours)):
        x = advance(x, Inputs(), P, 600.0)
    for _ in range(120):
        x = advance(x, Inputs(harvest_flow=1.0e-5 / 3.0, banking=1.0), P, 60.0)
    return readings(x, Inputs(), P)


def test_a_bank_frozen_in_growth_lives_and_one_frozen_in_want_does_not() -> None:
    """Two days too long: more vials, and hardly half of their cells will live; nothing of it went to production."""
    fresh, worn = banked(0.0), banked(48.0)
    assert 900.0 < fresh.bank_vials < worn.bank_vials
    assert fresh.bank_viability > 0.9 > 0.7 > worn.bank_viability
    assert fresh.bank_doublings < worn.bank_doublings
    assert fresh.transferred_viable == worn.transferred_viable == 0.0
    assert fresh.bank_vials * P.vial_cells == pytest.approx(P.bank_recovery * fresh.banked_viable)


def test_a_thawed_vial_shows_its_dead_and_its_count_is_of_the_living() -> None:
    """Frozen at half viability: of the living ones as many survive as ever, of all the cells half of that."""
    x = initial(P, Start(stage=4.0, volume=8.0e-3, viable_cells=2.4e10, dead_cells=2.4e10, adaptation=1.0))
    x = advance(x, Inputs(harvest_flow=1.0e-5, banking=1.0), P, 60.0)
    r = readings(x, Inputs(), P)
    assert x.bank_survivors == pytest.approx(P.freeze_survival * P.vial_cells * x.bank_vials)
    assert x.bank_survivors == pytest.approx(P.freeze_survival * P.bank_recovery * x.banked_viable)
    assert r.bank_viability == pytest.approx(0.5 * P.freeze_survival)


def test_without_banking_there_is_no_bank() -> None:
    x = initial(P, Start(stage=6.0, volume=0.3, viable_cells=7.8e11, adaptation=1.0))
    x = advance(x, Inputs(harvest_flow=1.0e-3), P, 60.0)
    r = readings(x, Inputs(), P)
    assert (r.bank_vials, r.bank_viability, r.bank_doublings) == (0.0, 0.0, 0.0)
    assert r.transferred_viable > 0.0
