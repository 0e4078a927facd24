"""The trade's own charts from the seat: a chromatogram over volume, by keyboard, in both languages, large and small."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import DESKTOP, PHONE, Seat
from tests.browser.test_accessibility import faults
from tests.browser.test_languages_and_sizes import unsound

COLUMN_L = 100.0
# Eight minutes at 1,500 L/h by the recipe of mab-capture-100l are 200 L; the pump's start takes some litres of it.
EQUILIBRATION_L = (190.0, 200.0)


@pytest.fixture
def loaded(open_page: OpenPage) -> Seat:
    """A capture whose column is being loaded."""
    page = open_page("/", person="author", language="en")
    page.goto("/scenarios/capture-first-cycle/")
    page.locator("main .actions button").first.click()
    expect(page.locator("button.freeze")).to_be_enabled(timeout=90_000)  # the first flight of a column reads its kernel
    seat = Seat(page)
    seat.close_brief()
    seat.speed(600)
    expect(seat.page.locator("cbd-phases")).to_contain_text("Load (2", timeout=90_000)
    seat.freeze()
    return seat


def numbers(row: str) -> list[float]:
    return [float(text.replace(",", "")) for text in re.findall(r"[\d,]+\.\d+", row)]


def test_a_chromatogram_is_drawn_over_the_volume_that_has_passed(loaded: Seat) -> None:
    page = loaded.page
    strip = page.locator("cbd-trend-strip cbd-curves-chart")
    expect(strip.locator("canvas")).to_be_visible()
    page.keyboard.press("c")
    chart = page.locator("cbd-chart cbd-curves-chart")
    expect(chart.locator(".plot")).to_have_attribute("aria-label", re.compile(r"over \d+ L; UV 280 from .* mAU"))
    expect(chart.locator(".key")).to_have_count(3)
    drawn = page.evaluate("""() => { const canvas = document.querySelector("cbd-chart canvas"),
      { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size; }""")
    assert drawn > 50, "nothing is drawn"
    page.get_by_role("button", name="Table").click()
    head = chart.locator("thead").inner_text()
    assert [name in head for name in ("from, L", "to, L", "from, CV", "to, CV")] == [True] * 4
    equilibration = numbers(chart.locator("tbody tr").first.inner_text())
    assert EQUILIBRATION_L[0] < equilibration[1] < EQUILIBRATION_L[1]
    assert equilibration[3] == pytest.approx(equilibration[1] / COLUMN_L, abs=0.01)


def test_the_chart_speaks_one_language_fits_and_is_accessible(loaded: Seat) -> None:
    page, address = loaded.page, loaded.page.url
    found: list[str] = []
    for language in ("en", "fr"):
        page.goto("/")
        spoken(page, language)
        page.goto(address)
        loaded.ready()
        for size in (DESKTOP, PHONE):
            page.set_viewport_size({"width": size.width, "height": size.height})
            page.keyboard.press("2")
            page.locator(".chart-tabs button").nth(1).click()
            expect(page.locator("cbd-chart canvas")).to_be_visible()
            found += unsound(page, language, size) + faults(page)
        page.set_viewport_size({"width": DESKTOP.width, "height": DESKTOP.height})
    assert found == []


def spoken(page: Page, language: str) -> None:
    if page.locator("html").get_attribute("lang") != language:
        page.get_by_role("button", name={"fr": "Français", "en": "English"}[language]).click()
        expect(page.locator("html")).to_have_attribute("lang", language)
