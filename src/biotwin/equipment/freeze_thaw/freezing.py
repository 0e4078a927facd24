"""Heat and ice in the bags between their plates, and what both do to the solute and to the protein."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.freeze_thaw.variables import Inputs, Parameters
from biotwin.operators import exp, law, log, maximum, minimum, where
from biotwin.quantity import (
    CubicMetre,
    Joule,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    MetrePerSecond,
    Number,
    PerSecond,
    Second,
    Watt,
    WattPerKelvin,
    WattPerSquareMetreKelvin,
)


class Liquor(NamedTuple):
    """A body of formulated liquid, or ice of it."""

    volume: CubicMetre
    monomer: Kilogram
    hmw: Kilogram
    sucrose: Kilogram
    polysorbate: Kilogram


class Ice(NamedTuple):
    """The thermal state of the bags, and where their solute is."""

    heat: Joule
    core_share: Number
    layering: Number
    front_speed: MetrePerSecond
    formed: Number


class Working(NamedTuple):
    """What the hardware really does: here, and only here, malfunctions act."""

    shaft_speed: PerSecond
    strength: KilogramPerCubicMetre
    """Of the polysorbate stock."""
    contact: WattPerSquareMetreKelvin
    rocking: Number


@law
def working(u: Inputs, p: Parameters) -> Working:
    """The station's hardware with its malfunctions."""
    return Working(
        shaft_speed=maximum(u.stirrer_speed, 0.0) * (1.0 - u.impeller_loose),
        strength=u.polysorbate_strength * (1.0 - u.polysorbate_weak),
        contact=p.contact * (1.0 - u.contact_lost),
        rocking=minimum(maximum(u.rocking, 0.0), 1.0) * (1.0 - u.rocker_dead),
    )


@law
def scaled(a: Liquor, by: Number) -> Liquor:
    """A part of a body."""
    return Liquor(a.volume * by, a.monomer * by, a.hmw * by, a.sucrose * by, a.polysorbate * by)


@law
def joined(a: Liquor, b: Liquor) -> Liquor:
    """Two bodies as one."""
    return Liquor(a.volume + b.volume, a.monomer + b.monomer, a.hmw + b.hmw, a.sucrose + b.sucrose,
                  a.polysorbate + b.polysorbate)


@law
def frozen_fraction(heat: Joule, volume: CubicMetre, p: Parameters) -> Number:
    """Ice, part of the bags' content."""
    latent = p.density * (volume + p.smallest_volume) * p.latent_heat
    return minimum(maximum(-heat / latent, 0.0), 1.0)


@law
def temperature(heat: Joule, volume: CubicMetre, p: Parameters) -> Kelvin:
    """Of the middle: liquid above the freezing point, ice below, both at it."""
    mass = p.density * (volume + p.smallest_volume)
    solid = minimum(heat + mass * p.latent_heat, 0.0 * heat)
    return p.freezing_point + maximum(heat, 0.0 * heat) / (mass * p.liquid_heat) + solid / (mass * p.ice_heat)


@law
def conductance(heat: Joule, volume: CubicMetre, u: Inputs, w: Working, p: Parameters) -> WattPerKelvin:
    """From plates to middle: contact and what has grown between, ice on the way down, liquid on the way up."""
    liquid = p.liquid_conductivity * (1.0 + p.rocking_gain * w.rocking)
    ice = frozen_fraction(heat, volume, p)
    growing = ice * p.half_thickness / p.ice_conductivity
    melting = (1.0 - ice) * p.half_thickness / liquid
    mush = where(u.jacket_temperature < p.freezing_point, growing, melting)
    solid = p.half_thickness / (3.0 * p.ice_conductivity)
    within = where(ice > 0.999999, solid, mush)
    resistance = where(heat > 0.0 * heat, p.half_thickness / (3.0 * liquid), within)
    # h / (1 + h R) is 1 / (1/h + R) and stays finite where the contact is gone.
    return volume / p.half_thickness * (w.contact / (1.0 + w.contact * resistance))


@law
def heat_at(plate: Kelvin, volume: CubicMetre, p: Parameters) -> Joule:
    """Heat of the bags once they are as warm as their plates."""
    mass = p.density * volume
    above = plate - p.freezing_point
    return where(above > 0.0 * above, mass * p.liquid_heat * above, mass * (p.ice_heat * above - p.latent_heat))


@law
def plates_heat(heat: Joule, volume: CubicMetre, u: Inputs, w: Working, p: Parameters) -> Watt:
    """What flows from the plates into the bags."""
    return conductance(heat, volume, u, w, p) * (u.jacket_temperature - temperature(heat, volume, p))


@law
def warmed(heat: Joule, volume: CubicMetre, u: Inputs, w: Working, p: Parameters, dt: Second) -> Joule:
    """Heat after ``dt``: exponential in liquid and ice, straight in the mush, never past the plates."""
    mass = p.density * (volume + p.smallest_volume)
    ua = conductance(heat, volume, u, w, p)
    specific = where(heat > 0.0 * heat, p.liquid_heat, p.ice_heat)
    ice = frozen_fraction(heat, volume, p)
    step = where(heat > 0.0 * heat, 0.0, where(ice > 0.999999, 0.0, 1.0))
    capacity = mass * specific
    reached = where(step > 0.5, ua * dt, capacity * (1.0 - exp(-ua * dt / capacity)))
    moved = heat + reached * (u.jacket_temperature - temperature(heat, volume, p))
    end = heat_at(u.jacket_temperature, volume, p)
    return minimum(maximum(moved, minimum(heat, end)), maximum(heat, end))


@law
def trapped(speed: MetrePerSecond, p: Parameters) -> Number:
    """Part of the solute at the front that the ice takes along, 0..1: a fast front traps all."""
    return 1.0 - exp(-speed / p.trapping_speed)


@law
def turned(i: Ice, volume: CubicMetre, u: Inputs, w: Working, p: Parameters, dt: Second) -> Ice:
    """Ice after ``dt``. Freezing: the core keeps (1 - x)^phi of its solute (Scheil); melting gives back what melts."""
    heat = warmed(i.heat, volume, u, w, p, dt)
    before, after = frozen_fraction(i.heat, volume, p), frozen_fraction(heat, volume, p)
    grown, melted = maximum(after - before, 0.0), maximum(before - after, 0.0)
    speed = grown * p.half_thickness / dt
    left = maximum(1.0 - after, 1.0e-9) / maximum(1.0 - before, 1.0e-9)
    kept = i.core_share * exp(trapped(speed, p) * log(minimum(left, 1.0)))
    back = kept + (1.0 - kept) * minimum(melted / maximum(before, 1.0e-9), 1.0)
    layered = i.layering + (1.0 - i.layering) * p.layer_gain * melted * (1.0 - w.rocking)
    evened = exp(-dt * (w.rocking / p.rocking_time + 1.0 / p.diffusion_time) * (1.0 - after))
    core = where(after > 0.0, where(after > 0.999999, 0.0, back), 1.0)
    return Ice(heat=heat, core_share=core, layering=layered * evened, front_speed=speed, formed=i.formed + grown)


@law
def core_factor(i: Ice, volume: CubicMetre, p: Parameters) -> Number:
    """Concentration of the liquid core over the mean, up to the maximal freeze concentrate."""
    liquid = 1.0 - frozen_fraction(i.heat, volume, p)
    return where(liquid < 1.0e-6, p.core_limit, minimum(i.core_share / maximum(liquid, 1.0e-6), p.core_limit))


@law
def aggregation_share(a: Liquor, i: Ice, grown: Number, p: Parameters, dt: Second) -> Number:
    """Part of the monomer that becomes aggregate in ``dt``: on new ice, in the core, in the ice, in the warmth."""
    per_volume = 1.0 / (a.volume + p.smallest_volume)
    surfactant, sugar = a.polysorbate * per_volume, a.sucrose * per_volume
    ice, now = frozen_fraction(i.heat, a.volume, p), temperature(i.heat, a.volume, p)
    bare = p.polysorbate_half / (p.polysorbate_half + surfactant)
    on_ice = p.interface * (1.0 + i.front_speed / p.trapping_speed) * bare * grown
    crowded = core_factor(i, a.volume, p) * a.monomer * per_volume
    exposed = p.sucrose_half / (p.sucrose_half + sugar) * i.core_share * where(ice > 0.0, 1.0, 0.0)
    in_core = p.pairing * crowded * exposed
    stiff = exp(minimum((now - p.freezing_point) / p.mobility_step, 0.0))
    in_ice = p.mobility * stiff * ice * (1.0 - i.core_share)
    warm = p.warm_aggregation * exp(minimum((now - p.warm_reference) / p.warm_step, 20.0)) * (1.0 - ice)
    return 1.0 - exp(-on_ice - (in_core + in_ice + warm) * dt)
