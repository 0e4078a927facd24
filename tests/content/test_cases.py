"""The cases that ship: texts whole and well set, and cause and effect where they are said to be, by flying."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from biotwin.chain import RELEASE, Chain, Leg, Lot, autopilot, begun, cases, due, flown, load_chain, released, waiting
from biotwin.chain.flying import joined
from biotwin.materials import NOTHING, Material, attribute
from biotwin.session.script import pilot_entries
from tests.content.garden import CONTENT, plain, texts
from tests.content.test_prose import CODE, badly_set

FOLDERS = sorted(path.parent for path in CONTENT.glob("chains/*/cases/*/case.yaml"))
each = pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)


@pytest.fixture(scope="module")
def chain() -> Chain:
    return load_chain("mab-2000l", CONTENT)


def test_there_are_three_cases_each_with_its_cause_in_another_unit(chain: Chain) -> None:
    found = cases("mab-2000l", CONTENT)
    assert len(found) >= 3
    assert len({tuple(case.stations) for case in found}) == len(found), "each has its own cause"
    for case in found:
        places = [*chain.order[:chain.order.index("shipping")], "release", *chain.order[chain.order.index("shipping"):]]
        cause = max(places.index(slug) for slug in case.stations)
        assert all(places.index(stop) > cause for stop in case.description.stops), case.slug
        assert case.description.quiz


@each
def test_texts_are_there_in_both_languages_and_well_set(folder: Path) -> None:
    for where, text in texts(plain(folder / "case.yaml")):
        assert set(text) == {"fr", "en"}, where
        assert not badly_set(str(text["fr"])), where
        assert "\u202f" not in str(text["en"]), where
    for name in ("brief", "debrief"):
        pages = {language: (folder / f"{name}.{language}.md").read_text(encoding="utf-8") for language in ("fr", "en")}
        assert not badly_set(CODE.sub("code\u202f", pages["fr"]))
        assert len(re.findall(r"^## ", pages["fr"], re.M)) == len(re.findall(r"^## ", pages["en"], re.M)) >= 3
        assert "\u202f" not in pages["en"]


def standing_before(chain: Chain, station: str, material: Material, case: str = "") -> Lot:
    """A lot that came to a station with this material; of the legs before it nothing else is told."""
    legs = tuple(
        Leg(station=slug, how="autopilot", scenario="", seed="", begins=0, waited=0, duration=0, received=material,
            delivered=material, stored=NOTHING, losses={}, reports={}, records=(), malfunctions=(), digest="")
        for slug in chain.order[:chain.order.index(station)])
    return msgspec.structs.replace(begun(chain, 1, case), legs=legs)


def one_leg(chain: Chain, lot: Lot, pilot: str = "") -> Lot:
    """The lot after its next station, flown by the case's own pilot or by another."""
    ahead = waiting(chain, lot)
    assert ahead is not None
    return joined(lot, flown(ahead, pilot_entries(ahead.scenario, pilot or ahead.station.pilot), how="autopilot"))


ELUATE = NOTHING._replace(volume=0.3846, heat=3.2e7, monomer=7.133, hmw=0.0527, active=7.133, galactosylated=2.1,
                          hcp=0.0114, strong_ions=2.0, salt=2.84, acetate=18.4, tris=0.34)
"""Of the capture, as the chain delivers it."""
LOAD = ELUATE._replace(volume=0.4033, monomer=7.067, hmw=0.107, strong_ions=2.19, tris=19.0)
"""Of the cation exchange: the same after its hour of acid."""


@pytest.mark.slow
def test_the_lean_pool_loses_at_the_column_what_ultrafiltration_meets(chain: Chain) -> None:
    def substance(case: str, pilot: str) -> tuple[float, float]:
        lot = one_leg(chain, standing_before(chain, "polishing", LOAD, case), pilot)
        given = autopilot(chain, lot, until="formulation").material
        return given.monomer, attribute("protein_concentration").value(given)

    kept, usual = substance("", "")
    left, thin = substance("lean-pool", "")
    handled, _titre = substance("lean-pool", "wins")
    assert left < 0.4 * kept
    assert thin < 30.0 < 45.0 < usual
    assert handled > 0.9 * kept, "read in time, the fault costs next to nothing"


@pytest.mark.slow
def test_too_much_acid_is_met_at_the_column_and_at_the_virus_filter(chain: Chain) -> None:
    def filtered(case: str) -> tuple[float, float]:
        lot = standing_before(chain, "inactivation", ELUATE, case)
        given = autopilot(chain, lot, until="ultrafiltration").material
        return given.monomer, attribute("hmw_fraction").value(given)

    (kept, usual), (left, stuck) = filtered(""), filtered("below-the-line")
    assert left < 0.85 * kept
    assert stuck > 0.018 > 0.012 > usual


VIALS = NOTHING._replace(volume=0.04906, monomer=2.45, hmw=0.017, sucrose=3.7, histidine=0.98, polysorbate=0.0085,
                         active=2.45, containers=9831.0)


@pytest.mark.slow
def test_cakes_that_look_fine_are_wet(chain: Chain) -> None:
    def dried(case: str, pilot: str = "") -> dict[str, float]:
        return one_leg(chain, standing_before(chain, "freeze_drying", VIALS, case), pilot).legs[-1].reports

    usual, case, handled = dried(""), dried("late-drying"), dried("late-drying", "wins")
    assert usual["moisture"] < 0.015 < 0.02 < case["moisture"]
    assert case["collapsed"] < 0.005, "nothing to be seen"
    assert handled["moisture"] < 0.015


REASONS = {"lean-pool": "substance.a280", "late-drying": "product.moisture", "below-the-line": "substance.sec_hmw"}


@pytest.mark.slow
def test_the_lot_is_certified_and_each_case_left_alone_is_rejected_for_its_own_reason(chain: Chain) -> None:
    usual = autopilot(chain, begun(chain, 1), until=RELEASE)
    assert due(chain, usual)
    sound = released(chain, usual).release
    assert sound is not None
    assert sound.outcome == "certified"
    for case in cases("mab-2000l", CONTENT):
        first = next(slug for slug in chain.order if slug in case.stations)
        again = msgspec.structs.replace(usual.before(first), case=case.slug)
        verdict = released(chain, autopilot(chain, again, until=RELEASE)).release
        assert verdict is not None
        assert verdict.outcome == "rejected", case.slug
        assert f"oos_confirmed {REASONS[case.slug]}" in verdict.reason
