"""``charts.yaml`` beside a plant: the pictures that its trade draws, made of what the plant already measures.

A chart places and names; it defines no measurement and no limit. Every number it shows against is an instrument's, an
analyte's or an alarm's own. Names are the unit's short ones (``at301``, ``plates.settle``, ``isolator.test_gloves``).
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from biotwin.plant.description import Described, Quantity, Slug, Text

Cell = Annotated[float, msgspec.Meta(ge=0, le=200)]
Corners = tuple[Cell, Cell, Cell, Cell]


class AxisDescription(Described, frozen=True, kw_only=True):
    """A scale at one side. ``low`` and ``high`` fix an end (in ``unit``); what is open follows the curves."""

    title: Text
    unit: str
    label: str | None = None
    digits: Annotated[int, msgspec.Meta(ge=0, le=4)] = 1
    side: Annotated[str, msgspec.Meta(pattern="^(left|right)$")] = "left"
    low: float | None = None
    high: float | None = None


class CurveDescription(Described, frozen=True, kw_only=True):
    """``pen``: which of the eight colours; without it the curves take them in turn."""

    tag: Slug
    axis: Slug
    title: Text
    pen: Annotated[int, msgspec.Meta(ge=1, le=8)] | None = None


class LineDescription(Described, frozen=True, kw_only=True):
    """A limit of an instrument as a line across: its ``level``, and which ``end`` of it."""

    tag: Slug
    axis: Slug
    level: str
    end: Annotated[str, msgspec.Meta(pattern="^(low|high)$")]
    title: Text


class VolumeDescription(Described, frozen=True, kw_only=True):
    """The abscissa is what has passed: the integral of ``flow``, also in volumes of the ``column``."""

    flow: Slug
    column: Quantity


class FractionDescription(Described, frozen=True, kw_only=True):
    """What was kept: the stretch in which ``valve`` stands above ``above``, shaded beneath the first curve."""

    valve: Slug
    above: Quantity
    title: Text


class CurvesDescription(Described, frozen=True, kw_only=True, tag_field="kind", tag="curves"):
    """Several curves on axes of their own, over hours or over volume, with the phases as blocks.

    ``blocks``: phases and their short names, in the field's abbreviations. ``cycle``: the phase with which a cycle
    begins; cycles are laid over one another.
    """

    title: Text
    axes: Annotated[dict[Slug, AxisDescription], msgspec.Meta(min_length=1, max_length=4)]
    curves: Annotated[list[CurveDescription], msgspec.Meta(min_length=1, max_length=8)]
    lines: list[LineDescription] = []
    blocks: dict[Slug, Text] = {}
    volume: VolumeDescription | None = None
    cycle: Slug | None = None
    fraction: FractionDescription | None = None


class ReferenceDescription(Described, frozen=True, kw_only=True):
    """An analyte that checks the instrument; ``times`` brings it to the instrument's dimension."""

    analyte: str
    times: Quantity = 1.0


class RowDescription(Described, frozen=True, kw_only=True):
    """One statistic: levels of its instrument's limits, or alarms on it, are its warning and action lines.

    The centre is the middle of the warning lines, where there are two.
    """

    tag: Slug
    title: Text
    warning: str | None = None
    action: str | None = None
    alarms: list[Slug] = []
    reference: ReferenceDescription | None = None


class ControlDescription(Described, frozen=True, kw_only=True, tag_field="kind", tag="control"):
    """A control chart: a point each time that ``count`` has gone on by ``every``."""

    title: Text
    count: Slug
    every: Annotated[int, msgspec.Meta(ge=1)]
    counted: Text
    rows: Annotated[list[RowDescription], msgspec.Meta(min_length=1, max_length=3)]


class ShapeDescription(Described, frozen=True, kw_only=True):
    """What stands on the plan: ``room`` and ``zone`` hold, ``machine`` and ``table`` stand, ``glove`` is a port.

    ``at``: left, top, breadth, depth, in units of the plan's ``size``.
    """

    kind: Annotated[str, msgspec.Meta(pattern="^(room|zone|machine|table|glove)$")]
    at: Corners
    title: Text | None = None


class PointDescription(Described, frozen=True, kw_only=True):
    """A sampling point: what is known of it comes from an ``analyte``, from a ``tag``, from a ``verb`` at a station, or
    from nothing that is simulated (then its ``note`` says so). ``laid``: the verb that lays its plate.
    """

    mark: str
    kind: Annotated[str, msgspec.Meta(pattern="^(settle|air|contact|glove|particles)$")]
    at: tuple[Cell, Cell]
    title: Text
    tag: Slug | None = None
    analyte: str | None = None
    verb: str | None = None
    laid: str | None = None
    alarms: list[Slug] = []
    note: Text | None = None


class MapDescription(Described, frozen=True, kw_only=True, tag_field="kind", tag="map"):
    """A plan with sampling points; ``path``: how the vials go."""

    title: Text
    size: tuple[Cell, Cell]
    shapes: list[ShapeDescription] = []
    path: list[tuple[Cell, Cell]] = []
    points: Annotated[list[PointDescription], msgspec.Meta(min_length=1)]


ChartDescription = CurvesDescription | ControlDescription | MapDescription


class ChartsDescription(Described, frozen=True, kw_only=True):
    """The whole file; the first chart is the one that a seat sees first."""

    schema: Annotated[int, msgspec.Meta(ge=1, le=1)]
    charts: Annotated[dict[Slug, ChartDescription], msgspec.Meta(min_length=1)]
