"""The console document: everything constant that a seat's screen needs to name, place and format what it sees.

It is made from the plant and the scenario in one language, holds no true state, and its lists give the order in which
``Frame`` lists its numbers. Numbers are SI; ``Format`` says how to show them: shown = si * scale + offset.
"""

from __future__ import annotations

import msgspec

from biotwin.naming import Format


class Limit(msgspec.Struct, frozen=True):
    """One pair of limits of a tag (SI; ``None`` = open), the same that facts, batch record and debrief use.

    ``level``: ``golden`` < ``normal_operating_range`` < ``proven_acceptable_range`` < ``critical``; ``alert``,
    ``action``.
    ``classes``: of CPP, CQA, IPC. ``phases``: slugs in which it holds, empty = all.
    """

    level: str
    low: float | None
    high: float | None
    phases: tuple[str, ...]
    classes: tuple[str, ...]
    justification: str


class Instrument(msgspec.Struct, frozen=True):
    """``kind``: ``sensor`` or ``soft`` (then ``band`` is its half width at 95 %, SI). ``group``: trend group."""

    address: str
    tag: str
    title: str
    kind: str
    group: str
    format: Format
    low: float
    high: float
    band: float
    limits: tuple[Limit, ...]


class LoopOutput(msgspec.Struct, frozen=True):
    """One final element of a loop: output fraction ``from_`` .. ``to`` moves it from ``low`` to ``high`` (SI)."""

    address: str
    title: str
    format: Format
    from_: float
    to: float
    low: float
    high: float


class Loop(msgspec.Struct, frozen=True):
    """``instrument``: index of what it measures, -1 for a hand station. ``modes``: those it has."""

    address: str
    tag: str
    title: str
    instrument: int
    modes: tuple[str, ...]
    format: Format
    setpoint_low: float
    setpoint_high: float
    output_low: float
    output_high: float
    outputs: tuple[LoopOutput, ...]


class Response(msgspec.Struct, frozen=True):
    """The alarm's response sheet; ``time`` is the time to respond in seconds."""

    cause: str
    consequence: str
    action: str
    time: float


class Alarm(msgspec.Struct, frozen=True):
    """``priority`` 1 (most urgent) to 4; ``condition``: high, high_high, low, low_low, deviation, bad_quality."""

    address: str
    tag: str
    title: str
    priority: int
    instrument: int
    condition: str
    threshold: float
    response: Response


class Phase(msgspec.Struct, frozen=True):
    """``next``: phases that the operator may start from here by confirmation; ``instruction``: one or two sentences;
    ``scan``: ms from one tick to the next.
    """

    slug: str
    title: str
    instruction: str
    next: tuple[str, ...]
    scan: int


class Analyte(msgspec.Struct, frozen=True):
    """``headline``: belongs on the strip of last measured values. ``error``: relative standard deviation."""

    address: str
    title: str
    format: Format
    error: float
    headline: bool
    limits: tuple[Limit, ...]


class Analyser(msgspec.Struct, frozen=True):
    """``delay`` in ms, ``cost`` in euro, ``volume`` in m3 per sample."""

    address: str
    title: str
    place: str
    delay: int
    cost: float
    volume: float
    analytes: tuple[Analyte, ...]


class Argument(msgspec.Struct, frozen=True):
    value: str
    title: str


class Verb(msgspec.Struct, frozen=True):
    """Something that can be done at a station; ``duration`` in ms until the report comes back."""

    verb: str
    title: str
    duration: int
    cost: float
    arguments: tuple[Argument, ...]


class Station(msgspec.Struct, frozen=True):
    """A place beside the vessel: ``kind`` is port, vessel, filter, gauge, probe, valve, line or person."""

    address: str
    title: str
    kind: str
    verbs: tuple[Verb, ...]


class Choice(msgspec.Struct, frozen=True):
    slug: str
    title: str


class Question(msgspec.Struct, frozen=True):
    """A prediction or decision asked during the flight; it opens with a ``decision_opened`` fact naming its slug."""

    slug: str
    text: str
    choices: tuple[Choice, ...]


class Named(msgspec.Struct, frozen=True):
    address: str
    title: str


class Brief(msgspec.Struct, frozen=True):
    """What one reads before the flight; each field is Markdown."""

    role: str
    goal: str
    responsibility: str
    recipe: str
    limits: str
    forbidden: str


class Console(msgspec.Struct, frozen=True):
    """The whole document, in one language. ``focus``: indices of the instruments that tell the scenario's story."""

    language: str
    scenario: str
    title: str
    plant: str
    plant_title: str
    digest: str
    duration: int
    level: str
    focus: tuple[int, ...]
    brief: Brief
    instruments: tuple[Instrument, ...]
    loops: tuple[Loop, ...]
    alarms: tuple[Alarm, ...]
    interlocks: tuple[Named, ...]
    phases: tuple[Phase, ...]
    analysers: tuple[Analyser, ...]
    field: tuple[Station, ...]
    questions: tuple[Question, ...]
    glossary: dict[str, str]
