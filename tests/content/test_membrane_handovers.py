"""What enters a membrane skid leaves it: delivered and lost by name, whatever the pilot does."""

from __future__ import annotations

import pytest

from biotwin.materials import Material
from biotwin.session.flight import Flight
from biotwin.session.handover import handover_of
from biotwin.session.inputs import SetMode, SetOutput
from biotwin.session.script import pilot_entries
from tests.content.garden import CONTENT, ROOT, scenario

LOT = Material(volume=0.33, heat=2.8e7, monomer=5.6, hmw=0.033, acidic=1.0, active=5.5, hcp=1e-4, salt=20.0,
               acetate=7.0, strong_ions=3.0, parvovirus=1e3, enveloped_virus=1e2)
"""About what the step before gives."""
FLIGHTS = [
    ("ufdf-first-diafiltration", "wins"), ("ufdf-first-diafiltration", "loses"), ("ufdf-leaking-cassette", "saves"),
    ("vf-first-filtration", "loses"), ("vf-silent-fibre", "wins"), ("vf-silent-fibre", "saves"),
]
KEPT = {"mab-ufdf-10m2": {"monomer"}, "mab-vf-4m2": {"monomer", "hmw", "parvovirus"}}


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "pilot"), FLIGHTS, ids=["-".join(f) for f in FLIGHTS])
def test_nothing_is_lost_between_receiving_and_delivering(slug: str, pilot: str) -> None:
    flown = scenario(CONTENT / "scenarios" / slug)
    handover = handover_of(flown.plant, CONTENT / "plants" / flown.plant.slug, ROOT)
    assert handover is not None
    received = handover.received(flown, LOT)
    flight = Flight.begin(received, 7)
    flight.run(received.duration, pilot_entries(received, pilot))
    left = handover.delivered(flight.state, LOT)
    assert set(handover.balanced) == KEPT[flown.plant.slug]
    for name in handover.balanced:
        whole = getattr(left.material, name) + sum(getattr(lost, name) for lost in left.losses.values())
        assert whole == pytest.approx(getattr(LOT, name), rel=1e-6), name
    assert 0.0 < left.material.monomer < LOT.monomer
    assert left.material.heat / (4.18e6 * left.material.volume) == pytest.approx(20.0, abs=0.1)


@pytest.mark.slow
def test_emptying_the_tank_trips_nothing_and_drawing_it_dry_does() -> None:
    healthy = scenario(CONTENT / "scenarios" / "ufdf-first-diafiltration")
    flight = Flight.begin(healthy, 7)
    facts = flight.run(healthy.duration, [])
    assert flight.ended
    assert not [f for f in facts if f.kind == "interlock_tripped"]
    careless = Flight.begin(healthy, 7)
    careless.run(30 * 60_000)
    careless.do(SetMode(loop="dsp/uf301/wic301", mode="manual"))
    careless.do(SetOutput(loop="dsp/uf301/wic301", value=0.0))
    careless.do(SetOutput(loop="dsp/uf301/hic304", value=1.0))
    facts = careless.run(60 * 60_000)
    assert "i301_dry" in {f.subject.rpartition("/")[2] for f in facts if f.kind == "interlock_tripped"}
