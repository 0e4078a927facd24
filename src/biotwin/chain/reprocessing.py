"""A lot that goes through a station again, where the dossier files it: once, when the integrity test of the equipment
that it went through failed, or cannot be shown (ICH Q7, 14.2: repeating a step that is part of the process).

What came out of the first passage goes in; new equipment, another draw of chance. Both stay in the lot's file.
"""

from __future__ import annotations

from msgspec.structs import replace

from biotwin.chain.chain import Chain
from biotwin.chain.lot import Lot
from biotwin.chain.releasing import case_of
from biotwin.release.disposition import integrity


def offered(chain: Chain, lot: Lot) -> str:
    """The filed step that may be done again now, of ``reprocessing`` in the specification; empty where none, or once
    somebody has decided.
    """
    if chain.book is None or not lot.legs or lot.refused:
        return ""
    last = lot.legs[-1]
    if last.again or last.station in lot.again:
        return ""
    for slug, step in chain.book.specification.reprocessing.items():
        if step.filed and step.station == last.station and shown(chain, lot, step.integrity) is not True:
            return slug
    return ""


def shown(chain: Chain, lot: Lot, test: str) -> bool | None:
    """What an integrity test says of the lot so far; None where it was not done."""
    return integrity(case_of(chain, lot), test)


def decided(lot: Lot, again: bool) -> Lot:
    """The lot with a decision about the station behind it."""
    return replace(lot, again={**lot.again, lot.legs[-1].station: again})
