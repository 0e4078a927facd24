"""The first picture of a 14-day debrief: its page, its document and the columns of every instrument, over HTTP.

*Prepared*: the flight ended by itself, and its debrief was computed then, beside the classes, in the niced worker.
*Cold*: the learner ends a flight and wants the picture at once; three flights of 14 days are flown first, and with
*pilots known* only one, because the do-nothing and the reference run of this seed are kept.
"""

from __future__ import annotations

import json
import re
import sqlite3
import statistics
import time
import uuid
from collections.abc import Callable

from websockets.sync.client import connect

from benchmarks.campus.serving import Browser, Campus
from benchmarks.figure import Figure

SCENARIO = "first-batch"
DAY = 86_400_000
ALMOST = 14 * DAY - 1_800_000
GOES = 7
GOAL_S = 0.3
PATIENCE_S = 60.0
CONSOLE = re.compile(rb'<script type="application/json" id="console">(.*?)</script>', re.DOTALL)
COMMANDS = [{"kind": "set_mode", "loop": "usp/br101/tic101", "mode": mode} for mode in ("manual", "automatic")]


def measure() -> list[Figure]:
    """Prepared first, then cold, then cold with the pilots' runs known."""
    with Campus() as campus:
        person = Browser(campus).sign_in("learner", campus.people()["learner"])
        begun = time.perf_counter()
        ended = _flown_to_its_end(campus, person)
        prepared = _waited(lambda: person.get(f"/sessions/{ended}/debrief.json")[0] == 200)
        taken = [_picture(person, ended) for _ in range(GOES)]
        cold = _ended_now(campus, person, person.begin(SCENARIO))
        known = _ended_now(campus, person, _branch(campus, person, cold[0]))
        total = time.perf_counter() - begun
    return [
        Figure("debrief: first picture, prepared", statistics.median(taken), "s", goal=GOAL_S,
               note=f"ready {prepared:.1f} s after the flight's end; slowest of {GOES}: {max(taken):.3f} s"),
        Figure("debrief: first picture, cold", cold[1], "s", note="from pressing End; three flights of 14 days"),
        Figure("debrief: first picture, cold, pilots known", known[1], "s", note=f"whole benchmark {total:.0f} s"),
    ]


def _picture(person: Browser, session: str) -> float:
    """Seconds from asking for the page to the last byte of its first curves."""
    begun = time.perf_counter()
    status, page = person.get(f"/sessions/{session}/debrief/")
    found = CONSOLE.search(page)
    if status != 200 or found is None:
        raise RuntimeError(f"the debrief's page answered {status}")
    _waited(lambda: person.get(f"/sessions/{session}/debrief.json")[0] == 200)
    tags = [one["address"] for one in json.loads(found[1])["instruments"]]
    for first in range(0, len(tags), 40):
        asked = ",".join(tags[first:first + 40])
        status, data = person.get(f"/sessions/{session}/debrief/history?run=mine&tags={asked}&buckets=1200")
        if status != 200 or len(data) < 10_000:
            raise RuntimeError(f"the curves answered {status} with {len(data)} bytes")
    return time.perf_counter() - begun


def _waited(ready: Callable[[], bool]) -> float:
    begun = time.perf_counter()
    while not ready():
        if time.perf_counter() - begun > PATIENCE_S:
            raise RuntimeError("the debrief did not come within a minute")
        time.sleep(0.02)
    return time.perf_counter() - begun


def _advanced(campus: Campus, session: str) -> None:
    """Move a flight that nobody has opened yet near its end; the host re-flies the way there when it is opened."""
    with sqlite3.connect(campus.folder / "campus.sqlite3", timeout=20) as connection:
        connection.execute("UPDATE simulator_simulatorsession SET durable_time = ? WHERE id = ?",
                           [ALMOST, session.replace("-", "")])
    connection.close()


def _flown_to_its_end(campus: Campus, person: Browser) -> str:
    """A 14-day flight with a few actions whose last half hour is flown live, to the end of the lot."""
    session = person.begin(SCENARIO)
    _advanced(campus, session)
    with connect(f"ws://127.0.0.1:{campus.port}/sessions/{session}/socket", origin=campus.base, compression=None,  # type: ignore[arg-type]
                 additional_headers={"Cookie": person.cookies}, open_timeout=60, proxy=None) as socket:
        socket.send(json.dumps({"type": "hello", "version": 1}))
        for command in COMMANDS:
            socket.send(json.dumps({"type": "command", "id": uuid.uuid4().hex, "input": command}))
        socket.send(json.dumps({"type": "run", "id": uuid.uuid4().hex, "speed": 3600}))
        while True:
            message = json.loads(socket.recv(timeout=PATIENCE_S))
            if message["type"] == "clock" and message["reason"] == "ended":
                return session


def _ended_now(campus: Campus, person: Browser, session: str) -> tuple[str, float]:
    _advanced(campus, session)
    begun = time.perf_counter()
    person.post(f"/sessions/{session}/end")
    _picture(person, session)
    return session, time.perf_counter() - begun


def _branch(campus: Campus, person: Browser, session: str) -> str:
    """A branch that is taken at the flight's last day: the same seed, so the same pilots' runs."""
    return person.post(f"/sessions/{session}/branch", time=str(13 * DAY)).split("/")[2]
