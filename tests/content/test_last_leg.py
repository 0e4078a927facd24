"""The last leg keeps its accounts: what enters a box or a pharmacy is delivered or lies in a named place, to 1e-9."""

from __future__ import annotations

import pytest

from biotwin.materials import Material
from biotwin.session.flight import Flight
from biotwin.session.handover import Delivered, handover_of
from biotwin.session.script import pilot_entries
from tests.content.garden import CONTENT, SCENARIOS, scenario

LOT = Material(volume=9.0e-5, monomer=2.16, hmw=0.04, active=2.05, containers=9000.0, sucrose=4.0)
LAST = [p for p in SCENARIOS if p.name.startswith(("ship-", "dose-"))]
FLIGHTS = [(p, pilot) for p in LAST for pilot in scenario(p).description.pilots]


def amount(of: Delivered, name: str) -> float:
    """Of what left and of what stayed, everywhere."""
    return float(sum(getattr(m, name) for m in (of.material, *of.losses.values())))


@pytest.mark.slow
@pytest.mark.parametrize(("folder", "pilot"), FLIGHTS, ids=[f"{p.name}-{pilot}" for p, pilot in FLIGHTS])
def test_nothing_of_the_lot_is_lost_between_hands(folder, pilot) -> None:
    compiled = scenario(folder)
    handover = handover_of(compiled.plant, CONTENT / "plants" / compiled.plant.slug)
    assert handover is not None
    received = handover.received(compiled, LOT)
    flight = Flight.begin(received, 7)
    list(flight.run(None, pilot_entries(compiled, pilot)))
    found = handover.delivered(flight.state, LOT)
    for name in ("containers", "active"):
        assert amount(found, name) == pytest.approx(getattr(LOT, name), rel=1e-9), name
    assert amount(found, "monomer") + amount(found, "hmw") == pytest.approx(LOT.monomer + LOT.hmw, rel=1e-9)
    assert amount(found, "hmw") >= LOT.hmw * (1.0 - 1e-9)
