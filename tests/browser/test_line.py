"""The line breaks, a proxy breaks WebSockets, the server dies: the page comes back, misses nothing, and says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import Seat, Watch
from tests.browser.shipped import ShippedServer, shipped_campus

# The handshake is refused, as by a proxy that does not know WebSockets: the browser's own failure, not a pretended one.
BROKEN_PROXY = """window.WebSocket = class extends WebSocket {
  constructor(url) { super(url.replace(/socket$/, "socket-through-a-proxy")); } }"""


class Line:
    """Stands between the page and the host: passes everything on, notes it by connection, and can cut."""

    def __init__(self, page: Page) -> None:
        self.sides: list[tuple[WebSocketRoute, WebSocketRoute]] = []
        self.hellos: list[int] = []
        self.told: list[list[int]] = []
        self.broken = False
        page.route_web_socket(re.compile("/socket$"), self._between)

    def _between(self, page: WebSocketRoute) -> None:
        host = page.connect_to_server()
        told: list[int] = []
        self.sides.append((page, host))
        self.broken = False
        self.told.append(told)

        def up(text: str | bytes) -> None:
            message = json.loads(text)
            if message["type"] == "hello":
                self.hellos.append(message["after"])
            host.send(text)

        def down(text: str | bytes) -> None:
            message = json.loads(text)
            if self.told[-1] is not told or self.broken:
                return
            if message["type"] in ("fact", "clock"):
                told.append(message["seq"])
            page.send(text)

        page.on_message(up)
        host.on_message(down)

    def cut(self) -> None:
        self.broken = True
        for side in self.sides[-1]:
            side.close(code=1012, reason="the line broke")


def test_who_loses_the_line_comes_back_without_a_gap(open_page: OpenPage) -> None:
    page = open_page("/", person="learner")
    line = Line(page)
    seat = Seat.begin(page, "first-batch")
    seat.speed(600)
    for connection in (2, 3):
        seat.moves_on()
        line.cut()
        wait_for(page, lambda connection=connection: len(line.sides) == connection)
        seat.ready()
    seat.moves_on()
    set_temperature(seat, "36,8")
    seat.freeze()
    assert len(line.hellos) == 3
    assert line.hellos[0] == 0
    last = 0
    for after, told in zip(line.hellos, line.told, strict=True):
        assert after == last, "it asks for what follows the last that it was told"
        assert told == list(range(after + 1, after + 1 + len(told))), "nothing missed, nothing twice"
        last = after + len(told)
    assert last >= 3, "the clock that ran, the set-point that moved, the clock that froze"
    expect(seat.journal()).to_contain_text("36,8")


def wait_for(page: Page, true: Any, timeout: int = 20_000) -> None:
    for _ in range(timeout // 50):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came about")


def set_temperature(seat: Seat, text: str) -> None:
    entry = seat.faceplate("usp/br101/tt101").get_by_label("Consigne", exact=True)
    entry.fill(text)
    entry.press("Enter")
    expect(entry).to_have_value(text)
    entry.press("Tab")


def test_a_command_given_while_the_line_is_down_is_kept_and_applied_once(open_page: OpenPage) -> None:
    page = open_page("/", person="learner")
    line = Line(page)
    seat = Seat.begin(page, "first-batch")
    line.cut()
    entry = seat.faceplate("usp/br101/tt101").get_by_label("Consigne", exact=True)
    entry.fill("36,5")
    entry.press("Enter")
    seat.ready()
    expect(entry).to_have_value("36,5")
    entry.press("Tab")
    expect(seat.journal().locator("tbody tr")).to_have_count(1)


def test_a_proxy_that_breaks_web_sockets_is_flown_through(open_page: OpenPage, watch: Watch) -> None:
    watch.expect("WebSocket connection to")
    page = open_page("/", person="learner")
    page.add_init_script(BROKEN_PROXY)
    seat = Seat.begin(page, "first-batch")
    expect(page.locator("cbd-topbar .connection.polling")).to_have_count(1)
    seat.speed(600)
    seat.running(True)
    for _ in range(3):
        seat.moves_on()
    set_temperature(seat, "36,9")
    seat.freeze()
    expect(seat.journal()).to_contain_text("36,9")


@pytest.fixture
def own_campus(tmp_path: Path) -> Iterator[ShippedServer]:
    """A server of the test's own, to be killed and restarted."""
    with shipped_campus(tmp_path) as server:
        yield server


def test_a_killed_server_comes_back_frozen_where_it_was_and_says_so(
        open_page: OpenPage, own_campus: ShippedServer, watch: Watch) -> None:
    watch.expect("WebSocket connection to", "Failed to load resource", "ERR_CONNECTION_REFUSED")
    page = open_page("/", person="learner", server=own_campus)
    seat = Seat.begin(page, "first-batch")
    set_temperature(seat, "36,7")
    seat.speed(60)
    seat.moves_on()
    page.wait_for_timeout(2500)
    reached = seat.time()
    own_campus.kill()
    expect(page.locator("cbd-topbar .connection.offline")).to_have_count(1)
    own_campus.start()
    expect(page.locator("cbd-topbar .connection.live")).to_have_count(1, timeout=40_000)
    notice = page.locator("cbd-banner .notice")
    expect(notice).to_contain_text("Le simulateur a redémarré")
    seat.running(False)
    stands = seat.time()
    assert reached - 130 <= stands <= reached + 60, "at most about a wall second of flight is lost"
    page.wait_for_timeout(1500)
    assert seat.time() == stands
    expect(seat.faceplate("usp/br101/tt101").get_by_label("Consigne", exact=True)).to_have_value("36,7")
    notice.get_by_role("button").click()
    expect(notice).to_have_count(0)
    page.keyboard.press("Space")
    seat.running(True)
    seat.speed(60)
    seat.moves_on()
