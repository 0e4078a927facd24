"""The words of ``scenario.yaml``: a plant, a start, what goes wrong, what is asked, what counts.

Beside it stand ``brief.{fr,en}.md`` (sections headed by ``## role``, ``goal``, ``responsibility``, ``recipe``,
``limits``, ``forbidden``) and ``debrief.{fr,en}.md`` (what happened, why, what to take away).
Times are simulated and counted from the start of the lot; a flight that starts late is flown there by the recipe.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from biotwin.plant.description import Described, Quantity, Slug, Text


class SamplingPlan(Described, frozen=True, kw_only=True):
    """The routine samples of the shifts before: every so often from ``since``, for these analysers."""

    every: Quantity
    since: Quantity = 0.0
    analysers: Annotated[list[Slug], msgspec.Meta(min_length=1)]


class StartDescription(Described, frozen=True, kw_only=True):
    """Where the seat takes over: ``at`` (simulated time), after the recipe flew the lot there by itself.

    ``phase``: the phase in which the lot begins at time 0; ``instances``: start conditions per instance (an
    over-passaged seed, a bad medium lot); ``sets``: inputs or loop values set at time 0; ``sampling``: what the shifts
    before sampled, so that the seat begins with measured values.
    """

    at: Quantity = 0.0
    phase: Slug
    instances: dict[Slug, dict[str, Quantity]] = {}
    sets: dict[str, Quantity] = {}
    sampling: list[SamplingPlan] = []


class MalfunctionPlan(Described, frozen=True, kw_only=True):
    """A malfunction (``vessel.sparger_fouling``) that comes at ``at`` (± ``spread``, drawn from the seed)."""

    malfunction: str
    at: Quantity
    spread: Quantity = 0.0
    severity: Annotated[float, msgspec.Meta(gt=0.0, le=1.0)] = 1.0
    onset: Quantity = 0.0


class ChoiceDescription(Described, frozen=True, kw_only=True):
    """``then`` is said in the debrief; ``right`` marks the answers that were justified by what could be seen."""

    title: Text
    right: bool = False
    then: Text


class QuestionDescription(Described, frozen=True, kw_only=True):
    """Opens at a time, or when a fact of ``kind`` on ``subject`` comes (``alarm_raised`` ``at103_low``)."""

    text: Text
    at: Quantity | None = None
    on_fact: str = ""
    on_subject: str = ""
    choices: Annotated[dict[Slug, ChoiceDescription], msgspec.Meta(min_length=2, max_length=5)]


class Goal(Described, frozen=True, kw_only=True):
    """A figure of merit that counts: full marks at ``good``, none at ``bad``, linear between.

    ``measure``: a name from ``session/merit.py`` (titre, viability, product_mass, carbon_dioxide_peak, time_outside
    with ``tag`` and ``level``, samples of any or of one ``analyser``, alarms, interventions, response_time …), or
    ``reading_end`` and
    ``reading_peak`` of any ``reading`` of the vessel that carries the product, or of another instance by its name
    (``capper.leaking``). ``family``: safety, product, quality,
    economy, procedure, restraint.
    """

    title: Text
    measure: Slug
    tag: str = ""
    reading: str = ""
    level: str = ""
    analyser: str = ""
    good: Quantity
    bad: Quantity
    unit: str = ""
    digits: int = 1
    weight: Annotated[float, msgspec.Meta(gt=0.0)] = 1.0
    family: Annotated[str, msgspec.Meta(pattern="^(safety|product|quality|economy|procedure|restraint)$")]


class ScriptedInput(Described, frozen=True, kw_only=True):
    """One input of a scripted pilot, as in the journal (``kind`` and fields), with quantities as strings."""

    at: Quantity
    input: dict[str, Quantity | list[str] | bool]


class GlossaryEntry(Described, frozen=True, kw_only=True):
    """A word that a newcomer may tap: the term as it stands in each language's texts, and what it means."""

    term: Text
    meaning: Text


class ScenarioDescription(Described, frozen=True, kw_only=True):
    """A scenario. ``focus``: the instruments that tell its story, shown first on trends and in the debrief.
    ``teaches``: what it trains, each under a slug of its own that scenarios may share, in words.
    """

    schema: Annotated[int, msgspec.Meta(ge=1, le=1)]
    slug: Slug
    title: Text
    summary: Text
    level: Annotated[str, msgspec.Meta(pattern="^(discovery|learner|operator|expert)$")]
    plant: Slug
    open: bool = False
    duration: Quantity
    speed: Annotated[float, msgspec.Meta(ge=1.0, le=3600.0)] = 60.0
    scan: Quantity | None = None
    start: StartDescription
    malfunctions: list[MalfunctionPlan] = []
    questions: dict[Slug, QuestionDescription] = {}
    quiz: dict[Slug, QuestionDescription] = {}
    goals: Annotated[dict[Slug, Goal], msgspec.Meta(min_length=1)]
    pilots: dict[Slug, list[ScriptedInput]] = {}
    teaches: dict[Slug, Text] = {}
    focus: list[Slug] = []
    glossary: list[GlossaryEntry] = []
