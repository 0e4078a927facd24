"""What became of a lot: in this order, who waited, what was delivered, what the patient was exposed to; and what each
stop did, by flying the lot again with that stop left to the autopilot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from biotwin.chain.cases import load_case
from biotwin.chain.chain import Chain
from biotwin.chain.flying import flown, joined, unattended_entries, waiting
from biotwin.chain.lot import Leg, Lot, passage
from biotwin.chain.releasing import RELEASE, case_of, due, released
from biotwin.chain.reprocessing import decided, offered
from biotwin.materials import attribute, pooled
from biotwin.materials.attributes import protein
from biotwin.release import reveal
from biotwin.session.inputs import Entry

DAY = 86_400_000
NOTED = ("protein_concentration", "hmw_fraction", "potency", "hcp_ratio", "galactosylation", "protein_per_container")
"""Attributes of what stood before the last leg, kept with a result."""


class Step(msgspec.Struct, frozen=True):
    """One leg in figures: protein in and out (kg), share that went on, days of the lot at its end."""

    station: str
    how: str
    protein_in: float
    protein_out: float
    share: float
    days: float
    remarks: int


class Result(msgspec.Struct, frozen=True):
    """A whole lot in figures. ``outcome``: what quality decided, empty where the chain has no release; ``reason`` in
    its words. ``days``: from the cell bank to the last step; ``containers`` and ``doses`` that reached the hospital;
    ``waited``: patients whose dose was late or missing; ``noted`` and ``reports`` in SI. ``passing``: probability that
    the tests alone would have let this lot pass; ``unseen``: what no test reveals, in the laboratory's units.
    """

    outcome: str
    reason: str
    days: float
    containers: float
    doses: float
    waited: float
    noted: dict[str, float]
    reports: dict[str, float]
    steps: tuple[Step, ...]
    passing: float
    unseen: dict[str, float]


class Effect(msgspec.Struct, frozen=True):
    """A stop, and the lot as it would have been had that stop alone been left to the autopilot. Of a station it is one
    whose release was left to it too: what a person decided about one lot is no decision about another.
    """

    station: str
    without: Result


class Outcome(msgspec.Struct, frozen=True):
    """``mine``: the lot as flown; ``reference``: the autopilot all the way, under the same seed, without the case.
    ``unattended``: the lot as flown up to a release that was left to the autopilot; None where it was. ``alone``: what
    the lot's case does where nobody sits down anywhere; None where it has none.
    """

    mine: Result
    reference: Result
    effects: tuple[Effect, ...]
    unattended: Result | None = None
    alone: Result | None = None

    def beside(self, effect: Effect) -> Result:
        """The lot with that stop's doing, all else as in ``effect.without``."""
        return self.mine if self.unattended is None or effect.station == RELEASE else self.unattended


def judged(chain: Chain, lot: Lot, journals: Mapping[str, Sequence[Entry]]) -> Outcome:
    """The outcome of a lot that is through. ``journals``: of the legs that were flown by hand, by passage."""
    by_hand = [leg.name for leg in lot.passages if leg.how == "by_hand"]
    stops = [station for station in chain.order if station in touched(lot)]
    reference = result(chain, _undisturbed(chain, lot), None)
    effects, unattended = [], None
    for station in stops:
        kept = {name: journals[name] for name in by_hand if name not in (station, passage(station, True))}
        effects.append(Effect(station, result(chain, refly(chain, without(lot, station), kept), reference)))
    if lot.release is not None and lot.release.how == "by_hand":
        unattended = result(chain, refly(chain, lot, journals), reference)
        effects.append(Effect(RELEASE, unattended))
    alone = result(chain, refly(chain, _untouched(lot), {}), reference) if lot.case else None
    return Outcome(result(chain, lot, reference), reference, tuple(effects), unattended, alone)


def touched(lot: Lot) -> set[str]:
    """The stations at which somebody did or decided something."""
    waited = {leg.station for leg in lot.passages if leg.how == "by_hand" or leg.name in lot.waits}
    return waited | set(lot.portions) | {station for station, again in lot.again.items() if not again}


def without(lot: Lot, station: str) -> Lot:
    """The lot with no decision of anybody about a station; its legs are as they are."""
    names = (station, passage(station, True))
    return replace(lot, waits={name: wait for name, wait in lot.waits.items() if name not in names},
                   portions={name: count for name, count in lot.portions.items() if name != station},
                   again={name: again for name, again in lot.again.items() if name != station})


def _undisturbed(chain: Chain, lot: Lot) -> Lot:
    """The lot as the autopilot flies it when no case befalls it; all legs before the case are the lot's own."""
    if not lot.case:
        return refly(chain, _untouched(lot), {})
    befallen = load_case(chain, lot.case).stations
    cut = next((name for name in chain.order if name in befallen), "")
    return refly(chain, replace(_untouched(lot).before(cut), digest=chain.digest, case=""), {})


def _untouched(lot: Lot) -> Lot:
    """The lot with no decision of anybody; its legs are as they are."""
    return replace(lot, waits={}, portions={}, again={})


def refly(chain: Chain, lot: Lot, journals: Mapping[str, Sequence[Entry]]) -> Lot:
    """The lot again, with its decisions: passages in ``journals`` as they were flown by hand, the others by the
    autopilot. A leg of the lot that would be flown as it was is taken as it is. A step is repeated where that is
    offered now and nobody declined it: that it was repeated once says nothing of a lot whose filter holds.
    """
    known = {leg.name: leg for leg in lot.passages}
    declined = {station: False for station, repeated in lot.again.items() if not repeated}
    again = replace(lot, legs=(), first=(), release=None, again=declined)
    while True:
        if due(chain, again):
            again = released(chain, again)
        again = decided(again, True) if offered(chain, again) else again
        ahead = waiting(chain, again)
        if ahead is None:
            return again
        entries = journals.get(ahead.name)
        how = "autopilot" if entries is None else "by_hand"
        leg = known.get(ahead.name)
        if leg is None or (leg.how, leg.begins, leg.received) != (how, ahead.begins, ahead.received):
            leg = flown(ahead, unattended_entries(ahead) if entries is None else entries, how=how)
        again = joined(again, leg)


def result(chain: Chain, lot: Lot, reference: Result | None) -> Result:
    """A lot in figures; lateness is counted against the ``reference`` (None: this is it). A lot that quality refused
    leaves all waiting whom it would have reached, also where the reference was refused.
    """
    arrived = lot.material if lot.refused else pooled(lot.legs[-1].received, lot.legs[-1].stored)
    containers = 0.0 if lot.refused else arrived.containers
    per_dose = chain.description.patients.containers_per_dose
    doses, days = containers / per_dose, lot.time / DAY
    missing = max(arrived.containers / per_dose, reference.doses if reference else 0.0) - doses
    late = days - reference.days if reference else 0.0
    truth = reveal(case_of(chain, lot), lot.release.state) if lot.release else None
    return Result(
        outcome=lot.release.outcome if lot.release else "", reason=lot.release.reason if lot.release else "",
        days=days, containers=containers, doses=doses, waited=_waited(chain, late, missing),
        noted={name: attribute(name).value(arrived) for name in NOTED},
        reports={f"{leg.station}.{slug}": value for leg in lot.legs for slug, value in leg.reports.items()},
        steps=tuple(_step(leg) for leg in lot.passages), passing=truth.passing if truth else 1.0,
        unseen={item.name: item.truth for item in truth.unseen} if truth else {},
    )


def _step(leg: Leg) -> Step:
    before, after = protein(leg.received), protein(leg.delivered)
    return Step(leg.station, leg.how, before, after, after / before if before > 0.0 else 0.0, leg.ends / DAY,
                len(leg.records))


def _waited(chain: Chain, late: float, missing: float) -> float:
    """Patients whose dose came ``late`` (days, beyond what the stock covers) or not at all (``missing`` doses), at most
    all who are treated.
    """
    per_day = chain.description.patients.treated / (chain.dose_interval / 86_400.0)
    beyond = max(0.0, late - chain.stock / 86_400.0) * per_day
    return min(float(chain.description.patients.treated), beyond + missing)
