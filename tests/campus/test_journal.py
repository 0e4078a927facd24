"""A seat's own actions, read back in any browser of the person who did them, and by nobody else."""

from __future__ import annotations

from tests.campus.server import Server

MANUAL = {"kind": "set_mode", "loop": "usp/br101/tic101", "mode": "manual"}


def test_my_actions_are_known_in_another_browser_and_to_nobody_else(campus: Server) -> None:
    pilot = campus.person("learner")
    session = pilot.begin("long-flight")
    line = pilot.seat(session)
    answers = [line.command(MANUAL), line.command({**MANUAL, "mode": "automatic"})]
    line.close()
    kept = campus.person("learner").http.get(f"/sessions/{session}/journal").json()
    assert [(one["number"], one["time"], one["input"]["mode"]) for one in kept] == [
        (answer["number"], answer["time"], mode) for answer, mode in zip(answers, ("manual", "automatic"), strict=True)]
    assert campus.person().http.get(f"/sessions/{session}/journal").status_code == 404
    seen = campus.person("instructor").http.get(f"/sessions/{session}/journal")
    assert (seen.status_code, seen.json()) == (200, [])
