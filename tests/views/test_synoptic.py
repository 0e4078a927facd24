"""The picture shows the whole plant, once, in both languages, with nothing on top of anything else."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from biotwin.errors import DescriptionError, UnknownName
from biotwin.plant.compiler import compile_plant
from biotwin.plant.plant import Plant
from biotwin.session.library import content_folder
from biotwin.views.synoptic import Overlay, overlay_of, synoptic
from biotwin.views.synoptic.layout import Rect, layout
from biotwin.views.synoptic.overlay import read_overlay
from biotwin.views.synoptic.topology import OVERLAY, SPARGE, topology
from biotwin.views.synoptic.train import columns

SVG = "{http://www.w3.org/2000/svg}"
BARE = Overlay()


def drawn(plant: Plant, language: str, overlay: Overlay | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(synoptic(plant, language, overlay=overlay))


def values(root: ElementTree.Element, attribute: str) -> list[str]:
    return [word for node in root.iter() for word in (node.get(attribute) or "").split()]


def shown(plant: Plant) -> set[str]:
    hands = (tag for tag, loop in plant.unit.loops.items() if not loop.measures)
    return {plant.address(tag) for tag in (*plant.unit.instruments, *hands)}


@pytest.mark.parametrize("bare", [False, True], ids=["overlay", "default"])
def test_every_value_stands_on_the_picture_once(plant, language, bare):
    found = values(drawn(plant, language, BARE if bare else None), "data-tag")
    assert sorted(found) == sorted(shown(plant))


def test_every_equipment_stands_on_the_picture_once(plant, language):
    found = values(drawn(plant, language), "data-equipment")
    assert sorted(found) == sorted(map(plant.address, plant.unit.equipment))


def test_every_loop_can_be_lit_up(plant):
    assert {plant.address(tag) for tag in plant.unit.loops} <= set(values(drawn(plant, "fr"), "data-loop"))


def test_every_field_station_but_people_has_a_spot(plant):
    placed = {plant.address(name) for name, s in plant.unit.field.items() if s.kind != "person"}
    assert set(values(drawn(plant, "fr"), "data-station")) == placed


def test_the_front_end_finds_what_it_binds(plant):
    for box in drawn(plant, "fr").iter(f"{SVG}g"):
        if "value-box" not in (box.get("class") or ""):
            continue
        parts = [node.get("class") for node in box.iter() if node is not box]
        assert all(parts.count(name) == 1 for name in ("frame", "tag", "value", "unit", "setpoint")), parts
        assert box.get("tabindex") == "0"
        assert box.get("role") == "button"
        assert len(box.get("aria-label") or "") > 6


def test_what_binds_names_instruments_of_the_plant(plant):
    root, instruments = drawn(plant, "fr"), set(map(plant.address, plant.unit.instruments))
    assert set(values(root, "data-follows")) <= instruments | set(map(plant.address, plant.unit.loops))
    levels = values(root, "data-level")
    assert set(levels) <= instruments
    owners = {d.measures: tag for tag, d in plant.unit.instruments.items()}
    vessel = topology(plant).vessel
    wanted = {owners[m] for m in (f"{vessel}.weight", f"{vessel}.foam_height") if m in owners}
    assert set(map(plant.address, wanted)) <= set(levels)
    for node in root.iter():
        if node.get("data-level"):
            assert float(node.get("data-full")) > float(node.get("data-empty"))
            assert float(node.get("data-bottom")) > float(node.get("data-top"))


def test_the_broth_stands_where_its_weight_says(bioreactor):
    node = next(n for n in drawn(bioreactor, "fr").iter() if n.get("data-level") == bioreactor.address("wt101"))
    top, bottom, y = (float(node.get(k)) for k in ("data-top", "data-bottom", "y"))
    vessel = bioreactor.unit.equipment["vessel"]
    from biotwin.quantity import si

    brim = si(vessel.parameters["vessel_volume"], "m^3") * 1.25
    share = si(vessel.start["volume"], "m^3") / brim
    assert (bottom - y) / (bottom - top) == pytest.approx(share, abs=1e-3)


def test_the_picture_carries_no_style_and_no_script(plant, language):
    for node in drawn(plant, language).iter():
        assert node.tag.removeprefix(SVG) not in {"script", "style", "foreignObject", "image", "use", "linearGradient"}
        assert "style" not in node.attrib
        assert not any(name.startswith("on") or name.endswith("href") for name in node.attrib)


def test_the_picture_speaks_both_languages(plant):
    french, english = synoptic(plant, "fr"), synoptic(plant, "en")
    assert french != english
    assert plant.unit.title.fr.split(",")[0].split("'")[0] in french.replace("&#x27;", "'")
    if topology(plant).harvest:
        word, translated = ("Récolte", "Harvest") if "-usp-" in plant.slug else ("Transfert", "Transfer")
        assert word in french
        assert word not in english
        assert translated in english


def test_the_same_plant_gives_the_same_picture(plant, language):
    assert synoptic(plant, language) == synoptic(plant, language)


@pytest.mark.parametrize("bare", [False, True], ids=["overlay", "default"])
def test_no_box_stands_on_another_or_outside(plant, bare):
    place = layout(topology(plant), BARE if bare else overlay_of(plant))
    for (one, a), (other, b) in itertools.combinations(place.boxes.items(), 2):
        assert not a.meets(b), f"{one} stands on {other}"
    page, heading = Rect(0, 0, 1000, place.height), Rect(0, 0, 435, 30)
    assert [name for name, box in place.boxes.items() if not page.holds(box) or heading.meets(box)] == []


def test_no_pipe_crosses_another(plant):
    """Pipes into the vessel, as segments: only horizontals can meet verticals."""
    pipes = layout(topology(plant), overlay_of(plant)).pipes
    pieces = [(name, *pair) for name, points in pipes.items() for pair in itertools.pairwise(points)]
    for (one, a, b), (other, c, d) in itertools.permutations(pieces, 2):
        if one == other or a[1] != b[1] or c[0] != d[0]:
            continue
        crosses = min(a[0], b[0]) < c[0] < max(a[0], b[0]) and min(c[1], d[1]) < a[1] < max(c[1], d[1])
        assert not crosses, f"{one} crosses {other}"


def test_the_wires_say_what_flows_where(bioreactor):
    found = topology(bioreactor)
    assert (found.vessel, found.drive, found.vent, found.harvest, found.jacket) == (
        "vessel", "m101", "pv101", "p109", "tcu101")
    by_name = {line.name: line for line in found.lines}
    assert by_name["t103"].element == "p103"
    assert by_name["fv114"].kind == OVERLAY
    assert {line.element for line in found.lines if line.kind == SPARGE} >= {"fv110", "fv111", "fv112"}
    assert found.follows["p103"] == "ft103"
    assert not found.loose


def test_a_tank_that_carries_the_product_is_drawn_as_the_vessel():
    found = topology(compile_plant(content_folder() / "plants" / "mab-vi-200l"))
    assert (found.vessel, found.drive, found.harvest, found.jacket) == ("vessel", "m201", "p209", "tcu201")
    assert {line.name: line.element for line in found.lines} == {"t201": "p201", "t202": "p202", "t203": "p203"}
    assert not found.loose


def test_a_plant_without_vessel_or_overlay_is_drawn_whole(undrawn, language):
    root = drawn(undrawn, language)
    assert sorted(values(root, "data-tag")) == sorted(shown(undrawn))
    assert sorted(values(root, "data-equipment")) == sorted(map(undrawn.address, undrawn.unit.equipment))
    place = layout(topology(undrawn), BARE)
    boxes = list(place.boxes.values())
    assert not any(a.meets(b) for a, b in itertools.combinations(boxes, 2))
    assert set(place.tiles) == {"p9", "xv3", "tcu"}


def test_a_train_stands_in_the_order_of_its_wires_and_every_link_is_drawn():
    plant = compile_plant(content_folder() / "plants" / "mab-harvest-2000l")
    found = topology(plant)
    place = layout(found, BARE)
    assert not found.vessel
    assert set(place.links) == set(found.links) > {("v301", "c301"), ("c301", "v302"), ("f303", "v303")}
    assert place.nodes["v301"].at[0] < place.nodes["c301"].at[0] < place.nodes["v302"].at[0]
    for giver, receiver in place.links:
        corners = place.links[giver, receiver]
        assert corners[0][1] == place.nodes[giver].at[1]
        assert corners[-1][1] == place.nodes[receiver].at[1]


def test_an_author_may_say_in_which_rows_a_train_stands():
    plant = compile_plant(content_folder() / "plants" / "mab-harvest-2000l")
    overlay = overlay_of(plant)
    place = layout(topology(plant), overlay)
    for row in overlay.train:
        heights = {place.nodes[name].at[1] for name in row}
        assert len(heights) == 1
        assert [place.nodes[n].at[0] for n in row] == sorted(place.nodes[n].at[0] for n in row)
        assert all((a, b) in place.links for a, b in itertools.pairwise(row))
    (giver, receiver), = overlay.joins
    assert place.links[giver, receiver][0][1] == place.nodes[giver].at[1]
    assert place.links[giver, receiver][-1][1] == place.nodes[receiver].at[1] > place.nodes[giver].at[1]
    boxes = list(place.boxes.values())
    assert not [(a, b) for a, b in itertools.combinations(boxes, 2) if a.meets(b)]


@pytest.mark.parametrize(("text", "line", "said"), [
    ("schema: 1\ntrain:\n  - [v301, nobody]\n", 3, "nobody"),
    ("schema: 1\ntrain:\n  - [v301, c301]\njoins:\n  - [c301, v302]\n", 5, "v302"),
])
def test_rows_are_made_of_what_the_plant_has(tmp_path, text, line, said):
    plant = compile_plant(content_folder() / "plants" / "mab-harvest-2000l")
    path = tmp_path / "synoptic.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnknownName) as caught:
        read_overlay(path, plant, topology(plant))
    assert caught.value.where.endswith(f"synoptic.yaml:{line}")
    assert said in caught.value.what


def test_what_feeds_itself_in_a_circle_is_drawn_too():
    assert columns(["a", "b", "c"], (("a", "b"), ("b", "c"), ("c", "a"))) == [["a"], ["b"], ["c"]]
    assert columns(["a", "b"], ()) == [["a", "b"]]
    assert [len(c) for c in columns(list("abcdefg"), tuple(zip("abcdef", "bcdefg", strict=True)))] == [1, 1, 1, 1, 3]


def test_an_overlay_moves_a_box(bioreactor):
    place = layout(topology(bioreactor), Overlay(places={"tt101": (40, 12.5)}))
    assert (place.boxes["tt101"].x, place.boxes["tt101"].y) == (400, 125)


@pytest.mark.parametrize(("text", "line", "said"), [
    ("schema: 1\nplaces:\n  tt999: [1, 2]\n", 3, "tt999"),
    ("schema: 1\nlines:\n  - t103\n  - t404\n", 4, "t404"),
    ("schema: 1\ngrid: [tt101, nothing]\n", 2, "nothing"),
])
def test_an_overlay_may_not_define(bioreactor, tmp_path, text, line, said):
    path = tmp_path / "synoptic.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnknownName) as caught:
        read_overlay(path, bioreactor, topology(bioreactor))
    assert caught.value.where.endswith(f"synoptic.yaml:{line}")
    assert said in caught.value.what
    assert "Known:" in caught.value.next_step


@pytest.mark.parametrize("text", ["schema: 1\ncolour: red\n", "schema: 1\nplaces: {tt101: [1, 1000]}\n", "schema: 2\n"])
def test_an_overlay_that_says_more_than_places_is_refused(plant, tmp_path: Path, text):
    path = tmp_path / "synoptic.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DescriptionError):
        read_overlay(path, plant, topology(plant))


def test_an_author_says_how_a_box_is_called_and_where_what_stands_alone_stands():
    plant = compile_plant(content_folder() / "plants" / "mab-harvest-2000l")
    overlay = overlay_of(plant)
    assert overlay.called["pt301"].fr in synoptic(plant, "fr")
    assert overlay.called["pt301"].fr not in synoptic(plant, "fr", overlay=BARE)
    x, y = overlay.places["tcu301"]
    assert layout(topology(plant), overlay).tiles["tcu301"] == (10 * x, 10 * y)


def test_what_diverts_to_the_drain_shows_it_beside_its_pipe():
    plant = compile_plant(content_folder() / "plants" / "mab-harvest-2000l")
    place = layout(topology(plant), overlay_of(plant))
    (x, y), = place.drains.values()
    valve, pool = place.nodes["xv303"], place.nodes["v303"]
    assert y == valve.at[1]
    assert valve.at[0] < x < pool.at[0]
    assert "Égout" in synoptic(plant, "fr")


def test_each_plant_is_arranged_in_one_way(undrawn):
    """What carries the product decides, the author's rows after it."""
    ways = {slug: layout(topology(p), overlay_of(p)).way for slug in (
        "mab-usp-2l", "mab-vf-4m2", "mab-harvest-2000l", "mab-lyo-10k")
        for p in [compile_plant(content_folder() / "plants" / slug)]}
    assert list(ways.values()) == ["vessel", "skid", "rows", "plate"]
    assert layout(topology(undrawn), BARE).way == "train"
