"""What the host saves each second of all its sessions, in one transaction and a handful of statements.

Losing a checkpoint costs a replay from the tick before; losing an input is impossible (``journal``).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from campus.foundation.services import publish
from campus.simulator.models import FactRecord, Keyframe, SimulatorSession, Status, TelemetryChunk

KEYFRAMES_KEPT = 3
TICK = f"""
UPDATE {SimulatorSession._meta.db_table}
SET durable_time = %s, running = %s, facts = %s, news = %s, changed = %s, lease_until = %s,
    lease_owner = CASE WHEN %s THEN '' ELSE lease_owner END, fault = CASE WHEN %s = '' THEN fault ELSE %s END
WHERE id = %s AND lease_number = %s
"""


@dataclass(frozen=True)
class News:
    """A fact or a clock change, as it was told (``seq``) or kept back (``hidden``)."""

    number: int | None
    seq: int | None
    time: int
    hidden: bool
    body: str


@dataclass(frozen=True)
class Frozen:
    """A keyframe to be kept."""

    time: int
    journal_number: int
    digest: str
    snapshot: bytes


@dataclass(frozen=True)
class Checkpoint:
    """What one session reached. ``released``: the lease is given back. ``ended``: the flight is over."""

    session: uuid.UUID
    lease: int
    time: int
    running: bool
    lease_until: float
    news: tuple[News, ...] = ()
    keyframe: Frozen | None = None
    telemetry: bytes = b""
    ended: bool = False
    released: bool = False
    fault: str = ""
    marks: tuple[int, int] = field(default=(0, 0))


def save_checkpoints(checkpoints: list[Checkpoint]) -> set[uuid.UUID]:
    """Save all of them in one transaction; returns the sessions whose lease was lost (nothing of theirs is saved)."""
    asked = {checkpoint.session for checkpoint in checkpoints}
    with transaction.atomic():
        leases = dict(SimulatorSession.objects.filter(pk__in=asked).values_list("pk", "lease_number"))
        held = [each for each in checkpoints if leases.get(each.session) == each.lease]
        _save_ticks(held)
        FactRecord.objects.bulk_create(
            FactRecord(session_id=each.session, number=news.number, seq=news.seq, time=news.time, hidden=news.hidden,
                       body=news.body) for each in held for news in each.news)
        _save_keyframes({each.session: each.keyframe for each in held if each.keyframe is not None})
        for each in held:
            _save_close(each)
    return asked - {each.session for each in held}


def _save_ticks(held: list[Checkpoint]) -> None:
    """One prepared statement for all: a row costs microseconds, not a query of its own."""
    key = SimulatorSession._meta.get_field("id")
    moment = timezone.now()
    changed = connection.ops.adapt_datetimefield_value(moment)

    def row(each: Checkpoint) -> tuple[Any, ...]:
        until = None if each.released else moment + timedelta(seconds=each.lease_until)
        return (each.time, each.running, *each.marks, changed,
                until and connection.ops.adapt_datetimefield_value(until), each.released, each.fault, each.fault,
                key.get_db_prep_value(each.session, connection), each.lease)

    with connection.cursor() as cursor:
        cursor.executemany(TICK, [row(each) for each in held])


def _save_keyframes(frames: dict[uuid.UUID, Frozen]) -> None:
    if not frames:
        return
    Keyframe.objects.bulk_create(
        [Keyframe(session_id=session, time=frame.time, journal_number=frame.journal_number, digest=frame.digest,
                  snapshot=frame.snapshot) for session, frame in frames.items()], ignore_conflicts=True)
    newest = Window(RowNumber(), partition_by="session", order_by=[F("time").desc(), F("journal_number").desc()])
    old = Keyframe.objects.filter(session__in=frames).annotate(place=newest).filter(place__gt=KEYFRAMES_KEPT)
    Keyframe.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()


def _save_close(checkpoint: Checkpoint) -> None:
    """What a flight's end leaves: its telemetry, its status, the news that it is over."""
    if checkpoint.telemetry:
        TelemetryChunk.objects.update_or_create(
            session_id=checkpoint.session, run="seat",
            defaults={"start": 0, "end": checkpoint.time, "data": checkpoint.telemetry})
    if checkpoint.ended:
        ended = SimulatorSession.objects.filter(pk=checkpoint.session, status=Status.OPEN)
        if ended.update(status=Status.ENDED, ended=timezone.now(), running=False):
            publish(topic="flight_ended", body={"session": str(checkpoint.session)})
