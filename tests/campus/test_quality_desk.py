"""The desk of quality in somebody's hands: from the first result to the certificate; refusals, bad forms, rights."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from biotwin.chain import Lot
from campus.accounts import services as people
from campus.accounts.models import Role, User
from campus.lots import selectors, services
from campus.lots.judgement import LONGEST
from campus.lots.models import LotFlight, LotStatus
from campus.lots.words import shortened
from tests.campus.test_lots import PASSWORD, settled

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEED = f"{7:032x}"


def person(name: str, role: Role) -> User:
    return people.create_person(username=name, name=name, password=PASSWORD, role=role, actor="test")


@pytest.fixture
def desk(client: Client, monkeypatch: pytest.MonkeyPatch) -> str:
    """Ada's lot before quality, and the address of its page; the lot's chance is always the same."""
    monkeypatch.setattr(services.secrets, "token_hex", lambda size: SEED)
    client.force_login(person("ada", Role.LEARNER))
    address = client.post("/chain/begin", {"chain": "kept", "stop": ["release"]}).headers["Location"]
    assert settled(LotFlight.objects.get()).status == LotStatus.WAITING
    assert client.get(address + "quality/").headers["Location"] == address, "nobody sits there yet"
    assert client.post(address + "quality/open").headers["Location"] == address + "quality/"
    return address + "quality/"


def lot() -> Lot:
    return selectors.lot_of(LotFlight.objects.get())


def names(page: str, field: str) -> list[str]:
    return re.findall(rf'name="{field}" value="([^"]+)"', page)


def waited(client: Client, desk: str) -> str:
    """Let time pass until nothing is under way."""
    for _ in range(20):
        page = client.get(desk).content.decode()
        if "Rien n’est en cours" in page:
            return page
        client.post(desk + "wait")
    raise AssertionError("something is always under way")


def test_a_lot_is_certified_by_hand(client: Client, desk: str) -> None:
    page = waited(client, desk)
    assert "3/3" in page
    assert client.post(desk + "ask", {"kind": "certify"}).status_code == 200, "refused: the record is not reviewed"
    client.post(desk + "ask", {"kind": "review_records", "at": "review"})
    page = client.get(desk).content.decode()
    for trend in names(page, "trend"):
        client.post(desk + "ask", {"kind": "assess_trend", "trend": trend, "conclusion": "watch"})
    observed = names(page, "observations")
    if observed:
        client.post(desk + "answer", {"observations": observed, "how": "accept", "justification": "essai"})
    assert "Rien. Le pharmacien responsable peut certifier." in client.get(desk).content.decode()
    answer = client.post(desk + "ask", {"kind": "certify", "at": "decision"})
    assert answer.headers["Location"] == desk.removesuffix("quality/")
    flight = settled(LotFlight.objects.get())
    assert flight.status == LotStatus.OVER, flight.fault
    release = lot().release
    assert release is not None
    assert (release.how, release.outcome) == ("by_hand", "certified")
    assert [leg.station for leg in lot().legs] == ["hold", "last"]
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Lot certifié" in page or "Lot en retard" in page
    assert "Ce qu’aucun essai d’un lot ne révèle" in page
    assert client.get(desk).headers["Location"] == answer.headers["Location"], "the file is closed"


def test_a_rejected_lot_goes_no_further_and_its_page_says_why(client: Client, desk: str) -> None:
    client.post(desk + "ask", {"kind": "reject", "days": "30", "reason": "flacon tombé"})
    flight = settled(LotFlight.objects.get())
    assert flight.status == LotStatus.OVER
    assert len(lot().legs) == 1
    page = client.get(f"/lots/{flight.pk}/").content.decode()
    for words in ("Lot rejeté", "flacon tombé", "La plupart des erreurs de procédé finissent ainsi", "Non certifié"):
        assert words in page, words


def test_what_cannot_be_taken_is_told_and_stays_in_the_form(client: Client, desk: str) -> None:
    answer = client.post(desk + "ask", {"kind": "reject", "reason": "   "})
    assert answer.status_code == 422
    assert "Écrivez d’abord la raison" in answer.content.decode()
    assert client.post(desk + "answer", {"how": "accept", "justification": "x"}).status_code == 422
    for bad in ({"kind": "request", "test": "no.such"}, {"kind": "fly"}, {"kind": "request", "test": "A" * 90}, {},
                {"kind": "plan_capa", "deviation": "dev-1", "actions": "x", "owner": "x", "due": "soon", "check": "x"}):
        answer = client.post(desk + "ask", bad)
        assert answer.status_code == 422, bad
        assert "message-error" in answer.content.decode()
    assert LotFlight.objects.get().quality.entries == "[]", "nothing of it went into the file"


def test_a_reason_that_is_too_long_stays_in_the_form(client: Client, desk: str) -> None:
    reason = "flacon tombé " * 400
    answer = client.post(desk + "ask", {"kind": "reject", "reason": reason})
    assert answer.status_code == 422
    assert reason.strip() in answer.content.decode()
    assert lot().release is None


def test_a_refusal_is_told_in_words_and_kept_in_the_journal(client: Client, desk: str) -> None:
    assert client.post(desk + "ask", {"kind": "review_records"}).status_code == 302
    answer = client.post(desk + "ask", {"kind": "review_records"})
    assert answer.status_code == 200
    assert "Rien de nouveau à relire." in answer.content.decode()
    assert LotFlight.objects.get().quality.entries.count("review_records") == 2


def test_a_test_that_has_a_result_is_not_done_again(client: Client, desk: str) -> None:
    waited(client, desk)
    answer = client.post(desk + "ask", {"kind": "request", "test": "substance.a280"})
    assert answer.status_code == 200
    assert "chercher la conformité" in answer.content.decode()


def test_the_desk_shows_what_the_laboratory_knows_and_no_truth(client: Client, desk: str) -> None:
    page = waited(client, desk)
    kept = lot()
    assert kept.seed not in page
    assert str(7) * 32 not in page
    assert "Réduction virale vraie" not in page
    assert "particules" not in page, "the virus that no test finds"
    truth = f"{100 * kept.material.hmw / (kept.material.hmw + kept.material.monomer):.3f}".replace(".", ",")
    assert truth not in page
    assert "13,9" in page or "14,0" in page or "13,8" in page, "the protein content, as measured"


def test_an_instructor_looks_on_and_a_stranger_sees_nothing(client: Client, desk: str) -> None:
    instructor, stranger = Client(), Client()
    instructor.force_login(person("ines", Role.INSTRUCTOR))
    stranger.force_login(person("eve", Role.LEARNER))
    page = instructor.get(desk).content.decode()
    assert "Vous regardez" in page
    for path in ("open", "wait", "all", "ask", "answer"):
        assert instructor.post(desk + path, {"kind": "certify"}).status_code == 404, path
        assert stranger.post(desk + path, {"kind": "certify"}).status_code == 404, path
    assert stranger.get(desk).status_code == 404
    assert LotFlight.objects.get().quality.entries == "[]"


def test_the_desk_speaks_english_too(client: Client, desk: str) -> None:
    client.post("/language/", {"language": "en", "next": desk})
    page = client.get(desk, headers={"accept-language": "en"}).content.decode()
    assert "Certificate of analysis" in page
    assert "Bulletin" not in page


def test_a_lot_is_left_in_quarantine_for_good(client: Client, desk: str) -> None:
    assert client.post(desk + "leave").headers["Location"] == desk.removesuffix("quality/"), "it was put into none"
    assert lot().release is None
    before = LotFlight.objects.get().quality.time
    asked = {"kind": "quarantine", "reason": "on attend la CAPA", "days": "30", "at": "decision"}
    assert client.post(desk + "ask", asked).status_code == 302
    assert LotFlight.objects.get().quality.time >= before + 30 * 86_400_000, "patients wait, results come back"
    assert "Laisser le lot en quarantaine" in client.get(desk).content.decode()
    client.post(desk + "leave")
    release = lot().release
    assert release is not None
    assert (release.outcome, release.reason) == ("quarantine", "on attend la CAPA")


def test_the_desk_says_what_to_do_next(client: Client, desk: str) -> None:
    first = re.compile(r'class="agenda-now"[^>]*>.*?>([^<]+)</(?:button|a)>', re.DOTALL)

    def now() -> str:
        found = first.search(client.get(desk).content.decode())
        assert found is not None
        return found[1]

    assert now() == "Relire le dossier de lot"
    client.post(desk + "ask", {"kind": "review_records", "at": "agenda"})
    assert now() != "Relire le dossier de lot"
    waited(client, desk)
    page = client.get(desk).content.decode()
    for trend in names(page, "trend"):
        client.post(desk + "ask", {"kind": "assess_trend", "trend": trend, "conclusion": "watch"})
    if observed := names(page, "observations"):
        client.post(desk + "answer", {"observations": observed, "how": "accept", "justification": "essai"})
    assert now() == "Certifier le lot"


def test_a_change_is_opened_and_must_be_decided(client: Client, desk: str) -> None:
    client.post(desk + "ask", {"kind": "open_change", "subject": "Seconde sonde", "reason": "dérive", "at": "changes"})
    page = client.get(desk).content.decode()
    assert "Décider 1 changement" in page
    (name,) = names(page, "change")
    client.post(desk + "ask", {"kind": "close_change", "change": name, "approved": "true", "at": "changes"})
    assert "1 changement décidé" in client.get(desk).content.decode()


def test_a_long_reason_is_cut_behind_a_word_and_kept_whole() -> None:
    text = "flacon tombé " * 40
    short = shortened(text.strip(), LONGEST)
    assert len(short) <= LONGEST
    assert short.endswith(("flacon…", "tombé…"))
    assert shortened("court", LONGEST) == "court"
    assert shortened("x" * 500, 20) == "x" * 19 + "…"
