"""A scenario with some of its numbers changed, named by address: a plant stays frozen, so this makes another one.

``parameters/<instance>.<name>``: a parameter of a drawer or of an instrument; ``law/<instance>.<name>``: a figure of
its rate law; ``start/<instance>.<name>``: a start condition. Values are SI. The kernel is shared: numbers are not code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import msgspec

from biotwin.ensembles.distributions import Override, drawn
from biotwin.errors import UnknownName, known
from biotwin.plant.library import drawer
from biotwin.plant.plant import ClassGroup, Plant
from biotwin.session.scenario import Scenario


def varied(scenario: Scenario, overrides: Mapping[str, Override], seed: int) -> tuple[Scenario, dict[str, float]]:
    """The scenario under these overrides, and the value that each took; raises ``UnknownName``."""
    if not overrides:
        return scenario, {}
    plant = scenario.plant
    parameters = plant.wiring["par"].copy()
    instances = {name: dict(values) for name, values in scenario.instances.items()}
    values: dict[str, float] = {}
    for address, override in sorted(overrides.items()):
        kind, instance, name = _parts(address)
        group = _group(plant, instance, address)
        if kind == "start":
            own = _own_start(scenario, group, instance, name)
            values[address] = instances.setdefault(instance, {})[name] = drawn(override, own, seed, address)
        else:
            index = parameter_slot(group, instance, name, law=kind == "law")
            values[address] = parameters[index] = drawn(override, float(parameters[index]), seed, address)
    parameters.setflags(write=False)
    digest = _digest(plant.digest, values)
    other = replace(plant, digest=digest, wiring=plant.wiring | {"par": parameters}, origin=plant.origin or plant)
    return replace(scenario, plant=other, instances=instances, digest=_digest(scenario.digest, values)), values


def _digest(before: str, values: dict[str, float]) -> str:
    text = before.encode() + msgspec.json.encode(values, order="sorted")
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def _parts(address: str) -> tuple[str, str, str]:
    kind, _, rest = address.partition("/")
    instance, _, name = rest.partition(".")
    if kind not in ("parameters", "law", "start") or not name:
        raise UnknownName(f"{address!r} is no address of a number that may vary.",
                          next_step="Write parameters/<instance>.<name>, law/<instance>.<name> or "
                          "start/<instance>.<name>.")
    return kind, instance, name


def _group(plant: Plant, instance: str, address: str) -> ClassGroup:
    for group in plant.groups:
        if instance in group.instances:
            return group
    names = [n for g in plant.groups for n in g.instances if g.slug != "sensor"]
    raise UnknownName(f"{instance!r} in {address!r} is no equipment of {plant.slug}.", next_step=known(names))


def parameter_slot(group: ClassGroup, instance: str, name: str, *, law: bool) -> int:
    """Where a parameter of an instance stands in ``wiring['par']``."""
    d = drawer(group.slug)
    fields: tuple[str, ...] = d.parameters
    begin = group.parameters
    if law:
        fields = d.laws[group.law[0][0]][group.law[0][1]][1]._fields if group.law else ()  # type: ignore[attr-defined]
        begin = group.law_parameters
    if name not in fields:
        kind = "figure of the law" if law else "parameter"
        raise UnknownName(f"{group.slug} {instance!r} has no {kind} {name!r}.", next_step=known(fields))
    return begin + group.instances.index(instance) * len(fields) + fields.index(name)


def _own_start(scenario: Scenario, group: ClassGroup, instance: str, name: str) -> float:
    d = drawer(group.slug)
    if name not in d.start_units:
        raise UnknownName(f"{instance!r} has no start condition {name!r}.", next_step=known(d.start_units))
    given = scenario.plant.starts.get(instance, {}) | scenario.instances.get(instance, {})
    return float(given.get(name, d.start_defaults.get(name, 0.0)))
