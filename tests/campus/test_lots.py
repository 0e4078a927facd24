"""A lot through the chain: on autopilot, through somebody's hands, to its judgement; and whose it is."""

from __future__ import annotations

import uuid

import msgspec
import pytest
from django.test import Client

from biotwin.chain.outcome import Outcome
from biotwin.session.inputs import SetSetpoint
from campus.accounts import services as people
from campus.accounts.models import Role, User
from campus.foundation.services import deliver
from campus.lots import selectors, services
from campus.lots.models import LotFlight, LotStatus
from campus.simulator import services as simulator
from campus.simulator.models import JournalEntry, SimulatorSession
from campus.simulator.policies import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PASSWORD = "a-long-enough-password-9"


@pytest.fixture
def learner() -> User:
    return people.create_person(username="ada", name="Ada", password=PASSWORD, role=Role.LEARNER, actor="test")


def visitor(user: User) -> Visitor:
    return Visitor(user_id=user.pk, key="", roles=frozenset({"learner"}))


def settled(flight: LotFlight) -> LotFlight:
    """The lot once all news has been taken."""
    while deliver():
        pass
    flight.refresh_from_db()
    return flight


def test_the_autopilot_brings_a_lot_through_and_it_is_judged(learner: User) -> None:
    flight = settled(services.begin(visitor=visitor(learner), slug="holds", stops=[]))
    assert flight.status == LotStatus.OVER, flight.fault
    lot = selectors.lot_of(flight)
    assert [leg.how for leg in lot.legs] == ["autopilot"] * 3
    outcome = selectors.outcome_of(flight)
    assert outcome is not None
    assert outcome.mine == outcome.reference
    assert outcome.effects == ()


def test_a_stop_is_flown_as_a_session_that_received_the_lot(learner: User) -> None:
    flight = settled(services.begin(visitor=visitor(learner), slug="holds", stops=["two", "nowhere"]))
    assert (flight.status, flight.stops) == (LotStatus.WAITING, ["two"])
    session = services.take(visitor=visitor(learner), flight=flight)
    flight.refresh_from_db()
    assert flight.status == LotStatus.IN_HAND
    assert session.received
    acid_open(session)
    simulator.open_debrief(visitor=visitor(learner), session=session)
    flight = settled(flight)
    assert flight.status == LotStatus.OVER, flight.fault
    lot = selectors.lot_of(flight)
    assert [leg.how for leg in lot.legs] == ["autopilot", "by_hand", "autopilot"]
    outcome: Outcome | None = selectors.outcome_of(flight)
    assert outcome is not None
    (effect,) = outcome.effects
    assert effect.station == "two"
    assert effect.without == outcome.reference
    assert outcome.mine.noted["hmw_fraction"] > 2 * outcome.reference.noted["hmw_fraction"]


def acid_open(session: SimulatorSession) -> None:
    """Somebody asks for far too much acid and goes away."""
    item = SetSetpoint(loop="dsp/vi201/aic201", value=2.0)
    seat = session.seats.get()
    JournalEntry.objects.create(session=session, number=1, time=3_000_000, seat=str(seat.pk),
                                body=msgspec.json.encode(item).decode())
    SimulatorSession.objects.filter(pk=session.pk).update(durable_time=3_600_000)
    session.refresh_from_db()


def test_a_station_may_be_left_to_the_autopilot_after_all(learner: User) -> None:
    flight = settled(services.begin(visitor=visitor(learner), slug="holds", stops=["one"]))
    assert flight.status == LotStatus.WAITING
    services.leave(visitor=visitor(learner), flight=flight)
    assert settled(flight).status == LotStatus.OVER
    with pytest.raises(services.NotNow):
        services.take(visitor=visitor(learner), flight=flight)


def test_pages_of_a_lot_are_its_owners(client: Client, learner: User) -> None:
    client.force_login(learner)
    begun = client.post("/chain/begin", {"chain": "holds", "stop": ["one"]})
    flight = LotFlight.objects.get()
    assert begun.headers["Location"] == f"/lots/{flight.pk}/"
    assert "data-refresh" not in client.get(f"/lots/{flight.pk}/").content.decode()
    for address in ("/chain/", "/lots/", f"/lots/{flight.pk}/", f"/lots/{flight.pk}/map"):
        assert client.get(address).status_code == 200, address
    assert client.get(f"/lots/{flight.pk}/outcome.json").status_code == 404
    assert client.post(f"/lots/{flight.pk}/take").headers["Location"].startswith("/sessions/")
    assert client.post(f"/lots/{flight.pk}/leave").headers["Location"] == f"/lots/{flight.pk}/"
    other = Client()
    for address in (f"/lots/{flight.pk}/", f"/lots/{flight.pk}/map", f"/lots/{uuid.uuid4()}/"):
        assert other.get(address).status_code == 404, address
    assert other.post(f"/lots/{flight.pk}/take").status_code == 404


def test_a_visitor_without_an_account_has_a_lot_too(client: Client) -> None:
    address = client.post("/chain/begin", {"chain": "holds", "stop": ["one", "three"]}).headers["Location"]
    page = client.get(address).content.decode()
    assert "Prendre les commandes" in page
    assert client.post("/chain/begin", {"chain": "no-such"}).status_code == 404


def test_the_truth_of_a_lot_in_flight_stays_behind_the_wall(client: Client, learner: User) -> None:
    """What only a debrief may tell, the seed and the true virus, is on no page before the end."""
    client.force_login(learner)
    client.post("/chain/begin", {"chain": "holds", "stop": ["two"]})
    flight = settled(LotFlight.objects.get())
    page = client.get(f"/lots/{flight.pk}/").content.decode()
    lot = selectors.lot_of(flight)
    assert lot.seed not in page
    assert "log10" not in page
