"""Every page in French and in English, on a desk and in a hand: nothing untranslated, nothing out of reach."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import DESKTOP, PHONE, Seat, Size, Watch
from tests.browser.words import foreign

PLACES = ["/", "/scenarios/", "/scenarios/first-batch/", "/sign-in/", "/flights/", "/profile/", "/no-such-page/",
          "/chain/", "/lots/"]
VIEWS = {1: "synoptic", 2: "trends", 3: "alarms", 4: "sampling", 5: "journal", 6: "field", 7: "help"}
BOTH = pytest.mark.parametrize("language", ["fr", "en"])
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])

# Controls that nobody can reach or read whole: beyond the edge of the page, or with words that run out of them.
# What a scrolling box hides can be scrolled to; what ends in an ellipsis has said so.
OUT_OF_REACH = """() => {
  const width = document.documentElement.clientWidth, found = [];
  const scrolls = (at) => { for (let up = at.parentElement; up && up !== document.body; up = up.parentElement)
    if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true; return false; };
  const controls = "a[href], button, input:not([type=hidden]), select, summary, [role=slider], [tabindex='0']";
  for (const at of document.querySelectorAll(controls)) {
    if (!at.checkVisibility({ visibilityProperty: true }) || at.closest(".sr-only, .skip")) continue;
    const box = at.getBoundingClientRect(), style = getComputedStyle(at);
    const name = (at.getAttribute("aria-label") ?? at.textContent).trim().slice(0, 40);
    if (!box.width || !box.height) continue;
    if (!scrolls(at) && (box.left < -1 || box.right > width + 1)) found.push(`beyond the edge: ${name}`);
    if (!at.matches("button, a") || style.textOverflow === "ellipsis" || style.display === "inline") continue;
    if (at.scrollWidth > at.clientWidth + 1) found.push(`cut off: ${name} (${at.scrollWidth} > ${at.clientWidth})`);
  }
  return [...new Set(found)];
}"""
SPILLED = """() => {
  const found = [];
  const scrolls = (at) => { for (let up = at; up && up !== document.body; up = up.parentElement)
    if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true; return false; };
  for (const at of document.querySelectorAll("td, th, dd, dt, p, small, h1, h2, h3, b, strong, label")) {
    if (!at.checkVisibility({ visibilityProperty: true }) || at.closest(".sr-only, .visually-hidden, svg")) continue;
    if (getComputedStyle(at).textOverflow === "ellipsis" || !at.textContent.trim()) continue;
    const range = document.createRange(); range.selectNodeContents(at);
    const room = at.closest("td, th, li, tr, .panel, .modal, main, header") ?? document.body;
    const [own, box] = [range.getBoundingClientRect(), room.getBoundingClientRect()];
    const beyond = Math.round(own.right - box.right);
    if (own.width && beyond > 2 && !scrolls(at)) found.push(`${at.textContent.trim().slice(0, 40)} (+${beyond} px)`);
  }
  return [...new Set(found)];
}"""


def unsound(page: Page, language: str, size: Size) -> list[str]:
    """What on a page is in the other language, out of reach, or runs over."""
    found = [f"in the other language: {one}" for one in foreign(page, language)]
    if page.evaluate("document.documentElement.lang") != language:
        found.append("lang is wrong")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > size.width:
        found.append(f"the page scrolls sideways: {wide} px")
    found += page.evaluate(OUT_OF_REACH) + [f"runs over: {one}" for one in page.evaluate(SPILLED)]
    where = re.sub(r"/sessions/[^/]+/", "/session/", page.url.split("/", 3)[3])
    return [f"{where or 'home'}: {one}" for one in found]


@BOTH
@SIZES
def test_pages_speak_one_language_and_fit(open_page: OpenPage, watch: Watch, language: str, size: Size) -> None:
    watch.expect("404 .*no-such-page")
    page = open_page("/", language=language, size=size)
    found = unsound(page, language, size)
    page = open_page("/", person="coordinator", language=language, size=size)
    for place in PLACES:
        page.goto(place)
        found += unsound(page, language, size)
    assert found == []


def test_the_language_is_chosen_on_the_page_and_stays(open_page: OpenPage) -> None:
    page = open_page("/scenarios/")
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/scenarios/")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@BOTH
@SIZES
def test_the_cockpit_speaks_one_language_and_fits(open_page: OpenPage, language: str, size: Size) -> None:
    page = open_page("/", person="author", language=language, size=size)
    seat = Seat.begin(page, "foam-over-day-7")
    found: list[str] = []
    for number, name in VIEWS.items():
        seat.view(number)
        found += [f"{name} {one}" for one in unsound(page, language, size)]
        if size is DESKTOP and page.evaluate("document.documentElement.scrollHeight") > size.height:
            found.append(f"{name}: the cockpit scrolls")
    for name in ("Débriefing|Debrief", "Aide|Help"):
        if not page.locator(".rail, .topbar").get_by_text(re.compile(name)).first.is_visible():
            found.append(f"no way to: {name}")
    seat.view(1)
    values = page.locator(".values b" if size is PHONE else "#synoptic .value").all_text_contents()
    assert set(re.findall(r"\d([.,])\d{1,2}\b", " ".join(values))) == {"," if language == "fr" else "."}
    assert found + every_dialog(seat, language, size) == []


def every_dialog(seat: Seat, language: str, size: Size) -> list[str]:
    """What is unsound in the brief, run until, the next phase and the palette."""
    page, found = seat.page, []
    for key in ("b", "u", "p", "Control+k"):
        page.keyboard.press(key)
        dialog = page.locator("dialog[open]")
        expect(dialog).to_have_count(1)
        found += [f"dialog {key} {one}" for one in unsound(page, language, size)]
        box = dialog.bounding_box()
        assert box is not None
        if box["x"] < 0 or box["x"] + box["width"] > size.width or box["y"] + box["height"] > size.height + 1:
            found.append(f"dialog {key} is larger than the screen: {box}")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    return found


@BOTH
@SIZES
def test_the_debrief_speaks_one_language_and_fits(open_page: OpenPage, language: str, size: Size) -> None:
    page = open_page("/", person="author", language=language, size=size)
    seat = Seat.begin(page, "discovery")
    seat.until("decision")
    seat.answer(1)
    page.goto(f"/sessions/{seat.session}/debrief/")
    found = unsound(page, language, size)
    seat.end()
    assert found + unsound(page, language, size) == []
