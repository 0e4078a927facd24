"""The lot before quality: its file, gathered from every leg, and what becomes of it (ADR 12, points 7 and 8)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from biotwin.chain.chain import Chain
from biotwin.chain.lot import Lot, Release
from biotwin.errors import UnknownName
from biotwin.materials import FIELDS
from biotwin.release import (
    Case,
    Entry,
    LotFile,
    Parent,
    Passage,
    State,
    advance,
    filed,
    inspected,
    routine,
    step,
    unattended,
)

RELEASE = "release"
"""The name of the place at which quality stands, beside the stations."""


def due(chain: Chain, lot: Lot) -> bool:
    """Whether the lot stands before its release."""
    wanted = chain.description.release
    if wanted is None or lot.release is not None or lot.goes_again:
        return False
    return len(lot.legs) == chain.order.index(wanted.before)


def file_of(chain: Chain, lot: Lot, *, whole: bool = True) -> LotFile:
    """What the units hand to quality; not ``whole``: a lot that is asked for no more than what it was sampled for so
    far, such as drug substance in store. Raises ``UnknownName`` where the chain has no release.
    """
    if chain.book is None:
        raise UnknownName(f"{chain.slug} has no release.")
    stages = {slug: station.description.sampled_as for slug, station in chain.stations.items()}
    passages = [Passage(leg.station, leg.begins, leg.ends, leg.delivered, leg.reports, leg.records, leg.malfunctions,
                        stages[leg.station]) for leg in lot.passages]
    gone_through = stages if whole else {leg.station: stages[leg.station] for leg in lot.legs}
    scope = tuple(dict.fromkeys(stage for stage in gone_through.values() if stage))
    pooled = lot.store is not None and any(leg.pooled.volume > 0.0 for leg in lot.legs)
    parents = (Parent(lot.store.lot, lot.store.disposed, lot.store.outcome),) if lot.store and pooled else ()
    return filed(chain.book, lot.seed, int(lot.seed, 16), passages, scope, parents)


def case_of(chain: Chain, lot: Lot, *, whole: bool = True) -> Case:
    """The case that quality has before it. Raises ``UnknownName`` where the chain has no release."""
    if chain.book is None:
        raise UnknownName(f"{chain.slug} has no release.")
    return Case(chain.book, file_of(chain, lot, whole=whole), int(lot.seed, 16))


def released(
    chain: Chain, lot: Lot, entries: Sequence[Entry] | None = None, *, whole: bool = True,
    until: int | None = None,
) -> Lot:
    """The lot after its release: unattended, or as a journal says, and ``until`` then, where nobody wrote anything more
    and time went on; ``whole`` as for its file.
    """
    case = case_of(chain, lot, whole=whole)
    planned = routine(case, lot.time)
    if entries is None:
        done = unattended(case, planned.state)
        entries = (*planned.entries, *done.entries)
        return replace(lot, release=_release(case, "autopilot", done.state, entries, lot.time))
    state = planned.state
    for entry in entries:
        state, _facts = step(case, state, entry)
    if until is not None:
        state, _facts = advance(case, state, until)
    return replace(lot, release=_release(case, "by_hand", state, (*planned.entries, *entries), lot.time))


def _release(case: Case, how: str, state: State, entries: tuple[Entry, ...], begins: int) -> Release:
    disposition = state.disposition
    kept, cleared = inspected(case, state)
    return Release(how, begins, state.time, disposition.outcome, disposition.reason, state, entries, kept,
                   {name: share for name, share in cleared.items() if name in FIELDS})
