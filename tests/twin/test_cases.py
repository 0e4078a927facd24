"""A case of a chain: what it changes changes the lot, what is misspelt in it is told, and the lot carries its name."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from biotwin.chain import Chain, Lot, autopilot, begun, cases, load_case, load_chain, waiting
from biotwin.chain.cases import saving_entries
from biotwin.chain.holding import held
from biotwin.chain.outcome import judged
from biotwin.cli.content import complaints
from biotwin.errors import BiotwinError, DescriptionError, UnknownName
from biotwin.materials import Material

CONTENT = Path(__file__).parent / "content"
CASE = "chains/minis/cases/unfed/case.yaml"


@pytest.fixture(scope="module")
def chain() -> Chain:
    return load_chain("minis", CONTENT)


@pytest.fixture(scope="module")
def through(chain: Chain) -> Lot:
    return autopilot(chain, begun(chain, 7, "unfed"))


def test_a_case_says_who_flew_and_how_long_the_lot_waited(chain: Chain) -> None:
    (case,) = cases("minis", CONTENT)
    assert case is load_case(chain, "unfed")
    assert {slug: station.pilot for slug, station in case.stations.items()} == {"first": "nothing", "second": "wins"}
    assert case.stations["second"].wait == 30 * 3_600_000
    assert begun(chain, 7, "unfed").digest == case.digest != chain.digest


def test_a_case_changes_the_lot_and_the_batch_record_says_so(chain: Chain, through: Lot) -> None:
    usual = autopilot(chain, begun(chain, 7))
    assert [leg.seed for leg in through.legs] == [leg.seed for leg in usual.legs]
    assert through.legs[0].received == usual.legs[0].received
    assert through.legs[0].delivered.volume > usual.legs[0].delivered.volume
    assert through.legs[1].waited == 30 * 3_600_000
    assert "hold_exceeded" in [record.kind for record in through.legs[1].records]


def test_the_judgement_sets_the_case_beside_the_lot_that_nothing_befell(chain: Chain, through: Lot) -> None:
    outcome = judged(chain, through, {})
    usual = judged(chain, autopilot(chain, begun(chain, 7)), {})
    assert outcome.reference == usual.mine == usual.reference != outcome.mine
    assert (outcome.alone, usual.alone) == (outcome.mine, None)


def test_a_lot_carries_its_case_and_one_kept_before_there_were_any_is_read(chain: Chain, through: Lot) -> None:
    kept = msgspec.json.encode(through)
    assert msgspec.json.decode(kept, type=Lot) == through
    old = {name: value for name, value in msgspec.json.decode(kept).items() if name != "case"}
    assert msgspec.convert(old, Lot).case == ""
    before = through.before("second")
    assert before.case == "unfed"
    ahead = waiting(chain, before)
    assert ahead is not None
    assert ahead.waited == 30 * 3_600_000


def test_a_case_that_is_not_there_is_told(chain: Chain) -> None:
    with pytest.raises(UnknownName):
        begun(chain, 7, "fed")


def test_somebody_at_a_stop_who_notices_in_time(chain: Chain, through: Lot) -> None:
    """What saves a case is a journal at its stop: flown by hand, and judged as that stop's doing."""
    saved = autopilot(chain, through.before("third"), saving=True)
    assert [leg.how for leg in saved.legs] == ["autopilot", "autopilot", "by_hand"]
    assert saved.legs[:2] == through.legs[:2]
    assert saved.legs[2].digest != through.legs[2].digest
    entries = saving_entries(chain, saved, "third")
    assert entries is not None
    assert saving_entries(chain, saved, "second") is None
    outcome = judged(chain, saved, {"third": entries})
    (effect,) = outcome.effects
    assert (effect.station, effect.without) == ("third", judged(chain, through, {}).mine)
    assert outcome.alone == effect.without != outcome.mine, "what befell the lot is not the doing of who sat there"


WRONG = (
    ("first: mini", "firsts: mini", "case.yaml:6"),
    ("first: mini", "first: maxi", "case.yaml:6"),
    ("second: 30 h", "second: 30 kg", "case.yaml:7"),
    ("second: 30 h", "seconds: 30 h", "case.yaml:7"),
    ("stops: [third]", "stops: [forth]", "case.yaml:8"),
    ("stops: [third]", "stops: [first]", "case.yaml:8"),
    ("stops: [third]", "stops: [third]\npilots: {first: flies}", "case.yaml:9"),
    ("loop: usp/br101/fic103", "loop: usp/br101/fic999", "case.yaml:9"),
    ("saves: {third:", "saves: {second:", "case.yaml:9"),
)


@pytest.mark.parametrize(("old", "new", "where"), WRONG)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, old: str, new: str, where: str) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    text = (folder / CASE).read_text(encoding="utf-8")
    assert old in text
    (folder / CASE).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BiotwinError) as error:
        load_case(load_chain("minis", folder), "unfed")
    assert where in str(error.value)
    assert any(where in line for line in complaints(folder))


@pytest.mark.parametrize("link", ["after: fed", "former: {case: fed}"])
def test_cases_that_come_of_each_other_are_told(tmp_path: Path, link: str) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    shutil.copytree((folder / CASE).parent, (folder / CASE).parents[1] / "fed")
    for slug, said in (("unfed", link), ("fed", "after: unfed")):
        path = (folder / CASE).parents[1] / slug / "case.yaml"
        text = path.read_text(encoding="utf-8").replace("slug: unfed", f"slug: {slug}")
        path.write_text(text.replace("level: learner", f"level: learner\n{said}"), encoding="utf-8")
    for slug in ("unfed", "fed"):
        with pytest.raises(DescriptionError, match="comes of") as error:
            load_case(load_chain("minis", folder), slug)
        assert f"{slug}/case.yaml:6" in str(error.value)


@pytest.mark.parametrize("missing", ["brief.fr.md", "debrief.en.md"])
def test_a_case_lacks_no_text(tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    assert complaints(folder) == []
    (folder / CASE).with_name(missing).unlink()
    assert any(missing in line for line in complaints(folder))


def test_a_dried_cake_waits_and_nothing_in_it_moves() -> None:
    cake = Material(volume=6e-5, monomer=2.4, hmw=0.02, bioburden=3e-6, containers=9800.0)
    after = held(cake, 48 * 3600.0, 278.15)
    assert (after.hmw, after.monomer, after.bioburden) == (cake.hmw, cake.monomer, cake.bioburden)


OWN = (
    ("plants/mini/handover.yaml", "enters: feed\n", "", "begins in 'feed', behind 'idle'"),
    ("plants/mini/handover.yaml", "enters: feed\n", "enters: fed\n", "'fed' is no phase"),
)


@pytest.mark.parametrize(("file", "old", "new", "said"), OWN)
def test_a_scenario_that_brings_a_lot_of_its_own_is_told_with_the_line_of_its_station(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    found = [line for line in complaints(folder) if said in line]
    assert found
    assert "handover.yaml:7" in found[0] if "fed" in new else all("chain.yaml:7" in line for line in found), found


def test_what_takes_the_lot_in_has_no_conditions_but_those_of_the_lot(chain: Chain) -> None:
    station = chain.stations["first"]
    own = station.handover.own_material
    assert own(station.scenario) == ""
    assert own(replace(station.scenario, instances={"t103": {"volume": 1.0}, "tcu": {"temperature": 290.0}})) == ""
    assert "t103.warmth" in own(replace(station.scenario, instances={"t103": {"warmth": 1.0}}))
