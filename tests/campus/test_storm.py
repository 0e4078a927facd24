"""Sockets in bad weather: anything may be sent, nobody need read; what is not a command changes nothing."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from campus.simulator import protocol
from campus.simulator.consumer import understood
from campus.simulator.links import DEPTH
from tests.campus.conftest import fresh
from tests.campus.server import Person, SeatLine, Server

FLOOD = 40_000
LOOP = "usp/br101/tic101"
VALID = [
    {"type": "hello", "version": 1, "after": 0},
    {"type": "command", "id": "valid-id-1", "input": {"kind": "set_mode", "loop": LOOP, "mode": "manual"}},
    {"type": "command", "id": "valid-id-2", "input": {"kind": "set_setpoint", "loop": LOOP, "value": 310}},
    {"type": "freeze", "id": "valid-id-3"},
    {"type": "run", "id": "valid-id-4", "speed": 60, "until": "time", "until_time": 5},
]
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
anything = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4)
                        | st.dictionaries(st.text(max_size=12), inner, max_size=4), max_leaves=20)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A valid message with one of its fields removed, renamed or replaced, at any depth."""
    message: Any = json.loads(json.dumps(draw(st.sampled_from(VALID))))
    place = message["input"] if "input" in message and draw(st.booleans()) else message
    key = draw(st.sampled_from(sorted(place)))
    value = place.pop(key)
    how = draw(st.sampled_from(["remove", "rename", "replace"]))
    if how == "rename":
        place[key + draw(st.text(min_size=1, max_size=3))] = value
    elif how == "replace":
        place[key] = draw(anything.filter(lambda other: other != value))
    return json.dumps(message)


texts = st.one_of(st.text(max_size=200), anything.map(json.dumps), spoilt(),
                  st.sampled_from(VALID).map(lambda m: json.dumps(m)[:-3]), st.just("[" * 5_000))


def is_refused(text: str) -> bool:
    return isinstance(understood(text.encode("utf-8", "surrogatepass"), "en"), (protocol.Failure, protocol.Refused))


# Another test's thread may draw from the global ``random`` meanwhile, and Hypothesis would blame the strategies.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@settings(max_examples=1_500, deadline=None)
@given(text=texts)
def test_whatever_arrives_is_understood_or_answered(text: str) -> None:
    """No input raises; what is answered has a stable code and words."""
    answer = understood(text.encode("utf-8", "surrogatepass"), "fr")
    if isinstance(answer, (protocol.Failure, protocol.Refused)):
        assert answer.code in {"malformed", "unknown_type", "input_invalid", "too_large"}
        assert len(answer.text) > 20
    else:
        assert isinstance(answer, (protocol.Hello, protocol.Command, protocol.Freeze, protocol.Run))


@pytest.fixture(scope="module")
def calm(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that does not limit the rate, so that the weather is as bad as can be."""
    folder = tmp_path_factory.mktemp("storm")
    server = fresh(prepared, folder)
    server.start(CAMPUS_COMMANDS_PER_S="1000000", CAMPUS_COMMANDS_BURST="1000000", CAMPUS_ANONYMOUS_SESSIONS="3",
                 CAMPUS_ANONYMOUS_PER_ADDRESS="3")
    yield server
    for close in server.opened:
        close()
    server.stop()


@pytest.fixture(scope="module")
def frozen(calm: Server) -> SeatLine:
    pilot = calm.person("learner")
    line = pilot.seat(pilot.begin("long-flight"))
    line.frame()
    return line


@pytest.mark.slow
def test_bad_messages_on_a_real_socket_change_nothing(calm: Server, frozen: SeatLine) -> None:
    @settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
    @given(text=texts.filter(is_refused).filter(lambda text: not any(0xD800 <= ord(c) < 0xE000 for c in text)))
    def storm(text: str) -> None:
        frozen.told.clear()
        frozen.socket.send(text)
        fence = frozen.freeze()
        answers = [m for m in frozen.told if m["type"] in ("error", "refused")]
        assert len(answers) == 1, text
        assert fence == {"type": "ack", "id": fence["id"], "number": 0, "time": 0}
        assert not [m for m in frozen.told if m["type"] in ("fact", "clock", "frame")], "nothing moved"

    storm()
    first = frozen.command({"kind": "set_mode", "loop": "usp/br101/tic101", "mode": "manual"})
    assert (first["type"], first["number"]) == ("ack", 1), "nothing was journaled before"


def memory(server: Server) -> float:
    """Megabytes that the server holds."""
    assert server.process is not None
    rows = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(float(row.split()[1]) / 1024 for row in rows if row.startswith("VmRSS"))


def deaf(person: Person, session: str) -> Any:
    """A connection whose owner says hello and then reads nothing; its side of the network holds next to nothing."""
    plug = socket.socket()
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    plug.connect(("127.0.0.1", person.server.port))
    line = connect(f"ws://127.0.0.1:{person.server.port}/sessions/{session}/socket", sock=plug, compression=None,
                   additional_headers={"Cookie": person.cookies()}, origin=person.server.base, max_queue=1,  # type: ignore[arg-type]
                   ping_interval=None, proxy=None, max_size=2**24).__enter__()
    line.send(json.dumps({"type": "hello", "version": 1}))
    return line


@pytest.mark.slow
@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="reads the server's memory from /proc")
def test_who_does_not_read_is_cut_off_and_costs_no_memory(calm: Server) -> None:
    pilot = calm.person("learner")
    session = pilot.begin("long-flight")
    line, slow = pilot.seat(session), deaf(calm.person("instructor"), session)
    before, news = memory(calm), 0
    for n in range(FLOOD // 100):
        for k in range(100):
            line.say({"type": "run", "id": f"flood-{n:04d}-{k:02d}", "speed": 1 + (k % 2)})
        line.told.clear()
        line.until(lambda m, n=n: m.get("id") == f"flood-{n:04d}-99")  # type: ignore[misc]
        news += sum(m["type"] == "clock" for m in line.told)
    line.freeze()
    assert news > DEPTH * 10
    assert memory(calm) - before < 60.0
    seats = httpx.get(f"{calm.base}/metrics").text
    assert "\ncampus_seats_connected 2\n" in seats, "the deaf seat has left, although it did not listen to that either"
    heard = 0
    with suppress(ConnectionClosed):
        for message in slow:
            heard += '"clock"' in message
    assert 0 < heard < news


@pytest.mark.slow
def test_who_was_cut_off_comes_back_without_a_gap(calm: Server) -> None:
    pilot = calm.person("learner")
    session = pilot.begin("long-flight")
    line = pilot.seat(session)
    for _ in range(30):
        line.run(60)
        line.freeze()
    last = max(m["seq"] for m in line.told if m["type"] == "clock")
    again = pilot.seat(session, after=3)
    again.until(lambda m: m["type"] == "frame")
    assert [m["seq"] for m in again.told if m["type"] in ("clock", "fact")][:last - 3] == list(range(4, last + 1))


@pytest.mark.slow
def test_discovery_flights_are_capped_for_everyone_together(calm: Server) -> None:
    seen = [calm.person().post("/fly/open-flight/") for _ in range(4)]
    assert [answer.status_code for answer in seen] == [302, 302, 302, 503]
    assert calm.person("learner").post("/fly/open-flight/").status_code == 302, "who has an account is not counted"
    with sqlite3.connect(calm.folder / "campus.sqlite3") as connection:
        kept = connection.execute("SELECT DISTINCT address FROM simulator_simulatorsession WHERE owner_id IS NULL")
        assert "127.0.0.1" not in {row[0] for row in kept}, "addresses are kept as hashes only"
    connection.close()
    assert uuid.UUID(seen[0].headers["Location"].split("/")[2])
