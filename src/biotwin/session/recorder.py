"""The recorder: what the instruments showed, kept for trends. It observes; it never changes a result.

Rows come from the kernel at a stride of simulated time; memory is bounded: when full, every second row goes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from biotwin.plant.plant import Plant, Reals, Wholes
from biotwin.session.observation import instrument_slots

CAPACITY = 24_000
Singles = NDArray[np.float32]


class Recorder:
    """Times (ms, float64) and values (float32, SI) of what is recorded, oldest first.

    Instruments always are, by their address; ``also`` names further signals (true ones, for a debrief).
    """

    def __init__(self, plant: Plant, also: tuple[str, ...] = ()) -> None:
        slots = instrument_slots(plant)[0].tolist() + [plant.slot(a) for a in also]
        names = [plant.address(t) for t in plant.unit.instruments] + [plant.address(a) for a in also]
        self.slots: Wholes = np.array(slots, dtype=np.int64)
        self.columns = {name: i for i, name in enumerate(names)}
        self._time = np.zeros(CAPACITY)
        self._values: Singles = np.zeros((CAPACITY, self.slots.size), dtype=np.float32)
        self._rows = 0

    def __len__(self) -> int:
        return self._rows

    def add(self, rows: Reals) -> None:
        """Rows of (time, values…) in order of time."""
        if self._rows + len(rows) > CAPACITY:
            self._thin(len(rows))
        end = self._rows + len(rows)
        self._time[self._rows : end] = rows[:, 0]
        self._values[self._rows : end] = rows[:, 1:]
        self._rows = end

    def _thin(self, needed: int) -> None:
        while self._rows + needed > CAPACITY:
            kept = np.arange(0, self._rows, 2)
            self._time[: kept.size] = self._time[kept]
            self._values[: kept.size] = self._values[kept]
            self._rows = kept.size

    def window(
        self, tags: list[str], start: float, end: float, buckets: int
    ) -> tuple[Reals, Singles, Singles]:
        """Time[n] and low[k, n], high[k, n] of ``tags`` (addresses without ``.value``) between two times (ms).

        At most ``buckets`` columns: each is the minimum and the maximum of the rows in it, at the time of its first.
        """
        first, last = np.searchsorted(self._time[: self._rows], [start, end + 0.5])
        columns = [self.columns[t] for t in tags]
        return decimate(self._time[first:last], self._values[first:last][:, columns], buckets)

    def columns_of(self, names: list[str]) -> tuple[Reals, Singles]:
        """Time[n] and values[n, k] of everything recorded under these names."""
        columns = [self.columns[n] for n in names]
        return self._time[: self._rows].copy(), self._values[: self._rows][:, columns]

    def at(self, names: list[str], times: Reals) -> Singles:
        """Values[k, n] at each of ``times`` (ms): the last row not after it, the first row before the first."""
        if not self._rows:
            return np.full((len(names), times.size), np.nan, dtype=np.float32)
        rows = np.clip(np.searchsorted(self._time[: self._rows], times, side="right") - 1, 0, None)
        return self._values[np.ix_(rows, np.array([self.columns[n] for n in names], dtype=np.int64))].T.copy()


def decimate(time: Reals, values: NDArray[np.floating], buckets: int) -> tuple[Reals, Singles, Singles]:
    """Minimum and maximum per bucket of consecutive rows; ``values`` is [rows, tags]."""
    size = max(1, -(-time.size // max(1, buckets)))
    if time.size == 0:
        empty = np.zeros((values.shape[1], 0), dtype=np.float32)
        return np.zeros(0), empty, empty
    edges = np.arange(0, time.size, size)
    low = np.minimum.reduceat(values, edges, axis=0).T.astype(np.float32)
    high = np.maximum.reduceat(values, edges, axis=0).T.astype(np.float32)
    return time[edges].copy(), low, high
