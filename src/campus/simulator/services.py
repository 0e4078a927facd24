"""Changing what is kept of flights: keyword-only functions, one transaction each."""

from __future__ import annotations

import os
import secrets
import socket
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from biotwin.session.engine import engine_digest, platform_fingerprint
from campus.catalogue import selectors as catalogue
from campus.foundation.services import publish, record
from campus.simulator import policies, selectors
from campus.simulator.models import JournalEntry, Seat, ShareLink, SimulatorSession, Status
from campus.simulator.policies import Visitor

LINK_DAYS = 30


class Full(Exception):
    """No room for another flight: the campus says so instead of slowing everyone."""


class NotAllowed(Exception):
    """The policy says no."""


class LeaseHeld(Exception):
    """Another process serves this session."""


# --- a flight's beginning and end -------------------------------------------------------------------------------------


@transaction.atomic
def begin(*, visitor: Visitor, slug: str) -> SimulatorSession:
    """A new flight of a scenario, with a secret seed made here. Raises ``NotAllowed`` or ``Full``."""
    if not policies.may_fly(visitor, open_to_all=catalogue.scenario(slug).open):
        raise NotAllowed(slug)
    return begin_with(visitor=visitor, slug=slug, seed=secrets.token_hex(16))


@transaction.atomic
def begin_with(*, visitor: Visitor, slug: str, seed: str, received: str = "") -> SimulatorSession:
    """A new flight with a seed (32 hex digits) and what a lot brings (JSON) given. Raises ``Full``."""
    scenario = catalogue.scenario(slug, received)
    admit(visitor)
    session = SimulatorSession.objects.create(
        scenario=slug, scenario_digest=scenario.digest, plant_digest=scenario.plant.digest, engine=engine_digest(),
        platform=platform_fingerprint()[:200], seed=seed, received=received, owner_id=visitor.user_id,
        visitor="" if visitor.user_id else visitor.key, address="" if visitor.user_id else visitor.address,
    )
    seat(visitor=visitor, session=session)
    record(actor=visitor.actor, verb="flight_begun", subject=f"session:{session.pk}", detail={"scenario": slug})
    return session


def admit(visitor: Visitor) -> None:
    """Raise ``Full`` where there is no room for another visitor without an account."""
    if visitor.user_id is not None:
        return
    everyone, here = selectors.anonymous_load(visitor.address)
    limits = settings.CAMPUS_HOST
    if everyone >= limits["anonymous_sessions"] or here >= limits["anonymous_per_address"]:
        raise Full("anonymous")


@transaction.atomic
def seat(*, visitor: Visitor, session: SimulatorSession) -> Seat:
    """The visitor's seat at a session, made at the first visit. Raises ``NotAllowed``."""
    role = policies.seat_role(visitor, session)
    found = selectors.seat_of(visitor, session)
    if role is None or (found is not None and found.withdrawn is not None):
        raise NotAllowed(str(session.pk))
    if found is None:
        return Seat.objects.create(session=session, role=role, user_id=visitor.user_id,
                                   visitor="" if visitor.user_id else visitor.key)
    if found.role != role:
        found.role = role
        found.save(update_fields=["role"])
    return found


@transaction.atomic
def branch(*, visitor: Visitor, session: SimulatorSession, time: int) -> SimulatorSession:
    """A new flight that shares the journal, the seed and the noise of another one before ``time`` (simulated ms).

    ``time`` may be later than the moment at which the seat was left: the plant went on by itself.
    """
    if not policies.may_view(visitor, session) or not policies.secrecy_is_over(session):
        raise NotAllowed(str(session.pk))
    admit(visitor)
    time = max(0, min(time, catalogue.scenario(session.scenario).duration))
    child = SimulatorSession.objects.create(
        scenario=session.scenario, scenario_digest=session.scenario_digest, plant_digest=session.plant_digest,
        engine=session.engine, platform=session.platform, seed=session.seed, received=session.received,
        owner_id=visitor.user_id,
        visitor="" if visitor.user_id else visitor.key, address="" if visitor.user_id else visitor.address,
        parent=session, branch_time=time, assessed=False, durable_time=time,
    )
    JournalEntry.objects.bulk_create(
        JournalEntry(session=child, number=row.number, time=row.time, seat=row.seat, schema=row.schema, body=row.body)
        for row in session.journal.filter(time__lt=time).order_by("number")
    )
    seat(visitor=visitor, session=child)
    record(actor=visitor.actor, verb="flight_branched", subject=f"session:{child.pk}",
           detail={"parent": str(session.pk), "time": time})
    return child


@transaction.atomic
def open_debrief(*, visitor: Visitor, session: SimulatorSession) -> None:
    """End the flight's secrecy: from here on nobody can fly it any more, only branches of it."""
    if not policies.may_view(visitor, session):
        raise NotAllowed(str(session.pk))
    was_open = session.status == Status.OPEN
    session.status, session.running = Status.DEBRIEFED, False
    session.ended = session.ended or timezone.now()
    session.save(update_fields=["status", "running", "ended", "changed"])
    record(actor=visitor.actor, verb="debrief_opened", subject=f"session:{session.pk}", detail={"was_open": was_open})
    if was_open:
        publish(topic="flight_ended", body={"session": str(session.pk)})


# --- share links ------------------------------------------------------------------------------------------------------


@transaction.atomic
def share(*, visitor: Visitor, session: SimulatorSession, days: int = LINK_DAYS) -> ShareLink:
    if not policies.may_share(visitor, session):
        raise NotAllowed(str(session.pk))
    link = ShareLink.objects.create(session=session, created_by=visitor.actor,
                                    expires=timezone.now() + timedelta(days=max(1, min(days, 365))))
    record(actor=visitor.actor, verb="debrief_shared", subject=f"session:{session.pk}", detail={"link": str(link.pk)})
    return link


@transaction.atomic
def withdraw_link(*, visitor: Visitor, link: ShareLink) -> None:
    if not policies.is_owner(visitor, link.session):
        raise NotAllowed(str(link.pk))
    ShareLink.objects.filter(pk=link.pk, withdrawn=None).update(withdrawn=timezone.now())
    record(actor=visitor.actor, verb="share_withdrawn", subject=f"session:{link.session_id}",
           detail={"link": str(link.pk)})


# --- the lease --------------------------------------------------------------------------------------------------------


def process_name() -> str:
    """This process, as a lease names it."""
    return f"{socket.gethostname()}/{os.getpid()}/{_NONCE}"


_NONCE = secrets.token_hex(4)


def _is_gone(owner: str) -> bool:
    """True when the lease's process ran on this machine and no longer exists: its lease need not lapse."""
    machine, pid, _nonce = ([*owner.split("/"), "", ""])[:3]
    if machine != socket.gethostname() or not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        return owner != process_name()
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@transaction.atomic
def take_lease(*, session_id: uuid.UUID, owner: str, seconds: float) -> SimulatorSession:
    """Become the one process that may append; the number grows with every taking. Raises ``LeaseHeld``."""
    session = SimulatorSession.objects.select_for_update().get(pk=session_id)
    held = session.lease_owner and session.lease_owner != owner and not _is_gone(session.lease_owner)
    if held and session.lease_until is not None and session.lease_until > timezone.now():
        raise LeaseHeld(str(session_id))
    session.lease_owner, session.lease_number = owner, session.lease_number + 1
    session.lease_until = timezone.now() + timedelta(seconds=seconds)
    session.save(update_fields=["lease_owner", "lease_number", "lease_until"])
    return session


# --- cleaning ---------------------------------------------------------------------------------------------------------


def remove_expired() -> None:
    """Anonymous flights live a few hours; nothing of them is kept."""
    before = timezone.now() - timedelta(seconds=settings.CAMPUS_HOST["anonymous_life_s"])
    with transaction.atomic():
        SimulatorSession.objects.filter(owner=None, created__lt=before).delete()
