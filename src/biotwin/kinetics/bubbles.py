"""Death by bursting bubbles, and why an impeller does not kill.

A bubble that bursts dissipates 1e6 to 1e8 W/m3 in a film around it; cells that ride on it die (Walls et al., Sci. Rep.
7 (2017) 15102). An impeller's worst spot has some 1e3 W/m3. Cherry and Hulle (1992), as coded in of-compartments:
kd = Psi r 3 delta Q / (R V). Surfactant (Pluronic) keeps the cells off the bubbles: its loss is what kills.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import exp, law, maximum, power
from biotwin.quantity import CubicMetrePerSecond, Metre, Number, PerSecond, WattPerCubicMetre


class Bubbles(NamedTuple):
    """Figures of both mechanisms."""

    attached: Number = 0.2
    """Psi, cells of the film that die (Cherry and Hulle 1992, via of-compartments)."""
    coverage: Number = 0.6
    """r, same source."""
    film: Metre = 15e-6
    """delta, thickness of the film that carries cells, same source."""
    protection: Number = 0.97
    """Part of the kill that intact surfactant prevents. Teaching value: losing it multiplies the kill by thirty."""
    lethal_dissipation: WattPerCubicMetre = 1.0e6
    """Lowest lethal energy dissipation for CHO cells (Walls 2017)."""
    agitation_death: PerSecond = 1.0e-3
    """Death rate at twice that dissipation. Teaching value, out of reach of every healthy vessel."""
    walls_exponent: Number = -1.550
    walls_constant: Number = 7.982
    """Lethal volume per bubble volume e^b R^m, R in um, for 1e6 W/m3 (Walls 2017)."""
    micrometre: Metre = 1.0e-6


BUBBLES = Bubbles()


@law
def bubble_death(gas_per_volume: PerSecond, radius: Metre, surfactant_loss: Number) -> PerSecond:
    """Specific death rate by bursting; gas in volumes per volume and second, loss 0..1."""
    bare = BUBBLES.attached * BUBBLES.coverage * 3.0 * BUBBLES.film * gas_per_volume / radius
    return bare * (1.0 - BUBBLES.protection * (1.0 - surfactant_loss))


@law
def agitation_death(largest_dissipation: WattPerCubicMetre) -> PerSecond:
    """Specific death rate by stirring: none below the lethal dissipation, then in proportion to the excess."""
    return BUBBLES.agitation_death * maximum(largest_dissipation / BUBBLES.lethal_dissipation - 1.0, 0.0)


@law
def lethal_volume(radius: Metre) -> Number:
    """Volume of liquid above 1e6 W/m3 per volume of burst bubble: small bubbles are worse. Radius 0.3 .. 3 mm."""
    return exp(BUBBLES.walls_constant) * power(radius / BUBBLES.micrometre, BUBBLES.walls_exponent)


@law
def bubble_rate(gas_flow: CubicMetrePerSecond, radius: Metre) -> PerSecond:
    """Bubbles that burst each second."""
    return gas_flow / (4.18879020478639 * radius * radius * radius)
