"""What was acknowledged is kept: kill -9, a full disk, two processes, SIGTERM."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from campus.simulator.journal import Rights
from tests.campus.server import ROOT, Person, SeatLine, Server, environment

SERVERS, FORKS = 6, 14  # together the 20 random instants; the benchmark does 200
SEED = 20260101


def row(server: Server, session: str) -> dict[str, Any]:
    with sqlite3.connect(server.folder / "campus.sqlite3") as connection:
        connection.row_factory = sqlite3.Row
        found = dict(connection.execute("SELECT * FROM simulator_simulatorsession WHERE id = ?",
                                        [session.replace("-", "")]).fetchone())
        found["journal"] = [tuple(entry) for entry in connection.execute(
            "SELECT number, time, command FROM simulator_journalentry WHERE session_id = ? ORDER BY number",
            [session.replace("-", "")])]
    connection.close()
    return found


def flown_until(line: SeatLine, seconds: float, chance: random.Random) -> list[tuple[str, int, int]]:
    """Command at random until the time is over; what was acknowledged: (id, number, time)."""
    kept, deadline, n = [], time.monotonic() + seconds, 0
    while time.monotonic() < deadline:
        mode = chance.choice(["manual", "automatic"])
        answer = line.command({"kind": "set_mode", "loop": "usp/br101/tic101", "mode": mode})
        if answer["type"] == "ack":
            kept.append((answer["id"], answer["number"], answer["time"]))
        n += 1
        time.sleep(chance.uniform(0.05, 0.15))
    return kept


@pytest.mark.slow
def test_kill_9_loses_nothing_that_was_acknowledged(own_campus: Server) -> None:
    chance = random.Random(SEED)
    pilot = own_campus.person("learner")
    session = pilot.begin("long-flight")
    acknowledged: list[tuple[str, int, int]] = []
    line = pilot.seat(session)
    for instant in range(SERVERS):
        line.run(chance.choice([60, 600, 3600]))
        acknowledged += flown_until(line, chance.uniform(0.1, 1.6), chance)
        own_campus.kill()
        found = row(own_campus, session)
        kept = {(command, number, at) for number, at, command in found["journal"]}
        assert set(acknowledged) <= kept, f"instant {instant}"
        own_campus.start()
        line = pilot.seat(session)
        assert line.welcome["recovered"] is True, "it was running, however short"
        frame = line.frame()
        assert frame["time"] >= max([found["durable_time"], *(at for _c, _n, at in acknowledged)])
        assert not [m for m in line.told if m["type"] == "error"], "the replay met every keyframe to the bit"
        resumed = line.frame() if line.say({"type": "freeze", "id": f"freeze-{instant:05d}"}) else frame
        assert resumed["time"] == frame["time"], "it resumes frozen"
    assert [number for _c, number, _t in acknowledged] == sorted({number for _c, number, _t in acknowledged})


@pytest.mark.slow
def test_kill_9_of_the_host_loses_nothing_and_every_state_is_met_to_the_bit(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "benchmarks.campus.kills", "--count", str(FORKS), "--seed", str(SEED),
             "--scenario", "long-flight"]
    ran = subprocess.run(words, env=environment(tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert ran.returncode == 0, ran.stderr[-3000:]
    found = json.loads(ran.stdout)
    assert found["kills"] == FORKS
    assert found["acknowledged"] > FORKS
    assert (found["lost"], found["differing"]) == (0, 0)
    assert found["states"] > FORKS


@pytest.mark.slow
def test_two_restarts_give_the_same_state_to_the_bit(own_campus: Server) -> None:
    pilot = own_campus.person("learner")
    session = pilot.begin("long-flight")
    line = pilot.seat(session)
    line.run(3600)
    flown_until(line, 2.0, random.Random(SEED))
    own_campus.kill()
    frames = []
    for _ in range(2):
        own_campus.start()
        frames.append(pilot.seat(session).frame())
        own_campus.kill()
    assert frames[0] == frames[1]


@pytest.mark.slow
def test_sigterm_drains(own_campus: Server) -> None:
    pilot = own_campus.person("learner")
    session = pilot.begin("long-flight")
    line = pilot.seat(session)
    line.run(600)
    shown = line.until(lambda m: m["type"] == "frame" and m["time"] > 60_000)["time"]
    own_campus.stop()
    with pytest.raises(ConnectionClosed):
        line.until(lambda m: False, timeout=5)
    found = row(own_campus, session)
    assert found["durable_time"] >= shown
    assert (found["running"], found["lease_owner"]) == (0, "")
    own_campus.start()
    again = pilot.seat(session)
    assert again.welcome["recovered"] is False
    assert again.frame()["time"] == found["durable_time"]


@pytest.mark.slow
def test_a_full_disk_refuses_acknowledgements_and_keeps_flying_possible(own_campus: Server) -> None:
    pilot = own_campus.person("learner")
    session = pilot.begin("long-flight")
    line = pilot.seat(session)
    assert line.command({"kind": "set_mode", "loop": "usp/br101/tic101", "mode": "manual"})["type"] == "ack"
    before = row(own_campus, session)["journal"]
    line.close()
    own_campus.stop()
    own_campus.start(CAMPUS_PAGES="1")
    full = pilot.seat(session)
    for n in range(400):  # the pages that exist have some room left
        refused = full.command({"kind": "set_mode", "loop": "usp/br101/tic101", "mode": "manual"}, id=f"full-{n:04d}")
        if refused["type"] == "refused":
            break
        time.sleep(0.11)
    assert (refused["type"], refused["code"]) == ("refused", "disk_full")
    assert row(own_campus, session)["journal"][:1] == before
    own_campus.stop()
    own_campus.start()
    line = pilot.seat(session)
    assert line.command({"kind": "set_mode", "loop": "usp/br101/tic101", "mode": "automatic"})["type"] == "ack"


@pytest.mark.slow
def test_a_second_process_cannot_serve_a_session_that_is_held(own_campus: Server) -> None:
    pilot = own_campus.person("learner")
    session = pilot.begin("long-flight")
    line = pilot.seat(session)
    second = Server(own_campus.folder)
    with second:
        beside = Person(second)
        beside.http.cookies.update(dict(pilot.http.cookies))
        socket = beside.connect(session)
        assert '"lease"' in socket.recv(timeout=30)
        socket.close()
        assert line.command({"kind": "set_mode", "loop": "usp/br101/tic101", "mode": "manual"})["type"] == "ack"


def test_the_fence_stops_a_writer_whose_lease_is_gone(prepared: Path, tmp_path: Path) -> None:
    (tmp_path / "campus.sqlite3").write_bytes(prepared.read_bytes())
    ran = subprocess.run([sys.executable, "-m", "tests.campus.fencing"], env=environment(tmp_path), cwd=ROOT,
                         capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == [[1, ""], [0, "lease"], [0, "not_allowed"], "held", 1]


def test_a_slow_reader_gets_fewer_frames_and_is_cut_before_memory_grows() -> None:
    import asyncio

    from campus.simulator.links import DEPTH, OVERFLOW, Link

    async def scene() -> None:
        link = Link(rights=Rights(seat=None, user_id=None, version=0, login=""), role="operator", language="fr",  # type: ignore[arg-type]
                    ready=True)
        for n in range(1000):
            link.show(b"frame %d" % n)
        assert await link.next() == [b"frame 999"]
        for n in range(DEPTH):
            link.tell(b"fact %d" % n)
        assert len(link.reliable) == DEPTH
        link.tell(b"one too many")
        assert link.close_code == OVERFLOW
        assert not link.reliable, "nothing waits for one who was cut off"
        assert await link.next() == []

    asyncio.run(scene())


def test_the_database_is_as_durable_as_promised(prepared: Path) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        modes = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert modes == ["wal", 2]


test_the_database_is_as_durable_as_promised = pytest.mark.django_db(test_the_database_is_as_durable_as_promised)
