"""Starting a flight, the cockpit, my flights, the debrief, sharing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

import msgspec
from asgiref.sync import async_to_sync
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from campus.catalogue import selectors as catalogue
from campus.foundation import extensions
from campus.simulator import golden, loading, policies, records, selectors, services
from campus.simulator import host as hosts
from campus.simulator.models import ShareLink, SimulatorSession, Status
from campus.simulator.texts import sentence
from campus.simulator.visitors import visitor_of, welcomed

Page = Callable[..., HttpResponse]
_escape = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def safe_json(document: bytes | str) -> str:
    """JSON that may stand inside a script element."""
    text = document.decode() if isinstance(document, bytes) else document
    return mark_safe(text.translate(_escape))


@lru_cache(maxsize=4)
def _words(path: Path, changed: float, language: str) -> str:
    table = json.loads(path.read_text(encoding="utf-8"))
    own = table.get(language)
    if not isinstance(own, dict):
        own = {source: words.get(language, source) for source, words in table.items() if isinstance(words, dict)}
    return safe_json(json.dumps(own, ensure_ascii=False))


def island_words(language: str) -> str:
    """The islands' words in a language, from the table that stands beside the built islands or beside their sources."""
    for path in (settings.CAMPUS_ISLANDS / "strings.json", settings.ROOT / "islands" / "strings.json"):
        if path.exists():
            return _words(path, path.stat().st_mtime, language)
    return "{}"


def found(page: Page) -> Page:
    """Somebody else's flight, or none at all: the same answer."""

    @wraps(page)
    def wrapped(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            return page(request, *arguments, **named)
        except (selectors.NotYours, services.NotAllowed, catalogue.NoSuchScenario):
            raise Http404 from None
        except services.Full:
            return _full(request)

    return never_cache(wrapped)


def _full(request: HttpRequest) -> HttpResponse:
    context = {"title": _("All seats are taken"), "text": sentence("full", catalogue.language()), "status": 503}
    return render(request, "foundation/error.html", context, status=503)


# --- flights ----------------------------------------------------------------------------------------------------------


@require_POST
@found
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a flight; a browser without an account gets its cookie now."""
    visitor, response = welcomed(request)
    session = services.begin(visitor=visitor, slug=slug)
    response["Location"] = _address(session)
    return response


def _address(session: SimulatorSession) -> str:
    return f"/sessions/{session.pk}/"


@found
def flights(request: HttpRequest) -> HttpResponse:
    rows = list(selectors.flights_of(visitor_of(request))[:100])
    return render(request, "simulator/flights.html", {"flights": selectors.flight_summaries(rows)})


@found
def cockpit(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The page of a seat: everything constant is in it, everything live comes by the socket."""
    visitor = visitor_of(request)
    session = selectors.session_for(visitor, session_id)
    if session.status != Status.OPEN:
        return redirect("simulator:debrief", session_id=session.pk)
    if not loading.flyable(session):
        return records.page(request, session, owned=policies.is_owner(visitor, session))
    seat = services.seat(visitor=visitor, session=session)
    language = catalogue.language()
    console, scenario = catalogue.console_of(session.scenario, language), catalogue.scenario(session.scenario)
    context = {
        "session": session, "seat": seat, "console": console, "brief": console.brief, "glossary": console.glossary,
        "console_json": safe_json(msgspec.json.encode(console)), "strings_json": island_words(language),
        "synoptic": catalogue.synoptic_of(session.scenario, language), "base": _address(session),
        "socket": f"/sessions/{session.pk}/socket", "mode": "live",
        "title": console.title, "assessed": session.assessed, "golden": golden.address(scenario),
        "speed": scenario.description.speed,
        "seal": msgspec.json.encode(seal).decode() if (seal := extensions.seal(session)) is not None else "",
    }
    return render(request, "simulator/cockpit.html", context)


# --- debrief ----------------------------------------------------------------------------------------------------------


@found
def debrief(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The debrief, or, while the flight is open, the question whether to end it."""
    visitor = visitor_of(request)
    session = selectors.session_for(visitor, session_id)
    if session.status == Status.OPEN:
        context = {"session": session, "seal": extensions.seal(session), "waits": selectors.recipe_waits(session),
                   **selectors.flight_summary(session)}
        return render(request, "simulator/end.html", context)
    if (seal := extensions.seal(session)) is not None:
        return records.sealed_page(request, session, seal)
    if session.status == Status.ENDED:
        services.open_debrief(visitor=visitor, session=session)
    if records.only_recorded(session):
        return records.page(request, session, owned=policies.is_owner(visitor, session))
    return _debrief_page(request, session, base=_address(session), owned=policies.is_owner(visitor, session))


@require_POST
@found
def end(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """End an open flight for good and open its debrief."""
    visitor = visitor_of(request)
    session = selectors.session_for(visitor, session_id)
    if not policies.is_owner(visitor, session) and not policies.may_instruct(visitor):
        raise services.NotAllowed(str(session_id))
    async_to_sync(_close_live)(session.pk)
    session.refresh_from_db()
    services.open_debrief(visitor=visitor, session=session)
    return redirect("simulator:debrief", session_id=session.pk)


async def _close_live(session_id: uuid.UUID) -> None:
    """The host lives on the server's own loop; in a test without one there is nothing to close."""
    try:
        await hosts.current().close(session_id)
    except services.Full:
        return


def _debrief_page(request: HttpRequest, session: SimulatorSession, *, base: str, owned: bool) -> HttpResponse:
    language = catalogue.language()
    console = catalogue.console_of(session.scenario, language)
    record = getattr(session, "debrief", None)
    context = {
        "session": session, "console": console, "title": console.title, "base": base, "owned": owned, "mode": "debrief",
        "companions": extensions.companions(session) if owned else [],
        "golden": golden.address(catalogue.scenario(session.scenario)),
        "console_json": safe_json(msgspec.json.encode(console)), "strings_json": island_words(language),
        "synoptic": catalogue.synoptic_of(session.scenario, language), "record": record,
        "text": catalogue.scenario(session.scenario).text("debrief", language),
        "links": session.links.filter(withdrawn=None).order_by("-created") if owned else [],
    }
    return render(request, "simulator/debrief.html", context)


@require_POST
@found
def branch(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Fly again from a moment (``time`` in simulated ms, or ``minutes``); the branch is a flight of its own."""
    visitor = visitor_of(request)
    session = selectors.session_for(visitor, session_id)
    try:
        time = int(request.POST["time"]) if "time" in request.POST else 60_000 * int(request.POST.get("minutes", "0"))
    except ValueError:
        return HttpResponse(_("time: a whole number is needed."), status=400, content_type="text/plain; charset=utf-8")
    return redirect(_address(services.branch(visitor=visitor, session=session, time=time)))


# --- sharing ----------------------------------------------------------------------------------------------------------


@require_POST
@found
def share(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    visitor = visitor_of(request)
    services.share(visitor=visitor, session=selectors.session_for(visitor, session_id))
    return redirect("simulator:debrief", session_id=session_id)


@require_POST
@found
def withdraw(request: HttpRequest, session_id: uuid.UUID, link_id: uuid.UUID) -> HttpResponse:
    visitor = visitor_of(request)
    session = selectors.session_for(visitor, session_id)
    link = ShareLink.objects.filter(pk=link_id, session=session).first()
    if link is None:
        raise Http404
    services.withdraw_link(visitor=visitor, link=link)
    return redirect("simulator:debrief", session_id=session_id)


@found
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A debrief that someone shared: readable by whoever holds the link, while it lasts."""
    link = selectors.shared_link(token)
    if link is None or not policies.secrecy_is_over(link.session):
        raise Http404
    if records.only_recorded(link.session):
        return records.page(request, link.session, owned=False)
    return _debrief_page(request, link.session, base=f"/shared/{token}/", owned=False)

