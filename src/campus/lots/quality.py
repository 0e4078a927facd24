"""The desk of quality: the lot's certificate of analysis, investigations, deviations and the decision, as pages."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biotwin.errors import InputInvalid
from biotwin.release import Case, Fact, State, next_time, overview
from biotwin.release.inputs import Input, Request
from campus.catalogue.selectors import language
from campus.lots import selectors, services
from campus.lots.models import LotFlight
from campus.lots.pages import found
from campus.lots.words import DAY, THIN, amount
from campus.simulator.visitors import visitor_of

MANY = frozenset({"impacts", "observations", "actions"})
"""Fields of inputs that take several choices."""


@require_GET
@found
def desk(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    flight = selectors.lot_for(visitor_of(request), flight_id)
    case, state, _entries = selectors.quality_of(services.open_quality(flight=flight))
    return render(request, "lots/quality.html", {"flight": flight, **_shown(case, state, language())})


@require_POST
@found
def ask(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    """One input from a form: ``kind`` and its fields; a refusal is told in words, and nothing is lost."""
    visitor = visitor_of(request)
    flight = selectors.lot_for(visitor, flight_id)
    try:
        item = _input(request.POST, flight)
        facts = services.ask(visitor=visitor, flight=flight, item=item)
    except (msgspec.ValidationError, InputInvalid) as fault:
        messages.error(request, _("That cannot be understood: %(fault)s") % {"fault": fault})
        return redirect("lots:quality", flight_id=flight.pk)
    _tell(request, flight, facts)
    return _back(flight)


@require_POST
@found
def wait(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    flight = selectors.lot_for(visitor_of(request), flight_id)
    try:
        services.let_time_pass(flight=flight)
    except services.NotNow:
        messages.info(request, _("Nothing is under way: there is nothing to wait for."))
    return redirect("lots:quality", flight_id=flight.pk)


@require_POST
@found
def request_all(request: HttpRequest, flight_id: uuid.UUID) -> HttpResponse:
    """Order every test that has not been ordered yet."""
    visitor = visitor_of(request)
    flight = selectors.lot_for(visitor, flight_id)
    case, state, _entries = selectors.quality_of(services.open_quality(flight=flight))
    asked = {run.test for run in state.runs} | {result.test for result in state.results}
    for test in case.tests:
        if test not in asked:
            services.ask(visitor=visitor, flight=flight, item=Request(test))
    return redirect("lots:quality", flight_id=flight.pk)


def _back(flight: LotFlight) -> HttpResponse:
    flight.refresh_from_db()
    if selectors.before_release(flight):
        return redirect("lots:quality", flight_id=flight.pk)
    return redirect("lots:lot", flight_id=flight.pk)


def _input(form: QueryDict, flight: LotFlight) -> Input:
    """Raises ``msgspec.ValidationError``."""
    raw: dict[str, Any] = {name: form.getlist(name) if name in MANY else form[name]
                           for name in form if name != "csrfmiddlewaretoken"}
    if "due" in raw:
        days = float(raw["due"]) if str(raw["due"]).replace(".", "", 1).isdigit() else -1.0
        raw["due"] = round(flight.quality.time + days * DAY) if days >= 0.0 else -1
    return msgspec.convert(raw, Input, strict=False)


def _tell(request: HttpRequest, flight: LotFlight, facts: tuple[Fact, ...]) -> None:
    """What came of it: refusals as warnings with their reason, all else in a line."""
    book = selectors.chain(flight.chain).book
    assert book is not None
    for fact in facts:
        if fact.kind == "refused":
            text = book.texts.refusals[str(fact.detail["reason"])].text(language())
            messages.warning(request, text)
        else:
            messages.info(request, f"{book.texts.facts[fact.kind].text(language())} · {fact.subject}")


# --- what the page shows ----------------------------------------------------------------------------------------------


def _shown(case: Case, state: State, spoken: str) -> dict[str, Any]:
    book, q = case.book, case.book.quality
    shown = overview(case, state, spoken, next_time(case, state))
    rules = {name: rule.title.text(spoken) for name, rule in q.rules.items()}
    stages = [{"title": book.specification.stages[stage].title.text(spoken),
               "tests": [_test(test) for test in shown.tests if test.stage == stage]} for stage in case.stages]
    return {
        "day": amount(state.time / DAY, 1), "cost": amount(state.cost, 0), "stages": stages,
        "ahead": f"{amount((shown.next_time - state.time) / DAY, 1)}{THIN}{_('d')}" if shown.next_time >= 0 else "",
        "missing": [{"text": book.texts.missing[m.code].text(spoken), "subject": _named(case, m.subject, spoken)}
                    for m in shown.missing],
        "investigations": [_oos(case, state, oos, spoken) for oos in state.investigations],
        "trends": [{"trend": t, "title": book.tests[t.test].method.title.text(spoken)} for t in state.trends],
        "observations": [{"it": o, "title": rules[o.rule], "may_accept": q.rules[o.rule].accept}
                         for o in state.observations],
        "deviations": [{"it": d, "closed": d.closed >= 0} for d in state.deviations],
        "claims": [{"title": book.clearance.viruses[c.virus].title.text(spoken), "total": amount(c.total, 1),
                    "required": amount(c.required, 1), "short": c.total < c.required} for c in shown.claims],
        "choices": {name: _choices(getattr(q, name), spoken) for name in
                    ("containments", "impacts", "causes", "actions", "owners", "checks", "justifications",
                     "trend_conclusions")},
        "grades": [("minor", _("Minor")), ("major", _("Major")), ("critical", _("Critical"))],
        "unread": state.records_read < len(case.file.records), "outcome": state.disposition.outcome,
        "unread_environment": state.environment_read < len(case.file.environment),
    }


def _choices(described: dict[str, Any], spoken: str) -> list[tuple[str, str]]:
    return [(slug, getattr(item, "title", item).text(spoken)) for slug, item in described.items()]


def _named(case: Case, subject: str, spoken: str) -> str:
    test = case.book.tests.get(subject)
    if test is None:
        filed = case.book.specification.integrity.get(subject)
        return filed.title.text(spoken) if filed else subject
    return f"{case.book.specification.stages[test.stage].title.text(spoken)} · {test.method.title.text(spoken)}"


def _test(test: Any) -> dict[str, Any]:
    """A line of the certificate of analysis."""
    limits = [amount(limit, test.digits) if limit is not None else "" for limit in (test.low, test.high)]
    text = f"{limits[0]} – {limits[1]}" if all(limits) else f"≥ {limits[0]}" if limits[0] else f"≤ {limits[1]}"
    return {"test": test, "limits": f"{text}{THIN}{test.unit}".strip(), "days": amount(test.days, 1),
            "may_request": not test.results and test.ready < 0}


def _oos(case: Case, state: State, oos: Any, spoken: str) -> dict[str, Any]:
    """An investigation with what may be asked for now."""
    test = case.book.tests[oos.test]
    first = state.result(oos.result)
    return {"it": oos, "title": _named(case, oos.test, spoken), "unit": test.read.unit,
            "closed": oos.status == "closed", "least": max(1, test.line.retest.least),
            "value": amount(test.shown.shown(first.value), test.read.digits)}
