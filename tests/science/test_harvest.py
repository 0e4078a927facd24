"""The harvest under absurd operation: finite, never negative, and every kilogram accounted for."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.depth_filter import model as depth_filter
from biotwin.equipment.disc_stack_centrifuge import model as centrifuge
from biotwin.properties.saturation import taken_up

SHARE = st.floats(0.0, 1.0)
FEED = {
    "product": st.floats(0.0, 50.0), "aggregates": st.floats(0.0, 5.0), "hcp": st.floats(0.0, 20.0),
    "dna": st.floats(0.0, 20.0),
    "cells": st.floats(0.0, 1e14), "debris": st.floats(0.0, 200.0),
}
FILTER_RUNS = st.lists(st.tuples(
    st.fixed_dictionaries({
        **FEED, "flow": st.sampled_from([-1e-3, 0.0, 1e-12, 1e-5, 5e-4, 1e-2, 10.0]),
        "supply_pressure": st.sampled_from([0.0, 1.0, 1e5, 1e7]), "outlet_pressure": st.sampled_from([0.0, 1e5, 3e5]),
        "resistance_behind": st.sampled_from([0.0, 1e8, 1e15]),
        "viscosity": st.sampled_from([1e-4, 1e-3, 1.0]), "renewal": st.sampled_from([0.0, 0.0, 1.0, 2.0]),
        **dict.fromkeys(("blocked_capsule", "bypass", "channelling", "capacity_loss", "leak"), SHARE),
    }), st.sampled_from([0.1, 1.0, 60.0, 3600.0])), min_size=1, max_size=12)


def sound(values: Any) -> None:
    for name, value in values._asdict().items():
        assert math.isfinite(value), name
        assert value >= 0.0, (name, value)


@settings(max_examples=150, deadline=None)
@given(FILTER_RUNS, st.sampled_from([0.0, 0.05, 10.0]))
def test_a_filter_survives_absurd_operation_and_keeps_its_books(runs: Any, flushed: float) -> None:
    m, p = depth_filter, depth_filter.Parameters()
    x = m.initial(p, m.Start(flushed))
    came = {name: sum(getattr(x, part) for part in parts) for name, parts in m.BALANCES.items()}
    went = dict.fromkeys(m.BALANCES, 0.0)
    for inputs, dt in runs:
        u = m.Inputs(**inputs)
        x = m.advance(x, u, p, dt)
        y = m.readings(x, u, p)
        sound(x)
        sound(y)
        assert y.flow <= y.intake * (1.0 + 1e-12)
        assert y.inlet_pressure <= max(u.supply_pressure, u.outlet_pressure) * (1.0 + 1e-12)
        for name in m.BALANCES:
            came[name] += y.intake * inputs.get(name, 0.0) * dt
            went[name] += (y.flow * getattr(y, name) + y.leak_flow * inputs.get(name, 0.0)) * dt
    for name, parts in m.BALANCES.items():
        kept = sum(getattr(x, part) for part in parts)
        assert kept + went[name] == pytest.approx(came[name], rel=1e-9, abs=1e-18), name


@settings(max_examples=200, deadline=None)
@given(st.floats(0.0, 3.0), st.floats(0.0, 1e6), st.floats(1e-9, 50.0))
def test_a_bed_takes_no_more_than_is_offered_nor_than_it_holds(bound: float, fed: float, units: float) -> None:
    taken = taken_up(bound, fed, 1.0, units)
    assert 0.0 <= taken <= fed
    assert bound + taken <= max(bound, 1.0) + 1e-9


def test_a_long_tick_under_pressure_never_passes_the_closing_volume() -> None:
    m = depth_filter
    p = m.Parameters(area=1.0, holdup=1e-9, complete=10.0, intermediate=0.0, constriction=0.0, cake_resistance=0.0,
                     debris_retention=1.0)
    u, x = m.Inputs(flow=1.0, debris=1.0), m.initial(p, m.Start(1.0))
    for _ in range(50):
        x = m.advance(x, u, p, 3600.0)
    assert x.filtered == pytest.approx(0.1, rel=1e-6)


@pytest.mark.parametrize("area", [40.0, 10.0, 1.0])
def test_two_filters_in_series_share_the_pressure_and_never_swing(area: float) -> None:
    m, first = depth_filter, depth_filter.Parameters()
    second = first._replace(area=area)
    a, b = m.initial(first, m.Start(0.05)), m.initial(second, m.Start(0.05))
    asked, behind, flows, drops = 1.5e-3, second.resistance * 1e-3 / area, [], []
    u = m.Inputs(flow=asked, supply_pressure=1.0e5, debris=1.0)
    for _ in range(1200):
        ahead = u._replace(resistance_behind=behind)
        a = m.advance(a, ahead, first, 5.0)
        y = m.readings(a, ahead, first)
        then = m.Inputs(flow=y.flow, debris=y.debris, supply_pressure=1.0e6)
        b = m.advance(b, then, second, 5.0)
        behind = m.readings(b, then, second).hydraulic_resistance
        flows.append(y.flow)
        drops.append(y.pressure_drop)
        assert y.inlet_pressure <= 1.0e5 * (1.0 + 1e-12)
    clean = 1.0e5 / (first.resistance * 1e-3 * (1.0 / first.area + 1.0 / area))
    assert flows[0] == pytest.approx(min(asked, clean), rel=0.02)
    assert all(later <= sooner * (1.0 + 1e-9) for sooner, later in itertools.pairwise(flows))
    assert flows[-1] < 0.8 * flows[0]
    assert max(drops) > 1.1 * min(drops)


def test_a_new_element_is_clean_and_its_forerunner_took_product_with_it() -> None:
    m, p = depth_filter, depth_filter.Parameters()
    u, x = m.Inputs(flow=5.6e-4, product=3.0, debris=1.0), m.initial(p, m.Start(0.05))
    clogging = m.advance(x, u, p, 3600.0)
    y = m.advance(clogging, u._replace(renewal=1.0), p, 1.0)
    assert m.readings(clogging, u, p).resistance_ratio > 2.0
    assert m.readings(y, u, p).resistance_ratio == pytest.approx(1.0, rel=1e-3)
    assert y.product_discarded == pytest.approx(clogging.product + clogging.product_bound)
    again = m.advance(y, u._replace(renewal=1.0), p, 1.0)
    assert again.product_discarded == y.product_discarded


MACHINE_RUNS = st.lists(st.tuples(
    st.fixed_dictionaries({
        **FEED, "flow": st.sampled_from([-1e-3, 0.0, 1e-12, 1e-6, 5e-4, 1e-2, 10.0]),
        "command": st.floats(-0.5, 1.5), "discharge": st.sampled_from([-1.0, 0.0, 0.1, 1.0, 7.0]),
        "viscosity": st.sampled_from([1e-4, 1e-3, 1.0]), "feed_shear": st.floats(0.0, 1e3),
        **dict.fromkeys(("discharge_stuck", "slip", "air", "seal_leak"), SHARE),
    }), st.sampled_from([0.1, 1.0, 60.0, 3600.0])), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(MACHINE_RUNS, st.floats(0.0, 1.0), st.floats(0.0, 0.01))
def test_a_centrifuge_survives_absurd_operation_and_keeps_its_books(runs: Any, speed: float, volume: float) -> None:
    m, p = centrifuge, centrifuge.Parameters()
    x = m.initial(p, m.Start(speed, volume))
    came, went, liquid = dict.fromkeys(m.BALANCES, 0.0), dict.fromkeys(m.BALANCES, 0.0), volume
    for inputs, dt in runs:
        u = m.Inputs(**inputs)
        x = m.advance(x, u, p, dt)
        y = m.readings(x, u, p)
        sound(x._replace(asked=max(x.asked, 0.0)))
        sound(y)
        assert y.bowl_fill <= 1.0 + 1e-9
        liquid += (y.intake - y.flow - y.waste_flow) * dt
        for name in m.BALANCES:
            came[name] += y.intake * inputs[name] * dt
            went[name] += (y.flow * getattr(y, name) + y.waste_flow * getattr(y, f"waste_{name}")) * dt
    passed = sum(max(u["flow"], 0.0) * dt for u, dt in runs)
    assert x.volume == pytest.approx(liquid, rel=1e-9, abs=1e-12 * passed + 1e-15)
    for name, (parts, per_cell) in m.BALANCES.items():
        made = came[name] + (x.lysed * getattr(p, per_cell) if per_cell else 0.0)
        kept = sum(getattr(x, part) for part in parts)
        assert kept + went[name] == pytest.approx(made, rel=1e-9, abs=1e-18), name


def test_a_shot_is_fired_once_while_its_command_stands() -> None:
    m, p = centrifuge, centrifuge.Parameters()
    u, x = m.Inputs(command=1.0, discharge=1.0), m.initial(p, m.Start(1.0, p.bowl_volume))
    for _ in range(5):
        x = m.advance(x, u, p, 1.0)
    assert x.volume == pytest.approx(p.bowl_volume - p.solids_space)
    x = m.advance(m.advance(x, u._replace(discharge=0.0), p, 1.0), u, p, 1.0)
    assert x.volume == pytest.approx(p.bowl_volume - 2.0 * p.solids_space)
