"""The debrief over HTTP, for its owner, for instructors, and for whoever holds a share link."""

from __future__ import annotations

import asyncio
import uuid
import zlib
from typing import Any

import msgspec
import numpy as np
from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from campus.catalogue import selectors as catalogue
from campus.catalogue.selectors import language
from campus.simulator import history, policies, schemas, selectors, services, tasks
from campus.simulator.api import clearly, drawn
from campus.simulator.debrief_document import RUNS
from campus.simulator.models import DebriefRecord, SimulatorSession, TelemetryChunk
from campus.simulator.texts import sentence
from campus.simulator.visitors import visitor_of

QUICK_S = 20.0
_documents = msgspec.json.Decoder(dict[str, msgspec.Raw])


def _readable(request: HttpRequest, session_id: uuid.UUID | None, token: str) -> SimulatorSession:
    """The session whose debrief this request may read. Raises ``NotYours``; ``NotAllowed`` while it is secret."""
    if session_id is None:
        link = selectors.shared_link(token)
        if link is None:
            raise selectors.NotYours("link")
        session = link.session
    else:
        session = selectors.session_for(visitor_of(request), session_id)
    if not policies.secrecy_is_over(session):
        raise services.NotAllowed(str(session.pk))
    return session


async def _record(session: SimulatorSession) -> DebriefRecord | None:
    """The debrief, or None when it takes longer than one cares to wait."""
    work = asyncio.ensure_future(asyncio.to_thread(tasks.debrief_of, session))
    done, _late = await asyncio.wait({work}, timeout=QUICK_S)
    return work.result() if done else None


@require_GET
@clearly
async def document(request: HttpRequest, session_id: uuid.UUID | None = None, token: str = "") -> HttpResponse:
    session = await sync_to_async(_readable)(request, session_id, token)
    record = await _record(session)
    if record is None:
        answer = JsonResponse({"code": "computing"}, status=202)
        answer["Retry-After"] = "2"
        return answer
    if record.fault:
        return JsonResponse({"code": record.fault, "text": sentence(record.fault, language())}, status=409)
    body = _documents.decode(schemas.up_to_date("debrief", record.schema, record.body))[language()]
    return HttpResponse(bytes(body), content_type="application/json")


@require_GET
@clearly
async def curves(request: HttpRequest, session_id: uuid.UUID | None = None, token: str = "",
                 form: str = "bin") -> HttpResponse:
    """Curves of one run (``run``: mine, nothing, reference, or truth: mine as it truly was).

    Of one's own flight what was observed live is stored when it ends: that needs no flying again.
    """
    session = await sync_to_async(_readable)(request, session_id, token)
    asked = request.GET.get("run", "mine")
    if asked not in (*RUNS, "truth"):
        raise history.BadQuery(f"run: {asked[:40]!r} is none of {', '.join(RUNS)}, truth.")
    run = "mine" if asked == "truth" else asked
    data = await sync_to_async(_stored)(session, run)
    if data is None and asked == "mine":
        data = await sync_to_async(_stored)(session, "seat")
    if data is None and (await _record(session)) is not None:
        data = await sync_to_async(_stored)(session, run)
    if data is None:
        return JsonResponse({"code": "computing"}, status=503)
    tags, window = await asyncio.to_thread(_cut, data, session, request.GET, asked == "truth")
    return drawn(tags, window, form, name=f"{session.pk}-{asked}")


def _stored(session: SimulatorSession, run: str) -> bytes | None:
    row = TelemetryChunk.objects.filter(session=session, run=run).first()
    return zlib.decompress(bytes(row.data)) if row is not None else None


def _cut(data: bytes, session: SimulatorSession, parameters: Any, truth: bool) -> tuple[list[str], history.Window]:
    """The asked tags, span and number of buckets of stored columns; a loop's end that no run records is empty."""
    kept, (time, low, high) = history.parsed(data)
    plant = catalogue.scenario(session.scenario).plant
    behind = {plant.address(tag): plant.address(d.measures) for tag, d in plant.unit.instruments.items()}
    ends = [plant.address(f"{loop}.{end}") for loop in plant.unit.loops for end in ("setpoint", "output")]
    tags, start, stop, buckets = history.query(parameters, [*kept, *ends])
    rows = [kept.index(name) if (name := behind.get(tag, tag) if truth else tag) in kept else -1 for tag in tags]
    first, last = np.searchsorted(time, [start, stop + 0.5])
    empty = np.full((1, time.size), np.nan, dtype=np.float32)
    low, high = (np.concatenate([side, empty])[rows, first:last] for side in (low, high))
    return tags, history.thinned((time[first:last], low, high), buckets)
