"""HTTP beside the socket: history, what was told, and the fallback for proxies that break WebSockets.

The fallback speaks the very same messages: ``frames`` gives what was told since ``after`` and the newest frame, and
waits for them (``wait`` ms); ``messages`` takes one client message and gives its answer.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import msgspec
from asgiref.sync import sync_to_async
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from biotwin.errors import BiotwinError
from campus.catalogue.selectors import language
from campus.simulator import history, loading, policies, selectors, services
from campus.simulator import host as hosts
from campus.simulator.consumer import answered, failure, understood
from campus.simulator.journal import Rights
from campus.simulator.links import Link
from campus.simulator.live import Live, encoded, now
from campus.simulator.policies import Visitor
from campus.simulator.protocol import Hello, Refused
from campus.simulator.texts import sentence
from campus.simulator.visitors import visitor_of

LONGEST_WAIT_S = 25.0
STATUS = {"full": 503, "lease": 503, "not_yours": 404}
AsyncView = Callable[..., Coroutine[Any, Any, HttpResponse]]


class Turned(Exception):
    """A request that is turned away with a code."""


def _json(body: bytes, status: int = 200) -> HttpResponse:
    answer = HttpResponse(body, content_type="application/json", status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _problem(code: str, text: str, status: int) -> JsonResponse:
    return JsonResponse({"code": code, "text": text}, status=status)


def clearly(view: AsyncView) -> AsyncView:
    """Answer each known refusal with its code, one sentence and the right status."""

    @wraps(view)
    async def wrapped(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        spoken = language()
        try:
            return await view(request, *arguments, **named)
        except (selectors.NotYours, services.NotAllowed):
            return _problem("not_yours", sentence("not_yours", spoken), 404)
        except services.Full:
            return _problem("full", sentence("full", spoken), 503)
        except services.LeaseHeld:
            return _problem("lease", sentence("lease", spoken), 503)
        except history.BadQuery as fault:
            return _problem("query", str(fault), 400)
        except BiotwinError as fault:
            return _problem(fault.code, sentence(fault.code, spoken), 409)

    return wrapped


@sync_to_async
def _line(request: HttpRequest, session_id: uuid.UUID) -> Link:
    who = visitor_of(request)
    row = selectors.session_for(who, session_id)
    seat = services.seat(visitor=who, session=row)
    rights = Rights(seat=seat.pk, user_id=who.user_id, version=who.rights_version, login=who.login)
    return Link(rights=rights, role=seat.role, language=language(), ready=True)


async def _live(request: HttpRequest, session_id: uuid.UUID) -> tuple[Live, Link]:
    link = await _line(request, session_id)
    return await hosts.current().attach(session_id), link


@require_GET
@clearly
async def observed(request: HttpRequest, session_id: uuid.UUID, form: str = "bin") -> HttpResponse:
    """Observed telemetry of a session, binary or CSV."""
    live, _link = await _live(request, session_id)
    tags, start, end, buckets = history.query(request.GET, list(live.flight.recorder.columns))
    window = await asyncio.to_thread(live.window, tags, (start, end), history.BUCKETS if form == "csv" else buckets)
    return drawn(tags, window, form, name=str(session_id))


def drawn(tags: list[str], window: history.Window, form: str, *, name: str) -> HttpResponse:
    """Telemetry as a response: ``csv`` to be kept, else binary columns."""
    if form == "csv":
        answer = HttpResponse(history.table(tags, window), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    else:
        answer = HttpResponse(history.columns(tags, window), content_type="application/octet-stream")
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
@clearly
async def facts(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """What was told after ``after``, in order."""
    live, _link = await _live(request, session_id)
    return _json(b'{"messages":[' + b",".join(await _told(live, history.whole(request.GET, "after", 0))) + b"]}")


@require_GET
@clearly
async def journal(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The seat's own inputs that the journal holds, in order: its actions are known in any browser."""
    link = await _line(request, session_id)
    return _json(msgspec.json.encode(await sync_to_async(selectors.entries_of_seat)(session_id, link.seat)))


async def _told(live: Live, after: int) -> list[bytes]:
    floor = live.ring[0][0] if live.ring else live.seq + 1
    older = [] if after + 1 >= floor else await sync_to_async(loading.told_since)(live.id, after, floor)
    return [*older, *(message for seq, message in live.ring if seq > after)]


@require_GET
@clearly
async def frames(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Long polling. ``wait=0`` answers at once, with ``welcome`` first; else the answer waits for something new."""
    live, link = await _live(request, session_id)
    host = hosts.current()
    after = history.whole(request.GET, "after", 0)
    wait_s = min(LONGEST_WAIT_S, history.whole(request.GET, "wait", 0) / 1000.0)
    if wait_s > 0 and live.seq <= after and live.polled.get(link.seat) == live.frame_count:
        waiter = host.loop.create_future()
        live.wakers.append(waiter)
        await asyncio.wait({waiter}, timeout=wait_s)
    live.attended = now()
    messages = await _told(live, after)
    if wait_s == 0:
        messages.insert(0, encoded(host.welcome(live, link)))
    if wait_s == 0 or live.polled.get(link.seat) != live.frame_count:
        messages.append(live.frame)
    live.polled[link.seat] = live.frame_count
    return _json(b'{"messages":[' + b",".join(messages) + b"]}")


@require_POST
@clearly
async def messages(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """One client message, answered like on the socket."""
    live, link = await _live(request, session_id)
    host = hosts.current()
    try:
        message = understood(request.body, link.language)
    except RequestDataTooBig:
        return _json(b"[" + encoded(failure("too_large", link.language)) + b"]", 413)
    if not host.allowance(link.seat).take(now()):
        command = getattr(message, "id", "")
        refused = Refused(id=command, code="too_fast", text=sentence("too_fast", link.language))
        return _json(b"[" + encoded(refused if command else failure("too_fast", link.language)) + b"]", 429)
    if isinstance(message, Hello):
        return _json(b"[" + encoded(host.welcome(live, link)) + b"]")
    live.attended = now()
    answer = await answered(host, live, link, message)
    return _json(b"[" + (encoded(answer) if answer is not None else b"") + b"]")


def readable(visitor: Visitor, session_id: uuid.UUID) -> Any:
    """The session, for someone who may read its debrief. Raises ``NotYours``, or ``NotAllowed`` while it is secret."""
    row = selectors.session_for(visitor, session_id)
    if not policies.secrecy_is_over(row):
        raise services.NotAllowed(str(session_id))
    return row
