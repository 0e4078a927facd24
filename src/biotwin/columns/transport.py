"""A packed bed through time: finite volumes, a fifth-order upwind reconstruction, steps that keep amounts positive.

The block of a bed (float64, in place) holds amounts in mol: what flows, cell by cell; what the beads hold (free and
bound); where each cell's iteration for the equilibrium begins; what was supplied and what has left, by component.
1. Edge values come from three weighted parabolas upwind (WENO5-Z; Borges et al. 2008, recalled); they are kept
   between 0 and ``STEEPEST`` times the cell's own value, so that a cell never gives more than it has.
2. Time: the optimal strong-stability-preserving Runge-Kutta method of s stages and order 2 (Spiteri & Ruuth 2002,
   recalled): s Euler steps of dt / (s - 1), then a blend with the beginning. s follows from the bed's rates, so each
   Euler step, and so the whole, leaves amounts positive; sums are kept to rounding.
3. Advection, dispersion and film are taken together, unsplit. Cells are of the order of a plate's height, where an
   implicit dispersion would allow steps that advection forbids: it would buy nothing.
4. Inlet: what is pumped in (Danckwerts); outlet: no gradient. A flow below 0 counts as none.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from biotwin.columns.bed import Bed, Floats
from biotwin.columns.isotherms import freed

STEEPEST = 1.75
MOST_STAGES = 9
GUESSES = 2
SMALL = 1.0e-12
FAINT = 1.0e-100
"""An edge below this (mol/m3) passes nothing on: arithmetic on still smaller numbers is a hundred times slower."""


def block_size(cells: int, components: int, resolved: int) -> int:
    """Floats that a bed of this size takes."""
    return cells * (components * (2 if resolved else 1) + GUESSES) + 2 * components


@njit(nogil=True, error_model="numpy")
def parts(block: Floats, bed: Bed) -> tuple[Floats, Floats, Floats, Floats]:
    """Views of a block: flowing (empty unless beads are resolved), held, guesses, accounts (supplied, drained)."""
    n, k = bed.cells, bed.film.size
    flowing = n * k * bed.resolved
    held = flowing + n * k
    guesses = held + n * GUESSES
    return (block[:flowing].reshape((n * bed.resolved, k)), block[flowing:held].reshape((n, k)),
            block[held:guesses].reshape((n, GUESSES)), block[guesses:].reshape((2, k)))


@njit(nogil=True, error_model="numpy", inline="always")
def _mobile(bed: Bed) -> float:
    return bed.voids if bed.resolved else bed.voids + (1.0 - bed.voids) * bed.pores


@njit(nogil=True, error_model="numpy", inline="always")
def edge(far: float, before: float, here: float, after: float, beyond: float) -> float:
    """Value at the downstream edge of a cell: WENO5-Z, kept between 0 and ``STEEPEST`` times the cell's own."""
    up = far - 2.0 * before + here
    mid = before - 2.0 * here + after
    down = here - 2.0 * after + beyond
    a = far - 4.0 * before + 3.0 * here
    b = before - after
    c = 3.0 * here - 4.0 * after + beyond
    floor = SMALL * here * here + 1.0e-100
    s0 = 13.0 / 12.0 * up * up + 0.25 * a * a + floor
    s1 = 13.0 / 12.0 * mid * mid + 0.25 * b * b + floor
    s2 = 13.0 / 12.0 * down * down + 0.25 * c * c + floor
    tau = abs(s0 - s2)
    r0, r1, r2 = tau / s0, tau / s1, tau / s2
    w0, w1, w2 = 1.0 + r0 * r0, 6.0 * (1.0 + r1 * r1), 3.0 * (1.0 + r2 * r2)
    v0 = 2.0 * far - 7.0 * before + 11.0 * here
    v1 = -before + 5.0 * here + 2.0 * after
    v2 = 2.0 * here + 5.0 * after - beyond
    value = (w0 * v0 + w1 * v1 + w2 * v2) / (6.0 * (w0 + w1 + w2))
    return min(value, STEEPEST * here) if value > FAINT else 0.0


@njit(nogil=True, error_model="numpy")
def rate(bed: Bed, speed: float) -> float:
    """The most of itself that a cell, or a bead, can lose per second."""
    width = bed.length / bed.cells
    spread = bed.dispersivity * speed / (width * width)
    if not bed.resolved:
        return STEEPEST * speed / width + 2.0 * spread
    film = bed.film.max() * 3.0 / bed.radius
    bead = film / bed.pores
    return max(STEEPEST * speed / width + 2.0 * spread + film * (1.0 - bed.voids) / bed.voids, bead)


@njit(nogil=True, error_model="numpy")
def release(block: Floats, free: Floats, bed: Bed) -> None:
    """Free concentrations where liquid and solid stand in equilibrium: in the pores, or in the whole liquid."""
    _, held, guesses, _ = parts(block, bed)
    cell = bed.section * bed.length / bed.cells
    volume = cell * (1.0 - bed.voids) if bed.resolved else cell
    porosity = bed.pores if bed.resolved else _mobile(bed)
    each = np.empty(bed.film.size)
    for j in range(bed.cells):
        for i in range(each.size):
            each[i] = held[j, i] / volume
        freed(each, free[j], guesses[j], porosity, bed)


@njit(nogil=True, error_model="numpy")
def _euler(block: Floats, free: Floats, c: Floats, feed: Floats, flow: float, bed: Bed, h: float) -> None:
    """One Euler step of ``h`` seconds on the block; ``free`` and ``c`` are room to work in."""
    release(block, free, bed)
    flowing, held, _, accounts = parts(block, bed)
    n, k = bed.cells, bed.film.size
    width = bed.length / n
    cell = bed.section * width
    spread = bed.dispersivity * flow / width
    if bed.resolved:
        c[:] = flowing / (cell * bed.voids)
    else:
        c[:] = free
    moving = flowing if bed.resolved else held
    for i in range(k):
        entering = flow * feed[i]
        accounts[0, i] += h * entering
        before = 2.0 * feed[i] - c[0, i]
        far = 2.0 * feed[i] - c[min(1, n - 1), i]
        for j in range(n):
            here = c[j, i]
            after = c[min(j + 1, n - 1), i]
            beyond = c[min(j + 2, n - 1), i]
            leaving = flow * edge(far, before, here, after, beyond) - spread * (after - here)
            moving[j, i] += h * (entering - leaving)
            entering, far, before = leaving, before, here
        accounts[1, i] += h * entering
    if bed.resolved:
        reach = h * cell * (1.0 - bed.voids) * 3.0 / bed.radius
        for j in range(n):
            for i in range(k):
                passing = reach * bed.film[i] * (c[j, i] - free[j, i])
                flowing[j, i] -= passing
                held[j, i] += passing


@njit(nogil=True, error_model="numpy")
def advance(block: Floats, feed: Floats, flow: float, bed: Bed, dt: float) -> None:
    """The bed after ``dt`` seconds of ``flow`` (m3/s) of ``feed`` (mol/m3 of each component), in place."""
    flow = max(flow, 0.0)
    euler_steps = dt * rate(bed, flow / (bed.section * _mobile(bed)))
    steps = max(math.ceil(euler_steps / (MOST_STAGES - 1)), 1)
    stages = max(math.ceil(euler_steps / steps), 1) + 1
    h = dt / (steps * (stages - 1))
    n, k = bed.cells, bed.film.size
    free, c = np.empty((n, k)), np.empty((n, k))
    amounts = n * k * (1 + bed.resolved)
    accounts = amounts + n * GUESSES
    for _ in range(steps):
        begin = block.copy()
        for _ in range(stages):
            _euler(block, free, c, feed, flow, bed, h)
        share = 1.0 / stages
        for m in range(block.size):
            if m < amounts or m >= accounts:
                block[m] = begin[m] * share + block[m] * (1.0 - share)


@njit(nogil=True, error_model="numpy")
def outlet(block: Floats, bed: Bed) -> Floats:
    """Concentrations at the outlet, mol/m3; the block is left as it is."""
    copy = block.copy()
    flowing, _, _, _ = parts(copy, bed)
    n, k = bed.cells, bed.film.size
    c = np.empty((n, k))
    if bed.resolved:
        c[:] = flowing / (bed.section * bed.length / n * bed.voids)
    else:
        release(copy, c, bed)
    found = np.empty(k)
    for i in range(k):
        found[i] = edge(c[max(n - 3, 0), i], c[max(n - 2, 0), i], c[n - 1, i], c[n - 1, i], c[n - 1, i])
    return found


def filled(bed: Bed, liquid: Floats, bound: Floats) -> Floats:
    """The block of a bed at rest: the same liquid everywhere (mol/m3), ``bound`` on its solid (mol/m3 of solid)."""
    block = np.zeros(block_size(bed.cells, bed.components, bed.resolved))
    flowing, held, guesses, _ = parts(block, bed)
    cell = bed.section * bed.length / bed.cells
    flowing[:] = cell * bed.voids * liquid
    porosity, volume = (bed.pores, cell * (1.0 - bed.voids)) if bed.resolved else (bed.mobile, cell)
    held[:] = volume * (porosity * liquid + (1.0 - porosity) * bound)
    guesses[:, 1] = 7.0
    return block
