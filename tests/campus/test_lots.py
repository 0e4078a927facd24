"""A lot through the chain: on autopilot, through somebody's hands, to its judgement; and whose it is."""

from __future__ import annotations

import re
import uuid

import msgspec
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from biotwin.chain.flying import leg_seed
from biotwin.chain.outcome import Outcome
from biotwin.errors import BiotwinError
from biotwin.session.inputs import Entry, SetSetpoint, StartPhase
from campus.accounts import services as people
from campus.accounts.models import Role, User
from campus.catalogue import selectors as catalogue
from campus.foundation.services import deliver
from campus.lots import selectors, services, tasks
from campus.lots.models import LotFlight, LotStatus
from campus.simulator import services as simulator
from campus.simulator.acts import acts
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
    assert not selectors.moves(flight)
    simulator.open_debrief(visitor=visitor(learner), session=session)
    assert selectors.moves(flight), "the page must look again once the hands have let go"
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


def test_its_owner_chooses_how_long_the_lot_waits(client: Client, learner: User) -> None:
    client.force_login(learner)
    flight = settled(services.begin(visitor=visitor(learner), slug="holds", stops=["one", "two"]))
    assert 'name="hold"' not in client.get(f"/lots/{flight.pk}/").content.decode(), "the vial of the bank keeps"
    services.leave(visitor=visitor(learner), flight=flight)
    flight = settled(flight)
    page = client.get(f"/lots/{flight.pk}/").content.decode()
    assert page.count('name="hold"') == 4
    assert page.count("au-delà de la limite") == 1, "64 h where 24 h are permitted"
    assert client.post(f"/lots/{flight.pk}/take", {"hold": "next_year"}).headers["Location"] == f"/lots/{flight.pk}/"
    flight.refresh_from_db()
    assert flight.status == LotStatus.WAITING
    client.post(f"/lots/{flight.pk}/take", {"hold": "weekend"})
    session = flight.sessions.get().session
    acid_open(session)
    simulator.open_debrief(visitor=visitor(learner), session=session)
    flight = settled(flight)
    leg = selectors.lot_of(flight).legs[1]
    assert (leg.waited, leg.how) == (64 * 3_600_000, "by_hand")
    assert "hold_exceeded" in [record.kind for record in leg.records]
    assert "attente de 2,7" in client.get(f"/lots/{flight.pk}/").content.decode()


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


def test_news_taken_twice_flies_a_leg_once(learner: User) -> None:
    """After a restart the same news may come again."""
    flight = services.begin(visitor=visitor(learner), slug="holds", stops=["two"])
    for _ in range(2):
        tasks.fly_next_leg("lot_moves", {"lot": str(flight.pk)})
    flight = settled(flight)
    assert flight.status == LotStatus.WAITING
    assert [leg.station for leg in selectors.lot_of(flight).legs] == ["one"]


def test_a_leg_cut_short_by_a_restart_is_flown_after_it(learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    flight = services.begin(visitor=visitor(learner), slug="holds", stops=[])

    def gone(*asked: object) -> None:
        raise RuntimeError("the process ended")

    with monkeypatch.context() as patch:
        patch.setattr(tasks.WORKER, "submit", gone)
        deliver()
    flight.refresh_from_db()
    assert flight.status == LotStatus.MOVING
    assert settled(flight).status == LotStatus.OVER


def test_a_lot_that_cannot_go_on_says_why_and_keeps_its_legs(client: Client, learner: User,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(learner)
    flight = settled(services.begin(visitor=visitor(learner), slug="holds", stops=["two"]))

    def broken(*asked: object) -> None:
        raise BiotwinError("the pump has no curve.")

    monkeypatch.setattr(tasks.WORKER, "submit", broken)
    services.leave(visitor=visitor(learner), flight=flight)
    flight = settled(flight)
    assert flight.status == LotStatus.FAULT
    assert len(selectors.lot_of(flight).legs) == 1
    page = client.get(f"/lots/{flight.pk}/").content.decode()
    assert "the pump has no curve." in page
    assert "data-refresh" not in page


def test_the_page_of_a_lot_in_flight_shows_a_label_and_no_report(client: Client, learner: User) -> None:
    """Volumes and masses of a container, yes; what the units report (true log reduction, expected counts), no."""
    client.force_login(learner)
    for chain in ("holds", "kept"):
        client.post("/chain/begin", {"chain": chain, "stop": ["two", "last", "release"]})
    for flight in LotFlight.objects.all():
        lot = selectors.lot_of(settled(flight))
        assert lot.legs
        for address in (f"/lots/{flight.pk}/", f"/lots/{flight.pk}/map", "/lots/", "/chain/"):
            page = client.get(address).content.decode()
            handover = selectors.chain(flight.chain).stations[lot.legs[0].station].handover.description
            for report in handover.reports.values():
                assert report.title.fr not in page, address
            assert lot.seed not in page
            assert f"{leg_seed(lot, lot.legs[0].station):032x}" not in page
            assert lot.legs[0].digest[:12] not in page, "a flight's name is for the debrief"
        assert client.get(f"/lots/{flight.pk}/outcome.json").status_code == 404


def test_a_hand_flown_leg_has_its_debrief_on_the_map_only_when_the_lot_is_over(client: Client, learner: User) -> None:
    client.force_login(learner)
    flight = settled(services.begin(visitor=visitor(learner), slug="holds", stops=["one", "two"]))
    session = services.take(visitor=visitor(learner), flight=flight)
    assert f"/sessions/{session.pk}/" in client.get(f"/lots/{flight.pk}/").content.decode(), "to the controls"
    simulator.open_debrief(visitor=visitor(learner), session=session)
    flight = settled(flight)
    assert f"/sessions/{session.pk}/" not in client.get(f"/lots/{flight.pk}/").content.decode()
    services.leave(visitor=visitor(learner), flight=flight)
    flight = settled(flight)
    assert flight.status == LotStatus.OVER
    page = client.get(f"/lots/{flight.pk}/").content.decode()
    assert f"/sessions/{session.pk}/" in page
    assert "Ce qu’a fait chacun de vos arrêts" in page


SECRET = ("debrief.json", "debrief/history?run=truth", "debrief/history?run=nothing", "debrief/history.csv?run=mine")


def test_a_leg_keeps_its_secrets_until_its_lot_is_judged(client: Client, learner: User) -> None:
    """True curves, hidden faults, scores of truths, other ends of the same chance: nothing before the lot's end."""
    client.force_login(learner)
    flight = settled(services.begin(visitor=visitor(learner), slug="holds", stops=["one", "two"]))
    session = services.take(visitor=visitor(learner), flight=flight)
    acid_open(session)
    page = f"/sessions/{session.pk}/"
    assert "quand le lot aura été jugé" in client.get(f"{page}debrief/").content.decode(), "said before one ends it"
    assert f"/lots/{flight.pk}/" in client.get(page).content.decode(), "the cockpit leads there once the leg ends"
    client.post(f"{page}end")
    flight = settled(flight)
    assert flight.status == LotStatus.WAITING
    sealed = client.get(f"{page}debrief/").content.decode()
    assert "quand le lot aura été jugé" in sealed
    assert f"/lots/{flight.pk}/" in sealed
    assert "AIC-201" in sealed, "what one did oneself is shown"
    assert re.search(r'<td class="number">J 0 · \d\d:\d\d</td>', sealed), "by the seat's clock"
    assert "cbd-debrief" not in sealed
    for address in SECRET:
        assert client.get(f"{page}{address}").status_code in (403, 404), address
    assert client.post(f"{page}branch", {"time": "0"}).status_code == 404
    assert client.post(f"{page}share").status_code == 404
    services.leave(visitor=visitor(learner), flight=flight)
    flight = settled(flight)
    assert flight.outcome
    assert "cbd-debrief" in client.get(f"{page}debrief/").content.decode()
    assert client.post(f"{page}branch", {"time": "0"}).status_code == 302


def test_a_flight_of_no_lot_is_told_at_its_end(client: Client, learner: User) -> None:
    client.force_login(learner)
    session = simulator.begin(visitor=visitor(learner), slug="short-hold")
    client.post(f"/sessions/{session.pk}/end")
    assert "cbd-debrief" in client.get(f"/sessions/{session.pk}/debrief/").content.decode()


def test_flights_are_listed_with_one_question_about_seals(client: Client, learner: User) -> None:
    """However many have ended; and no lot is read for it, which may be large."""
    client.force_login(learner)
    flight = settled(services.begin(visitor=visitor(learner), slug="holds", stops=["one", "two", "three"]))
    asked = []
    for number in (1, 2):
        session = services.take(visitor=visitor(learner), flight=flight)
        client.post(f"/sessions/{session.pk}/end")
        flight = settled(flight)
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/flights/").content.decode()
        assert page.count("Ce que vous avez fait") == number, "sealed until the lot has been judged"
        asked.append(len(queries))
        assert not any('"lots_lotflight"."lot"' in query["sql"] for query in queries)
    assert asked[0] == asked[1]


def test_what_was_done_to_a_phase_that_is_no_more_is_told_by_its_name(learner: User) -> None:
    scenario = catalogue.scenario("short-hold")
    (done,) = acts(scenario, [Entry(number=1, time=0, seat="s", input=StartPhase(phase="gone"))], "fr")
    assert done.subject == "gone"


def test_a_lot_that_cannot_go_on_seals_nothing(client: Client, learner: User) -> None:
    client.force_login(learner)
    flight = settled(services.begin(visitor=visitor(learner), slug="holds", stops=["one", "two"]))
    session = services.take(visitor=visitor(learner), flight=flight)
    client.post(f"/sessions/{session.pk}/end")
    services.stop(flight=settled(flight), fault="Essai.")
    assert "cbd-debrief" in client.get(f"/sessions/{session.pk}/debrief/").content.decode()


def test_an_instructor_looks_and_does_not_act(client: Client, learner: User) -> None:
    flight = settled(services.begin(visitor=visitor(learner), slug="holds", stops=["one"]))
    client.force_login(people.create_person(username="ines", name="Ines", password=PASSWORD, role=Role.INSTRUCTOR,
                                            actor="test"))
    page = client.get(f"/lots/{flight.pk}/")
    assert page.status_code == 200
    assert "Vous regardez" in page.content.decode()
    for act in ("take", "leave"):
        assert client.post(f"/lots/{flight.pk}/{act}").status_code == 404
    flight.refresh_from_db()
    assert flight.status == LotStatus.WAITING


def test_the_home_page_leads_to_the_chain(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'href="/chain/"' in page
    assert "front-symbol" in page


def test_a_case_is_offered_begun_with_its_stops_and_told_only_at_the_end(client: Client, learner: User) -> None:
    client.force_login(learner)
    assert "Le lot en retard" in client.get("/chain/?chain=holds").content.decode()
    client.post("/chain/begin", {"chain": "holds", "case": "late", "stop": ["one"]})
    flight = settled(LotFlight.objects.get())
    lot = selectors.lot_of(flight)
    assert (flight.status, flight.stops, lot.case) == (LotStatus.WAITING, ["three"], "late")
    assert lot.legs[1].waited == 72 * 3_600_000
    page = client.get(f"/lots/{flight.pk}/").content.decode()
    assert "Essai responsibility." in page
    assert "Trois jours devant la deuxième cuve." not in page
    assert "En effet." not in page
    services.leave(visitor=visitor(learner), flight=flight)
    flight = settled(flight)
    assert flight.status == LotStatus.OVER, flight.fault
    page = client.get(f"/lots/{flight.pk}/").content.decode()
    assert "Trois jours devant la deuxième cuve." in page
    assert "En effet." in page
    outcome = selectors.outcome_of(flight)
    assert outcome is not None
    assert outcome.mine.days > outcome.reference.days + 2
    assert client.post("/chain/begin", {"chain": "holds", "case": "no-such"}).status_code == 404


@pytest.mark.parametrize("case", ["late", ""])
def test_the_debrief_of_a_leg_in_a_case_sends_one_to_the_lot(client: Client, learner: User, case: str) -> None:
    client.force_login(learner)
    client.post("/chain/begin", {"chain": "holds", "case": case, "stop": ["three"]})
    flight = settled(LotFlight.objects.get())
    session = services.take(visitor=visitor(learner), flight=flight)
    client.post(f"/sessions/{session.pk}/end")
    assert settled(flight).outcome
    page = client.get(f"/sessions/{session.pk}/debrief/").content.decode()
    assert "Retour au lot" in page
    assert ("Il était arrivé quelque chose à ce lot" in page) is bool(case)
