"""Scripted inputs: what a scenario's pilots do, from quantities with units to journal entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from biotwin.errors import DescriptionError, InputInvalid, UnknownName, known
from biotwin.plant.plant import Plant
from biotwin.quantity import si
from biotwin.session.apply import validate
from biotwin.session.inputs import Entry, Input
from biotwin.session.machine import machine_of
from biotwin.session.scenario import Scenario
from biotwin.session.scenario_description import ScriptedInput

SEAT = "pilot"
_ADDRESSES = ("loop", "alarm", "station", "malfunction")


def pilot_entries(scenario: Scenario, pilot: str) -> list[Entry]:
    """The journal of one of the scenario's pilots, in order of time; ``nothing`` is always there and does nothing."""
    if pilot == "nothing":
        return []
    pilots = scenario.description.pilots
    if pilot not in pilots:
        raise UnknownName(f"{scenario.slug} has no pilot {pilot!r}.", next_step=known([*pilots, "nothing"]))
    return scripted_entries(scenario, pilots[pilot],
                            f"content/scenarios/{scenario.slug}/scenario.yaml (pilots.{pilot}[{{}}])")


def scripted_entries(scenario: Scenario, script: Sequence[ScriptedInput], where: str) -> list[Entry]:
    """The journal of a script, in order of time; ``where`` takes the number of the input that is wrong."""
    entries = []
    for number, scripted in enumerate(script, start=1):
        place = where.format(number - 1)
        time = round(si(scripted.at, "s", where=place) * 1000)
        entries.append(Entry(number, time, SEAT, _input(scenario.plant, scripted, place)))
    return sorted(entries, key=lambda e: (e.time, e.number))


def _input(plant: Plant, scripted: ScriptedInput, where: str) -> Input:
    raw: dict[str, Any] = dict(scripted.input)
    for name in _ADDRESSES:
        if isinstance(raw.get(name), str):
            raw[name] = plant.address(raw[name])
    if isinstance(raw.get("analysers"), list):
        raw["analysers"] = [plant.address(a) for a in raw["analysers"]]
    if raw.get("kind") in ("set_setpoint", "set_output", "set_mode"):
        tag = str(raw.get("loop", ""))
        if plant.short(tag) not in plant.unit.loops:
            raise UnknownName(f"{tag!r} is no loop.", where=where, next_step=known(plant.unit.loops))
    if raw.get("kind") == "set_setpoint":
        raw["value"] = si(raw.get("value", ""), plant.signal(f"{raw['loop']}.setpoint").unit, where=where)
    if raw.get("kind") == "set_output":
        raw["value"] = si(raw.get("value", ""), "1", where=where)
    for name in ("duration", "onset"):
        if name in raw:
            raw[name] = round(si(raw[name], "s", where=where) * 1000)
    try:
        item = msgspec.convert(raw, Input)
        validate(machine_of(plant), item)
    except (msgspec.ValidationError, InputInvalid) as error:
        raise DescriptionError(str(error), where=where) from None
    return item
