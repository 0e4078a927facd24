"""A batch of the freeze dryer: what chance, annealing, stoppers, inspection and the sample thief do to it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.freeze_dryer.model import Inputs, Parameters, Readings, Start, State, advance, initial, readings

P = Parameters(equilibrium_moisture=0.08)
FROZEN = Start(temperature=235.15, shelf_temperature=235.15, coil_temperature=204.0, pressure=10.0, frozen=1.0)


def held(x: State, u: Inputs, hours: float, tick: float = 20.0) -> State:
    """The dryer after some hours of constant inputs."""
    for _ in range(round(hours * 3600.0 / tick)):
        x = advance(x, u, P, tick)
    return x


def frozen(luck: float) -> State:
    """A batch cooled to -45 degC in air; ``luck`` is drawn at every tick."""
    return held(initial(P, Start(shelf_temperature=278.15)), Inputs(shelf_target=228.15, deviate=luck), 3.0)


def test_chance_moves_nucleation_and_colder_vials_resist_more() -> None:
    late, usual, early = frozen(-1.5), frozen(0.0), frozen(1.5)
    assert late.centre_pores > usual.centre_pores > early.centre_pores
    assert late.centre_pores / early.centre_pores == pytest.approx(1.0 + 0.03 * 6.0, abs=0.02)
    assert usual.corner_pores > usual.centre_pores, "what nucleates colder has finer crystals"


def test_what_is_drawn_below_the_freezing_point_moves_nothing() -> None:
    x = held(initial(P, Start(shelf_temperature=278.15)), Inputs(shelf_target=271.0, deviate=1.0), 2.0)
    y = held(x, Inputs(shelf_target=271.0, deviate=-3.0), 0.5)
    assert (x.luck, y.luck) == (1.0, 1.0)


def test_annealing_widens_the_pores_and_dries_colder_and_faster() -> None:
    plain = frozen(0.0)
    annealed = held(held(plain, Inputs(shelf_target=261.15), 5.0), Inputs(shelf_target=228.15), 1.5)
    assert annealed.centre_pores == pytest.approx(P.annealed, abs=0.05)
    drying = Inputs(shelf_target=258.15, vacuum_valve=1.0, condenser_duty=1.0, bleed_opening=0.05)
    fine, coarse = (readings(held(x, drying, 8.0), drying, P) for x in (plain, annealed))
    assert coarse.centre_dried > 1.03 * fine.centre_dried
    assert coarse.sublimation_temperature < fine.sublimation_temperature - 0.5, "the product stays colder as well"


def test_a_cake_keeps_what_its_temperature_keeps_and_takes_nothing_back() -> None:
    warm = Inputs(shelf_target=313.15, vacuum_valve=1.0, condenser_duty=1.0)
    x = held(initial(P, FROZEN._replace(dried=1.0)), warm, 60.0)
    left = readings(x, warm, P).moisture
    assert left == pytest.approx(0.08 * math.exp(-65.0 / 24.0), rel=0.05)
    y = held(x, Inputs(shelf_target=253.15, vacuum_valve=1.0), 10.0)
    assert readings(y, warm, P).moisture <= left


def stoppered(pressure: float) -> Readings:
    """A dry batch, stoppered at this chamber pressure."""
    u = Inputs(shelf_target=293.15, stopper_press=1.0)
    start = Start(pressure=pressure, dried=1.0)
    return readings(held(initial(P, start), u, 0.1, 2.0), u, P)


def test_stoppers_hold_under_partial_vacuum_and_creep_at_the_atmosphere() -> None:
    low, high = stoppered(8.0e4), stoppered(101325.0)
    assert (low.stopper, high.stopper) == (1.0, 1.0)
    assert low.headspace_pressure == pytest.approx(8.0e4, rel=0.02)
    assert low.unloaded == 0.0 < high.unloaded
    assert high.raised > 10.0 * low.raised


def test_what_inspection_took_out_is_not_in_what_it_let_pass() -> None:
    x = held(initial(P, FROZEN._replace(dried=1.0)), Inputs(stopper_press=1.0), 1.0)
    whole = readings(x, Inputs(), P)
    gone = readings(x._replace(corner_collapsed=1.0), Inputs(), P)
    assert gone.rejected - whole.rejected == pytest.approx(P.corner_count, abs=0.5)
    assert gone.collapsed > 0.01
    assert gone.flawed == pytest.approx(whole.flawed, abs=1e-9)
    filled = 1000.0 * FROZEN.fill * P.centre_count
    some = readings(x._replace(centre_collapsed=0.04 * filled, centre_melted=0.02 * filled), Inputs(), P)
    assert 0.02 < some.flawed < 0.2, "the passable part of a class that begins to collapse goes on"


def test_an_open_vial_is_no_vial() -> None:
    open_ = readings(initial(P, Start(dried=1.0)), Inputs(), P)
    assert (open_.accepted, open_.rejected) == (0.0, pytest.approx(398.0))


@settings(max_examples=40, deadline=None)
@given(vials=st.floats(1.0, 600.0), fill=st.floats(5.0e-7, 5.0e-6), solids=st.floats(1.0, 300.0),
       shelf=st.floats(220.0, 320.0), flow=st.floats(0.0, 1.0e-8))
def test_what_was_received_is_found_again(vials: float, fill: float, solids: float, shelf: float, flow: float) -> None:
    u = Inputs(shelf_target=shelf, vacuum_valve=1.0, condenser_duty=1.0, stopper_press=0.5, sample_flow=flow)
    start = FROZEN._replace(vials=vials, fill=fill, protein=0.4 * solids, excipient=0.6 * solids)
    y = readings(held(initial(P, start), u, 2.0), u, P)
    found = y.residual_water + y.rejected_water + y.sublimed_water + y.sampled_water + y.solids_volume
    assert found == pytest.approx(vials * fill, rel=1.0e-9)
    assert y.accepted + y.rejected + y.sampled == pytest.approx(vials, rel=1.0e-9)
    assert y.accepted_share + y.rejected_share + y.sampled_share == pytest.approx(1.0, rel=1.0e-8)
