"""The chain and its map, beginning a lot, taking a station, the outcome."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from campus.catalogue.selectors import language
from campus.lots import drawing, selectors, services
from campus.lots.models import LotStatus
from campus.simulator import services as simulator
from campus.simulator.texts import sentence
from campus.simulator.visitors import visitor_of, with_cookie

Page = Callable[..., HttpResponse]


def found(page: Page) -> Page:
    """Somebody else's lot, or none at all: the same answer."""

    @wraps(page)
    def wrapped(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            return page(request, *arguments, **named)
        except (selectors.NotYours, selectors.NoSuchChain, simulator.NotAllowed):
            raise Http404 from None
        except services.NotNow:
            return redirect("lots:lot", flight_id=named["flight_id"])
        except simulator.Full:
            context = {"title": _("All seats are taken"), "text": sentence("full", language()), "status": 503}
            return render(request, "foundation/error.html", context, status=503)

    return never_cache(wrapped)


@require_GET
@found
def chain(request: HttpRequest) -> HttpResponse:
    """The whole chain: its map, each unit's qualification, and where to begin."""
    chains = selectors.chains()
    if not chains:
        raise Http404
    first = chains[0]
    context = {
        "chain": first, "title": first.description.title.text(language()),
        "summary": first.description.summary.text(language()), "map": drawing.of_chain(first, language()),
        "lots": selectors.lots_of(visitor_of(request))[:10],
    }
    return render(request, "lots/chain.html", context)


@require_POST
@found
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a lot; a browser without an account gets its cookie now."""
    visitor = visitor_of(request)
    response: Any = redirect("/")
    if visitor.user_id is None and not visitor.key:
        response, key = with_cookie(response)
        visitor = replace(visitor, key=key)
    flight = services.begin(visitor=visitor, slug=request.POST.get("chain", ""), stops=request.POST.getlist("stop"))
    response["Location"] = f"/lots/{flight.pk}/"
    return response


@require_GET
@found
def lots(request: HttpRequest) -> HttpResponse:
    return render(request, "lots/lots.html", {"lots": selectors.lots_of(visitor_of(request))[:100]})


@require_GET
@found
def lot(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    return render(request, "lots/lot.html", _lot(request, flight_id))


@require_GET
@found
def map_part(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    """What changes on the lot's page while it moves."""
    return render(request, "lots/part.html", _lot(request, flight_id))


def _lot(request: HttpRequest, flight_id: uuid.UUID) -> dict[str, Any]:
    flight = selectors.lot_for(visitor_of(request), flight_id)
    found = selectors.chain(flight.chain)
    outcome = selectors.outcome_of(flight)
    return {
        "flight": flight, "chain": found, "title": found.description.title.text(language()),
        "map": drawing.of_lot(found, flight, language()),
        "judgement": drawing.of_outcome(found, flight, outcome, language()) if outcome else None,
        "at_quality": flight.status in (LotStatus.WAITING, LotStatus.IN_HAND) and selectors.before_release(flight),
        "moving": flight.status == LotStatus.MOVING or (flight.status == LotStatus.OVER and outcome is None),
    }


@require_POST
@found
def take(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    visitor = visitor_of(request)
    session = services.take(visitor=visitor, flight=selectors.lot_for(visitor, flight_id))
    return redirect("simulator:cockpit", session_id=session.pk)


@require_POST
@found
def leave(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    visitor = visitor_of(request)
    services.leave(visitor=visitor, flight=selectors.lot_for(visitor, flight_id))
    return redirect("lots:lot", flight_id=flight_id)


@require_GET
@found
def outcome(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    """The whole outcome as JSON, once the lot is through."""
    flight = selectors.lot_for(visitor_of(request), flight_id)
    if not flight.outcome:
        raise Http404
    return HttpResponse(flight.outcome, content_type="application/json")
