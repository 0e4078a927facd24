"""A flight: the fold over a journal, held in memory, with its recorder: a simulator session, less the people.

``Flight.begin`` flies the recipe to the scenario's start time; ``accept`` and ``apply`` take inputs at the current tick
boundary; ``advance`` runs ticks natively. Two flights of one scenario, seed and journal are equal to the bit.
"""

from __future__ import annotations

import time as wall
from collections.abc import Sequence

import numpy as np

from biotwin.errors import StateNotFinite
from biotwin.plant.whole import ENDED, SCAN
from biotwin.session import observation
from biotwin.session import state as states
from biotwin.session.apply import hand_over, validate
from biotwin.session.beginning import beginning
from biotwin.session.facts import Fact
from biotwin.session.inputs import Entry, Input
from biotwin.session.machine import Machine, machine_of
from biotwin.session.observation import Observation, Truth
from biotwin.session.recorder import Recorder
from biotwin.session.scenario import Scenario
from biotwin.session.state import State
from biotwin.session.step import Run, at_boundary, tick_many

HANDED_OVER = frozenset({"phase_started", "phase_ended", "sample_taken", "result_ready"})
ROWS = 512
SLICE = 2_000
DAY = 86_400_000


class Flight:
    """See the module. ``state`` belongs to the flight alone.

    ``prior``: what the shifts before the seat recorded (phases, samples, results), empty after ``restore``.
    ``ticker``: what its ticks need beside the state.
    """

    def __init__(self, scenario: Scenario, state: State, *, also: tuple[str, ...] = ()) -> None:
        self.scenario = scenario
        self.machine: Machine = machine_of(scenario.plant)
        self.state = state
        self.recorder = Recorder(scenario.plant, also)
        self.ticker = Run(self.machine, state.seed)
        self.ticker.observed = self.recorder.slots
        self.ticker.telemetry = np.zeros((ROWS, self.recorder.slots.size + 1))
        self.ticker.stride = _stride(scenario)
        self._waiting: list[Input] = []
        self.prior: tuple[Fact, ...] = ()

    @classmethod
    def begin(cls, scenario: Scenario, seed: int, *, also: tuple[str, ...] = ()) -> Flight:
        """A new flight at the scenario's start time; ``seed`` is any integer from 0 to 2**128 - 1.

        ``also`` names signals that the recorder keeps besides the instruments (true ones, for a debrief).
        """
        flight = cls.at_birth(scenario, seed, also=also)
        flight.take_over(flight.advance(scenario.start_time))
        return flight

    @classmethod
    def at_birth(cls, scenario: Scenario, seed: int, *, also: tuple[str, ...] = ()) -> Flight:
        """A flight at time 0, its recorder coarse: whoever brings it to the scenario's start says ``take_over``."""
        flight = cls(scenario, beginning(scenario, seed), also=also)
        flight.ticker.stride = max(flight.ticker.stride, 60_000)
        return flight

    def take_over(self, facts: Sequence[Fact]) -> None:
        """The shift before, which saw these ``facts``, hands over to the seat."""
        self.prior = tuple(f for f in facts if f.kind in HANDED_OVER)
        self.ticker.stride = _stride(self.scenario)
        hand_over(self.machine, self.state)

    @classmethod
    def restore(cls, scenario: Scenario, data: bytes) -> Flight:
        """A flight from a snapshot; its recorder starts empty. Raises ``SnapshotInvalid``."""
        return cls(scenario, states.load(scenario.plant, data))

    @property
    def time(self) -> int:
        """Simulated time, ms from the start of the lot."""
        return self.state.time

    @property
    def ended(self) -> bool:
        return bool(self.state.whole[ENDED] == 1)

    @property
    def tick_length(self) -> int:
        """Length of the next tick, ms: the scenario's scan, else the phase's."""
        return int(self.state.whole[SCAN]) or int(self.machine.control.phases[self.state.phase, 0])

    def accept(self, item: Input) -> None:
        """Raise ``InputInvalid`` where the plant cannot understand the input; nothing changes either way."""
        validate(self.machine, item)

    def apply(self, entry: Entry | Input) -> None:
        """Queue an input for the current tick boundary."""
        self._waiting.append(entry.input if isinstance(entry, Entry) else entry)

    def do(self, item: Input) -> list[Fact]:
        """Validate and apply at once: for notebooks, pilots and tests."""
        self.accept(item)
        return at_boundary(self.machine, self.state, [item])

    def settle(self) -> list[Fact]:
        """Do what is due at this boundary (waiting inputs, results, reports) without letting time pass."""
        waiting, self._waiting = self._waiting, []
        return at_boundary(self.machine, self.state, waiting)

    def advance(
        self, until: int, *, budget: float | None = None, stop_on: frozenset[str] = frozenset()
    ) -> list[Fact]:
        """Run ticks until the first boundary at or after ``until`` (ms), the end, a fact of ``stop_on``, or ``budget``
        seconds of wall time. Returns the facts in order. Raises ``StateNotFinite``: the state is at the last good tick.
        """
        facts: list[Fact] = []
        deadline = None if budget is None else wall.perf_counter() + budget
        while True:
            facts += self.settle()
            if self.ended or self.time >= until or any(f.kind in stop_on for f in facts):
                return facts
            facts += self._ticks(until, stop_on)
            if any(f.kind in stop_on for f in facts):
                return facts
            if deadline is not None and wall.perf_counter() >= deadline:
                return facts

    def _ticks(self, until: int, stop_on: frozenset[str]) -> list[Fact]:
        before = self.state.real.copy(), self.state.whole.copy()
        try:
            _, facts, rows = tick_many(self.ticker, self.state, stop=until, ticks=SLICE, stop_on=stop_on)
        except StateNotFinite:
            self.state.real, self.state.whole = before
            self._last_good_tick()
            raise
        if rows:
            self.recorder.add(self.ticker.telemetry[:rows])
        return facts

    def _last_good_tick(self) -> None:
        while True:
            before = self.state.real.copy(), self.state.whole.copy()
            try:
                tick_many(self.ticker, self.state, stop=self.time + 1, ticks=1)
            except StateNotFinite:
                self.state.real, self.state.whole = before
                return

    def run(self, until: int | None = None, inputs: Sequence[Entry] = ()) -> list[Fact]:
        """Fly a journal: each entry at its time, then on to ``until`` (default: the end)."""
        facts: list[Fact] = []
        for entry in inputs:
            facts += self.advance(entry.time)
            self.apply(entry)
        return facts + self.advance(self.scenario.duration if until is None else until)

    def observe(self) -> Observation:
        """What a seat may see."""
        return observation.observe(self.machine, self.state)

    def reveal(self) -> Truth:
        """The true state, for instructors and debriefs."""
        return observation.reveal(self.machine, self.state)

    def snapshot(self) -> bytes:
        """The whole state as bytes; waiting inputs are not part of it."""
        return states.snapshot(self.scenario.plant, self.state)

    def digest(self) -> bytes:
        """16 bytes, equal only for equal states."""
        return states.digest(self.state)

    def branch(self) -> Flight:
        """Another flight from this very state: same seed, same noise, same malfunctions to come."""
        return Flight(self.scenario, self.state.copy())


def _stride(scenario: Scenario) -> int:
    """Simulated ms between two rows of the recorder."""
    return 10_000 if scenario.duration - scenario.start_time <= 2 * DAY else 60_000
