"""Salts go with the lot: out of the medium, through the harvest, into the capture's own load."""

from __future__ import annotations

import pytest

from biotwin.materials import Material, attribute
from biotwin.session.flight import Flight
from biotwin.session.handover import handover_of
from tests.content.garden import CONTENT, ROOT, scenario

HARVESTED = Material(volume=2.0, heat=1.3e8, monomer=6.8, hmw=0.1, hcp=0.6, dna=0.04, salt=120.0, strong_ions=-9.0,
                     tris=16.0, acetate=4.0, solutes=70.0)


@pytest.mark.slow
def test_the_capture_loads_the_ions_that_arrive() -> None:
    flown = scenario(CONTENT / "scenarios" / "capture-first-cycle")
    handover = handover_of(flown.plant, CONTENT / "plants" / flown.plant.slug, ROOT)
    assert handover is not None
    received = handover.received(flown, HARVESTED)
    wanted = {"load_salt": 60.0, "load_strong_ions": -4.5, "load_tris": 8.0, "load_acetate": 2.0, "load_solutes": 35.0}
    begun = Flight.begin(received, 1)
    for name, value in wanted.items():
        slot = received.plant.signal(f"vb301.{name}").slot
        assert begun.state.real[slot] == pytest.approx(value), name


@pytest.mark.slow
def test_a_broth_leaves_with_the_ions_of_its_medium() -> None:
    flown = scenario(CONTENT / "scenarios" / "first-batch")
    handover = handover_of(flown.plant, CONTENT / "plants" / flown.plant.slug, ROOT)
    assert handover is not None
    broth = handover.delivered(Flight.begin(flown, 1).state, Material()).material
    assert broth.salt / broth.volume == pytest.approx(100.0)
    assert broth.tris / broth.volume == pytest.approx(20.0)
    for water in (1.0, 1.3):
        thinned = broth._replace(volume=broth.volume * water)
        assert attribute("ph").value(thinned) == pytest.approx(7.1, abs=0.1)
