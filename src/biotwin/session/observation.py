"""What leaves a session: ``Observation`` (what a seat may see) and ``Truth`` (what only the instructor and the debrief
may). A learner's browser gets nothing that is made from ``Truth``.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec
import numpy as np

from biotwin.control.tick import LAST, OUT_HIGH, OUT_LOW
from biotwin.plant.plant import Plant, Wholes
from biotwin.plant.whole import HELD, PHASE, PHASE_SINCE, READY, RECIPE_MODE
from biotwin.session.machine import Machine
from biotwin.session.state import State


class LoopValue(msgspec.Struct, frozen=True, array_like=True):
    """``mode``: 0 manual, 1 automatic, 2 cascade; ``output`` a fraction; ``limited``: at a limit or interlocked."""

    mode: int
    setpoint: float
    output: float
    limited: bool


class AlarmValue(msgspec.Struct, frozen=True, array_like=True):
    """An alarm that is not normal. ``state``: 1 unacknowledged, 2 acknowledged, 3 returned, 4 shelved.

    ``since``: simulated ms of the raise (-1 for a shelved alarm whose condition does not hold); ``value``: SI, now.
    """

    index: int
    state: int
    since: int
    value: float


class Observation(msgspec.Struct, frozen=True):
    """All that a seat may see at ``time``, in the console document's order. Quality: 0 good, 1 uncertain, 2 bad.

    ``recipe_mode``: 0 automatic, 1 semi-automatic; ``ready``: the phase that waits for the operator's start, or -1.
    """

    time: int
    values: tuple[float, ...]
    qualities: tuple[int, ...]
    loops: tuple[LoopValue, ...]
    alarms: tuple[AlarmValue, ...]
    interlocks: tuple[int, ...]
    phase: int
    phase_since: int
    recipe_mode: int
    recipe_held: bool
    ready: int
    cost: float


class Truth(msgspec.Struct, frozen=True):
    """Every signal of the plant by address, SI, and the severity of every malfunction that is present."""

    time: int
    signals: dict[str, float]
    malfunctions: dict[str, float]


@lru_cache(maxsize=64)
def instrument_slots(plant: Plant) -> tuple[Wholes, Wholes]:
    """Slots of the instruments' values and qualities, in order."""
    tags = plant.unit.instruments
    values = np.array([plant.slot(f"{t}.value") for t in tags], dtype=np.int64)
    qualities = np.array([plant.slot(f"{t}.quality") for t in tags], dtype=np.int64)
    return values, qualities


def observe(machine: Machine, state: State) -> Observation:
    """What can be seen now."""
    values, qualities = instrument_slots(machine.plant)
    real, whole = state.real, state.whole
    return Observation(
        time=state.time, values=tuple(real[values].tolist()),
        qualities=tuple(real[qualities].astype(np.int64).tolist()), loops=_loops(machine, state),
        alarms=_alarms(machine, state), phase=int(whole[PHASE]), phase_since=int(whole[PHASE_SINCE]),
        recipe_mode=int(whole[RECIPE_MODE]), recipe_held=bool(whole[HELD] == 1), ready=int(whole[READY]),
        interlocks=tuple(np.flatnonzero(whole[machine.control.interlocks[:, 2]]).tolist()),
        cost=round(state.desk.cost, 2),
    )


def _loops(machine: Machine, state: State) -> tuple[LoopValue, ...]:
    c = machine.control
    rows = c.loops
    modes = state.whole[rows[:, 6]].tolist()
    setpoints, outputs = state.real[rows[:, 2]].tolist(), state.real[rows[:, 3]].tolist()
    lows, highs = c.tuning[:, OUT_LOW].tolist(), c.tuning[:, OUT_HIGH].tolist()
    forced = _forced_slots(machine, state)
    found = []
    for i, (mode, setpoint, output) in enumerate(zip(modes, setpoints, outputs, strict=True)):
        held = bool(forced) and any(int(s) in forced for s in c.outputs[rows[i, 7] : rows[i, LAST], 0])
        at_end = output >= highs[i] or (lows[i] < 0 and output <= lows[i])
        limited = held or (mode != 0 and at_end)
        found.append(LoopValue(mode, setpoint, output, limited))
    return tuple(found)


def _forced_slots(machine: Machine, state: State) -> set[int]:
    c = machine.control
    active = np.flatnonzero(state.whole[c.interlocks[:, 2]])
    return {int(c.forces[j, 0]) for k in active for j in range(c.interlocks[k, 3], c.interlocks[k, 4])}


def _alarms(machine: Machine, state: State) -> tuple[AlarmValue, ...]:
    c, whole = machine.control, state.whole
    found = []
    for i in np.flatnonzero(whole[c.alarms[:, 4]]).tolist():
        slot = int(c.alarms[i, 4])
        found.append(AlarmValue(i, int(whole[slot]), int(whole[slot + 2]), float(state.real[c.alarms[i, 0]])))
    return tuple(found)


def reveal(machine: Machine, state: State) -> Truth:
    """Everything, for the instructor's station and the debrief."""
    plant = machine.plant
    signals = {a: float(state.real[s.slot]) for a, s in plant.signals.items()}
    present = {a: float(state.real[m.severity_slot]) for a, m in plant.malfunctions.items()}
    return Truth(state.time, signals, {a: v for a, v in present.items() if v > 0.0})
