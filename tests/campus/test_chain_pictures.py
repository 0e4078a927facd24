"""The pictures of a lot: the map's rows, the river's widths, waterfalls that add up, the standing of each twin."""

from __future__ import annotations

import re
from dataclasses import replace as with_fields

import pytest
from django.utils import translation
from msgspec.structs import replace

from biotwin.chain import Chain, Lot, autopilot, begun, load_chain, waiting
from biotwin.chain import flown as flown_leg
from biotwin.chain.flying import joined, unattended_entries
from biotwin.chain.outcome import Result, Step
from biotwin.materials.attributes import protein
from biotwin.session.library import load_scenario
from campus.lots import drawing, standing
from campus.lots.flow import WIDEST, river
from campus.lots.judgement import measures, reasons, stop_of
from campus.lots.lineage import lineage
from campus.lots.waterfall import Measure, falls
from campus.lots.words import mass, power
from campus.simulator import golden
from tests.campus.conftest import CONTENT, ROOT

BLANK = Result("certified", "", 10.0, 100.0, 50.0, 0.0, dict.fromkeys(
    ("protein_per_container", "potency", "hmw_fraction", "hcp_ratio"), 0.5), {}, (), 1.0, {})


@pytest.fixture(scope="module")
def flown() -> tuple[Chain, Lot]:
    chain = load_chain("kept", CONTENT)
    return chain, autopilot(chain, begun(chain, 7))


@pytest.fixture(scope="module")
def shipped() -> Chain:
    return load_chain("mab-2000l", ROOT / "content")


# --- the map ----------------------------------------------------------------------------------------------------------


def test_the_map_of_the_shipped_chain_holds_every_station_once_in_two_rows(shipped: Chain) -> None:
    with translation.override("fr"):
        found = drawing.of_chain(shipped, "fr")
    assert [place.number for place in found.places] == list(range(1, len(shipped.order) + 2))
    assert {place.slug for place in found.places} == {*shipped.order, "release"}
    assert sum(place.turns for place in found.places) == sum(place.enters for place in found.places) == 1
    assert [area.title for area in found.areas] == [
        "Culture", "Purification", "Remplissage et lyophilisation", "Qualité", "Vers le patient"]


@pytest.mark.parametrize("sizes", [(1,), (2, 7, 3, 1, 2), (20,), (3, 3, 3, 3, 3, 3)])
def test_no_row_is_wider_than_the_map(shipped: Chain, sizes: tuple[int, ...]) -> None:
    one = drawing.of_chain(shipped, "en").places[0]
    areas = ("usp", "dsp", "fdp", "quality", "log", "other")
    places = [drawing.replace(one, area=areas[n], enters=False, turns=False) for n, size in enumerate(sizes)
              for _ in range(size)]
    found = drawing.laid_out(places)
    rows = 1 + sum(place.enters for place in found.places)
    assert len(found.places) == len(places)
    assert all(len(area.places) <= found.columns for area in found.areas)
    assert len(places) <= rows * found.columns
    assert not found.places[0].enters
    assert not found.places[-1].turns


# --- standing ---------------------------------------------------------------------------------------------------------


def test_each_station_says_its_tests_and_they_are_those_of_its_drawers(shipped: Chain) -> None:
    for station in shipped.stations.values():
        found = standing.of_station(station)
        assert found.tests >= 3, station.slug
        assert found.tests == sum(one.tests for one in standing.drawers_of(station))
        assert all(level in ("T1", "T2", "T3", "T4", "T0") for level in found.levels)


def test_the_level_is_the_one_that_is_claimed_and_not_one_that_is_wished_for() -> None:
    assert standing.claimed("Level T2 is claimed: forms. T3 would need data.") == ("T2",)
    assert standing.claimed("About a tank.\n\nT2 for transport, T1 for the rest: orders. More.") == ("T1", "T2")
    assert standing.claimed("The T cell. It claims nothing.") == ()
    assert standing.of_drawer("inactivation_tank").level == "T1–T2"


# --- river and genealogy ----------------------------------------------------------------------------------------------


def test_the_widths_of_the_river_add_up(flown: tuple[Chain, Lot]) -> None:
    chain, lot = flown
    drawn = river(chain, lot, "fr")
    widest = max(protein(leg.received) + protein(leg.stored) for leg in lot.legs)
    mains = [float(w) for w in re.findall(r'class="river-(?:main|own)" d="M[\d.]+ [\d.]+h[\d.]+v([\d.]+)h', drawn)]
    assert len(mains) == len(lot.legs)
    for leg, width in zip(lot.legs, mains, strict=True):
        assert width == pytest.approx(WIDEST * protein(leg.delivered) / widest, abs=0.02)
        lost = sum(protein(material) for material in leg.losses.values())
        assert protein(leg.received) == pytest.approx(protein(leg.delivered) + lost, rel=1e-6)
    assert drawn.count("<svg") == 1
    assert "style=" not in drawn, "the policy forbids styles in a page"


def test_what_quality_took_out_leaves_the_river_behind_it(flown: tuple[Chain, Lot], shipped: Chain) -> None:
    chain, lot = flown
    assert lot.release is not None
    assert chain.book is not None
    assert shipped.book is not None
    steps = replace(chain.book.specification, reprocessing=shipped.book.specification.reprocessing)
    chain = with_fields(chain, book=with_fields(chain.book, specification=steps))
    sorted_out = replace(lot.release, kept=0.4, state=replace(lot.release.state, reprocessed="inspection"))
    again = replace(lot, release=sorted_out, legs=lot.legs[:1])
    ahead = waiting(chain, again)
    assert ahead is not None
    again = joined(again, flown_leg(ahead, unattended_entries(ahead), how="autopilot"))
    with translation.override("en"):
        drawn, usual = river(chain, again, "en"), river(chain, lot, "en")
        assert mass(0.6 * protein(lot.legs[0].delivered)) in drawn
    assert "Taken out" in drawn
    assert "Taken out" not in usual


def test_a_river_that_was_stopped_says_so(flown: tuple[Chain, Lot]) -> None:
    chain, lot = flown
    assert lot.release is not None
    refused = replace(lot, legs=lot.legs[:1], release=replace(lot.release, outcome="rejected"))
    with translation.override("en"):
        assert "Not certified" in river(chain, refused, "en")
        assert "Not certified" not in river(chain, lot, "en")
    assert river(chain, replace(lot, legs=()), "en") == ""


def test_the_genealogy_names_every_container_and_flight(flown: tuple[Chain, Lot]) -> None:
    chain, lot = flown
    found = lineage(chain, lot, "en")
    for leg in lot.legs:
        assert any(row.flight == leg.digest[:12] for row in found.rows)
    assert found.picture.count("line-node") == 1 + len(lot.legs)


# --- waterfalls and words ---------------------------------------------------------------------------------------------


def test_a_waterfall_leads_from_the_autopilot_to_the_lot() -> None:
    mine = replace(BLANK, doses=10.0, waited=40.0)
    stops = [("A", mine, replace(BLANK, doses=30.0, waited=20.0)), ("B", mine, replace(BLANK, doses=10.0, waited=40.0))]
    with translation.override("en"):
        found = falls(measures(mine, BLANK), BLANK, stops, mine)
    assert [fall.label for fall in found] == ["Patients who waited", "Doses at the hospital"]
    doses = found[1]
    assert [bar.text for bar in doses.bars] == ["50", "−20", "−20", "10"], "B did nothing; A did half, the rest is both"
    assert [bar.kind for bar in doses.bars] == ["whole", "worse", "worse", "whole"]
    for fall in found:
        assert all(float(bar.x) >= 0.0 and float(bar.x) + float(bar.width) <= 100.01 for bar in fall.bars)


def test_what_reads_alike_is_no_difference() -> None:
    row = Measure("x", lambda result: result.doses, "", 0)
    assert falls((row,), BLANK, [("A", BLANK, replace(BLANK, doses=50.2))], BLANK) == []


def test_reasons_are_said_in_words_and_a_persons_own_are_left_alone(flown: tuple[Chain, Lot]) -> None:
    book = flown[0].book
    with translation.override("en"):
        codes = "oos_confirmed substance.a280, oos_confirmed substance.sec_hmw, clearance_short retrovirus"
        assert reasons(book, codes, "en") == [
            "Out of specification, confirmed: Protein content, A280 (Drug substance), "
            "Aggregates, SEC-HPLC (Drug substance)",
            "Claimed virus clearance too small: Retrovirus",
        ]
        assert reasons(book, "It fell, and broke", "en") == ["It fell, and broke"]
        cut = ("test_missing substance.a280, " * 20)[:400]
        assert len(reasons(book, cut, "en")) == 1


def test_figures_of_any_size_can_be_read() -> None:
    with translation.override("fr"):
        assert power(7.93e15) == "7,9\u202f×\u202f10¹⁵"
        assert power(2.0e-6) == "2,0\u202f×\u202f10⁻⁶"
        assert power(0.0) == "0"
        assert mass(1e-12) == "<\u202f0,01\u202fmg"
        assert mass(6.1) == "6,10\u202fkg"


def test_the_pages_have_no_inline_style() -> None:
    for template in (ROOT / "src/campus/lots/templates").rglob("*.html"):
        assert " style=" not in template.read_text(encoding="utf-8"), template


# --- what each stop did -----------------------------------------------------------------------------------------------


def test_a_stop_tells_what_the_patient_was_spared_and_what_was_lost_on_the_way(shipped: Chain) -> None:
    exposure = shipped.order[-1]
    report = next(iter(shipped.stations[exposure].handover.description.reports))

    def lot(exposed: float, made: float) -> Result:
        step = Step(station="culture", how="by_hand", protein_in=0.0, protein_out=made, share=1.0, days=1.0, remarks=0)
        return replace(BLANK, reports={f"{exposure}.{report}": exposed}, steps=(step,))

    cut = stop_of(shipped, (), lot(0.2, 3.0), "culture", lot(0.9, 5.0), "en")
    made, spared = cut.differences
    assert (made.value, made.was) == (mass(3.0), mass(5.0))
    title = shipped.stations[exposure].handover.description.reports[report].title.text("en")
    assert spared.label == title
    assert stop_of(shipped, (), lot(0.2, 3.0), "culture", lot(0.2, 3.0), "en").differences == ()


# --- the band of healthy lots -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("slug", "offered"), [("first-batch", True), ("discovery", True), ("usp-set-up", False)])
def test_the_band_is_offered_where_its_hours_are_the_lots(settings: object, slug: str, offered: bool) -> None:
    settings.CAMPUS_CONTENT = ROOT / "content"  # type: ignore[attr-defined]
    assert bool(golden.address(load_scenario(slug, ROOT / "content"))) is offered
