"""The desk of quality by keyboard alone: from what the lot asks first, through its deviations, to the certificate."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import DESKTOP, PHONE, Size, tab_to
from tests.browser.test_accessibility import in_both_lights
from tests.browser.test_languages_and_sizes import unsound

MOST = 60
"""Steps at most: a lot on autopilot asks for some twenty."""


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    return sat_down(open_page("/chain/", person="learner"))


def sat_down(page: Page) -> Page:
    """A lot on autopilot up to quality, somebody at the desk."""
    page.locator("#stop-release").check()
    page.locator(".chain-start button").click()
    expect(page.locator("form[action$='/quality/open'] button")).to_be_visible(timeout=240_000)
    page.locator("form[action$='/quality/open'] button").click()
    expect(page.locator(".agenda-now")).to_be_visible()
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def submit(page: Page, name: str) -> None:
    """Tab to the button and press it; the answer is another page."""
    reach(page, name)
    with page.expect_event("load"):
        page.keyboard.press("Enter")


def reach(page: Page, name: str) -> None:
    """Tab to what bears exactly these words."""
    tab_to(page, re.escape(re.sub(r"\s+", " ", name.strip())).replace(r"\ ", " "), most=400)


def to_agenda(page: Page) -> None:
    """Tab to what is to be done now, round the page if need be."""
    for _ in range(400):
        if page.evaluate("document.activeElement?.closest('.agenda-now') != null"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab never came to what is to be done now")


def test_a_lot_is_led_to_its_certificate_by_keyboard(desk: Page) -> None:
    done: list[str] = []
    for _ in range(MOST):
        expect(desk.locator(".agenda-now, .lot-head").first).to_be_visible()
        if desk.locator(".lot-head").count():
            break
        now = desk.locator(".agenda-now")
        title, link = now.locator("a, button").first.inner_text(), now.locator("a")
        to_agenda(desk)
        if not link.count():
            submit(desk, title)
        else:
            where = (link.get_attribute("href") or "").lstrip("#")
            press(desk, "Enter", "Tab")
            done.append(where)
            HANDS[where.partition("-")[0]](desk, where)
    expect(desk.locator(".lot-head")).to_be_visible()
    assert any(where.startswith("dev-") for where in done), "one was opened"
    assert done[-1] == "decision"


def review(page: Page, where: str) -> None:
    """What asks for a deviation gets one, and so does the first that might be accepted: a calm lot asks for none."""
    form = page.locator("#review ~ form").first
    if page.locator("#deviations").count() and form.locator("input[name=justification]").count():
        reach(page, "Pourquoi")
        page.keyboard.type("Dans la plage étudiée, sans effet sur le lot")
        with page.expect_event("load"):
            page.keyboard.press("Enter")
    else:
        submit(page, "Ouvrir une déviation")


def deviation(page: Page, where: str) -> None:
    """The step that is open."""
    article = page.locator(f"#{where}")
    if article.locator(".dev-change").count():
        submit(page, "Ouvrir sa maîtrise de changement")
        return
    kind = article.locator("details[open] input[name=kind]").first.get_attribute("value")
    if kind == "classify_deviation":
        reach(page, "Degré")
        press(page, "End", "Tab", "Space")
        submit(page, "Classer")
    elif kind == "name_cause":
        reach(page, "Cause")
        submit(page, "Nommer la cause")
    elif kind == "plan_capa":
        reach(page, "Réviser l'équipement")
        press(page, "Space")
        submit(page, "Planifier la CAPA")
    else:
        submit(page, "Clore")


def investigation(page: Page, where: str) -> None:
    button = page.locator(f"#{where} .button-primary").first
    submit(page, button.inner_text())


def trend(page: Page, where: str) -> None:
    row = page.locator("#oot ~ article").first
    reach(page, "Conclusion")
    if "hors de ses limites" in row.inner_text():
        page.keyboard.type("Conservation")
    submit(page, "Évaluer")


def change(page: Page, where: str) -> None:
    submit(page, "Approuver")


def shelf_life(page: Page, where: str) -> None:
    allowed = re.search(r"permettent (\d+)", page.locator(".quality").inner_text())
    assert allowed is not None
    reach(page, "Durée de conservation")
    page.keyboard.press("Home")
    for _ in range(12):
        if page.locator("select[name=months]").input_value() == allowed[1]:
            break
        page.keyboard.press("ArrowDown")
    submit(page, "Fixer")


def decision(page: Page, where: str) -> None:
    if "Certifier" in page.locator(".agenda-now").inner_text():
        submit(page, "Certifier le lot")
        return
    reject(page)


def reject(page: Page) -> None:
    """Opened, written, pressed."""
    reach(page, "Rejeter le lot")
    press(page, "Enter", "Tab")
    page.keyboard.type("Le dossier ne peut pas devenir complet")
    press(page, "Enter")
    submit(page, "Rejeter le lot, définitivement")


HANDS = {"review": review, "dev": deviation, "oos": investigation, "oot": trend, "changes": change,
         "stability": shelf_life, "decision": decision}


def test_enter_in_a_field_rejects_no_lot_and_the_button_does(desk: Page) -> None:
    reach(desk, "Raison de la quarantaine")
    desk.keyboard.type("On attend la CAPA")
    reach(desk, "pour (jours)")
    with desk.expect_event("load"):
        press(desk, "Enter")
    expect(desk.locator(".messages")).to_contain_text("30 jours ont passé en quarantaine")
    reject(desk)
    expect(desk.locator(".lot-head")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_desk_speaks_one_language_and_fits(open_page: OpenPage, language: str, size: Size) -> None:
    page = sat_down(open_page("/chain/", language=language, size=size))
    page.locator(".agenda-now button").click()
    assert unsound(page, language, size) == []
    if size == DESKTOP:
        assert in_both_lights(page) == []
