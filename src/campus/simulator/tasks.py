"""Work that follows news: the debrief of a flight that ended."""

from __future__ import annotations

import logging
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction

from biotwin.errors import BiotwinError
from biotwin.session.engine import engine_digest
from campus.simulator import loading
from campus.simulator.models import DebriefRecord, SimulatorSession, TelemetryChunk
from campus.simulator.schemas import CURRENT
from campus.simulator.worker import WORKER, debrief

PATIENCE_S = 300.0
log = logging.getLogger("campus.debrief")


def debrief_ended_flight(topic: str, body: dict[str, Any]) -> None:
    """Reader of ``flight_ended``: compute and keep the debrief, once."""
    session = SimulatorSession.objects.filter(pk=body["session"]).first()
    if session is not None:
        debrief_of(session)


def debrief_of(session: SimulatorSession) -> DebriefRecord:
    """The session's debrief, computed in the worker process if it is not kept yet. Blocks: call it in a thread."""
    kept = DebriefRecord.objects.filter(session=session).first()
    if kept is not None:
        return kept
    try:
        replay = loading.replay_of(session)
        journal = msgspec.json.encode(list(replay.entries))
        left = max([session.durable_time, *(entry.time for entry in replay.entries)])
        document, curves = _computed(session, replay.seed, journal, left)
    except BiotwinError as fault:
        log.warning("No debrief of session %s: %s", session.pk, fault)
        return _kept(session, b"", {}, fault=fault.code)
    return _kept(session, document, curves)


def _computed(session: SimulatorSession, seed: int, journal: bytes, left: int) -> tuple[bytes, dict[str, bytes]]:
    arguments = (settings.CAMPUS_CONTENT, session.scenario, session.received, seed, journal, left)
    try:
        return WORKER.submit(session.pk, debrief, *arguments).result(PATIENCE_S)
    except BrokenProcessPool:
        log.warning("The worker process had died; starting another.")
        WORKER.close()
        return WORKER.submit(session.pk, debrief, *arguments).result(PATIENCE_S)


@transaction.atomic
def _kept(session: SimulatorSession, document: bytes, curves: dict[str, bytes], *, fault: str = "") -> DebriefRecord:
    record, _new = DebriefRecord.objects.get_or_create(
        session=session, defaults={"engine": engine_digest(), "schema": CURRENT["debrief"], "body": document.decode(),
                                   "fault": fault})
    for run, data in curves.items():
        TelemetryChunk.objects.get_or_create(session=session, run=run, defaults={"start": 0, "end": 0, "data": data})
    return record
