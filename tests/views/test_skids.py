"""A skid is drawn as it is piped: what its inputs are wired to stands where its piping says, all of it on the page."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from biotwin.plant.compiler import compile_plant
from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant
from biotwin.session.library import content_folder
from biotwin.views.synoptic import Overlay, overlay_of, synoptic
from biotwin.views.synoptic.layout import layout
from biotwin.views.synoptic.piping import PIPINGS
from biotwin.views.synoptic.skids import piping_of
from biotwin.views.synoptic.topology import topology

SKIDS = ("mab-ufdf-10m2", "mab-vf-4m2")


@pytest.fixture(params=SKIDS)
def skid(request: pytest.FixtureRequest) -> Plant:
    return compile_plant(content_folder() / "plants" / request.param)


@pytest.mark.parametrize("slug", PIPINGS)
def test_a_piping_speaks_of_inputs_that_its_class_has(slug: str) -> None:
    piping, inputs = PIPINGS[slug], set(drawer(slug).inputs)
    assert set(piping.parts) <= inputs
    assert {run.by for run in piping.runs} <= inputs
    assert set(piping.backwards) <= set(piping.parts)
    assert {"density", "vessel_volume"} <= set(drawer(slug).parameters)


def test_every_part_stands_where_its_input_says(skid: Plant) -> None:
    drawn = topology(skid)
    piping, place = piping_of(drawn), layout(drawn, overlay_of(skid))
    for field, at in piping.parts.items():
        assert place.nodes[drawn.roles[field]].at == at
    assert not place.tiles
    assert place.nodes[drawn.centre].at == piping.own


def test_the_lines_end_at_the_tank(skid: Plant) -> None:
    drawn = topology(skid)
    piping, place = piping_of(drawn), layout(drawn, overlay_of(skid))
    ends = [points[-1] for points in place.pipes.values()]
    assert len(ends) == len(set(ends)) == 2
    assert all(piping.tank.x < x < piping.tank.x + piping.tank.width and y == piping.tank.y for x, y in ends)


def test_tank_and_bag_show_their_levels(skid: Plant) -> None:
    root = ElementTree.fromstring(synoptic(skid, "fr"))
    owner = skid.carrier
    wanted = {tag for tag, d in skid.unit.instruments.items()
              if d.measures in (f"{owner}.weight", f"{owner}.pool_weight", f"{owner}.bag_weight")}
    shown = {node.get("data-level", "") for node in root.iter()}
    assert len(wanted) == 2
    assert {skid.address(tag) for tag in wanted} <= shown


def test_without_an_overlay_the_values_stand_beside_and_none_is_lost(skid: Plant) -> None:
    root = ElementTree.fromstring(synoptic(skid, "en", overlay=Overlay()))
    tags = [node.get("data-tag") for node in root.iter() if node.get("data-tag")]
    assert len(tags) == len(set(tags))
    assert set(map(skid.address, skid.unit.instruments)) <= set(tags)
