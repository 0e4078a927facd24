"""Inputs: what people in the laboratory, in quality and at the qualified person's desk may ask: the journal.

An input that names nothing known is *invalid* (``InputInvalid``); one that the procedure forbids now is *refused*.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_.-]{1,80}$")]
Names = Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=40)]
Grade = Annotated[str, msgspec.Meta(pattern="^(minor|major|critical)$")]
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=10**13)]
Words = Annotated[str, msgspec.Meta(max_length=400)]
Reason = Annotated[str, msgspec.Meta(max_length=4000)]


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """Something that a person asks for."""


class Request(Asked, frozen=True, tag="request"):
    """Order a test of the specification (``stage.test``) on this lot's sample."""

    test: Name


class CheckLaboratory(Asked, frozen=True, tag="check_laboratory"):
    """Phase I: look for a mistake of the laboratory."""

    oos: Name


class Invalidate(Asked, frozen=True, tag="invalidate"):
    """Strike out a result whose assignable cause was found, and repeat the test."""

    oos: Name


class PlanRetest(Asked, frozen=True, tag="plan_retest"):
    """Phase II: ``number`` determinations by a second analyst, fixed before the first of them is done."""

    oos: Name
    number: Annotated[int, msgspec.Meta(ge=1, le=50)]


class Resample(Asked, frozen=True, tag="resample"):
    """Take a new sample, because the first did not represent the lot."""

    oos: Name
    justification: Name


class ReportMean(Asked, frozen=True, tag="report_mean"):
    """Report the mean of all determinations in place of the single results."""

    oos: Name


class ConcludeOos(Asked, frozen=True, tag="conclude_oos"):
    oos: Name
    conclusion: Annotated[str, msgspec.Meta(pattern="^(confirmed|unconfirmed)$")]


class AssessTrend(Asked, frozen=True, tag="assess_trend"):
    """Say what a result that is out of trend means for the lot."""

    trend: Name
    conclusion: Name


class PutUp(Asked, frozen=True, tag="put_up"):
    """Put samples of this lot on stability, by the protocol of the programme."""


class GrantShelfLife(Asked, frozen=True, tag="grant_shelf_life"):
    """Say how long this lot may be used: what its certificate will carry."""

    months: Annotated[int, msgspec.Meta(ge=1, le=60)]


class ReviewRecords(Asked, frozen=True, tag="review_records"):
    """Read the batch record from where it was left."""


class ReviewEnvironment(Asked, frozen=True, tag="review_environment"):
    """Read the environmental monitoring from where it was left."""


class AcceptObservation(Asked, frozen=True, tag="accept_observation"):
    """Leave an observation without a deviation, with a reason."""

    observation: Name
    justification: Words


class OpenDeviation(Asked, frozen=True, tag="open_deviation"):
    observations: Names
    containment: Name


class ClassifyDeviation(Asked, frozen=True, tag="classify_deviation"):
    deviation: Name
    grade: Grade
    impacts: Names


class NameCause(Asked, frozen=True, tag="name_cause"):
    deviation: Name
    cause: Name


class PlanCapa(Asked, frozen=True, tag="plan_capa"):
    """Corrective and preventive actions, who does them, by when (ms of the lot), and how one will know."""

    deviation: Name
    actions: Names
    owner: Name
    due: Milliseconds
    check: Name


class CloseDeviation(Asked, frozen=True, tag="close_deviation"):
    deviation: Name
    affects_lot: bool


class OpenChange(Asked, frozen=True, tag="open_change"):
    """A change control: what is to change, why, and for which deviation (may be empty)."""

    subject: Words
    reason: Words
    deviation: Annotated[str, msgspec.Meta(max_length=80)] = ""


class CloseChange(Asked, frozen=True, tag="close_change"):
    change: Name
    approved: bool


class Certify(Asked, frozen=True, tag="certify"):
    """Certify the lot."""


class Reject(Asked, frozen=True, tag="reject"):
    reason: Reason


class Quarantine(Asked, frozen=True, tag="quarantine"):
    """Keep the lot where it is for ``days`` more (0: no day is set): results and checks of effectiveness come back,
    patients wait.
    """

    reason: Reason
    days: Annotated[int, msgspec.Meta(ge=0, le=365)] = 0


class Reprocess(Asked, frozen=True, tag="reprocess"):
    """Send the lot through a step again, where the dossier files it."""

    step: Name


LaboratoryInput = Request | CheckLaboratory | Invalidate | ReportMean
QualityInput = (
    PlanRetest | Resample | ConcludeOos | AssessTrend | PutUp | GrantShelfLife
    | ReviewRecords | ReviewEnvironment | AcceptObservation
    | OpenDeviation | ClassifyDeviation | NameCause | PlanCapa | CloseDeviation | OpenChange | CloseChange
)
Decision = Certify | Reject | Quarantine | Reprocess
Input = LaboratoryInput | QualityInput | Decision

ROLES: dict[type[Asked], str] = (
    dict.fromkeys(LaboratoryInput.__args__, "laboratory")
    | dict.fromkeys(QualityInput.__args__, "quality")
    | dict.fromkeys(Decision.__args__, "qualified_person")
)
"""Who may ask for what."""
