"""A drawer's own drawing: what stands on it is what the class has, and nothing lies on anything else."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import biotwin
from biotwin.plant.library import drawer
from biotwin.views.synoptic.places import Rect
from biotwin.views.synoptic.plates import BOX, spots

DRAWN = sorted(p.parent.name for p in (Path(biotwin.__file__).parent / "equipment").glob("*/plate.svg"))


@pytest.mark.parametrize("slug", DRAWN)
def test_a_spot_names_an_input_or_a_reading_of_its_class(slug):
    own, found = drawer(slug), dict(spots(slug))
    assert found.pop("title")
    assert found.pop("end")
    for spot in found:
        kind, _, rest = spot.partition(".")
        if kind == "inlet":
            assert rest.isdecimal()
            continue
        name = rest.partition(".")[0]
        assert name in (own.inputs if kind == "input" else {*own.inputs, *own.readings}), spot


@pytest.mark.parametrize("slug", DRAWN)
def test_values_stand_apart_and_above_the_end(slug):
    found = spots(slug)
    boxes = [Rect(*at, *BOX) for spot, at in found.items() if spot.startswith("value.")]
    assert not [(a, b) for a, b in itertools.combinations(boxes, 2) if a.meets(b)]
    assert all(b.x >= 0 and b.x + b.width <= 1000 and b.y + b.height <= found["end"][1] for b in boxes)
