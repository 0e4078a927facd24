"""Laws of every plant in the garden: it compiles, its names resolve, it can be repaired."""

from __future__ import annotations

from pathlib import Path

import pytest

from biotwin.control.tables import control_tables
from biotwin.plant.golden import read_golden
from biotwin.plant.laboratory import assays
from biotwin.plant.library import drawer
from biotwin.quantity import display
from tests.content.garden import CONTAINED, PLANTS, plant, repaired

CULTURE_HEADLINES = {"viable_density", "viability", "titre", "glucose", "lactate", "carbon_dioxide_pressure",
                     "osmolality"}
CULTURE_RECIPE = ["inoculate", "grow", "feed", "shift", "harvest_decision", "end_of_lot"]
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
    """A phase that waits for a person is none of a recipe's own way: it is where what went wrong leads."""
    phases = plant(folder).unit.phases
    usual = {one.transitions[0].to for one in phases.values() if one.transitions}
    ahead, seen = ["inoculate" if "inoculate" in phases else next(iter(phases))], []
    while ahead:
        here = ahead.pop(0)
        seen.append(here)
        goes_on = phases[here].ends_lot or phases[here].transitions
        assert goes_on or (phases[here].next and here not in usual), f"{here} leads nowhere by itself"
        ahead += [t.to for t in phases[here].transitions if t.to not in seen and t.to not in ahead]
    assert any(phases[name].ends_lot for name in seen), "no way leads to the end of the lot"
    if folder.name.startswith("mab-usp"):
        assert seen == CULTURE_RECIPE


@by_name
def test_the_phase_offered_first_goes_forward_where_the_recipe_does(folder: Path) -> None:
    """But for a wait, after which the work goes on wherever it stood."""
    phases = plant(folder).unit.phases
    order = list(phases)
    back = {
        slug: one.next[0] for at, (slug, one) in enumerate(phases.items())
        if slug != "wait" and any(order.index(to.to) > at and not phases[to.to].ends_lot for to in one.transitions)
        and one.next and order.index(one.next[0]) <= at
    }
    assert not back, f"Enter would go back: {back}"


@by_name
def test_the_strip_of_last_measured_values_is_complete(folder: Path) -> None:
    analysers = plant(folder).unit.analysers.values()
    shown = {n for a in analysers for n, analyte in a.analytes.items() if analyte.headline}
    assert shown or not analysers
    if folder.name.startswith("mab-usp"):
        assert shown == CULTURE_HEADLINES


@by_name
def test_every_instrument_and_actuator_has_someone_to_put_it_right(folder: Path) -> None:
    field = plant(folder).unit.field
    assert set(field["instrumentation"].verbs["restore"].arguments) == set(plant(folder).unit.instruments)
    actuators = {name for name, e in plant(folder).unit.equipment.items() if "command" in drawer(e.class_).inputs}
    assert set(field["maintenance"].verbs["overhaul"].arguments) >= actuators


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
