"""Gas through the vessel: sparger, bubbles that saturate on their way up, free surface, headspace, exhaust filter.

A bubble leaves with what it could take up: with molar flow G through a liquid that takes kLa V H p / G transfer units,
the part phi = 1 - exp(-kLa V H p / G) of the possible exchange happens. For oxygen phi is near 1 - few bubbles are
exhausted -; for carbon dioxide, 24 times more soluble, every bubble leaves full: stripping is set by how much gas is
blown per volume, which falls with scale. That is the CO2 trap, and it needs no constant that knows the scale.
Source: upstream.md 2.B; kLa = C (P/V)^a vs^b after van't Riet.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.stirred_bioreactor.variables import Inputs, Parameters, State
from biotwin.equipment.stirred_bioreactor.vessel import Vessel
from biotwin.operators import exp, law, log, maximum, minimum
from biotwin.properties.buffers import carbon_dioxide_fraction
from biotwin.properties.gases import CARBON_DIOXIDE, OXYGEN, dry_pressure, henry, ideal_gas_amount
from biotwin.properties.liquids import BROTH_LIQUID
from biotwin.properties.physics import PHYSICS
from biotwin.quantity import (
    CubicMetrePerSecond,
    Metre,
    MetrePerSecond,
    MolPerCubicMetre,
    MolPerCubicMetrePascal,
    MolPerSecond,
    Number,
    Pascal,
    PerSecond,
    WattPerCubicMetre,
)

SHUT = 1e-3
"""Square of the smallest vent opening that the exhaust law sees: a shut vent holds pressure until the relief opens."""

STILL = 1e-12
"""Stirring and gas velocity (in their units) below which the transfer is that of this: next to none, and finite."""

HEEL = 0.02
"""Part of the nominal volume below which the liquid no longer covers the bottom and its surface shrinks with it."""


class Sparge(NamedTuple):
    """What is blown in at the bottom."""

    total: MolPerSecond
    oxygen: Number
    """Mole fraction in the gas that enters."""
    carbon_dioxide: Number


class Bubbles(NamedTuple):
    """The bubbles' way up."""

    flow: CubicMetrePerSecond
    """At the pressure of mid-depth."""
    velocity: MetrePerSecond
    """Superficial."""
    radius: Metre
    coefficient: PerSecond
    """kLa of oxygen."""
    dry_pressure: Pascal
    """Of mid-depth, without water vapour."""


class Gas(NamedTuple):
    """Exchange of the whole vessel with its gases; transfer counts from gas to liquid."""

    oxygen_in: MolPerSecond
    carbon_dioxide_in: MolPerSecond
    oxygen_transfer: MolPerSecond
    carbon_dioxide_transfer: MolPerSecond
    oxygen_fraction: Number
    """Dry mole fraction in headspace and exhaust."""
    carbon_dioxide_fraction: Number
    vented: MolPerSecond


@law
def sparge(u: Inputs) -> Sparge:
    """The mixed gas at the sparger."""
    sparged = u.sparge_air + u.sparge_oxygen + u.sparge_carbon_dioxide + u.sparge_nitrogen
    total = sparged + PHYSICS.smallest_gas_flow
    return Sparge(
        total=total,
        oxygen=(PHYSICS.air_oxygen * u.sparge_air + u.sparge_oxygen) / total,
        carbon_dioxide=(PHYSICS.air_carbon_dioxide * u.sparge_air + u.sparge_carbon_dioxide) / total,
    )


@law
def overpressure(x: State, u: Inputs, p: Parameters) -> Pascal:
    """Gauge pressure of the headspace: what the exhaust filter needs to pass the gas blown in, up to the relief.

    Quasi-steady: the headspace fills within seconds. A wet or blocked filter and a shut vent raise it.
    """
    blown = u.sparge_air + u.sparge_oxygen + u.sparge_carbon_dioxide + u.sparge_nitrogen
    blown = blown + u.overlay_air + u.overlay_carbon_dioxide
    volumetric = blown * PHYSICS.gas_constant * x.temperature / PHYSICS.atmosphere
    open_area = p.filter_specific_area * p.vessel_volume * maximum(1.0 - u.exhaust_filter_blockage, SHUT)
    wet = 1.0 + p.filter_wet_factor * x.filter_wetness
    drop = p.filter_resistance * wet * volumetric / open_area
    return minimum(drop / (u.vent_opening * u.vent_opening + SHUT), p.relief_pressure)


@law
def transfer_coefficient(
    power_density: WattPerCubicMetre, velocity: MetrePerSecond, p: Parameters
) -> PerSecond:
    """kLa of oxygen in clean liquid with a healthy sparger, 1/s: van't Riet's form, c P^a v^b.

    The two powers are one exponential of logarithms: half the time of what is computed most often in a flight.
    """
    stirred = log(maximum(power_density / PHYSICS.unit_power_density, STILL))
    rising = log(maximum(velocity / PHYSICS.unit_velocity, STILL))
    return p.transfer_constant * exp(p.power_exponent * stirred + p.velocity_exponent * rising)


@law
def bubbles(x: State, u: Inputs, p: Parameters, v: Vessel, blown: Sparge) -> Bubbles:
    """Bubbles at mid-depth and the oxygen transfer coefficient that they give in this broth."""
    middle = PHYSICS.atmosphere + overpressure(x, u, p) + 0.5 * BROTH_LIQUID.density * PHYSICS.gravity * v.height
    flow = blown.total * PHYSICS.gas_constant * x.temperature / middle
    antifoam = x.antifoam / (x.volume + PHYSICS.smallest_volume)
    clear = 1.0 - p.antifoam_loss * antifoam / (p.antifoam_half + antifoam)
    grown = 1.0 + p.tear_growth * u.sparger_tear
    healthy = transfer_coefficient(v.power_density, flow / v.area, p)
    return Bubbles(
        flow=flow,
        velocity=flow / v.area,
        radius=p.bubble_radius * grown,
        coefficient=healthy * clear * (1.0 - p.fouling_loss * u.sparger_fouling) / grown,
        dry_pressure=dry_pressure(middle),
    )


@law
def bubble_transfer(
    blown: MolPerSecond, units: Number, fraction: Number, equilibrium: Number
) -> MolPerSecond:
    """Gas that bubbles give to the liquid, mol/s (negative: that they take).

    blown: mol/s. units: transfer units kLa V H p / G. fraction: of the gas in what enters. equilibrium: the fraction at
    which nothing would pass, c / (H p).
    """
    return blown * (fraction - equilibrium) * (1.0 - exp(-units))


@law
def exchange(x: State, u: Inputs, p: Parameters, v: Vessel, b: Bubbles) -> Gas:
    """Transfer by bubbles and by the surface, and what leaves through the exhaust."""
    blown = sparge(u)
    volume = x.volume + PHYSICS.smallest_volume
    oxygen: MolPerCubicMetre = x.oxygen / volume
    dissolved: MolPerCubicMetre = x.inorganic_carbon / volume * carbon_dioxide_fraction(u.ph)
    of_oxygen: MolPerCubicMetrePascal = henry(x.temperature, OXYGEN)
    of_carbon: MolPerCubicMetrePascal = henry(x.temperature, CARBON_DIOXIDE)
    head = dry_pressure(PHYSICS.atmosphere + overpressure(x, u, p))
    held = ideal_gas_amount(head, v.headspace, x.temperature)
    oxygen_above, carbon_above = x.headspace_oxygen / held, x.headspace_carbon_dioxide / held
    reach = b.coefficient * volume * b.dry_pressure / blown.total
    surface = p.surface_coefficient * v.area * minimum(1.0, x.volume / (HEEL * p.vessel_volume))
    oxygen_transfer = bubble_transfer(
        blown.total, reach * of_oxygen, blown.oxygen, oxygen / (of_oxygen * b.dry_pressure)
    ) + surface * (of_oxygen * oxygen_above * head - oxygen)
    carbon_transfer = bubble_transfer(
        blown.total, p.carbon_dioxide_ratio * reach * of_carbon, blown.carbon_dioxide,
        dissolved / (of_carbon * b.dry_pressure),
    ) + p.carbon_dioxide_ratio * surface * (of_carbon * carbon_above * head - dissolved)
    entering = blown.total + u.overlay_air + u.overlay_carbon_dioxide
    displaced = u.liquid_flow * held / v.headspace
    return Gas(
        oxygen_in=blown.oxygen * blown.total + PHYSICS.air_oxygen * u.overlay_air,
        carbon_dioxide_in=blown.carbon_dioxide * blown.total + PHYSICS.air_carbon_dioxide * u.overlay_air
        + u.overlay_carbon_dioxide,
        oxygen_transfer=oxygen_transfer,
        carbon_dioxide_transfer=carbon_transfer,
        oxygen_fraction=oxygen_above,
        carbon_dioxide_fraction=carbon_above,
        vented=maximum(entering + displaced - oxygen_transfer - carbon_transfer, 0.0),
    )
