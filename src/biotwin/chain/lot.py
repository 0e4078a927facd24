"""A lot: what was done to it, leg by leg. Immutable, and plain data: it is kept, sent and compared as JSON."""

from __future__ import annotations

import msgspec

from biotwin.materials import NOTHING, Material, part, pooled
from biotwin.release import Entry, Malfunction, Record, State


class Leg(msgspec.Struct, frozen=True):
    """One station as flown. Materials are what came in, went out, stayed behind and was put into store.

    ``how``: ``autopilot`` or ``by_hand``. ``begins``: ms of the lot; ``waited``: ms since the leg before. ``records``
    (times in ms of the lot) and ``malfunctions`` go to the lot's file.
    ``digest``: of the last state; with ``scenario`` and ``seed`` it names this flight to the bit.
    """

    station: str
    how: str
    scenario: str
    seed: str
    begins: int
    waited: int
    duration: int
    received: Material
    delivered: Material
    stored: Material
    losses: dict[str, Material]
    reports: dict[str, float]
    records: tuple[Record, ...]
    malfunctions: tuple[Malfunction, ...]
    digest: str

    @property
    def ends(self) -> int:
        """ms of the lot."""
        return self.begins + self.duration


class Release(msgspec.Struct, frozen=True):
    """What quality made of the lot. ``begins``, ``ends``: ms of the lot; ``outcome``: certified, rejected, quarantine
    or reprocess; ``entries``: the journal, which folded over the lot's file gives ``state`` again.
    """

    how: str
    begins: int
    ends: int
    outcome: str
    reason: str
    state: State
    entries: tuple[Entry, ...]
    kept: float = 1.0
    """Share of the containers that went on: less where the lot was reprocessed."""


class Lot(msgspec.Struct, frozen=True):
    """``chain``: its slug; ``digest``: of the chain (and case) as it was; ``seed``: 32 hex digits, secret in flight.

    ``case``: what happens to this lot, empty where nothing does. ``waits``: ms before a station, where somebody let the
    lot wait otherwise than planned.
    """

    chain: str
    digest: str
    seed: str
    begins: Material
    legs: tuple[Leg, ...] = ()
    release: Release | None = None
    case: str = ""
    waits: dict[str, int] = {}

    @property
    def material(self) -> Material:
        """What the last leg delivered, and the release kept of it."""
        whole = self.legs[-1].delivered if self.legs else self.begins
        if self.release is None or self.release.kept == 1.0 or (self.legs and self.legs[-1].ends > self.release.begins):
            return whole
        return part(whole, self.release.kept)

    @property
    def time(self) -> int:
        """ms since the first leg began, waits and the release included."""
        flown = self.legs[-1].ends if self.legs else 0
        return max(flown, self.release.ends) if self.release else flown

    @property
    def refused(self) -> bool:
        """Whether quality has spoken, and not to certify."""
        return self.release is not None and self.release.outcome != "certified"

    @property
    def stored(self) -> Material:
        """All that was put aside on the way."""
        return pooled(*(leg.stored for leg in self.legs)) if self.legs else NOTHING

    def before(self, station: str) -> Lot:
        """The lot as it was when it reached ``station``; whole where it never did."""
        names = [leg.station for leg in self.legs]
        cut = names.index(station) if station in names else len(names)
        kept = self.release if cut and self.release and self.legs[cut - 1].begins >= self.release.ends else None
        return msgspec.structs.replace(self, legs=self.legs[:cut], release=kept)
