"""The filling line as a station: what comes in as a bag leaves as vials or is found where the hand-over says."""

from __future__ import annotations

import pytest

from biotwin.materials import Material
from biotwin.session.flight import Flight
from biotwin.session.handover import handover_of
from biotwin.session.script import pilot_entries
from tests.content.garden import CONTENT, ROOT, scenario

VOLUME = 0.05
LOT = Material(volume=VOLUME, heat=VOLUME * 4.18e6 * 20.0, monomer=49.0 * VOLUME, hmw=0.5 * VOLUME, lmw=0.2 * VOLUME,
               sucrose=75.0 * VOLUME, polysorbate=0.3 * VOLUME, bioburden=8.0e4 * VOLUME)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("slug", "pilot"), [("fill-first-lot", "wins"), ("fill-jam", "saves"), ("fill-pupsit", "loses")])
def test_every_litre_and_every_gram_is_found_again(slug: str, pilot: str) -> None:
    compiled = scenario(CONTENT / "scenarios" / slug)
    handover = handover_of(compiled.plant, CONTENT / "plants" / compiled.plant.slug, ROOT)
    assert handover is not None
    flight = Flight.begin(handover.received(compiled, LOT), 11)
    flight.run(None, pilot_entries(compiled, pilot))
    found = handover.delivered(flight.state, LOT)
    assert {"volume", "monomer", "hmw", "lmw", "sucrose", "polysorbate"} <= set(handover.balanced)
    for name in handover.balanced:
        everywhere = getattr(found.material, name) + sum(getattr(loss, name) for loss in found.losses.values())
        assert everywhere == pytest.approx(getattr(LOT, name), rel=1e-6), name
    assert 8000.0 < found.material.containers < 10000.0
    assert found.material.volume / found.material.containers == pytest.approx(5.0e-6, rel=0.01)
    assert (found.material.bioburden > 0.01) == (pilot == "loses")
