"""Binding at rapid equilibrium: what of a component is free, given all that a volume holds of each.

Every isotherm here comes down to one unknown in which the balance rises strictly, so that one safeguarded Newton
iteration serves them all: it keeps a bracket, and halves it where Newton's step would leave it.
1. ``STERIC`` (steric mass action; Brooks & Cramer 1992, recalled): component 0 is the counter-ion. The unknown is
   rho = ln(free exchanger sites / free counter-ion): q_i = K_i c_i e^(nu_i rho) rises with rho, so does the free
   counter-ion that it displaces, and the sites left over fall.
2. ``AFFINITY`` (ACT, affinity complex titration; Zhang et al. 2025 as downstream.md 3.1.3 read it in CADET [R]): the
   unknown is the free fraction of ligands; each ligand and each protein is titrated by the pH. Components 0..3 are the
   ions of ``biotwin.columns.acidity``. Without titration (``ligand_slope`` and the slopes 0) it is half of each.
3. ``LANGMUIR``: competitive, the same balance without pH. 4. ``LINEAR``: no unknown.

Only amounts are carried from tick to tick, so an iteration that stops early costs accuracy, never mass.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from biotwin.columns.acidity import IONS, acidity
from biotwin.columns.bed import AFFINITY, LANGMUIR, STERIC, Bed, Floats

ITERATIONS = 60
CLOSE = 1.0e-11
"""Newton stops once its step is below this; quadratic convergence leaves an error near rounding."""
LONGEST = 4.0
"""Longest step of rho: a factor 55 in concentration."""


@njit(nogil=True, error_model="numpy")
def freed(held: Floats, free: Floats, guess: Floats, porosity: float, bed: Bed) -> None:
    """Fill ``free`` (mol/m3 of liquid) from ``held`` (mol/m3 of liquid and solid); ``guess`` is where to begin."""
    if bed.isotherm == STERIC:
        guess[0] = _steric(held, free, guess[0], porosity, bed)
    elif bed.isotherm == AFFINITY:
        for i in range(IONS):
            free[i] = held[i] / porosity
        guess[1] = acidity(free, guess[1])
        ligands = titrated(guess[1], bed.ligand_pk, bed.ligand_slope)
        guess[0] = _sites(held, free, guess[0], porosity, bed, ligands, guess[1], IONS)
    elif bed.isotherm == LANGMUIR:
        guess[0] = _sites(held, free, guess[0], porosity, bed, 1.0, 7.0, 0)
    else:
        for i in range(held.size):
            free[i] = held[i] / (porosity + (1.0 - porosity) * bed.figures[i, 0])


@njit(nogil=True, error_model="numpy", inline="always")
def titrated(ph: float, pk: float, slope: float) -> float:
    """Fraction of groups able to bind at a pH, 0..1."""
    return 1.0 / (1.0 + math.exp(min(math.log(10.0) * slope * (pk - ph), 600.0)))


@njit(nogil=True, error_model="numpy")
def _steric(held: Floats, free: Floats, guess: float, porosity: float, bed: Bed) -> float:
    """Steric mass action; gives rho back. ``figures``: K, characteristic charge, shielding."""
    solid, low, high, rho = 1.0 - porosity, -80.0, 80.0, guess
    for _ in range(ITERATIONS):
        charge, shielded, charge_slope, shielded_slope = 0.0, 0.0, 0.0, 0.0
        for i in range(1, held.size):
            if bed.figures[i, 0] == 0.0:
                free[i] = held[i] / porosity
                continue
            nu = bed.figures[i, 1]
            affinity = bed.figures[i, 0] * math.exp(min(nu * rho, 600.0))
            free[i] = held[i] / (porosity + solid * affinity)
            bound = affinity * free[i]
            slope = nu * bound * (porosity / (porosity + solid * affinity))
            charge += nu * bound
            charge_slope += nu * slope
            shielded += (nu + bed.figures[i, 2]) * bound
            shielded_slope += (nu + bed.figures[i, 2]) * slope
        salt = (held[0] - solid * (bed.capacity - charge)) / porosity
        sites = bed.capacity - shielded
        free[0] = max(salt, 0.0)
        if sites <= 0.0:
            high, step = rho, -LONGEST
        elif salt <= 0.0:
            low, step = rho, LONGEST
        else:
            miss = math.log(salt / sites) + rho
            step = -miss / (1.0 + solid * charge_slope / (porosity * salt) + shielded_slope / sites)
            low, high = (low, rho) if miss > 0.0 else (rho, high)
        if abs(step) < CLOSE:
            return rho
        step = min(max(step, -LONGEST), LONGEST)
        rho = rho + step if low < rho + step < high else 0.5 * (low + high)
    return rho


@njit(nogil=True, error_model="numpy")
def _sites(held: Floats, free: Floats, guess: float, porosity: float, bed: Bed, ligands: float, ph: float,
           first: int) -> float:
    """Competition for ligands; gives their free fraction back. ``figures``: K, capacity, pK, slope."""
    solid, low, high = 1.0 - porosity, 0.0, ligands * (1.0 + 1.0e-9)
    vacant = min(max(guess, 0.0), ligands)
    strengths = np.empty(held.size)
    for i in range(first, held.size):
        strengths[i] = bed.figures[i, 0] * bed.figures[i, 1]
        if first > 0 and strengths[i] > 0.0:
            strengths[i] *= titrated(ph, bed.figures[i, 2], bed.figures[i, 3])
    for _ in range(ITERATIONS):
        miss, slope = vacant - ligands, 1.0
        for i in range(first, held.size):
            most, strength = bed.figures[i, 1], strengths[i]
            room = porosity + solid * strength * vacant
            free[i] = held[i] / room
            if most > 0.0:
                miss += strength * vacant * free[i] / most
                slope += strength * free[i] * (porosity / room) / most
        low, high = (low, vacant) if miss > 0.0 else (vacant, high)
        step = -miss / slope
        if abs(step) < CLOSE * ligands:
            return vacant
        vacant = vacant + step if low < vacant + step < high else 0.5 * (low + high)
    return vacant

