"""The lot's file: what the units hand to quality. Records are what was written down; samples hold what is true.

A file grows along the chain (``filing.filed`` again): records and environment stand in the order of time, and what was
written is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import msgspec

from biotwin.materials import FIELDS, Material

STATES: dict[str, str] = {"mycoplasma": "1/m^3", "leaking": "1", "defective_cakes": "1", "ph": "1"}
"""True states beside the material vector, by name, with their SI unit: colony-forming units per volume; share of
containers whose closure leaks; share of containers whose cake is collapsed or melted. Absent means 0. ``ph``: where the
unit knows it better than the vector, whose electroneutrality leaves histidine out; absent means the vector's."""

Detail = dict[str, float | str | bool]


class Sample(msgspec.Struct, frozen=True):
    """The lot as it stood when it was sampled at a stage: every amount that is not 0, and the true states."""

    taken: int
    amounts: dict[str, float]
    states: dict[str, float] = {}

    @staticmethod
    def of(material: Material, taken: int, **states: float) -> Sample:
        """The sample of a material; ``states`` as in ``STATES``."""
        amounts = {name: float(amount) for name, amount in zip(FIELDS, material, strict=True) if amount}
        return Sample(taken, amounts, dict(states))

    @property
    def material(self) -> Material:
        return Material(**{name: amount for name, amount in self.amounts.items() if name in FIELDS})


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of the batch record. ``unit`` is the lot's unit; ``duration`` ms; ``detail`` as the fact had it."""

    time: int
    unit: str
    kind: str
    subject: str
    value: float = 0.0
    duration: int = 0
    detail: Detail = {}


class IntegrityTest(msgspec.Struct, frozen=True, omit_defaults=True):
    """A filter's, an isolator's or a dryer's test as it was done: ``test`` as in the specification. The last one of a
    name that ``counts`` decides: one of a filter that was exchanged since does not. ``value``: in SI, None where none
    was written down; ``said``: what was, by language.
    """

    time: int
    unit: str
    test: str
    passed: bool
    value: float | None = None
    said: dict[str, str] = {}
    counts: bool = True


class EnvironmentSample(msgspec.Struct, frozen=True):
    """A count of environmental monitoring: ``grade`` a..d, ``method`` as in the specification."""

    time: int
    place: str
    grade: str
    method: str
    count: float


class Malfunction(msgspec.Struct, frozen=True):
    """What was really wrong in a unit. True state: only the debrief and the effect of a CAPA know it."""

    unit: str
    malfunction: str


class Parent(msgspec.Struct, frozen=True):
    """Another lot of which some was pooled into this one; quality decides about it at ``disposed`` (ms of this lot)."""

    lot: str
    disposed: int
    outcome: str


class LotFile(msgspec.Struct, frozen=True):
    """See the module. ``scope``: the stages to be tested, all of the specification where empty.

    ``lot`` is also the address of its chance; what is tested anew after reprocessing meets its next ordinals.
    ``units``: what the lot went through, by the unit names of the content's ``clearance.yaml`` and of the records;
    ``again``: those it went through twice, and since when (ms) what happened there counts. ``parents``: lots pooled in.
    """

    lot: str
    samples: dict[str, Sample] = {}
    records: tuple[Record, ...] = ()
    integrity: tuple[IntegrityTest, ...] = ()
    environment: tuple[EnvironmentSample, ...] = ()
    units: tuple[str, ...] = ()
    malfunctions: tuple[Malfunction, ...] = ()
    scope: tuple[str, ...] = ()
    again: dict[str, int] = {}
    parents: tuple[Parent, ...] = ()


class Told(Protocol):
    """A fact of any session, as plain data."""

    @property
    def time(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def detail(self) -> Mapping[str, float | str | bool]: ...


RECORDED = frozenset({"alarm_raised", "limit_crossed", "interlock_tripped", "overflowed", "field_report",
                      "input_refused", "phase_started", "recipe_held", "recipe_mode_changed", "result_ready",
                      "mode_changed", "setpoint_changed", "output_changed"})
"""Kinds of a session's facts that a batch record keeps."""
_ENDS = {"alarm_returned": "alarm_raised", "limit_restored": "limit_crossed", "interlock_cleared": "interlock_tripped",
         "recipe_restarted": "recipe_held"}


def records_of(
    facts: Iterable[Told], unit: str, start: int = 0, details: Mapping[str, Detail] | None = None
) -> tuple[tuple[Record, ...], tuple[Malfunction, ...]]:
    """The batch record of one session, and what was really wrong in it.

    ``start``: ms of the lot at which the session's clock is 0. ``details`` adds to what is told of a subject, such as
    an alarm's priority. What is never restored lasts until the last fact.
    """
    told = sorted(facts, key=lambda fact: fact.time)
    found: list[Record] = []
    open_at: dict[tuple[str, str, str], int] = {}
    for fact in told:
        if fact.kind in RECORDED:
            more = dict(fact.detail) | dict((details or {}).get(fact.subject, {}))
            if "taken" in more:
                more["taken"] = start + int(more["taken"])
            open_at[_key(fact.kind, fact)] = len(found)
            found.append(Record(start + fact.time, unit, fact.kind, fact.subject, float(fact.value), detail=more))
        elif fact.kind in _ENDS and (place := open_at.pop(_key(_ENDS[fact.kind], fact), None)) is not None:
            found[place] = _lasting(found[place], start + fact.time)
    for (kind, *_), place in open_at.items():
        if kind in _ENDS.values():
            found[place] = _lasting(found[place], start + told[-1].time)
    wrong = {f.subject.rpartition("/")[2] for f in told if f.kind == "malfunction_changed" and f.value > 0.0}
    return tuple(found), tuple(Malfunction(unit, name) for name in sorted(wrong))


def _key(kind: str, fact: Told) -> tuple[str, str, str]:
    return kind, fact.subject, str(fact.detail.get("level", ""))


def _lasting(record: Record, end: int) -> Record:
    return msgspec.structs.replace(record, duration=max(0, end - record.time))


def reconstituted(material: Material, per_container: float) -> Material:
    """The containers' content as it is given: a dried cake with this much water (m3 per container) added.

    A container that still holds half of that volume is no cake, and is left as it is.
    """
    if material.containers <= 0.0 or material.volume >= 0.5 * per_container * material.containers:
        return material
    return material._replace(volume=material.volume + per_container * material.containers)
