"""kill -9 at 200 random instants: nothing acknowledged is lost, every state told is met to the bit when flown again.

Of the 200, some kill a whole server (``python -m campus run``) between commands that come over a real socket, and start
it again; the others kill a forked process that holds the same host, journal and database, without the web
(``campus/kills.py``).
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from benchmarks.campus.serving import ROOT, Browser, Campus
from benchmarks.figure import Figure

SERVERS, FORKS = 20, 180
SEED = 20260101
SCENARIO = "first-batch"
COMMAND = {"kind": "set_mode", "loop": "usp/br101/tic101"}
Kept = set[tuple[str, int, int]]


def measure() -> list[Figure]:
    """Both kinds of kills together."""
    begun = time.monotonic()
    servers, forks = _servers(SERVERS), _forks(FORKS)
    took = time.monotonic() - begun
    acknowledged = servers["acknowledged"] + forks["acknowledged"]
    note = f"{servers['kills']} whole servers, {forks['kills']} forked hosts, {took:.0f} s"
    return [
        Figure("kill -9: acknowledged and lost", float(servers["lost"] + forks["lost"]), f"of {acknowledged}", goal=0.0,
               note=note),
        Figure("kill -9: states not met to the bit", float(forks["differing"] + servers["differing"]),
               f"of {forks['states'] + servers['kills']}", goal=0.0),
    ]


def _forks(count: int) -> dict[str, int]:
    with tempfile.TemporaryDirectory(prefix="campus-bench-") as folder:
        variables = os.environ | {"CAMPUS_VAR": folder, "DJANGO_SETTINGS_MODULE": "campus.site.settings.local",
                                  "PYTHONPATH": str(ROOT / "src")}
        words = [sys.executable, "-m", "benchmarks.campus.kills", "--count", str(count), "--seed", str(SEED)]
        told = subprocess.run(words, env=variables, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
                              timeout=480).stdout
    found: dict[str, int] = json.loads(told)
    return found


def _servers(count: int) -> dict[str, int]:
    chance = random.Random(SEED)
    found = {"kills": 0, "acknowledged": 0, "lost": 0, "differing": 0}
    acknowledged: Kept = set()
    with Campus() as campus:
        person = Browser(campus).sign_in("learner", campus.people()["learner"])
        session = person.begin(SCENARIO)
        for _ in range(count):
            acknowledged |= _flown(campus, person, session, chance)
            found["kills"] += 1
            found["lost"] += len(acknowledged - _journal(campus, session))
            campus.start()
            found["differing"] += _resumes(campus, person, session) is False
        found["acknowledged"] = len(acknowledged)
    return found


@contextmanager
def _seat(campus: Campus, person: Browser, session: str) -> Iterator[ClientConnection]:
    with connect(f"ws://127.0.0.1:{campus.port}/sessions/{session}/socket", compression=None, proxy=None,
                 origin=campus.base, additional_headers={"Cookie": person.cookies}, open_timeout=60) as socket:  # type: ignore[arg-type]
        socket.send(json.dumps({"type": "hello", "version": 1}))
        yield socket


def _flown(campus: Campus, person: Browser, session: str, chance: random.Random) -> Kept:
    """Command until the server is killed, at a random instant of its own; what was acknowledged by then."""
    kept: Kept = set()
    with suppress(ConnectionClosed), _seat(campus, person, session) as socket:
        socket.send(json.dumps({"type": "run", "id": uuid.uuid4().hex, "speed": chance.choice([60, 600, 3600])}))
        killing = threading.Timer(chance.uniform(0.1, 1.5), campus.stop, [signal.SIGKILL])
        killing.start()
        while True:
            command = {**COMMAND, "mode": chance.choice(["manual", "automatic"])}
            socket.send(json.dumps({"type": "command", "id": uuid.uuid4().hex, "input": command}))
            answer = _until(socket, {"ack", "refused"}, 10.0)
            if answer is not None and answer["type"] == "ack" and answer["number"]:
                kept.add((answer["id"], answer["number"], answer["time"]))
            time.sleep(chance.uniform(0.03, 0.12))
    killing.join()
    return kept


def _until(socket: ClientConnection, kinds: set[str], seconds: float) -> dict[str, Any] | None:
    deadline = time.monotonic() + seconds
    try:
        while True:
            message: dict[str, Any] = json.loads(socket.recv(timeout=max(0.0, deadline - time.monotonic())))
            if message["type"] in kinds:
                return message
    except TimeoutError:
        return None


def _journal(campus: Campus, session: str) -> Kept:
    with sqlite3.connect(campus.folder / "campus.sqlite3") as connection:
        rows = connection.execute("SELECT command, number, time FROM simulator_journalentry WHERE session_id = ?",
                                  [session.replace("-", "")]).fetchall()
    connection.close()
    return set(rows)


def _resumes(campus: Campus, person: Browser, session: str) -> bool:
    """True when the flight is there again; the host itself compares the replay with the last keyframe, to the bit."""
    with _seat(campus, person, session) as socket:
        message = _until(socket, {"frame", "error"}, 60)
    return message is not None and message["type"] == "frame"
