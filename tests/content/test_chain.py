"""The chain that is installed: the autopilot brings a lot from the bank to the patient, certified, and nothing of it is
lost on the way.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from biotwin.chain import Chain, Leg, Lot, autopilot, begun, chain_slugs, load_chain
from biotwin.chain.outcome import result
from tests.content.garden import CONTENT

pytestmark = pytest.mark.slow
CLOSE = 1e-6


@pytest.fixture(scope="module")
def chain() -> Chain:
    return load_chain("mab-2000l", CONTENT)


@pytest.fixture(scope="module")
def lot(chain: Chain) -> Lot:
    return autopilot(chain, begun(chain, 1))


def test_every_chain_is_read() -> None:
    assert "mab-2000l" in chain_slugs(CONTENT)


def test_the_lot_is_certified_and_reaches_a_patient(chain: Chain, lot: Lot) -> None:
    assert lot.release is not None
    assert (lot.release.outcome, lot.release.reason) == ("certified", "")
    assert [leg.station for leg in lot.legs] == list(chain.order)
    found = result(chain, lot, None)
    assert found.doses > 4000
    assert 0.19e-3 < found.noted["protein_per_container"] < 0.3e-3


def test_a_refused_lot_leaves_its_patients_waiting_whatever_the_autopilot_did(chain: Chain, lot: Lot) -> None:
    assert lot.release is not None
    made = lot.legs[: chain.order.index("shipping")]
    refused = replace(lot, legs=made, release=replace(lot.release, outcome="rejected", reason="too wet"))
    for reference in (None, result(chain, refused, None), result(chain, lot, None)):
        found = result(chain, refused, reference)
        assert (found.doses, found.waited) == (0.0, chain.description.patients.treated)
    assert result(chain, lot, result(chain, lot, None)).waited == 0.0


def test_what_a_unit_receives_it_delivers_or_says_where_it_stayed(chain: Chain, lot: Lot) -> None:
    for leg in lot.legs:
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
