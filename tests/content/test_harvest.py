"""The harvest's hand-over: what came in is in the collection, or where the hand-over says, in good lots and in bad."""

from __future__ import annotations

import pytest

from biotwin.materials import Material
from biotwin.session.flight import Flight
from biotwin.session.handover import handover_of
from biotwin.session.script import pilot_entries
from tests.content.garden import CONTENT, scenario

LOT = Material(volume=1.9, heat=2.6e8, viable_cells=2.3e13, dead_cells=7.6e12, debris=3.8, monomer=6.93, hmw=0.1045,
               active=6.93, hcp=0.95, dna=0.095)
"""The line's design basis."""


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "pilot"), [
    ("harvest-first-clarification", "wins"), ("harvest-stuck-discharge", "saves"),
])
def test_product_is_where_the_hand_over_says(slug: str, pilot: str) -> None:
    compiled = scenario(CONTENT / "scenarios" / slug)
    handover = handover_of(compiled.plant, CONTENT / "plants" / "mab-harvest-2000l")
    assert handover is not None
    received = handover.received(compiled, LOT)
    flight = Flight.begin(received, 7)
    flight.run(None, pilot_entries(received, pilot))
    found = handover.delivered(flight.state, LOT)
    for name in ("monomer", "hmw"):
        parts = (getattr(m, name) for m in (found.material, *found.losses.values()))
        assert sum(parts) == pytest.approx(getattr(LOT, name), rel=1e-6), name
    assert 0.8 < found.material.monomer / LOT.monomer < 1.0
    assert found.material.active / found.material.monomer == pytest.approx(1.0, rel=0.01)
