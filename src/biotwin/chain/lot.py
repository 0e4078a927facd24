"""A lot: what was done to it, leg by leg. Immutable, and plain data: it is kept, sent and compared as JSON."""

from __future__ import annotations

import msgspec

from biotwin.materials import NOTHING, Material, part, pooled
from biotwin.release import Entry, Malfunction, Record, State


class Leg(msgspec.Struct, frozen=True):
    """One station as flown. Materials are what came in, went out, stayed behind and was put into store.

    ``how``: ``autopilot`` or ``by_hand``. ``begins``: ms of the lot; ``waited``: ms since the leg before. ``records``
    (times in ms of the lot) and ``malfunctions`` go to the lot's file.
    ``digest``: of the last state; with ``scenario`` and ``seed`` it names this flight to the bit. ``again``: whether
    the lot went through this station for the second time; ``pooled``: what came in from another lot, of ``received``.
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
    again: bool = False
    pooled: Material = NOTHING

    @property
    def name(self) -> str:
        """Of this passage: a station may be passed twice."""
        return passage(self.station, self.again)

    @property
    def ends(self) -> int:
        """ms of the lot."""
        return self.begins + self.duration


def passage(station: str, again: bool) -> str:
    """The name of a passage of a lot through a station."""
    return f"{station}-again" if again else station


class Release(msgspec.Struct, frozen=True):
    """What quality made of the lot. ``begins``, ``ends``: ms of the lot; ``outcome``: certified, rejected, quarantine
    or reprocess; ``entries``: the journal, which folded over the lot's file up to ``ends`` gives ``state`` again.
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
    cleared: dict[str, float] = {}
    """What reprocessing left in a container that went on, by amount, over what was in one before; all else: 1."""

    def left(self, whole: Material) -> Material:
        """What went on of what quality had before it."""
        rest = part(whole, self.kept)
        return rest._replace(**{name: getattr(rest, name) * share for name, share in self.cleared.items()})


class Store(msgspec.Struct, frozen=True):
    """What another lot of the same chain left in store before a station, whole.

    ``lot``: a name that tells nothing of its seed; ``digest``: of the leg that made it. ``disposed``: when quality
    decided about it, in ms of *this* lot (negative: before it began); ``outcome`` and ``reason``: what it said.
    """

    lot: str
    station: str
    material: Material
    digest: str
    disposed: int
    outcome: str
    reason: str

    def known(self, now: int) -> str:
        """The decision about it as it is known ``now`` (ms of this lot): empty where it is not yet taken."""
        return self.outcome if now >= self.disposed else ""


class Lot(msgspec.Struct, frozen=True):
    """``chain``: its slug; ``digest``: of the chain (and case) as it was; ``seed``: 32 hex digits, secret in flight.

    ``case``: what happens to this lot, empty where nothing does. ``waits``: ms before a passage, where somebody let the
    lot wait otherwise than planned. ``first``: passages of stations that it then went through again; ``again``: what
    somebody decided about that, by station. ``store``: of the lot before, once it is known; ``portions``: how many
    somebody pools in, by station.
    """

    chain: str
    digest: str
    seed: str
    begins: Material
    legs: tuple[Leg, ...] = ()
    release: Release | None = None
    case: str = ""
    waits: dict[str, int] = {}
    first: tuple[Leg, ...] = ()
    again: dict[str, bool] = {}
    store: Store | None = None
    portions: dict[str, int] = {}

    @property
    def goes_again(self) -> bool:
        """Whether it goes through the station behind it once more, and has not yet."""
        return bool(self.legs) and not self.legs[-1].again and self.again.get(self.legs[-1].station, False)

    @property
    def passages(self) -> tuple[Leg, ...]:
        """Every leg in the order of time, those that were done again included."""
        return tuple(sorted((*self.legs, *self.first), key=lambda leg: leg.begins))

    @property
    def last(self) -> Leg | None:
        """The leg that was flown last."""
        return max((*self.legs, *self.first), key=lambda leg: leg.begins, default=None)

    @property
    def material(self) -> Material:
        """What the last leg delivered, and the release kept of it."""
        last = self.last
        whole = last.delivered if last else self.begins
        if self.release is None or self.release.kept == 1.0 or (last and last.ends > self.release.begins):
            return whole
        return self.release.left(whole)

    @property
    def time(self) -> int:
        """ms since the first leg began, waits and the release included."""
        flown = self.last.ends if self.last else 0
        return max(flown, self.release.ends) if self.release else flown

    @property
    def refused(self) -> bool:
        """Whether quality has spoken, and not to certify."""
        return self.release is not None and self.release.outcome != "certified"

    @property
    def stored(self) -> Material:
        """All that was put aside on the way."""
        return pooled(*(leg.stored for leg in self.legs))

    def before(self, station: str) -> Lot:
        """The lot as it was when it reached ``station``; whole where it never did."""
        names = [leg.station for leg in self.legs]
        cut = names.index(station) if station in names else len(names)
        kept = self.release if cut and self.release and self.legs[cut - 1].begins >= self.release.ends else None
        first = tuple(leg for leg in self.first if leg.station in names[:cut])
        return msgspec.structs.replace(self, legs=self.legs[:cut], first=first, release=kept)
