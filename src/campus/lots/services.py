"""Changing what is kept of lots: keyword-only functions, one transaction each."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from biotwin.chain import RELEASE, Lot, begun, decided, due, kept_waiting, pooling, released, waiting
from biotwin.errors import DescriptionError, UnknownName
from biotwin.release import Entry, Fact, next_time, step
from biotwin.release.inputs import ROLES, Input
from biotwin.session.engine import engine_digest
from campus.foundation.services import publish, record
from campus.lots import selectors
from campus.lots.models import LotFlight, LotQuality, LotSession, LotStatus
from campus.simulator import services as simulator
from campus.simulator.models import SimulatorSession
from campus.simulator.policies import Visitor


class NotNow(Exception):
    """The lot is not in a state in which that can be done."""


@dataclass(frozen=True)
class Choice:
    """What somebody chooses before a station: how long the lot waits (empty: as it was), and how many portions of the
    lot before are pooled in.
    """

    hold: str = ""
    portions: int = 0


AS_IT_IS = Choice()


@transaction.atomic
def begin(*, visitor: Visitor, slug: str, stops: list[str], case: str = "") -> LotFlight:
    """A new lot with a secret seed made here; unknown stops are left out, and a case brings its own.

    Raises ``NoSuchChain`` or ``Full``.
    """
    chain = selectors.chain(slug)
    simulator.admit(visitor)
    stops = selectors.case(chain, case).description.stops if case else stops
    lot = begun(chain, int(secrets.token_hex(16), 16), case)
    flight = LotFlight.objects.create(
        chain=slug, chain_digest=lot.digest, engine=engine_digest(), owner_id=visitor.user_id,
        visitor="" if visitor.user_id else visitor.key, address="" if visitor.user_id else visitor.address,
        stops=[name for name in (*chain.order, RELEASE) if name in stops], lot=msgspec.json.encode(lot).decode(),
    )
    record(actor=visitor.actor, verb="lot_begun", subject=f"lot:{flight.pk}", detail={"chain": slug, "case": case})
    _go_on(flight)
    return flight


def _go_on(flight: LotFlight) -> None:
    """Decide what comes next: the autopilot, somebody's hands, or the end."""
    lot = selectors.lot_of(flight)
    chain = selectors.chain(flight.chain)
    ahead = waiting(chain, lot)
    asked = selectors.asks(chain, lot)
    here = RELEASE if due(chain, lot) else ahead.station.slug if ahead else ""
    if not here and not asked:
        flight.status, flight.ended = LotStatus.OVER, timezone.now()
        publish(topic="lot_through", body={"lot": str(flight.pk)})
    elif asked or here in flight.stops:
        flight.status = LotStatus.WAITING
    else:
        flight.status = LotStatus.MOVING
        publish(topic="lot_moves", body={"lot": str(flight.pk)})
    flight.save(update_fields=["status", "ended", "changed"])


@transaction.atomic
def append(*, flight: LotFlight, lot: bytes) -> None:
    """The lot (JSON) with one leg more takes the place of the lot before it, once; it goes on."""
    flight = LotFlight.objects.select_for_update().get(pk=flight.pk)
    if len(msgspec.json.decode(lot, type=Lot).passages) <= len(selectors.lot_of(flight).passages):
        return
    flight.lot = lot.decode()
    flight.save(update_fields=["lot", "changed"])
    _go_on(flight)


def _choose(flight: LotFlight, choice: Choice) -> None:
    """What somebody chose before the next station; anything that is not offered there is ``NotNow``."""
    chain, lot = selectors.chain(flight.chain), selectors.lot_of(flight)
    if selectors.asks(chain, lot):
        raise NotNow("decide first whether the step is done again")
    try:
        lot = kept_waiting(chain, lot, choice.hold) if choice.hold else lot
        lot = pooling(chain, lot, choice.portions) if choice.portions else lot
    except (UnknownName, DescriptionError) as error:
        raise NotNow(str(error)) from None
    flight.lot = msgspec.json.encode(lot).decode()
    flight.save(update_fields=["lot", "changed"])


@transaction.atomic
def take(*, visitor: Visitor, flight: LotFlight, choice: Choice = AS_IT_IS) -> SimulatorSession:
    """Take the controls of the station that waits. Raises ``NotNow`` or ``Full``."""
    flight = LotFlight.objects.select_for_update().get(pk=flight.pk)
    if flight.status != LotStatus.WAITING or not selectors.fits(flight):
        raise NotNow(flight.status)
    _choose(flight, choice)
    ahead = waiting(selectors.chain(flight.chain), selectors.lot_of(flight))
    if ahead is None:
        raise NotNow(LotStatus.OVER)
    session = simulator.begin_with(
        visitor=visitor, slug=ahead.scenario.slug, seed=f"{ahead.seed:032x}",
        received=msgspec.json.encode(ahead.received).decode(),
    )
    LotSession.objects.create(flight=flight, station=ahead.name, session=session)
    flight.status = LotStatus.IN_HAND
    flight.save(update_fields=["status", "changed"])
    return session


@transaction.atomic
def leave(*, visitor: Visitor, flight: LotFlight, choice: Choice = AS_IT_IS) -> None:
    """Give the station that waits to the autopilot instead. Raises ``NotNow``."""
    flight = LotFlight.objects.select_for_update().get(pk=flight.pk)
    if flight.status != LotStatus.WAITING:
        raise NotNow(flight.status)
    _choose(flight, choice)
    ahead = waiting(selectors.chain(flight.chain), selectors.lot_of(flight))
    here = ahead.station.slug if ahead else RELEASE
    flight.stops = [name for name in flight.stops if name != here]
    flight.save(update_fields=["stops"])
    record(actor=visitor.actor, verb="station_left", subject=f"lot:{flight.pk}", detail=asdict(choice))
    _go_on(flight)


@transaction.atomic
def decide_again(*, visitor: Visitor, flight: LotFlight, again: bool) -> None:
    """Whether the lot goes through the station behind it once more, as the dossier files it. Raises ``NotNow``."""
    flight = LotFlight.objects.select_for_update().get(pk=flight.pk)
    lot = selectors.lot_of(flight)
    if flight.status != LotStatus.WAITING or not selectors.asks(selectors.chain(flight.chain), lot):
        raise NotNow(flight.status)
    flight.lot = msgspec.json.encode(decided(lot, again)).decode()
    flight.save(update_fields=["lot", "changed"])
    record(actor=visitor.actor, verb="step_decided", subject=f"lot:{flight.pk}",
           detail={"station": lot.legs[-1].station, "again": again})
    _go_on(flight)


@transaction.atomic
def release(*, flight: LotFlight, lot: bytes) -> None:
    """Quality has decided; ``lot``: the lot with its release, as JSON."""
    flight = LotFlight.objects.select_for_update().get(pk=flight.pk)
    if selectors.lot_of(flight).release is None:
        flight.lot = lot.decode()
        flight.save(update_fields=["lot", "changed"])
        _go_on(flight)


@transaction.atomic
def open_quality(*, flight: LotFlight) -> LotQuality:
    """Take the desk of quality for the lot that stands before it. Raises ``NotNow``."""
    flight = LotFlight.objects.select_for_update().get(pk=flight.pk)
    if flight.status not in (LotStatus.WAITING, LotStatus.IN_HAND) or not selectors.before_release(flight):
        raise NotNow(flight.status)
    desk, _new = LotQuality.objects.get_or_create(flight=flight, defaults={"time": selectors.lot_of(flight).time})
    flight.status = LotStatus.IN_HAND
    flight.save(update_fields=["status", "changed"])
    return desk


@transaction.atomic
def ask(*, visitor: Visitor, flight: LotFlight, items: Sequence[Input]) -> tuple[Fact, ...]:
    """Put inputs to the quality unit; returns what happened. A refusal is kept too. Raises ``InputInvalid``."""
    desk = open_quality(flight=flight)
    case, state, entries = selectors.quality_of(desk)
    facts: tuple[Fact, ...] = ()
    for item in items:
        entry = Entry(desk.time, ROLES[type(item)], item)
        state, more = step(case, state, entry)
        entries, facts = [*entries, entry], facts + more
    desk.entries = msgspec.json.encode(entries).decode()
    desk.time = max(desk.time, state.disposition.until)
    desk.save(update_fields=["entries", "time", "changed"])
    if state.disposition.final:
        lot = released(selectors.chain(flight.chain), selectors.lot_of(flight), entries)
        record(actor=visitor.actor, verb="lot_disposed", subject=f"lot:{flight.pk}",
               detail={"outcome": state.disposition.outcome})
        release(flight=flight, lot=msgspec.json.encode(lot))
    return facts


@transaction.atomic
def leave_quarantined(*, visitor: Visitor, flight: LotFlight) -> None:
    """The desk is left, the lot stays in quarantine: for good. Raises ``NotNow`` where it was put into none."""
    desk = open_quality(flight=flight)
    _case, state, entries = selectors.quality_of(desk)
    if state.disposition.outcome != "quarantine":
        raise NotNow("not in quarantine")
    lot = released(selectors.chain(flight.chain), selectors.lot_of(flight), entries, until=desk.time)
    record(actor=visitor.actor, verb="lot_disposed", subject=f"lot:{flight.pk}", detail={"outcome": "quarantine"})
    release(flight=flight, lot=msgspec.json.encode(lot))


@transaction.atomic
def let_time_pass(*, flight: LotFlight) -> None:
    """On to the next thing that comes back by itself. Raises ``NotNow`` where nothing is under way."""
    desk = open_quality(flight=flight)
    case, state, _entries = selectors.quality_of(desk)
    ahead = next_time(case, state)
    if ahead is None:
        raise NotNow("nothing under way")
    desk.time = ahead
    desk.save(update_fields=["time", "changed"])


@transaction.atomic
def stop(*, flight: LotFlight, fault: str) -> None:
    """The lot cannot go on; nothing of it is lost."""
    LotFlight.objects.filter(pk=flight.pk).update(status=LotStatus.FAULT, fault=fault[:400], changed=timezone.now())


@transaction.atomic
def keep_outcome(*, flight: LotFlight, outcome: str) -> None:
    LotFlight.objects.filter(pk=flight.pk, outcome="").update(outcome=outcome)


def remove_expired() -> None:
    """Lots of visitors without an account live as long as their flights."""
    before = timezone.now() - timedelta(seconds=settings.CAMPUS_HOST["anonymous_life_s"])
    with transaction.atomic():
        LotFlight.objects.filter(owner=None, created__lt=before).delete()
