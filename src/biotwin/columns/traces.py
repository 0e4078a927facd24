"""What instruments behind a column see of what leaves it: absorbance of proteins in a flow cell."""

from __future__ import annotations

import math

from biotwin.quantity import KilogramPerCubicMetre, Metre, Number

EXTINCTION = 140.0
"""Of an antibody at 280 nm, m2/kg to base 10: 1.4 mL/(mg cm) (downstream.md 3.1.7, recalled [K])."""
STRAY = 3.0e-3
"""Light that reaches the detector past the sample, fraction: it ends the scale at about 2.5 AU, within the 2 to 3 AU of
downstream.md 3.1.7."""


def absorbance(protein: KilogramPerCubicMetre, path: Metre = 5.0e-3) -> Number:
    """AU of a flow cell of 5 mm, which is what 710 mAU per mg/mL means (downstream.md 3.1.7 [R]), stray light in it."""
    passing = 10.0 ** (-EXTINCTION * path * protein)
    return -math.log10(passing * (1.0 - STRAY) + STRAY)
