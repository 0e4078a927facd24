"""The chains that are installed: the autopilot brings a lot from the bank to the patient, certified, and nothing of it
is lost on the way.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from biotwin.chain import (
    RELEASE,
    Chain,
    Leg,
    Lot,
    autopilot,
    begun,
    case_of,
    chain_slugs,
    decided,
    flown,
    load_chain,
    most,
    offered,
    pooling,
    released,
    stocked,
    waiting,
)
from biotwin.chain.flying import joined
from biotwin.chain.genealogy import genealogy
from biotwin.chain.holding import held
from biotwin.chain.outcome import DAY, Result, judged, refly, result
from biotwin.cli import main
from biotwin.errors import DescriptionError
from biotwin.materials import pooled
from biotwin.materials.attributes import hmw_fraction, protein
from biotwin.release import Entry
from biotwin.release.inputs import Reject
from biotwin.session.script import pilot_entries
from tests.content.garden import CONTENT

pytestmark = pytest.mark.slow
CLOSE = 1e-6


@pytest.fixture(scope="module")
def chain() -> Chain:
    return load_chain("mab-2000l", CONTENT)


@pytest.fixture(scope="module")
def lot(chain: Chain) -> Lot:
    return autopilot(chain, begun(chain, 1))


@pytest.fixture(scope="module")
def liquid(lot: Lot) -> tuple[Chain, Lot]:
    """The same drug substance in the other presentation: stations and chance are the same up to the bags."""
    other = load_chain("mab-2000l-liquid", CONTENT)
    return other, autopilot(other, replace(begun(other, 1), legs=lot.legs[: other.order.index("filling")]))


def test_every_chain_is_read() -> None:
    assert set(chain_slugs(CONTENT)) >= {"mab-2000l", "mab-2000l-liquid"}


def certified(chain: Chain, lot: Lot) -> Result:
    assert lot.release is not None
    assert (lot.release.outcome, lot.release.reason) == ("certified", "")
    assert [leg.station for leg in lot.legs] == list(chain.order)
    found = result(chain, lot, None)
    assert found.doses > 4000
    assert 0.19e-3 < found.noted["protein_per_container"] < 0.3e-3
    return found


def test_the_lot_is_certified_and_reaches_a_patient(chain: Chain, lot: Lot) -> None:
    certified(chain, lot)


def test_the_liquid_presentation_differs_where_it_must(chain: Chain, lot: Lot, liquid: tuple[Chain, Lot]) -> None:
    """Filled sooner, judged without cake and moisture, its closure from the line; the road shakes it, and no cake."""
    other, poured = liquid
    assert "freeze_drying" not in other.order
    wet, dry = certified(other, poured), certified(chain, lot)
    assert poured.legs[-3].ends < lot.legs[-3].ends - 1.5 * DAY
    assert wet.days == pytest.approx(dry.days, abs=1.0), "released when the slowest test of the harvest has come back"
    assert other.book is not None
    assert chain.book is not None
    assert set(chain.book.tests) - set(other.book.tests) == {"product.appearance", "product.moisture"}
    assert set(chain.book.specification.integrity) - set(other.book.specification.integrity) == {"freeze_dryer_leak"}
    leaking = case_of(other, poured).file.samples["product"].states["leaking"]
    assert 0.0 < leaking == poured.legs[other.order.index("filling")].reports["leaking"] < 3e-4
    road = grown(poured, "shipping")
    assert 5e-4 < road < 5e-3
    assert grown(lot, "shipping") < 0.1 * road, "a cake does not slosh"
    given, drawn = lot.legs[-1].reports["exposure"], poured.legs[-1].reports["exposure"]
    assert drawn == pytest.approx(given, rel=0.05)


def grown(lot: Lot, station: str) -> float:
    """What a leg adds to the share of aggregates."""
    leg = next(leg for leg in lot.legs if leg.station == station)
    return hmw_fraction(leg.delivered) - hmw_fraction(leg.received)


def test_two_years_in_the_cold_age_a_solution_and_no_cake(chain: Chain, lot: Lot, liquid: tuple[Chain, Lot]) -> None:
    _other, poured = liquid
    aged, cake = (held(one.legs[-2].delivered, 2 * 365 * 86_400.0, 278.15) for one in (poured, lot))
    assert 0.005 < hmw_fraction(aged) - hmw_fraction(poured.legs[-2].delivered) < 0.02
    assert hmw_fraction(cake) == hmw_fraction(lot.legs[-2].delivered)


def test_a_refused_lot_leaves_its_patients_waiting_whatever_the_autopilot_did(chain: Chain, lot: Lot) -> None:
    assert lot.release is not None
    made = lot.legs[: chain.order.index("shipping")]
    refused = replace(lot, legs=made, release=replace(lot.release, outcome="rejected", reason="too wet"))
    for reference in (None, result(chain, refused, None), result(chain, lot, None)):
        found = result(chain, refused, reference)
        assert (found.doses, found.waited) == (0.0, chain.description.patients.treated)
    assert result(chain, lot, result(chain, lot, None)).waited == 0.0


def test_bags_of_the_lot_before_are_pooled_traced_and_balanced(chain: Chain, lot: Lot) -> None:
    """Three bags of 10 L: they come in, the lot's own stay in store, and the patient's vial leads back to both lots."""
    arrived = stocked(chain, lot.before("filling"))
    assert arrived.store is not None
    assert (arrived.store.outcome, most(chain, arrived)) == ("certified", 4)
    assert arrived.store.disposed < arrived.time, "decided before it is pooled"
    with pytest.raises(DescriptionError, match="5 portions"):
        pooling(chain, arrived, 5)
    made = autopilot(chain, pooling(chain, arrived, 3))
    assert made.release is not None
    assert made.release.outcome == "certified", made.release.reason
    leg = made.legs[chain.order.index("filling")]
    own = held(arrived.material, leg.waited / 1000.0, chain.stations["filling"].stores_at)
    assert pooled(leg.received, leg.stored) == pytest.approx(pooled(own, leg.pooled), rel=1e-9, abs=1e-12)
    assert protein(leg.pooled) == pytest.approx(protein(arrived.store.material) * 0.03 / arrived.store.material.volume)
    balanced(chain, (leg,))
    found = genealogy(made)
    assert {"filling/pooled", "formulation/product", "bank"} <= set(found.ancestors("infusion/product"))
    came_of_it = set(found.descendants("filling/pooled"))
    assert {"infusion/product", *(f"filling/{place}" for place in leg.losses)} <= came_of_it
    assert "formulation/product" not in came_of_it
    assert arrived.store.lot in found.ancestors("shipping/product"), "and whose it was"
    assert {"pooled_undecided", "step_repeated"}.isdisjoint(record.kind for record in leg.records)


def test_who_pools_before_quality_has_decided_shares_the_fate_of_the_other_lot(chain: Chain, lot: Lot) -> None:
    arrived = stocked(chain, lot.before("filling"))
    assert arrived.store is not None
    later = arrived.time + 10 * 86_400_000
    for outcome, disposed, possible in (("rejected", arrived.time, 0), ("rejected", later, 4), ("certified", later, 4)):
        other = replace(arrived, store=replace(arrived.store, outcome=outcome, disposed=disposed))
        assert most(chain, other) == possible
        if possible:
            made = autopilot(chain, pooling(chain, other, 1))
            leg = made.legs[chain.order.index("filling")]
            assert "pooled_undecided" in [record.kind for record in leg.records]
            assert made.release is not None
            expected = ("rejected", True) if outcome == "rejected" else ("certified", False)
            assert (made.release.outcome, "parent_refused" in made.release.reason) == expected


def test_a_virus_filter_that_was_not_tested_is_filtered_again_once(chain: Chain, lot: Lot) -> None:
    """The crew went on without the test: the pool goes through a new filter, whose test counts; the claim stands."""
    before = lot.before("virus_filtration")
    ahead = waiting(chain, before)
    assert ahead is not None
    untested = joined(before, flown(ahead, pilot_entries(ahead.scenario, "loses"), how="by_hand"))
    assert offered(chain, untested) == "virus_filtration"
    assert offered(chain, decided(untested, False)) == ""
    assert offered(chain, lot.before("ultrafiltration")) == "", "it was tested, and held"
    made = autopilot(chain, untested)
    assert [leg.name for leg in made.passages if leg.station == "virus_filtration"] == [
        "virus_filtration", "virus_filtration-again"]
    assert made.release is not None
    assert made.release.outcome == "certified", made.release.reason
    at = chain.order.index("filling")
    assert made.legs[at].begins > lot.legs[at].begins, "it takes its time"
    assert "step_repeated" in [record.kind for leg in made.legs for record in leg.records]
    left = autopilot(chain, decided(untested, False))
    assert left.release is not None
    assert left.release.outcome != "certified"


def test_a_step_that_was_repeated_is_not_where_the_filter_holds(chain: Chain, lot: Lot) -> None:
    """The autopilot's decision is taken anew with each lot that is flown; what somebody declined stays declined."""
    repeated = replace(lot, again={"virus_filtration": True})
    assert refly(chain, repeated, {}) == lot
    declined = replace(lot, again={"virus_filtration": False})
    assert refly(chain, declined, {}) == declined


def test_the_reference_takes_no_leg_of_the_case(chain: Chain, lot: Lot) -> None:
    """Nor the first passage of a station that was gone through twice."""
    dried = lot.legs[chain.order.index("freeze_drying")]
    odd = replace(dried, reports={**dried.reports, "moisture": 9.0})
    mine = replace(lot, case="late-drying", first=(odd,))
    assert judged(chain, mine, {}).reference.reports["freeze_drying.moisture"] == dried.reports["moisture"]


def test_each_stop_is_set_beside_a_lot_whose_release_is_alike(chain: Chain, lot: Lot) -> None:
    """A good lot is rejected by hand: that is the doing of the desk, not of the station that was flown as ever."""
    station = "shipping"
    before = lot.before(station)
    reject = Entry(before.time, "qualified_person", Reject("to be sure"))
    freeze = before.legs[-1]
    by_hand = replace(before, legs=(*before.legs[:-1], replace(freeze, how="by_hand")), release=None)
    mine = released(chain, by_hand, [reject])
    journal = pilot_entries(chain.stations[freeze.station].scenario, chain.stations[freeze.station].pilot)
    outcome = judged(chain, mine, {freeze.station: journal})
    assert (outcome.mine.outcome, outcome.reference.outcome) == ("rejected", "certified")
    flown_so, desk = outcome.effects
    assert (flown_so.station, desk.station) == (freeze.station, RELEASE)
    assert outcome.beside(flown_so).outcome == flown_so.without.outcome == "certified"
    assert (outcome.beside(flown_so).doses, outcome.beside(flown_so).days) == (
        flown_so.without.doses, flown_so.without.days)
    assert (outcome.beside(desk).doses, desk.without.doses) == (0.0, outcome.reference.doses)


def test_portions_are_chosen_for_a_flight_that_comes_to_them(capsys: pytest.CaptureFixture[str]) -> None:
    for until in ("harvest", "filling"):
        assert main(["chain", "mab-2000l", "--pool", "2", "--until", until]) == 2
        assert f"pooled at filling, and the lot stops before {until}" in capsys.readouterr().err


def test_what_a_unit_receives_it_delivers_or_says_where_it_stayed(chain: Chain, lot: Lot) -> None:
    balanced(chain, lot.legs)


def test_nor_is_anything_of_the_liquid_presentation_lost(liquid: tuple[Chain, Lot]) -> None:
    other, poured = liquid
    balanced(other, poured.legs[other.order.index("filling"):])


def balanced(chain: Chain, legs: tuple[Leg, ...]) -> None:
    for leg in legs:
        for name in chain.stations[leg.station].handover.balanced:
            received = getattr(leg.received, name)
            assert accounted(leg, name) == pytest.approx(received, rel=CLOSE, abs=1e-12), (leg.station, name)


def accounted(leg: Leg, name: str) -> float:
    return float(getattr(leg.delivered, name)) + sum(float(getattr(lost, name)) for lost in leg.losses.values())


def test_each_unit_says_at_least_for_the_product_where_it_went(chain: Chain, lot: Lot) -> None:
    """From the harvest to the pharmacy every gram is delivered or named among the losses: monomer by itself (above), or
    with what it turned into.
    """
    for leg in lot.legs:
        alone = "monomer" in chain.stations[leg.station].handover.balanced
        if leg.received.monomer > 0.0 and leg.delivered.monomer > 0.0 and not alone:
            whole = sum(accounted(leg, name) for name in ("monomer", "hmw", "lmw"))
            before = leg.received.monomer + leg.received.hmw + leg.received.lmw
            assert whole == pytest.approx(before, rel=CLOSE), leg.station
