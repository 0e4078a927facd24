"""What the worker process does for lots: a leg, a whole lot with one decision changed. It must not need Django."""

from __future__ import annotations

from pathlib import Path

import msgspec

from biotwin.chain import Lot, decided, flown, load_chain, offered, released, stocked, waiting
from biotwin.chain.flying import joined, unattended_entries
from biotwin.chain.outcome import judged
from biotwin.session.inputs import Entry

_lots = msgspec.json.Decoder(Lot)
_journals = msgspec.json.Decoder(list[Entry])


def leg(folder: Path, kept: str, journal: bytes | None, stops: list[str]) -> bytes:
    """The lot (JSON) with its next leg: by the autopilot, who also decides whether it is done again, or as a journal
    says. Where the lot then comes to one of the ``stops`` that pools lots, what the lot before left in store is known.
    """
    lot = _lots.decode(kept)
    chain = load_chain(lot.chain, folder)
    ahead = waiting(chain, lot)
    if ahead is None:
        return kept.encode()
    by_hand = journal is not None
    entries = _journals.decode(journal) if journal is not None else unattended_entries(ahead)
    lot = joined(lot, flown(ahead, entries, how="by_hand" if by_hand else "autopilot"))
    lot = decided(lot, True) if not by_hand and offered(chain, lot) else lot
    after = waiting(chain, lot)
    return msgspec.json.encode(stocked(chain, lot) if after is not None and after.station.slug in stops else lot)


def release(folder: Path, kept: str) -> bytes:
    """The lot (JSON) after its release by the engine's own quality unit."""
    lot = _lots.decode(kept)
    return msgspec.json.encode(released(load_chain(lot.chain, folder), lot))


def outcome(folder: Path, kept: str, journals: dict[str, bytes]) -> bytes:
    """What became of the lot, and what each stop did to it (JSON). ``journals``: of the legs flown by hand."""
    lot = _lots.decode(kept)
    chain = load_chain(lot.chain, folder)
    return msgspec.json.encode(judged(chain, lot, {name: _journals.decode(j) for name, j in journals.items()}))
