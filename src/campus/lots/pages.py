"""The chain and its map, beginning a lot, taking a station, the outcome."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from biotwin.chain import RELEASE, Chain, waiting
from campus.catalogue.selectors import language
from campus.lots import choices, drawing, selectors, services, standing, told
from campus.lots.drawing import title_of
from campus.lots.judgement import fate_of, of_outcome
from campus.lots.models import LotFlight, LotStatus
from campus.lots.words import DAY, amount, length
from campus.simulator.pages import found as found_flight
from campus.simulator.visitors import visitor_of, welcomed

Page = Callable[..., HttpResponse]
DIGITS = 4
"""Of a count of bags; longer ones are no count."""


def found(page: Page) -> Page:
    """Somebody else's lot, or none at all: the same answer."""

    @wraps(page)
    def wrapped(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            return page(request, *arguments, **named)
        except selectors.NoSuchChain:
            raise Http404 from None
        except services.NotNow:
            return redirect("lots:lot", flight_id=named["flight_id"])

    return found_flight(wrapped)


@require_GET
@found
def chain(request: HttpRequest) -> HttpResponse:
    """The whole chain: its map, each unit's qualification, and where to begin."""
    chains = selectors.chains()
    if not chains:
        raise Http404
    wanted = request.GET.get("chain", chains[0].slug)
    first = next((one for one in chains if one.slug == wanted), chains[0])
    context = {
        "chain": first, "title": first.description.title.text(language()),
        "summary": first.description.summary.text(language()), "map": drawing.of_chain(first, language()),
        "standings": _standings(first), "cases": told.offered(first, language()),
        "lots": _listed(selectors.lots_of(visitor_of(request))[:6]),
        "ways": [{"slug": one.slug, "title": one.description.title.text(language()), "here": one is first}
                 for one in chains],
    }
    return render(request, "lots/chain.html", context)


def _standings(chain: Chain) -> list[dict[str, Any]]:
    """Each station's twin with its drawers' levels and tests."""
    spoken = language()
    return [{"title": station.description.title.text(spoken), "all": standing.of_station(station),
             "drawers": [(standing.title(one.name, spoken), one) for one in standing.drawers_of(station) if one.tests]}
            for station in chain.stations.values()]


def _listed(flights: Iterable[LotFlight]) -> list[dict[str, Any]]:
    """Lots in a list: where each stands, and its fate."""
    rows = []
    for flight in flights:
        found = selectors.chain(flight.chain)
        lot, outcome = selectors.lot_of(flight), selectors.outcome_of(flight)
        ahead = selectors.here(found, lot)
        where = title_of(found, ahead or RELEASE, language()) if flight.status != LotStatus.OVER else ""
        rows.append({"flight": flight, "where": where, "fate": fate_of(outcome) if outcome else "",
                     "calls": flight.status in (LotStatus.WAITING, LotStatus.IN_HAND),
                     "day": amount(lot.time / DAY, 1), "done": len(lot.legs), "of": len(found.order)})
    return rows


def front(request: HttpRequest) -> str:
    """The chain on the home page: its picture, and the way in."""
    chains = selectors.chains()
    if not chains:
        return ""
    context = {"chain": chains[0], "title": chains[0].description.title.text(language()),
               "summary": chains[0].description.summary.text(language()),
               "map": drawing.of_chain(chains[0], language())}
    return render_to_string("lots/front.html", context, request)


@require_POST
@found
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a lot; a browser without an account gets its cookie now."""
    visitor, response = welcomed(request)
    flight = services.begin(visitor=visitor, slug=request.POST.get("chain", ""), stops=request.POST.getlist("stop"),
                            case=request.POST.get("case", ""))
    response["Location"] = f"/lots/{flight.pk}/"
    return response


@require_GET
@found
def lots(request: HttpRequest) -> HttpResponse:
    return render(request, "lots/lots.html", {"lots": _listed(selectors.lots_of(visitor_of(request))[:50])})


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
    visitor = visitor_of(request)
    flight = selectors.lot_for(visitor, flight_id)
    found = selectors.chain(flight.chain)
    outcome = selectors.outcome_of(flight)
    return {
        "flight": flight, "chain": found, "title": found.description.title.text(language()),
        "map": drawing.of_lot(found, flight, language()), "now": _now(found, flight),
        "case": told.of_lot(found, flight, language()),
        "judgement": of_outcome(found, flight, outcome, language()) if outcome else None,
        "repeat": choices.repeated(found, flight, language()),
        "at_quality": flight.status in (LotStatus.WAITING, LotStatus.IN_HAND) and selectors.before_release(flight),
        "mine": selectors.is_own(visitor, flight),
        "moving": selectors.moves(flight),
    }


def _now(chain: Chain, flight: LotFlight) -> dict[str, Any]:
    """What stands before the next station, as its label says, and the session that flies it."""
    lot = selectors.lot_of(flight)
    ahead = waiting(chain, lot) if selectors.fits(flight) else None
    link = selectors.sessions_of(flight).filter(station=ahead.name).first() if ahead else None
    return {
        "day": amount(lot.time / DAY, 1), "holds": drawing.contents(ahead.received if ahead else lot.material),
        "stored": drawing.contents(ahead.stored) if ahead else (),
        "title": ahead.station.description.title.text(language()) if ahead else "",
        "waited": length(ahead.waited) if ahead and ahead.waited else "",
        "session": str(link.session_id) if link else "",
        "waits": choices.waits(chain, lot, ahead) if ahead and flight.status == LotStatus.WAITING else [],
        "limit": length(ahead.station.wait_limit) if ahead else "",
        "store": choices.store(chain, lot, ahead) if ahead and flight.status == LotStatus.WAITING else None,
    }


@require_POST
@found
def take(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    visitor = visitor_of(request)
    session = services.take(visitor=visitor, flight=selectors.own_lot(visitor, flight_id), choice=_choice(request))
    return redirect("simulator:cockpit", session_id=session.pk)


@require_POST
@found
def leave(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    visitor = visitor_of(request)
    services.leave(visitor=visitor, flight=selectors.own_lot(visitor, flight_id), choice=_choice(request))
    return redirect("lots:lot", flight_id=flight_id)


def _choice(request: HttpRequest) -> services.Choice:
    portions = request.POST.get("portions", "0")
    known = portions.isdecimal() and len(portions) <= DIGITS
    return services.Choice(request.POST.get("hold", ""), int(portions) if known else 0)


@require_POST
@found
def again(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    """Through the station behind it once more, or on."""
    visitor = visitor_of(request)
    services.decide_again(visitor=visitor, flight=selectors.own_lot(visitor, flight_id),
                          again=request.POST.get("again") == "yes")
    return redirect("lots:lot", flight_id=flight_id)


@require_GET
@found
def outcome(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    """The whole outcome as JSON, once the lot is through."""
    flight = selectors.lot_for(visitor_of(request), flight_id)
    if not flight.outcome:
        raise Http404
    return HttpResponse(flight.outcome, content_type="application/json")
