"""The vessel as a body: how high the liquid stands, how it is stirred, how it loses heat, how it foams."""

from __future__ import annotations

import math
from typing import NamedTuple

from biotwin.equipment.stirred_bioreactor.variables import Inputs, Parameters, State
from biotwin.operators import law, maximum, minimum, power
from biotwin.properties.agitation import impeller_power
from biotwin.properties.liquids import BROTH_LIQUID
from biotwin.properties.physics import PHYSICS
from biotwin.quantity import (
    CubicMetre,
    KilogramPerCubicMetre,
    Metre,
    MetrePerSecond,
    Number,
    PerSecond,
    SquareMetre,
    Watt,
    WattPerCubicMetre,
)

QUARTER_TURN = math.pi / 4.0
COVERED = 0.3
"""Part of the nominal volume below which the impeller begins to run dry. Teaching value."""
LEAST_HEADROOM = 0.02
"""Part of the nominal volume that always stays gas: a vessel filled beyond it has no room left to model."""


class Vessel(NamedTuple):
    """Geometry of the moment and stirring."""

    diameter: Metre
    impeller: Metre
    area: SquareMetre
    height: Metre
    """Of the liquid."""
    headspace: CubicMetre
    headroom: Metre
    shaft_speed: PerSecond
    power: Watt
    power_density: WattPerCubicMetre


class Heat(NamedTuple):
    """Heat flows into the broth."""

    jacket: Watt
    room: Watt
    metabolism: Watt
    feed: Watt


@law
def vessel(x: State, u: Inputs, p: Parameters) -> Vessel:
    """A cylinder with its liquid; the bottom's dish is left out."""
    diameter = power(p.vessel_volume / (p.aspect_ratio * QUARTER_TURN), 1.0 / 3.0)
    area = QUARTER_TURN * diameter * diameter
    impeller = p.impeller_ratio * diameter
    headspace = maximum(p.vessel_volume * (1.0 + p.headspace_ratio) - x.volume, LEAST_HEADROOM * p.vessel_volume)
    speed = u.stirrer_speed * (1.0 - u.belt_slip)
    covered = minimum(1.0, x.volume / (COVERED * p.vessel_volume))
    shaft = covered * p.impellers * impeller_power(speed, impeller, p.power_number, BROTH_LIQUID.density)
    return Vessel(
        diameter=diameter,
        impeller=impeller,
        area=area,
        height=x.volume / area,
        headspace=headspace,
        headroom=headspace / area,
        shaft_speed=speed,
        power=shaft,
        power_density=shaft / (x.volume + PHYSICS.smallest_volume),
    )


@law
def heat(x: State, u: Inputs, p: Parameters, v: Vessel, breathed: Number) -> Heat:
    """Flows of heat, W; ``breathed`` is the oxygen used by the whole vessel, mol/s."""
    wetted = v.area + 4.0 * x.volume / v.diameter
    return Heat(
        jacket=p.heat_transfer * wetted * (u.jacket_temperature - x.temperature),
        room=p.room_loss * wetted * (u.room_temperature - x.temperature),
        metabolism=p.heat_per_oxygen * breathed,
        feed=BROTH_LIQUID.density * BROTH_LIQUID.heat_capacity * u.liquid_flow * (u.liquid_temperature - x.temperature),
    )


@law
def foam_growth(x: State, u: Inputs, p: Parameters, v: Vessel, gas_velocity: MetrePerSecond) -> MetrePerSecond:
    """Foam made by gas in protein, less what collapses and what leaves through the exhaust."""
    volume = x.volume + PHYSICS.smallest_volume
    protein: KilogramPerCubicMetre = (x.product + x.host_cell_protein) / volume
    calmed = 1.0 / (1.0 + x.antifoam / volume / p.foam_antifoam_half)
    made = u.foam_production * p.foam_gain * gas_velocity * protein / (p.foam_protein_half + protein) * calmed
    carried = maximum(x.foam - v.headroom, 0.0) / p.drain_time
    return made - x.foam / p.foam_life - carried


@law
def filter_wetting(x: State, p: Parameters, v: Vessel) -> PerSecond:
    """Foam at the exhaust soaks the filter; gas dries it slowly."""
    reached = minimum(maximum(x.foam / v.headroom - 0.9, 0.0) / 0.1, 1.0)
    return (1.0 - x.filter_wetness) * reached / p.filter_wetting_time - x.filter_wetness / p.filter_drying_time
