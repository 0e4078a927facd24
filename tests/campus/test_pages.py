"""Every page: headers, languages, rights, errors."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from campus.accounts import services as people
from campus.accounts.models import Role, User
from campus.foundation.models import AuditRecord
from campus.foundation.services import broken_record, record
from campus.simulator import selectors, services
from campus.simulator.models import ShareLink, SimulatorSession, Status
from campus.simulator.policies import Visitor

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-password-9"
POLICY = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'",
          "frame-ancestors 'none'", "form-action 'self'"}


@pytest.fixture
def learner() -> User:
    return people.create_person(username="ada", name="Ada", password=PASSWORD, role=Role.LEARNER, actor="test")


@pytest.fixture
def flown(learner: User) -> SimulatorSession:
    return services.begin(visitor=visitor(learner), slug="long-flight")


def visitor(user: User) -> Visitor:
    return Visitor(user_id=user.pk, key="", roles=frozenset({"learner"}))


def addresses(session: SimulatorSession) -> list[str]:
    """Every page of the URL configuration, so that a new one cannot escape."""
    known = {"session_id": session.pk, "slug": "long-flight", "token": "x", "link_id": uuid.uuid4()}
    found = []
    for namespace in ("foundation", "accounts", "catalogue", "simulator"):
        patterns = get_resolver().namespace_dict[namespace][1]
        for name in {key for key in patterns.reverse_dict if isinstance(key, str)}:
            wanted = patterns.reverse_dict.getlist(name)[0][0][0][1]
            found.append(reverse(f"{namespace}:{name}", kwargs={key: known[key] for key in wanted}))
    return found


def test_every_answer_carries_the_strict_policy(client: Client, flown: SimulatorSession, learner: User) -> None:
    client.force_login(learner)
    pages = addresses(flown)
    assert len(pages) > 25
    for address in [*pages, "/nothing-here"]:
        policy = client.get(address).headers.get("Content-Security-Policy", "")
        assert set(policy.split("; ")) >= POLICY, address
        assert "unsafe" not in policy, address
        assert "nonce" not in policy, address


def test_no_page_has_inline_code_or_style(client: Client, flown: SimulatorSession, learner: User) -> None:
    client.force_login(learner)
    for address in addresses(flown):
        text = client.get(address).content.decode(errors="replace")
        if text.startswith("<!doctype"):
            for tag in text.split("<script")[1:]:
                assert 'type="application/json"' in tag.split(">")[0] or "src=" in tag.split(">")[0], address
            assert " style=" not in text, address
            assert " onclick=" not in text, address
            assert "http://" not in text.replace("http://www.w3.org/", "").replace("http://testserver", ""), address


def test_pages_are_french_until_english_is_chosen(client: Client) -> None:
    assert 'lang="fr"' in client.get("/", headers={"accept-language": "en"}).content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    page = client.get("/").content.decode()
    assert 'lang="en"' in page
    assert "Flights to begin with" in page


def page_language(client: Client) -> str:
    return client.get("/").content.decode().partition('lang="')[2][:2]


def test_signing_in_keeps_the_language_of_the_page_unless_the_profile_names_one(client: Client, learner: User) -> None:
    credentials = {"username": "ada", "password": PASSWORD}
    client.post("/language/", {"language": "en", "next": "/"})
    client.post("/sign-in/", credentials)
    assert page_language(client) == "en"
    client.post("/profile/", {"name": "Ada", "language": "", "theme": ""})
    assert page_language(client) == "en"
    client.post("/profile/", {"name": "Ada", "language": "fr", "theme": ""})
    assert page_language(client) == "fr"
    client.post("/sign-out/")
    client.post("/language/", {"language": "en", "next": "/"})
    assert page_language(client) == "en"
    client.post("/sign-in/", credentials)
    assert page_language(client) == "fr"


def test_the_pages_switch_has_the_last_word_on_the_theme(client: Client, learner: User) -> None:
    def theme() -> str:
        return client.get("/").content.decode().partition('data-theme="')[2].partition('"')[0]

    client.post("/sign-in/", {"username": "ada", "password": PASSWORD})
    assert theme() == ""
    client.post("/profile/", {"name": "Ada", "language": "", "theme": "dark"})
    assert theme() == "dark"
    client.cookies["cbd_theme"] = "light"
    assert theme() == "light"
    client.post("/profile/", {"name": "Ada", "language": "", "theme": ""})
    assert theme() == ""


def test_french_and_english_pages_differ_in_every_sentence_of_the_frame(client: Client) -> None:
    french = client.get("/").content.decode()
    for english in ("Flights to begin with", "Sign in", "Take the controls", "Go to the content"):
        assert english not in french


def test_the_discovery_flight_is_one_click_from_the_home_page(client: Client) -> None:
    assert 'action="/fly/open-flight/"' in client.get("/").content.decode()
    answer = client.post("/fly/open-flight/")
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


def test_a_scenario_s_page_says_what_doing_nothing_is_worth_where_it_has_been_flown(client: Client) -> None:
    client.post("/language/", {"language": "en", "next": "/"})
    said = "Doing nothing is worth 41 points of 100, the reference flight 97."
    assert said in client.get("/scenarios/long-flight/").content.decode()
    assert "Doing nothing is worth" not in client.get("/scenarios/open-flight/").content.decode()


def test_a_flight_that_needs_an_account_is_closed_to_visitors(client: Client) -> None:
    assert client.post("/fly/long-flight/").status_code == 404
    assert not SimulatorSession.objects.exists()


def test_somebody_elses_flight_is_nowhere(client: Client, flown: SimulatorSession) -> None:
    other = people.create_person(username="eve", name="Eve", password=PASSWORD, role=Role.LEARNER, actor="test")
    client.force_login(other)
    for name in ("cockpit", "debrief"):
        assert client.get(reverse(f"simulator:{name}", args=[flown.pk])).status_code == 404
    for name in ("end", "branch", "share"):
        assert client.post(reverse(f"simulator:{name}", args=[flown.pk])).status_code == 404
    assert str(flown.pk) not in client.get("/flights/").content.decode()


def test_a_visitor_cannot_open_another_visitors_flight() -> None:
    one, two = Client(), Client()
    address = one.post("/fly/open-flight/")["Location"]
    two.post("/fly/open-flight/")
    assert one.get(address).status_code == 200
    assert two.get(address).status_code == 404
    two.cookies["cbd_visitor"] = "forged:value"
    assert two.get(address).status_code == 404


def test_anonymous_flights_are_capped_per_address(client: Client, settings: object) -> None:
    limits = settings.CAMPUS_HOST | {"anonymous_per_address": 2}  # type: ignore[attr-defined]
    settings.CAMPUS_HOST = limits  # type: ignore[attr-defined]
    assert [client.post("/fly/open-flight/").status_code for _ in range(3)] == [302, 302, 503]


def test_the_seed_stays_on_the_server(client: Client, flown: SimulatorSession, learner: User) -> None:
    client.force_login(learner)
    page = client.get(reverse("simulator:cockpit", args=[flown.pk])).content.decode()
    assert len(flown.seed) == 32
    assert flown.seed not in page
    assert str(int(flown.seed, 16)) not in page


def test_a_debrief_is_closed_while_the_flight_is_open(client: Client, flown: SimulatorSession, learner: User) -> None:
    client.force_login(learner)
    page = client.get(reverse("simulator:debrief", args=[flown.pk]))
    assert b"cbd-debrief" not in page.content
    assert client.get(reverse("simulator:debrief_json", args=[flown.pk])).status_code == 404
    assert client.post(reverse("simulator:branch", args=[flown.pk]), {"time": 0}).status_code == 404
    client.post(reverse("simulator:end", args=[flown.pk]))
    flown.refresh_from_db()
    assert flown.status == Status.DEBRIEFED
    assert b"cbd-debrief" in client.get(reverse("simulator:debrief", args=[flown.pk])).content
    assert client.get(reverse("simulator:cockpit", args=[flown.pk])).status_code == 302


def test_a_branch_shares_the_past_and_is_never_assessed(flown: SimulatorSession, learner: User) -> None:
    who = visitor(learner)
    for number, time in ((1, 1_000), (2, 5_000)):
        flown.journal.create(number=number, time=time, seat="s", command=f"command-{number}",
                             body='{"kind":"set_mode","loop":"usp/br101/tic101","mode":"manual"}')
    SimulatorSession.objects.filter(pk=flown.pk).update(durable_time=9_000)
    flown.refresh_from_db()
    with pytest.raises(services.NotAllowed):
        services.branch(visitor=who, session=flown, time=5_000)
    services.open_debrief(visitor=who, session=flown)
    child = services.branch(visitor=who, session=flown, time=5_000)
    assert (child.assessed, child.seed, child.parent_id, child.branch_time) == (False, flown.seed, flown.pk, 5_000)
    assert [entry.number for entry in selectors.journal_of(child)] == [1]


def test_a_share_link_ends(client: Client, flown: SimulatorSession, learner: User) -> None:
    who = visitor(learner)
    with pytest.raises(services.NotAllowed):
        services.share(visitor=who, session=flown)
    services.open_debrief(visitor=who, session=flown)
    link = services.share(visitor=who, session=flown)
    address = f"/shared/{selectors.link_token(link)}/"
    assert client.get(address).status_code == 200
    assert client.get(address.replace(address[10], "A" if address[10] != "A" else "B", 1)).status_code == 404
    services.withdraw_link(visitor=who, link=link)
    assert client.get(address).status_code == 404
    second = services.share(visitor=who, session=flown)
    ShareLink.objects.filter(pk=second.pk).update(expires=second.created)
    assert client.get(f"/shared/{selectors.link_token(second)}/").status_code == 404


def test_signing_in_is_throttled(client: Client, learner: User) -> None:
    wrong = {"username": "ada", "password": "not-this-one-at-all"}
    assert [client.post("/sign-in/", wrong).status_code for _ in range(6)] == [200] * 5 + [429]
    assert client.post("/sign-in/", {"username": "ada", "password": PASSWORD}).status_code == 429


def test_forms_need_their_token(learner: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner)
    answer = strict.post("/fly/long-flight/")
    assert answer.status_code == 403
    assert "Content-Security-Policy" in answer.headers


def test_easy_passwords_are_refused() -> None:
    from django.core.exceptions import ValidationError

    for password in ("short", "123456789012345", "1qaz2wsx3edc"):
        with pytest.raises(ValidationError):
            people.create_person(username="bob", name="Bob", password=password, role=Role.LEARNER, actor="test")


def test_the_audit_trail_is_chained_and_cannot_be_changed(learner: User) -> None:
    from django.db import DatabaseError, connection, transaction

    for n in range(3):
        record(actor="user:1", verb="tried", subject=f"thing:{n}", detail={"é": n})
    assert broken_record() is None
    for change in (AuditRecord.objects.all().delete, lambda: AuditRecord.objects.update(actor="user:2")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_update")
    AuditRecord.objects.filter(sequence=2).update(content="{}")
    assert broken_record() == 2


def test_withdrawing_a_role_raises_the_rights_version(learner: User) -> None:
    people.assign_role(user=learner, role=Role.INSTRUCTOR, given_by=None, actor="test")
    people.withdraw_role(user=learner, role=Role.INSTRUCTOR, actor="test", reason="left")
    learner.refresh_from_db()
    assert learner.rights_version == 3


def test_metrics_and_health_answer(client: Client) -> None:
    assert client.get("/livez").content == b"ok\n"
    assert client.get("/readyz").status_code == 503, "no session host serves in a test process"
    assert b"campus_outbox_waiting 0" in client.get("/metrics").content
