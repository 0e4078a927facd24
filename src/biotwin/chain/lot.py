"""A lot: what was done to it, leg by leg. Immutable, and plain data: it is kept, sent and compared as JSON."""

from __future__ import annotations

import msgspec

from biotwin.materials import NOTHING, Material, pooled


class Remark(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the batch record of a leg holds: ``kind`` and ``subject`` as in facts, ``time`` in ms of the leg."""

    time: int
    kind: str
    subject: str
    value: float = 0.0


class Leg(msgspec.Struct, frozen=True):
    """One station as flown. Materials are what came in, went out, stayed behind and was put into store.

    ``how``: ``autopilot`` or ``by_hand``. ``begins``: ms of the lot; ``waited``: ms since the leg before.
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
    remarks: tuple[Remark, ...]
    digest: str

    @property
    def ends(self) -> int:
        """ms of the lot."""
        return self.begins + self.duration


class Lot(msgspec.Struct, frozen=True):
    """``chain``: its slug; ``digest``: of the chain as it was; ``seed``: 32 hex digits, secret while it is flown."""

    chain: str
    digest: str
    seed: str
    begins: Material
    legs: tuple[Leg, ...] = ()

    @property
    def material(self) -> Material:
        """What the last leg delivered."""
        return self.legs[-1].delivered if self.legs else self.begins

    @property
    def time(self) -> int:
        """ms since the first leg began, waits included."""
        return self.legs[-1].ends if self.legs else 0

    @property
    def stored(self) -> Material:
        """All that was put aside on the way."""
        return pooled(*(leg.stored for leg in self.legs)) if self.legs else NOTHING

    def before(self, station: str) -> Lot:
        """The lot as it was when it reached ``station``; whole where it never did."""
        names = [leg.station for leg in self.legs]
        cut = names.index(station) if station in names else len(names)
        return Lot(self.chain, self.digest, self.seed, self.begins, self.legs[:cut])
