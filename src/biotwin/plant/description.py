"""The words of ``plant.yaml``: what a plant is made of, without an equation, a paragraph or a drawing.

Quantities are strings with a unit (``37 degC``); bare numbers are SI. Texts are ``{fr: …, en: …}``.
Inside a unit things are named in short (``vessel.temperature``); outside, an address is ``area/unit/name.attribute``.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Slug = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9_-]{0,59}$")]
Quantity = str | float | int


class Described(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a description: unknown keys are errors."""


class Text(Described, frozen=True, kw_only=True):
    """A short text in both languages."""

    fr: str
    en: str

    def text(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class Equipment(Described, frozen=True, kw_only=True, rename={"class_": "class"}):
    """One instance of an equipment class.

    ``inputs``: input -> source reading or state (``m101.speed``), or a list of them (their sum).
    ``sum_of``: every input that is named like a reading of these instances is the sum of those readings.
    """

    class_: Slug
    title: Text | None = None
    options: dict[str, str] = {}
    law_set: str = ""
    parameters: dict[str, Quantity] = {}
    law_parameters: dict[str, Quantity] = {}
    start: dict[str, Quantity] = {}
    inputs: dict[str, str | list[str]] = {}
    sum_of: list[str] = []
    settings: dict[str, Quantity] = {}


class LimitBand(Described, frozen=True, kw_only=True):
    """Limits of a tag. A crossing counts once it has lasted ``dwell``: noise is no excursion."""

    level: Annotated[
        str, msgspec.Meta(pattern="^(golden|normal_operating_range|proven_acceptable_range|critical|alert|action)$")
    ]
    low: Quantity | None = None
    high: Quantity | None = None
    phases: list[Slug] = []
    classes: list[str] = []
    dwell: Quantity = "2 min"
    justification: Text


class InstrumentDescription(Described, frozen=True, kw_only=True):
    """An instrument: what it measures, how it shows it. ``soft``: computed from other readings, shown with ``band``."""

    title: Text
    measures: str
    range: tuple[Quantity, Quantity]
    unit: str
    label: str | None = None
    digits: Annotated[int, msgspec.Meta(ge=0, le=6)] = 1
    group: Slug = "process"
    soft: bool = False
    band: Quantity = 0.0
    parameters: dict[str, Quantity] = {}
    limits: list[LimitBand] = []


class OutputDescription(Described, frozen=True, kw_only=True, rename={"from_": "from"}):
    """What a loop moves: from output fraction ``from`` to ``to``, the driven input goes from ``low`` to ``high``."""

    drives: str
    from_: float = 0.0
    to: float = 1.0
    low: Quantity = 0.0
    high: Quantity = 1.0
    title: Text | None = None
    unit: str = "%"


class LoopDescription(Described, frozen=True, kw_only=True):
    """A PID loop, or a hand station where ``measures`` is empty.

    ``gain`` is output fraction per fraction of the set-point range; ``direct`` means that the output rises with the
    measured value. The error is zero inside ``dead_band`` (half width).
    """

    title: Text
    measures: str = ""
    modes: tuple[str, ...] = ("manual", "automatic")
    mode: str = "manual"
    setpoint: Quantity = 0.0
    setpoint_range: tuple[Quantity, Quantity] = (0.0, 1.0)
    unit: str = "%"
    label: str | None = None
    digits: int = 1
    output: float = 0.0
    gain: float = 1.0
    integral_time: Quantity = 0.0
    derivative_time: Quantity = 0.0
    dead_band: Quantity = 0.0
    direct: bool = False
    outputs: Annotated[list[OutputDescription], msgspec.Meta(min_length=1, max_length=6)]


class ResponseSheet(Described, frozen=True, kw_only=True):
    cause: Text
    consequence: Text
    action: Text
    time: Quantity


class AlarmDescription(Described, frozen=True, kw_only=True):
    """``condition`` on an instrument; ``deviation`` compares with the set-point of ``loop``."""

    title: Text
    on: str
    condition: Annotated[str, msgspec.Meta(pattern="^(high|high_high|low|low_low|deviation|bad_quality)$")]
    threshold: Quantity = 0.0
    dead_band: Quantity = 0.0
    on_delay: Quantity = 0.0
    off_delay: Quantity = 0.0
    priority: Annotated[int, msgspec.Meta(ge=1, le=4)]
    loop: str = ""
    phases: list[Slug] = []
    response: ResponseSheet


class InterlockDescription(Described, frozen=True, kw_only=True):
    """While ``condition`` holds, the named inputs are forced to values, whatever loops or people want.

    It lets go once the condition has been clear by ``dead_band`` for ``off_delay``.
    """

    title: Text
    on: str
    condition: Annotated[str, msgspec.Meta(pattern="^(high|low)$")]
    threshold: Quantity
    dead_band: Quantity = 0.0
    on_delay: Quantity = 0.0
    off_delay: Quantity = 0.0
    forces: dict[str, Quantity]


class LoopAction(Described, frozen=True, kw_only=True):
    """Done to a loop when a phase starts; what is absent stays as it is."""

    mode: str | None = None
    setpoint: Quantity | None = None
    output: float | None = None


class Transition(Described, frozen=True, kw_only=True):
    """The recipe goes on by itself: ``after`` this long in the phase, and/or when an instrument passes a threshold."""

    to: Slug
    after: Quantity | None = None
    on: str = ""
    condition: Annotated[str, msgspec.Meta(pattern="^(high|low)$")] = "high"
    threshold: Quantity = 0.0


class PhaseDescription(Described, frozen=True, kw_only=True):
    """An ISA-88 phase: its scan class, what it sets, where it leads. ``ends_lot``: the lot is over once it starts.
    ``next``: what an operator may start after it; the first is offered first.
    """

    title: Text
    instruction: Text
    scan: Quantity
    loops: dict[Slug, LoopAction] = {}
    sets: dict[str, Quantity] = {}
    next: list[Slug] = []
    transitions: list[Transition] = []
    ends_lot: bool = False


class AnalyteDescription(Described, frozen=True, kw_only=True):
    """What an analyser reports of a true signal; ``parameters`` are those of the class ``analyser``."""

    title: Text
    measures: str
    unit: str
    label: str | None = None
    digits: int = 1
    headline: bool = False
    parameters: dict[str, Quantity] = {}
    limits: list[LimitBand] = []


class AnalyserDescription(Described, frozen=True, kw_only=True):
    """``source`` is the equipment that is sampled; delay, cost (euro) and volume are per sample.

    ``stock``: the reading (m3) of what there is to draw; without one there is always enough.
    """

    title: Text
    place: Text
    delay: Quantity
    cost: float
    volume: Quantity
    source: str
    analytes: dict[Slug, AnalyteDescription]
    stock: str = ""


class Word(Described, frozen=True, kw_only=True):
    """A sentence for a range of a true signal: the first whose ``below`` exceeds the value is said."""

    text: Text
    below: float = float("inf")


class Sight(Described, frozen=True, kw_only=True):
    """Something that can be seen or read: words by range, or the number itself in ``unit``."""

    signal: str
    words: list[Word] = []
    unit: str = ""
    digits: int = 1
    title: Text | None = None


class Calibration(Described, frozen=True, kw_only=True):
    """Make an instrument read what the last result of an analyte said (with that analyser's own bias)."""

    instrument: str
    analyte: str


class VerbDescription(Described, frozen=True, kw_only=True):
    """Something done at a station. ``repairs``: malfunctions that it clears; ``takes``: argument -> what is set."""

    title: Text
    duration: Quantity = 0.0
    cost: float = 0.0
    shows: list[Sight] = []
    sets: dict[str, Quantity] = {}
    repairs: list[str] = []
    calibrates: Calibration | None = None
    arguments: dict[Slug, Argument] = {}
    says: Text | None = None


class Argument(Described, frozen=True, kw_only=True):
    title: Text
    sets: dict[str, Quantity] = {}
    repairs: list[str] = []
    says: Text | None = None


class StationDescription(Described, frozen=True, kw_only=True):
    title: Text
    kind: Annotated[str, msgspec.Meta(pattern="^(port|vessel|filter|gauge|probe|valve|line|person)$")]
    verbs: dict[Slug, VerbDescription]


class UnitDescription(Described, frozen=True, kw_only=True):
    """An ISA-88 unit. ``sample_port``: parameters of the class ``sampler`` that differ from its defaults."""

    title: Text
    equipment: dict[Slug, Equipment]
    instruments: dict[Slug, InstrumentDescription] = {}
    loops: dict[Slug, LoopDescription] = {}
    alarms: dict[Slug, AlarmDescription] = {}
    interlocks: dict[Slug, InterlockDescription] = {}
    phases: dict[Slug, PhaseDescription] = {}
    analysers: dict[Slug, AnalyserDescription] = {}
    sample_port: dict[str, Quantity] = {}
    field: dict[Slug, StationDescription] = {}


class PlantDescription(Described, frozen=True, kw_only=True):
    """A whole plant: an ISA-95 area and its unit. ``schema`` is this file's version.

    ``based_on`` names a plant beside it: this file then says only what differs (maps merge, ``null`` removes).
    """

    schema: Annotated[int, msgspec.Meta(ge=1, le=1)]
    slug: Slug
    title: Text
    area: Slug
    origin: str = ""
    based_on: str = ""
    units: Annotated[dict[Slug, UnitDescription], msgspec.Meta(min_length=1, max_length=1)]
    shelving_limit: Quantity = "8 h"
