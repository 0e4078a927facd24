"""A debrief document in the campus's own structs, for looking at the debrief island alone. A test tool."""

from __future__ import annotations

from typing import Any

import msgspec
from fixture import CELLS, DAY, HOUR, ROWS, U, document

from biotwin.session.facts import Fact
from biotwin.session.inputs import AcknowledgeAlarm, Entry, SetSetpoint, TakeSample
from biotwin.views.console import Format
from campus.simulator import debrief_document as d


def debrief(session: Any, language: str) -> Any:
    en = language == "en"
    share = Format("%", 100.0, 0.0, 1)
    goals = (
        d.Goal(
            "viability", "Viability at harvest" if en else "Viabilité à la récolte", "product", 2.0, 0.95, 0.7, share
        ),
        d.Goal("cells", "Viable cells" if en else "Cellules viables", "product", 1.0, 1.6e13, 8e12, CELLS),
        d.Goal(
            "low",
            "Time below 10 % dissolved oxygen" if en else "Temps sous 10 % de pO₂",
            "safety",
            2.0,
            0.0,
            3600.0,
            Format("min", 1 / 60, 0.0, 0),
        ),
    )
    facts = tuple(m.fact for m in session.reliable if hasattr(m, "fact"))
    hidden = Fact(5 * DAY + 14 * HOUR, "malfunction_changed", U + "sparger_fouled", 0.8, {}, True)
    raised = [Fact(n * 20 * HOUR + 7 * HOUR, kind, U + "at102/high") for n in range(5) for kind in ("alarm_raised",)]
    returned = [Fact(one.time + 2 * HOUR, "alarm_returned", one.subject) for one in raised]
    told = tuple(sorted([*facts, hidden, *raised, *returned], key=lambda one: one.time))

    def run(name: str, score: float, cost: float, marks: list[tuple[float, float]]) -> d.Run:
        return d.Run(
            name,
            score,
            cost,
            7 * DAY,
            tuple(d.GoalMark(g.slug, v, s) for g, (v, s) in zip(goals, marks, strict=True)),
            told if name == "mine" else (),
        )

    journal = (
        Entry(1, DAY + 3 * HOUR, "operator", SetSetpoint(U + "tic101", 310.15)),
        Entry(2, 3 * DAY + 2 * HOUR, "operator", TakeSample(("lab/cells",))),
        Entry(3, 5 * DAY + 14 * HOUR + 30 * 60_000, "operator", AcknowledgeAlarm(U + "at103/low")),
        Entry(4, 5 * DAY + 15 * HOUR, "operator", SetSetpoint(U + "aic103", 0.45)),
    )
    question = d.Question(
        "why_low",
        document(language).questions[0].text,
        tuple(
            d.Answer(
                one.slug,
                one.title,
                n == 1,
                "Oxygen demand exceeds what the sparger gives."
                if en
                else "La demande dépasse ce que le diffuseur donne.",
            )
            for n, one in enumerate(document(language).questions[0].choices)
        ),
    )
    truth = tuple(
        d.TrueSignal(U + row[0], row[3] if en else row[2], U + row[0], document(language).instruments[n].format)
        for n, row in enumerate(ROWS)
    )
    found = d.Debrief(
        1,
        "second_breath",
        0,
        7 * DAY,
        goals,
        (
            run("mine", 0.78, 5230.0, [(0.94, 0.96), (1.41e13, 0.76), (840.0, 0.77)]),
            run("nothing", 0.31, 4100.0, [(0.81, 0.44), (9.8e12, 0.23), (5400.0, 0.0)]),
            run("reference", 0.97, 4900.0, [(0.962, 1.0), (1.55e13, 0.94), (0.0, 1.0)]),
        ),
        journal,
        truth,
        (),
        (question,),
    )
    return msgspec.to_builtins(found)
