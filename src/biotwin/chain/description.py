"""The words of ``content/chains/<slug>/chain.yaml``: the stations of a lot, in order, and whom it is made for; and of
its cases.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from biotwin.plant.description import Described, Quantity, Slug, Text
from biotwin.session.scenario_description import QuestionDescription, ScriptedInput


class PoolingDescription(Described, frozen=True, kw_only=True):
    """Material of the lot before, begun so much ``earlier``, may be pooled in, ``most`` portions at most."""

    portion: Quantity
    most: Annotated[int, msgspec.Meta(ge=1)]
    earlier: Quantity


class StationDescription(Described, frozen=True, kw_only=True):
    """A step of the lot. Its unit is the plant of ``scenario``, whose pilot ``wins`` is the autopilot.

    ``takes``: at most so much (volume, or number of containers) goes in, the rest is put into store. ``wait``: the
    usual time between the step before and this one; beyond ``wait_limit`` the lot goes on with a deviation only.
    ``stores_at``: temperature of the wait. ``sampled_as``: what the laboratory takes after this step. ``pools``: what
    the lot before left in store here may come in too.
    """

    title: Text
    purpose: Text
    scenario: Slug
    takes: Quantity | None = None
    wait: Quantity = "0 h"
    wait_limit: Quantity = "24 h"
    stores_at: Quantity = "20 degC"
    sampled_as: str = ""
    pools: PoolingDescription | None = None


class PatientsDescription(Described, frozen=True, kw_only=True):
    """Who waits for this medicine: ``treated`` people, a dose each ``interval``, ``stock`` of doses on the shelf."""

    treated: int
    interval: Quantity
    containers_per_dose: float
    stock: Quantity
    justification: Text


class ReleaseDescription(Described, frozen=True, kw_only=True):
    """Quality control, quality assurance and certification: they stand before a station, as a place of their own.
    ``presentation``: the folder of ``content/laboratory`` with what this form of the product asks for otherwise.
    """

    before: Slug
    title: Text
    purpose: Text
    presentation: str = ""


class ChainDescription(Described, frozen=True, kw_only=True):
    """A whole chain. ``begins``: amounts of the material that the first station receives."""

    schema: Annotated[int, msgspec.Meta(ge=1, le=1)]
    slug: Slug
    title: Text
    summary: Text
    begins: dict[str, Quantity]
    stations: Annotated[dict[Slug, StationDescription], msgspec.Meta(min_length=1)]
    patients: PatientsDescription
    release: ReleaseDescription | None = None


class FormerDescription(Described, frozen=True, kw_only=True):
    """The lot before: the ``case`` that befell it (empty: none), begun so much ``earlier`` (empty: as usual)."""

    case: Slug = ""
    earlier: Quantity = ""


class CaseDescription(Described, frozen=True, kw_only=True):
    """A lot to which something happens: causes at stations of ``scenarios``, ``pilots``, ``waits``; the trainee at
    ``stops``, where the effect is met.

    ``scenarios``: another scenario of a station's plant, or of one that is based on it. ``pilots``: who flew a station,
    ``nothing`` where a scenario is named and no pilot. ``waits``: how long the lot waited before it. ``saves``: what
    somebody at a stop does who notices in time. ``after``: another case that befell the lot before that, and was
    saved as that one says. ``former``: what is otherwise with the lot before this one, of which
    some may be pooled in. ``quiz`` is asked when the lot is through.
    """

    schema: Annotated[int, msgspec.Meta(ge=1, le=1)]
    slug: Slug
    title: Text
    summary: Text
    level: Annotated[str, msgspec.Meta(pattern="^(discovery|learner|operator|expert)$")]
    scenarios: dict[Slug, Slug] = {}
    pilots: dict[Slug, Slug] = {}
    waits: dict[Slug, Quantity] = {}
    stops: Annotated[list[Slug], msgspec.Meta(min_length=1)]
    saves: dict[Slug, list[ScriptedInput]] = {}
    after: Slug = ""
    former: FormerDescription | None = None
    quiz: dict[Slug, QuestionDescription] = {}
