"""The words of ``content/laboratory/*.yaml``: methods, specification, quality, clearance, texts."""

from __future__ import annotations

from typing import Annotated

import msgspec

from biotwin.plant.description import Described, Quantity, Slug, Text

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Count = Annotated[int, msgspec.Meta(ge=1, le=2000)]
Schema = Annotated[int, msgspec.Meta(ge=1, le=1)]
GRADES = ("minor", "major", "critical")
Grade = Annotated[str, msgspec.Meta(pattern="^(minor|major|critical)$")]


class MistakeDescription(Described, frozen=True, kw_only=True):
    """A mistake of the laboratory in one determination: ``chance`` that it happens, ``found`` that phase I finds it.

    What is measured is (``replaces``, else the truth) * ``factor`` + ``adds``; ``positives`` is the mean of what is
    counted beside. ``sign`` is what the laboratory's own records show.
    """

    title: Text
    sign: Text
    chance: Share
    found: Share
    factor: float = 1.0
    adds: Quantity = 0.0
    replaces: Quantity | None = None
    positives: float = 0.0


class ReadDescription(Described, frozen=True, kw_only=True):
    """What the method reads at a stage: a truth (``release/truths``), shown in ``unit`` with ``digits``."""

    truth: str
    unit: str
    label: Text | None = None
    digits: Annotated[int, msgspec.Meta(ge=0, le=4)] = 1
    reconstituted: bool = False


class MethodDescription(Described, frozen=True, kw_only=True):
    """An assay. ``law``: ``relative`` (log-normal error, shares), ``absolute`` (normal error, in the unit of what is
    read), ``count`` (Poisson in what is ``examined``), ``units`` (so many containers, each good or bad).

    ``repeatability`` and ``intermediate`` are standard deviations of one preparation after ICH Q2: within one run, and
    within one laboratory over analysts, days and plates. The reported value is the mean of ``replicates`` preparations
    in each of ``runs`` runs. ``bias`` multiplies, ``offset`` is added. ``recovery``: share of germs or of bad units
    that the method sees.
    """

    title: Text
    principle: Text
    law: Annotated[str, msgspec.Meta(pattern="^(relative|absolute|count|units)$")]
    reads: dict[Slug, ReadDescription]
    repeatability: Quantity = 0.0
    intermediate: Quantity = 0.0
    replicates: Count = 1
    runs: Count = 1
    bias: float = 1.0
    offset: Quantity = 0.0
    quantification: Quantity | None = None
    detection: Quantity | None = None
    examined: Quantity = 1.0
    units: Count = 1
    recovery: Share = 1.0
    sample: Text
    delay: Quantity
    cost: Annotated[float, msgspec.Meta(ge=0)]
    source: str
    mistakes: dict[Slug, MistakeDescription] = {}


class MethodsDescription(Described, frozen=True, kw_only=True):
    schema: Schema
    methods: dict[Slug, MethodDescription]


class RetestDescription(Described, frozen=True, kw_only=True):
    """How many retests phase II may plan; no retest at all where ``most`` is 0."""

    least: Annotated[int, msgspec.Meta(ge=0, le=50)]
    most: Annotated[int, msgspec.Meta(ge=0, le=50)]


class LineDescription(Described, frozen=True, kw_only=True):
    """A line of the specification. ``history``: results of former lots in the shown unit, oldest first.

    ``tolerable``: true share of bad containers up to which a lot is called conforming in the debrief (law ``units``).
    """

    method: Slug
    low: Quantity | None = None
    high: Quantity | None = None
    retest: RetestDescription
    tolerable: Share = 0.0
    justification: Text
    source: str
    history: list[float] = []


class StageDescription(Described, frozen=True, kw_only=True):
    title: Text
    tests: dict[Slug, LineDescription]


class IntegrityDescription(Described, frozen=True, kw_only=True):
    """A test that the file must hold, and passed, when the lot has reached ``stage``."""

    title: Text
    stage: Slug
    accepts: Text
    source: str


class CountLimits(Described, frozen=True, kw_only=True):
    """Counts above ``alert`` are looked at, above ``action`` they are a deviation."""

    alert: float
    action: float


class EnvironmentDescription(Described, frozen=True, kw_only=True):
    """Limits by cleanliness grade and method; needed in the file once the lot has reached ``stage``."""

    stage: Slug
    source: str
    methods: dict[Slug, Text]
    grades: dict[Slug, dict[Slug, CountLimits]]


class ReprocessingDescription(Described, frozen=True, kw_only=True):
    """A step that one may wish to do again. ``before``: the stage at which it is too late, the lot goes back to it.

    With ``station`` the lot goes through that station of its chain once more, right behind it, where the test
    ``integrity`` of what it went through failed or was not done. With ``removes`` it is done to the containers as they
    stand: that share of each kind of bad ones is found and goes, with ``discards`` of what is left; it ``lasts``, and
    ``tests`` are done again on the rest.
    """

    title: Text
    filed: bool
    before: Slug | None = None
    why: Text
    station: Slug = ""
    integrity: str = ""
    stage: Slug = ""
    removes: dict[str, Share] = {}
    discards: Share = 0.0
    lasts: Quantity = 0.0
    tests: list[str] = []


class SpecificationDescription(Described, frozen=True, kw_only=True):
    """``reconstitution``: water per container; ``dose``: of product, per patient."""

    schema: Schema
    reconstitution: Quantity
    dose: Quantity
    stages: dict[Slug, StageDescription]
    integrity: dict[Slug, IntegrityDescription]
    environment: EnvironmentDescription
    reprocessing: dict[Slug, ReprocessingDescription]


class RuleDescription(Described, frozen=True, kw_only=True):
    """What a reviewer makes of records of ``kind``; ``where`` asks the detail for one of some values.

    ``duration`` is the least that counts. ``notes``: seen, and nothing to answer for. ``accept``: may be left without a
    deviation. ``least``: the lowest grade that the procedure allows; ``grade`` and ``affects`` what an expert decides.
    """

    title: Text
    kind: Slug
    where: dict[str, list[float | str | bool]] = {}
    units: list[str] = []
    duration: Quantity = 0.0
    notes: bool = False
    accept: bool = False
    least: Grade = "minor"
    grade: Grade = "minor"
    affects: bool = False
    impacts: list[Slug] = []
    causes: list[Slug] = []


class CauseDescription(Described, frozen=True, kw_only=True):
    """``explains``: endings of malfunctions (``*.biased``) that are this cause; empty: what people and chance do."""

    title: Text
    explains: list[str] = []


class ActionDescription(Described, frozen=True, kw_only=True):
    """``change``: it changes what is validated or filed, and goes by change control."""

    title: Text
    addresses: list[Slug]
    change: bool = False


class CheckDescription(Described, frozen=True, kw_only=True):
    title: Text
    after: Quantity


class JustificationDescription(Described, frozen=True, kw_only=True):
    """A reason for a new sample. ``needs``: the kind of record that must stand in the file."""

    title: Text
    accepted: bool
    needs: Slug | None = None


class QualityDescription(Described, frozen=True, kw_only=True):
    """``phase_one``: how long the look into the laboratory takes; ``retest_delay``: share of the method's delay."""

    schema: Schema
    phase_one: Quantity
    rules: dict[Slug, RuleDescription]
    causes: dict[Slug, CauseDescription]
    actions: dict[Slug, ActionDescription]
    containments: dict[Slug, Text]
    impacts: dict[Slug, Text]
    owners: dict[Slug, Text]
    checks: dict[Slug, CheckDescription]
    justifications: dict[Slug, JustificationDescription]
    trend_conclusions: dict[Slug, Text]


class VirusDescription(Described, frozen=True, kw_only=True):
    """``required``: log10 of clearance that the dossier claims as needed; ``amount``: of the material vector."""

    title: Text
    required: float
    amount: str
    source: str


class NeedDescription(Described, frozen=True, kw_only=True):
    """Crossings that end a claim: those whose value (SI) lies below ``low`` or above ``high``; all where neither is."""

    low: float | None = None
    high: float | None = None


class StepDescription(Described, frozen=True, kw_only=True):
    """Log10 reductions shown by spiking studies. The lot may claim them if it went through ``unit``, crossed none of
    the validated ranges named by ``needs`` (patterns of subjects) for ``tolerated`` or more, stayed in ``phases``
    at least so long, and passed ``integrity``.
    """

    title: Text
    unit: str
    claims: dict[Slug, float]
    needs: dict[str, NeedDescription] = {}
    tolerated: Quantity = 0.0
    phases: dict[Slug, Quantity] = {}
    integrity: Slug | None = None
    source: str


class UnseenDescription(Described, frozen=True, kw_only=True):
    """What no test of a lot reveals: why, and which truth the debrief shows at which stage."""

    title: Text
    why: Text
    truth: str
    stage: Slug
    unit: str
    digits: Annotated[int, msgspec.Meta(ge=0, le=6)] = 1
    label: Text | None = None


class ClearanceDescription(Described, frozen=True, kw_only=True):
    schema: Schema
    viruses: dict[Slug, VirusDescription]
    steps: dict[Slug, StepDescription]
    unseen: dict[Slug, UnseenDescription]


class FiledIntegrity(Described, frozen=True, kw_only=True):
    """Where an integrity test that was flown is read. From a result whose subject ends like ``subject``, passed
    between ``low`` and ``high`` (shown in ``unit_shown`` with ``digits``); or from the words of the field report
    ``report`` of ``verb``, passed where the English ones are like ``passes``, and from stays in ``phase`` of at least
    ``least``, passed unless the alarm ``alarm`` was raised before the next of them. Nothing of it is in the file where
    nobody did it.

    ``before``: the test counts up to the first beginning of that phase, ``after``: from its last beginning on. A test
    that fails since the last beginning of ``spoils`` counts whatever comes after: vials were exposed.
    """

    unit: Slug
    subject: str = ""
    low: Quantity | None = None
    high: Quantity | None = None
    si: str = "1"
    unit_shown: str = ""
    digits: Annotated[int, msgspec.Meta(ge=0, le=4)] = 1
    report: str = ""
    verb: str = ""
    passes: str = ""
    phase: str = ""
    least: Quantity = 0.0
    alarm: str = ""
    before: str = ""
    after: str = ""
    spoils: str = ""


class FiledEnvironment(Described, frozen=True, kw_only=True):
    """Where counts come from: results whose subject ends like ``subject``, else a Poisson count about ``report``."""

    title: Text
    unit: Slug
    grade: Slug
    method: Slug
    subject: str
    report: str
    recovery: Share
    delay: Quantity


class FilingDescription(Described, frozen=True, kw_only=True):
    """How the lot's file is made of its units. ``states``: of a stage's sample, from ``unit.report`` (SI)."""

    schema: Schema
    states: dict[Slug, dict[str, str]]
    integrity: dict[Slug, FiledIntegrity]
    environment: dict[Slug, FiledEnvironment]


class ConditionDescription(Described, frozen=True, kw_only=True):
    """Where samples are kept, and after how many ``months`` they are pulled."""

    title: Text
    temperature: Quantity
    months: list[float]


class AgeingDescription(Described, frozen=True, kw_only=True):
    """``rate``: per month at long term in the test's shown unit; ``by_water``: e-folds per per cent of water."""

    rate: float
    activation: Quantity
    by_water: float
    source: str


class WaterDescription(Described, frozen=True, kw_only=True):
    """The test that says how dry a cake is, and the per cent of water to which the rates belong."""

    test: str
    of: float


class OngoingDescription(Described, frozen=True, kw_only=True):
    """A pull of a former lot, ``after`` this one was put up; ``chance`` that its vials have gone wrong, by ``adds``."""

    lot: str
    month: int
    after: Quantity
    chance: Share
    adds: dict[str, float]


class StabilityDescription(Described, frozen=True, kw_only=True):
    """See ``stability.yaml``. ``lots``: by lot and condition, ``months`` and a row of results for each test; ``water``
    is that of a dried cake, none for a solution.
    """

    schema: Schema
    stage: Slug
    awaited: Quantity
    conditions: dict[Slug, ConditionDescription]
    water: WaterDescription | None = None
    attributes: dict[str, AgeingDescription]
    ongoing: OngoingDescription
    lots: dict[str, dict[str, dict[str, list[float]]]]

    def course(self, lot: str, condition: str, test: str) -> list[tuple[float, float]]:
        """What one lot showed of one test in one condition (months, value); empty where it was not kept there."""
        rows = self.lots[lot].get(condition, {})
        return list(zip(rows["months"], rows[test], strict=True)) if test in rows else []


class TextsDescription(Described, frozen=True, kw_only=True):
    """Every code of the engine in words."""

    schema: Schema
    refusals: dict[Slug, Text]
    missing: dict[Slug, Text]
    facts: dict[Slug, Text]
    verdicts: dict[Slug, Text]
    outcomes: dict[Slug, Text]
    grades: dict[Slug, Text]
    roles: dict[Slug, Text]
