"""A drawer's own drawing: what stands on it is what the class has, and nothing lies on anything else."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import biotwin
from biotwin.plant.compiler import compile_plant
from biotwin.plant.library import drawer
from biotwin.session.library import content_folder
from biotwin.views.synoptic import overlay_of, synoptic
from biotwin.views.synoptic.layout import layout
from biotwin.views.synoptic.places import Way
from biotwin.views.synoptic.plates import box_at, marked, shapes, spots
from biotwin.views.synoptic.topology import topology
from biotwin.views.synoptic.words import word

EQUIPMENT = Path(biotwin.__file__).parent / "equipment"
DRAWN = sorted([p.parent.name for p in EQUIPMENT.glob("*/plate.svg")]
               + [f"{p.parent.name}/pair" for p in EQUIPMENT.glob("*/pair.svg")])
SHIPPED = ("mab-capture-100l", "mab-cex-100l", "mab-cold-chain", "mab-ds-freeze", "mab-fill-isolator", "mab-infusion",
           "mab-infusion-liquid", "mab-lyo-10k", "mab-seed-train", "sip-dryer", "sip-vessel")


@pytest.mark.parametrize("slug", DRAWN)
def test_a_spot_names_an_input_or_a_reading_of_its_class(slug):
    own, found = drawer(slug.partition("/")[0]), {n.removeprefix("neighbour."): at for n, at in spots(slug).items()}
    assert found.pop("title")
    assert found.pop("end")
    for spot in found:
        kind, _, rest = spot.partition(".")
        if kind in ("inlet", "box"):
            assert rest.isdecimal() or not rest
            continue
        if kind == "word":
            assert word(rest, "fr"), spot
            continue
        name = rest.partition(".")[0].partition(":")[0]
        roles = {*own.inputs, "sum_of", "taker"}
        assert name in (roles if kind == "input" else {*roles, *own.readings}), spot


@pytest.mark.parametrize("slug", DRAWN)
def test_values_stand_apart_and_above_the_end(slug):
    found = spots(slug)
    boxes = [box_at(slug, at) for spot, at in found.items() if spot.removeprefix("neighbour.").startswith("value.")]
    assert not [(a, b) for a, b in itertools.combinations(boxes, 2) if a.meets(b)]
    assert all(b.x >= 0 and b.x + b.width <= 1000 and b.y + b.height <= found["end"][1] for b in boxes)


@pytest.mark.parametrize("slug", SHIPPED)
def test_what_an_input_is_wired_to_stands_where_the_plate_says_and_all_levels_show(slug):
    plant = compile_plant(content_folder() / "plants" / slug)
    drawn = topology(plant)
    place = layout(drawn, overlay_of(plant))
    assert place.way is Way.PLATE
    at = spots(drawn.plate)
    for prefix, roles in (("", drawn.roles), ("neighbour.", drawn.neighbour_roles)):
        for field in marked(drawn.plate, f"{prefix}input"):
            assert place.nodes[roles[field]].at == at[f"{prefix}input.{field}"]
    levels = {f"{drawn.centre}.{name.partition('.')[0]}" for name in marked(drawn.plate, "level")}
    owners = {plant.address(tag) for tag, d in plant.unit.instruments.items() if d.measures in levels}
    picture = ElementTree.fromstring(synoptic(plant, "fr"))
    assert {node.get("data-level", "") for node in picture.iter()} >= owners
    assert len(owners) == len(levels)
    assert {plant.unit.equipment[name].class_ for name in place.tiles} <= {"pressure_rise"}, "a tester has no pipe"
    assert [points[-1] for points in place.pipes.values()] == list(place.inlets)[:len(place.pipes)]


def test_what_has_shapes_of_its_own_on_the_plate_shows_no_symbol_beside_them():
    plant = compile_plant(content_folder() / "plants" / "mab-fill-isolator")
    picture = ElementTree.fromstring(synoptic(plant, "fr"))
    groups = {node.get("data-equipment"): node for node in picture.iter() if node.get("data-equipment")}
    for field, name in {"vials": "tunnel", "airborne": "isolator", "refill": "filter"}.items():
        found = groups[plant.address(name)]
        assert not [n for n in found.iter() if n.tag.endswith("svg")]
        assert len([n for n in found.iter() if n.tag.endswith(("path", "rect", "circle"))]) == shapes(
            "vial_filler", field).count("<")


def test_a_level_is_brimful_at_the_end_of_its_instrument_in_si():
    plant = compile_plant(content_folder() / "plants" / "mab-fill-isolator")
    picture = ElementTree.fromstring(synoptic(plant, "fr"))
    bag = next(node for node in picture.iter() if node.get("data-level") == plant.address("wt503"))
    assert plant.unit.instruments["wt503"].range[1] == "120 L"
    assert float(bag.get("data-full")) == pytest.approx(0.12)


def test_both_of_a_linked_pair_stand_on_their_drawing_and_nowhere_else():
    drawn = topology(compile_plant(content_folder() / "plants" / "sip-dryer"))
    place = layout(drawn, overlay_of(compile_plant(content_folder() / "plants" / "sip-dryer")))
    assert (drawn.centre, drawn.neighbour, drawn.plate) == ("chamber", "condenser", "steam_sterilisation/pair")
    assert not {"chamber", "condenser"} & {*place.tiles, *place.nodes}
    at = spots(drawn.plate)
    assert (place.boxes["tt315"].x, place.boxes["tt315"].y) == at["neighbour.value.leg_temperature"]
    assert (place.boxes["tt312"].x, place.boxes["tt312"].y) == at["value.leg_temperature"]
