"""A hold tank under absurd operation: finite, never negative, and every content accounted for."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.hold_tank import model as tank
from biotwin.equipment.hold_tank.model import BALANCES, Inputs, Parameters, Start, advance, initial, readings
from tests.drawers.holding import CLARIFIED

SHARE = st.floats(0.0, 1.0)
FLOW = st.sampled_from([-1.0, 0.0, 0.0, 1e-309, 1e-12, 1e-6, 5e-4, 1e-2, 10.0])
CONTENTS = st.dictionaries(st.sampled_from(BALANCES), st.sampled_from([0.0, 1e-6, 3.0, 1e13]), max_size=8)
RUNS = st.lists(st.tuples(
    st.fixed_dictionaries({
        **dict.fromkeys(("flow", "draw", "rinse", "sample_flow", "leakage"), FLOW),
        "taken": st.sampled_from([0.0, 1e-6, 5e-4, 1e9]),
        "temperature": st.floats(270.0, 370.0), "jacket_temperature": st.floats(200.0, 500.0),
        "clamp": SHARE, "jacket_lost": SHARE, "collect": SHARE,
    }), CONTENTS, st.sampled_from([0.1, 1.0, 60.0, 3600.0])), min_size=1, max_size=12)
AGEING = {"aggregation": 1e-4, "lysis": 1e-3, "growth": 1e-3}


def _made(x: Any, p: Parameters, name: str) -> float:
    """What the tank itself has made of a content."""
    of_a_cell = {"hcp": p.hcp_of_a_cell, "dna": p.dna_of_a_cell, "debris": p.debris_of_a_cell, "cells": -1.0}
    changes = {"product": -x.aggregated, "aggregates": x.aggregated, "bioburden": x.grown}
    return changes.get(name, of_a_cell.get(name, 0.0) * x.lysed)


@settings(max_examples=100, deadline=None)
@given(RUNS, st.sampled_from([0.0, 1e-12, 0.3, 2.5, 4.0]), st.booleans())
def test_a_tank_survives_absurd_operation_and_keeps_its_books(runs: Any, volume: float, ages: bool) -> None:
    p = Parameters(jacket_conductance=1000.0, **(AGEING if ages else {}))
    x = initial(p, Start(volume=volume, **CLARIFIED))
    came = {name: getattr(x, f"{name}_held") for name in BALANCES}
    went, liquid = dict.fromkeys(BALANCES, 0.0), volume
    for inputs, contents, dt in runs:
        u, before = Inputs(**inputs, **contents), x
        x = advance(x, u, p, dt)
        y = readings(x, u, p)
        back = max(before.flow - u.taken, 0.0) / before.flow if before.flow > 0.0 else 0.0
        liquid += (max(u.flow, 0.0) + max(u.rinse, 0.0) + back * before.flow - x.flow) * dt
        for name in BALANCES:
            came[name] += (max(u.flow, 0.0) * getattr(u, name) + back * getattr(before, f"{name}_out")) * dt
            went[name] += getattr(x, f"{name}_out") * dt
        for part, values in (("state", x), ("reading", y)):
            for name, value in values._asdict().items():
                assert math.isfinite(value), (part, name)
                assert value >= 0.0 or name in ("grown", "jacket_heat"), (part, name, value)
        assert x.volume <= max(p.capacity, volume) * (1.0 + 1e-12)
        assert min(before.temperature, 200.0) - 1e-6 <= x.temperature <= max(before.temperature, 500.0) + 1e-6
    passed = volume + sum(max(u["flow"] + u["rinse"], 0.0) * dt for u, _, dt in runs)
    everywhere = x.volume + x.spilt + x.leaked + x.sampled + x.drained
    assert everywhere == pytest.approx(liquid, rel=1e-9, abs=1e-11 * passed + 1e-15)
    for name in BALANCES:
        kept = getattr(x, f"{name}_held") + getattr(x, f"{name}_lost")
        made = came[name] + _made(x, p, name)
        assert kept + went[name] == pytest.approx(made, rel=1e-9, abs=1e-10 * came[name] + 1e-18), name


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([0.0, 0.5, 2.4]), st.sampled_from([0.0, 1e-4, 2e-3]), st.sampled_from([0.0, 1e-4, 2e-3]))
def test_one_tick_of_an_hour_is_many_of_a_second_through_dryness_and_overflow(
    volume: float, flow: float, draw: float
) -> None:
    """Totals, not means: what ran over and what was handed on, whenever within the hour the tank was dry or full."""
    p, u = Parameters(), Inputs(flow=flow, draw=draw, leakage=1e-5, **{**CLARIFIED, "product": 1.0})
    x = y = initial(p, Start(volume=volume, **CLARIFIED))
    x, given = advance(x, u, p, 3600.0), 0.0
    for _ in range(720):
        y = advance(y, u, p, 5.0)
        given += y.product_out * 5.0
    assert x.volume == pytest.approx(y.volume, rel=1e-9, abs=1e-8)
    assert x.spilt == pytest.approx(y.spilt, rel=1e-9, abs=1e-12)
    assert x.product_held == pytest.approx(y.product_held, rel=1e-9, abs=1e-7)
    if not (volume + (flow - draw - 1e-5) * 3600.0 < 0.0 < flow):
        assert x.product_out * 3600.0 == pytest.approx(given, rel=1e-7, abs=1e-9)


def test_a_dry_tank_gives_nothing_and_a_brimming_one_spills_what_comes() -> None:
    p = Parameters()
    x = advance(initial(p, Start(volume=0.1, product=3.0)), Inputs(draw=1.0), p, 1.0)
    assert (x.volume, x.product_held, x.flow, x.product_out) == (0.0, 0.0, 0.1, pytest.approx(0.3))
    x = advance(x, Inputs(draw=1.0), p, 1.0)
    assert (x.flow, x.product_out) == (0.0, 0.0)
    full = advance(initial(p, Start(volume=2.5)), Inputs(flow=1e-3, product=3.0), p, 10.0)
    assert full.volume == 2.5
    assert full.spilt == pytest.approx(0.01)


def test_what_the_receiver_refuses_is_in_the_tank_again() -> None:
    p = Parameters()
    x = advance(initial(p, Start(volume=1.0, product=3.0)), Inputs(draw=1e-3), p, 10.0)
    y = advance(x, Inputs(draw=0.0, taken=4e-4), p, 10.0)
    assert y.volume == pytest.approx(1.0 - 4e-3)
    assert y.product_held == pytest.approx(3.0 * (1.0 - 4e-3))


def test_what_is_not_collected_goes_to_drain_and_a_rinse_carries_nothing() -> None:
    p = Parameters()
    u = Inputs(flow=1e-3, collect=0.25, rinse=2e-3, product=4.0)
    x = advance(initial(p, Start(volume=1.0)), u, p, 10.0)
    assert x.volume == pytest.approx(1.0 + 2.5e-3 + 2e-2)
    assert (x.product_held, x.product_lost, x.drained) == (
        pytest.approx(0.01), pytest.approx(0.03), pytest.approx(7.5e-3))


def test_water_is_as_viscous_as_the_tables_say() -> None:
    """1.787, 1.002 and 0.653 mPa s at 0, 20 and 40 degC (CRC Handbook, recalled)."""
    p = Parameters()
    for temperature, table in ((273.15, 1.787e-3), (293.15, 1.002e-3), (313.15, 0.653e-3)):
        x = initial(p, Start(volume=1.0, temperature=temperature))
        assert readings(x, Inputs(), p).viscosity == pytest.approx(table, rel=0.03)


def test_a_recovery_is_of_what_the_lot_began_with() -> None:
    p = Parameters()
    begun = initial(p, Start(volume=1.0, product=3.0, aggregates=0.1))
    end = initial(p, Start(volume=1.0, product=1.5, aggregates=0.05))
    assert readings(end, Inputs(lot_product=begun.begun_product), p).recovery == pytest.approx(0.5)
    assert readings(end, Inputs(), p).recovery == 0.0


def test_cold_spares_the_lot_and_warmth_ages_it() -> None:
    p = Parameters(room_conductance=0.0, **AGEING)
    states = [initial(p, Start(volume=1.0, temperature=t, **CLARIFIED)) for t in (277.15, 293.15, 303.15)]
    held = [advance(x, Inputs(), p, 3600.0) for x in states]
    for name in ("aggregated", "lysed", "grown"):
        values = [getattr(x, name) for x in held]
        assert values == sorted(values)
        assert values[0] > 0.0
    assert tank.CARRIES == "product"
