"""Bringing a session into memory: take its lease, check its engine, re-fly its journal to the durable tick."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection

from biotwin.errors import EngineMismatch
from biotwin.session.engine import engine_digest, platform_fingerprint
from campus.catalogue import selectors as catalogue
from campus.simulator import protocol, selectors, services
from campus.simulator.checkpoints import Frozen
from campus.simulator.journal import Pen
from campus.simulator.live import Live, Replay, frame_of, refly
from campus.simulator.models import SimulatorSession, Status

T = TypeVar("T")


def same_engine(row: SimulatorSession) -> bool:
    """True when this build on this machine gives back this session's bits."""
    return row.engine == engine_digest() and row.platform == platform_fingerprint()[:200]


def flyable(row: SimulatorSession) -> bool:
    """True when this build, with the content as it stands, gives back this session to the bit."""
    try:
        scenario = catalogue.scenario(row.scenario, row.received)
    except catalogue.NoSuchScenario:
        return False
    same_content = (row.scenario_digest, row.plant_digest) == (scenario.digest, scenario.plant.digest)
    return same_engine(row) and same_content


def replay_of(row: SimulatorSession) -> Replay:
    """What the session is rebuilt from. Raises ``EngineMismatch``."""
    if not flyable(row):
        raise EngineMismatch("This session was made by another build, or its scenario has changed since.")
    scenario = catalogue.scenario(row.scenario, row.received)
    last = row.keyframes.order_by("-time", "-journal_number").first()
    check = Frozen(last.time, last.journal_number, last.digest, b"") if last is not None else None
    return Replay(scenario=scenario, seed=selectors.seed_of(row), entries=tuple(selectors.journal_of(row)),
                  durable_time=row.durable_time, check=check)


def load(session_id: uuid.UUID) -> Live:
    """In a worker thread. Raises ``LeaseHeld``, ``EngineMismatch``, ``ReplayDiverged``."""
    row = services.take_lease(session_id=session_id, owner=services.process_name(),
                              seconds=settings.CAMPUS_HOST["lease_s"])
    replay = replay_of(row)
    flight, facts = refly(replay)
    number = replay.entries[-1].number if replay.entries else 0
    live = Live(
        id=row.pk, scenario=replay.scenario, flight=flight, pen=Pen(row.pk, row.lease_number, number + 1),
        anonymous=row.owner_id is None, number=row.facts, seq=row.news, time=flight.time, frame=frame_of(flight),
        recovered=row.running, over=row.status != Status.OPEN or flight.ended, frame_count=1, fault=row.fault,
    )
    if flight.ended:
        live.telemetry = live.chunk()
    for fact in facts[row.facts:]:
        live.tell_fact(fact)
    if row.running:
        live.tell_clock("restart")
    for entry in row.journal.exclude(command=None).order_by("-number")[:4_000][::-1]:
        live.remember(str(entry.command), protocol.Ack(id=str(entry.command), number=entry.number, time=entry.time))
    return live


def told_since(session_id: uuid.UUID, after: int, before: int) -> list[bytes]:
    """Reliable messages after ``after`` that memory does not hold any more, up to ``before`` (excluded)."""
    rows: Any = (SimulatorSession.objects.get(pk=session_id).fact_records
                 .filter(seq__gt=after, seq__lt=before).order_by("seq").values_list("body", flat=True))
    return [str(body).encode() for body in rows]


def in_order(work: Callable[..., T]) -> Callable[..., T]:
    """A pool thread keeps its database connection between jobs, but never inside a transaction or after an error."""

    def run(*arguments: Any) -> T:
        try:
            return work(*arguments)
        finally:
            connection.close_if_unusable_or_obsolete()

    return run
