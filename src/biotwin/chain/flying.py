"""Flying a lot: what waits before the next station, and the leg that a journal makes of it.

A leg is an ordinary session: its scenario as this lot meets it, a seed that follows from the lot's, a journal. Flying a
chain again from any leg flies that leg and those behind it, no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from biotwin.chain.cases import load_case, next_station, saving_entries
from biotwin.chain.chain import Chain, Station
from biotwin.chain.holding import held
from biotwin.chain.lot import Leg, Lot, passage
from biotwin.chain.releasing import RELEASE, due, released
from biotwin.chain.reprocessing import decided, offered
from biotwin.errors import UnknownName, known
from biotwin.materials import NOTHING, Material, part, pooled
from biotwin.plant.plant import Plant
from biotwin.release import Record, records_of, results_owed
from biotwin.session.facts import Fact
from biotwin.session.flight import Flight
from biotwin.session.inputs import Entry
from biotwin.session.scenario import Scenario
from biotwin.session.script import pilot_entries

Progress = Callable[[str], None]
LONGER = {"tomorrow": 16 * 3_600_000, "weekend": 64 * 3_600_000}
"""Waits longer than planned, ms: from five in the evening to nine in the morning, of the next day or of Monday. Where
the limit lies beyond them, such as a shelf life, the lot may wait to its last permitted day.
"""


@dataclass(frozen=True)
class Waiting:
    """What stands before a station. ``scenario``: as this lot meets it; ``begins`` and ``waited`` in ms; ``again``:
    whether it went through before; ``pooled``: what of ``received`` is from another lot.
    """

    station: Station
    scenario: Scenario
    seed: int
    begins: int
    waited: int
    received: Material
    stored: Material
    again: bool = False
    pooled: Material = NOTHING
    at_risk: bool = False
    """Whether quality has not decided by now about the lot that is pooled in."""

    @property
    def name(self) -> str:
        """Of this passage."""
        return passage(self.station.slug, self.again)


def begun(chain: Chain, seed: int, case: str = "") -> Lot:
    """A lot that nothing has been done to (0 <= seed < 2**128), of a case of the chain or of none."""
    digest = load_case(chain, case).digest if case else chain.digest
    return Lot(chain.slug, digest, f"{seed:032x}", chain.begins, case=case)


def waiting(chain: Chain, lot: Lot, *, wait: int | None = None) -> Waiting | None:
    """What the next station receives after ``wait`` ms (None: as was chosen, else as planned), or None: the lot has
    been through all, waits for its release, or was not certified.
    """
    again = lot.goes_again
    if (len(lot.legs) == len(chain.stations) and not again) or due(chain, lot) or lot.refused:
        return None
    station = next_station(chain, lot)
    name = passage(station.slug, again)
    waited = lot.waits.get(name, station.wait) if wait is None else max(0, wait)
    material = held(lot.material, waited / 1000.0, station.stores_at)
    added = held(_drawn(station, lot), waited / 1000.0, station.stores_at)
    share = _share(station, material, added)
    received, stored = pooled(part(material, share), added), part(material, 1.0 - share)
    return Waiting(station, station.handover.received(station.scenario, received), leg_seed(lot, name),
                   lot.time + waited, waited, received, stored if share < 1.0 else NOTHING, again, added,
                   added.volume > 0.0 and lot.store is not None and not lot.store.known(lot.time + waited))


def holds(chain: Chain, lot: Lot) -> dict[str, int]:
    """How long the lot may wait before the next station (ms), the shortest first; nothing before the first of all."""
    if not lot.legs or waiting(chain, lot) is None:
        return {}
    station = next_station(chain, lot)
    planned = station.wait
    longer = {name: time for name, time in LONGER.items() if time > planned}
    longer |= {"last_day": station.wait_limit} if station.wait_limit > LONGER["weekend"] else {}
    return ({"at_once": 0} if planned else {}) | {"planned": planned} | longer


def kept_waiting(chain: Chain, lot: Lot, hold: str) -> Lot:
    """The lot with a wait of ``holds`` chosen before its next station. Raises ``UnknownName``."""
    offered = holds(chain, lot)
    if hold not in offered:
        raise UnknownName(f"the lot cannot wait {hold!r}.", next_step=known(offered))
    here = passage(next_station(chain, lot).slug, lot.goes_again)
    waits = {name: time for name, time in lot.waits.items() if name != here}
    return msgspec.structs.replace(lot, waits=waits if hold == "planned" else waits | {here: offered[hold]})


def _drawn(station: Station, lot: Lot) -> Material:
    """What comes in from the store of another lot."""
    portions = lot.portions.get(station.slug, 0)
    if not portions or station.pools is None or lot.store is None or lot.goes_again:
        return NOTHING
    return part(lot.store.material, min(1.0, portions * station.pools.portion / lot.store.material.volume))


def _share(station: Station, material: Material, added: Material) -> float:
    """Which part of the lot's own material goes in, beside what is added."""
    whole = material.containers if station.takes_containers else material.volume
    if station.takes is None or whole <= station.takes - added.volume:
        return 1.0
    return max(0.0, station.takes - added.volume) / whole


def leg_seed(lot: Lot, name: str) -> int:
    """The seed of a passage, from the lot's."""
    return int.from_bytes(hashlib.blake2b(f"{lot.seed}/{name}".encode(), digest_size=16).digest(), "big")


def flown(ahead: Waiting, entries: Sequence[Entry], *, how: str) -> Leg:
    """The leg that a journal makes of what waits, to the end of the scenario."""
    flight = Flight.begin(ahead.scenario, ahead.seed)
    facts = [*flight.prior, *flight.run(None, entries)]
    return leg_of(ahead, flight, facts, how=how)


def unattended_entries(ahead: Waiting) -> list[Entry]:
    """The journal of what waits when nobody sits there."""
    station = ahead.station
    return pilot_entries(station.scenario, station.pilot) if station.script is None else list(station.script)


def leg_of(ahead: Waiting, flight: Flight, facts: Sequence[Fact], *, how: str) -> Leg:
    """The leg of a flight that has been flown to its end."""
    given = ahead.station.handover.delivered(flight.state, ahead.received)
    slug = ahead.station.slug
    records, wrong = records_of(facts, slug, ahead.begins, priorities(ahead.scenario.plant))
    under_way = (result for due in flight.state.desk.due for result in due.results)
    records = (*_beforehand(ahead), *records, *results_owed(under_way, slug, ahead.begins))
    return Leg(
        station=ahead.station.slug, how=how, scenario=ahead.scenario.slug, seed=f"{ahead.seed:032x}",
        begins=ahead.begins, waited=ahead.waited, duration=flight.time, received=ahead.received,
        delivered=given.material, stored=ahead.stored, losses=given.losses, reports=given.reports, records=records,
        malfunctions=wrong, digest=flight.digest().hex(), again=ahead.again, pooled=ahead.pooled,
    )


def _beforehand(ahead: Waiting) -> tuple[Record, ...]:
    """What the batch record says before the leg begins: a wait beyond its limit, a step done again, a lot pooled in."""
    slug, found = ahead.station.slug, []
    if ahead.waited > ahead.station.wait_limit:
        beyond = ahead.waited - ahead.station.wait_limit
        found.append(Record(ahead.begins, slug, "hold_exceeded", "hold", ahead.waited / 1000.0, beyond))
    if ahead.again:
        found.append(Record(ahead.begins, slug, "step_repeated", slug))
    if ahead.at_risk:
        found.append(Record(ahead.begins, slug, "pooled_undecided", slug, ahead.pooled.volume))
    return tuple(found)


def priorities(plant: Plant) -> dict[str, dict[str, float | str | bool]]:
    """What the review of a batch record needs to know of each alarm."""
    return {plant.address(tag): {"priority": alarm.priority} for tag, alarm in plant.unit.alarms.items()}


def joined(lot: Lot, leg: Leg) -> Lot:
    """The lot with one leg more; one that is flown again takes the place of the first."""
    if not leg.again:
        return msgspec.structs.replace(lot, legs=(*lot.legs, leg))
    return msgspec.structs.replace(lot, legs=(*lot.legs[:-1], leg), first=(*lot.first, lot.legs[-1]))


def autopilot(
    chain: Chain, lot: Lot, *, until: str = "", saving: bool = False, told: Progress = lambda station: None
) -> Lot:
    """The lot flown by each scenario's pilot ``wins``, or as its case has it, up to ``until`` (not flown) or to the
    end; ``saving``: with somebody at the stops of the case who notices in time.
    """
    while True:
        if due(chain, lot) and until != RELEASE:
            told(RELEASE)
            lot = released(chain, lot)
        lot = decided(lot, True) if offered(chain, lot) else lot
        ahead = waiting(chain, lot)
        if ahead is None or ahead.name == until:
            return lot
        told(ahead.station.slug)
        saves = saving_entries(chain, lot, ahead.station.slug) if saving else None
        how = "autopilot" if saves is None else "by_hand"
        lot = joined(lot, flown(ahead, unattended_entries(ahead) if saves is None else saves, how=how))
