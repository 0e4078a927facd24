"""What is drawn: a plant in one language with everything in its place, and how an equipment's symbol binds to it."""

from __future__ import annotations

from dataclasses import dataclass

from biotwin.naming import printed_tag
from biotwin.plant.description import Text
from biotwin.plant.plant import Plant
from biotwin.views.synoptic import symbols
from biotwin.views.synoptic.marks import Point, element, title
from biotwin.views.synoptic.places import Layout
from biotwin.views.synoptic.topology import Topology
from biotwin.views.synoptic.words import chemical


@dataclass(frozen=True)
class Subject:
    """What every part of the picture needs."""

    plant: Plant
    drawn: Topology
    place: Layout
    language: str
    stations: dict[str, tuple[str, ...]]
    called: dict[str, Text]

    def address(self, name: str) -> str:
        return self.plant.address(name) if name else ""

    def addresses(self, names: tuple[str, ...]) -> str:
        return " ".join(map(self.plant.address, names))

    def plain_title(self, name: str) -> str:
        """An equipment's own title, empty where it has none."""
        own = self.plant.unit.equipment[name].title
        return chemical(own.text(self.language)) if own else ""

    def equipment_title(self, name: str) -> str:
        return self.plain_title(name) or printed_tag(name)

    def follows(self, name: str) -> str:
        """The address of the instrument or loop that shows whether ``name`` is at work."""
        return self.address(self.drawn.follows.get(name, ""))


def symbol(d: Subject, name: str, at: Point, *extra: str, size: float = 30.0, bare: bool = False) -> str:
    """An equipment's symbol with everything that binds to it; ``bare``: only what ``extra`` draws."""
    slug = d.plant.unit.equipment[name].class_
    shape = symbols.SYMBOLS.get(slug)
    mark = "" if bare else shape(*at) if shape else symbols.own_symbol(slug, at[0], at[1], size)
    tag = printed_tag(name)
    return element(
        "g", title(f"{tag} · {d.equipment_title(name)}"), mark, *extra, class_=f"symbol symbol-{slug}",
        data_equipment=d.address(name), data_loop=d.addresses(d.drawn.loops_of.get(name, ())),
        data_follows=d.follows(name),
        data_station=d.addresses(d.stations.get(name, ())),
    )
