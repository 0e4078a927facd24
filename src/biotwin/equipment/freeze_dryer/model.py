"""A freeze dryer: shelf, chamber, duct, condenser with its coil, vacuum pump, and a batch of vials in three classes.

Ideas. (1) Vials of a class share one state; centre, edge and corner differ in the heat that they get and in the
temperature at which they nucleate, which chance shifts from batch to batch and which sets the pores of the cake.
(2) Primary drying is Pikal's quasi-steady balance, solved by a fixed number of Newton's steps. (3) Water only moves:
ice, liquid, bound water, vapour, ice on the coil, pumped out; the sum stands. (4) Pressure is a result of vials, bleed,
leak, duct, coil and pump; loops stand outside, on plain actuators.
Not modelled: ice thickness on the coil, defrosting, single vials. The shelf feels its load where a loop is wired to it.
"""

from __future__ import annotations

from biotwin.equipment.freeze_dryer.batch import (
    account,
    at_centre,
    at_corner,
    at_edge,
    centre,
    corner,
    edge,
    frozen,
    raised,
    staying,
    sublimed_water,
    thinned,
    volume,
    water,
    wettest,
)
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
    kept_bound,
    next_pores,
    next_vial,
    solids_mass,
)
from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.quantity import Kelvin, Kilogram, KilogramPerSecond, Number, Pascal, Second, Watt

__all__ = ["CARRIES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

CARRIES = "product"


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
def desorbed(v: Vial, place: Place, d: Drying, p: Parameters, dt: Second) -> Kilogram:
    """Bound water that leaves the cakes of a class in a tick."""
    return v.bound - kept_bound(v, place, d, p, dt)


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
    ca, cb, cc = at_centre(x, p), at_edge(x, p), at_corner(x, p)
    da, db = drying(a, ca, middle, pressure, x.stopper, p), drying(b, cb, middle, pressure, x.stopper, p)
    dc = drying(c, cc, middle, pressure, x.stopper, p)
    fa, fb, fc = limited(da, a, dt), limited(db, b, dt), limited(dc, c, dt)
    left = desorbed(a, ca, da, p, dt) + desorbed(b, cb, db, p, dt) + desorbed(c, cc, dc, p, dt)
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
    ta, tb, tc = next_vial(a, ca, da, sa, p, dt), next_vial(b, cb, db, sb, p, dt), next_vial(c, cc, dc, sc, p, dt)
    stay = staying(x, u, p, dt)
    va, vb, vc = thinned(ta, stay), thinned(tb, stay), thinned(tc, stay)
    return State(
        shelf, vapour * stays, inert * stays,
        (x.condenser_inert - gas.inert_back + inert * (1.0 - stays)) / emptied,
        next_coil(x, u, p, caught, dt), maximum(x.coil_ice + caught - pumped, 0.0 * pumped), x.pumped_water + pumped,
        next_stopper(x, u, p, dt), where(u.bleed_stuck > 0.0, x.bleed_held, u.bleed_opening),
        x.vials * stay, x.fill, x.protein, x.excipient, x.sampled_vials + (1.0 - stay) * x.vials,
        x.sampled_water + (1.0 - stay) * (water(ta) + water(tb) + water(tc)),
        where(x.centre_temperature > p.freezing, u.deviate, x.luck),
        where(x.stopper < 1.0, gas.pressure, x.headspace_pressure), next_pores(a, va, ca, p, dt),
        next_pores(b, vb, cb, p, dt), next_pores(c, vc, cc, p, dt),
        va.ice, va.liquid, va.bound, va.temperature, va.collapsed, va.melted,
        vb.ice, vb.liquid, vb.bound, vb.temperature, vb.collapsed, vb.melted,
        vc.ice, vc.liquid, vc.bound, vc.temperature, vc.collapsed, vc.melted,
    )


@law
def flow(d: Drying, pressure: Pascal) -> KilogramPerSecond:
    """Sublimation of a class now."""
    return d.flow * maximum(d.pressure - pressure, 0.0)


@law
def load(d: Drying, v: Vial, shelf: Kelvin) -> Watt:
    """What a class takes from the shelf."""
    return d.heat * (shelf - v.temperature)


@law
def reconstitution(collapsed: Number, p: Parameters) -> Second:
    """Between that of a whole and that of a collapsed cake."""
    return p.reconstitution + (p.reconstitution_collapsed - p.reconstitution) * minimum(collapsed, 1.0)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Gauges, thermocouples and truth at this instant."""
    pressure, shelf = chamber_pressure(x, p), x.shelf_temperature
    a, b, c = centre(x), edge(x), corner(x)
    ca, cb, cc = at_centre(x, p), at_edge(x, p), at_corner(x, p)
    da, db = drying(a, ca, shelf, pressure, x.stopper, p), drying(b, cb, shelf, pressure, x.stopper, p)
    dc = drying(c, cc, shelf, pressure, x.stopper, p)
    fraction = x.chamber_vapour / (x.chamber_vapour + x.chamber_inert + p.smallest_amount)
    count = ca.vials + cb.vials + cc.vials
    loaded = count + x.sampled_vials + p.nothing
    whole, dry = count * filled_water(ca, p) + p.smallest_mass, count * solids_mass(ca) + p.smallest_mass
    gauges = (1.0 + (p.pirani_ratio - 1.0) * fraction) * (1.0 + u.pirani_bias)
    worth, heated = account(x, p), load(da, a, shelf) + load(db, b, shelf) + load(dc, c, shelf)
    unloaded = where(pressure > p.door * p.atmosphere, worth.accepted, 0.0)
    return Readings(
        chamber_pressure=pressure, pirani_pressure=pressure * gauges,
        condenser_pressure=condenser_inert_pressure(x, p) + coil_pressure(x, p),
        shelf_temperature=shelf, coil_temperature=x.coil_temperature, coil_ice=x.coil_ice,
        centre_product=a.temperature + u.probe_out * (shelf - a.temperature),
        edge_product=b.temperature, corner_product=c.temperature,
        sublimation_temperature=da.sublimation, bottom_temperature=da.bottom,
        vapour_flow=flow(da, pressure) + flow(db, pressure) + flow(dc, pressure),
        capability=p.water_mass * p.duct * (1.0 - u.duct_blockage) * maximum(pressure - coil_pressure(x, p), 0.0),
        bleed=bleed_opening(x, u) * p.bleed_flow * maximum(1.0 - pressure / p.atmosphere, 0.0),
        centre_dried=dried_fraction(a, ca, p), edge_dried=dried_fraction(b, cb, p),
        corner_dried=dried_fraction(c, cc, p), frozen=frozen(x, whole),
        moisture=worth.water / dry, wettest=wettest(x, p), collapsed=worth.collapsed / whole,
        melted=worth.melted / whole, flawed=worth.flawed / (worth.accepted * filled_water(ca, p) + p.smallest_mass),
        vapour_fraction=fraction, gauge_ratio=gauges, stopper=x.stopper,
        shelf_outlet=shelf - heated / p.shelf_flow, shelf_heat=heated,
        leak_rate=(p.natural_leak + u.leak * p.leak_flow) * p.gas_constant * p.room,
        headspace_pressure=x.headspace_pressure,
        reconstitution=reconstitution(worth.collapsed / whole, p), accepted=worth.accepted,
        accepted_share=worth.accepted / loaded, rejected=count - worth.accepted,
        rejected_share=(count - worth.accepted) / loaded, raised=raised(x, p),
        unloaded=unloaded, drawable=where(unloaded > 0.0, 0.0, count) * x.fill,
        protein_dried=worth.accepted * x.fill * x.protein, residual_water=volume(worth.kept, p),
        rejected_water=volume(worth.water - worth.kept, p), sublimed_water=volume(sublimed_water(x, p), p),
        sampled_water=volume(x.sampled_water, p), solids_volume=loaded * solids_mass(ca) / p.solute_density,
        sampled=x.sampled_vials, sampled_share=x.sampled_vials / loaded, residual_heat=worth.heat,
    )


def initial(p: Parameters, start: Start) -> State:
    """Loaded, in air; chamber and condenser at one pressure."""
    places = max(p.centre_count + p.edge_count + p.corner_count, p.nothing)
    per = start.pressure / (p.gas_constant * p.gas_temperature)
    x = State(start.shelf_temperature, 0.0, per * p.chamber_volume, per * p.condenser_volume,
              start.coil_temperature, 0.0, 0.0, 0.0, 0.0, start.vials, start.fill, start.protein, start.excipient,
              0.0, 0.0, 0.0, start.pressure, 1.0, 1.0, 1.0, *[0.0] * 18)
    each = filled_water(at_centre(x, p), p) * (1.0 - start.dried)
    loads: list[float] = []
    for places_of in (p.centre_count, p.edge_count, p.corner_count):
        count = places_of * start.vials / places
        bound = p.bound_moisture * start.fill * (start.protein + start.excipient)
        loads += [count * each * start.frozen, count * each * (1.0 - start.frozen), count * bound,
                  start.temperature, 0.0, 0.0]
    return State(*x[:-18], *loads)
