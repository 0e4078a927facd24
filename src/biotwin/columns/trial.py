"""Whole runs of a packed bed at the bench: a feed by time goes in, what leaves is written down. For tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import pi
from typing import NamedTuple

import numpy as np

from biotwin.columns.bed import AFFINITY, LINEAR, STERIC, Bed, Floats
from biotwin.columns.transport import advance, filled, outlet, parts

VELOCITY = 5.75e-4
"""Interstitial, of the four-component benchmark below, m/s."""


class Run(NamedTuple):
    """What a run gave: end of each tick (s), outlet (mol/m3) by tick and component, and the amounts (mol)."""

    time: Floats
    outlet: Floats
    began: Floats
    supplied: Floats
    drained: Floats
    left: Floats

    @property
    def recovery(self) -> Floats:
        """What has left or is still there, over what was there or came, by component."""
        return np.asarray((self.drained + self.left) / (self.began + self.supplied))

    def peak(self, component: int) -> tuple[float, float]:
        """Height (mol/m3) and time (s) of the highest value: the vertex of the parabola through three ticks."""
        row = self.outlet[:, component]
        k = min(max(int(row.argmax()), 1), row.size - 2)
        a, b, c = row[k - 1 : k + 2]
        bend = a - 2.0 * b + c
        shift = 0.5 * (a - c) / bend if bend < 0.0 else 0.0
        return float(b - 0.25 * (a - c) * shift), float(self.time[k] + shift * (self.time[1] - self.time[0]))

    def moments(self, component: int) -> tuple[float, float]:
        """Mean (s) and standard deviation (s) of what left, taken from the outlet."""
        row = self.outlet[:, component]
        mean = float((row * self.time).sum() / row.sum())
        return mean, float(np.sqrt((row * (self.time - mean) ** 2).sum() / row.sum()))


def run(bed: Bed, block: Floats, feed: Callable[[float], Floats], flow: float, seconds: float, tick: float) -> Run:
    """A bed from its state in ``block`` (changed); ``feed`` is asked at the middle of each tick."""
    began = content(bed, block)
    before = parts(block, bed)[3].copy()
    ticks = round(seconds / tick)
    found = np.empty((ticks, bed.components))
    for n in range(ticks):
        advance(block, feed((n + 0.5) * tick), flow, bed, tick)
        found[n] = outlet(block, bed)
    supplied, drained = parts(block, bed)[3] - before
    time = tick * np.arange(1.0, ticks + 1.0, dtype=np.float64)
    return Run(time, found, began, supplied, drained, content(bed, block))


def content(bed: Bed, block: Floats) -> Floats:
    """Amount of each component in the bed, mol."""
    flowing, held, _, _ = parts(block, bed)
    return np.asarray(flowing.sum(axis=0) + held.sum(axis=0))


def exchanger(cells: int, resolved: int) -> Bed:
    """The column of the four-component benchmark (downstream.md 3.1.2 [R]): salt and three proteins."""
    figures = np.zeros((4, 3))
    figures[1:] = [[0.0355, 4.7, 11.83], [0.00159, 5.29, 10.6], [0.0077, 3.7, 10.0]]
    return Bed(length=0.014, section=pi * 1e-4, voids=0.37, pores=0.75, radius=4.5e-5, dispersivity=5.75e-8 / VELOCITY,
               film=np.full(4, 6.9e-6), isotherm=STERIC, figures=figures, capacity=1200.0, cells=cells,
               resolved=resolved)


def load_wash_elute(t: float) -> Floats:
    """Feed of that benchmark at a time: 10 s of load, wash to 90 s, then a step to 100 mM and a ramp of 0.2 mM/s."""
    protein = 1.0 if t < 10.0 else 0.0
    return np.array([50.0 if t < 90.0 else 100.0 + 0.2 * (t - 90.0), protein, protein, protein])


@lru_cache(maxsize=8)
def benchmark(cells: int, resolved: int, tick: float = 1.0) -> Run:
    """The whole benchmark, 1500 s."""
    bed = exchanger(cells, resolved)
    block = filled(bed, np.array([50.0, 0.0, 0.0, 0.0]), np.array([1200.0, 0.0, 0.0, 0.0]))
    return run(bed, block, load_wash_elute, VELOCITY * bed.section * bed.mobile, 1500.0, tick)


def pulse(cells: int, resolved: int, affinity: float, dispersion: float = 3.333e-9, film: float = 1.0e-5) -> Run:
    """A 20-minute pulse on a linear bed (downstream.md 6.1, 5 [R]): 0.017 m, 0.5 cm/min, pores 0.333 of a bead.

    ``dispersion`` in m2/s and ``film`` in m/s are ours: the mean does not depend on them.
    """
    speed = 0.005 / 60.0
    bed = Bed(length=0.017, section=1.0e-4, voids=0.4, pores=0.333, radius=4.0e-5, dispersivity=dispersion / speed,
              film=np.array([film]), isotherm=LINEAR, figures=np.array([[affinity]]), cells=cells, resolved=resolved)
    block = filled(bed, np.zeros(1), np.zeros(1))
    feed = (np.ones(1), np.zeros(1))
    return run(bed, block, lambda t: feed[t > 1200.0], speed * bed.section * bed.mobile, 6000.0, 2.0)


def affinity(cells: int = 32) -> Bed:
    """A 5 mL Protein A column, mAb A (downstream.md 3.1.3 [R]): four ions, one antibody of 150 kg/mol.

    The source counts capacity per volume of column and gives K per its free mass; here capacity is per m3 of solid.
    Film coefficients of the ions are taken as the antibody's.
    """
    voids, pores = 0.31, 0.95
    figures = np.zeros((5, 4))
    figures[4] = [268.0 * 150.0, 55.6 / 150.0 / ((1.0 - voids) * (1.0 - pores)), 5.29, 2.28]
    length = 0.025
    section = 5.025e-6 / length
    return Bed(length=length, section=section, voids=voids, pores=pores, radius=4.25e-5,
               dispersivity=1.36e-8 / (3.5e-6 / 60.0 / section / voids), film=np.full(5, 1.41e-5), isotherm=AFFINITY,
               figures=figures, cells=cells)
