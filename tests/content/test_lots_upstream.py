"""What the seed train and the freeze-thaw station take over is what they give on, lose or make, to a thousandth ppm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from biotwin.materials import NOTHING, Material
from biotwin.materials.attributes import attribute
from biotwin.session.flight import Flight
from biotwin.session.handover import Delivered, Handover, handover_of
from biotwin.session.script import pilot_entries
from tests.content.garden import CONTENT, ROOT, scenario

VIAL = NOTHING._replace(volume=1.0e-6, viable_cells=2.0e7, dead_cells=1.0e6, containers=1.0)
RETENTATE = NOTHING._replace(volume=0.112, monomer=5.72, hmw=0.03, sucrose=8.9, histidine=2.2, hcp=1.0e-4)


def _handover(name: str) -> Handover:
    compiled = scenario(CONTENT / "scenarios" / name)
    found = handover_of(compiled.plant, CONTENT / "plants" / compiled.plant.slug, ROOT)
    assert found is not None
    return found


def _flown(name: str, received: Material) -> tuple[Delivered, Callable[[str], float]]:
    """A scenario's pilot ``wins`` on that material, to the end: what left, and what can be read."""
    compiled, given = scenario(CONTENT / "scenarios" / name), _handover(name)
    flight = Flight.begin(given.received(compiled, received), 11)
    flight.run(None, pilot_entries(compiled, "wins"))
    return (given.delivered(flight.state, received),
            lambda short: float(flight.state.real[compiled.plant.slot(short)]))


def _out(found: Delivered, name: str) -> float:
    return float(getattr(found.material, name)) + sum(float(getattr(lost, name)) for lost in found.losses.values())


@pytest.mark.slow
def test_the_cells_of_a_vial_are_delivered_or_accounted_for() -> None:
    found, read = _flown("seed-first-expansion", VIAL)
    grown, died, medium = (read(f"train.{n}") for n in ("cells_grown", "cells_died", "medium_used"))
    assert _out(found, "viable_cells") == pytest.approx(VIAL.viable_cells + grown, rel=1e-9)
    assert _out(found, "dead_cells") == pytest.approx(VIAL.dead_cells + died, rel=1e-9)
    assert _out(found, "volume") == pytest.approx(VIAL.volume + medium, rel=1e-9)
    assert found.material.viable_cells == pytest.approx(7.8e11, rel=0.1)
    assert found.material.containers == 0.0
    assert attribute("temperature").value(found.material) == pytest.approx(310.15, abs=0.5)


@pytest.mark.slow
def test_what_is_frozen_comes_back() -> None:
    found, read = _flown("ds-first-freeze", RETENTATE)
    protein = _out(found, "monomer") + _out(found, "hmw")
    assert protein == pytest.approx(RETENTATE.monomer + RETENTATE.hmw, rel=1e-9)
    assert _out(found, "hmw") == pytest.approx(RETENTATE.hmw + read("vessel.aggregated"), rel=1e-9)
    assert _out(found, "sucrose") == pytest.approx(RETENTATE.sucrose + read("vessel.sucrose_added"), rel=1e-9)
    assert _out(found, "polysorbate") == pytest.approx(read("vessel.polysorbate_added"), rel=1e-9)
    added = read("vessel.buffer_added") + read("vessel.polysorbate_volume")
    assert _out(found, "volume") == pytest.approx(RETENTATE.volume + added, rel=1e-9)
    assert found.material.histidine == RETENTATE.histidine
    assert found.material.monomer > 0.97 * RETENTATE.monomer


def test_an_inoculum_goes_into_the_bioreactor_as_it_is() -> None:
    """Density and volume of another unit's cells; without them, the label's."""
    inoculum = NOTHING._replace(volume=0.25, viable_cells=7.0e11, dead_cells=5.0e10)
    compiled, given = scenario(CONTENT / "scenarios" / "first-batch"), _handover("first-batch")
    met = given.received(compiled, inoculum)
    assert met.instances["t100"]["volume"] == 0.25
    assert dict(met.sets)[compiled.plant.slot("t100.viable_cells")] == pytest.approx(2.8e12)
    assert dict(met.sets)[compiled.plant.slot("t100.dead_cells")] == pytest.approx(2.0e11)
    assert compiled.plant.settings[compiled.plant.slot("t100.viable_cells")] == -1.0
