"""Flying by socket and by the fallback: what is accepted, refused, told, and kept from a learner."""

from __future__ import annotations

import contextlib
import json
import re
import time
import uuid
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from campus.simulator import history, protocol
from tests.campus.server import Person, SeatLine, Server

MANUAL = {"kind": "set_mode", "loop": "usp/br101/tic101", "mode": "manual"}
_host = msgspec.json.Decoder(protocol.HostMessage)


@pytest.fixture(scope="module")
def pilot(campus: Server) -> Person:
    return campus.person("learner")


@pytest.fixture
def line(pilot: Person) -> Iterator[SeatLine]:
    line = pilot.seat(pilot.begin("long-flight"))
    yield line
    line.close()


def test_a_flight_runs_freezes_and_stands_still(line: SeatLine) -> None:
    line.run(60)
    first = line.frame()["time"]
    line.until(lambda m: m["type"] == "frame" and m["time"] > first)
    line.freeze()
    time.sleep(0.6)
    stands = [line.command(MANUAL)["time"], line.command({**MANUAL, "mode": "automatic"})["time"]]
    assert stands[0] == stands[1], "a frozen session does not move"


def test_every_message_is_of_the_schema(line: SeatLine) -> None:
    line.run(600)
    line.command(MANUAL)
    for _ in range(3):
        line.frame()
    for message in line.told:
        _host.decode(json.dumps(message))


def test_a_command_is_applied_once_however_often_it_is_sent(line: SeatLine) -> None:
    first = line.command(MANUAL, id="the-same-id-1")
    again = line.command(MANUAL, id="the-same-id-1")
    assert first == again
    assert line.command({**MANUAL, "mode": "automatic"})["number"] == first["number"] + 1


def test_commands_take_effect_while_frozen(line: SeatLine) -> None:
    assert line.frame()["loops"][0][0] != 0
    line.command(MANUAL)
    assert line.seen(lambda m: m["type"] == "frame" and m["loops"][0][0] == 0)["time"] == 0


@pytest.mark.parametrize(("command", "words"), [
    ({"kind": "set_mode", "loop": "usp/br101/nowhere", "mode": "manual"}, "nowhere"),
    ({"kind": "set_setpoint", "loop": "usp/br101/tic101", "value": 1e9}, "tic101|value|range"),
    ({"kind": "set_setpoint", "loop": "usp/br101/tic101", "value": "hot"}, "value"),
    ({"kind": "set_mode", "loop": "usp/br101/tic101", "mode": "sideways"}, "mode"),
    ({"kind": "explode"}, "explode|kind"),
    ({"kind": "take_sample", "analysers": []}, "analysers"),
])
def test_a_wrong_command_is_refused_and_changes_nothing(line: SeatLine, command: dict[str, Any], words: str) -> None:
    before = line.frame()
    answer = line.command(command)
    assert (answer["type"], answer["code"]) == ("refused", "input_invalid")
    assert re.search(words, answer["text"]), answer["text"]
    assert line.command(MANUAL)["number"] == 1, "nothing was journaled before"
    assert before["time"] == 0


@pytest.mark.parametrize(("text", "code"), [
    ("{", "malformed"), ("[]", "malformed"), ("null", "malformed"), ('{"type":"dance"}', "unknown_type"),
    ('{"type":"hello","version":1,"after":-1}', "malformed"),
    ('{"type":"run","id":"abc","speed":60}', "malformed"),
    ('{"type":"run","id":"abcdefgh1","speed":NaN}', "malformed"),
    ('{"a":' * 3000 + "1" + "}" * 3000, "malformed"),
    ('{"type":"freeze","id":"' + "x" * 70_000 + '"}', "too_large"),
])
def test_a_wrong_message_is_answered_and_changes_nothing(line: SeatLine, text: str, code: str) -> None:
    line.socket.send(text)
    answer = line.until(lambda m: m["type"] == "error")
    assert answer["code"] == code
    assert answer["text"]
    assert line.freeze()["type"] == "ack"


def test_a_message_of_ten_megabytes_ends_the_connection_and_changes_nothing(pilot: Person) -> None:
    session = pilot.begin("long-flight")
    line = pilot.seat(session)
    with contextlib.suppress(ConnectionClosed):
        line.socket.send("x" * 10_000_000)
    with pytest.raises(ConnectionClosed) as caught:
        line.until(lambda m: False, timeout=10)
    told = caught.value.rcvd  # the network may drop it: the server closes while the rest is still on its way
    assert told is None or told.code == 1009
    again = pilot.seat(session)
    assert again.command(MANUAL)["number"] == 1
    again.close()


def test_a_message_over_the_limit_is_refused_on_the_fallback_too(pilot: Person) -> None:
    session = pilot.begin("long-flight")
    headers = {"X-CSRFToken": pilot.token(), "Origin": pilot.server.base, "Content-Type": "application/json"}
    for size in (70_000, 10_000_000):
        answer = pilot.http.post(f"/sessions/{session}/messages", content=b'"' + b"x" * size + b'"', headers=headers)
        assert answer.json()[0]["code"] == "too_large"


def test_nothing_counts_before_hello(pilot: Person) -> None:
    socket = pilot.connect(pilot.begin("long-flight"))
    socket.send(json.dumps({"type": "command", "id": "abcdefgh", "input": MANUAL}))
    assert json.loads(socket.recv(timeout=30))["code"] == "hello_first"
    socket.close()


@pytest.mark.parametrize("origin", [None, "http://evil.example", "http://127.0.0.1:1", "null"])
def test_another_origin_cannot_open_a_socket(pilot: Person, origin: str | None) -> None:
    session = pilot.begin("long-flight")
    with pytest.raises(InvalidStatus) as caught:
        pilot.connect(session, origin=origin)
    assert caught.value.response.status_code == 403


def turned_away(person: Person, session: str) -> str:
    socket = person.connect(session)
    message = json.loads(socket.recv(timeout=30))
    with pytest.raises(ConnectionClosed):
        socket.recv(timeout=10)
    return str(message["code"])


def test_somebody_elses_session_is_closed_on_every_way(campus: Server, pilot: Person) -> None:
    session = pilot.begin("long-flight")
    for stranger in (campus.person("other"), campus.person()):
        assert turned_away(stranger, session) == "not_yours"
        for path in ("history?tags=usp/br101/tt101", "history.csv", "facts", "frames", "debrief.json",
                     "debrief/history"):
            assert stranger.http.get(f"/sessions/{session}/{path}").status_code == 404
        sent = stranger.http.post(f"/sessions/{session}/messages", content=b"{}",
                                  headers={"X-CSRFToken": stranger.token(), "Origin": stranger.server.base})
        assert sent.status_code == 404
    assert turned_away(pilot, str(uuid.uuid4())) == "not_yours"


def test_an_instructor_sits_beside_and_alone_may_inject(campus: Server, pilot: Person) -> None:
    session = pilot.begin("long-flight")
    line, station = pilot.seat(session), campus.person("instructor").seat(session)
    inject = {"kind": "inject_malfunction", "malfunction": "usp/br101/at103.drifting", "severity": 0.5}
    assert (line.welcome["may_instruct"], station.welcome["may_instruct"]) == (False, True)
    assert line.command(inject)["code"] == "not_allowed"
    assert station.command(inject)["type"] == "ack"
    line.close()
    station.close()


def test_a_seat_that_hurries_is_held_back_then_cut_off(pilot: Person) -> None:
    line = pilot.seat(pilot.begin("long-flight"))
    for n in range(200):
        try:
            line.say({"type": "freeze", "id": f"hurried-{n:04d}"})
        except ConnectionClosed:
            break
    refused = line.until(lambda m: m["type"] == "refused")
    assert refused["code"] == "too_fast"
    with pytest.raises(ConnectionClosed):
        line.until(lambda m: False, timeout=10)


def test_signing_out_closes_the_socket_within_a_second(campus: Server) -> None:
    person = campus.person("author")
    line = person.seat(person.begin("long-flight"))
    person.post("/sign-out/")
    left = time.monotonic()
    with pytest.raises(ConnectionClosed) as caught:
        line.until(lambda m: False, timeout=5)
    assert time.monotonic() - left < 1.5
    assert caught.value.rcvd is not None
    assert caught.value.rcvd.code == 4401


def test_who_comes_back_misses_nothing_and_gets_nothing_twice(pilot: Person) -> None:
    session = pilot.begin("long-flight")
    line = pilot.seat(session)
    line.command(MANUAL)
    last = max(m["seq"] for m in line.told if m["type"] in ("fact", "clock"))
    line.close()
    again = pilot.seat(session, after=last - 1)
    line.close()
    again.freeze()
    again.run(60)
    news = [m["seq"] for m in again.told if m["type"] in ("fact", "clock")]
    assert news == list(range(last, last + len(news)))
    first = pilot.http.get(f"/sessions/{session}/facts?after=0").json()["messages"]
    assert [m["seq"] for m in first] == list(range(1, len(first) + 1))
    again.close()


def test_metrics_and_health_tell_how_the_host_is(campus: Server, line: SeatLine) -> None:
    line.run(60)
    line.command(MANUAL)
    line.frame()
    assert campus.person().http.get("/livez").text == "ok\n"
    ready = campus.person().http.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert set(ready.json()["checks"]) >= {"database", "content", "session_host", "demo_people"}
    rows = [row for row in campus.person().http.get("/metrics").text.splitlines() if not row.startswith("#")]
    told = {name: float(value) for name, value in (row.split() for row in rows)}
    assert told["campus_sessions_running"] >= 1
    assert told["campus_seats_connected"] >= 1
    assert told["campus_journal_entries_total"] >= 1
    assert told["campus_slices_total"] >= 1
    assert 0 <= told["campus_tick_lag_seconds"] < 5
    assert 0 < told["campus_journal_lag_seconds"] < 5
    assert told["campus_sessions_failed"] == 0


def test_until_a_time_stops_at_that_time(line: SeatLine) -> None:
    line.run(3600, until="time", until_time=600_000)
    stopped = line.until(lambda m: m["type"] == "clock" and not m["running"])
    assert stopped["reason"] == "until"
    assert 590_000 < stopped["time"] <= 600_000


def test_a_question_slows_the_clock_and_says_why(pilot: Person) -> None:
    line = pilot.seat(pilot.begin("asked-flight"))
    line.run(3600)
    slowed = line.until(lambda m: m["type"] == "clock" and m["reason"] == "decision")
    assert (slowed["running"], slowed["speed"]) == (True, 1.0)
    opened = line.seen(lambda m: m["type"] == "fact" and m["fact"]["kind"] == "decision_opened")
    assert opened["fact"]["time"] == slowed["time"] == 1_200_000, "it slows at the very tick of the question"
    assert line.command({"kind": "answer", "question": "first", "choice": "wait"})["type"] == "ack"
    line.run(3600, until="decision")
    line.until(lambda m: m["type"] == "frame" and m["time"] > 2_400_000)
    line.close()


def test_a_command_applies_at_the_tick_that_is_due_when_it_is_given(line: SeatLine) -> None:
    """However rarely its session's turn comes: at x3600 a turn is a quarter of an hour."""
    line.run(3600)
    begun = time.monotonic()
    for n in range(20):
        time.sleep(0.05)
        sent = time.monotonic()
        answer = line.command({**MANUAL, "mode": "manual" if n % 2 else "automatic"})
        given, answered = (sent - begun) * 3_600_000, (time.monotonic() - begun) * 3_600_000
        assert given - 400_000 <= answer["time"] <= answered + 60_000


def test_a_proxy_that_breaks_sockets_can_be_flown_through(pilot: Person) -> None:
    session = pilot.begin("long-flight")
    base = f"/sessions/{session}/"
    opening = pilot.http.get(f"{base}frames?after=0&wait=0").json()["messages"]
    assert [m["type"] for m in opening] == ["welcome", "frame"]
    headers = {"X-CSRFToken": pilot.token(), "Origin": pilot.server.base}

    def say(message: dict[str, Any]) -> Any:
        return pilot.http.post(f"{base}messages", json=message, headers=headers).json()

    assert say({"type": "command", "id": "fallback-1", "input": MANUAL})[0]["type"] == "ack"
    assert say({"type": "run", "id": "fallback-2", "speed": 60})[0]["type"] == "ack"
    seen = pilot.http.get(f"{base}frames?after=0&wait=5000").json()["messages"]
    assert {"clock", "fact"} <= {m["type"] for m in seen}
    later = pilot.http.get(f"{base}frames?after={seen[-2]['seq']}&wait=5000").json()["messages"]
    assert later[-1]["type"] == "frame"
    assert say({"type": "nonsense"})[0]["code"] == "unknown_type"
    without = pilot.http.post(f"{base}messages", json={"type": "freeze", "id": "fallback-3"})
    assert without.status_code == 403


def test_history_is_binary_columns_and_csv(line: SeatLine, pilot: Person) -> None:
    session = line.welcome["session"]
    line.run(3600)
    line.until(lambda m: m["type"] == "frame" and m["time"] > 1_200_000)
    line.freeze()
    query = "tags=usp/br101/tt101,usp/br101/tic101.setpoint&from=0&to=1200000&buckets=10"
    tags, (times, low, high) = history.parsed(pilot.http.get(f"/sessions/{session}/history?{query}").content)
    assert tags == ["usp/br101/tt101", "usp/br101/tic101.setpoint"]
    assert 2 <= times.size <= 10
    assert (low <= high).all()
    assert ((low[0] > 300) & (high[0] < 320)).all()
    table = pilot.http.get(f"/sessions/{session}/history.csv?{query}").text.splitlines()
    assert table[0].split(",")[0] == "time_s"
    assert len(table) > times.size
    for wrong in ("tags=usp/br101/vessel.titre", "tags=", "tags=usp/br101/tt101&from=x",
                  "tags=usp/br101/tt101&from=5&to=1"):
        assert pilot.http.get(f"/sessions/{session}/history?{wrong}").status_code == 400


# --- the truth wall ---------------------------------------------------------------------------------------------------


def true_names() -> set[str]:
    """Everything that only the truth knows by name: signals that no instrument shows, and malfunctions."""
    from campus.catalogue.selectors import console_of, scenario

    plant = scenario("open-flight").plant
    hidden = {address for address, signal in plant.signals.items() if not signal.observed}
    shown = {plant.address(tag) for tag in plant.unit.instruments} | {plant.address(loop) for loop in plant.unit.loops}
    shown |= {output.address for loop in console_of("open-flight", "fr").loops for output in loop.outputs}
    return (hidden | set(plant.malfunctions)) - shown


def test_nothing_true_reaches_a_learner_before_the_flight_is_over(campus: Server) -> None:
    visitor = campus.person()
    session = visitor.begin("open-flight")
    page = visitor.http.get(f"/sessions/{session}/").text
    line = visitor.seat(session)
    line.run(600)
    line.command({"kind": "take_sample", "analysers": ["usp/br101/blood_gas"]})
    line.until(lambda m: m["type"] == "frame" and m["time"] > 1_800_000)
    line.freeze()
    told = "\n".join(json.dumps(message) for message in line.told)
    facts = visitor.http.get(f"/sessions/{session}/facts?after=0").text
    names = true_names()
    assert len(names) > 100
    for text in (page, told, facts):
        words = set(re.findall(r"[a-z0-9_/]+/[a-z0-9_./]+", text))
        assert words & names == set()
        assert "malfunction_changed" not in text
        assert '"hidden"' not in text
        assert "biased" not in text
    for name in sorted(names)[:50]:
        assert visitor.http.get(f"/sessions/{session}/history?tags={name}").status_code == 400
    assert visitor.http.get(f"/sessions/{session}/debrief.json").status_code == 404
    assert visitor.http.get(f"/sessions/{session}/debrief/history?run=truth&tags=usp/br101/at103").status_code == 404
    line.close()


@pytest.mark.slow
def test_a_debrief_tells_the_truth_and_ends_the_flight(campus: Server) -> None:
    visitor = campus.person()
    session = visitor.begin("open-flight")
    line = visitor.seat(session)
    line.run(3600)
    line.until(lambda m: m["type"] == "frame" and m["time"] > 3_000_000)
    assert visitor.post(f"/sessions/{session}/end").status_code == 302
    for _ in range(60):
        answer = visitor.http.get(f"/sessions/{session}/debrief.json")
        if answer.status_code != 202:
            break
        time.sleep(1)
    assert answer.status_code == 200, answer.text[:300]
    document = answer.json()
    mine = document["runs"][0]
    assert [run["run"] for run in document["runs"]] == ["mine", "nothing", "reference"]
    assert any(fact["kind"] == "malfunction_changed" for fact in mine["facts"])
    query = "tags=usp/br101/at103&from=0&to=99999999&buckets=50"
    tags, (times, low, _high) = history.parsed(
        visitor.http.get(f"/sessions/{session}/debrief/history?run=mine&{query}").content)
    _tags, (_times, truth, _top) = history.parsed(
        visitor.http.get(f"/sessions/{session}/debrief/history?run=truth&{query}").content)
    assert tags == ["usp/br101/at103"]
    assert times.size > 10
    assert np.abs(truth[0, -1] - low[0, -1]) > 0.02, "the drift of the probe shows"
    assert turned_away_or_over(visitor, session)
    branch = visitor.post(f"/sessions/{session}/branch", time=str(document["end"] // 2))
    again = visitor.seat(branch.headers["Location"].split("/")[2])
    assert again.frame()["time"] == pytest.approx(document["end"] // 2, abs=60_000)
    again.close()


def turned_away_or_over(visitor: Person, session: str) -> bool:
    line = visitor.seat(session)
    refused = line.command(MANUAL)
    line.close()
    return (refused["type"], refused["code"]) == ("refused", "ended")
