"""Writing the audit trail and the outbox; each takes part in its caller's transaction."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from campus.foundation import extensions
from campus.foundation.models import AuditRecord, OutboxItem

FIRST = "0" * 64
ATTEMPTS = 8
log = logging.getLogger("campus.outbox")


def canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chained(previous: str, content: str) -> str:
    return hashlib.sha256((previous + content).encode()).hexdigest()


@transaction.atomic
def record(*, actor: str, verb: str, subject: str, detail: dict[str, Any] | None = None,
           reason: str = "") -> AuditRecord:
    """Add a record to the trail. SQLite's immediate transaction (a row lock elsewhere) keeps the chain single file."""
    last = AuditRecord.objects.select_for_update().order_by("-sequence").first()
    sequence, previous, at = (last.sequence + 1, last.digest, timezone.now()) if last else (1, FIRST, timezone.now())
    content = canonical({
        "sequence": sequence, "at": at.isoformat(), "actor": actor, "verb": verb, "subject": subject,
        "detail": detail or {}, "reason": reason,
    })
    return AuditRecord.objects.create(
        sequence=sequence, at=at, actor=actor, verb=verb, subject=subject, content=content, previous=previous,
        digest=chained(previous, content),
    )


def broken_record() -> int | None:
    """The sequence of the first record that does not follow from the one before, or None: the chain is whole."""
    previous, expected = FIRST, 1
    for row in AuditRecord.objects.order_by("sequence").iterator():
        if row.sequence != expected or row.previous != previous or row.digest != chained(previous, row.content):
            return row.sequence
        previous, expected = row.digest, expected + 1
    return None


def publish(*, topic: str, body: dict[str, Any]) -> None:
    """Write news in the caller's transaction."""
    OutboxItem.objects.create(topic=topic, body=body)


def deliver() -> int:
    """Hand waiting news to their readers; a reader that fails is tried again, at most ``ATTEMPTS`` times."""
    waiting = list(OutboxItem.objects.filter(delivered=None, attempts__lt=ATTEMPTS)[:50])
    for item in waiting:
        try:
            for reader in extensions.readers(item.topic):
                reader(item.topic, item.body)
            item.delivered = timezone.now()
        except Exception as fault:
            log.exception("News %s (%s) was not taken.", item.pk, item.topic)
            item.last_fault = f"{type(fault).__name__}: {fault}"[:500]
        item.attempts += 1
        item.save(update_fields=["delivered", "attempts", "last_fault"])
    return len(waiting)


def outbox_metrics() -> list[extensions.Metric]:
    waiting = OutboxItem.objects.filter(delivered=None, attempts__lt=ATTEMPTS).count()
    lost = OutboxItem.objects.filter(delivered=None, attempts__gte=ATTEMPTS).count()
    return [
        extensions.Metric("campus_outbox_waiting", "News not delivered yet.", "gauge", waiting),
        extensions.Metric("campus_outbox_failed", "News given up after several attempts.", "gauge", lost),
    ]


def database_answers() -> str:
    """Empty when the database answers, else what it says."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as fault:
        return f"{type(fault).__name__}"
    return ""
