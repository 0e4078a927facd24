"""A writer that loses its lease, in a process and a database of its own; prints what became of each line."""

from __future__ import annotations

import json

import django

django.setup()

from campus.simulator import services  # noqa: E402
from campus.simulator.journal import Line, Outcome, Pen, Rights, Writer  # noqa: E402
from campus.simulator.models import JournalEntry  # noqa: E402
from campus.simulator.policies import Visitor  # noqa: E402


def main() -> None:
    session = services.begin(visitor=Visitor(None, "key", frozenset()), slug="open-flight")
    seat = session.seats.get()
    first = services.take_lease(session_id=session.pk, owner="elsewhere/1/a", seconds=0.0)
    outcomes: list[tuple[Line, Outcome]] = []
    writer = Writer(outcomes.extend, lambda checkpoints, lost, refusal: None)
    writer.start()
    pen, rights = Pen(session.pk, first.lease_number, 1), Rights(seat.pk, None, 0, "")
    writer.append(Line(pen, rights, "command-1", 0, "{}"))
    writer.flush()
    second = services.take_lease(session_id=session.pk, owner="elsewhere/2/b", seconds=60.0)
    writer.append(Line(pen, rights, "command-2", 0, "{}"))
    writer.flush()
    try:
        services.take_lease(session_id=session.pk, owner="elsewhere/3/c", seconds=60.0)
        held = "taken"
    except services.LeaseHeld:
        held = "held"
    session.seats.update(withdrawn=session.created)
    writer.append(Line(Pen(session.pk, second.lease_number, 2), rights, "command-3", 0, "{}"))
    writer.drain()
    told = [[outcome.number, outcome.refusal] for _line, outcome in outcomes]
    print(json.dumps([*told, held, JournalEntry.objects.filter(session=session).count()]))


if __name__ == "__main__":
    main()
