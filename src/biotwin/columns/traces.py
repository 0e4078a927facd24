"""What instruments behind a column see of what leaves it: absorbance in a flow cell, conductivity."""

from __future__ import annotations

import math

from numba import njit

from biotwin.columns.acidity import ACETATE, LN10, TRIS, acidity
from biotwin.columns.bed import Floats
from biotwin.quantity import KilogramPerCubicMetre, Metre, Number, SiemensPerMetre

EXTINCTION = 140.0
"""Of an antibody at 280 nm, m2/kg to base 10: 1.4 mL/(mg cm) (downstream.md 3.1.7, recalled [K])."""
STRAY = 3.0e-3
"""Light that reaches the detector past the sample, fraction: it ends the scale at about 2.5 AU, within the 2 to 3 AU of
downstream.md 3.1.7."""


def absorbance(protein: KilogramPerCubicMetre, path: Metre = 5.0e-3) -> Number:
    """AU of a flow cell of 5 mm, which is what 710 mAU per mg/mL means (downstream.md 3.1.7 [R]), stray light in it."""
    return float(optical(protein, path, 0.0))


@njit(nogil=True, error_model="numpy")
def optical(protein: float, path: float, besides: float) -> float:
    """The same for the kernels, with ``besides`` AU of what is no protein; 0 where nothing absorbs."""
    passing = 10.0 ** (-EXTINCTION * path * protein - besides)
    return max(-math.log10(passing * (1.0 - STRAY) + STRAY), 0.0)


@njit(nogil=True, error_model="numpy")
def conductivity(ions: Floats) -> SiemensPerMetre:
    """Of a solution of the ions of ``acidity``; limiting molar conductivities, thinned by a square-root law.

    Limiting values at 25 degC, S m2/mol: sodium 50.1e-4, chloride 76.3e-4, acetate 40.9e-4, proton 349.8e-4, hydroxide
    198.6e-4 (recalled, any handbook), Tris 29.5e-4 (recalled). 1 / (1 + sqrt(I) / 2), I in mol/L, brings sodium
    chloride to 10.9, 47 and 84 mS/cm at 0.1, 0.5 and 1 M against 10.7, 46 and 85 (downstream.md 3.1.7 [K]).
    """
    ph = acidity(ions, 7.0)
    proton, hydroxide = 1.0e3 * math.exp(-LN10 * ph), 1.0e3 * math.exp(LN10 * (ph - 14.0))
    acetate = ions[2] / (1.0 + math.exp(LN10 * (ACETATE - ph)))
    tris = ions[3] / (1.0 + math.exp(LN10 * (ph - TRIS)))
    strength = 0.5e-3 * (ions[0] + ions[1] + acetate + tris + proton + hydroxide)
    total = (50.1e-4 * ions[0] + 76.3e-4 * ions[1] + 40.9e-4 * acetate + 29.5e-4 * tris + 349.8e-4 * proton
             + 198.6e-4 * hydroxide)
    return total / (1.0 + 0.5 * math.sqrt(strength))
