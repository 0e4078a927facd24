"""A case of a chain: a lot to which something has happened where the trainee does not sit.

``content/chains/<chain>/cases/<slug>/case.yaml`` says what is otherwise than in any lot: another scenario of a
station's unit, how the shift before flew it, how long the lot waited. Beside it stand ``brief.{fr,en}.md`` and
``debrief.{fr,en}.md``, headed as those of scenarios are. A lot carries the slug of its case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from biotwin.chain.chain import Chain, Station, load_chain, nothing_of_its_own
from biotwin.chain.description import CaseDescription
from biotwin.chain.lot import Lot
from biotwin.chain.releasing import RELEASE
from biotwin.errors import DescriptionError, UnknownName, known
from biotwin.plant.reading import Source, read_source
from biotwin.quantity import si
from biotwin.session.handover import handover_of
from biotwin.session.inputs import Entry
from biotwin.session.library import load_scenario, scenario_slugs
from biotwin.session.script import pilot_entries, scripted_entries

PROSE = ("brief", "debrief")


@dataclass(frozen=True, eq=False)
class ChainCase:
    """A case, compiled. ``stations``: those that are otherwise; ``digest``: of the chain and all that it changes;
    ``earlier``: ms by which the lot before was begun sooner, None: as usual.
    """

    slug: str
    digest: str
    folder: Path
    description: CaseDescription
    stations: dict[str, Station]
    earlier: int | None = None

    def text(self, name: str, language: str) -> str:
        """The Markdown of ``brief`` or ``debrief``."""
        return (self.folder / f"{name}.{language}.md").read_text(encoding="utf-8")


def case_slugs(chain: Chain) -> tuple[str, ...]:
    """The slugs of the chain's cases, sorted."""
    return tuple(sorted(p.parent.name for p in chain.folder.glob("cases/*/case.yaml")))


def load_case(chain: Chain, slug: str) -> ChainCase:
    """One case by slug; raises ``UnknownName``, or ``DescriptionError`` with file and line."""
    if slug not in case_slugs(chain):
        raise UnknownName(f"{chain.slug} has no case {slug!r}.", next_step=known(case_slugs(chain)))
    return _compiled(chain, _source(chain, slug))


def _source(chain: Chain, slug: str) -> Source:
    return read_source(chain.folder / "cases" / slug / "case.yaml", chain.folder.parents[2])


def next_station(chain: Chain, lot: Lot) -> Station:
    """The station that the lot comes to now, as its case has it: what befalls a station befalls it once."""
    if lot.goes_again:
        return chain.stations[lot.legs[-1].station]
    station = chain.stations[chain.order[len(lot.legs)]]
    return load_case(chain, lot.case).stations.get(station.slug, station) if lot.case else station


def saving_entries(chain: Chain, lot: Lot, station: str) -> list[Entry] | None:
    """What saves this lot's case at a stop; None where nothing is written for it."""
    case = load_case(chain, lot.case) if lot.case else None
    if case is None or station not in case.description.saves:
        return None
    return scripted_entries(chain.stations[station].scenario, case.description.saves[station], f"saves.{station}[{{}}]")


@lru_cache(maxsize=32)
def _compiled(chain: Chain, source: Source) -> ChainCase:
    d = source.convert(CaseDescription)
    for field in ("scenarios", "pilots", "waits"):
        _known_stations(chain, source, field, getattr(d, field))
    for number, name in enumerate(d.stops):
        if name not in (*chain.order, RELEASE):
            raise UnknownName(f"{chain.slug} has no station {name!r}.", where=source.where("stops", number),
                              next_step=known((*chain.order, RELEASE)))
    changed = [slug for slug in chain.order if slug in {*d.scenarios, *d.pilots, *d.waits}]
    _known_cases(chain, source, d)
    _no_ring(chain, source, d)
    earlier = d.former.earlier if d.former is not None else ""
    if not changed and d.former is None:
        raise DescriptionError("nothing is otherwise than in any lot.", where=source.where("stops"))
    before = _made_good(chain, d.after) if d.after else {}
    for name in (*before, *changed):
        if name in d.stops:
            raise DescriptionError(f"the cause lies at {name}: nobody can stop there.", where=source.where("stops"))
    for slug, script in d.saves.items():
        if slug not in d.stops or slug == RELEASE:
            raise UnknownName(f"nobody flies {slug!r} in this case.", where=source.where("saves", slug),
                              next_step=known(d.stops))
        scripted_entries(chain.stations[slug].scenario, script, source.where("saves", slug))
    stations = before | {slug: _changed(chain, slug, d, source) for slug in changed}
    folder = chain.folder / "cases" / d.slug
    text = chain.digest.encode() + (folder / "case.yaml").read_bytes()
    for station in stations.values():
        text += station.scenario.digest.encode()
    for other in _others(d).values():
        text += load_case(chain, other).digest.encode()
    return ChainCase(d.slug, hashlib.blake2b(text, digest_size=16).hexdigest(), folder, d, stations,
                     round(si(earlier, "s", where=source.where("former", "earlier")) * 1000) if earlier else None)


def _known_stations(chain: Chain, source: Source, field: str, named: Mapping[str, object]) -> None:
    for name in named:
        if name not in chain.stations:
            raise UnknownName(f"{chain.slug} has no station {name!r}.", where=source.where(field, name),
                              next_step=known(chain.stations))


def _known_cases(chain: Chain, source: Source, d: CaseDescription) -> None:
    """What a case says of other cases names some."""
    others = [slug for slug in case_slugs(chain) if slug != d.slug]
    for field, slug in _others(d).items():
        if slug not in others:
            raise UnknownName(f"{chain.slug} has no other case {slug!r}.", where=source.where(field),
                              next_step=known(others))


def _no_ring(chain: Chain, source: Source, d: CaseDescription) -> None:
    """No case comes of itself, through whichever others: such a lot would have no beginning."""
    for field, slug in _others(d).items():
        seen, ahead = set[str](), [slug]
        while ahead:
            one = ahead.pop()
            if one == d.slug:
                raise DescriptionError(f"{slug!r} comes of {d.slug!r} itself.", where=source.where(field))
            if one not in seen and one in case_slugs(chain):
                seen.add(one)
                ahead += _others(_source(chain, one).convert(CaseDescription)).values()


def _others(d: CaseDescription) -> dict[str, str]:
    """The cases of which this one comes, by the field that names each."""
    named = {"after": d.after, "former": d.former.case if d.former is not None else ""}
    return {field: slug for field, slug in named.items() if slug}


def _made_good(chain: Chain, slug: str) -> dict[str, Station]:
    """The stations of a case, its stops flown by somebody who saves it."""
    case = load_case(chain, slug)
    saved = {}
    for name, script in case.description.saves.items():
        entries = scripted_entries(chain.stations[name].scenario, script, f"saves.{name}[{{}}]")
        saved[name] = replace(chain.stations[name], script=tuple(entries))
    return case.stations | saved


def _changed(chain: Chain, slug: str, d: CaseDescription, source: Source) -> Station:
    """The station as the case has it. A scenario of its own is flown by nobody unless the case says by whom."""
    station = chain.stations[slug]
    if slug in d.scenarios:
        station = _elsewise(chain, station, d.scenarios[slug], source.where("scenarios", slug))
        station = replace(station, pilot="nothing")
    if slug in d.pilots:
        try:
            pilot_entries(station.scenario, d.pilots[slug])
        except UnknownName as error:
            raise UnknownName(error.what, where=source.where("pilots", slug), next_step=error.next_step) from None
        station = replace(station, pilot=d.pilots[slug])
    if slug in d.waits:
        wait = round(si(d.waits[slug], "s", where=source.where("waits", slug)) * 1000)
        station = replace(station, wait=wait)
    return station


def _elsewise(chain: Chain, station: Station, slug: str, where: str) -> Station:
    """The station with another scenario of its unit."""
    content = chain.folder.parents[1]
    if slug not in scenario_slugs(content):
        raise UnknownName(f"the scenario {slug!r} is unknown.", where=where, next_step=known(scenario_slugs(content)))
    scenario = load_scenario(slug, content)
    plant, wanted = scenario.plant, station.scenario.plant
    if plant.slug != wanted.slug and plant.description.based_on != wanted.slug:
        raise DescriptionError(f"{slug} is flown on {plant.slug}, and {station.slug} on {wanted.slug}.", where=where)
    handover = handover_of(plant, content / "plants" / plant.slug, content.parent)
    if handover is None or handover.reports.keys() != station.handover.reports.keys():
        raise DescriptionError(f"the hand-over of {plant.slug} is not that of {wanted.slug}.", where=where)
    nothing_of_its_own(scenario, handover, where)
    return replace(station, scenario=scenario, handover=handover)


def cases(slug: str, folder: Path | None = None) -> tuple[ChainCase, ...]:
    """All cases of a chain."""
    chain = load_chain(slug, folder)
    return tuple(load_case(chain, name) for name in case_slugs(chain))
