"""The chain as somebody with a keyboard, a phone or bad eyes meets it: choosing stops, a lot that waits."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import DESKTOP, PHONE, Size, tab_to
from tests.browser.test_accessibility import in_both_lights
from tests.browser.test_languages_and_sizes import unsound


def test_stops_are_chosen_and_a_lot_begun_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/chain/", person="learner")
    tab_to(page, "Banque et multiplication")
    page.keyboard.press("Space")
    expect(page.locator("#stop-seed")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/lots/[0-9a-f-]{36}/"))
    expect(page.locator("[aria-current=step]")).to_have_count(1)
    expect(page.get_by_role("button", name="Prendre les commandes")).to_be_visible()
    assert in_both_lights(page) == []


def test_the_map_stands_on_one_screen(open_page: OpenPage) -> None:
    page = open_page("/chain/")
    box = page.locator(".chain-map").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 900
    assert page.get_by_role("checkbox").count() >= 12


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_waiting_lot_speaks_one_language_and_fits(open_page: OpenPage, language: str, size: Size) -> None:
    page = open_page("/chain/", language=language, size=size)
    page.locator("#stop-seed").check()
    page.locator(".chain-start button").click()
    expect(page.locator(".now-waiting")).to_be_visible()
    assert unsound(page, language, size) == []
