"""Objective tests of packed beds: what ``reference.yaml`` calls."""

from __future__ import annotations

from math import pi

import numpy as np

from biotwin.columns import trial
from biotwin.columns.acidity import acidity
from biotwin.columns.bed import AFFINITY, LANGMUIR, Bed, Floats, pressure_drop
from biotwin.columns.isotherms import freed
from biotwin.finding import Result

ANTIBODY = 150.0
"""kg/mol (downstream.md 3.1.3 [R])."""


def peak_height(*, protein: float, cells: float, resolved: bool, reference: float) -> Result:
    """Height (mol/m3) of a protein's peak in the load-wash-elute benchmark, drawn against the reference height."""
    run = trial.benchmark(int(cells), int(resolved))
    return _drawn(run, int(protein), run.peak(int(protein))[0], reference)


def peak_time(*, protein: float, cells: float, resolved: bool, height: float) -> Result:
    """Time (s) of that peak, drawn against the reference height."""
    run = trial.benchmark(int(cells), int(resolved))
    return _drawn(run, int(protein), run.peak(int(protein))[1], height)


def _drawn(run: trial.Run, protein: int, value: float, level: float) -> Result:
    time, twin = run.time[::5], run.outlet[::5, protein]
    return Result(value, tuple(time), tuple(twin), tuple(np.full(time.size, level)))


def peak_mean(*, protein: float, cells: float, resolved: bool) -> float:
    """First moment (s) of what left of a protein in that benchmark."""
    return trial.benchmark(int(cells), int(resolved)).moments(int(protein))[0]


def salt_at_the_end(*, cells: float, resolved: bool) -> float:
    """Salt at the outlet (mol/m3) after 1500 s."""
    return float(trial.benchmark(int(cells), int(resolved)).outlet[-1, 0])


def worst_recovery(*, cells: float, resolved: bool) -> float:
    """1 plus the largest imbalance of any component over that benchmark."""
    return float(1.0 + np.abs(trial.benchmark(int(cells), int(resolved)).recovery - 1.0).max())


def pulse_mean(*, cells: float, resolved: bool, affinity: float) -> float:
    """First moment (s) of a 20-minute pulse on a linear bed."""
    return trial.pulse(int(cells), int(resolved), affinity).moments(0)[0]


def dispersed_spread(*, cells: float, dispersion: float) -> float:
    """Standard deviation (s) that a bed without binding adds to that pulse."""
    run = trial.pulse(int(cells), 0, 0.0, dispersion)
    return float(np.sqrt(run.moments(0)[1] ** 2 - 1200.0**2 / 12.0))


def film_spread(*, cells: float, film: float) -> float:
    """Standard deviation (s) that a bed of slow films and hardly any dispersion adds to that pulse."""
    run = trial.pulse(int(cells), 1, 2.5, 3.333e-10, film)
    return float(np.sqrt(run.moments(0)[1] ** 2 - 1200.0**2 / 12.0))


def _bed(isotherm: int, figures: Floats, pores: float) -> Bed:
    return Bed(length=0.1, section=1e-4, voids=0.31, pores=pores, radius=4.25e-5, dispersivity=1e-4,
               film=np.full(len(figures), 1.41e-5), isotherm=isotherm, figures=figures, cells=16)


def closed_langmuir(*, start: float, affinity: float, capacity: float, porosity: float) -> float:
    """Free concentration (mol/m3) that a closed vessel comes to; it began with all of it in the liquid."""
    bed = _bed(LANGMUIR, np.array([[affinity, capacity]]), porosity)
    free = np.zeros(1)
    freed(np.array([start * porosity]), free, np.zeros(2), porosity, bed)
    return float(free[0])


def protein_a_isotherm(*, ph: float, concentration: float) -> float:
    """Bound antibody (kg per m3 of column) beside ``concentration`` (kg/m3) free, found by filling a closed vessel.

    The vessel's content is raised (bisection) until the free concentration is the one asked for.
    """
    # Figures per m3 of solid; in a bed of porosity 1/2 the solid takes half of the volume that the source counts.
    strength, capacity, porosity = 268.0 * ANTIBODY, 2.0 * 55.6 / ANTIBODY, 0.5
    figures = np.array([[0.0] * 4] * 4 + [[strength, capacity, 5.29, 2.28]])
    bed = _bed(AFFINITY, figures, porosity)
    sodium = 50.0 / (1.0 + 10.0 ** (4.76 - ph)) - 1e3 * 10.0**-ph
    chloride, low, high, held, free = max(-sodium, 0.0), 0.0, 2.0, 0.0, np.zeros(5)
    for _ in range(80):
        held = 0.5 * (low + high)
        ions = [max(sodium, 0.0), chloride, 50.0, 0.0]
        freed(np.array([*(porosity * i for i in ions), held]), free, np.array([0.5, 7.0]), porosity, bed)
        low, high = (held, high) if free[4] * ANTIBODY < concentration else (low, held)
    return float((held - porosity * free[4]) * ANTIBODY)


def mixed_ph(*, acid: float, base: float) -> float:
    """pH of equal volumes of hydrochloric acid at one pH and caustic soda at another."""
    return acidity(np.array([0.5e3 * 10.0 ** (base - 14.0), 0.5e3 * 10.0**-acid, 0.0, 0.0]), 7.0)


def pressure(*, velocity: float, length: float, diameter: float, voids: float, viscosity: float) -> float:
    """Pa over a bed at a superficial velocity in m/s."""
    bed = _bed(LANGMUIR, np.zeros((1, 2)), 0.5)
    bed = bed._replace(length=length, radius=0.5 * diameter, voids=voids, viscosity=viscosity, section=pi * 1e-4)
    return pressure_drop(bed, velocity * bed.section)
