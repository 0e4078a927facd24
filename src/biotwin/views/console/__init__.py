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


class Axis(msgspec.Struct, frozen=True):
    """A scale of a chart at one ``side`` (left, right); ``low`` and ``high``, as shown, fix an end."""

    title: str
    format: Format
    side: str
    low: float | None
    high: float | None


class Curve(msgspec.Struct, frozen=True):
    """An instrument, drawn on the axis with this index by one of the eight pens (1..8)."""

    address: str
    title: str
    axis: int
    pen: int


class LevelLine(msgspec.Struct, frozen=True):
    """A limit across the chart (SI)."""

    title: str
    axis: int
    value: float


class Passed(msgspec.Struct, frozen=True):
    """The abscissa is the integral of ``flow``; ``column`` in m3."""

    flow: str
    column: float


class Fraction(msgspec.Struct, frozen=True):
    """What is kept while ``valve`` stands above ``above`` (SI)."""

    valve: str
    above: float
    title: str


class Curves(msgspec.Struct, frozen=True, tag_field="kind", tag="curves"):
    """Curves over hours, or over volume; ``blocks``: phases with their short names; ``cycle``: the phase that begins
    a cycle, or empty.
    """

    slug: str
    title: str
    axes: tuple[Axis, ...]
    curves: tuple[Curve, ...]
    lines: tuple[LevelLine, ...]
    blocks: tuple[Named, ...]
    volume: Passed | None
    fraction: Fraction | None
    cycle: str


class ControlRow(msgspec.Struct, frozen=True):
    """One statistic of a control chart with its lines (SI). ``reference``: an analyte, ``times`` this."""

    instrument: int
    title: str
    centre: float | None
    warning_low: float | None
    warning_high: float | None
    action_low: float | None
    action_high: float | None
    reference: str
    times: float


class ControlChart(msgspec.Struct, frozen=True, tag_field="kind", tag="control"):
    """A point each time that ``count`` has gone on by ``every``; ``counted``: what it counts, in words."""

    slug: str
    title: str
    count: str
    every: int
    counted: str
    rows: tuple[ControlRow, ...]


class Shape(msgspec.Struct, frozen=True):
    """Something on a plan; ``at``: left, top, breadth, depth."""

    kind: str
    at: tuple[float, float, float, float]
    title: str


class SamplingPoint(msgspec.Struct, frozen=True):
    """A point of a plan. ``kind``: settle, air, contact, glove, particles. ``instrument``: index or -1."""

    mark: str
    kind: str
    title: str
    x: float
    y: float
    instrument: int
    analyte: str
    station: str
    verb: str
    laid: str
    alert: float | None
    action: float | None
    note: str


class SamplingMap(msgspec.Struct, frozen=True, tag_field="kind", tag="map"):
    """A plan with its sampling points; ``path``: the way of the vials."""

    slug: str
    title: str
    size: tuple[float, float]
    shapes: tuple[Shape, ...]
    path: tuple[tuple[float, float], ...]
    points: tuple[SamplingPoint, ...]


Chart = Curves | ControlChart | SamplingMap


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
    charts: tuple[Chart, ...]
    questions: tuple[Question, ...]
    glossary: dict[str, str]
