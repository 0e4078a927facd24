"""The live column beside the oracle, run by run: height and time of the peak, and what a cut on it collects."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from biotwin.columns.bed import Floats
from biotwin.equipment.chromatography_column.chemistry import ANTIBODY, HCP
from biotwin.equipment.chromatography_column.qualification import Column
from biotwin.qualification.oracle import cadet
from biotwin.qualification.oracle.column_cases import Case, case


class Beside(NamedTuple):
    """A run of both: time (s), antibody at the outlet (kg/m3) of ours and of the oracle's, and how far ours is off.

    ``peak`` and ``yielded`` are relative to the oracle's; ``time`` is relative to the oracle's time of the peak since
    the gradient began.
    """

    clock: Floats
    ours: Floats
    theirs: Floats
    peak: float
    time: float
    yielded: float

    @property
    def worst(self) -> float:
        return max(abs(self.peak), abs(self.time), abs(self.yielded))


@lru_cache(maxsize=256)
def beside(family: str, seed: int) -> Beside:
    """One drawn run, by the drawer as it is flown and by the oracle."""
    run = case(family, seed)
    clock: Floats = run.tick * (np.arange(round(run.ends[-1] / run.tick), dtype=np.float64) + 0.5)
    theirs, ours = _oracle(run), _live(run, clock)
    found = [_figures(run, clock, ours), _figures(run, clock, theirs)]
    level = run.cut * found[1][0]
    shares = [float(c[(clock > run.ends[1]) & (c >= level)].sum()) for c in (ours, theirs)]
    return Beside(clock, ours, theirs, found[0][0] / found[1][0] - 1.0, (found[0][1] - found[1][1]) / found[1][1],
                  shares[0] / shares[1] - 1.0)


def _live(run: Case, clock: Floats) -> Floats:
    """Antibody that leaves the drawer, mean of each tick: its own cells, its own step."""
    column = Column(run.p, run.law, run.k, run.start, run.tick)
    seen = [column.pump(run.inlet(float(t)), run.tick)[0] for t in clock]
    return np.array([y.product + y.aggregates for y in seen])


def _oracle(run: Case) -> Floats:
    """The same of the oracle; the mean of a tick is taken from its two ends."""
    column = cadet.outlet(run)
    proteins = [n + 1 for n, i in enumerate(cadet.binding(run.bed)) if i < HCP]
    antibody = ANTIBODY * column[:, proteins].sum(axis=1)
    return np.asarray(0.5 * (antibody[1:] + antibody[:-1]))


def _figures(run: Case, clock: Floats, antibody: Floats) -> tuple[float, float]:
    """Height of the highest point since the gradient began, and when (s since then): the vertex of a parabola."""
    row = np.where(clock > run.ends[1], antibody, 0.0)
    k = min(max(int(row.argmax()), 1), row.size - 2)
    a, b, c = row[k - 1:k + 2]
    bend = a - 2.0 * b + c
    shift = 0.5 * (a - c) / bend if bend < 0.0 else 0.0
    return float(b - 0.25 * (a - c) * shift), float(clock[k] + shift * run.tick - run.ends[1])


def main() -> None:
    """A line per run, in per cent: ``python -m biotwin.qualification.oracle.columns exchanger 7 8``."""
    family, *seeds = sys.argv[1:]
    found = [beside(family, int(seed)) for seed in seeds]
    for seed, run in zip(seeds, found, strict=True):
        print(f"{family} {seed}: peak {100 * run.peak:+.2f}, time {100 * run.time:+.2f}, "
              f"yield {100 * run.yielded:+.2f}")
    for name, row in zip(("peak", "time", "yield"), zip(*(run[3:] for run in found)), strict=True):
        size = np.abs(row)
        print(f"{name}: median {100 * np.median(size):.2f}, nine in ten {100 * np.quantile(size, 0.9):.2f}, "
              f"worst {100 * size.max():.2f} of {size.size}")


if __name__ == "__main__":
    main()
