"""A lot through a chain: what one step delivers the next receives, nothing is forgotten, and a decision changes only
what comes after it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotwin.chain import Chain, Lot, autopilot, begun, flown, holds, kept_waiting, load_chain, waiting
from biotwin.chain.flying import joined
from biotwin.chain.genealogy import genealogy
from biotwin.chain.holding import held
from biotwin.chain.outcome import judged, refly
from biotwin.cli import main
from biotwin.errors import BiotwinError, UnknownName
from biotwin.materials import ATTRIBUTES, FIELDS, Material, part, pooled
from biotwin.materials.attributes import protein
from biotwin.session.flight import Flight
from biotwin.session.handover import as_received
from biotwin.session.inputs import Entry, HoldRecipe, RestartRecipe, SetOutput
from biotwin.session.library import load_scenario

CONTENT = Path(__file__).parent / "content"
amounts = st.floats(0.0, 1e12)
materials = st.builds(lambda values: Material(*values), st.tuples(*[amounts] * len(FIELDS)))


@pytest.fixture(scope="module")
def chain() -> Chain:
    return load_chain("minis", CONTENT)


@pytest.fixture(scope="module")
def through(chain: Chain) -> Lot:
    return autopilot(chain, begun(chain, 7))


@given(materials, st.floats(0.0, 1.0))
def test_what_is_parted_and_pooled_is_whole(material: Material, share: float) -> None:
    again = pooled(part(material, share), part(material, 1.0 - share))
    assert again == pytest.approx(material, rel=1e-12)


@given(materials)
def test_every_attribute_is_a_number(material: Material) -> None:
    for name, attribute in ATTRIBUTES.items():
        assert attribute.value(material) == attribute.value(material), name


@given(materials, st.floats(0.0, 1e8), st.floats(230.0, 320.0))
def test_a_wait_loses_no_protein_and_kills_nothing(material: Material, seconds: float, temperature: float) -> None:
    after = held(material, seconds, temperature)
    assert protein(after) == pytest.approx(protein(material), rel=1e-12)
    assert after.bioburden >= material.bioburden
    assert after.hmw >= material.hmw


def test_a_wait_in_two_parts_is_one_wait() -> None:
    lot = Material(volume=1.0, monomer=10.0, bioburden=10.0)
    assert held(held(lot, 3600.0, 293.15), 7200.0, 293.15).bioburden == pytest.approx(
        held(lot, 10800.0, 293.15).bioburden)


def test_each_step_receives_what_the_one_before_delivered(chain: Chain, through: Lot) -> None:
    assert [leg.station for leg in through.legs] == list(chain.order)
    for before, after in zip(through.legs, through.legs[1:], strict=False):
        station = chain.stations[after.station]
        aged = held(before.delivered, after.waited / 1000.0, station.stores_at)
        assert pooled(after.received, after.stored) == pytest.approx(aged, rel=1e-12)
        assert after.begins == before.ends + after.waited


def test_the_volume_is_the_flight_s_own_and_shares_are_shares(chain: Chain, through: Lot) -> None:
    first = through.legs[0]
    assert first.delivered.volume < first.received.volume == pytest.approx(0.015)
    assert first.delivered.monomer == 0.9 * first.received.monomer
    assert first.delivered.hmw == first.received.hmw
    assert first.reports["left"] == pytest.approx(1010.0 * first.delivered.volume)
    assert through.legs[1].received.volume == pytest.approx(0.004)


def test_the_same_lot_again_is_the_same_to_the_bit(chain: Chain, through: Lot) -> None:
    again = autopilot(chain, begun(chain, 7))
    assert msgspec.json.encode(again) == msgspec.json.encode(through)
    other = autopilot(chain, begun(chain, 8))
    assert [leg.digest for leg in other.legs] != [leg.digest for leg in through.legs]


def test_a_lot_is_kept_as_json_without_loss(through: Lot) -> None:
    assert msgspec.json.decode(msgspec.json.encode(through), type=Lot) == through


def by_hand(chain: Chain, lot: Lot) -> tuple[Lot, list[Entry]]:
    """The lot whose second leg was flown by somebody who stops the pump."""
    lot = autopilot(chain, lot.before("second"), until="second")
    ahead = waiting(chain, lot)
    assert ahead is not None
    entries = [Entry(1, 4_000_000, "seat", SetOutput(loop="usp/br101/fic103", value=0.0))]
    return autopilot(chain, joined(lot, flown(ahead, entries, how="by_hand"))), entries


def test_a_decision_changes_what_comes_after_it_and_nothing_before(chain: Chain, through: Lot) -> None:
    mine, _entries = by_hand(chain, through)
    assert mine.legs[0] == through.legs[0]
    assert mine.legs[1].received == through.legs[1].received
    assert mine.legs[1].delivered != through.legs[1].delivered
    assert mine.legs[2].digest != through.legs[2].digest


def test_the_judgement_flies_the_lot_with_one_stop_left_to_the_autopilot(chain: Chain, through: Lot) -> None:
    mine, entries = by_hand(chain, through)
    outcome = judged(chain, mine, {"second": entries})
    assert [effect.station for effect in outcome.effects] == ["second"]
    assert outcome.effects[0].without == outcome.reference != outcome.mine
    assert refly(chain, mine, {"second": entries}) == mine


def test_a_session_that_received_a_lot_is_the_leg_to_the_bit(chain: Chain, through: Lot) -> None:
    ahead = waiting(chain, through.before("third"))
    assert ahead is not None
    received = msgspec.json.encode(ahead.received).decode()
    scenario = as_received(load_scenario("mini", CONTENT), CONTENT, received)
    assert scenario.digest == ahead.scenario.digest != load_scenario("mini", CONTENT).digest
    flight = Flight.begin(scenario, ahead.seed)
    assert flight.digest() == Flight.begin(ahead.scenario, ahead.seed).digest()


WRONG = (
    ("plants/mini/handover.yaml", "t103.volume: volume}", "t103.volume: monomer}", "handover.yaml:2"),
    ("plants/mini/handover.yaml", "volume: t103.volume, monomer", "volume: t103.weight, monomer", "handover.yaml:3"),
    ("plants/mini/handover.yaml", "monomer: 0.9", "monomer: 1.5", "handover.yaml:3"),
    ("plants/mini/handover.yaml", "monomer: 0.9", "monomers: 0.9", "handover.yaml:3"),
    ("plants/mini/handover.yaml", "t103.volume: volume}", "t104.volume: volume}", "handover.yaml:2"),
    ("plants/mini/handover.yaml", "unit: kg", "unit: L", "handover.yaml:6"),
    ("chains/minis/chain.yaml", "third: {title: {fr: Trois, en: Three}, purpose: {fr: Banc, en: Bench}, scenario: mini",
     "third: {title: {fr: Trois, en: Three}, purpose: {fr: Banc, en: Bench}, scenario: maxi", "chain.yaml:9"),
    ("chains/minis/chain.yaml", "takes: 4 L", "takes: 4 kg", "chain.yaml:8"),
    ("chains/minis/chain.yaml", "bioburden: 100", "germs: 100", "chain.yaml:5"),
)


@pytest.mark.parametrize(("name", "old", "new", "where"), WRONG)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, name: str, old: str, new: str, where: str) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BiotwinError) as error:
        load_chain("minis", folder)
    assert where in str(error.value)


def test_a_wait_beyond_its_limit_stands_in_the_batch_record(chain: Chain, through: Lot) -> None:
    for hours, told in ((23, False), (30, True)):
        ahead = waiting(chain, through.before("third"), wait=hours * 3_600_000)
        assert ahead is not None
        kinds = [record.kind for record in flown(ahead, [], how="autopilot").records]
        assert ("hold_exceeded" in kinds) is told


def test_a_hold_of_the_recipe_stands_in_the_batch_record(chain: Chain, through: Lot) -> None:
    ahead = waiting(chain, through.before("third"))
    assert ahead is not None
    begin = ahead.scenario.start_time
    entries = [Entry(1, begin + 600_000, "seat", HoldRecipe()), Entry(2, begin + 1_800_000, "seat", RestartRecipe())]
    (held,) = [r for r in flown(ahead, entries, how="by_hand").records if r.kind == "recipe_held"]
    assert held.unit == "third"
    assert held.duration == pytest.approx(1_200_000, abs=10_000)


def test_a_wait_is_chosen_and_what_it_does_is_its_stop_s(chain: Chain, through: Lot) -> None:
    """After the weekend: the hold is in the record, the lot is later and worse, and the judgement names the stop."""
    arrived = through.before("third")
    hour = 3_600_000
    assert holds(chain, arrived) == {"at_once": 0, "planned": 2 * hour, "tomorrow": 16 * hour, "weekend": 64 * hour}
    mine = autopilot(chain, kept_waiting(chain, arrived, "weekend"))
    leg = mine.legs[-1]
    assert (leg.waited, leg.how, mine.waits) == (64 * hour, "autopilot", {"third": 64 * hour})
    assert leg.received.hmw > through.legs[-1].received.hmw
    assert "hold_exceeded" in [record.kind for record in leg.records]
    outcome = judged(chain, mine, {})
    (effect,) = outcome.effects
    assert (effect.station, effect.without, outcome.reference) == ("third", outcome.reference, effect.without)
    assert outcome.mine.days == pytest.approx(outcome.reference.days + 62 / 24)
    assert refly(chain, mine, {}) == mine


def test_a_wait_that_is_not_offered_is_none(chain: Chain, through: Lot) -> None:
    assert holds(chain, begun(chain, 7)) == {}
    assert holds(chain, through) == {}
    for hold in ("", "next_year"):
        with pytest.raises(UnknownName):
            kept_waiting(chain, through.before("third"), hold)
    chosen = kept_waiting(chain, through.before("third"), "at_once")
    assert kept_waiting(chain, chosen, "planned").waits == {}


def test_cells_that_wait_die_and_none_is_lost() -> None:
    broth = Material(volume=2.0, viable_cells=2e13, dead_cells=4e12)
    after = held(broth, 64 * 3600.0, 310.15)
    assert after.viable_cells + after.dead_cells == pytest.approx(2.4e13, rel=1e-12)
    assert 0.4 < after.viable_cells / broth.viable_cells < 0.6
    assert held(broth, 64 * 3600.0, 288.15).viable_cells > 0.8 * broth.viable_cells


def test_a_lot_s_containers_lead_back_to_the_bank_and_forward_to_all_that_came_of_it(through: Lot) -> None:
    graph = genealogy(through)
    assert graph.ancestors("third/product") == ("second/product", "first/product", "bank")
    assert set(graph.descendants("first/product")) >= {"second/product", "second/stored", "third/product", "third/cake"}
    assert graph.descendants("third/cake") == ()


def test_the_command_traces_a_container_both_ways(
    through: Lot, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOTWIN_CONTENT", str(CONTENT))
    assert main(["chain", "minis", "--seed", "7", "--trace", "second/product"]) == 0
    back, _here, ahead = capsys.readouterr().out.partition("second/product went into:")
    assert f"first/product                         {through.legs[0].digest[:12]}" in back
    assert "third/cake" in ahead
    assert main(["chain", "minis", "--trace", "fourth/product"]) == 2
    assert "no container 'fourth/product'" in capsys.readouterr().err
