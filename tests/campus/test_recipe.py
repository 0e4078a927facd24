"""A recipe in the seat's hand over the wire: what slows the clock, what stops it, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.campus.server import SeatLine, Server


def told(line: SeatLine, kind: str) -> dict[str, Any]:
    """The first fact of a kind that the seat hears of."""
    fact: dict[str, Any] = line.seen(lambda m: m["type"] == "fact" and m["fact"]["kind"] == kind)["fact"]
    return fact


@pytest.mark.parametrize(("until", "reason", "clock"), [
    ("", "ready", (True, 1.0)), ("phase", "until", (False, 3600.0))], ids=["slowed", "stopped"])
def test_a_phase_that_waits_slows_the_clock_and_stops_who_runs_until_a_phase(
    campus: Server, until: str, reason: str, clock: tuple[bool, float]
) -> None:
    """At the very tick. A held recipe refuses the start; restarted, it begins what is ready."""
    pilot = campus.person("learner")
    line = pilot.seat(pilot.begin("short-hold"))
    assert line.command({"kind": "set_recipe_mode", "mode": "semi_automatic"})["type"] == "ack"
    line.run(3600, until=until)
    slowed = line.until(lambda m: m["type"] == "clock" and m["reason"] == reason)
    assert (slowed["running"], slowed["speed"]) == clock
    ready = told(line, "phase_ready")
    assert ready["time"] == slowed["time"]
    line.freeze()
    start = {"kind": "start_phase", "phase": ready["subject"].rpartition("/")[2]}
    for command in ({"kind": "hold_recipe"}, start, {"kind": "restart_recipe"}, start):
        assert line.command(command)["type"] == "ack"
    assert line.seen(lambda m: m["type"] == "frame" and m["recipe_held"])["recipe_mode"] == 1
    assert told(line, "input_refused")["detail"]["reason"] == "recipe_held"
    assert told(line, "phase_started")["subject"] == ready["subject"]
    line.close()


def test_who_ends_a_flight_with_the_recipe_in_hand_is_told_that_it_waits(campus: Server) -> None:
    pilot = campus.person("learner")
    session = pilot.begin("short-hold")
    line = pilot.seat(session)
    warned = []
    for command in ({"kind": "set_recipe_mode", "mode": "semi_automatic"}, {"kind": "hold_recipe"},
                    {"kind": "set_recipe_mode", "mode": "automatic"}, {"kind": "restart_recipe"}):
        assert line.command(command)["type"] == "ack"
        warned.append("personne ne lancera sa phase suivante" in pilot.http.get(f"/sessions/{session}/debrief/").text)
    assert warned == [True, True, True, False]
    line.close()
