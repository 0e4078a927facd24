"""What a learner's browser is told, byte by byte: no true state, no malfunction, no seed, whatever the page shows."""

from __future__ import annotations

import json
import re
import sqlite3
from functools import lru_cache

from playwright.sync_api import Page, Request, WebSocket, expect

from biotwin.plant.plant import Plant
from biotwin.session.scenario import compile_scenario
from tests.browser.conftest import OpenPage
from tests.browser.pages import Seat, Watch
from tests.browser.shipped import ShippedServer
from tests.campus.server import ROOT

ADDRESS = re.compile(r"[a-z0-9_]+/[a-z0-9_]+/[a-z0-9_./]+")
INJECTED = {"kind": "inject_malfunction", "malfunction": "usp/br101/at102.drifting", "severity": 0.6, "onset": 60_000}


class Ears:
    """Every frame of every socket and every answer's body that a page receives, as text."""

    def __init__(self, page: Page) -> None:
        self.heard: list[tuple[str, str]] = []
        page.on("websocket", self._socket)
        page.on("requestfinished", self._answer)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived",
                  lambda text: self.heard.append(("socket", text if isinstance(text, str) else text.decode())))

    def _answer(self, request: Request) -> None:
        response = request.response()
        if "/static/" not in request.url and response is not None and not 300 <= response.status < 400:
            self.heard.append((request.url, response.body().decode("utf-8", "replace")))


@lru_cache
def plant() -> Plant:
    return compile_scenario(ROOT / "content" / "scenarios" / "discovery", ROOT / "content" / "plants").plant


def secrets() -> set[str]:
    """Addresses that only the truth knows: signals that no instrument shows, and malfunctions."""
    compiled = plant()
    hidden = {address for address, signal in compiled.signals.items() if not signal.observed}
    shown = {compiled.address(name) for name in (*compiled.unit.instruments, *compiled.unit.loops)}
    return (hidden | set(compiled.malfunctions)) - shown


def moved_by_loops(console: dict[str, list[dict[str, list[dict[str, str]]]]]) -> set[str]:
    """What the operator's own loops drive: their outputs are theirs to see."""
    return {output["address"] for loop in console["loops"] for output in loop["outputs"]}


def seed_of(server: ShippedServer, session: str) -> str:
    with sqlite3.connect(f"file:{server.folder / 'campus.sqlite3'}?mode=ro", uri=True) as database:
        asked = "select seed from simulator_simulatorsession where id = ?"
        found = database.execute(asked, (session.replace("-", ""),)).fetchone()
    database.close()
    return str(found[0])


def test_a_learners_browser_hears_nothing_true(open_page: OpenPage, campus: ShippedServer) -> None:
    page = open_page("/", person="learner")
    ears = Ears(page)
    seat = Seat.begin(page, "discovery")
    flies_with_a_hidden_fault(seat, campus)
    ways = {re.sub(r".*/sessions/[^/]+/", "", where).split("?")[0] for where, _text in ears.heard}
    assert {"", "socket", "history", "history.csv", "facts", "frames"} <= ways
    console = json.loads(page.locator("script#console").text_content() or "{}")
    names, seed = secrets() - moved_by_loops(console), seed_of(campus, seat.session)
    assert len(names) > 200
    assert len(seed) == 32
    for where, text in ears.heard:
        assert set(ADDRESS.findall(text)) & names == set(), where
        assert seed not in text, where
        assert str(int(seed, 16)) not in text, where
        for word in ("malfunction_changed", "inject_malfunction", '"hidden":', "supply_lost", "drifting", "vessel."):
            assert word not in text, f"{word} in {where}"


def flies_with_a_hidden_fault(seat: Seat, campus: ShippedServer) -> None:
    """An instructor makes a probe drift beside the planned fault; the learner looks at everything, and samples."""
    page = seat.page
    station = campus.person("instructor").seat(seat.session)
    assert station.command(INJECTED)["type"] == "ack"
    seat.until("decision")
    seat.answer(2)
    for number in (2, 3, 5, 6, 7, 4):
        seat.view(number)
    page.locator(".analysers label").first.click()
    page.locator(".sample-foot button").click()
    page.keyboard.press("6")
    page.locator(".stations button", has_text="Alimentation en oxygène").click()
    page.locator(".verb button").first.click()
    seat.view(1)
    seat.speed(600)
    seat.view(6)
    expect(page.locator("cbd-field section").last).to_contain_text("Pression très basse", timeout=30_000)
    seat.freeze()
    asked(page, seat.session, "facts?after=0", "frames?after=0&wait=0", "history.csv?tags=usp/br101/at102")
    page.wait_for_timeout(500)
    station.close()


def test_the_debrief_stays_shut_while_the_flight_is_secret(open_page: OpenPage, watch: Watch) -> None:
    watch.expect("Failed to load resource")
    page = open_page("/", person="learner")
    seat = Seat.begin(page, "discovery")
    hidden = ("debrief.json", "debrief/history?run=truth&tags=usp/br101/at102", "history?tags=usp/br101/vessel.titre")
    assert asked(page, seat.session, *hidden) == [404, 404, 400]


def asked(page: Page, session: str, *paths: str) -> list[int]:
    """What the page's own browser is answered for paths of a session."""
    return list(page.evaluate("""async ([session, ...paths]) => { const told = [];
      for (const path of paths) { const answer = await fetch(`/sessions/${session}/${path}`);
        await answer.text(); told.push(answer.status); }
      return told }""", [session, *paths]))
