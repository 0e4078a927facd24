"""A strip: what stands on it is what its class has, apart from everything else, beneath the plate of the carrier."""

from __future__ import annotations

import itertools
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import biotwin
from biotwin.plant.compiler import compile_plant
from biotwin.plant.library import drawer
from biotwin.session.library import content_folder
from biotwin.views.synoptic import overlay_of, synoptic
from biotwin.views.synoptic.layout import layout
from biotwin.views.synoptic.places import Rect, Way
from biotwin.views.synoptic.plates import BOX, spots
from biotwin.views.synoptic.strips import FILE, GAP, strip_spots
from biotwin.views.synoptic.topology import topology

EQUIPMENT = Path(biotwin.__file__).parent / "equipment"
DRAWN = sorted(p.parent.name for p in EQUIPMENT.glob(f"*/{FILE}"))


@pytest.mark.parametrize("slug", DRAWN)
def test_a_spot_names_what_the_class_has_and_boxes_stand_apart(slug: str) -> None:
    own, found = drawer(slug), dict(strip_spots(slug))
    end = found.pop("end")[1]
    assert found.pop("title")[1] > 0.0
    names = [spot.removeprefix("value.") for spot in found]
    assert set(names) <= {*own.inputs, *own.readings}
    boxes = [Rect(*at, *BOX) for at in found.values()]
    assert not [(a, b) for a, b in itertools.combinations(boxes, 2) if a.meets(b)]
    assert all(b.x >= 0 and b.x + b.width <= 1000 and b.y + b.height <= end for b in boxes)


def test_the_capper_stands_beneath_the_dryer_with_all_its_values() -> None:
    plant = compile_plant(content_folder() / "plants" / "mab-lyo-10k")
    drawn = topology(plant)
    place = layout(drawn, overlay_of(plant))
    assert place.way is Way.PLATE
    assert place.strips["capper"] > spots(drawn.plate)["end"][1] + GAP
    assert "capper" not in {*place.tiles, *place.nodes}
    own = [place.boxes[box.name] for box in drawn.boxes if box.owner == "capper"]
    others = [place.boxes[box.name] for box in drawn.boxes if box.owner != "capper"]
    assert len(own) == len(strip_spots("capper")) - 2
    assert min(b.y for b in own) > place.strips["capper"]
    assert max(b.y + b.height for b in others) < place.strips["capper"]
    picture = ElementTree.fromstring(synoptic(plant, "fr"))
    parts = json.loads(picture.get("data-parts", ""))
    assert [part["title"] for part in parts] == ["Lyophilisateur FD-301", "Sertisseuse SE-301"]
    assert parts[0]["height"] == parts[1]["top"] < place.strips["capper"]
    assert sum(part["height"] for part in parts) == place.height
    assert f'data-equipment="{plant.address("capper")}"' in synoptic(plant, "fr")
