"""Pooling lots: what the lot before left in store may come into this one, by whole portions.

The rules are those for blending (ICH Q7, 8.4): each lot is tested by itself and conforms before it is pooled; one that
does not conform is never pooled with others to meet a specification. Quality decides about a lot in store as about any,
by what it was sampled for so far; whoever pools before that decision does so at risk, and shares its fate.
"""

from __future__ import annotations

import hashlib
import math

from msgspec.structs import replace

from biotwin.chain.cases import ChainCase, load_case, next_station
from biotwin.chain.chain import Chain
from biotwin.chain.flying import autopilot, begun, waiting
from biotwin.chain.lot import Lot, Store
from biotwin.chain.releasing import released
from biotwin.errors import DescriptionError


def stocked(chain: Chain, lot: Lot) -> Lot:
    """The lot with what the lot before left in store for the next station; as it is where that pools nothing. The lot
    before is flown for it by the autopilot, up to there and under a seed that follows from this lot's.
    """
    ahead = waiting(chain, lot)
    if ahead is None or ahead.station.pools is None or lot.store is not None or chain.book is None:
        return lot
    case = load_case(chain, lot.case) if lot.case else None
    before = former(chain, lot, case, until=ahead.station.slug)
    here = waiting(chain, before)
    if here is None or here.stored.volume < ahead.station.pools.portion:
        return lot
    judged = released(chain, before, whole=False).release
    assert judged is not None
    earlier = ahead.station.pools.earlier if case is None or case.earlier is None else case.earlier
    store = Store(name_of(before), ahead.station.slug, here.stored, before.legs[-1].digest, judged.ends - earlier,
                  judged.outcome, judged.reason)
    return replace(lot, store=store)


def former(chain: Chain, lot: Lot, case: ChainCase | None, *, until: str) -> Lot:
    """The lot before this one, as this lot's ``case`` has it."""
    befell = case.description.former.case if case is not None and case.description.former is not None else ""
    seed = hashlib.blake2b(f"{lot.seed}/former".encode(), digest_size=16).digest()
    return autopilot(chain, begun(chain, int.from_bytes(seed, "big"), befell), until=until)


def name_of(lot: Lot) -> str:
    """What is written on its bags: nobody reads its seed from it."""
    return hashlib.blake2b(f"{lot.seed}/label".encode(), digest_size=3).hexdigest().upper()


def most(chain: Chain, lot: Lot) -> int:
    """How many portions may be pooled in at the next station; none of a lot that quality has refused by now."""
    ahead = waiting(chain, lot)
    if ahead is None or ahead.station.pools is None or lot.store is None or ahead.station.takes is None:
        return 0
    if lot.store.station != ahead.station.slug or lot.store.known(ahead.begins) not in ("", "certified"):
        return 0
    portion = ahead.station.pools.portion
    room = min(lot.store.material.volume, ahead.station.takes)
    return min(ahead.station.pools.most, math.floor(room / portion * (1.0 + 1e-9)))


def pooling(chain: Chain, lot: Lot, portions: int) -> Lot:
    """The lot with so many portions chosen for its next station. Raises ``DescriptionError``."""
    if not 0 <= portions <= most(chain, lot):
        raise DescriptionError(f"{portions} portions cannot be pooled in here.",
                               next_step=f"From 0 to {most(chain, lot)}.")
    here = next_station(chain, lot).slug
    kept = {name: count for name, count in lot.portions.items() if name != here}
    return replace(lot, portions=kept | {here: portions} if portions else kept)
