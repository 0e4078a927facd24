"""Inputs at a tick boundary: ``validate`` says whether the plant can understand one at all (else ``InputInvalid``, and
nothing is journaled); ``apply`` changes the state, or refuses with a fact where the plant's state forbids it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from biotwin.control.tables import MODES
from biotwin.control.tick import (
    A_STATE,
    ACKNOWLEDGED,
    MANUAL,
    NONE,
    NORMAL,
    RETURNED,
    SHELVED,
    UNACKNOWLEDGED,
    start_phase,
)
from biotwin.errors import InputInvalid, known
from biotwin.plant.plant import Plant
from biotwin.plant.whole import ENDED, HELD, READY, RECIPE_MODE, RECIPE_MODES, TOLD
from biotwin.quantity import si
from biotwin.session import field, laboratory
from biotwin.session import inputs as i
from biotwin.session.facts import Fact
from biotwin.session.machine import Machine
from biotwin.session.state import State

# --- validation: the plant's names and ranges -------------------------------------------------------------------------


def validate(machine: Machine, item: i.Input) -> None:
    """Raise ``InputInvalid`` where the input names nothing here, is not finite, or is out of range."""
    _CHECKS[type(item)](machine, item)


def _finite(value: float, name: str) -> None:
    if not np.isfinite(value):
        raise InputInvalid("the value is not a finite number.", where=name)


def _check_mode(machine: Machine, item: i.SetMode) -> None:
    loop = machine.plant.unit.loops[machine.plant.named("loops", item.loop)]
    if item.mode not in loop.modes:
        raise InputInvalid(f"{item.loop} has no mode {item.mode}.", where="mode", next_step=known(loop.modes))


def _check_setpoint(machine: Machine, item: i.SetSetpoint) -> None:
    _finite(item.value, "value")
    row = _loop_row(machine.plant, machine.plant.named("loops", item.loop))
    low, high = machine.control.tuning[row, 4], machine.control.tuning[row, 5]
    slack = 1e-9 * (high - low)
    if not low - slack <= item.value <= high + slack:
        raise InputInvalid(f"the set-point {item.value:g} is outside {low:g} to {high:g} (SI).", where="value")


def _check_output(machine: Machine, item: i.SetOutput) -> None:
    _finite(item.value, "value")
    row = _loop_row(machine.plant, machine.plant.named("loops", item.loop))
    low, high = machine.control.tuning[row, 6], machine.control.tuning[row, 7]
    if not low - 1e-9 <= item.value <= high + 1e-9:
        raise InputInvalid(f"the output {item.value:g} is outside {low:g} to {high:g}.", where="value")


def _check_alarm(machine: Machine, item: Any) -> None:
    machine.plant.named("alarms", item.alarm)


def _check_shelving(machine: Machine, item: i.ShelveAlarm) -> None:
    machine.plant.named("alarms", item.alarm)
    limit = round(si(machine.plant.description.shelving_limit, "s") * 1000)
    if not 0 < item.duration <= limit:
        raise InputInvalid(f"an alarm may be shelved for at most {limit // 60000} min.", where="duration")


def _check_sample(machine: Machine, item: i.TakeSample) -> None:
    for analyser in item.analysers:
        machine.plant.named("analysers", analyser)


def _check_phase(machine: Machine, item: i.StartPhase) -> None:
    if item.phase not in machine.plant.phases:
        raise InputInvalid(f"there is no phase {item.phase!r}.", where="phase", next_step=known(machine.plant.phases))


def _check_field(machine: Machine, item: i.FieldAction) -> None:
    station = machine.plant.unit.field[machine.plant.named("field", item.station)]
    if item.verb not in station.verbs:
        raise InputInvalid(f"{item.verb!r} cannot be done at {item.station}.", where="verb",
                           next_step=known(station.verbs))
    arguments = station.verbs[item.verb].arguments
    if (item.argument or arguments) and item.argument not in arguments:
        raise InputInvalid(f"{item.argument!r} is no argument of {item.verb}.", where="argument",
                           next_step=known(arguments))


def _check_malfunction(machine: Machine, item: i.InjectMalfunction) -> None:
    if item.malfunction not in machine.plant.malfunctions:
        raise InputInvalid(f"there is no malfunction {item.malfunction!r}.", where="malfunction")


def _understood(machine: Machine, item: i.Answer | i.SetRecipeMode | i.HoldRecipe | i.RestartRecipe) -> None:
    """Every plant understands these; whether a question is open or a recipe is held is a matter of the state."""


# --- application ------------------------------------------------------------------------------------------------------


def apply(machine: Machine, state: State, item: i.Input) -> list[Fact]:
    """Change the state as the input asks; a refusal is a fact ``input_refused`` whose detail says why."""
    if state.whole[ENDED] == 1:
        return [_refusal(state, type(item).__name__, "ended")]
    return _ACTS[type(item)](machine, state, item)


def hand_over(machine: Machine, state: State) -> None:
    """The shift before leaves: its cost is not the seat's, and it has acknowledged its alarms."""
    state.desk.cost = 0.0
    for slot in machine.control.alarms[:, A_STATE]:
        if state.whole[slot] == RETURNED:
            state.whole[slot] = NORMAL
        elif state.whole[slot] == UNACKNOWLEDGED:
            state.whole[slot] = ACKNOWLEDGED


def _refusal(state: State, subject: str, reason: str) -> Fact:
    return Fact(state.time, "input_refused", subject, 0.0, {"reason": reason})


def _loop_row(plant: Plant, tag: str) -> int:
    return list(plant.unit.loops).index(tag)


def _set_mode(machine: Machine, state: State, item: i.SetMode) -> list[Fact]:
    row = _loop_row(machine.plant, machine.plant.short(item.loop))
    mode = MODES.index(item.mode)
    state.whole[machine.control.loops[row, 6]] = mode
    return [Fact(state.time, "mode_changed", item.loop, float(mode))]


def _set_setpoint(machine: Machine, state: State, item: i.SetSetpoint) -> list[Fact]:
    row = _loop_row(machine.plant, machine.plant.short(item.loop))
    if state.whole[machine.control.loops[row, 6]] == MODES.index("cascade"):
        return [_refusal(state, item.loop, "in_cascade")]
    low, high = machine.control.tuning[row, 4], machine.control.tuning[row, 5]
    state.real[machine.control.loops[row, 2]] = min(max(item.value, low), high)
    return [Fact(state.time, "setpoint_changed", item.loop, item.value)]


def _set_output(machine: Machine, state: State, item: i.SetOutput) -> list[Fact]:
    row = _loop_row(machine.plant, machine.plant.short(item.loop))
    if state.whole[machine.control.loops[row, 6]] != MANUAL:
        return [_refusal(state, item.loop, "not_in_manual")]
    low, high = machine.control.tuning[row, 6], machine.control.tuning[row, 7]
    state.real[machine.control.loops[row, 3]] = min(max(item.value, low), high)
    return [Fact(state.time, "output_changed", item.loop, item.value)]


def _alarm_slot(machine: Machine, address: str) -> int:
    return machine.plant.whole_slots[f"{machine.plant.address(machine.plant.short(address))}.state"]


def _acknowledge(machine: Machine, state: State, item: i.AcknowledgeAlarm) -> list[Fact]:
    slot = _alarm_slot(machine, item.alarm)
    if state.whole[slot] not in (UNACKNOWLEDGED, RETURNED):
        return [_refusal(state, item.alarm, "nothing_to_acknowledge")]
    state.whole[slot] = ACKNOWLEDGED if state.whole[slot] == UNACKNOWLEDGED else NORMAL
    return [Fact(state.time, "alarm_acknowledged", item.alarm)]


def _shelve(machine: Machine, state: State, item: i.ShelveAlarm) -> list[Fact]:
    slot = _alarm_slot(machine, item.alarm)
    state.whole[slot], state.whole[slot + 3] = SHELVED, state.time + item.duration
    return [Fact(state.time, "alarm_shelved", item.alarm, item.duration * 1e-3)]


def _unshelve(machine: Machine, state: State, item: i.UnshelveAlarm) -> list[Fact]:
    slot = _alarm_slot(machine, item.alarm)
    if state.whole[slot] != SHELVED:
        return [_refusal(state, item.alarm, "not_shelved")]
    state.whole[slot] = UNACKNOWLEDGED if state.whole[slot + 2] >= 0 else NORMAL
    return [Fact(state.time, "alarm_unshelved", item.alarm)]


def _sample(machine: Machine, state: State, item: i.TakeSample) -> list[Fact]:
    wanted = tuple(dict.fromkeys(machine.plant.short(a) for a in item.analysers))
    return laboratory.take_sample(machine, state, wanted)


def _start_phase(machine: Machine, state: State, item: i.StartPhase) -> list[Fact]:
    plant = machine.plant
    if reason := _against(plant, state, item.phase):
        return [_refusal(state, plant.address(item.phase), reason)]
    rows = np.zeros((8, 4))
    target = plant.phases.index(item.phase)
    c = machine.control
    count = start_phase(state.real, state.whole, c.phases, c.actions, c.acted, target, state.time, rows, 0)
    return machine.facts(rows, int(count))


def _against(plant: Plant, state: State, phase: str) -> str:
    """Why the operator may not start a phase now, or empty."""
    if state.whole[HELD] == 1:
        return "recipe_held"
    current = plant.unit.phases[plant.phases[state.phase]]
    if phase in current.next or plant.phases.index(phase) == state.whole[READY]:
        return ""
    comes = any(t.to == phase for t in current.transitions)
    return "not_ready" if comes and state.whole[RECIPE_MODE] == 1 else "not_from_here"


def _set_recipe_mode(machine: Machine, state: State, item: i.SetRecipeMode) -> list[Fact]:
    state.whole[RECIPE_MODE] = RECIPE_MODES.index(item.mode)
    return _waiting(machine, state, "recipe_mode_changed")


def _hold_recipe(machine: Machine, state: State, item: i.HoldRecipe) -> list[Fact]:
    if state.whole[HELD] == 1:
        return [_refusal(state, _here(machine, state), "held_already")]
    state.whole[HELD] = 1
    return _waiting(machine, state, "recipe_held")


def _restart_recipe(machine: Machine, state: State, item: i.RestartRecipe) -> list[Fact]:
    if state.whole[HELD] == 0:
        return [_refusal(state, _here(machine, state), "not_held")]
    state.whole[HELD] = 0
    return _waiting(machine, state, "recipe_restarted")


def _waiting(machine: Machine, state: State, kind: str) -> list[Fact]:
    """What the operator did to the recipe, in its present phase; a recipe that runs by itself has nothing ready."""
    if state.whole[RECIPE_MODE] == 0 and state.whole[HELD] == 0:
        state.whole[READY] = state.whole[TOLD] = NONE
    return [Fact(state.time, kind, _here(machine, state), float(state.whole[RECIPE_MODE]))]


def _here(machine: Machine, state: State) -> str:
    return machine.plant.address(machine.plant.phases[state.phase])


def _field(machine: Machine, state: State, item: i.FieldAction) -> list[Fact]:
    return field.begin(machine, state, machine.plant.short(item.station), item.verb, item.argument)


def _answer(machine: Machine, state: State, item: i.Answer) -> list[Fact]:
    if item.question not in state.desk.open:
        return [_refusal(state, item.question, "not_open")]
    state.desk.open.remove(item.question)
    state.desk.answers[item.question] = item.choice
    return [Fact(state.time, "decision_closed", item.question, 0.0, {"choice": item.choice})]


def _inject(machine: Machine, state: State, item: i.InjectMalfunction) -> list[Fact]:
    field.set_severity(machine, state, item.malfunction, item.severity, item.onset)
    return [Fact(state.time, "malfunction_changed", item.malfunction, item.severity, hidden=True)]


_CHECKS: dict[type, Callable[[Machine, Any], None]] = {
    i.SetMode: _check_mode, i.SetSetpoint: _check_setpoint, i.SetOutput: _check_output,
    i.AcknowledgeAlarm: _check_alarm, i.ShelveAlarm: _check_shelving, i.UnshelveAlarm: _check_alarm,
    i.TakeSample: _check_sample, i.StartPhase: _check_phase, i.FieldAction: _check_field, i.Answer: _understood,
    i.SetRecipeMode: _understood, i.HoldRecipe: _understood, i.RestartRecipe: _understood,
    i.InjectMalfunction: _check_malfunction,
}
_ACTS: dict[type, Callable[[Machine, State, Any], list[Fact]]] = {
    i.SetMode: _set_mode, i.SetSetpoint: _set_setpoint, i.SetOutput: _set_output, i.AcknowledgeAlarm: _acknowledge,
    i.ShelveAlarm: _shelve, i.UnshelveAlarm: _unshelve, i.TakeSample: _sample, i.StartPhase: _start_phase,
    i.SetRecipeMode: _set_recipe_mode, i.HoldRecipe: _hold_recipe, i.RestartRecipe: _restart_recipe,
    i.FieldAction: _field, i.Answer: _answer, i.InjectMalfunction: _inject,
}
