"""The membranes under absurd operation: whatever is asked of them, amounts stay, and nothing is made or lost."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from biotwin.equipment.ultrafiltration import model as skid
from biotwin.equipment.ultrafiltration.flux import Film, Osmotic, film, osmotic
from tests.drawers.with_laws import lumped

share = st.floats(0.0, 1.0)


def amounts(x: Any) -> dict[str, float]:
    """The states that may not be negative: all but the accounts."""
    return {n: v for n, v in x._asdict().items() if not n.endswith("_supplied")}


def kept(model: Any, begin: Any, end: Any) -> None:
    """Each balance is what it was, to 1e-9 of its largest term."""
    for name, weights in model.BALANCES.items():
        sums = [sum(w * getattr(s, n) for n, w in weights.items()) for s in (begin, end)]
        assert abs(sums[1] - sums[0]) <= 1e-9 * max(1e-12, *(abs(getattr(end, n)) for n in weights)), name


@settings(max_examples=40, deadline=None)
@given(
    volume=st.floats(0.0, 0.05), product=st.floats(0.0, 400.0), salt=st.floats(0.0, 500.0),
    charge=st.floats(-40.0, 40.0), flow=st.sampled_from([0.0, 1e-6, 8e-5, 1e-2]), opening=st.floats(-0.5, 1.5),
    buffer=st.sampled_from([0.0, 1e-5, 1e-3]),
    taken=st.sampled_from([0.0, 1e-5, 1.0]), back=st.floats(-5e4, 2e5), faults=st.tuples(*[share] * 7),
    choice=st.sampled_from(["film", "osmotic"]), tick=st.sampled_from([1.0, 10.0, 60.0]),
)
@example(volume=0.03125, product=0.0, salt=0.0, charge=0.0, flow=0.01, opening=1.0, buffer=0.0, taken=1e-5, back=0.0,
         faults=(0.0,) * 7, choice="film", tick=60.0)
def test_a_skid_survives_whatever_is_asked(
    volume: float, product: float, salt: float, charge: float, flow: float, opening: float, buffer: float,
    taken: float, back: float, faults: tuple[float, ...], choice: str, tick: float,
) -> None:
    law, k = {"film": (film, Film()), "osmotic": (osmotic, Osmotic())}[choice]
    p, drawer = skid.Parameters(charge=charge), lumped(f"ultrafiltration/{choice}")
    begin = x = skid.initial(p, skid.Start(volume=volume, product=product, salt=salt))
    names = ("pump_slip", "fouling", "breach", "wrong_buffer", "air", "leg_unflushed", "permeate_throttled")
    u = skid.Inputs(feed_flow=flow, retentate_opening=opening, buffer_flow=buffer, withdrawal_flow=taken,
                    permeate_pressure=back)._replace(**dict(zip(names, faults, strict=True)))
    for _ in range(12):
        x = drawer.step(x, u, p, tick)
        assert min(amounts(x).values()) >= -1e-15, amounts(x)
        y = skid.readings(x, u, p, law, k)
        assert all(math.isfinite(v) for v in (*x, *y))
        assert 0.0 <= y.permeate_flow <= y.crossflow
        assert y.feed_pressure <= p.relief_pressure * (1.0 + 1e-9)
    kept(skid, begin, x)


def test_the_permeate_is_neutral_and_the_donnan_product_holds() -> None:
    """Free co-ions times free counter-ions are the square of the permeate's salt, at any mixture."""
    p = skid.Parameters()
    for salt in (1.0, 20.0, 300.0):
        for product in (5.0, 100.0, 220.0):
            x = skid.initial(p, skid.Start(product=product, salt=salt))
            y = skid.readings(x, skid.Inputs(), p, osmotic, Osmotic())
            free = 1.0 - p.specific_volume * product
            cations = (y.salt + y.acid) / free
            anions = cations + p.charge * product / (p.molar_mass * free)
            assert (y.permeate_salt + y.permeate_acid) ** 2 == pytest.approx(cations * anions, rel=1e-6)


def test_a_closed_permeate_or_a_stopped_pump_filters_nothing() -> None:
    p = skid.Parameters()
    x = skid.initial(p, skid.Start())
    for u in (skid.Inputs(), skid.Inputs(feed_flow=8e-5, retentate_opening=1.0, permeate_pressure=5e5)):
        assert skid.readings(x, u, p, osmotic, Osmotic()).permeate_flow == 0.0
