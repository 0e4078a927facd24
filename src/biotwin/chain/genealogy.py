"""The genealogy of a lot: a graph of containers, from the vial of the bank to the vial of the patient.

A node is what stood in a container between two steps (or was stored, or stayed behind); an edge is the leg that made
one from the other, with the digest that names that flight to the bit. What was pooled in leads back to its lot's name.
"""

from __future__ import annotations

import msgspec

from biotwin.chain.lot import Leg, Lot, Release
from biotwin.chain.releasing import RELEASE
from biotwin.materials import Material


class Container(msgspec.Struct, frozen=True):
    """``kind``: ``bank``, ``product`` (it went on), ``stored``, ``lost`` or ``pooled`` (it came from another lot).
    ``place``: of what was lost, where; of what came in, the name of its lot.
    """

    name: str
    kind: str
    station: str
    material: Material
    place: str = ""

    @property
    def passage(self) -> str:
        """Of the lot through a station: what stands beside each other came of one passage."""
        return self.name.rpartition("/")[0]


class Passage(msgspec.Struct, frozen=True):
    """What became of what: the leg at ``station``; ``digest`` empty where nothing was flown (a split, a wait)."""

    source: str
    target: str
    station: str
    digest: str = ""


class Genealogy(msgspec.Struct, frozen=True):
    containers: tuple[Container, ...]
    passages: tuple[Passage, ...]

    def ancestors(self, name: str) -> tuple[str, ...]:
        """Back from a container to the bank, and to the name of a lot that was pooled in; nearest first."""
        before: dict[str, tuple[str, ...]] = {}
        for p in self.passages:
            before[p.target] = (*before.get(p.target, ()), p.source)
        return self._walk(before, name)

    def descendants(self, name: str) -> tuple[str, ...]:
        """Forward from a container to all that holds anything of it."""
        after: dict[str, tuple[str, ...]] = {}
        for p in self.passages:
            after[p.source] = (*after.get(p.source, ()), p.target)
        return self._walk(after, name)

    @staticmethod
    def _walk(edges: dict[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
        found: list[str] = []
        ahead = list(edges.get(name, ()))
        while ahead:
            one = ahead.pop(0)
            if one not in found:
                found.append(one)
                ahead += edges.get(one, ())
        return tuple(found)


def genealogy(lot: Lot) -> Genealogy:
    """The graph of a lot as far as it has come: passages in the order of time, those that were done again included."""
    containers = [Container("bank", "bank", "", lot.begins)]
    passages: list[Passage] = []
    sorted_out = lot.release if lot.release is not None and lot.release.kept < 1.0 else None
    here = "bank"
    for leg in lot.passages:
        if sorted_out is not None and leg.begins >= sorted_out.ends:
            here, sorted_out = _inspected(sorted_out, here, containers, passages), None
        here = _flown(lot, leg, here, containers, passages)
    if sorted_out is not None:
        _inspected(sorted_out, here, containers, passages)
    return Genealogy(tuple(containers), tuple(passages))


def _flown(lot: Lot, leg: Leg, here: str, containers: list[Container], passages: list[Passage]) -> str:
    """What a leg made of what was ``here``; the name of what went on."""
    product = f"{leg.name}/product"
    if any(leg.stored):
        containers.append(Container(f"{leg.name}/stored", "stored", leg.station, leg.stored))
        passages.append(Passage(here, f"{leg.name}/stored", leg.station))
    sources = [here]
    if lot.store is not None and any(leg.pooled):
        containers.append(Container(f"{leg.name}/pooled", "pooled", leg.station, leg.pooled, lot.store.lot))
        passages.append(Passage(lot.store.lot, f"{leg.name}/pooled", leg.station, lot.store.digest))
        sources.append(f"{leg.name}/pooled")
    made = [Container(product, "product", leg.station, leg.delivered)]
    made += [Container(f"{leg.name}/{place}", "lost", leg.station, material, place)
             for place, material in leg.losses.items()]
    containers.extend(made)
    passages.extend(Passage(source, one.name, leg.station, leg.digest) for one in made for source in sources)
    return product


def _inspected(release: Release, here: str, containers: list[Container], passages: list[Passage]) -> str:
    """What quality's second inspection kept of the containers that were ``here``, and what it took out."""
    whole = next(one.material for one in containers if one.name == here)
    left = release.left(whole)
    out = Material(*(before - after for before, after in zip(whole, left, strict=True)))
    containers.append(Container(f"{RELEASE}/product", "product", RELEASE, left))
    containers.append(Container(f"{RELEASE}/out", "lost", RELEASE, out, release.state.reprocessed))
    passages.extend(Passage(here, one.name, RELEASE) for one in containers[-2:])
    return f"{RELEASE}/product"
