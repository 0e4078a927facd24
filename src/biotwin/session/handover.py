"""The hand-over of a unit: how a lot enters a scenario of its plant, and what leaves at the end (ADR 12).

``content/plants/<plant>/handover.yaml`` says it in names, so that no unit knows another::

    receives: {t201.volume: volume, vessel.pool_titre: protein_concentration}
    delivers: {volume: vessel.liquid_volume, monomer: vessel.monomer_mass, dna: 0.01}
    others: 1.0
    losses: {waste: {title: {fr: …, en: …}, amounts: {monomer: t209.product}}}
    reports: {aggregates: {title: {fr: …, en: …}, reading: vessel.aggregate_fraction, unit: "%", digits: 2}}

``receives``: a start condition or an unwired input of an instance <- an attribute of the material. ``delivers``: an
amount <- a reading, a product of readings (``a.x * b.y``), a list of them (their sum), or a number: the share of what
was received. ``received`` in a product is the amount received: ``received * dryer.accepted_share``; a quantity in it
is a constant: ``1e6/mL * vessel.liquid_volume``; ``like monomer``: the same share as of the monomer. Amounts not named
follow ``others``, a number or a reading. ``enters``: the phase in which the lot comes in, where that is not the first;
a scenario that begins behind it brings a lot of its own.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec

from biotwin.errors import DescriptionError, UnknownName, known
from biotwin.materials import FIELDS, Material, attribute
from biotwin.plant.description import Described, Slug, Text
from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant
from biotwin.plant.reading import Source, read_source
from biotwin.quantity import display, registry
from biotwin.session.scenario import Scenario
from biotwin.session.state import State
from biotwin.signals import Signal

RECEIVED = "received"
Amount = str | float | list[str]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class LossDescription(Described, frozen=True, kw_only=True):
    """A place where a part of the lot stays: waste, samples, hold-up."""

    title: Text
    amounts: dict[str, Amount]


class ReportDescription(Described, frozen=True, kw_only=True):
    """A figure that is noted when the lot leaves: a reading or a product of readings, shown in ``unit``."""

    title: Text
    reading: str
    unit: str
    label: str | None = None
    digits: Annotated[int, msgspec.Meta(ge=0, le=6)] = 1


class HandoverDescription(Described, frozen=True, kw_only=True):
    """See the module. ``grows``: amounts that the unit makes or destroys, so that no balance of them can close."""

    schema: Annotated[int, msgspec.Meta(ge=1, le=1)]
    receives: dict[str, str] = {}
    enters: Slug | None = None
    delivers: dict[str, Amount] = {}
    others: Share | str = 1.0
    grows: list[str] = []
    losses: dict[Slug, LossDescription] = {}
    reports: dict[Slug, ReportDescription] = {}


@dataclass(frozen=True)
class Delivered:
    """What left the unit, what it left behind by place, and the figures noted on leaving (SI)."""

    material: Material
    losses: dict[str, Material]
    reports: dict[str, float]


Rule = Callable[[State, Material], float]


@dataclass(frozen=True)
class Term:
    """A product of readings and of a constant."""

    slots: tuple[int, ...]
    factor: float = 1.0

    def value(self, state: State) -> float:
        return self.factor * math.prod(float(state.real[slot]) for slot in self.slots)


@dataclass(frozen=True)
class Handover:
    """A hand-over whose names are resolved."""

    description: HandoverDescription
    starts: tuple[tuple[str, str, str], ...]
    """(instance, start condition, attribute)."""
    settings: tuple[tuple[int, str], ...]
    """(slot, attribute)."""
    amounts: dict[str, Rule]
    others: Rule
    """The share of what is not named."""
    losses: dict[str, dict[str, Rule]]
    reports: dict[str, Term]
    units: dict[str, str]
    """SI unit of each report."""
    enters: str
    """The phase in which the lot comes in."""

    def own_material(self, scenario: Scenario) -> str:
        """What of the scenario's start is a lot of its own, so that none that comes is flown; empty where all is well.

        It begins behind the phase in which a lot comes in, or gives conditions of its own to what takes the lot in.
        """
        order = scenario.plant.phases
        if order.index(scenario.start_phase) > order.index(self.enters):
            return f"begins in {scenario.start_phase!r}, behind {self.enters!r}, where the lot comes in"
        taken = {(name, condition) for name, condition, _ in self.starts}
        places = {name for name, _ in taken}
        for name, conditions in scenario.instances.items():
            for condition in conditions:
                if name in places and (name, condition) not in taken:
                    return f"starts with {name}.{condition} of its own, which the lot does not bring"
        return ""

    def received(self, scenario: Scenario, material: Material) -> Scenario:
        """The scenario as this lot meets it; its digest says so."""
        instances = {name: dict(conditions) for name, conditions in scenario.instances.items()}
        for name, condition, source in self.starts:
            instances.setdefault(name, {})[condition] = attribute(source).value(material)
        sets = tuple((slot, attribute(source).value(material)) for slot, source in self.settings)
        text = scenario.digest.encode() + ",".join(amount.hex() for amount in map(float, material)).encode()
        return replace(scenario, instances=instances, sets=(*scenario.sets, *sets),
                       digest=hashlib.blake2b(text, digest_size=16).hexdigest())

    def delivered(self, state: State, received: Material) -> Delivered:
        """What leaves the unit in this state; every amount as the hand-over says, none below zero but strong ions."""
        found = {name: self._amount(name, state, received) for name in FIELDS}
        losses = {slug: Material(**{name: f(state, received) for name, f in amounts.items()})
                  for slug, amounts in self.losses.items()}
        reports = {slug: slots.value(state) for slug, slots in self.reports.items()}
        return Delivered(Material(**found), losses, reports)

    @property
    def balanced(self) -> tuple[str, ...]:
        """The amounts that the unit neither makes nor hides: delivered and lost by readings, they must add up."""
        lost = {name for amounts in self.losses.values() for name in amounts}
        return tuple(n for n in FIELDS if n in lost and n in self.amounts and n not in self.description.grows)

    def _amount(self, name: str, state: State, received: Material) -> float:
        rule = self.amounts.get(name)
        return rule(state, received) if rule else float(getattr(received, name)) * self.others(state, received)


def as_received(scenario: Scenario, content: Path, received: str) -> Scenario:
    """The scenario as a lot meets it, ``received`` being its material as JSON; empty: the scenario's own start."""
    if not received:
        return scenario
    handover = handover_of(scenario.plant, content / "plants" / scenario.plant.slug)
    if handover is None:
        raise DescriptionError(f"the plant {scenario.plant.slug} has no handover.yaml: no lot can enter it.")
    return handover.received(scenario, msgspec.json.decode(received, type=Material))


def handover_of(plant: Plant, folder: Path, root: Path | None = None) -> Handover | None:
    """The hand-over of a plant, None where ``folder`` (the plant's own) has none; errors name file and line."""
    path = folder / "handover.yaml"
    return _compiled(plant, read_source(path, root)) if path.exists() else None


@lru_cache(maxsize=32)
def _compiled(plant: Plant, source: Source) -> Handover:
    d = source.convert(HandoverDescription)
    starts: list[tuple[str, str, str]] = []
    settings: list[tuple[int, str]] = []
    for target, name in d.receives.items():
        where = source.where("receives", target)
        needed = attribute(name, where).unit
        unit, place = _target(plant, target, where)
        if not _fits(unit, needed):
            raise DescriptionError(f"{target} is in {unit}, {name} in {needed}.", where=where)
        if isinstance(place, int):
            settings.append((place, name))
        else:
            starts.append((*place, name))
    losses = {slug: _rules(plant, loss.amounts, source, "losses", slug, "amounts") for slug, loss in d.losses.items()}
    reports = {slug: _reported(plant, report, source.where("reports", slug)) for slug, report in d.reports.items()}
    units = {slug: _unit(plant, report.reading, "") for slug, report in d.reports.items()}
    delivers = _rules(plant, d.delivers, source, "delivers")
    others = _share(plant, d.others, source.where("others"))
    enters = plant.phases[0] if d.enters is None else d.enters
    if enters not in plant.phases:
        raise UnknownName(f"{enters!r} is no phase.", where=source.where("enters"), next_step=known(plant.phases))
    return Handover(d, tuple(starts), tuple(settings), delivers, others, losses, reports, units, enters)


def _target(plant: Plant, target: str, where: str) -> tuple[str, int | tuple[str, str]]:
    """Unit and place of a start condition (instance, name) or of an unwired input (its slot)."""
    instance, _, name = target.partition(".")
    if instance not in plant.unit.equipment:
        raise UnknownName(f"{instance!r} is no equipment.", where=where, next_step=known(plant.unit.equipment))
    equipment = plant.unit.equipment[instance]
    d = drawer(equipment.class_)
    if name in d.start_units:
        return d.start_units[name], (instance, name)
    if name in d.inputs and name not in equipment.inputs:
        return d.units[f"Inputs.{name}"], _input_slot(plant, instance, name)
    free = [*d.start_units, *(n for n in d.inputs if n not in equipment.inputs)]
    raise UnknownName(f"{target!r} is no start condition and no unwired input.", where=where, next_step=known(free))


def _input_slot(plant: Plant, instance: str, name: str) -> int:
    """Where an input stands; by its address it may be hidden behind a reading of the same name."""
    group = next(g for g in plant.groups if instance in g.instances)
    names = drawer(group.slug).inputs
    return group.inputs + group.instances.index(instance) * len(names) + names.index(name)


def _rules(plant: Plant, amounts: dict[str, Amount], source: Source, *place: str) -> dict[str, Rule]:
    for name in amounts:
        if name not in FIELDS:
            raise UnknownName(f"a material has no amount {name!r}.", where=source.where(*place, name),
                              next_step=known(FIELDS))
    own = {name: amount for name, amount in amounts.items() if not _alike(amount)}
    rules = {name: _rule(plant, name, amount, source.where(*place, name)) for name, amount in own.items()}
    for name, amount in amounts.items():
        if other := _alike(amount):
            if other not in rules:
                raise UnknownName(f"{other!r} is not said here.", where=source.where(*place, name),
                                  next_step=known(rules))
            rules[name] = _like(name, other, rules[other])
    return rules


def _alike(amount: Amount) -> str:
    """``monomer`` of ``like monomer``, else empty."""
    return amount.removeprefix("like ").strip() if isinstance(amount, str) and amount.startswith("like ") else ""


def _like(name: str, other: str, rule: Rule) -> Rule:
    """The same share of what was received as of another amount."""
    def shared(state: State, received: Material) -> float:
        whole = float(getattr(received, other))
        return float(getattr(received, name)) * rule(state, received) / whole if whole > 0.0 else 0.0

    return shared


def _rule(plant: Plant, name: str, amount: Amount, where: str) -> Rule:
    if isinstance(amount, (int, float)):
        if not 0.0 <= amount <= 1.0:
            raise DescriptionError(f"a share lies between 0 and 1, not at {amount}.", where=where)
        return lambda state, received: float(getattr(received, name)) * amount
    terms = [_term(plant, term, name, where) for term in ([amount] if isinstance(amount, str) else amount)]

    def measured(state: State, received: Material) -> float:
        total = sum(term(state, received) for term in terms)
        return total if name == "strong_ions" else max(total, 0.0)

    return measured


def _term(plant: Plant, term: str, name: str, where: str) -> Rule:
    """A product of readings, or of readings and the amount received."""
    parts = [part.strip() for part in term.split("*")]
    if RECEIVED not in parts:
        slots = _product(plant, term, FIELDS[name], where)
        return lambda state, received: slots.value(state)
    parts.remove(RECEIVED)
    shares = _product(plant, "*".join(parts), "1", where)
    return lambda state, received: float(getattr(received, name)) * shares.value(state)


def _share(plant: Plant, others: float | str, where: str) -> Rule:
    if not isinstance(others, str):
        return lambda state, received: others
    slots = _product(plant, others, "1", where)
    return lambda state, received: slots.value(state)


def _reported(plant: Plant, report: ReportDescription, where: str) -> Term:
    display(report.unit, of=_unit(plant, report.reading, where), where=where)
    return _product(plant, report.reading, report.unit, where)


def _product(plant: Plant, term: str, needed: str, where: str) -> Term:
    """A product of readings and constants (``1e6/mL``, ``-2 mmol/L``); its dimension is that of the unit ``needed``."""
    unit = _unit(plant, term, where)
    if not _fits(unit, needed):
        raise DescriptionError(f"{term} is in {unit}, not in {needed}.", where=where)
    parts = [part.strip() for part in term.split("*")]
    constants = [registry().Quantity(part).to_base_units().magnitude for part in parts if _constant(part)]
    return Term(tuple(_signal(plant, part, where).slot for part in parts if not _constant(part)),
                math.prod(map(float, constants)))


def _constant(part: str) -> bool:
    return part[:1].isdigit() or part[:1] == "-"


def _unit(plant: Plant, term: str, where: str) -> str:
    """The SI unit of a product of readings and constants; raises ``DescriptionError`` for a constant without sense."""
    whole = registry().Quantity(1.0, "1")
    for part in (part.strip() for part in term.split("*")):
        if _constant(part):
            try:
                whole = whole * registry().Quantity(part).to_base_units()
            except Exception:
                raise DescriptionError(f"{part!r} is no quantity.", where=where) from None
        else:
            whole = whole * registry().Quantity(1.0, _signal(plant, part, where).unit)
    return str(whole.units)


def _signal(plant: Plant, short: str, where: str) -> Signal:
    signal = plant.signals.get(plant.address(short))
    if signal is None:
        instance = short.partition(".")[0]
        near = [n for n in map(plant.short, plant.signals) if n.startswith(f"{instance}.")]
        raise UnknownName(f"{short!r} names no signal.", where=where, next_step=known(near or plant.unit.equipment))
    return signal


def _fits(unit: str, needed: str) -> bool:
    quantity = registry().Quantity
    return bool(quantity(1.0, unit).dimensionality == quantity(1.0, needed.replace("%", "percent")).dimensionality)
