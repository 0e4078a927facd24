"""Henry solubilities of oxygen and carbon dioxide, with temperature.

H(T) = H25 exp(A (1/T - 1/298.15)). Source of both pairs: NIST, as BioSTEAM carries them (upstream.md 2.B);
37 degC gives 1.070 mol/m3/bar for oxygen and 25.63 for carbon dioxide. Pure water: the salts of a medium, which
lower oxygen's solubility by some 5 %, are left out.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import exp, law
from biotwin.properties.physics import PHYSICS
from biotwin.quantity import CubicMetre, Kelvin, Mol, MolPerCubicMetrePascal, Pascal


class Solute(NamedTuple):
    """A gas in water: its solubility at a reference temperature and how that falls with heat."""

    solubility: MolPerCubicMetrePascal
    slope: Kelvin
    reference_temperature: Kelvin = 298.15


OXYGEN = Solute(solubility=1.3e-5, slope=1500.0)
CARBON_DIOXIDE = Solute(solubility=3.5e-4, slope=2400.0)


@law
def henry(temperature: Kelvin, solute: Solute) -> MolPerCubicMetrePascal:
    """Moles dissolved per cubic metre and pascal of partial pressure, 273 to 330 K."""
    return solute.solubility * exp(solute.slope / temperature - solute.slope / solute.reference_temperature)


@law
def dry_pressure(pressure: Pascal) -> Pascal:
    """What is left of an absolute pressure for the dry gases above warm broth."""
    return pressure - PHYSICS.water_vapour


@law
def ideal_gas_amount(pressure: Pascal, volume: CubicMetre, temperature: Kelvin) -> Mol:
    """Moles of an ideal gas."""
    return pressure * volume / (PHYSICS.gas_constant * temperature)
