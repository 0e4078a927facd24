"""The desk of quality in somebody's hands: from the first result to the certificate; refusals, bad forms, rights."""

from __future__ import annotations

import re

import msgspec
import pytest
from django.http import QueryDict
from django.test import Client
from msgspec.structs import replace

from biotwin.chain import Lot
from biotwin.release import Missing, Record
from biotwin.release.state import Deviation
from campus.accounts import services as people
from campus.accounts.models import Role, User
from campus.lots import agenda, forms, selectors, services
from campus.lots.dossier import stage_of
from campus.lots.judgement import LONGEST
from campus.lots.models import LotFlight, LotQuality, LotStatus
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


@pytest.mark.parametrize(("code", "waits"), [("oos_confirmed", False), ("test_under_way", True)])
def test_nobody_is_told_to_wait_where_no_waiting_mends(client: Client, desk: str, code: str, waits: bool) -> None:
    case, state, _entries = selectors.quality_of(LotQuality.objects.get())
    found = agenda.steps(case, state, (Missing(code, "product.water"),), to_order=0, ahead="water, in 2 d")
    assert any(step.place == "wait" for step in found) is waits


def test_a_rejected_lot_goes_no_further_and_its_page_says_why(client: Client, desk: str) -> None:
    client.post(desk + "ask", {"kind": "reject", "reason": "flacon tombé"})
    flight = settled(LotFlight.objects.get())
    assert flight.status == LotStatus.OVER
    assert len(lot().legs) == 1
    page = client.get(f"/lots/{flight.pk}/").content.decode()
    for words in ("Lot rejeté", "flacon tombé", "La plupart des erreurs de procédé finissent ainsi", "Non certifié",
                  "Décision sur le lot\u202f: Lot rejeté", "dont aucun n’a été livré"):
        assert words in page, words


def test_no_key_in_a_field_rejects_a_lot(client: Client, desk: str) -> None:
    """Enter in a field presses the first button of its form: that of rejection has no such field, and is closed."""
    page = client.get(desk).content.decode()
    (form,) = (form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'value="reject"' in form)
    assert set(re.findall(r'<(?:input type="(\w+)"|(textarea)|(select))', form)) == {("hidden", "", ""),
                                                                                     ("", "textarea", "")}
    assert f"<details><summary>Rejeter le lot</summary>{form}" in page
    answer = client.post(desk + "ask", {"kind": "reject", "reason": "flacon tombé", "days": "30"})
    assert answer.status_code == 422
    assert "flacon tombé</textarea>" in answer.content.decode()
    assert lot().release is None


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


@pytest.mark.parametrize(("asked", "told"), [
    ({"kind": "classify_deviation", "deviation": "dev-1", "grade": "minor"}, "Cochez l’impact de la déviation"),
    ({"kind": "plan_capa", "deviation": "dev-1", "owner": "quality", "due": "30"}, "Cochez au moins une action"),
    ({"kind": "plan_capa", "deviation": "dev-1", "actions": "x", "due": ""}, "la CAPA est due"),
    ({"kind": "quarantine", "reason": "on attend", "days": ""}, "combien de jours"),
    ({"kind": "quarantine", "reason": "on attend", "days": "0"}, "combien de jours"),
    ({"kind": "plan_retest", "oos": "oos-1", "number": ""}, "combien de nouveaux essais"),
    ({"kind": "plan_retest", "oos": "oos-1", "number": "9" * 5000}, "combien de nouveaux essais"),
    ({"kind": "open_change", "subject": "  ", "reason": "dérive"}, "Écrivez ce qui change"),
], ids=["impacts", "actions", "due", "days", "no-days", "number", "huge-number", "subject"])
def test_what_is_missing_is_told_field_by_field(client: Client, desk: str, asked: dict[str, str], told: str) -> None:
    answer = client.post(desk + "ask", asked)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert "Object missing" not in page
    assert "Expected" not in page


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
    time = LotFlight.objects.get().quality.time
    assert time >= before + 30 * 86_400_000, "patients wait, results come back"
    page = client.get(desk).content.decode()
    assert "30 jours ont passé en quarantaine" in page
    assert "Laisser le lot en quarantaine" in page
    client.post(desk + "leave")
    release = lot().release
    assert release is not None
    assert (release.outcome, release.reason) == ("quarantine", "on attend la CAPA")
    assert release.ends == release.state.time == time, "what came back meanwhile is in the file"
    assert len(release.state.results) == 3, "ordered as a matter of routine"


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


def test_the_batch_record_has_what_the_operator_set_with_its_unit(client: Client, desk: str) -> None:
    flight, kept = LotFlight.objects.get(), lot()
    lines = [Record(kept.time, "hold", kind, f"dsp/vi201/{loop}", value) for kind, loop, value in (
        ("mode_changed", "aic201", 0.0), ("output_changed", "aic201", 0.25), ("setpoint_changed", "aic202", 5.5))]
    flight.lot = msgspec.json.encode(replace(kept, legs=(replace(kept.legs[0], records=(
        *kept.legs[0].records, *lines)),))).decode()
    flight.save()
    client.post(desk + "ask", {"kind": "review_records"})
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(desk).content.decode()))
    for words in ("mode AIC-201 .* manuel", "sortie AIC-201 .* 25.%", "consigne AIC-202 .* 5,50"):
        assert re.search(words, page), words


@pytest.fixture
def deviation(client: Client, desk: str) -> str:
    """A line of the batch record that asks for an answer is in a deviation; the address of the desk."""
    flight, kept = LotFlight.objects.get(), lot()
    line = Record(kept.time, "hold", "step_repeated", "dsp/vi201")
    leg = replace(kept.legs[0], records=(*kept.legs[0].records, line))
    flight.lot = msgspec.json.encode(replace(kept, legs=(leg,))).decode()
    flight.save()
    client.post(desk + "ask", {"kind": "review_records"})
    (name,) = names(client.get(desk).content.decode(), "observations")
    client.post(desk + "answer", {"observations": name, "how": "deviation", "containment": "quarantine"})
    return desk


def chosen(page: str, field: str) -> list[str]:
    """What is ticked or selected of a field."""
    ticked = re.findall(rf'name="{field}" value="([^"]+)" checked', page)
    lists = re.findall(rf'<select name="{field}">(.*?)</select>', page, re.DOTALL)
    return ticked + [found for one in lists for found in re.findall(r'value="([^"]+)" selected', one)]


def test_what_was_chosen_stays_in_a_form_that_comes_back(client: Client, deviation: str) -> None:
    of = {"deviation": "dev-1"}

    def asked(**fields: object) -> str:
        answer = client.post(deviation + "ask", of | fields)
        assert answer.status_code in (200, 422)
        return answer.content.decode()

    page = asked(kind="classify_deviation", grade="critical")
    assert (chosen(page, "grade"), chosen(page, "impacts")) == (["critical"], [])
    page = asked(kind="close_deviation", affects_lot="true")
    assert chosen(page, "affects_lot") == ["true"], "refused: it is not classified yet"
    capa = {"actions": ["calibrate_more_often", "maintenance"], "owner": "maintenance", "check": "audit"}
    page = asked(kind="plan_capa", due="0", **capa)
    assert 'max="3650" required value="0"' in page
    assert chosen(page, "actions") == capa["actions"]
    assert [*chosen(page, "owner"), *chosen(page, "check")] == [capa["owner"], capa["check"]]
    page = client.get(deviation).content.decode()
    assert chosen(page, "actions") == chosen(page, "affects_lot") == [], "asked afresh it shows what the file holds"


def test_a_minor_deviation_shows_no_capa_as_done(client: Client, deviation: str) -> None:
    for asked in ({"kind": "classify_deviation", "grade": "minor", "impacts": "none"},
                  {"kind": "name_cause", "cause": "planning"}):
        assert client.post(deviation + "ask", {"deviation": "dev-1", **asked}).status_code == 302
    page = client.get(deviation).content.decode()
    assert "non exigée d’une déviation mineure" in page
    assert re.findall(r'class="step-number([^"]*)">(\d)', page) == [
        (" step-done", "1"), (" step-done", "2"), ("", "3"), ("", "4")]


def test_a_capa_that_did_not_work_is_planned_anew_whatever_the_grade() -> None:
    one = Deviation("dev-1", ("obs-1",), 0, "quarantine", grade="minor", cause="planning")
    assert (stage_of(one), stage_of(replace(one, actions=("maintenance",), effective="recurred"))) == (4, 3)


def test_a_shelf_life_that_is_refused_stays_chosen() -> None:
    assert forms.months(0, QueryDict()) == "24"
    assert forms.months(18, QueryDict("kind=request")) == "18"
    assert forms.months(18, QueryDict("kind=grant_shelf_life&months=36")) == "36"


def test_who_asks_before_anybody_sat_down_sits_down(client: Client, desk: str) -> None:
    LotFlight.objects.get().quality.delete()
    asked = {"kind": "plan_capa", "deviation": "dev-1", "actions": "x", "owner": "x", "due": "30", "check": "x"}
    assert client.post(desk + "ask", asked).status_code == 422


def test_a_lot_at_the_desk_stands_still(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though hands have let go of a leg before: its page does not look again each second for as long as one reads."""
    client.force_login(person("ada", Role.LEARNER))
    address = client.post("/chain/begin", {"chain": "kept", "stop": ["hold", "release"]}).headers["Location"]
    settled(LotFlight.objects.get())
    cockpit = client.post(address + "take").headers["Location"]
    client.post(f"{cockpit}end")
    flight = settled(LotFlight.objects.get())
    services.open_quality(flight=flight)
    flight.refresh_from_db()
    assert flight.status == LotStatus.IN_HAND
    assert not selectors.moves(flight)
    assert "data-refresh" not in client.get(address).content.decode()


def test_a_change_that_says_nothing_comes_back_open_with_what_it_says(client: Client, desk: str) -> None:
    answer = client.post(desk + "ask", {"kind": "open_change", "subject": "  ", "reason": "dérive", "at": "changes"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<details open><summary>Ouvrir un changement" in page
    assert 'value="dérive"' in page
    assert "changement à décider" not in page


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
