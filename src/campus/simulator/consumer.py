"""The WebSocket of a seat: ``/sessions/<id>/socket``, straight on ASGI (no layer, no group in the hot path).

Origin first, then who asks and whether the flight is theirs, then ``hello``; only then does anything else count.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import msgspec
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http.request import split_domain_port, validate_host

from biotwin.errors import BiotwinError
from campus.simulator import host as hosts
from campus.simulator import protocol, selectors, services
from campus.simulator.journal import Rights
from campus.simulator.links import FULL, NOT_YOURS, Link
from campus.simulator.live import Live, encoded, now
from campus.simulator.texts import sentence
from campus.simulator.visitors import visitor

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
PATH = re.compile(r"^/sessions/([0-9a-f-]{36})/socket$")
HELLO_S = 10.0
AT_ONCE = 32
CLOSING_S = 2.0
_decoder = msgspec.json.Decoder(protocol.ClientMessage)
_id = re.compile(r"^[A-Za-z0-9-]{8,64}$")


def understood(data: bytes, language: str) -> protocol.ClientMessage | protocol.Failure | protocol.Refused:
    """A client's message, or the answer that a wrong one deserves."""
    if len(data) > protocol.MESSAGE_LIMIT:
        return failure("too_large", language)
    try:
        return _decoder.decode(data)
    except msgspec.ValidationError as fault:
        return _wrong(data, str(fault), language)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return failure("malformed", language)


def _wrong(data: bytes, fault: str, language: str) -> protocol.Failure | protocol.Refused:
    """Not one of ours. A command with a good id is refused, naming the field: it need not be sent again."""
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):  # the schema's decoder stops at the first wrong word, before the JSON's end
        return failure("malformed", language)
    known = isinstance(body, dict) and body.get("type") in ("hello", "command", "freeze", "run")
    if isinstance(body, dict) and "type" in body and not known:
        return failure("unknown_type", language)
    if known and body["type"] != "hello" and isinstance(body.get("id"), str) and _id.match(body["id"]):
        return protocol.Refused(id=body["id"], code="input_invalid",
                                text=f"{sentence('input_invalid', language)} ({fault})")
    text = f"{sentence('malformed', language)} ({fault})"
    return protocol.Failure(code="malformed", text=text)


def failure(code: str, language: str) -> protocol.Failure:
    return protocol.Failure(code=code, text=sentence(code, language))


async def answered(host: hosts.Host, live: Live, link: Link, message: Any) -> protocol.HostMessage | None:
    """The one answer to a decoded message of a seat; None for a second ``hello``."""
    if isinstance(message, (protocol.Failure, protocol.Refused)):
        return message
    if isinstance(message, protocol.Hello):
        return None
    if isinstance(message, protocol.Command):
        return await host.command(live, link, message)
    return host.freeze(live, link, message) if isinstance(message, protocol.Freeze) else host.run(live, link, message)


# --- before the first message -----------------------------------------------------------------------------------------


def headers_of(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def same_origin(headers: dict[str, str]) -> bool:
    """True when the page that opens the socket came from this very host, and the host is one of ours."""
    host, origin = headers.get("host", ""), headers.get("origin", "")
    domain, _port = split_domain_port(host)
    ours = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
    return ours and urlsplit(origin).netloc.lower() == host.lower()


def cookies_of(headers: dict[str, str]) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def language_of(cookies: dict[str, str]) -> str:
    chosen = cookies.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@sync_to_async
def _link(session_id: uuid.UUID, cookies: dict[str, str], address: str, language: str) -> Link:
    """The line of whoever carries these cookies. Raises ``NotYours`` or ``NotAllowed``."""
    login = SessionStore(cookies.get(settings.SESSION_COOKIE_NAME))
    user = get_user(SimpleNamespace(session=login))  # type: ignore[arg-type]
    who = visitor(user, cookies, login=login.session_key or "", address=address)
    row = selectors.session_for(who, session_id)
    seat = services.seat(visitor=who, session=row)
    rights = Rights(seat=seat.pk, user_id=who.user_id, version=who.rights_version, login=who.login)
    return Link(rights=rights, role=seat.role, language=language)


# --- the socket -------------------------------------------------------------------------------------------------------


async def socket(scope: Scope, receive: Receive, send: Send) -> None:
    """One connection, from handshake to close."""
    headers, path = headers_of(scope), PATH.match(scope["path"])
    await receive()
    if path is None or not same_origin(headers):
        await send({"type": "websocket.close", "code": NOT_YOURS})
        return
    cookies = cookies_of(headers)
    language = language_of(cookies)
    await send({"type": "websocket.accept"})
    address = (scope.get("client") or ("", 0))[0]
    try:
        session_id = uuid.UUID(path[1])
        link = await _link(session_id, cookies, address, language)
        live = await hosts.current().attach(session_id)
    except (selectors.NotYours, services.NotAllowed, ValueError):
        await _turn_away(send, "not_yours", language, NOT_YOURS)
    except services.Full:
        await _turn_away(send, "full", language, FULL)
    except services.LeaseHeld:
        await _turn_away(send, "lease", language, FULL)
    except BiotwinError as fault:
        await _turn_away(send, fault.code, language, NOT_YOURS)
    else:
        await _converse(hosts.current(), live, link, receive, send)


async def _turn_away(send: Send, code: str, language: str, close: int) -> None:
    await _send(send, encoded(failure(code, language)))
    await send({"type": "websocket.close", "code": close, "reason": code})


async def _send(send: Send, message: bytes) -> None:
    await send({"type": "websocket.send", "text": message.decode()})


async def _converse(host: hosts.Host, live: Live, link: Link, receive: Receive, send: Send) -> None:
    """Reader and pump side by side, until one of them ends or the line is cut; then the seat has left."""
    works = [asyncio.ensure_future(work) for work in (
        _read(host, live, link, receive, send), _pump(link, send), link.ended.wait())]
    try:
        await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
    finally:
        host.leave(live, link)
        for work in works:
            work.cancel()
        await asyncio.gather(*works, return_exceptions=True)
        with contextlib.suppress(Exception):
            closing = send({"type": "websocket.close", "code": link.close_code or 1000})
            await asyncio.wait_for(closing, CLOSING_S)


async def _pump(link: Link, send: Send) -> None:
    while messages := await link.next():
        for message in messages:
            await _send(send, message)


async def _read(host: hosts.Host, live: Live, link: Link, receive: Receive, send: Send) -> None:
    """Answers are sent at once, outside the queue: they are not numbered, and each goes to the seat that asked.

    Who does not read its answers is not read either, once ``AT_ONCE`` of them wait: nothing grows without bound.
    """
    allowance = host.allowance(link.seat)
    running: set[asyncio.Future[None]] = set()
    while True:
        arrived = await (asyncio.wait_for(receive(), HELLO_S) if not link.ready else receive())
        if arrived["type"] != "websocket.receive":
            return
        data = arrived.get("bytes") or (arrived.get("text") or "").encode()
        message = understood(data, link.language)
        if not allowance.take(now()):
            if allowance.exhausted:
                link.cut(FULL)
                return
            await _send(send, encoded(_too_fast(message, link.language)))
            continue
        if isinstance(message, protocol.Hello) and not link.ready:
            if message.version != protocol.VERSION:
                await _send(send, encoded(failure("version", link.language)))
                return
            await host.join(live, link, message.after)
            continue
        if not link.ready:
            answer = message if isinstance(message, protocol.Failure) else failure("hello_first", link.language)
            await _send(send, encoded(answer))
            continue
        if len(running) >= AT_ONCE:
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        task = asyncio.ensure_future(_answer(host, live, link, message, send))
        running.add(task)
        task.add_done_callback(running.discard)


async def _answer(host: hosts.Host, live: Live, link: Link, message: Any, send: Send) -> None:
    answer = await answered(host, live, link, message)
    if answer is not None:
        with contextlib.suppress(Exception):
            await _send(send, encoded(answer))


def _too_fast(message: Any, language: str) -> protocol.HostMessage:
    command = getattr(message, "id", "")
    text = sentence("too_fast", language)
    if command:
        return protocol.Refused(id=command, code="too_fast", text=text)
    return protocol.Failure(code="too_fast", text=text)
