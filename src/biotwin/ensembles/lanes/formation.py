"""A formation: up to eight flights of one plant that a core takes through their ticks side by side.

Each is an ordinary flight with its own desk, recorder and facts; while it flies in formation its buffers are columns of
the formation's. Each is equal to the bit to the same flight flown alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from biotwin.ensembles.lanes.kernel import laned_kernel_of
from biotwin.ensembles.lanes.numbers import WIDTH
from biotwin.errors import StateNotFinite
from biotwin.plant.plant import Wholes
from biotwin.session.facts import Fact
from biotwin.session.flight import ROWS, Flight
from biotwin.session.inputs import Entry
from biotwin.session.machine import FACT_ROWS
from biotwin.session.step import told, watched

STAYS, FLIES, SPOILT = 0, 1, 2


class Formation:
    """See the module. The flights are at one time of one scenario, whose numbers may differ (``overrides.varied``).

    Raises ``StateNotFinite`` as ``Flight`` does, where any meets a number that is not finite: then none is of use.
    """

    def __init__(self, flights: Sequence[Flight]) -> None:
        self.flights = list(flights)
        if not 0 < len(self.flights) <= WIDTH:
            raise ValueError(f"a formation has 1 to {WIDTH} flights")
        first = self.flights[0]
        self._machine, self._run = first.machine, first.ticker
        self._kernel = laned_kernel_of(first.scenario.plant)
        columns = [self.flights[min(m, len(self.flights) - 1)] for m in range(WIDTH)]
        self._real = np.stack([f.state.real for f in columns], axis=1)
        self._whole = np.stack([f.state.whole for f in columns], axis=1)
        self._figures = np.stack([f.machine.wiring[0] for f in columns], axis=1)
        self._keys = np.stack([f.ticker.noise[0] for f in columns])
        self._scratch = np.zeros((4, self._run.noise[1].shape[1] * WIDTH))
        self._telemetry = np.zeros((WIDTH, ROWS, first.recorder.slots.size + 1))
        self._facts = np.zeros((WIDTH, FACT_ROWS, 4))
        for m, flight in enumerate(self.flights):
            flight.state.real, flight.state.whole = self._real[:, m], self._whole[:, m]

    def __enter__(self) -> Formation:
        return self

    def __exit__(self, *_: object) -> None:
        for flight in self.flights:
            flight.state.real, flight.state.whole = flight.state.real.copy(), flight.state.whole.copy()

    def run(self, until: int, inputs: Sequence[Entry] = ()) -> list[list[Fact]]:
        """Every flight through a journal to ``until`` (ms), as ``Flight.run``: the facts of each."""
        facts: list[list[Fact]] = [[] for _ in self.flights]
        for entry in inputs:
            self._join(facts, self.advance(entry.time))
            for flight in self.flights:
                flight.apply(entry)
        self._join(facts, self.advance(until))
        return facts

    def advance(self, until: int) -> list[list[Fact]]:
        """Every flight to its first boundary at or after ``until`` (ms) or its end: the facts of each."""
        facts: list[list[Fact]] = [[] for _ in self.flights]
        while True:
            for m, flight in enumerate(self.flights):
                facts[m] += flight.settle()
            flying = np.array([FLIES if not f.ended and f.time < until else STAYS for f in self.flights]
                              + [STAYS] * (WIDTH - len(self.flights)))
            if not flying.any():
                return facts
            if not self._ticks(until, flying, facts):
                self._singly(until, flying, facts)
                return facts

    def _ticks(self, until: int, flying: Wholes, facts: list[list[Fact]]) -> bool:
        """Native ticks; False where the flights' steps have come to differ."""
        masks = np.array([watched(f.state) for f in self.flights] + [0] * (WIDTH - len(self.flights)))
        counts = np.zeros(WIDTH, dtype=np.int64)
        staying = [m for m in range(len(self.flights)) if flying[m] == STAYS]
        stayed = self._real[:, staying]  # a copy: the laws compute in every lane
        rows, together = self._kernel.run(
            self._real, self._whole, flying, self._machine.plant.moving, self._machine.control, self._figures,
            *self._machine.wiring[1:], self._keys, self._scratch, until, masks, self._facts, counts,
            self._run.observed, self._run.stride, self._telemetry,
        )
        self._real[:, staying] = stayed
        if (flying == SPOILT).any():
            raise StateNotFinite("a tick of an ensemble gave a number that is not finite.")
        for m, flight in enumerate(self.flights):
            if flying[m] == FLIES:
                facts[m] += told(flight.machine, flight.state, self._facts[m], int(counts[m]))
                flight.recorder.add(self._telemetry[m, :rows])
        return bool(together)

    def _singly(self, until: int, flying: Wholes, facts: list[list[Fact]]) -> None:
        """On with each alone, in buffers of its own for the while: their phases ask for different scans."""
        for m, flight in enumerate(self.flights):
            if flying[m] == FLIES:
                flight.state.real, flight.state.whole = flight.state.real.copy(), flight.state.whole.copy()
                facts[m] += flight.advance(until)
                self._real[:, m], self._whole[:, m] = flight.state.real, flight.state.whole
                flight.state.real, flight.state.whole = self._real[:, m], self._whole[:, m]

    @staticmethod
    def _join(facts: list[list[Fact]], more: list[list[Fact]]) -> None:
        for own, new in zip(facts, more, strict=True):
            own += new
