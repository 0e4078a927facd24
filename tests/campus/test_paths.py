"""A lot whose way is no single line: a step done again as filed, bags of the lot before pooled in, and what its pages
and its judgement say of both.
"""

from __future__ import annotations

import msgspec
import pytest
from django.test import Client
from msgspec.structs import replace

from biotwin.chain import Lot
from campus.accounts import services as people
from campus.accounts.models import Role
from campus.lots import selectors, services
from campus.lots.models import LotFlight, LotQuality, LotStatus
from campus.simulator import services as simulator
from campus.simulator.models import SimulatorSession
from tests.campus.test_lots import PASSWORD, settled, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def address(client: Client, monkeypatch: pytest.MonkeyPatch) -> str:
    """Ada's lot at its first stop; its chance is always the same."""
    monkeypatch.setattr(services.secrets, "token_hex", lambda size: f"{7:032x}")
    ada = people.create_person(username="ada", name="Ada", password=PASSWORD, role=Role.LEARNER, actor="test")
    client.force_login(ada)
    begun = client.post("/chain/begin", {"chain": "paths", "stop": ["hold", "fill"]}).headers["Location"]
    assert settled(LotFlight.objects.get()).status == LotStatus.WAITING
    return begun


def lot() -> Lot:
    return selectors.lot_of(LotFlight.objects.get())


def flown_by_hand(client: Client, address: str, **chosen: str) -> LotFlight:
    """Take the controls, and end the flight at once: the leg runs on as it was left."""
    cockpit = client.post(address + "take", chosen).headers["Location"]
    session = SimulatorSession.objects.get(pk=cockpit.split("/")[2])
    simulator.open_debrief(visitor=visitor(session.owner), session=session)
    return settled(LotFlight.objects.get())


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_who_flew_a_step_is_asked_whether_it_is_done_again(client: Client, address: str) -> None:
    flight = flown_by_hand(client, address)
    assert (flight.status, len(lot().legs)) == (LotStatus.WAITING, 1)
    shown = page(client, address)
    assert "« Tenue de la cuve » n’a pas été fait" in shown
    assert "Refaire le maintien" in shown
    assert client.post(address + "take").headers["Location"] == address, "first the decision"
    client.post(address + "again", {"again": "yes"})
    assert settled(flight).status == LotStatus.WAITING
    flight = flown_by_hand(client, address)
    made = lot()
    assert [leg.name for leg in made.passages] == ["hold", "hold-again"]
    first, second = made.passages
    assert second.received.monomer == pytest.approx(first.delivered.monomer, rel=1e-6)
    assert second.seed != first.seed
    assert [link.station for link in flight.sessions.order_by("pk")] == ["hold", "hold-again"]
    assert "passé deux fois" in page(client, address)


def test_a_wait_before_the_second_passage_stands_on_the_map(client: Client, address: str) -> None:
    flown_by_hand(client, address)
    client.post(address + "again", {"again": "yes"})
    flown_by_hand(client, address, hold="tomorrow")
    assert list(lot().waits) == ["hold-again"]
    assert "attente de " in page(client, address)


def test_a_count_of_bags_that_is_none_is_no_fault(client: Client, address: str) -> None:
    assert client.post(address + "take", {"portions": "9" * 5000}).status_code == 302


def test_going_on_without_is_a_decision_too(client: Client, address: str) -> None:
    flown_by_hand(client, address)
    client.post(address + "again", {"again": "no"})
    assert lot().again == {"hold": False}
    assert selectors.here(selectors.chain("paths"), lot()) == "fill"
    assert client.post(address + "again", {"again": "yes"}).headers["Location"] == address
    assert lot().again == {"hold": False}, "decided once"


def test_the_autopilot_does_again_what_is_filed(client: Client, address: str) -> None:
    client.post(address + "leave")
    settled(LotFlight.objects.get())
    assert [(leg.name, leg.how) for leg in lot().passages] == [("hold", "autopilot"), ("hold-again", "autopilot")]


def at_the_tank(client: Client, address: str) -> None:
    flown_by_hand(client, address)
    client.post(address + "again", {"again": "no"})
    settled(LotFlight.objects.get())


def test_bags_of_the_lot_before_come_in_and_are_told(client: Client, address: str) -> None:
    """Its own hold was done again by the autopilot: quality has decided; portions beyond what there is are refused."""
    client.post(address + "leave")
    settled(LotFlight.objects.get())
    store = lot().store
    assert store is not None
    shown = page(client, address)
    assert f"lot précédent, {store.lot}" in shown
    assert 'name="portions" value="3"' in shown
    assert client.post(address + "leave", {"portions": "4"}).headers["Location"] == address
    assert lot().portions == {}, "no such portion"
    client.post(address + "leave", {"portions": "2"})
    flight = settled(LotFlight.objects.get())
    leg = next(leg for leg in lot().legs if leg.station == "fill")
    assert leg.pooled.volume == pytest.approx(0.04)
    assert leg.received.volume == pytest.approx(0.2)
    assert flight.status == LotStatus.OVER, flight.fault
    shown = page(client, address)
    assert f"du lot {store.lot}" in shown, "the genealogy names it"
    assert "river-pooled" in shown
    outcome = selectors.outcome_of(flight)
    assert outcome is not None
    assert [effect.station for effect in outcome.effects] == ["fill"], "what pooling did is told"


def test_two_passages_by_hand_are_judged_as_one_stop(client: Client, address: str) -> None:
    at_the_tank(client, address)
    client.post(address + "leave")
    flight = settled(LotFlight.objects.get())
    assert flight.status == LotStatus.OVER, flight.fault
    outcome = selectors.outcome_of(flight)
    assert outcome is not None
    assert [effect.station for effect in outcome.effects] == ["hold"]
    assert len(outcome.effects[0].without.steps) == len(outcome.mine.steps) + 1, "the autopilot holds again"


def test_the_desk_waits_for_the_decision_about_a_lot_that_was_pooled_in(client: Client, address: str) -> None:
    client.post(address + "leave")
    flight = settled(LotFlight.objects.get())
    made = lot()
    assert made.store is not None
    later = replace(made, store=replace(made.store, disposed=made.time + 30 * 86_400_000))
    flight.lot, flight.stops = msgspec.json.encode(later).decode(), [*flight.stops, "release"]
    flight.save()
    assert "pas encore décidé" in page(client, address)
    client.post(address + "leave", {"portions": "1"})
    settled(LotFlight.objects.get())
    assert "pooled_undecided" in [record.kind for leg in lot().legs for record in leg.records]
    client.post(address + "quality/open")
    for _ in range(20):
        shown = page(client, address + "quality/")
        if "Rien n’est en cours" in shown:
            break
        assert "pas encore décidé" in shown
        assert made.store.lot in shown
        client.post(address + "quality/wait")
    assert LotQuality.objects.get().time >= made.time + 30 * 86_400_000
    assert "pas encore décidé" not in page(client, address + "quality/")
