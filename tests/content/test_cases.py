"""The cases that ship: texts whole and well set, and cause and effect where they are said to be, by flying."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from biotwin.chain import Chain, Leg, Lot, autopilot, begun, cases, flown, load_chain, waiting
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


ELUATE = NOTHING._replace(volume=0.4033, monomer=7.067, hmw=0.107, hcp=0.0114, acetate=15.0, tris=16.0, active=7.0)


@pytest.mark.slow
def test_the_lean_pool_loses_at_the_column_what_ultrafiltration_meets(chain: Chain) -> None:
    def substance(case: str, pilot: str) -> tuple[float, float]:
        lot = one_leg(chain, standing_before(chain, "polishing", ELUATE, case), pilot)
        given = autopilot(chain, lot, until="formulation").material
        return given.monomer, attribute("protein_concentration").value(given)

    kept, usual = substance("", "")
    left, thin = substance("lean-pool", "")
    handled, _titre = substance("lean-pool", "wins")
    assert left < 0.4 * kept
    assert thin < 30.0 < 45.0 < usual
    assert handled > 0.9 * kept, "read in time, the fault costs next to nothing"
