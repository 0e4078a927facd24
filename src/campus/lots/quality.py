"""The desk of quality: the lot's certificate of analysis, investigations, deviations and the decision, as pages."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from biotwin.errors import InputInvalid
from biotwin.release import Fact
from biotwin.release.inputs import Input
from campus.catalogue.selectors import language
from campus.lots import forms, selectors, services
from campus.lots.dossier import dossier, orders
from campus.lots.judgement import OWN_NAME, decided, named
from campus.lots.models import LotFlight
from campus.lots.pages import found
from campus.lots.words import DAY, THIN, amount
from campus.simulator.visitors import visitor_of

MOST_TOLD = 4
"""Subjects of like facts that are named; more are counted."""


@require_GET
@found
def desk(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    return _page(request, selectors.lot_for(visitor_of(request), flight_id))


@require_POST
@found
def sit_down(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    """Take the desk of quality."""
    services.open_quality(flight=selectors.own_lot(visitor_of(request), flight_id))
    return redirect("lots:quality", flight_id=flight_id)


@require_POST
@found
def ask(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    """One input from a form: ``kind`` and its fields."""
    return _put(request, selectors.own_lot(visitor_of(request), flight_id), forms.single)


@require_POST
@found
def answer(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    """One answer to several observations: accepted, each for the same reason, or together in one deviation."""
    return _put(request, selectors.own_lot(visitor_of(request), flight_id), forms.many)


def _put(request: HttpRequest, flight: LotFlight, read: Callable[[QueryDict, int], list[Input]]) -> HttpResponse:
    """Ask what the form says. What cannot be taken, or is refused, is told in words and stays in the form."""
    now = services.open_quality(flight=flight).time
    try:
        facts = services.ask(visitor=visitor_of(request), flight=flight, items=read(request.POST, now))
    except forms.Unanswered as fault:
        messages.error(request, str(fault))
        return _page(request, flight, typed=request.POST, status=422)
    except (msgspec.ValidationError, InputInvalid) as fault:
        messages.error(request, _("That cannot be understood: %(fault)s") % {"fault": fault})
        return _page(request, flight, typed=request.POST, status=422)
    _tell(request, flight, facts)
    _tell_wait(request, flight, now)
    if any(fact.kind == "refused" for fact in facts):
        return _page(request, flight, typed=request.POST)
    return _back(flight, request.POST.get("at", ""))


@require_POST
@found
def wait(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    flight = selectors.own_lot(visitor_of(request), flight_id)
    try:
        services.let_time_pass(flight=flight)
    except services.NotNow:
        messages.info(request, _("Nothing is under way: there is nothing to wait for."))
    return redirect("lots:quality", flight_id=flight.pk)


@require_POST
@found
def leave(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    """Get up from the desk and leave the lot in the quarantine into which it was put."""
    visitor = visitor_of(request)
    services.leave_quarantined(visitor=visitor, flight=selectors.own_lot(visitor, flight_id))
    return redirect("lots:lot", flight_id=flight_id)


@require_POST
@found
def request_all(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    """Order every test that has not been ordered yet."""
    visitor = visitor_of(request)
    flight = selectors.own_lot(visitor, flight_id)
    case, state, _entries = selectors.quality_of(services.open_quality(flight=flight))
    items = orders(case, state)
    services.ask(visitor=visitor, flight=flight, items=items)
    messages.info(request, ngettext("%(count)d test ordered.", "%(count)d tests ordered.", len(items))
                  % {"count": len(items)})
    return redirect("lots:quality", flight_id=flight.pk)


def _page(request: HttpRequest, flight: LotFlight, *, typed: QueryDict | None = None,
          status: int = 200) -> HttpResponse:
    """The desk, with what was ``typed`` into a form that comes back; the lot's own page where nobody sits at it."""
    flight.refresh_from_db()
    typed = QueryDict() if typed is None else typed
    kept = selectors.desk_of(flight)
    if kept is None:
        return redirect("lots:lot", flight_id=flight.pk)
    chain = selectors.chain(flight.chain)
    case, state, _entries = selectors.quality_of(kept)
    context = {
        "flight": flight, "typed": typed, "ticked": typed.getlist("observations"),
        "months": forms.months(state.shelf_life, typed), "mine": selectors.is_own(visitor_of(request), flight),
        **dossier(chain, case, state, language(), typed),
    }
    return render(request, "lots/quality.html", context, status=status)


def _back(flight: LotFlight, at: str) -> HttpResponse:
    """To the part of the page that was worked at, or to the lot once its fate is decided."""
    flight.refresh_from_db()
    if not selectors.before_release(flight):
        return redirect("lots:lot", flight_id=flight.pk)
    place = reverse("lots:quality", args=[flight.pk])
    return HttpResponseRedirect(f"{place}#{at}" if at.replace("-", "").isalnum() else place)


def _tell(request: HttpRequest, flight: LotFlight, facts: tuple[Fact, ...]) -> None:
    """What came of it: refusals as warnings with their reason, all else in a line."""
    book = selectors.chain(flight.chain).book
    assert book is not None
    for reason in dict.fromkeys(str(fact.detail["reason"]) for fact in facts if fact.kind == "refused"):
        messages.warning(request, book.texts.refusals[reason].text(language()))
    told: dict[str, list[str]] = {}
    for fact in facts:
        if fact.kind == "disposed":
            ends = decided(str(fact.detail["outcome"]))
            messages.info(request, f"{book.texts.facts[fact.kind].text(language())}{_(': ')}{ends}")
        elif fact.kind != "refused":
            told.setdefault(fact.kind, []).append(fact.subject)
    for kind, subjects in told.items():
        if all(OWN_NAME.fullmatch(subject) for subject in subjects):  # such names say nothing: counted
            count = f"{THIN}×{THIN}{len(subjects)}" if len(subjects) > 1 else ""
            messages.info(request, f"{book.texts.facts[kind].text(language())}{count}")
            continue
        shown = [named(book, subject, language()) for subject in subjects[:MOST_TOLD]]
        more = f" + {len(subjects) - MOST_TOLD}" if len(subjects) > MOST_TOLD else ""
        text = f"{book.texts.facts[kind].text(language())}{_(': ')}{', '.join(shown)}{more}"
        messages.info(request, text)


def _tell_wait(request: HttpRequest, flight: LotFlight, before: int) -> None:
    """The days that a quarantine took, at once: results came back meanwhile, patients waited."""
    kept = selectors.desk_of(flight)
    days = (kept.time - before) // DAY if kept is not None else 0
    if kept is not None and days > 0:
        messages.info(request, ngettext("%(days)d day passed in quarantine; this is day %(day)s of the lot.",
                                        "%(days)d days passed in quarantine; this is day %(day)s of the lot.", days)
                      % {"days": days, "day": amount(kept.time / DAY, 1)})
