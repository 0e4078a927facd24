"""Laws of every plant in the garden: it compiles, its names resolve, it can be repaired."""

from __future__ import annotations

from pathlib import Path

import pytest

from biotwin.control.tables import control_tables
from biotwin.plant.golden import read_golden
from biotwin.plant.laboratory import assays
from biotwin.quantity import display
from tests.content.garden import CONTAINED, PLANTS, plant, repaired

HEADLINE = {
    "usp": {"viable_density", "viability", "titre", "glucose", "lactate", "carbon_dioxide_pressure", "osmolality"},
    "mab-vi-200l": {"titre", "aggregate_fraction"},
    "mab-harvest-2000l": {"titre", "turbidity", "hcp_ratio"},
    "mab-lyo-10k": {"moisture", "reconstitution"},
    "sip-vessel": {"endotoxin"},
}
"""By plant, else by area."""
RECIPE = {
    "usp": ["inoculate", "grow", "feed", "shift", "harvest_decision"],
    "mab-vi-200l": ["fill", "titrate", "hold", "neutralise", "transfer"],
    "mab-harvest-2000l": ["set_up", "flush", "start_up", "clarify", "chase", "blow_down"],
    "mab-lyo-10k": ["load", "freeze", "evacuate", "primary", "secondary", "backfill", "stopper", "unload"],
    "sip-vessel": ["set_up", "purge", "heat", "hold", "cool"],
}
by_name = pytest.mark.parametrize("folder", PLANTS, ids=lambda p: p.name)


def test_the_garden_has_its_three_scales() -> None:
    assert {p.name for p in PLANTS} >= {"mab-usp-2l", "mab-usp-2000l", "mab-usp-12500l"}


@by_name
def test_a_plant_is_described_in_the_schema_s_words(folder: Path) -> None:
    assert plant(folder).description.slug == folder.name


@by_name
def test_every_wire_loop_alarm_interlock_and_phase_resolves(folder: Path) -> None:
    compiled = plant(folder)
    tables = control_tables(compiled)
    assert tables.loops.shape[0] == len(compiled.unit.loops)
    assert tables.alarms.shape[0] == len(compiled.unit.alarms)
    assert set(assays(compiled)) == set(compiled.unit.analysers)


@by_name
def test_every_shown_unit_fits_what_it_shows(folder: Path) -> None:
    compiled = plant(folder)
    for tag, instrument in compiled.unit.instruments.items():
        display(instrument.unit, of=compiled.measured[tag], where=tag)
    for slug, analyser in compiled.unit.analysers.items():
        for name, analyte in analyser.analytes.items():
            display(analyte.unit, of=compiled.signal(analyte.measures).unit, where=f"{slug}.{name}")


@by_name
def test_every_field_verb_names_signals_and_malfunctions_that_exist(folder: Path) -> None:
    compiled = plant(folder)
    known = {compiled.short(address) for address in compiled.malfunctions}
    assert repaired(compiled) <= known
    for station in compiled.unit.field.values():
        for verb in station.verbs.values():
            for name in [sight.signal for sight in verb.shows] + list(verb.sets):
                compiled.signal(name)
            if verb.calibrates:
                analyser, _, analyte = verb.calibrates.analyte.partition(".")
                assert verb.calibrates.instrument in compiled.unit.instruments
                assert analyte in compiled.unit.analysers[analyser].analytes


@by_name
def test_every_malfunction_can_be_repaired_or_contained(folder: Path) -> None:
    compiled = plant(folder)
    left = {compiled.short(a) for a in compiled.malfunctions} - repaired(compiled)
    assert left == {m for m in CONTAINED if plant(folder).address(m) in compiled.malfunctions}
    for kind, name in (CONTAINED[m] for m in left):
        assert name in getattr(compiled.unit, kind)


@by_name
def test_a_sight_says_something_whatever_the_value(folder: Path) -> None:
    for name, station in plant(folder).unit.field.items():
        for slug, verb in station.verbs.items():
            for sight in verb.shows:
                where = f"{name}.{slug}: {sight.signal}"
                assert sight.words or sight.unit, where
                if sight.words:
                    bounds = [word.below for word in sight.words]
                    assert bounds == sorted(bounds), where
                    assert bounds[-1] == float("inf"), where


@by_name
def test_what_an_interlock_forces_comes_back_by_a_loop(folder: Path) -> None:
    unit = plant(folder).unit
    driven = {output.drives for loop in unit.loops.values() for output in loop.outputs}
    for tag, interlock in unit.interlocks.items():
        left = set(interlock.forces) - driven
        assert not left, f"{tag}: nothing would release {sorted(left)}"


@by_name
def test_a_master_loop_stands_before_its_slaves(folder: Path) -> None:
    order = list(plant(folder).unit.loops)
    for tag, loop in plant(folder).unit.loops.items():
        for output in loop.outputs:
            slave, _, attribute = output.drives.partition(".")
            if attribute == "setpoint":
                assert order.index(tag) < order.index(slave)
                assert "cascade" in plant(folder).unit.loops[slave].modes


@by_name
def test_the_recipe_goes_by_itself_from_its_first_phase_to_the_end_of_the_lot(folder: Path) -> None:
    described = plant(folder).description
    phases = plant(folder).unit.phases
    recipe = RECIPE.get(described.slug) or RECIPE[described.area]
    here, seen = recipe[0], []
    while not phases[here].ends_lot:
        assert here not in seen, "the recipe turns in a circle"
        seen.append(here)
        assert phases[here].transitions, f"{here} leads nowhere by itself"
        here = phases[here].transitions[0].to
    assert seen == recipe
    assert here == "end_of_lot"


@by_name
def test_the_strip_of_last_measured_values_is_complete(folder: Path) -> None:
    analysers = plant(folder).unit.analysers.values()
    described = plant(folder).description
    wanted = HEADLINE.get(described.slug) or HEADLINE[described.area]
    assert {n for a in analysers for n, analyte in a.analytes.items() if analyte.headline} == wanted


@by_name
def test_every_instrument_and_actuator_has_someone_to_put_it_right(folder: Path) -> None:
    field = plant(folder).unit.field
    assert set(field["instrumentation"].verbs["restore"].arguments) == set(plant(folder).unit.instruments)
    passive = ("feed_vessel", "stirred_bioreactor", "inactivation_tank", "hold_tank")
    actuators = {name for name, e in plant(folder).unit.equipment.items() if e.class_ not in passive}
    assert set(field["maintenance"].verbs["overhaul"].arguments) == actuators


def test_the_large_single_use_plant_is_as_rich_as_the_cockpit_needs() -> None:
    unit = plant(next(p for p in PLANTS if p.name == "mab-usp-2000l")).unit
    assert len(unit.instruments) >= 30
    assert len(unit.alarms) >= 40
    assert len(unit.interlocks) >= 4


def test_the_golden_band_is_of_the_plant_that_it_stands_beside() -> None:
    band = read_golden(PLANTS[0].parent, "mab-usp-2000l")
    assert band is not None
    assert band.members >= 200
    compiled = plant(PLANTS[0].parent / "mab-usp-2000l")
    assert band.digest == compiled.digest, "the plant has changed since its band was flown: make golden"
    for tag, (low, high) in band.bands.items():
        assert tag in compiled.unit.instruments
        assert all(a <= b for a, b in zip(low, high, strict=True))
