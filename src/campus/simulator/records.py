"""A flight that this build cannot fly to the bit (another engine made it, or its scenario has changed): its records.

It is read-only: no clock, no branch, no score that another engine would give. What was written down then can be read:
one's commands, what was told, and the curves of the instruments. What was hidden stays so until the flight is ended.
"""

from __future__ import annotations

import uuid
import zlib
from typing import Any

import msgspec
from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from biotwin.session.inputs import InjectMalfunction
from campus.catalogue import selectors as catalogue
from campus.foundation.extensions import Seal
from campus.simulator import history, loading, policies, selectors
from campus.simulator.acts import acts
from campus.simulator.api import clearly
from campus.simulator.models import DebriefRecord, SimulatorSession
from campus.simulator.texts import sentence
from campus.simulator.visitors import visitor_of


def only_recorded(session: SimulatorSession) -> bool:
    """True when no debrief was kept while the build that flew it was there, and this one cannot fly it again."""
    kept = DebriefRecord.objects.filter(session=session, fault="").exists()
    return not kept and not loading.flyable(session)


def page(request: HttpRequest, session: SimulatorSession, *, owned: bool) -> HttpResponse:
    over = policies.secrecy_is_over(session)
    chunk = session.telemetry.filter(run="seat").first() if over else None
    tags = history.parsed(zlib.decompress(bytes(chunk.data)))[0][:history.TAGS] if chunk else []
    context = {**selectors.flight_summary(session), "session": session, "owned": owned, "over": over,
               "why": sentence("engine_mismatch", catalogue.language()), "tags": ",".join(tags),
               "commands": session.journal.count(), "told": session.fact_records.filter(hidden=False).count()}
    return render(request, "simulator/records.html", context)


def sealed_page(request: HttpRequest, session: SimulatorSession, seal: Seal) -> HttpResponse:
    """A flight that has ended and keeps its secrets: why, where they will be told, and what one did in the meantime."""
    done = acts(catalogue.scenario(session.scenario), selectors.journal_of(session), catalogue.language())
    context = {**selectors.flight_summary(session), "session": session, "seal": seal, "acts": done}
    return render(request, "simulator/sealed.html", context)


def records_of(session: SimulatorSession) -> dict[str, Any]:
    """Commands and facts as they were written; what an instructor did and hidden facts only once secrecy is over."""
    facts = session.fact_records.exclude(number=None).order_by("number")
    journal = selectors.journal_of(session)
    if not policies.secrecy_is_over(session):
        facts = facts.filter(hidden=False)
        journal = [entry for entry in journal if not isinstance(entry.input, InjectMalfunction)]
    told = [msgspec.json.decode(body) for body in facts.values_list("body", flat=True)]
    return {
        "schema": session.schema, "scenario": session.scenario, "engine": session.engine, "end": session.durable_time,
        "journal": journal, "facts": [body.get("fact", body) for body in told],
    }


def _document(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    session = selectors.session_for(visitor_of(request), session_id)
    answer = HttpResponse(msgspec.json.encode(records_of(session)), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{session.pk}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
@clearly
async def document(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The records as JSON, of any flight that one may see."""
    return await sync_to_async(_document)(request, session_id)
