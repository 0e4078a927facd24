"""A session is a fold over its journal: ``state', facts = step(plant, state, inputs)``.

Invariants:
 1. ``step`` reads nothing but its arguments.
 2. The plant never changes in a session.
 3. State holds all that the next tick needs.
 4. Inputs apply only at tick boundaries, in journal order.
 5. Snapshot then load is the identity.
 6. fold(a + b) = fold(b) after fold(a), to the bit.
 7. Severity 0 is bit-equal to health.
 8. Facts are a function of (state, state', inputs).
 9. No input, fact or state names a person: seats do, and they live elsewhere.
10. A snapshot may always be deleted while its engine build lives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from biotwin.control.tick import KERNEL_FACTS
from biotwin.errors import StateNotFinite
from biotwin.plant.plant import Plant, Reals, Wholes
from biotwin.plant.whole import ENDED, NEVER
from biotwin.session import field, laboratory
from biotwin.session.apply import apply
from biotwin.session.facts import Fact
from biotwin.session.inputs import Input
from biotwin.session.machine import FACT_ROWS, Machine, machine_of
from biotwin.session.state import Due, State

_NO_TELEMETRY = np.zeros((1, 1))
_NO_SLOTS = np.zeros(0, dtype=np.int64)


def step(plant: Plant, state: State, inputs: Sequence[Input] = ()) -> tuple[State, list[Fact]]:
    """One tick: apply ``inputs`` at this boundary, then let the plant move. ``state`` is left as it was."""
    machine = machine_of(plant)
    after = state.copy()
    facts = at_boundary(machine, after, inputs)
    if after.whole[ENDED] == 1:
        return after, facts
    _, more, _ = tick_many(Run(machine, after.seed), after, stop=NEVER, ticks=1)
    return after, facts + more


def at_boundary(machine: Machine, state: State, inputs: Iterable[Input] = ()) -> list[Fact]:
    """All that happens between two ticks: what is due on the desk, then the inputs in order; changes ``state``."""
    facts: list[Fact] = []
    while state.desk.due and state.desk.due[0].time <= state.time:
        facts += _ON_DUE[state.desk.due[0].kind](machine, state, state.desk.due.pop(0))
    for item in inputs:
        facts += apply(machine, state, item)
    facts += _opened(state, facts)
    state.wake_when_due()
    return facts


class Run:
    """What a runner carries beside the state: noise keys of the seed, scratch memory, a fact buffer."""

    def __init__(self, machine: Machine, seed: int) -> None:
        self.machine = machine
        self.noise = machine.noise(seed)
        self.rows: Reals = np.zeros((FACT_ROWS, 4))
        self.observed: Wholes = _NO_SLOTS
        self.telemetry: Reals = _NO_TELEMETRY
        self.stride = NEVER


def tick_many(
    run: Run, state: State, *, stop: int, ticks: int = NEVER, stop_on: frozenset[str] = frozenset()
) -> tuple[int, list[Fact], int]:
    """Native ticks until ``stop`` (ms) or the first reason to come back; changes ``state``.

    Returns ticks done, facts, rows of telemetry. Raises ``StateNotFinite`` (the state is then spoilt).
    """
    machine = run.machine
    done, count, rows, ok = machine.kernel.run(
        state.real, state.whole, machine.plant.moving, machine.control, *machine.wiring, *run.noise,
        stop, watched(state, stop_on), ticks, run.rows, run.observed, run.stride, run.telemetry,
    )
    if not ok:
        raise StateNotFinite(f"a tick after {state.time} ms gave a number that is not finite.")
    return int(done), told(machine, state, run.rows, int(count)), int(rows)


def watched(state: State, stop_on: frozenset[str] = frozenset()) -> int:
    """Kinds of facts on which a kernel comes back, a bit each: those of ``stop_on`` and of questions yet to open."""
    kinds = stop_on | {t.kind for t in state.desk.triggers}
    return sum(1 << code for code, name in enumerate(KERNEL_FACTS) if name in kinds)


def told(machine: Machine, state: State, rows: Reals, count: int) -> list[Fact]:
    """What a kernel wrote down, as facts, and the questions that they open; changes ``state``."""
    facts = machine.facts(rows, count)
    if state.desk.triggers and facts:
        facts += _opened(state, facts)
    return facts


def _opened(state: State, facts: list[Fact]) -> list[Fact]:
    """Questions whose fact has come."""
    opened = []
    for trigger in list(state.desk.triggers):
        if any(f.kind == trigger.kind and f.subject == trigger.subject for f in facts):
            state.desk.triggers.remove(trigger)
            state.desk.open.append(trigger.question)
            opened.append(Fact(state.time, "decision_opened", trigger.question))
    return opened


def _question(machine: Machine, state: State, due: Due) -> list[Fact]:
    state.desk.open.append(due.subject)
    return [Fact(due.time, "decision_opened", due.subject)]


def _malfunction(machine: Machine, state: State, due: Due) -> list[Fact]:
    severity, onset = due.values
    field.set_severity(machine, state, due.subject, severity, int(onset))
    return [Fact(due.time, "malfunction_changed", due.subject, severity, hidden=True)]


def _sample(machine: Machine, state: State, due: Due) -> list[Fact]:
    return laboratory.take_sample(machine, state, tuple(due.subject.split(",")))


def _unset(machine: Machine, state: State, due: Due) -> list[Fact]:
    """Take back what a sample opened; the slot returns to exactly zero when nothing else is drawn."""
    slot = int(due.subject)
    left = state.real[slot] - due.values[0]
    state.real[slot] = left if abs(left) > 1e-12 * due.values[0] else 0.0
    return []


def _end(machine: Machine, state: State, due: Due) -> list[Fact]:
    state.whole[ENDED] = 1
    return [Fact(due.time, "lot_ended", due.subject)]


_ON_DUE = {
    "sample": _sample, "results": laboratory.results_in, "report": field.report, "question": _question,
    "malfunction": _malfunction, "unset": _unset, "end": _end,
}
