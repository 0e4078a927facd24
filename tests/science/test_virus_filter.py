"""The virus filter under absurd operation: amounts stay, nothing is made or lost, and the laws say what they should."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.virus_filter import model as filtering
from biotwin.equipment.virus_filter.qualification import PLAIN, PRESSING, RELEASED, Rig
from tests.drawers.with_laws import lumped
from tests.science.test_membranes import kept

share = st.floats(0.0, 1.0)
FAULTS = ("breach", "air_lost", "prefilter_bypass", "fouling_gain", "outlet_throttled", "dry", "new_filter")


@settings(max_examples=40, deadline=None)
@given(
    volume=st.floats(0.0, 0.4), product=st.floats(0.0, 200.0), aggregates=st.floats(0.0, 20.0),
    load=st.sampled_from([0.0, 1e-5, 1e-2]), back=st.sampled_from([0.0, 1e-5, 1.0]),
    sampled=st.sampled_from([0.0, 1.0]),
    valves=st.tuples(*[st.floats(-0.5, 1.5)] * 4), faults=st.tuples(*[share] * 7),
    tick=st.sampled_from([1.0, 5.0, 10.0]),
)
def test_a_filter_survives_whatever_is_asked(
    volume: float, product: float, aggregates: float, load: float, back: float, sampled: float,
    valves: tuple[float, ...], faults: tuple[float, ...], tick: float,
) -> None:
    drawer, p = lumped("virus_filter"), filtering.Parameters()
    begin = x = filtering.initial(p, filtering.Start(volume=volume))
    names = ("air_opening", "vent_opening", "outlet_opening", "diversion")
    u = filtering.Inputs(load_flow=load, load_product=product, load_aggregates=aggregates, return_flow=back,
                         sample_flow=sampled, buffer_flow=load)
    u = u._replace(**dict(zip(names, valves, strict=True)), **dict(zip(FAULTS, faults, strict=True)))
    for _ in range(20):
        x = drawer.step(x, u, p, tick)
        assert min(x) >= -1e-12, x._asdict()
        y = filtering.readings(x, u, p)
        assert all(math.isfinite(v) for v in (*x, *y))
        assert 0.0 <= y.passing_log_reduction <= 12.0
    kept(filtering, begin, x)


def test_a_state_written_down_and_read_again_flies_on_to_the_bit() -> None:
    first = Rig(filtering.Parameters(), PRESSING, 0.3)
    for _ in range(50):
        first.step()
    second = Rig(filtering.Parameters(), PRESSING, 0.3)
    second.x = filtering.State(*(float.fromhex(v.hex()) for v in first.x))
    for _ in range(50):
        first.step()
        second.step()
    assert first.x == second.x


def test_no_law_reads_the_number_of_virus() -> None:
    p, x = filtering.Parameters(), Rig(filtering.Parameters(), PRESSING, 0.3).x
    loaded = PRESSING._replace(load_parvovirus=1e12, load_enveloped=1e12)
    assert filtering.equations(x, PRESSING, p) == filtering.equations(x, loaded, p)
    assert filtering.readings(x, PRESSING, p) == filtering.readings(x, loaded, p)


def test_a_pause_costs_more_the_longer_it_lasts_and_a_running_filter_nothing() -> None:
    found = []
    for ticks in (0, 150, 600):
        rig = Rig(filtering.Parameters(), PRESSING, 0.3)
        for _ in range(1500):
            rig.step()
        rig.u = RELEASED
        for _ in range(ticks):
            rig.step()
        rig.u = PRESSING
        while rig.see().liquid_volume < 0.2:
            rig.step()
        found.append(rig.see().log_reduction)
    assert found[0] > found[1] + 0.03 > found[2] + 0.1


def test_the_gas_test_sees_the_breach_that_the_flow_does_not() -> None:
    flows, decays = [], []
    for breach in (0.0, 1e-3):
        rig = Rig(filtering.Parameters(), PRESSING._replace(breach=breach), 0.3)
        for _ in range(300):
            y = rig.step()
        flows.append(y.flow)
        rig.x = rig.x._replace(tank_volume=0.0, pressure=3e5)
        rig.u = rig.u._replace(air_opening=0.0, vent_opening=0.0)
        decays.append(rig.see().pressure_decay)
    assert flows[1] == pytest.approx(flows[0], rel=1e-3)
    assert decays[1] > 50.0 * decays[0]


def test_a_new_filter_takes_everything_of_the_old_one_with_it() -> None:
    rig: Any = Rig(PLAIN._replace(plugging=120.0), PRESSING, 0.3).filled()
    for _ in range(1000):
        rig.step()
    begin, rig.u = rig.x, RELEASED._replace(outlet_opening=0.0, new_filter=1.0)
    for _ in range(900):
        rig.step()
    assert begin.captured > 1e-3
    assert rig.x.captured < 1e-9
    assert rig.x.open == pytest.approx(1.0)
    kept(filtering, begin, rig.x)
