"""Inputs: what came from outside, and all that the journal holds.

Each is a small frozen struct tagged by ``kind``; addresses are plant addresses, numbers are SI.
An input is *accepted* (it can be understood, it is journaled at a tick), then applied or refused by the plant
(a fact), or *invalid* (``InputInvalid``: not journaled, nothing changes). No input names a person: seats do.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Address = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_./-]{1,120}$")]
Severity = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=10**12)]


class Operator(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """An input that an operator's seat may give."""


class SetMode(Operator, frozen=True, tag="set_mode"):
    """Put a loop in ``manual``, ``automatic`` or ``cascade``."""

    loop: Address
    mode: Annotated[str, msgspec.Meta(pattern="^(manual|automatic|cascade)$")]


class SetSetpoint(Operator, frozen=True, tag="set_setpoint"):
    """Give a loop a set-point, in the SI unit of what it measures."""

    loop: Address
    value: float


class SetOutput(Operator, frozen=True, tag="set_output"):
    """Give a loop in manual an output, a fraction of its span: -1..1 for a split range, else 0..1."""

    loop: Address
    value: float


class AcknowledgeAlarm(Operator, frozen=True, tag="acknowledge_alarm"):
    alarm: Address


class ShelveAlarm(Operator, frozen=True, tag="shelve_alarm"):
    """Hide an alarm for a while, at most as long as the plant allows."""

    alarm: Address
    duration: Milliseconds


class UnshelveAlarm(Operator, frozen=True, tag="unshelve_alarm"):
    alarm: Address


class TakeSample(Operator, frozen=True, tag="take_sample"):
    """Draw one aseptic sample and send it to the named analysers."""

    analysers: Annotated[tuple[Address, ...], msgspec.Meta(min_length=1, max_length=12)]


class StartPhase(Operator, frozen=True, tag="start_phase"):
    """Confirm the end of the current phase and start the named one, where the recipe permits it: one of the phases
    that it lists as next, or the one that is ready.
    """

    phase: Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]{1,60}$")]


class SetRecipeMode(Operator, frozen=True, tag="set_recipe_mode"):
    """The mode of the procedure (ISA-88): in ``automatic`` a transition that is true begins the next phase; in
    ``semi_automatic`` the phase is ready, and begins when the operator starts it.

    There is no manual mode, in which an operator puts phases in an order of their own: a filed recipe has one.
    """

    mode: Annotated[str, msgspec.Meta(pattern="^(automatic|semi_automatic)$")]


class HoldRecipe(Operator, frozen=True, tag="hold_recipe"):
    """Hold the recipe (ISA-88): no phase begins, not even by the operator, until it is restarted.

    No phase has a holding logic of its own: the equipment stays as it is, loops regulate, interlocks and alarms act,
    and the time in the phase goes on.
    """


class RestartRecipe(Operator, frozen=True, tag="restart_recipe"):
    """Let a held recipe run again, in the mode that it has."""


class FieldAction(Operator, frozen=True, tag="field_action"):
    """Do something beside the vessel: ``station`` is a place of the plant's field list, ``verb`` one of its verbs."""

    station: Address
    verb: Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,40}$")]
    argument: Annotated[str, msgspec.Meta(max_length=120)] = ""


class Answer(Operator, frozen=True, tag="answer"):
    """Answer a decision or prediction that the scenario asked."""

    question: Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]{1,60}$")]
    choice: Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]{1,60}$")]


class Instructor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """An input that only an instructor's seat, or the scenario itself, may give."""


class InjectMalfunction(Instructor, frozen=True, tag="inject_malfunction"):
    """Bring a malfunction to ``severity`` over ``onset`` milliseconds; severity 0 clears it."""

    malfunction: Address
    severity: Severity
    onset: Milliseconds = 0


OperatorInput = (
    SetMode | SetSetpoint | SetOutput | AcknowledgeAlarm | ShelveAlarm | UnshelveAlarm | TakeSample | StartPhase
    | SetRecipeMode | HoldRecipe | RestartRecipe | FieldAction | Answer
)
Input = OperatorInput | InjectMalfunction


class Entry(msgspec.Struct, frozen=True):
    """One line of the journal: an input, its number, the tick boundary (ms) at which it applies, and the seat."""

    number: int
    time: Milliseconds
    seat: str
    input: Input
