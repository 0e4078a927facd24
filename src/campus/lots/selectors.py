"""Reading lots; every query is filtered by who asks."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

import msgspec
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from biotwin.chain import Chain, ChainCase, Lot, case_of, case_slugs, chain_slugs, due, load_case, load_chain, offered
from biotwin.chain.outcome import Outcome
from biotwin.errors import UnknownName
from biotwin.release import Case, Entry, State, advance, routine, step
from campus.foundation.extensions import Companion, Seal
from campus.lots.models import LotFlight, LotQuality, LotSession, LotStatus
from campus.simulator.models import Status
from campus.simulator.policies import Visitor, may_instruct
from campus.simulator.selectors import NotYours

_lots = msgspec.json.Decoder(Lot)
_outcomes = msgspec.json.Decoder(Outcome)
_entries = msgspec.json.Decoder(list[Entry])


class NoSuchChain(LookupError):
    """No chain has this slug, or no case of the chain."""


def chain(slug: str) -> Chain:
    try:
        return load_chain(slug, settings.CAMPUS_CONTENT)
    except UnknownName:
        raise NoSuchChain(slug) from None


def chains() -> list[Chain]:
    return [load_chain(slug, settings.CAMPUS_CONTENT) for slug in chain_slugs(settings.CAMPUS_CONTENT)]


def case(chain: Chain, slug: str) -> ChainCase:
    try:
        return load_case(chain, slug)
    except UnknownName:
        raise NoSuchChain(slug) from None


def cases(chain: Chain) -> list[ChainCase]:
    return [load_case(chain, slug) for slug in case_slugs(chain)]


def lot_of(flight: LotFlight) -> Lot:
    return _lots.decode(flight.lot)


def fits(flight: LotFlight) -> bool:
    """Whether the chain still has the stations that this lot went through, in that order."""
    flown = tuple(leg.station for leg in lot_of(flight).legs)
    return chain(flight.chain).order[:len(flown)] == flown


def asks(chain: Chain, lot: Lot) -> str:
    """The filed step about which a person has to decide whether it is done again; the autopilot decides for itself."""
    return offered(chain, lot) if lot.legs and lot.legs[-1].how == "by_hand" else ""


def here(chain: Chain, lot: Lot) -> str:
    """The station that the lot stands before, or behind and may go through again; empty before its release and at its
    end.
    """
    if lot.goes_again or asks(chain, lot):
        return lot.legs[-1].station
    return chain.order[len(lot.legs)] if len(lot.legs) < len(chain.order) and not due(chain, lot) else ""


def before_release(flight: LotFlight) -> bool:
    """Whether the lot stands before quality."""
    return due(chain(flight.chain), lot_of(flight))


def lots_of(visitor: Visitor) -> QuerySet[LotFlight]:
    """The visitor's own lots, newest first."""
    mine = Q(pk__in=[])
    if visitor.user_id:
        mine |= Q(owner_id=visitor.user_id)
    if visitor.key:
        mine |= Q(owner=None, visitor=visitor.key)
    return LotFlight.objects.filter(mine)


def lot_for(visitor: Visitor, flight_id: uuid.UUID) -> LotFlight:
    """The lot, for its owner and for instructors. Raises ``NotYours``."""
    flight = LotFlight.objects.filter(pk=flight_id).first()
    if flight is None:
        raise NotYours(str(flight_id))
    if not is_own(visitor, flight) and not (flight.owner_id and may_instruct(visitor)):
        raise NotYours(str(flight_id))
    return flight


def own_lot(visitor: Visitor, flight_id: uuid.UUID) -> LotFlight:
    """The lot, for its owner alone: instructors look, they do not act. Raises ``NotYours``."""
    flight = lot_for(visitor, flight_id)
    if not is_own(visitor, flight):
        raise NotYours(str(flight_id))
    return flight


def is_own(visitor: Visitor, flight: LotFlight) -> bool:
    if flight.owner_id:
        return flight.owner_id == visitor.user_id
    return flight.visitor == visitor.key != ""


def desk_of(flight: LotFlight) -> LotQuality | None:
    """The desk of quality, once somebody has sat down at it and while the lot stands there."""
    return LotQuality.objects.filter(flight=flight).first() if before_release(flight) else None


def sessions_of(flight: LotFlight) -> QuerySet[LotSession]:
    return flight.sessions.select_related("session")


def moves(flight: LotFlight) -> bool:
    """Whether the lot goes on by itself: on autopilot, taken back from hands that have let go, or being judged."""
    if flight.status == LotStatus.IN_HAND:
        here = flight.sessions.order_by("-session__created").first()
        return here is not None and here.session.status != Status.OPEN and not before_release(flight)
    return flight.status == LotStatus.MOVING or (flight.status == LotStatus.OVER and not flight.outcome)


def companion(session: Any) -> Companion | None:
    """Where a flight belongs: its lot. What befell the lot elsewhere is no part of the unit's own score."""
    link = LotSession.objects.select_related("flight").filter(session=session).first()
    if link is None:
        return None
    note = _("Something had befallen this lot before it came here. The scores below compare your flight with one of a "
             "usual lot, and only this unit is said to be sound or faulty: what you did for this lot is told by its "
             "outcome.") if lot_of(link.flight).case else ""
    return Companion(_("Back to the lot"), reverse("lots:lot", args=[link.flight_id]), note)


def seals(sessions: Collection[Any]) -> dict[uuid.UUID, Seal]:
    """By flight. A leg of a lot keeps what no instrument and no test shows until the lot has been judged: what is true
    of it is true of the lot. A lot that cannot go on keeps nothing.
    """
    links = LotSession.objects.filter(session__in=sessions, flight__outcome="").exclude(flight__status=LotStatus.FAULT)
    text = _("Its debrief opens when the lot has been judged: what no instrument shows here would tell what no "
             "test of this lot shows.")
    return {session: Seal(text, _("Back to the lot"), reverse("lots:lot", args=[flight]))
            for session, flight in links.values_list("session_id", "flight_id")}


def outcome_of(flight: LotFlight) -> Outcome | None:
    """What became of the lot; None while it is not through, or not judged yet."""
    return _outcomes.decode(flight.outcome) if flight.outcome else None


def quality_of(desk: LotQuality) -> tuple[Case, State, list[Entry]]:
    """The case, its state at the desk's time, and the journal."""
    lot = lot_of(desk.flight)
    case = case_of(chain(desk.flight.chain), lot)
    entries = _entries.decode(desk.entries)
    state = routine(case, lot.time).state
    for entry in entries:
        state, _facts = step(case, state, entry)
    state, _facts = advance(case, state, desk.time)
    return case, state, entries
