"""The discovery flight without an account, by keyboard alone, from the home page to a second try."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import Seat, tab_to


def test_a_newcomer_flies_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/")
    tab_to(page, "Prendre les commandes")
    page.keyboard.press("Enter")
    seat = Seat(page)
    seat.ready()
    reads_the_brief(page)
    page.keyboard.press("Space")
    seat.running(True)
    for _ in range(2):
        page.keyboard.press(">")
    seat.moves_on()
    page.keyboard.press("u")
    tab_to(page, "prochaine décision")
    page.keyboard.press("Enter")
    reads_on_while_the_question_comes(seat)
    answers(page)
    switches_oxygen_over(page)
    gives_a_set_point(page)
    page.keyboard.press("Tab")
    sees_oxygen_come_back(seat)
    debriefs(page)
    flies_again(seat)


def reads_the_brief(page: Page) -> None:
    brief = page.locator("cbd-brief dialog")
    expect(brief).to_contain_text("Gardez les cellules en vie")
    page.keyboard.press("Enter")
    expect(brief).to_have_count(0)
    page.keyboard.press("b")
    expect(brief).to_be_visible()
    page.keyboard.press("Escape")
    expect(brief).to_have_count(0)


def reads_on_while_the_question_comes(seat: Seat) -> None:
    """A dialog that is open when the question opens stays alone."""
    brief = seat.page.locator("cbd-brief dialog")
    seat.page.keyboard.press("b")
    seat.running(False, timeout=60_000)
    expect(brief).to_be_visible()
    expect(seat.page.locator("cbd-decision dialog")).to_have_count(0)
    seat.page.keyboard.press("Escape")
    expect(brief).to_have_count(0)


def answers(page: Page) -> None:
    """The question opens by itself, keeps the focus, cannot be dismissed, and takes an answer."""
    question = page.locator("cbd-decision dialog")
    expect(question).to_be_visible(timeout=60_000)
    expect(question).to_contain_text("prédisez")
    page.keyboard.press("Escape")
    expect(question).to_be_visible()
    tab_to(page, "Aller voir d'où vient", most=10)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(question).to_have_count(0)


def switches_oxygen_over(page: Page) -> None:
    page.keyboard.press("f")
    expect(page.locator("cbd-field")).to_be_visible()
    tab_to(page, "Alimentation en oxygène")
    page.keyboard.press("Enter")
    for verb in ("Lire le manomètre d'oxygène", "Basculer sur la source de secours"):
        tab_to(page, f"^{verb}")
        page.keyboard.press("Enter")
    page.keyboard.press("5")
    mine = page.locator("cbd-journal section").first
    expect(mine).to_contain_text("Basculer sur la source de secours")
    expect(mine).to_contain_text("Réponse : Aller voir d'où vient l'oxygène")


def gives_a_set_point(page: Page) -> None:
    """The palette finds a tag by its words, S goes to its set-point, Enter gives it."""
    page.keyboard.press("Control+k")
    page.keyboard.type("ST-101")
    page.keyboard.press("Enter")
    faceplate = page.locator("cbd-faceplate")
    expect(faceplate).to_contain_text("SIC-101")
    if faceplate.get_by_role("button", name="CASC").get_attribute("aria-pressed") == "true":
        tab_to(page, "CASC")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        expect(faceplate.get_by_role("button", name="AUTO")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("s")
    page.keyboard.press("Control+a")
    page.keyboard.type("110")
    page.keyboard.press("Enter")
    expect(faceplate.locator("input")).to_have_value("110")


def sees_oxygen_come_back(seat: Seat) -> None:
    """Reports arrive, and the dissolved oxygen that fell is above its alarm again."""
    page = seat.page
    page.keyboard.press("6")
    reports = page.locator("cbd-field section").last
    for _ in range(2):
        page.keyboard.press(">")
    expect(reports).to_contain_text("Pression très basse", timeout=20_000)
    expect(reports).to_contain_text("Source de secours en service.", timeout=20_000)
    page.keyboard.press("1")
    expect(page.locator("cbd-alarm-summary li", has_text="AT-103").filter(has_text="à acquitter")).to_have_count(1)
    oxygen = page.locator("#synoptic [data-tag='usp/br101/at103'] .value")
    expect(oxygen).to_have_text(re.compile(r"^(3[5-9]|4\d)"), timeout=30_000)
    page.keyboard.press("Space")


def debriefs(page: Page) -> None:
    tab_to(page, "Débriefing")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_contain_text("Terminer le vol")
    tab_to(page, "^Terminer")
    page.keyboard.press("Enter")
    expect(page.locator("cbd-scrubber .timeline")).to_be_visible(timeout=60_000)
    expect(page.locator("cbd-comparison")).to_contain_text("Sans rien faire")
    quiz = page.locator("cbd-quiz")
    expect(quiz).to_contain_text("votre réponse")
    answers = {"Les cellules": "Oui.", "La couleur de l'alarme": "Pas tout à fait", "Agiter plus vite": "Oui."}
    for choice, then in answers.items():
        tab_to(page, f"^ *{choice}")
        page.keyboard.press("Enter")
        expect(quiz.locator("article", has_text=choice).get_by_role("status")).to_contain_text(then)


def flies_again(seat: Seat) -> None:
    """From the middle of the flight, chosen with the arrows, a new session begins and runs."""
    page, first = seat.page, seat.session
    tab_to(page, "Temps du vol|Heure du vol|Moment du vol")
    page.keyboard.press("Home")
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    there = page.locator("cbd-scrubber time.clock").inner_text()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(":focus")).to_contain_text(re.compile("[Rr]e.*d.ici"))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sessions/" in url and first not in url and "debrief" not in url)
    seat.ready()
    assert seat.session != first
    brief = page.locator("cbd-brief dialog")
    if brief.count():
        page.keyboard.press("Escape")
    expect(page.locator("cbd-topbar time.clock")).to_have_text(re.compile(re.escape(there[:-4])))
    page.keyboard.press("Space")
    seat.running(True)
    page.keyboard.press(">")
    seat.moves_on()
    page.goto("/flights/")
    expect(page.locator("main")).to_contain_text("Découverte")
    expect(page.locator("main .list-item")).to_have_count(2)
