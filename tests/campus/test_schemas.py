"""What was written by another build: brought up to date, shown from its records, or refused in clear words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from websockets.exceptions import ConnectionClosed

from campus.simulator import schemas, selectors
from campus.simulator.models import JournalEntry
from tests.campus.server import Person, Server

MANUAL = {"kind": "set_mode", "loop": "usp/br101/tic101", "mode": "manual"}
INJECT = {"kind": "inject_malfunction", "malfunction": "usp/br101/at103.drifting", "severity": 0.5}


@contextmanager
def database(server: Server) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(server.folder / "campus.sqlite3", timeout=20)
    with connection:
        yield connection
    connection.close()


def turned_away(person: Person, session: str) -> dict[str, str]:
    """The one message that a line gets before it is closed."""
    socket = person.connect(session)
    message: dict[str, str] = json.loads(socket.recv(timeout=30))
    with pytest.raises(ConnectionClosed):
        socket.recv(timeout=10)
    return message


def test_an_older_entry_is_read_in_todays_shape_and_stays_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    written = '{"kind":"set_mode","loop":"usp/br101/tic101","manual":true}'
    row = JournalEntry(number=7, time=1_000, seat="s", schema=1, body=written)

    def mode_in_words(body: dict[str, object]) -> dict[str, object]:
        return {**{key: value for key, value in body.items() if key != "manual"}, "mode": "manual"}

    def loops_have_long_names(body: dict[str, object]) -> dict[str, object]:
        return {**body, "loop": str(body["loop"]).replace("tic", "temperature")}

    monkeypatch.setitem(schemas.CURRENT, "journal", 3)
    monkeypatch.setitem(schemas.UPGRADES, "journal", {1: mode_in_words, 2: loops_have_long_names})
    entry = selectors.entry_of(row)
    assert (entry.input.loop, entry.input.mode) == ("usp/br101/temperature101", "manual")  # type: ignore[union-attr]
    assert row.body == written


def test_every_older_schema_has_its_upgrade() -> None:
    for kind, current in schemas.CURRENT.items():
        assert sorted(schemas.UPGRADES[kind]) == list(range(1, current)), kind


def test_a_newer_entry_is_refused_in_clear_words(campus: Server) -> None:
    pilot = campus.person("learner")
    session = pilot.begin("long-flight")
    with database(campus) as connection:
        connection.execute(
            "INSERT INTO simulator_journalentry (session_id, number, time, seat, command, schema, body, written)"
            " VALUES (?, 1, 0, 's', 'from-the-future', 99, ?, '2030-01-01')", [session.replace("-", ""), "{}"])
    told = turned_away(pilot, session)
    assert told["code"] == "newer_schema"
    assert pilot.http.get(f"/sessions/{session}/frames").json()["code"] == "newer_schema"
    with database(campus) as connection:
        kept = connection.execute("SELECT body FROM simulator_journalentry WHERE schema = 99").fetchall()
    assert kept == [("{}",)]


def test_a_page_that_speaks_another_protocol_is_told_so(campus: Server) -> None:
    pilot = campus.person("learner")
    socket = pilot.connect(pilot.begin("long-flight"))
    socket.send(json.dumps({"type": "hello", "version": 99}))
    assert json.loads(socket.recv(timeout=30))["code"] == "version"
    with pytest.raises(ConnectionClosed):
        socket.recv(timeout=10)


@pytest.mark.slow
def test_a_flight_of_another_build_is_read_not_flown(own_campus: Server) -> None:
    pilot = own_campus.person("learner")
    session = pilot.begin("long-flight")
    line = pilot.seat(session)
    line.command(MANUAL)
    own_campus.person("instructor").seat(session).command(INJECT)
    line.run(3600)
    line.until(lambda m: m["type"] == "frame" and m["time"] > 1_800_000)
    own_campus.stop()
    with database(own_campus) as connection:
        connection.execute("UPDATE simulator_simulatorsession SET engine = 'an older build'")
    own_campus.start()
    assert turned_away(pilot, session)["code"] == "engine_mismatch"
    page = pilot.http.get(f"/sessions/{session}/").text
    assert "cbd-cockpit" not in page
    assert "an older bui" in page
    before = pilot.http.get(f"/sessions/{session}/records.json").json()
    assert [entry["input"] for entry in before["journal"]] == [MANUAL]
    assert not [fact for fact in before["facts"] if fact["kind"] == "malfunction_changed"], "still behind the wall"
    assert own_campus.person("other").http.get(f"/sessions/{session}/records.json").status_code == 404
    assert pilot.post(f"/sessions/{session}/end").status_code == 302
    ended = pilot.http.get(f"/sessions/{session}/debrief/").text
    assert "cbd-debrief" not in ended
    after = pilot.http.get(f"/sessions/{session}/records.json").json()
    assert [fact for fact in after["facts"] if fact["kind"] == "malfunction_changed"]
    assert [entry["input"]["kind"] for entry in after["journal"]] == ["set_mode", "inject_malfunction"]
    table = pilot.http.get(f"/sessions/{session}/debrief/history.csv?run=mine&tags=usp/br101/tt101").text.splitlines()
    assert len(table) > 10
    assert pilot.http.get(f"/sessions/{session}/debrief.json").json()["code"] == "engine_mismatch"
