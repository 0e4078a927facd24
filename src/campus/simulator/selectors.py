"""Reading flights; every queryset is filtered by who asks."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

import msgspec
from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone

from biotwin.session.inputs import Entry, HoldRecipe, Input, RestartRecipe, SetRecipeMode
from campus.catalogue import selectors as catalogue
from campus.foundation import extensions
from campus.simulator import policies, schemas
from campus.simulator.models import JournalEntry, Seat, ShareLink, SimulatorSession, Status
from campus.simulator.policies import Visitor

LINK_SALT = "campus.simulator.share"
_inputs = msgspec.json.Decoder(Input)


class NotYours(LookupError):
    """There is no such session for this visitor (it may exist for somebody else: the answer is the same)."""


def session_for(visitor: Visitor, session_id: uuid.UUID | str) -> SimulatorSession:
    session = SimulatorSession.objects.filter(pk=session_id).first()
    if session is None or not policies.may_view(visitor, session):
        raise NotYours(str(session_id))
    return session


def flights_of(visitor: Visitor) -> QuerySet[SimulatorSession]:
    """The visitor's own flights, newest first."""
    mine = Q(pk__in=[])
    if visitor.user_id:
        mine |= Q(owner_id=visitor.user_id)
    if visitor.key:
        mine |= Q(owner=None, visitor=visitor.key)
    return SimulatorSession.objects.filter(mine).order_by("-created")


def seat_of(visitor: Visitor, session: SimulatorSession) -> Seat | None:
    who = Q(user_id=visitor.user_id) if visitor.user_id else Q(visitor=visitor.key, user=None)
    return Seat.objects.filter(who, session=session).first()


def entry_of(row: JournalEntry) -> Entry:
    """A row as an entry. Raises ``NewerSchema``."""
    body = schemas.up_to_date("journal", row.schema, row.body)
    return Entry(number=row.number, time=row.time, seat=row.seat, input=_inputs.decode(body))


def journal_of(session: SimulatorSession) -> list[Entry]:
    return [entry_of(row) for row in session.journal.order_by("number")]


def entries_of_seat(session_id: uuid.UUID, seat: uuid.UUID) -> list[Entry]:
    """What one seat put into the journal, in order."""
    rows = JournalEntry.objects.filter(session_id=session_id, seat=str(seat)).order_by("number")
    return [entry_of(row) for row in rows]


def shared_link(token: str) -> ShareLink | None:
    """The link behind a signed token, or None when it is forged, expired or withdrawn."""
    try:
        link_id = signing.loads(token, salt=LINK_SALT)
    except signing.BadSignature:
        return None
    return (ShareLink.objects.select_related("session")
            .filter(pk=link_id, withdrawn=None, expires__gt=timezone.now()).first())


def link_token(link: ShareLink) -> str:
    return signing.dumps(str(link.pk), salt=LINK_SALT)


def anonymous_load(address: str) -> tuple[int, int]:
    """(open anonymous flights, those from this address)."""
    rows = SimulatorSession.objects.filter(owner=None, status="open")
    return rows.count(), rows.filter(address=address).count()


def seed_of(session: SimulatorSession) -> int:
    """The secret seed as a number; for the host and the worker only."""
    return int(session.seed, 16)


def recipe_waits(session: SimulatorSession) -> bool:
    """Whether the recipe was left in hand, held or semi-automatic: no phase begins by itself any more."""
    held = by_hand = False
    for entry in journal_of(session):
        held = isinstance(entry.input, HoldRecipe) or (held and not isinstance(entry.input, RestartRecipe))
        by_hand = entry.input.mode != "automatic" if isinstance(entry.input, SetRecipeMode) else by_hand
    return held or by_hand


def flight_summaries(sessions: Collection[SimulatorSession]) -> list[dict[str, Any]]:
    """What a list shows of its flights; what seals any of them is asked once."""
    sealed = extensions.seals([session for session in sessions if session.status != Status.OPEN])
    return [_summary(session, session.pk in sealed) for session in sessions]


def flight_summary(session: SimulatorSession) -> dict[str, Any]:
    return flight_summaries([session])[0]


def _summary(session: SimulatorSession, sealed: bool) -> dict[str, Any]:
    try:
        title = catalogue.console_of(session.scenario, catalogue.language()).title
    except catalogue.NoSuchScenario:
        title = session.scenario
    return {"session": session, "title": title, "status": session.get_status_display(),
            "open": session.status == Status.OPEN, "sealed": sealed}
