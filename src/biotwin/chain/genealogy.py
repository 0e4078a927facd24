"""The genealogy of a lot: a graph of containers, from the vial of the bank to the vial of the patient.

A node is what stood in a container between two steps (or was stored, or stayed behind); an edge is the leg that made
one from the other, with the digest that names that flight to the bit.
"""

from __future__ import annotations

import msgspec

from biotwin.chain.lot import Lot
from biotwin.materials import Material


class Container(msgspec.Struct, frozen=True):
    """``kind``: ``bank``, ``product`` (it went on), ``stored`` or ``lost``; ``place``: of what was lost, where."""

    name: str
    kind: str
    station: str
    material: Material
    place: str = ""


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
        """Back from a container to the bank, nearest first."""
        return self._walk({p.target: (p.source,) for p in self.passages}, name)

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
    """The graph of a lot as far as it has come."""
    containers = [Container("bank", "bank", "", lot.begins)]
    passages: list[Passage] = []
    here = "bank"
    for leg in lot.legs:
        if any(leg.stored):
            store = f"{leg.station}/stored"
            containers.append(Container(store, "stored", leg.station, leg.stored))
            passages.append(Passage(here, store, leg.station))
        product = f"{leg.station}/product"
        containers.append(Container(product, "product", leg.station, leg.delivered))
        passages.append(Passage(here, product, leg.station, leg.digest))
        for place, material in leg.losses.items():
            lost = f"{leg.station}/{place}"
            containers.append(Container(lost, "lost", leg.station, material, place))
            passages.append(Passage(here, lost, leg.station, leg.digest))
        here = product
    return Genealogy(tuple(containers), tuple(passages))
