"""Culture broth and media as liquids: water's figures at 37 degC, which dilute aqueous solutions share within 2 %."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import JoulePerKilogramKelvin, KilogramPerCubicMetre, PascalSecond


class Liquid(NamedTuple):
    """Physical properties, taken as constant from 4 to 40 degC."""

    density: KilogramPerCubicMetre = 1000.0
    """Water at 37 degC has 993; media with 1 % of solutes some 1000 (recalled)."""
    heat_capacity: JoulePerKilogramKelvin = 4180.0
    """Water (steam tables, recalled)."""
    viscosity: PascalSecond = 7.0e-4
    """Water at 37 degC (steam tables, recalled): with 0.03 W/kg it gives the 76 um Kolmogorov scale of upstream.md."""


BROTH_LIQUID = Liquid()
