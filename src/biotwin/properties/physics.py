"""Constants of nature and of air, as one annotated tuple: the dimension tests read the units from here."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    CubicMetre,
    JoulePerMolKelvin,
    Kilogram,
    MetrePerSecond,
    MetrePerSecondSquared,
    MolPerCubicMetre,
    MolPerSecond,
    Number,
    Pascal,
    WattPerCubicMetre,
    WattPerKilogram,
)


class Physics(NamedTuple):
    """Values that no plant changes."""

    gas_constant: JoulePerMolKelvin = 8.314462618
    """CODATA 2018."""
    gravity: MetrePerSecondSquared = 9.80665
    """Standard gravity, ISO 80000-3."""
    atmosphere: Pascal = 101325.0
    """Standard atmosphere: ambient pressure everywhere in the twin."""
    water_vapour: Pascal = 6280.0
    """Saturation pressure of water at 37 degC (steam tables, recalled); taken as constant from 30 to 40 degC."""
    air_oxygen: Number = 0.2095
    """Mole fraction of oxygen in dry air."""
    air_carbon_dioxide: Number = 0.0004
    """Mole fraction of carbon dioxide in dry air."""
    unit_power_density: WattPerCubicMetre = 1.0
    """Makes the correlations with broken exponents dimensionless."""
    unit_velocity: MetrePerSecond = 1.0
    unit_concentration: MolPerCubicMetre = 1.0
    smallest_volume: CubicMetre = 1e-12
    """Added to the volume under a fraction, so that an empty vessel has concentrations of zero and not NaN."""
    smallest_gas_flow: MolPerSecond = 1e-12
    """A sparger that stands still is taken to pass this, for the same reason."""
    smallest_mass: Kilogram = 1e-12
    """Product under which its quality reads zero."""
    smallest_dissipation: WattPerKilogram = 1e-6
    """An unstirred vessel still moves by convection: keeps its mixing time finite."""


PHYSICS = Physics()
