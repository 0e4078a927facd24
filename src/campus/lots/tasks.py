"""Work that follows news: the next leg of a lot, a leg taken back from somebody's hands, the judgement at the end.

One leg per piece of news: other news are not kept waiting by a whole lot, and a restart goes on with the leg it was at.
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from django.conf import settings

from biotwin.errors import BiotwinError
from campus.lots import selectors, services, work
from campus.lots.models import LotFlight, LotSession, LotStatus
from campus.simulator import loading
from campus.simulator.models import SimulatorSession
from campus.simulator.worker import WORKER

PATIENCE_S = 600.0
CHANGED = "The chain has other stations now than those that this lot went through. Next: begin another lot."
log = logging.getLogger("campus.lots")


def fly_next_leg(topic: str, body: dict[str, Any]) -> None:
    """Reader of ``lot_moves``: one leg by the autopilot, then the next piece of news."""
    flight = LotFlight.objects.filter(pk=body["lot"], status=LotStatus.MOVING).first()
    if flight is None:
        return
    if not selectors.fits(flight):
        services.stop(flight=flight, fault=CHANGED)
        return
    key = f"leg of {flight.pk}"
    try:
        if selectors.before_release(flight):
            lot = WORKER.submit(key, work.release, settings.CAMPUS_CONTENT, flight.lot).result(PATIENCE_S)
            services.release(flight=flight, lot=lot)
            return
        lot = WORKER.submit(key, work.leg, settings.CAMPUS_CONTENT, flight.lot, None, flight.stops).result(PATIENCE_S)
    except BiotwinError as fault:
        log.warning("Lot %s cannot go on: %s", flight.pk, fault)
        services.stop(flight=flight, fault=str(fault))
        return
    services.append(flight=flight, lot=lot)


def take_back(topic: str, body: dict[str, Any]) -> None:
    """Reader of ``flight_ended``: a leg that was flown by hand joins its lot, as it was left."""
    link = LotSession.objects.filter(session=body["session"]).select_related("flight", "session").first()
    if link is None or link.flight.status != LotStatus.IN_HAND:
        return
    key = f"leg of {link.flight.pk}"
    try:
        journal = journal_of(link.session)
        given = (settings.CAMPUS_CONTENT, link.flight.lot, journal, link.flight.stops)
        lot = WORKER.submit(key, work.leg, *given).result(PATIENCE_S)
    except BiotwinError as fault:
        log.warning("Lot %s cannot go on: %s", link.flight.pk, fault)
        services.stop(flight=link.flight, fault=str(fault))
        return
    services.append(flight=link.flight, lot=lot)


def judge(topic: str, body: dict[str, Any]) -> None:
    """Reader of ``lot_through``: the outcome, with what each stop did."""
    flight = LotFlight.objects.filter(pk=body["lot"], status=LotStatus.OVER, outcome="").first()
    if flight is None:
        return
    key = f"outcome of {flight.pk}"
    try:
        journals = {link.station: journal_of(link.session) for link in selectors.sessions_of(flight)}
        found = WORKER.submit(key, work.outcome, settings.CAMPUS_CONTENT, flight.lot, journals).result(PATIENCE_S)
    except BiotwinError as fault:
        log.warning("Lot %s cannot be judged: %s", flight.pk, fault)
        services.stop(flight=flight, fault=str(fault))
        return
    services.keep_outcome(flight=flight, outcome=found.decode())


def journal_of(session: SimulatorSession) -> bytes:
    """The inputs of a session, as JSON. Raises ``EngineMismatch``."""
    return msgspec.json.encode(list(loading.replay_of(session).entries))
