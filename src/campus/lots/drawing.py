"""What the pages of lots show, in words and figures of one language: the map's places, and the outcome's rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from biotwin.chain import RELEASE, Chain, Leg, Station, due
from biotwin.chain.outcome import Outcome, Result
from biotwin.materials import Material
from biotwin.materials.attributes import protein
from biotwin.plant.library import drawer
from biotwin.quantity import display
from campus.lots import selectors
from campus.lots.flow import river
from campus.lots.models import LotFlight, LotStatus
from campus.lots.words import THIN, amount, length, mass, volume

SEAL = (
    '<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="currentColor" '
    'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"><path d="M12 5h18l8 8v30H12z"/>'
    '<path d="M30 5v8h8"/><path d="M18 20h14M18 26h14" stroke-width="1"/><circle cx="30" cy="35" r="5"/>'
    '<path d="M27.6 35l1.8 1.8 3.2-3.4"/></svg>'
)
"""A certificate with its mark, in the hand of the drawers' symbols."""


@dataclass(frozen=True)
class Figure:
    """A number with its name; ``was``: what it is compared with."""

    label: str
    value: str
    was: str = ""


@dataclass(frozen=True)
class Place:
    """A station on the map. ``state``: ahead, stop, moving, waiting, in_hand, done, by_hand."""

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


def _areas() -> dict[str, str]:
    return {"usp": _("Culture"), "dsp": _("Purification"), "fdp": _("Filling and drying"),
            "log": _("To the patient"), "clin": _("To the patient"), "quality": _("Quality")}


def area_name(area: str) -> str:
    return _areas().get(area, area.upper())


def symbol_of(station: Station) -> str:
    """The symbol (SVG) of the equipment that carries the product there."""
    plant = station.scenario.plant
    carrier = plant.unit.equipment.get(plant.carrier) or next(iter(plant.unit.equipment.values()))
    text = (drawer(carrier.class_).folder / "symbol.svg").read_text(encoding="utf-8")
    return mark_safe(re.sub(r"<title>.*?</title>", "", text).replace("<svg ", '<svg aria-hidden="true" ', 1))


@dataclass(frozen=True)
class Area:
    """Stations in a row of one part of the works."""

    slug: str
    title: str
    places: tuple[Place, ...]


def by_area(places: list[Place]) -> list[Area]:
    """The places in rows, in order: a new row where the lot enters another part of the works."""
    return [Area(slug, area_name(slug), tuple(row)) for slug, row in groupby(places, key=lambda p: p.area)]


def of_chain(chain: Chain, language: str) -> list[Area]:
    """The map before any lot."""
    places = [_place(chain, slug, "ahead", language) for slug in chain.order]
    return by_area(_with_release(chain, places, "ahead", language))


def of_lot(chain: Chain, flight: LotFlight, language: str) -> list[Area]:
    """The map with the lot on it. What only a debrief may tell is not there."""
    lot = selectors.lot_of(flight)
    legs = {leg.station: leg for leg in lot.legs}
    sessions = {link.station: str(link.session_id) for link in selectors.sessions_of(flight)}
    here = chain.order[len(legs)] if len(legs) < len(chain.order) else ""
    places = []
    for slug in chain.order:
        state = _state(slug, flight, legs.get(slug), here)
        places.append(_place(chain, slug, state, language, figures=_figures(legs.get(slug)),
                             session=sessions.get(slug, "")))
    state = "ahead"
    if lot.release is not None:
        state = "by_hand" if lot.release.how == "by_hand" else "done"
    elif due(chain, lot):
        state = str(flight.status)
    elif RELEASE in flight.stops:
        state = "stop"
    return by_area(_with_release(chain, places, state, language))


def _with_release(chain: Chain, places: list[Place], state: str, language: str) -> list[Place]:
    """Quality has a place of its own, before the station that it guards."""
    d = chain.description.release
    if d is None:
        return places
    at = chain.order.index(d.before)
    place = Place(RELEASE, 0, d.title.text(language), d.purpose.text(language), "quality", state, mark_safe(SEAL))
    rows = [*places[:at], place, *places[at:]]
    return [replace(row, number=number) for number, row in enumerate(rows, start=1)]


def _state(slug: str, flight: LotFlight, leg: Leg | None, here: str) -> str:
    if leg is not None:
        return "by_hand" if leg.how == "by_hand" else "done"
    if slug == here and not due(selectors.chain(flight.chain), selectors.lot_of(flight)):
        return "ahead" if flight.status == LotStatus.OVER else str(flight.status)
    return "stop" if slug in flight.stops else "ahead"


def _place(chain: Chain, slug: str, state: str, language: str, *, figures: tuple[Figure, ...] = (),
           session: str = "") -> Place:
    station = chain.stations[slug]
    return Place(slug, chain.order.index(slug) + 1, station.description.title.text(language),
                 station.description.purpose.text(language), station.scenario.plant.description.area, state,
                 symbol_of(station), figures, session, station.scenario.slug)


def _figures(leg: Leg | None) -> tuple[Figure, ...]:
    if leg is None:
        return ()
    return (*_contents(leg.delivered), Figure(_("Time"), length(leg.duration)))


def _contents(material: Material) -> tuple[Figure, ...]:
    """What a container's label would say."""
    rows = []
    if material.containers >= 1.0:
        rows.append(Figure(_("Containers"), amount(material.containers, 0)))
    elif material.volume > 0.0:
        rows.append(Figure(_("Volume"), volume(material.volume)))
    if protein(material) > 0.0:
        rows.append(Figure(_("Protein"), mass(protein(material))))
    if material.viable_cells > 0.0 and protein(material) == 0.0:
        rows.append(Figure(_("Cells"), f"{material.viable_cells:.1e}"))
    return tuple(rows)


# --- the outcome ------------------------------------------------------------------------------------------------------


def of_outcome(chain: Chain, flight: LotFlight, outcome: Outcome, language: str) -> dict[str, Any]:
    """The judgement, in this order: who waited, what was delivered, exposure; then what each stop did."""
    mine, reference = outcome.mine, outcome.reference
    return {
        "river": river(chain, selectors.lot_of(flight), language),
        "first": _patients(mine, reference),
        "then": _delivered(mine, reference),
        "exposure": _reports(chain, mine, reference, language),
        "effects": [{"title": chain.stations[e.station].description.title.text(language),
                     "figures": _patients(mine, e.without) + _delivered(mine, e.without)} for e in outcome.effects],
        "steps": [{"step": step, "title": chain.stations[step.station].description.title.text(language),
                   "share": f"{amount(100 * step.share, 1)}{THIN}%" if step.protein_in > 0 else "",
                   "mass": f"{amount(step.protein_out, 3)}{THIN}kg"} for step in mine.steps],
    }


def _patients(mine: Result, other: Result) -> list[Figure]:
    return [
        Figure(_("Days from cell bank to patient"), amount(mine.days, 1), amount(other.days, 1)),
        Figure(_("Doses at the hospital"), amount(mine.doses, 0), amount(other.doses, 0)),
        Figure(_("Patients who waited"), amount(mine.waited, 0), amount(other.waited, 0)),
    ]


def _delivered(mine: Result, other: Result) -> list[Figure]:
    rows = ((_("Protein per vial"), "protein_per_container", 1e6, "mg", 1), (_("Potency"), "potency", 100.0, "%", 1),
            (_("Aggregates"), "hmw_fraction", 100.0, "%", 2), (_("Host-cell protein"), "hcp_ratio", 1e6, "ppm", 1))
    return [Figure(label, f"{amount(scale * mine.noted[name], digits)}{THIN}{unit}",
                   f"{amount(scale * other.noted[name], digits)}{THIN}{unit}")
            for label, name, scale, unit, digits in rows]


def _reports(chain: Chain, mine: Result, other: Result, language: str) -> list[Figure]:
    """Figures noted by the units themselves."""
    rows = []
    for key, value in mine.reports.items():
        station, _dot, slug = key.partition(".")
        d = chain.stations[station].handover.description.reports[slug]
        shown = display(d.unit, of=chain.stations[station].handover.units[slug], digits=d.digits)
        unit = f"{THIN}{d.label or d.unit}" if (d.label or d.unit) != "1" else ""
        label = f"{chain.stations[station].description.title.text(language)} · {d.title.text(language)}"
        rows.append(Figure(label, amount(shown.shown(value), d.digits) + unit,
                           amount(shown.shown(other.reports[key]), d.digits) + unit))
    return rows
