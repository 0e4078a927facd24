"""A chain, compiled: every station's scenario, plant and hand-over found, every quantity in SI."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from biotwin.chain.description import ChainDescription, StationDescription
from biotwin.errors import DescriptionError, UnknownName, known
from biotwin.materials import FIELDS, Material
from biotwin.plant.reading import Source, read_source
from biotwin.quantity import si
from biotwin.release import Book, load_book
from biotwin.session.handover import Handover, handover_of
from biotwin.session.inputs import Entry
from biotwin.session.library import content_folder, load_scenario, scenario_slugs
from biotwin.session.scenario import Scenario


@dataclass(frozen=True)
class Pooling:
    """What of another lot may come in: at most so many portions (m3), of one that was begun ``earlier`` (ms)."""

    portion: float
    most: int
    earlier: int


@dataclass(frozen=True, eq=False)
class Station:
    """``takes`` in m3, or in containers where the plant receives those; None: all. Times in ms, temperature in K."""

    slug: str
    description: StationDescription
    scenario: Scenario
    handover: Handover
    takes: float | None
    takes_containers: bool
    wait: int
    wait_limit: int
    stores_at: float
    pools: Pooling | None = None
    pilot: str = "wins"
    """Who flies it when nobody sits there."""
    script: tuple[Entry, ...] | None = None
    """What is done there instead of what that pilot does, where a case says so."""


@dataclass(frozen=True, eq=False)
class Chain:
    """See the module. ``digest`` covers every scenario, plant and hand-over of the chain."""

    slug: str
    digest: str
    folder: Path
    description: ChainDescription
    begins: Material
    stations: dict[str, Station]
    dose_interval: float
    """s"""
    stock: float
    """s of supply"""
    book: Book | None
    """What the laboratory and quality go by; None where the chain has no release."""

    def station(self, slug: str) -> Station:
        if slug not in self.stations:
            raise UnknownName(f"{self.slug} has no station {slug!r}.", next_step=known(self.stations))
        return self.stations[slug]

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(self.stations)


def chain_slugs(folder: Path | None = None) -> tuple[str, ...]:
    """The slugs found, sorted."""
    return tuple(sorted(p.parent.name for p in (folder or content_folder()).glob("chains/*/chain.yaml")))


def load_chain(slug: str, folder: Path | None = None) -> Chain:
    """One chain by slug; raises ``UnknownName``, or ``DescriptionError`` with file and line."""
    root = folder or content_folder()
    if slug not in chain_slugs(root):
        raise UnknownName(f"the chain {slug!r} is unknown.", next_step=known(chain_slugs(root)))
    path = root / "chains" / slug / "chain.yaml"
    return _compiled(read_source(path, root.parent), root, _stamp(root))


def _stamp(root: Path) -> int:
    """When any file that a chain is made of last changed."""
    files = (*root.glob("plants/*/*.yaml"), *root.glob("scenarios/*/scenario.yaml"), *root.glob("laboratory/**/*.yaml"))
    return max((p.stat().st_mtime_ns for p in files), default=0)


@lru_cache(maxsize=8)
def _compiled(source: Source, root: Path, stamp: int) -> Chain:
    d = source.convert(ChainDescription)
    for name in d.begins:
        if name not in FIELDS:
            raise UnknownName(f"a material has no amount {name!r}.", where=source.where("begins", name),
                              next_step=known(FIELDS))
    begins = Material(**{n: si(v, FIELDS[n], where=source.where("begins", n)) for n, v in d.begins.items()})
    stations = {slug: _station(source, slug, s, root) for slug, s in d.stations.items()}
    release = d.release
    if release is not None and release.before not in stations:
        raise UnknownName(f"there is no station {release.before!r}.", where=source.where("release", "before"),
                          next_step=known(stations))
    text = (root / "chains" / d.slug / "chain.yaml").read_bytes()
    for station in stations.values():
        handover = root / "plants" / station.scenario.plant.slug / "handover.yaml"
        text += station.scenario.digest.encode() + handover.read_bytes()
    if release is not None:
        folder = root / "laboratory"
        for path in (*sorted(folder.glob("*.yaml")), *sorted((folder / (release.presentation or "-")).glob("*.yaml"))):
            text += path.read_bytes()
    return Chain(
        d.slug, hashlib.blake2b(text, digest_size=16).hexdigest(), root / "chains" / d.slug, d, begins, stations,
        si(d.patients.interval, "s", where=source.where("patients", "interval")),
        si(d.patients.stock, "s", where=source.where("patients", "stock")),
        load_book(root / "laboratory", root.parent, release.presentation) if release is not None else None,
    )


def _station(source: Source, slug: str, d: StationDescription, root: Path) -> Station:
    place = ("stations", slug)
    if d.scenario not in scenario_slugs(root):
        raise UnknownName(f"the scenario {d.scenario!r} is unknown.", where=source.where(*place, "scenario"),
                          next_step=known(scenario_slugs(root)))
    scenario = load_scenario(d.scenario, root)
    handover = handover_of(scenario.plant, root / "plants" / scenario.plant.slug, root.parent)
    if handover is None:
        raise DescriptionError(f"the plant {scenario.plant.slug} has no handover.yaml: no lot can enter it.",
                               where=source.where(*place, "scenario"))
    if "wins" not in scenario.description.pilots:
        raise DescriptionError(f"{d.scenario} has no pilot 'wins': nobody could fly it.",
                               where=source.where(*place, "scenario"))
    nothing_of_its_own(scenario, handover, source.where(*place, "scenario"))
    counted = isinstance(d.takes, (int, float))
    takes = None if d.takes is None else si(d.takes, "1" if counted else "m^3", where=source.where(*place, "takes"))
    if d.pools is not None and (takes is None or counted):
        raise DescriptionError("only a station that takes a volume pools lots.", where=source.where(*place, "pools"))
    return Station(
        slug, d, scenario, handover, takes, counted, _ms(source, d.wait, *place, "wait"),
        _ms(source, d.wait_limit, *place, "wait_limit"),
        si(d.stores_at, "K", where=source.where(*place, "stores_at")), _pooling(source, d, *place),
    )


def _pooling(source: Source, d: StationDescription, *place: str) -> Pooling | None:
    if d.pools is None:
        return None
    portion = si(d.pools.portion, "m^3", where=source.where(*place, "pools", "portion"))
    return Pooling(portion, d.pools.most, _ms(source, d.pools.earlier, *place, "pools", "earlier"))


def nothing_of_its_own(scenario: Scenario, handover: Handover, where: str) -> None:
    """Raise ``DescriptionError`` at ``where`` for a scenario that would fly a lot of its own instead of what comes."""
    own = handover.own_material(scenario)
    if own:
        raise DescriptionError(f"{scenario.slug} {own}: it would fly a lot of its own.", where=where,
                               next_step="Use a scenario that takes the lot as it comes.")


def _ms(source: Source, value: str | float | int, *place: str) -> int:
    return round(si(value, "s", where=source.where(*place)) * 1000)
