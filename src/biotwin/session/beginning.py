"""How a lot begins: the plant at rest at time 0, in the scenario's first phase, with its plans on the desk."""

from __future__ import annotations

import numpy as np

from biotwin.control.tables import MODES, limit_rows
from biotwin.control.tick import start_phase
from biotwin.plant.library import drawer
from biotwin.plant.plant import Reals, Wholes
from biotwin.plant.whole import ACTIVE, NEVER, SCAN, WAKE
from biotwin.quantity import si
from biotwin.randomness import stream_key, uniform
from biotwin.session.machine import Machine, machine_of
from biotwin.session.scenario import Scenario
from biotwin.session.state import Desk, State, Trigger


def beginning(scenario: Scenario, seed: int) -> State:
    """The state at time 0 of a lot of this scenario under this seed (0 <= seed < 2**128)."""
    machine = machine_of(scenario.plant)
    real, whole = _rest(machine, scenario, seed)
    state = State(real, whole, Desk(seed=f"{seed:032x}"))
    whole[SCAN] = scenario.scan
    facts = np.zeros((8, 4))
    c = machine.control
    first = scenario.plant.phases.index(scenario.start_phase)
    start_phase(real, whole, c.phases, c.actions, c.acted, first, 0, facts, 0)
    for slot, value in scenario.sets:
        real[slot] = value
    _plan(scenario, state)
    state.wake_when_due()
    return state


def _rest(machine: Machine, scenario: Scenario, seed: int) -> tuple[Reals, Wholes]:
    """Buffers with every instance at its start condition and every reading published."""
    plant = machine.plant
    real, whole = np.zeros(plant.real_size), np.zeros(plant.whole_size, dtype=np.int64)
    whole[WAKE], whole[ACTIVE] = NEVER, 0
    for slot, value in plant.settings.items():
        real[slot] = value
    for tag, loop in plant.unit.loops.items():
        whole[plant.whole_slots[plant.address(f"{tag}.mode")]] = MODES.index(loop.mode)
        unit = plant.signal(f"{tag}.setpoint").unit
        real[plant.slot(f"{tag}.setpoint")] = si(loop.setpoint, unit)
        real[plant.slot(f"{tag}.output")] = real[plant.slot(f"{tag}.integral")] = loop.output
    for tag, i, _ in limit_rows(plant):
        whole[plant.whole_slots[plant.address(f"{tag}.limit{i}.pending")]] = -1
    for things, parts in ((plant.unit.alarms, ("pending", "raised")), (plant.unit.interlocks, ("pending",))):
        for tag in things:
            for part in parts:
                whole[plant.whole_slots[plant.address(f"{tag}.{part}")]] = -1
    _initials(machine, scenario, real, sensors=False)
    machine.rest(real, whole, seed)
    machine.rest(real, whole, seed)
    _initials(machine, scenario, real, sensors=True)
    machine.rest(real, whole, seed)
    return real, whole


def _initials(machine: Machine, scenario: Scenario, real: Reals, *, sensors: bool) -> None:
    """Write start states; a sensor begins at rest on what it measures."""
    plant = machine.plant
    for group in plant.groups:
        if (group.slug == "sensor") != sensors:
            continue
        d = drawer(group.slug)
        for i, name in enumerate(group.instances):
            begin = group.parameters + i * len(d.parameters)
            parameters = d.module.Parameters(*plant.wiring["par"][begin : begin + len(d.parameters)])
            given = dict(plant.starts.get(name, {})) | scenario.instances.get(name, {})
            if sensors:
                given["value"] = real[plant.wiring["source"][group.sources + i * len(d.inputs)]]
            x = d.module.initial(parameters, d.module.Start(**given))
            first, width = plant.block(group, i)
            real[first : first + width] = x


def _plan(scenario: Scenario, state: State) -> None:
    """What will come: samples of the shifts before, malfunctions (drawn from the seed), timed questions, the end."""
    for time, analysers in scenario.samples:
        state.desk.plan(time, "sample", ",".join(analysers))
    for i, plan in enumerate(scenario.malfunctions):
        shift = (2.0 * uniform(stream_key(state.seed, f"plan/{i}"), 0) - 1.0) * plan.spread
        state.desk.plan(round(plan.time + shift), "malfunction", plan.malfunction,
                        values=(plan.severity, float(plan.onset)))
    for slug, question in scenario.questions.items():
        if question.time >= 0:
            state.desk.plan(question.time, "question", slug)
        else:
            subject = scenario.plant.address(question.description.on_subject)
            state.desk.triggers.append(Trigger(question.description.on_fact, subject, slug))
    state.desk.plan(scenario.duration, "end", scenario.slug)
