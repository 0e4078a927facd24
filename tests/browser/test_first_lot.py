"""A learner flies the first lot: runs until something comes, samples, sets, acknowledges, keeps the figures."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import Seat

THIN = "\u202f"


@pytest.fixture
def seat(open_page: OpenPage) -> Seat:
    return Seat.begin(open_page("/", person="learner"), "first-batch")


def test_a_sample_comes_back_with_value_time_age_and_error(seat: Seat) -> None:
    page = seat.page
    seat.view(4)
    desk = page.locator("cbd-sampling")
    for row in ("Viabilité", "Glucose"):
        desk.locator(".analysers label", has_text=row).first.click()
    expect(desk.locator(".sample-foot")).to_contain_text(re.compile(rf"\d+{THIN}€ · \d+(,\d+)?\smL · .*\smin"))
    desk.locator(".sample-foot button").click()
    expect(desk.locator(".pending li")).to_have_count(2)
    taken = seat.time()
    for _ in range(2):
        seat.until("result", speed=600)
    expect(desk.locator(".pending li")).to_have_count(0)
    seat.view(1)
    strip = page.locator("cbd-kpis")
    for name in ("Cellules viables", "Viabilité", "Glucose"):
        cells = strip.locator("tr", has_text=name).locator("td").all_inner_texts()
        value, error, age = cells
        assert re.match(rf"(<{THIN})?\d+(,\d+)?", value), cells
        assert re.match(rf"±{THIN}\d+", error), cells
        assert re.search(r"\d+\sh|\d+\smin", age), cells
    expect(strip.locator("tr", has_text="Viabilité").locator("td").first).to_contain_text("%")
    expect(strip).to_contain_text(f"{taken // 3600 % 24:02d}:{taken // 60 % 60:02d}")
    assert cost(page) > 0


def cost(page: Page) -> float:
    return float(re.sub(r"[^\d]", "", page.locator("cbd-kpis .cost b").inner_text()))


def test_modes_and_set_points_take_a_decimal_comma_and_say_what_is_wrong(seat: Seat) -> None:
    plate = seat.faceplate("usp/br101/tt101")
    entry = plate.get_by_label("Consigne", exact=True)
    expect(entry).to_have_value("37,0")
    for wrong, said in (("55,5", "Entre 20,0 et 40,0"), ("tiède", "Il faut un nombre")):
        entry.fill(wrong)
        entry.press("Enter")
        expect(plate.locator(".problem")).to_contain_text(said)
        expect(entry).to_have_attribute("aria-invalid", "true")
    assert entry.get_attribute("aria-describedby") == plate.locator(".problem").get_attribute("id")
    entry.fill("36,6")
    entry.press("Enter")
    expect(plate.locator(".problem")).to_have_count(0)
    expect(entry).to_have_value("36,6")
    expect(entry).not_to_be_focused()
    entry.fill("12")
    entry.press("Escape")
    expect(entry).not_to_be_focused()
    expect(entry).to_have_value("36,6")
    plate.get_by_role("button", name="MAN").click()
    output = plate.get_by_label("Sortie", exact=True)
    output.fill("12")
    output.press("Enter")
    expect(output).to_have_value("12")
    plate.get_by_role("button", name="AUTO").click()
    expect(plate.get_by_role("button", name="AUTO")).to_have_attribute("aria-pressed", "true")
    rows = seat.journal().locator("tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(3)).to_contain_text(f"36,6{THIN}°C")
    expect(rows.nth(1)).to_contain_text(f"12{THIN}%")
    assert [rows.nth(n).locator("td").first.inner_text() for n in range(4)] == ["4", "3", "2", "1"]


def test_an_alarm_is_read_acknowledged_and_shelved(seat: Seat) -> None:
    page = seat.page
    plate = seat.faceplate("usp/br101/tt101")
    plate.get_by_role("button", name="MAN").click()
    output = plate.get_by_label("Sortie", exact=True)
    output.fill("-100")
    output.press("Enter")
    expect(output).to_have_value(re.compile("100$"))
    seat.until("alarm", speed=3600)
    banner = page.locator("cbd-banner section")
    expect(banner).to_contain_text("TT-101")
    expect(banner).to_contain_text(re.compile(r"\d+,\d\s*°C"))
    reads_its_sheet(page)
    seat.view(3)
    row = page.locator("cbd-alarm-list tbody tr", has_text="TT-101")
    expect(row).to_contain_text("à acquitter")
    page.keyboard.press("a")
    expect(row).to_contain_text("acquittée")
    expect(banner.get_by_role("button", name="Acquitter")).to_have_count(0)
    row.get_by_role("button", name="De côté…").click()
    page.locator("cbd-shelve .choices button").first.click()
    expect(row.get_by_role("button", name="Remettre")).to_have_count(1)
    expect(banner).not_to_contain_text("TT-101")
    expect(page.locator("cbd-alarm-list .log")).to_contain_text("acquittée")


def reads_its_sheet(page: Page) -> None:
    """One key: what to do, why, what if nothing is done, how long one has."""
    page.keyboard.press("r")
    sheet = page.locator("cbd-response-sheet dialog")
    for words in ("Que faire", "Causes probables", "Si l’on ne fait rien", "Temps pour répondre"):
        expect(sheet).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_a_trend_is_a_picture_a_table_and_a_file(seat: Seat, tmp_path: Path) -> None:
    page = seat.page
    seat.until("J 0 6:00", speed=3600)
    seat.view(2)
    expect(page.locator("cbd-trends canvas")).to_be_visible()
    page.locator("cbd-trends .widths").get_by_role("button", name=re.compile("6\\sh")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    file = tmp_path / "trend.csv"
    download.value.save_as(file)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert len(rows) > 100
    assert {"usp/br101/tt101", "time_s"} <= {name.split(" ")[0] for name in rows[0]}, rows[0]
    temperature = [float(row[name]) for row in rows for name in row if name.startswith("usp/br101/tt101") and row[name]]
    assert all(300 < one < 320 for one in temperature)
    page.get_by_role("button", name="Tableau").click()
    table = page.locator("cbd-trend table")
    expect(table.locator("tbody tr").first).to_be_visible()
    expect(table).to_contain_text("37,0")
    expect(table.locator("caption, th").first).to_be_visible()


def test_the_clock_stops_at_the_time_that_was_asked(seat: Seat) -> None:
    seat.until("J 0 3:30", speed=3600)
    assert 3.45 * 3600 < seat.time() <= 3.5 * 3600
    before = seat.time()
    seat.page.wait_for_timeout(1200)
    assert seat.time() == before, "a frozen session does not move"
