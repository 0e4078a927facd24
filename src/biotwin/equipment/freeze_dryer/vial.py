"""One class of vials: Pikal's quasi-steady sublimation, freezing and melting, desorption.

Pikal's balance, U (T_shelf - T) = dH A_p (P_ice(T) - P) / R_p, has one root between the temperature at which ice
boils under the chamber's pressure and the shelf's; its left side falls and its right side is convex, so that Newton's
steps never leave that bracket. Steps begin at the product's temperature, near the root from tick to tick.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from biotwin.equipment.freeze_dryer.variables import MolPerSecondPascal, Parameters
from biotwin.operators import exp, law, log, maximum, minimum, where
from biotwin.quantity import (
    CubicMetre,
    JoulePerKelvin,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    Metre,
    Number,
    Pascal,
    PerSecond,
    Second,
    Unit,
    WattPerKelvin,
)

PascalPerKelvin = Annotated[float, Unit("Pa/K")]
KilogramPerSecondPascal = Annotated[float, Unit("kg/s/Pa")]

__all__ = [
    "Drying", "MolPerSecondPascal", "Place", "Vial", "dried_fraction", "drying", "filled_water", "ice_pressure",
    "kept_bound", "next_pores", "next_vial", "solids_mass",
]


class Vial(NamedTuple):
    """The state of a class."""

    ice: Kilogram
    liquid: Kilogram
    bound: Kilogram
    temperature: Kelvin
    collapsed: Kilogram
    melted: Kilogram


class Place(NamedTuple):
    """What tells one class from another, and what its vials were filled with."""

    vials: Number
    heat: Number
    nucleation: Kelvin
    pores: Number
    fill: CubicMetre
    solids: KilogramPerCubicMetre


class Drying(NamedTuple):
    """A class at this instant, all its vials together except for temperatures."""

    sublimation: Kelvin
    pressure: Pascal
    """Over the ice at the front."""
    bottom: Kelvin
    flow: KilogramPerSecondPascal
    """Water that leaves per pascal of ``pressure`` less chamber pressure; 0 where nothing sublimes."""
    heat: WattPerKelvin
    """From the shelf."""
    slope: WattPerKelvin
    """Heat of sublimation gained per kelvin of product: what makes the product's temperature settle fast."""
    capacity: JoulePerKelvin
    desorption: PerSecond


@law
def ice_pressure(temperature: Kelvin, p: Parameters) -> Pascal:
    """Of water vapour over ice."""
    return p.ice_pressure * exp(-p.ice_exponent / temperature)


@law
def solids_mass(place: Place) -> Kilogram:
    """Of one vial."""
    return place.fill * place.solids


@law
def filled_water(place: Place, p: Parameters) -> Kilogram:
    """Freezable water of one vial."""
    whole = place.fill * p.water_density * (1.0 - place.solids / p.solute_density)
    return maximum(whole - p.bound_moisture * solids_mass(place), 0.0 * whole)


@law
def frozen_length(place: Place, p: Parameters) -> Metre:
    """Height of the frozen product before it dries."""
    swollen = 1.0 - place.solids * (p.water_density - p.ice_density) / (p.solute_density * p.water_density)
    return place.fill * p.water_density * swollen / (p.product_area * p.ice_density)


@law
def dried_fraction(v: Vial, place: Place, p: Parameters) -> Number:
    """Part of the freezable water that is gone, 0..1; an absent class is dry."""
    whole = maximum(place.vials * filled_water(place, p), p.smallest_mass)
    return 1.0 - minimum((v.ice + v.liquid) / whole, 1.0)


@law
def boiling(pressure: Pascal, p: Parameters) -> Kelvin:
    """Temperature at which ice has this pressure."""
    bounded = minimum(maximum(pressure, p.smallest_pressure), 0.5 * p.ice_pressure)
    return p.ice_exponent / log(p.ice_pressure / bounded)


@law
def newton(t: Kelvin, u: WattPerKelvin, power: Number, shelf: Kelvin, pressure: Pascal, p: Parameters) -> Kelvin:
    """One step towards Pikal's balance; ``power`` is the heat of sublimation per pascal, W/Pa."""
    over = ice_pressure(t, p)
    miss = u * (shelf - t) - power * (over - pressure)
    return t + miss / (u + power * over * p.ice_exponent / (t * t))


@law
def balance(t: Kelvin, u: WattPerKelvin, power: Number, shelf: Kelvin, pressure: Pascal, p: Parameters) -> Kelvin:
    """Temperature of the front after ten steps from ``t``; the shelf's where nothing can sublime."""
    hindered, floor = pressure, minimum(boiling(pressure, p), shelf)
    pressure = minimum(pressure, ice_pressure(shelf, p))
    t = newton(minimum(maximum(t, floor), shelf), u, power, shelf, pressure, p)
    t = newton(newton(t, u, power, shelf, pressure, p), u, power, shelf, pressure, p)
    t = newton(newton(t, u, power, shelf, pressure, p), u, power, shelf, pressure, p)
    t = newton(newton(newton(t, u, power, shelf, pressure, p), u, power, shelf, pressure, p), u, power, shelf,
               pressure, p)
    t = newton(newton(t, u, power, shelf, pressure, p), u, power, shelf, pressure, p)
    return where(ice_pressure(shelf, p) > hindered, t, shelf)


@law
def drying(
    v: Vial, place: Place, shelf: Kelvin, pressure: Pascal, stopper: Number, p: Parameters
) -> Drying:
    """Pikal's balance of a class at this shelf temperature and chamber pressure."""
    dry = dried_fraction(v, place, p)
    length = frozen_length(place, p)
    cake = length * dry
    resistance = p.resistance_0 + p.resistance_1 * cake / (1.0 + p.resistance_2 * cake)
    resistance = resistance * place.pores * maximum(place.solids / p.resistance_solids, 0.1)
    gas = p.contact + p.gas_conduction * pressure / (1.0 + p.gas_saturation * pressure)
    heat = minimum(gas, p.air_conduction) * place.heat * p.vial_area
    ice = length * (1.0 - dry) / (p.product_area * p.ice_conduction)
    through = p.product_area / resistance * (1.0 - stopper)
    power = p.sublimation_heat * through
    front = balance(v.temperature, heat / (1.0 + heat * ice), power, shelf, pressure, p)
    over = ice_pressure(front, p)
    wet = where(v.ice + v.liquid > p.smallest_mass, 1.0, 0.0)
    active = where(over > pressure, wet, 0.0 * wet)
    # The mean of a class whose fast vials are dry, at the shelf's temperature, while its slow ones still sublime.
    drying_still = active * minimum((1.0 - dry) / maximum(p.drying_scatter, 1.0e-12), 1.0)
    solids = solids_mass(place) * p.solids_capacity
    water = v.ice * p.ice_capacity + v.liquid * p.liquid_capacity
    return Drying(
        sublimation=front,
        pressure=over,
        bottom=shelf + drying_still * (front + power * (over - pressure) * ice - shelf),
        flow=drying_still * place.vials * through,
        heat=place.vials * heat,
        slope=drying_still * place.vials * power * over * p.ice_exponent / (front * front),
        capacity=place.vials * (p.glass_capacity + solids) + water + p.smallest_capacity,
        desorption=p.desorption * exp(-p.desorption_energy / (p.gas_constant * v.temperature)) * dry * (1.0 - stopper),
    )


@law
def kept_bound(v: Vial, place: Place, d: Drying, p: Parameters, dt: Second) -> Kilogram:
    """Bound water after ``dt``: it goes to what the cake keeps at its temperature, never back."""
    dryness = exp(-(v.temperature - p.equilibrium_at) / p.equilibrium_width)
    keeps = minimum(p.equilibrium_moisture * dryness * place.vials * solids_mass(place), v.bound)
    return keeps + (v.bound - keeps) * exp(-d.desorption * dt)


@law
def next_pores(v: Vial, after: Vial, place: Place, p: Parameters, dt: Second) -> Number:
    """Set by the temperature at which the vials nucleate; ripened where all is frozen, warm and not yet dry."""
    fresh = maximum(1.0 + p.supercooling_resistance * (p.nucleation - place.nucleation), 0.5)
    ripe = place.pores + (p.annealed - place.pores) * (1.0 - exp(-dt / p.ripening))
    whole = where(v.liquid <= 0.01 * v.ice, where(dried_fraction(v, place, p) < 1.0e-3, 1.0, 0.0), 0.0)
    held = where(whole * v.temperature > p.annealing, minimum(ripe, place.pores), place.pores)
    return where(v.ice <= p.smallest_mass, where(after.ice > p.smallest_mass, fresh, held), held)


@law
def next_vial(v: Vial, place: Place, d: Drying, removed: Kilogram, p: Parameters, dt: Second) -> Vial:
    """The class after ``dt``, when ``removed`` has sublimed: heat first, then freezing or melting."""
    bound = kept_bound(v, place, d, p, dt)
    pull = d.heat + d.slope
    chill = p.desorption_heat * (v.bound - bound) / dt / maximum(pull, p.smallest_capacity / dt)
    target = d.bottom - minimum(chill, 0.1 * d.bottom)
    rate = pull / d.capacity * dt
    # With both phases the temperature stands and heat is linear in time; otherwise it relaxes.
    two = where(v.ice > p.smallest_mass, where(v.liquid > p.smallest_mass, 1.0, 0.0), 0.0)
    reached = two * rate + (1.0 - two) * (1.0 - exp(-rate))
    warm = v.temperature + (target - v.temperature) * reached
    scale = 1.0 - removed / maximum(v.ice + v.liquid, p.smallest_mass)
    ice, liquid = v.ice * scale, v.liquid * scale
    crystals = where(v.ice > p.smallest_mass, 1.0, where(warm <= place.nucleation, 1.0, 0.0))
    wish = d.capacity * (p.freezing - warm) / p.fusion_heat
    frozen = crystals * minimum(maximum(wish, -ice), liquid)
    hot = minimum(maximum((d.sublimation - p.collapse) / p.collapse_width, 0.0), 1.0)
    return Vial(
        ice=ice + frozen,
        liquid=liquid - frozen,
        bound=bound,
        temperature=warm + frozen * p.fusion_heat / d.capacity,
        collapsed=v.collapsed + hot * removed,
        melted=v.melted + maximum(-frozen, 0.0 * frozen),
    )
