"""The journal's writer: one thread per process, which makes inputs durable before they are acknowledged.

1. Whatever waits when the thread is free goes into one transaction (group commit): nobody waits for a timer, and a
   slow disk makes larger groups. With SQLite's ``synchronous=FULL`` a commit survives kill -9 and a power loss, as far
   as the disk keeps its word about flushing.
2. The session's lease number is checked inside the transaction: a process that lost its lease cannot append.
3. So are the seat's rights: a person who signed out, or whose role changed, is refused at the moment of writing.
4. The ticks reached, facts and keyframes of all sessions go into the same transactions; losing them costs a replay.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.sessions.models import Session as Login
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from campus.accounts.selectors import rights_versions
from campus.simulator.checkpoints import Checkpoint, save_checkpoints
from campus.simulator.models import JournalEntry, Seat, SimulatorSession
from campus.simulator.schemas import CURRENT

GROUP = 400
SAVED_AT_ONCE = 100
log = logging.getLogger("campus.journal")


@dataclass
class Pen:
    """The right to append to one session: its lease number, and the next number (touched by the writer only)."""

    session: uuid.UUID
    lease: int
    next_number: int


@dataclass(frozen=True)
class Rights:
    """What a seat's connection was opened with; compared again when its input is written."""

    seat: uuid.UUID
    user_id: int | None
    version: int
    login: str


@dataclass(frozen=True)
class Line:
    """An input that waits to become durable. ``time`` is the tick boundary at which it applies."""

    pen: Pen
    rights: Rights
    command: str
    time: int
    body: str


@dataclass(frozen=True)
class Outcome:
    """``number`` of the durable entry, or why there is none: ``not_allowed``, ``lease``, ``disk_full``, ``busy``."""

    number: int = 0
    refusal: str = ""


@dataclass
class _Batch:
    lines: list[Line] = field(default_factory=list)
    checkpoints: list[Checkpoint] = field(default_factory=list)
    reached: list[threading.Event] = field(default_factory=list)
    stop: bool = False


def refusal_of(fault: DatabaseError) -> str:
    """A stable code for what the database said."""
    text = str(fault).lower()
    return "disk_full" if "full" in text or "disk i/o" in text or "space" in text else "busy"


Work = Line | list[Checkpoint] | threading.Event | None


class Writer(threading.Thread):
    """``written`` and ``saved`` are called from this thread, once per group."""

    def __init__(self, written: Callable[[list[tuple[Line, Outcome]]], None],
                 saved: Callable[[list[Checkpoint], set[uuid.UUID], str], None]) -> None:
        super().__init__(name="journal", daemon=True)
        self._written, self._saved = written, saved
        self._queue: queue.SimpleQueue[tuple[float, Work]] = queue.SimpleQueue()
        self._unsaved: list[Checkpoint] = []
        self._unreached: list[threading.Event] = []
        self.committed = 0
        self.lag_s = 0.0

    def append(self, line: Line) -> None:
        self._queue.put((time.monotonic(), line))

    def save(self, checkpoints: list[Checkpoint]) -> None:
        self._queue.put((time.monotonic(), checkpoints))

    def flush(self, timeout_s: float = 20.0) -> bool:
        """Wait until everything that was put before is written; False when it takes too long."""
        reached = threading.Event()
        self._queue.put((time.monotonic(), reached))
        return reached.wait(timeout_s)

    def drain(self, timeout_s: float = 20.0) -> None:
        """Write what waits, then end."""
        self._queue.put((time.monotonic(), None))
        self.join(timeout_s)

    def run(self) -> None:
        try:
            while not self._round():
                pass
        finally:
            connection.close()

    def _round(self) -> bool:
        batch, since = self._gather()
        if batch.lines:
            self._written(self._write(batch.lines))
            self.committed += len(batch.lines)
            self.lag_s = time.monotonic() - since
        self._unsaved += batch.checkpoints
        self._unreached += batch.reached
        self._save_some()
        while self._unsaved and (batch.stop or batch.reached or self._queue.empty()):
            self._save_some()
        if not self._unsaved:
            while self._unreached:
                self._unreached.pop().set()
        return batch.stop

    def _save_some(self) -> None:
        """A part at a time: an input that comes meanwhile waits for a part, not for all sessions of the house."""
        some, self._unsaved = self._unsaved[:SAVED_AT_ONCE], self._unsaved[SAVED_AT_ONCE:]
        if some:
            self._save(some)

    def _gather(self) -> tuple[_Batch, float]:
        """Block for the first thing, then take everything that waits already."""
        batch = _Batch()
        since, item = self._queue.get()
        while True:
            if item is None:
                batch.stop = True
            elif isinstance(item, threading.Event):
                batch.reached.append(item)
            elif isinstance(item, Line):
                batch.lines.append(item)
            else:
                batch.checkpoints += item
            if batch.stop or len(batch.lines) >= GROUP:
                return batch, since
            try:
                _when, item = self._queue.get_nowait()
            except queue.Empty:
                return batch, since

    def _write(self, lines: list[Line]) -> list[tuple[Line, Outcome]]:
        """One transaction for all; where one line breaks it, each line gets its own."""
        try:
            return self._transaction(lines)
        except IntegrityError:
            log.exception("A group of %d inputs broke a constraint; writing them one by one.", len(lines))
        except DatabaseError as fault:
            log.error("The journal cannot be written: %s", fault)
            return [(line, Outcome(refusal=refusal_of(fault))) for line in lines]
        results: list[tuple[Line, Outcome]] = []
        for line in lines:
            try:
                results += self._transaction([line])
            except DatabaseError as fault:
                log.error("An input of session %s cannot be written: %s", line.pen.session, fault)
                results.append((line, Outcome(refusal=refusal_of(fault))))
        return results

    def _transaction(self, lines: list[Line]) -> list[tuple[Line, Outcome]]:
        numbers = {line.pen.session: line.pen.next_number for line in lines}
        results: list[tuple[Line, Outcome]] = []
        rows: list[JournalEntry] = []
        with transaction.atomic():
            refusals = _refusals(lines)
            for line, refusal in zip(lines, refusals, strict=True):
                if refusal:
                    results.append((line, Outcome(refusal=refusal)))
                    continue
                number = numbers[line.pen.session]
                numbers[line.pen.session] = number + 1
                rows.append(JournalEntry(session_id=line.pen.session, number=number, time=line.time,
                                         seat=str(line.rights.seat), command=line.command, body=line.body,
                                         schema=CURRENT["journal"]))
                results.append((line, Outcome(number=number)))
            JournalEntry.objects.bulk_create(rows)
        for line in lines:
            line.pen.next_number = numbers[line.pen.session]
        return results

    def _save(self, checkpoints: list[Checkpoint]) -> None:
        try:
            self._saved(checkpoints, save_checkpoints(checkpoints), "")
        except DatabaseError as fault:
            log.error("Ticks of %d sessions cannot be written yet: %s", len(checkpoints), fault)
            self._saved(checkpoints, set(), refusal_of(fault))


def _refusals(lines: list[Line]) -> list[str]:
    """Per line: empty, or why it may not be written; read inside the writing transaction."""
    leases = dict(SimulatorSession.objects.filter(pk__in={line.pen.session for line in lines})
                  .values_list("pk", "lease_number"))
    fallen = fallen_rights({line.rights for line in lines})
    return ["lease" if leases.get(line.pen.session) != line.pen.lease else
            "not_allowed" if line.rights in fallen else "" for line in lines]


def fallen_rights(asked: set[Rights]) -> set[Rights]:
    """Those whose seat, person's rights or login are not any more what they were when the line opened."""
    if not asked:
        return set()
    seats = set(Seat.objects.filter(pk__in={rights.seat for rights in asked}, withdrawn=None)
                .values_list("pk", flat=True))
    versions = rights_versions({rights.user_id for rights in asked if rights.user_id is not None})
    logins = set(Login.objects.filter(session_key__in={rights.login for rights in asked},
                                      expire_date__gt=timezone.now()).values_list("session_key", flat=True))

    def stands(rights: Rights) -> bool:
        if rights.user_id is None or rights.seat not in seats:
            return rights.seat in seats
        return versions.get(rights.user_id) == rights.version and rights.login in logins

    return {rights for rights in asked if not stands(rights)}
