"""pH of a buffer that flows: strong ions and two weak ones are carried, the pH follows from electroneutrality.

pH is no quantity that mixes: half pH 1 and half pH 9 give pH 1.3, not 5. So sodium, chloride, acetate and Tris are
transported, and each volume solves Na + H + TrisH = Cl + OH + Ac-, which falls strictly with pH. Activities are taken
as concentrations: within about 0.1 pH up to 150 mol/m3 (recalled).
"""

from __future__ import annotations

import math

from numba import njit

from biotwin.columns.bed import Floats

IONS = 4
"""Sodium, chloride, total acetate, total Tris: the first components of a titrated bed."""
ACETATE, TRIS, WATER = 4.76, 8.07, 14.0
"""pK at 25 degC (downstream.md 3.1.4, 3.1.7 [R]; water recalled)."""
LN10 = math.log(10.0)
LOWEST, HIGHEST = -1.0, 15.0


@njit(nogil=True, error_model="numpy")
def acidity(ions: Floats, guess: float) -> float:
    """pH of a solution of the first four of ``ions`` (mol/m3), by Newton from ``guess`` within a bracket."""
    low, high, ph = LOWEST, HIGHEST, min(max(guess, LOWEST), HIGHEST)
    for _ in range(80):
        proton = 1.0e3 * math.exp(-LN10 * ph)
        hydroxide = 1.0e3 * math.exp(LN10 * (ph - WATER))
        dissociated = 1.0 / (1.0 + math.exp(LN10 * (ACETATE - ph)))
        charged = 1.0 / (1.0 + math.exp(LN10 * (ph - TRIS)))
        excess = ions[0] - ions[1] + proton - hydroxide - ions[2] * dissociated + ions[3] * charged
        buffering = ions[2] * dissociated * (1.0 - dissociated) + ions[3] * charged * (1.0 - charged)
        low, high = (ph, high) if excess > 0.0 else (low, ph)
        step = excess / (LN10 * (proton + hydroxide + buffering))
        if abs(step) < 1.0e-11:
            return ph
        ph = ph + step if low < ph + step < high else 0.5 * (low + high)
    return ph
