"""The whole chain as a newcomer meets it: the home page, three stops, a patient, a debrief; by keyboard alone."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import Seat, tab_to

STOPS = ("Bioréacteur 2", "Capture", "Hôpital et patient")
ORDER = ("who", "what", "exposure", "stops")
"""First who waited, then what was delivered, then what the patient met; then what each stop did."""
LOTS = 3
"""A lot in a hundred or so is refused for what chance did to it: a germ on a plate, a closure that leaks."""
MINUTES = 20.0
"""A newcomer's, reading left out: what the machine takes and the keys that must be pressed."""


@pytest.mark.slow
def test_a_newcomer_brings_a_lot_to_a_patient_with_three_stops(open_page: OpenPage) -> None:
    began = time.monotonic()
    page = open_page("/", person="learner")
    assert any(reaches_the_patient(page) for _ in range(LOTS)), "quality refused them all"
    verdict = page.locator(".verdict")
    expect(verdict).to_be_visible(timeout=240_000)
    told = page.locator("main h2[id]").evaluate_all("all => all.map((one) => one.id)")
    assert [one for one in told if one in ORDER] == list(ORDER)
    for stop in STOPS:
        expect(page.locator(".stops")).to_contain_text(stop.removesuffix(" 2"))
    assert (time.monotonic() - began) / 60.0 < MINUTES


def reaches_the_patient(page: Page) -> bool:
    """Begin a lot and fly it at each stop; whether it came to the last. Its chance is its own: quality refuses some."""
    page.goto("/")
    enter(page, "^La chaîne")
    for stop in STOPS:
        tab_to(page, stop)
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    for _ in STOPS:
        expect(page.locator(".now-waiting, .verdict")).to_be_visible(timeout=240_000)
        if page.locator(".verdict").count():
            expect(page.locator(".verdict .reasons li").first).not_to_be_empty()
            return False
        enter(page, "Prendre les commandes")
        flies(page)
        enter(page, "^Retour au lot")
    return True


def flies(page: Page) -> None:
    """Read the mission, let time run fast for a while, end the flight."""
    Seat(page).ready()
    page.keyboard.press("Enter")
    expect(page.locator("cbd-brief dialog")).to_have_count(0)
    page.keyboard.press("Space")
    page.keyboard.press(">")
    Seat(page).moves_on()
    page.keyboard.press("Control+k")
    page.keyboard.type("débriefing")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/debrief/"))
    enter(page, "^Le terminer")


def enter(page: Page, name: str) -> None:
    tab_to(page, name)
    with page.expect_event("load"):
        page.keyboard.press("Enter")
