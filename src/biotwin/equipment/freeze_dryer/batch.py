"""The batch: its three classes of vials, what inspection would say of them now, and where the water of the load is.

Vials of a class share one state; how far a class has collapsed or melted tells which part of its vials is rejected.
A stopper that is not home spoils its vial; one that is home may creep up again before the capper where the chamber was
not left under vacuum: what becomes of it is the capper's matter (drawer ``capper``).
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.freeze_dryer.variables import Inputs, Parameters, State
from biotwin.equipment.freeze_dryer.vial import Place, Vial, filled_water, solids_mass
from biotwin.operators import law, maximum, minimum
from biotwin.quantity import CubicMetre, Joule, Kelvin, Kilogram, KilogramPerCubicMetre, Number, Second


@law
def centre(x: State) -> Vial:
    """Vials surrounded by vials."""
    return Vial(x.centre_ice, x.centre_liquid, x.centre_bound, x.centre_temperature, x.centre_collapsed,
                x.centre_melted)


@law
def edge(x: State) -> Vial:
    """Vials that see a wall."""
    return Vial(x.edge_ice, x.edge_liquid, x.edge_bound, x.edge_temperature, x.edge_collapsed, x.edge_melted)


@law
def corner(x: State) -> Vial:
    """Vials that see two walls."""
    return Vial(x.corner_ice, x.corner_liquid, x.corner_bound, x.corner_temperature, x.corner_collapsed,
                x.corner_melted)


@law
def filling(x: State, p: Parameters) -> Number:
    """Part of the places that bear a vial."""
    return x.vials / maximum(p.centre_count + p.edge_count + p.corner_count, p.nothing)


@law
def nucleating(offset: Kelvin, x: State, p: Parameters) -> Kelvin:
    """Where a class of this batch nucleates."""
    return minimum(p.nucleation + offset + p.nucleation_spread * x.luck, p.freezing - p.least_supercooling)


@law
def solids(x: State) -> KilogramPerCubicMetre:
    """Of the solution."""
    return x.protein + x.excipient


@law
def at_centre(x: State, p: Parameters) -> Place:
    """The centre's count, heat, nucleation, pores, and what was filled."""
    return Place(p.centre_count * filling(x, p), p.centre_heat, nucleating(0.0 * p.nucleation, x, p), x.centre_pores,
                 x.fill, solids(x))


@law
def at_edge(x: State, p: Parameters) -> Place:
    """The edge's."""
    return Place(p.edge_count * filling(x, p), p.edge_heat, nucleating(p.edge_nucleation, x, p), x.edge_pores,
                 x.fill, solids(x))


@law
def at_corner(x: State, p: Parameters) -> Place:
    """The corner's."""
    return Place(p.corner_count * filling(x, p), p.corner_heat, nucleating(p.corner_nucleation, x, p),
                 x.corner_pores, x.fill, solids(x))


@law
def water(v: Vial) -> Kilogram:
    """Of all vials of a class."""
    return v.ice + v.liquid + v.bound


@law
def moisture(v: Vial, place: Place, p: Parameters) -> Number:
    """Water over solids of a class."""
    return water(v) / (place.vials * solids_mass(place) + p.smallest_mass)


@law
def spoiled(v: Vial, place: Place, p: Parameters) -> Number:
    """Part of the vials of a class whose cake inspection rejects: collapsed, melted, or with ice left."""
    whole = maximum(place.vials * filled_water(place, p), p.smallest_mass)
    harm = (v.collapsed + v.melted + v.ice + v.liquid) / whole
    return minimum(maximum((harm - p.defect_low) / (p.defect_high - p.defect_low), 0.0), 1.0)


@law
def seated(x: State, p: Parameters) -> Number:
    """Part of the stoppers that are home: all at the full stroke, none where a tenth of it is missing."""
    return minimum(maximum(10.0 * x.stopper - 9.0, 0.0), 1.0)


@law
def raised(x: State, p: Parameters) -> Number:
    """Part of the seated stoppers that creep up before the capper: few where a vacuum holds them."""
    over = x.headspace_pressure / p.atmosphere - p.full_vacuum
    creep = minimum(maximum(over / (1.0 - p.full_vacuum), 0.0), 1.0)
    return p.stoppers_raised + (p.stoppers_pushed - p.stoppers_raised) * creep


@law
def passing(v: Vial, place: Place, x: State, p: Parameters) -> Number:
    """Part of a class's vials that inspection lets pass."""
    return (1.0 - spoiled(v, place, p)) * seated(x, p)


@law
def wettest(x: State, p: Parameters) -> Number:
    """Water over solids of the wettest class."""
    outer = maximum(moisture(edge(x), at_edge(x, p), p), moisture(corner(x), at_corner(x, p), p))
    return maximum(moisture(centre(x), at_centre(x, p), p), outer)


@law
def frozen(x: State, whole: Kilogram) -> Number:
    """Ice over ice and liquid of all vials; 0 when a millionth of the water is left."""
    ice, liquid = x.centre_ice + x.edge_ice + x.corner_ice, x.centre_liquid + x.edge_liquid + x.corner_liquid
    return ice / (ice + liquid + 1.0e-6 * whole)


@law
def sublimed_water(x: State, p: Parameters) -> Kilogram:
    """What has left the vials: on the coil, through the pump, in the chamber's gas."""
    return x.coil_ice + x.pumped_water + p.water_mass * x.chamber_vapour


class Account(NamedTuple):
    """What the three classes give together."""

    accepted: Number
    kept: Kilogram
    """Water in the accepted vials."""
    water: Kilogram
    """In all vials."""
    heat: Joule
    """Of the accepted water."""
    collapsed: Kilogram
    melted: Kilogram
    flawed: Kilogram
    """Dried above collapse or melted, in the accepted vials, which are taken to be as their class is."""


@law
def account(x: State, p: Parameters) -> Account:
    """Of the whole batch, if it were unloaded now."""
    a, b, c = centre(x), edge(x), corner(x)
    ca, cb, cc = at_centre(x, p), at_edge(x, p), at_corner(x, p)
    pa, pb, pc = passing(a, ca, x, p), passing(b, cb, x, p), passing(c, cc, x, p)
    return Account(
        accepted=pa * ca.vials + pb * cb.vials + pc * cc.vials, kept=pa * water(a) + pb * water(b) + pc * water(c),
        water=water(a) + water(b) + water(c), heat=heat(a, pa, p) + heat(b, pb, p) + heat(c, pc, p),
        collapsed=a.collapsed + b.collapsed + c.collapsed, melted=a.melted + b.melted + c.melted,
        flawed=pa * (a.collapsed + a.melted) + pb * (b.collapsed + b.melted) + pc * (c.collapsed + c.melted),
    )


@law
def staying(x: State, u: Inputs, p: Parameters, dt: Second) -> Number:
    """Part of the vials that the sample thief leaves in a tick."""
    drawn = u.sample_flow * dt / maximum(x.fill * x.vials, p.smallest_volume)
    return 1.0 - minimum(maximum(drawn, 0.0), 1.0)


@law
def thinned(v: Vial, share: Number) -> Vial:
    """What is left of a class of which this share stays."""
    return Vial(share * v.ice, share * v.liquid, share * v.bound, v.temperature, share * v.collapsed, share * v.melted)


@law
def volume(mass: Kilogram, p: Parameters) -> CubicMetre:
    """Of water."""
    return mass / p.water_density


@law
def heat(v: Vial, share: Number, p: Parameters) -> Joule:
    """Of the water in a share of a class's vials, above the ice point and not below it."""
    return share * water(v) * p.heat_capacity * maximum(v.temperature - p.ice_point, 0.0 * p.ice_point)
