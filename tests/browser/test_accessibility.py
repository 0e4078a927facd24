"""axe-core finds nothing against WCAG 2.0, 2.1 and 2.2, A and AA, on any page, light and dark."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import PHONE, Seat
from tests.campus.server import ROOT

AXE = ROOT / "islands" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def faults(page: Page) -> list[str]:
    """Violations as ``rule: what it is, on which elements``."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(
        "(rules) => axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] })"
        ".then((result) => result.violations)", RULES)
    return [f"{one['id']}: {node['target']} {node['failureSummary'][:300]}"
            for one in found for node in one["nodes"][:4]]


PLACES = ["/", "/scenarios/", "/scenarios/discovery/", "/sign-in/", "/flights/", "/profile/", "/chain/", "/lots/"]


@pytest.mark.parametrize("place", PLACES)
def test_pages_are_accessible(open_page: OpenPage, place: str) -> None:
    page = open_page(place, person="" if place in ("/", "/sign-in/") else "coordinator")
    page.goto(place)
    assert in_both_lights(page) == []


def test_a_flight_is_accessible_from_brief_to_debrief(open_page: OpenPage) -> None:
    page = open_page("/", person="administrator")
    seat = Seat.begin(page, "discovery")
    page.keyboard.press("b")
    found = in_both_lights(page)
    page.keyboard.press("Escape")
    seat.until("decision")
    found += in_both_lights(page)
    seat.answer(0)
    for number in range(1, 8):
        seat.view(number)
        found += in_both_lights(page)
    page.keyboard.press("r")
    expect(page.locator("cbd-response-sheet dialog")).to_be_visible()
    found += in_both_lights(page)
    page.keyboard.press("Escape")
    seat.end()
    found += in_both_lights(page)
    assert sorted(set(found)) == []


def in_both_lights(page: Page) -> list[str]:
    found = faults(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in faults(page)]
    page.emulate_media(color_scheme="light")
    return found


def test_the_cockpit_is_accessible_in_a_hand(open_page: OpenPage) -> None:
    page = open_page("/", person="administrator", size=PHONE)
    seat = Seat.begin(page, "discovery")
    found = faults(page)
    seat.until("decision")
    found += faults(page)
    assert found == []


def test_what_has_the_focus_is_seen_in_a_picture_of_parts(open_page: OpenPage) -> None:
    """A tall picture shows a part at a time; Tab goes through the values of all of them."""
    page = open_page("/", person="author")
    page.goto("/scenarios/lyo-first-cycle/")
    page.locator("main .actions button").first.click()
    expect(page.locator("button.freeze")).to_be_enabled(timeout=90_000)
    Seat(page).close_brief()
    tags = page.locator("#synoptic [data-tag]")
    shown = page.locator("cbd-synoptic .parts button[aria-pressed=true]")
    first = shown.inner_text()
    page.locator("cbd-synoptic .parts button").last.focus()
    for _ in range(tags.count()):
        page.keyboard.press("Tab")
        expect(page.locator("#synoptic [data-tag]:focus")).to_be_in_viewport()
    assert shown.inner_text() != first
