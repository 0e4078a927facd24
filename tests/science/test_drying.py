"""The freeze dryer under what nobody should do to it: water is kept, nothing is negative, everything is finite."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

import biotwin
from biotwin.equipment.freeze_dryer import vial
from biotwin.equipment.freeze_dryer.model import (
    Inputs,
    Parameters,
    Start,
    State,
    advance,
    at_edge,
    centre,
    edge,
    initial,
    readings,
)
from biotwin.qualification.judging import judge
from biotwin.qualification.references import Declared, declared

FILE = Path(biotwin.__file__).parent / "equipment" / "freeze_dryer" / "reference.yaml"
P = Parameters()
CLASSES = ("centre", "edge", "corner")

openings = st.floats(-0.5, 1.5)
faults = st.one_of(st.just(0.0), st.floats(0.0, 1.0))
absurd = st.builds(
    Inputs, shelf_target=st.floats(150.0, 400.0), bleed_opening=openings, vent_opening=openings, vacuum_valve=openings,
    condenser_duty=openings, stopper_press=openings, refrigeration_loss=faults, leak=faults, vacuum_pump_dead=faults,
    shelf_pump_dead=faults, shelf_heater_dead=faults, bleed_stuck=faults, duct_blockage=faults, probe_out=faults,
    pirani_bias=faults, press_jammed=faults,
    sample_flow=st.floats(-1.0e-6, 1.0e-5), deviate=st.floats(-5.0, 5.0),
)
starts = st.builds(
    Start, temperature=st.floats(200.0, 330.0), shelf_temperature=st.floats(200.0, 340.0),
    coil_temperature=st.floats(190.0, 310.0), pressure=st.floats(0.0, 101325.0), frozen=st.floats(0.0, 1.0),
    dried=st.floats(0.0, 1.0), vials=st.floats(0.0, 600.0), fill=st.floats(1.0e-7, 1.0e-5),
    protein=st.floats(0.0, 200.0), excipient=st.floats(0.0, 500.0),
)


BARE = Start(temperature=200.0, shelf_temperature=255.0, coil_temperature=288.0, pressure=0.0, frozen=0.0, dried=1.0,
             vials=4.0, fill=4.0e-6, protein=0.0, excipient=18.0)
"""A warm, bare coil: the last molecules of its ice leave it."""


def water(x: State, p: Parameters = P) -> float:
    """All water, kg."""
    held = sum(getattr(x, f"{c}_{kind}") for c in CLASSES for kind in ("ice", "liquid", "bound"))
    return float(held + p.water_mass * x.chamber_vapour + x.coil_ice + x.pumped_water + x.sampled_water)


@settings(max_examples=100, deadline=None)
@example(start=BARE, plan=[Inputs(shelf_target=150.0)], dt=10.0)
@given(start=starts, plan=st.lists(absurd, min_size=1, max_size=4), dt=st.sampled_from((0.1, 1.0, 10.0, 60.0)))
def test_absurd_operation_keeps_water_and_stays_finite(start: Start, plan: list[Inputs], dt: float) -> None:
    x = initial(P, start)
    whole = water(x)
    for u in plan:
        for _ in range(15):
            x = advance(x, u, P, dt)
            assert all(math.isfinite(v) for v in x)
            assert all(v >= 0.0 for v in x._replace(bleed_held=0.0, luck=0.0)), x
            y = readings(x, u, P)
            assert all(map(math.isfinite, y))
            assert all(v >= 0.0 for v in y._replace(bleed=0.0, shelf_heat=0.0, rejected=max(y.rejected, 0.0),
                                                rejected_share=max(y.rejected_share, 0.0)))
            assert y.rejected >= -1.0e-9 * start.vials
    assert water(x) == pytest.approx(whole, rel=1.0e-9)


@settings(max_examples=100, deadline=None)
@given(shelf=st.floats(225.0, 330.0), pressure=st.floats(0.5, 100.0), dried=st.floats(0.0, 0.999),
       begin=st.floats(200.0, 330.0))
def test_ten_newton_steps_find_pikals_temperature(shelf: float, pressure: float, dried: float, begin: float) -> None:
    x = initial(P, Start(temperature=begin, frozen=1.0, dried=dried))
    d = vial.drying(edge(x), at_edge(x, P), shelf, pressure, 0.0, P)
    if d.flow == 0.0:
        assert d.sublimation <= shelf
        return
    length = vial.frozen_length(at_edge(x, P), P)
    resistance = P.resistance_0 + P.resistance_1 * length * dried
    k_v = (P.contact + P.gas_conduction * pressure / (1.0 + P.gas_saturation * pressure)) * P.edge_heat

    def miss(t: float) -> float:
        heat = P.sublimation_heat * P.product_area * (P.ice_pressure * math.exp(-P.ice_exponent / t) - pressure)
        heat = heat / resistance
        bottom = t + heat / (P.product_area * P.ice_conduction) * length * (1.0 - dried)
        return heat - k_v * P.vial_area * (shelf - bottom)

    assert d.sublimation == pytest.approx(brentq(miss, 120.0, shelf + 1.0, xtol=1.0e-12), abs=1.0e-3)


def test_a_dryer_without_vials_and_with_all_valves_closed_stands() -> None:
    p = P._replace(centre_count=0.0, edge_count=0.0, corner_count=0.0)
    x = y = initial(p, Start(pressure=10.0))
    for _ in range(50):
        y = advance(y, Inputs(), p, 60.0)
    assert (y.chamber_inert, y.condenser_inert) == pytest.approx((x.chamber_inert, x.condenser_inert), rel=1.0e-9)
    assert all(math.isfinite(v) for v in readings(y, Inputs(), p))


def test_the_ice_melts_back_when_the_shelf_is_warm_and_the_chamber_full_of_air() -> None:
    x, u = initial(P, Start(temperature=250.0, shelf_temperature=300.0, frozen=1.0)), Inputs(shelf_target=300.0)
    for _ in range(1200):
        x = advance(x, u, P, 10.0)
    y = readings(x, u, P)
    assert y.melted == pytest.approx(1.0, abs=1.0e-6)
    assert y.frozen < 1.0e-6


@pytest.mark.parametrize(("fault", "coil_warms"), [("refrigeration_loss", True), ("duct_blockage", False)])
def test_the_coil_tells_lost_refrigeration_from_a_closing_duct(fault: str, coil_warms: bool) -> None:
    start = Start(temperature=240.0, shelf_temperature=270.0, coil_temperature=204.0, pressure=20.0, frozen=1.0)
    u = Inputs(shelf_target=270.0, bleed_opening=0.15, vacuum_valve=1.0, condenser_duty=1.0)
    sick = u._replace(**{fault: 1.0 if coil_warms else 0.98})
    healthy = ill = initial(P, start)
    for _ in range(1000):
        healthy, ill = advance(healthy, u, P, 10.0), advance(ill, sick, P, 10.0)
    a, b = readings(healthy, u, P), readings(ill, sick, P)
    assert b.chamber_pressure > 1.3 * a.chamber_pressure
    assert (b.coil_temperature > a.coil_temperature + 5.0) == coil_warms


@pytest.mark.parametrize("tick", [1.0, 30.0])
def test_the_tick_changes_little(tick: float) -> None:
    start = Start(temperature=240.0, shelf_temperature=263.15, coil_temperature=204.0, pressure=20.0, frozen=1.0)
    u = Inputs(shelf_target=263.15, bleed_opening=0.15, vacuum_valve=1.0, condenser_duty=1.0)
    x, fine = initial(P, start), initial(P, start)
    for _ in range(int(3600.0 / tick)):
        x = advance(x, u, P, tick)
    for _ in range(720):
        fine = advance(fine, u, P, 5.0)
    assert centre(x).ice == pytest.approx(centre(fine).ice, rel=2.0e-4)
    assert readings(x, u, P).chamber_pressure == pytest.approx(readings(fine, u, P).chamber_pressure, rel=2.0e-3)


@pytest.mark.slow
@pytest.mark.parametrize("test", declared(FILE), ids=lambda d: d.test.id)
def test_an_objective_test_holds_or_is_explained(test: Declared) -> None:
    verdict = judge(test)
    explained = test.test.discrepancy is not None
    assert verdict.passed != explained, verdict.miss or "It passes: take its discrepancy away."
