"""A freeze dryer: shelf, chamber, duct, condenser with its coil, vacuum pump, and a batch of vials in three classes.

Ideas. (1) Vials of a class share one state; centre, edge and corner differ in the heat that they get and in the
temperature at which they nucleate. (2) Primary drying is Pikal's quasi-steady balance, solved by a fixed number of
Newton's steps. (3) Water only moves: ice, liquid, bound water, vapour, ice on the coil, pumped out; the sum stands.
(4) Pressure is a result of vials, bleed, leak, duct, coil and pump; loops stand outside, on plain actuators.
Not modelled: heat taken from the shelf, ice thickness on the coil, resistance that depends on nucleation, defrosting.
"""

from __future__ import annotations

from biotwin.equipment.freeze_dryer.chamber import (
    Sources,
    bleed_opening,
    chamber_pressure,
    coil_pressure,
    condenser_inert_pressure,
    kept,
    step_gas,
    suction,
    unit,
)
from biotwin.equipment.freeze_dryer.variables import Inputs, Parameters, Readings, Start, State
from biotwin.equipment.freeze_dryer.vial import (
    Drying,
    KilogramPerSecondPascal,
    Place,
    Vial,
    dried_fraction,
    drying,
    filled_water,
    next_vial,
)
from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.quantity import Kelvin, Kilogram, KilogramPerSecond, Number, Pascal, Second

__all__ = ["Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]


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
def at_centre(p: Parameters) -> Place:
    """The centre's count, heat and nucleation."""
    return Place(p.centre_count, p.centre_heat, p.nucleation)


@law
def at_edge(p: Parameters) -> Place:
    """The edge's."""
    return Place(p.edge_count, p.edge_heat, p.nucleation + p.edge_nucleation)


@law
def at_corner(p: Parameters) -> Place:
    """The corner's."""
    return Place(p.corner_count, p.corner_heat, p.nucleation + p.corner_nucleation)


@law
def next_shelf(x: State, u: Inputs, p: Parameters, dt: Second) -> Kelvin:
    """The shelf follows its target at the ramp that pump and heater still give; a still one goes to the room."""
    cool = p.ramp * (1.0 - u.shelf_pump_dead) * dt
    heat = cool * (1.0 - u.shelf_heater_dead)
    moved = x.shelf_temperature + minimum(maximum(u.shelf_target - x.shelf_temperature, -cool), heat)
    return moved + (p.room - moved) * (1.0 - exp(-u.shelf_pump_dead * dt / p.shelf_drift))


@law
def limited(d: Drying, v: Vial, dt: Second) -> KilogramPerSecondPascal:
    """Flow per pascal that takes no more than there is in one tick."""
    return minimum(d.flow, (1.0 - 1.0e-9) * (v.ice + v.liquid) / (d.pressure * dt))


@law
def sublimed(flow: KilogramPerSecondPascal, d: Drying, pressure: Pascal, dt: Second) -> Kilogram:
    """Water that leaves the ice of a class in a tick, against the pressure at its end."""
    return flow * maximum(d.pressure - pressure, 0.0) * dt


@law
def desorbed(v: Vial, d: Drying, dt: Second) -> Kilogram:
    """Bound water that leaves the cakes of a class in a tick."""
    return v.bound * (1.0 - exp(-d.desorption * dt))


@law
def next_coil(x: State, u: Inputs, p: Parameters, arrived: Kilogram, dt: Second) -> Kelvin:
    """Exact at a constant load: refrigerant, room and the vapour's heat."""
    cold = p.coil_refrigeration * unit(u.condenser_duty) * (1.0 - u.refrigeration_loss)
    conductance = cold + p.coil_room
    load = arrived / dt * p.sublimation_heat
    end = (cold * p.evaporation + p.coil_room * p.room + load) / conductance
    capacity = p.coil_capacity + x.coil_ice * p.ice_capacity
    return end + (x.coil_temperature - end) * exp(-conductance * dt / capacity)


@law
def next_stopper(x: State, u: Inputs, p: Parameters, dt: Second) -> Number:
    """The press moves stoppers home, never out."""
    stroke = dt / p.press_time * (1.0 - u.press_jammed)
    return maximum(x.stopper, minimum(unit(u.stopper_press), x.stopper + stroke))


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The dryer after ``dt``: vials at the middle of the shelf's step, then gas, then coil."""
    shelf = next_shelf(x, u, p, dt)
    middle, pressure = 0.5 * (x.shelf_temperature + shelf), chamber_pressure(x, p)
    a, b, c = centre(x), edge(x), corner(x)
    da = drying(a, at_centre(p), middle, pressure, x.stopper, p)
    db = drying(b, at_edge(p), middle, pressure, x.stopper, p)
    dc = drying(c, at_corner(p), middle, pressure, x.stopper, p)
    fa, fb, fc = limited(da, a, dt), limited(db, b, dt), limited(dc, c, dt)
    left = desorbed(a, da, dt) + desorbed(b, db, dt) + desorbed(c, dc, dt)
    per = 1.0 / p.water_mass
    given = Sources(
        per * (fa * da.pressure + fb * db.pressure + fc * dc.pressure), per * (fa + fb + fc), per * left
    )
    gas = step_gas(x, u, p, given, dt)
    settled = gas.pressure
    sa, sb, sc = sublimed(fa, da, settled, dt), sublimed(fb, db, settled, dt), sublimed(fc, dc, settled, dt)
    vapour = x.chamber_vapour + per * (sa + sb + sc + left) + gas.back
    inert = x.chamber_inert + gas.inert_in + gas.inert_back
    stays = kept(vapour, inert, gas.pressure, p)
    caught = p.water_mass * (vapour * (1.0 - stays) - gas.back)
    pumped = p.water_mass * gas.pumped
    emptied = 1.0 + suction(u, p) * dt / p.condenser_volume
    va, vb, vc = (
        next_vial(a, at_centre(p), da, sa, p, dt), next_vial(b, at_edge(p), db, sb, p, dt),
        next_vial(c, at_corner(p), dc, sc, p, dt),
    )
    return State(
        shelf, vapour * stays, inert * stays,
        (x.condenser_inert - gas.inert_back + inert * (1.0 - stays)) / emptied,
        next_coil(x, u, p, caught, dt), x.coil_ice + caught - pumped, x.pumped_water + pumped,
        next_stopper(x, u, p, dt), where(u.bleed_stuck > 0.0, x.bleed_held, u.bleed_opening),
        va.ice, va.liquid, va.bound, va.temperature, va.collapsed, va.melted,
        vb.ice, vb.liquid, vb.bound, vb.temperature, vb.collapsed, vb.melted,
        vc.ice, vc.liquid, vc.bound, vc.temperature, vc.collapsed, vc.melted,
    )


@law
def flow(d: Drying, pressure: Pascal) -> KilogramPerSecond:
    """Sublimation of a class now."""
    return d.flow * maximum(d.pressure - pressure, 0.0)


@law
def moisture(v: Vial, count: Number, p: Parameters) -> Number:
    """Water over solids of a class."""
    return (v.ice + v.liquid + v.bound) / (count * p.fill * p.solids + p.smallest_mass)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Gauges, thermocouples and truth at this instant."""
    pressure, shelf = chamber_pressure(x, p), x.shelf_temperature
    a, b, c = centre(x), edge(x), corner(x)
    da = drying(a, at_centre(p), shelf, pressure, x.stopper, p)
    db = drying(b, at_edge(p), shelf, pressure, x.stopper, p)
    dc = drying(c, at_corner(p), shelf, pressure, x.stopper, p)
    fraction = x.chamber_vapour / (x.chamber_vapour + x.chamber_inert + p.smallest_amount)
    count = p.centre_count + p.edge_count + p.corner_count
    water, dry = count * filled_water(p) + p.smallest_mass, count * p.fill * p.solids + p.smallest_mass
    ice, liquid = a.ice + b.ice + c.ice, a.liquid + b.liquid + c.liquid
    conductance = p.duct * (1.0 - u.duct_blockage) * p.water_mass
    return Readings(
        chamber_pressure=pressure,
        pirani_pressure=pressure * (1.0 + (p.pirani_ratio - 1.0) * fraction) * (1.0 + u.pirani_bias),
        condenser_pressure=condenser_inert_pressure(x, p) + coil_pressure(x, p),
        shelf_temperature=shelf, coil_temperature=x.coil_temperature, coil_ice=x.coil_ice,
        centre_product=a.temperature + u.probe_out * (shelf - a.temperature),
        edge_product=b.temperature, corner_product=c.temperature,
        sublimation_temperature=da.sublimation, bottom_temperature=da.bottom,
        vapour_flow=flow(da, pressure) + flow(db, pressure) + flow(dc, pressure),
        capability=conductance * maximum(pressure - coil_pressure(x, p), 0.0),
        bleed=bleed_opening(x, u) * p.bleed_flow * maximum(1.0 - pressure / p.atmosphere, 0.0),
        centre_dried=dried_fraction(a, p.centre_count, p), edge_dried=dried_fraction(b, p.edge_count, p),
        corner_dried=dried_fraction(c, p.corner_count, p), frozen=ice / (ice + liquid + 1.0e-6 * water),
        moisture=(ice + liquid + a.bound + b.bound + c.bound) / dry,
        wettest=maximum(moisture(a, p.centre_count, p),
                        maximum(moisture(b, p.edge_count, p), moisture(c, p.corner_count, p))),
        collapsed=(a.collapsed + b.collapsed + c.collapsed) / water,
        melted=(a.melted + b.melted + c.melted) / water, vapour_fraction=fraction, stopper=x.stopper,
    )


def initial(p: Parameters, start: Start) -> State:
    """Loaded, in air; chamber and condenser at one pressure."""
    water = filled_water(p) * (1.0 - start.dried)
    loads = []
    for count in (p.centre_count, p.edge_count, p.corner_count):
        bound = p.bound_moisture * p.fill * p.solids
        loads += [count * water * start.frozen, count * water * (1.0 - start.frozen), count * bound,
                  start.temperature, 0.0, 0.0]
    per = start.pressure / (p.gas_constant * p.gas_temperature)
    return State(start.shelf_temperature, 0.0, per * p.chamber_volume, per * p.condenser_volume,
                 start.coil_temperature, 0.0, 0.0, 0.0, 0.0, *loads)
