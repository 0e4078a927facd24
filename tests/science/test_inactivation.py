"""The inactivation tank: what enters is what is there or left, whatever is done to it; the chemistry has one answer."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.inactivation_tank.kinetics import inactivation_rate
from biotwin.equipment.inactivation_tank.model import (
    Inputs,
    Parameters,
    Readings,
    Start,
    State,
    advance,
    initial,
    readings,
)
from biotwin.equipment.inactivation_tank.zones import bulk_of, joined, protein, slow_of
from biotwin.properties.titration import Charges, acidity_of, excess

P = Parameters()
FLOW = st.sampled_from([0.0, 0.0, 1.0e-9, 1.0e-6, 1.0e-4, 1.0])
FAULTS = ("impeller_loose", "leg_unswept", "acid_diluted", "transfer_skipped", "jacket_fouling")
ACTS = st.lists(
    st.tuples(
        st.fixed_dictionaries({
            **dict.fromkeys(("pool_flow", "acid_flow", "base_flow", "harvest_flow", "sample_flow"), FLOW),
            **dict.fromkeys(FAULTS, st.floats(0.0, 1.0)),
            "stirrer_speed": st.sampled_from([0.0, 1.0e-3, 1.0, 100.0]), "jacket_temperature": st.floats(274.0, 353.0),
        }).map(lambda d: Inputs(**d)),
        st.sampled_from([0.1, 1.0, 5.0, 60.0, 3600.0]),
    ),
    min_size=1, max_size=6,
)
STARTS = st.fixed_dictionaries({
    "volume": st.sampled_from([0.0, 1.0e-6, 0.1, 0.5]), "ph": st.floats(2.0, 9.0),
}).map(lambda d: Start(**d))


@given(STARTS, ACTS)
@settings(max_examples=40, deadline=None)
def test_no_act_makes_an_amount_negative_or_a_reading_infinite(start: Start, acts: list[tuple[Inputs, float]]) -> None:
    x = initial(P, start)
    for u, dt in acts:
        x = advance(x, u, P, dt)
        assert all(math.isfinite(v) for v in x)
        assert all(v >= 0.0 for n, v in zip(State._fields, x, strict=True)
                   if "strong_ions" not in n and not n.endswith("supplied"))
        for name, value in zip(Readings._fields, readings(x, u, P), strict=True):
            assert math.isfinite(value), name
        r = readings(x, u, P)
        assert 0.0 <= r.aggregate_fraction <= 1.0
        assert 0.0 <= r.log_reduction <= 12.0 + 1e-9
        assert 1.0 <= r.ph <= 13.0


@given(STARTS, ACTS)
@settings(max_examples=40, deadline=None)
def test_liquid_and_protein_are_what_came_less_what_left(start: Start, acts: list[tuple[Inputs, float]]) -> None:
    x, scale = initial(P, start), 1.0
    for u, dt in acts:
        x = advance(x, u, P, dt)
        whole = joined(bulk_of(x), slow_of(x))
        scale = max(scale, whole.volume)
        assert whole.volume == pytest.approx(x.liquid_supplied, abs=1e-10 * scale)
        assert protein(whole) == pytest.approx(x.product_supplied, abs=1e-9 * scale)


@given(st.floats(-2000.0, 2000.0), *[st.floats(0.0, 1000.0)] * 3)
@settings(max_examples=200, deadline=None)
def test_the_ph_leaves_no_charge_or_stands_at_its_end(
    ions: float, acetate: float, tris: float, carboxyl: float
) -> None:
    c = Charges(ions, acetate, tris, carboxyl)
    ph = acidity_of(c, 1000.0)
    assert 1.0 <= ph <= 13.0
    if 1.0 < ph < 13.0:
        assert excess(ph, c, 1000.0) == pytest.approx(0.0, abs=1e-6)


def test_virus_only_falls_and_falls_faster_in_acid_and_warmth() -> None:
    rates = [inactivation_rate(ph, 293.15, P) for ph in (7.0, 5.0, 4.2, 3.8, 3.6, 3.4, 3.0)]
    assert rates == sorted(rates)
    assert inactivation_rate(3.6, 278.15, P) < inactivation_rate(3.6, 288.15, P) < inactivation_rate(3.6, 298.15, P)
    assert 60.0 * inactivation_rate(3.6, 288.15, P) >= 5.0 / 30.0


def test_what_is_not_swept_caps_the_reduction() -> None:
    """A dead leg that was filled at pH 5 keeps its virus, whatever the bulk's probe shows."""
    u, seen = Inputs(stirrer_speed=1.0), []
    for unswept in (0.0, 0.5, 1.0):
        x = initial(P, Start(volume=0.1, ph=5.0))
        for n in range(1500):
            acid = 1.2e-5 if n < 700 else 0.0
            x = advance(x, u._replace(acid_flow=acid, leg_unswept=unswept), P, 5.0 if n >= 700 else 1.0)
        seen.append(readings(x, u, P))
    assert seen[0].bulk_log_reduction > 10.0
    assert seen[0].log_reduction > seen[2].log_reduction
    assert 2.5 < seen[2].log_reduction < 5.0
    assert seen[2].ph == pytest.approx(seen[0].ph, abs=0.05)


def test_a_standing_stirrer_lets_the_liquid_part() -> None:
    x, p = initial(P, Start(volume=0.1)), P
    for _ in range(120):
        x = advance(x, Inputs(), p, 1.0)
    assert readings(x, Inputs(), p).slow_fraction > 0.25
    for _ in range(120):
        x = advance(x, Inputs(stirrer_speed=1.0), p, 1.0)
    assert readings(x, Inputs(), p).slow_fraction < 0.01
