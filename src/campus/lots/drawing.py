"""The chain map: the works' areas in rows, a line through all stations, and where the lot stands on it."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from biotwin.chain import RELEASE, Chain, Leg, Station, due
from biotwin.chain.lot import passage
from biotwin.materials import Material
from biotwin.materials.attributes import protein
from biotwin.plant.library import drawer
from campus.lots import selectors, standing
from campus.lots.models import LotFlight, LotStatus
from campus.lots.words import amount, length, mass, power, volume

COLUMNS = (7, 8, 9)
"""Stations beside each other on a desk: as few as make the fewest rows."""
SEAL = (
    '<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="currentColor" '
    'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"><path d="M12 5h18l8 8v30H12z"/>'
    '<path d="M30 5v8h8"/><path d="M18 20h14M18 26h14" stroke-width="1"/><circle cx="30" cy="35" r="5"/>'
    '<path d="M27.6 35l1.8 1.8 3.2-3.4"/></svg>'
)
"""A certificate with its mark, in the hand of the drawers' symbols."""


@dataclass(frozen=True)
class Figure:
    """A number with its name; ``was``: what it is compared with, empty where it is the same."""

    label: str
    value: str
    was: str = ""


@dataclass(frozen=True)
class Place:
    """A station on the map. ``state``: ahead, stop, moving, waiting, in_hand, done, by_hand, fault, refused.

    ``enters``, ``turns``: the first and the last of a row of the map.
    """

    slug: str
    number: int
    title: str
    purpose: str
    area: str
    state: str
    symbol: str
    figures: tuple[Figure, ...] = ()
    session: str = ""
    scenario: str = ""
    standing: standing.Standing | None = None
    enters: bool = False
    turns: bool = False


@dataclass(frozen=True)
class Area:
    """Stations beside each other in one part of the works."""

    title: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Map:
    """``columns``: stations to a row of the map on a desk."""

    columns: int
    areas: tuple[Area, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(place for area in self.areas for place in area.places)


def title_of(chain: Chain, station: str, language: str) -> str:
    release = chain.description.release
    if station == RELEASE and release is not None:
        return release.title.text(language)
    return chain.stations[station].description.title.text(language)


def _areas() -> dict[str, str]:
    return {"usp": _("Culture"), "dsp": _("Purification"), "fdp": _("Filling and drying"),
            "log": _("To the patient"), "clin": _("To the patient"), "quality": _("Quality")}


def area_name(area: str) -> str:
    return _areas().get(area, area.upper())


@lru_cache(maxsize=64)
def _symbol(class_: str) -> str:
    text = (drawer(class_).folder / "symbol.svg").read_text(encoding="utf-8")
    return mark_safe(re.sub(r"<title>.*?</title>", "", text).replace("<svg ", '<svg aria-hidden="true" ', 1))


def symbol_of(station: Station) -> str:
    """The symbol (SVG) of the equipment that carries the product there."""
    plant = station.scenario.plant
    carrier = plant.unit.equipment.get(plant.carrier) or next(iter(plant.unit.equipment.values()))
    return _symbol(carrier.class_)


def laid_out(places: list[Place]) -> Map:
    """The places by area, the areas in rows, an area whole in its row where it fits."""
    areas = [Area(title, tuple(row)) for title, row in groupby(places, key=lambda place: area_name(place.area))]
    best = min(COLUMNS, key=lambda columns: (len(_rows(areas, columns)), columns))
    rows = _rows(areas, best)
    for number, row in enumerate(rows):
        if number > 0:
            row[0] = Area(row[0].title, (replace(row[0].places[0], enters=True), *row[0].places[1:]))
        if number < len(rows) - 1:
            row[-1] = Area(row[-1].title, (*row[-1].places[:-1], replace(row[-1].places[-1], turns=True)))
    return Map(best, tuple(area for row in rows for area in row))


def _rows(areas: list[Area], columns: int) -> list[list[Area]]:
    """Areas in rows of at most so many places; an area that is wider than a row goes on in the next."""
    rows: list[list[Area]] = []
    room = 0
    for area in areas:
        parts = [Area(area.title, area.places[at:at + columns]) for at in range(0, len(area.places), columns)]
        for part in parts:
            if len(part.places) > room:
                rows.append([])
                room = columns
            rows[-1].append(part)
            room -= len(part.places)
    return rows


def of_chain(chain: Chain, language: str, stops: frozenset[str] = frozenset()) -> Map:
    """The map before any lot; ``stops``: those that are ticked."""
    places = [_place(chain, slug, "stop" if slug in stops else "ahead", language) for slug in chain.order]
    return laid_out(_with_release(chain, places, "stop" if RELEASE in stops else "ahead", language))


def of_lot(chain: Chain, flight: LotFlight, language: str) -> Map:
    """The map with the lot on it: what its containers' labels say, and nothing that only a debrief may tell."""
    lot = selectors.lot_of(flight)
    legs = {leg.station: leg for leg in lot.legs}
    flown = {leg.station: "done" for leg in lot.legs}
    flown |= {leg.station: "by_hand" for leg in lot.passages if leg.how == "by_hand"}
    passed = {leg.name for leg in lot.passages}
    over = flight.status == LotStatus.OVER
    sessions = {link.station: str(link.session_id) for link in selectors.sessions_of(flight)
                if over or link.station not in passed}
    here = selectors.here(chain, lot)
    places = [_place(chain, slug, _state(slug, flight, flown.get(slug, ""), here), language,
                     session=sessions.get(passage(slug, True)) or sessions.get(slug, ""),
                     figures=_figures(legs.get(slug), lot.waits)) for slug in chain.order]
    return laid_out(_with_release(chain, places, _release_state(chain, flight), language, lot.time))


def _release_state(chain: Chain, flight: LotFlight) -> str:
    lot = selectors.lot_of(flight)
    if lot.release is not None:
        return "refused" if lot.refused else "by_hand" if lot.release.how == "by_hand" else "done"
    if due(chain, lot):
        return str(flight.status)
    return "stop" if RELEASE in flight.stops else "ahead"


def _with_release(chain: Chain, places: list[Place], state: str, language: str, time: int = 0) -> list[Place]:
    """Quality has a place of its own, before the station that it guards."""
    d = chain.description.release
    if d is None:
        return places
    at = chain.order.index(d.before)
    place = Place(RELEASE, 0, d.title.text(language), d.purpose.text(language), "quality", state, mark_safe(SEAL))
    rows = [*places[:at], place, *places[at:]]
    return [replace(row, number=number) for number, row in enumerate(rows, start=1)]


def _state(slug: str, flight: LotFlight, flown: str, here: str) -> str:
    if slug == here and flight.status != LotStatus.OVER:
        return str(flight.status)
    if flown:
        return flown
    if slug == here:
        return "ahead"
    return "stop" if slug in flight.stops else "ahead"


def _place(chain: Chain, slug: str, state: str, language: str, *, figures: tuple[Figure, ...] = (),
           session: str = "") -> Place:
    station = chain.stations[slug]
    return Place(slug, chain.order.index(slug) + 1, station.description.title.text(language),
                 station.description.purpose.text(language), station.scenario.plant.description.area, state,
                 symbol_of(station), figures, session, station.scenario.slug, standing.of_station(station))


def _figures(leg: Leg | None, waits: Container[str]) -> tuple[Figure, ...]:
    """What its container's label says, how long it took; ``waits``: the passages that somebody let wait."""
    if leg is None:
        return ()
    rows = [(leg.name in waits, _("Wait"), _("waited %(time)s") % {"time": length(leg.waited)}),
            (leg.pooled.volume > 0.0, _("Pooled"), _("%(amount)s of another lot") % {
                "amount": volume(leg.pooled.volume)}),
            (leg.again, _("Passages"), _("passed twice"))]
    said = tuple(Figure(label, text) for holds, label, text in rows if holds)
    stored = contents(leg.stored)[:1]
    return (*contents(leg.delivered), *(Figure(_("In store"), _("%(amount)s in store") % {"amount": one.value})
                                        for one in stored), *said, Figure(_("Time"), length(leg.duration)))


def contents(material: Material) -> tuple[Figure, ...]:
    """What a container's label would say."""
    rows = []
    if material.containers > 1.5:
        rows.append(Figure(_("Containers"), _("%(count)s vials") % {"count": amount(material.containers, 0)}))
    elif material.volume > 0.0:
        rows.append(Figure(_("Volume"), volume(material.volume)))
    if protein(material) > 0.0:
        rows.append(Figure(_("Protein"), mass(protein(material))))
    elif material.viable_cells > 0.0:
        rows.append(Figure(_("Cells"), _("%(count)s cells") % {"count": power(material.viable_cells)}))
    return tuple(rows)
