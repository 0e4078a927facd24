"""The pictures of the README and the documentation, taken at a telling moment: an alarm stands, samples are known."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import DESKTOP, PHONE, Seat, spoken_in
from tests.campus.server import ROOT

FOLDER = ROOT / "build" / "pictures"
COLOURS = 200  # an instrument's picture has few; the file stays small enough for a README
WEIGHT = 300_000


def kept(page: Page, name: str, *, whole: bool = False) -> Path:
    """A palette picture of the page under ``build/pictures``, that is not blank."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
    assert len(picture.getcolors(maxcolors=2**24) or []) > 300, "a page with nothing on it"
    file = FOLDER / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    assert file.stat().st_size < WEIGHT * (4 if whole else 1)
    return file


def test_one_flight_gives_the_pictures_of_the_documentation(open_page: OpenPage) -> None:
    page = open_page("/")
    kept(page, "home-fr", whole=True)
    seat = in_trouble(page)
    seat.faceplate("usp/br101/at103")
    in_each_look(page, "cockpit")
    for number, name in enumerate(("trends", "alarms", "sampling", "journal", "field", "help"), start=2):
        seat.view(number)
        page.wait_for_timeout(300)
        kept(page, f"{name}-fr")
    in_english(seat)
    seat.end()
    page.wait_for_timeout(500)
    in_each_look(page, "debrief", whole=True)


def test_one_lot_gives_the_picture_of_the_chain(open_page: OpenPage) -> None:
    """Waiting where somebody is to fly it, with bags of the lot before to choose from."""
    page = open_page("/chain/", person="learner")
    page.locator("input[name=stop][value=filling]").check(force=True)
    page.locator("form[action$='/chain/begin'] .button-primary").first.click()
    expect(page.locator(".now-waiting")).to_be_visible(timeout=240_000)
    lot = page.url
    for language in ("en", "fr"):
        page.goto("/")
        spoken_in(page, language)
        page.goto(lot)
        expect(page.locator(".now-waiting")).to_be_visible()
        kept(page, f"chain-{language}")


def in_each_look(page: Page, name: str, *, whole: bool = False) -> None:
    """Light and dark on a desk, and in a hand."""
    kept(page, f"{name}-fr", whole=whole)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    kept(page, f"{name}-fr-dark", whole=whole)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": PHONE.width, "height": PHONE.height})
    page.wait_for_timeout(500)
    kept(page, f"{name}-fr-phone", whole=whole)
    page.set_viewport_size({"width": DESKTOP.width, "height": DESKTOP.height})
    page.wait_for_timeout(300)


def in_english(seat: Seat) -> None:
    """The same flight at the same moment, for who reads English; then French again."""
    page, address = seat.page, seat.page.url
    for language in ("en", "fr"):
        page.goto("/")
        spoken_in(page, language)
        page.goto(address)
        seat.ready()
        if language == "en":
            seat.faceplate("usp/br101/at103")
            page.wait_for_timeout(500)
            kept(page, "cockpit-en")


def in_trouble(page: Page) -> Seat:
    """A newcomer's flight some minutes after the oxygen began to fail: sampled, asked, answered, not yet repaired."""
    page.locator(".hero .button-primary").click()
    seat = Seat(page)
    seat.ready()
    kept(page, "brief-fr")
    seat.close_brief()
    seat.view(4)
    for at in range(4):
        page.locator(".analysers label").nth(at).click()
    page.locator(".sample-foot button").click()
    expect(page.locator(".pending li").first).to_be_visible()
    seat.view(1)
    seat.until("decision")
    seat.answer(1)
    seat.speed(60)
    page.wait_for_timeout(3000)
    seat.freeze()
    expect(page.locator("cbd-banner section.p2, cbd-banner section.p1")).to_be_visible()
    return seat
