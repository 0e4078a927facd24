"""The freeze-thaw station: liquor is compounded in a tank, filled into bags, frozen between plates, held and thawed.

Ideas. (1) All bags are alike: one slab between two plates, its heat the only thermal state; ice grows against contact
and its own thickness (Plank). (2) A slow front pushes solute ahead of it and the core grows rich (Scheil); a fast one
traps it but makes more ice surface, on which protein unfolds unless surfactant is there. (3) Thaw gives back what
melts, layered unless rocked; what has not melted cannot be drawn. (4) What is added mixes only as the impeller turns;
bags filled before that hold too little of it. (5) Amounts are exact per step; first order in the tick.
Not modelled: differences between bags, undercooling, gas, container leachables, evaporation, oxidation, pH shift.
"""

from __future__ import annotations

from biotwin.equipment.freeze_thaw.freezing import (
    Ice,
    Liquor,
    Working,
    aggregation_share,
    core_factor,
    frozen_fraction,
    joined,
    plates_heat,
    scaled,
    temperature,
    turned,
    working,
)
from biotwin.equipment.freeze_thaw.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.quantity import Kilogram, KilogramPerCubicMetre, Number, Second

__all__ = ["CARRIES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

CARRIES = "product"
"""The lot is in this station: a plant's figures of merit are read on it."""


@law
def tank_of(x: State) -> Liquor:
    """What is mixed in the tank."""
    return Liquor(x.tank_volume, x.tank_monomer, x.tank_hmw, x.tank_sucrose, x.tank_polysorbate)


@law
def bags_of(x: State) -> Liquor:
    """What is in the bags, ice and liquid."""
    return Liquor(x.bag_volume, x.bag_monomer, x.bag_hmw, x.bag_sucrose, x.bag_polysorbate)


@law
def ice_of(x: State) -> Ice:
    """The bags' ice."""
    return Ice(x.bag_heat, x.core_share, x.layering, x.front_speed, x.ice_formed)


@law
def compounded(x: State, u: Inputs, w: Working, p: Parameters, dt: Second) -> tuple[Liquor, Kilogram]:
    """The tank after additions and a tick of stirring, and the polysorbate that is not mixed in yet."""
    buffer, stock = maximum(u.buffer_flow, 0.0) * dt, maximum(u.polysorbate_flow, 0.0) * dt
    fresh = x.tank_fresh + stock * w.strength
    stays = fresh * exp(-dt * (w.shaft_speed / p.mixing_turns + 1.0 / p.still_mixing))
    return Liquor(x.tank_volume + buffer + stock, x.tank_monomer, x.tank_hmw,
                  x.tank_sucrose + buffer * u.buffer_sucrose, x.tank_polysorbate + (fresh - stays)), stays


@law
def core_of(a: Liquor, i: Ice, p: Parameters) -> Liquor:
    """What is liquid in the bags: all that can be drawn, leak or be sampled."""
    solute = scaled(a, i.core_share)
    return Liquor(a.volume * (1.0 - frozen_fraction(i.heat, a.volume, p)), solute.monomer, solute.hmw,
                  solute.sucrose, solute.polysorbate)


@law
def less(a: Liquor, b: Liquor) -> Liquor:
    """One body less a part of it; what rounding leaves below nothing is nothing."""
    return Liquor(maximum(a.volume - b.volume, 0.0), maximum(a.monomer - b.monomer, 0.0), maximum(a.hmw - b.hmw, 0.0),
                  maximum(a.sucrose - b.sucrose, 0.0), maximum(a.polysorbate - b.polysorbate, 0.0))


@law
def drawn_share(u: Inputs, core: Liquor, p: Parameters, dt: Second) -> tuple[Number, Number, Number]:
    """Parts of the liquid core that are sent on, that leak and that are sampled in a tick."""
    held = core.volume + p.smallest_volume
    sent = 1.0 - exp(-maximum(u.harvest_flow, 0.0) * dt / held)
    leaked = (1.0 - sent) * (1.0 - exp(-maximum(u.leakage, 0.0) * dt))
    return sent, leaked, 1.0 - sent - leaked


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The station after ``dt`` seconds: additions, filling, sampling, heat, aggregation, then what leaves."""
    w = working(u, p)
    tank, fresh = compounded(x, u, w, p, dt)
    taken = minimum(1.0 - exp(-dt / p.drain_time), maximum(u.fill_flow, 0.0) * dt / (tank.volume + p.smallest_volume))
    filled = scaled(tank, taken)
    tank = less(tank, filled)
    in_tank = where(tank.volume > 1000.0 * p.smallest_volume, 1.0, 0.0)
    tapped = minimum(maximum(u.sample_flow, 0.0) * dt / (tank.volume + p.smallest_volume), 1.0) * in_tank
    sample = scaled(tank, tapped)
    tank = less(tank, sample)
    room = maximum(p.bag_capacity - x.bag_volume, 0.0 * x.bag_volume) / maximum(filled.volume, p.smallest_volume)
    held = scaled(filled, minimum(room, 1.0))
    over = less(filled, held)
    bags = joined(bags_of(x), held)
    brought = p.density * held.volume * p.liquid_heat * (u.tank_temperature - p.freezing_point)
    old = ice_of(x)
    fed = Ice(old.heat + brought, old.core_share, old.layering, old.front_speed, old.formed)
    ice = turned(fed, bags.volume, u, w, p, dt)
    lost = aggregation_share(bags, ice, ice.formed - old.formed, p, dt) * bags.monomer
    bags = Liquor(bags.volume, bags.monomer - lost, bags.hmw + lost, bags.sucrose, bags.polysorbate)
    return left(x, (tank, fresh, bags), ice, (sample, over, lost), u, dt, p)


@law
def left(x: State, bodies: tuple[Liquor, Kilogram, Liquor], ice: Ice, gone: tuple[Liquor, Liquor, Kilogram],
         u: Inputs, dt: Second, p: Parameters) -> State:
    """What leaves the bags in a tick, and the accounts."""
    tank, fresh, bags = bodies
    sample, over, lost = gone
    core = core_of(bags, ice, p)
    sent_part, leaked_part, stays = drawn_share(u, core, p, dt)
    wanted = maximum(u.sample_flow, 0.0) * dt * where(tank.volume > 1000.0 * p.smallest_volume, 0.0, 1.0)
    tapped = stays * minimum(wanted / (core.volume + p.smallest_volume), 1.0)
    sent, leaked, second = scaled(core, sent_part), scaled(core, leaked_part), scaled(core, tapped)
    kept = less(less(less(bags, sent), leaked), second)
    out = minimum(sent_part + leaked_part + tapped, 1.0)
    warmth = maximum(ice.heat, 0.0 * ice.heat)
    share = ice.core_share * (1.0 - out) / maximum(1.0 - ice.core_share * out, 1.0e-9)
    warm = temperature(ice.heat, bags.volume, p)
    stock = maximum(u.polysorbate_flow, 0.0) * dt
    return State(
        tank_volume=tank.volume, tank_monomer=tank.monomer, tank_hmw=tank.hmw, tank_sucrose=tank.sucrose,
        tank_polysorbate=tank.polysorbate, tank_fresh=fresh,
        bag_volume=kept.volume, bag_monomer=kept.monomer, bag_hmw=kept.hmw, bag_sucrose=kept.sucrose,
        bag_polysorbate=kept.polysorbate, bag_heat=ice.heat - warmth * out, core_share=minimum(share, 1.0),
        layering=ice.layering, front_speed=ice.front_speed, ice_formed=ice.formed, aggregated=x.aggregated + lost,
        buffer_added=x.buffer_added + maximum(u.buffer_flow, 0.0) * dt,
        sucrose_added=x.sucrose_added + maximum(u.buffer_flow, 0.0) * dt * u.buffer_sucrose,
        polysorbate_added=x.polysorbate_added + stock * working(u, p).strength,
        polysorbate_volume=x.polysorbate_volume + stock,
        sampled_volume=x.sampled_volume + sample.volume + second.volume,
        sampled_monomer=x.sampled_monomer + sample.monomer + second.monomer,
        sampled_hmw=x.sampled_hmw + sample.hmw + second.hmw,
        sampled_sucrose=x.sampled_sucrose + sample.sucrose + second.sucrose,
        sampled_polysorbate=x.sampled_polysorbate + sample.polysorbate + second.polysorbate,
        spilt_volume=x.spilt_volume + over.volume + leaked.volume,
        spilt_monomer=x.spilt_monomer + over.monomer + leaked.monomer, spilt_hmw=x.spilt_hmw + over.hmw + leaked.hmw,
        spilt_sucrose=x.spilt_sucrose + over.sucrose + leaked.sucrose,
        spilt_polysorbate=x.spilt_polysorbate + over.polysorbate + leaked.polysorbate,
        transferred_volume=x.transferred_volume + sent.volume, transferred_monomer=x.transferred_monomer + sent.monomer,
        transferred_hmw=x.transferred_hmw + sent.hmw, transferred_sucrose=x.transferred_sucrose + sent.sucrose,
        transferred_polysorbate=x.transferred_polysorbate + sent.polysorbate,
        transferred_heat=x.transferred_heat + sent.volume * (p.water_density * p.heat_capacity * (warm - p.ice_point)),
    )


@law
def per(amount: Kilogram, a: Liquor, p: Parameters) -> KilogramPerCubicMetre:
    """Concentration in a body; 0 where there is none."""
    return amount / (a.volume + p.smallest_volume)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """All that can be seen on the station at this instant."""
    w, tank, bags, ice = working(u, p), tank_of(x), bags_of(x), ice_of(x)
    core = core_of(bags, ice, p)
    at_tank = tank.volume > 1000.0 * p.smallest_volume
    bottom = 1.0 + p.layer_excess * x.layering
    protein = tank.monomer + tank.hmw + bags.monomer + bags.hmw
    passed = x.transferred_monomer + x.transferred_hmw
    no_bags = bags.volume < p.smallest_volume
    volume = x.transferred_volume + p.smallest_volume
    return Readings(
        weight=p.tare_mass + p.density * tank.volume, liquid_volume=tank.volume,
        tank_titre=per(tank.monomer + tank.hmw, tank, p), tank_polysorbate=per(tank.polysorbate, tank, p),
        tank_unmixed=x.tank_fresh / maximum(x.tank_fresh + x.tank_polysorbate, p.smallest_mass),
        bag_volume=bags.volume, bag_fill=bags.volume / p.bag_capacity, bag_weight=p.density * bags.volume,
        temperature=where(no_bags, u.jacket_temperature, temperature(x.bag_heat, bags.volume, p)),
        frozen_fraction=frozen_fraction(x.bag_heat, bags.volume, p), front_speed=x.front_speed,
        core_factor=core_factor(ice, bags.volume, p), freezings=x.ice_formed,
        titre=where(at_tank, per(tank.monomer + tank.hmw, tank, p), bottom * per(core.monomer + core.hmw, core, p)),
        aggregate_fraction=(tank.hmw + bags.hmw) / maximum(protein, p.smallest_mass),
        polysorbate=where(at_tank, per(tank.polysorbate, tank, p), bottom * per(core.polysorbate, core, p)),
        sucrose=where(at_tank, per(tank.sucrose, tank, p), bottom * per(core.sucrose, core, p)),
        layering=x.layering, jacket_heat=plates_heat(x.bag_heat, bags.volume, u, w, p), shaft_speed=w.shaft_speed,
        tank_monomer=x.tank_monomer, tank_hmw=x.tank_hmw, tank_sucrose=x.tank_sucrose,
        tank_surfactant=x.tank_polysorbate + x.tank_fresh,
        bag_monomer=x.bag_monomer, bag_hmw=x.bag_hmw, bag_sucrose=x.bag_sucrose, bag_surfactant=x.bag_polysorbate,
        aggregated=x.aggregated, buffer_added=x.buffer_added, sucrose_added=x.sucrose_added,
        polysorbate_added=x.polysorbate_added, polysorbate_volume=x.polysorbate_volume,
        sampled_volume=x.sampled_volume, sampled_monomer=x.sampled_monomer, sampled_hmw=x.sampled_hmw,
        sampled_sucrose=x.sampled_sucrose, sampled_polysorbate=x.sampled_polysorbate,
        spilt_volume=x.spilt_volume, spilt_monomer=x.spilt_monomer, spilt_hmw=x.spilt_hmw,
        spilt_sucrose=x.spilt_sucrose, spilt_polysorbate=x.spilt_polysorbate,
        transferred_volume=x.transferred_volume, transferred_monomer=x.transferred_monomer,
        transferred_hmw=x.transferred_hmw, transferred_sucrose=x.transferred_sucrose,
        transferred_polysorbate=x.transferred_polysorbate, transferred_heat=x.transferred_heat,
        transferred_aggregates=x.transferred_hmw / maximum(passed, p.smallest_mass),
        transferred_titre=passed / volume, transferred_surfactant=x.transferred_polysorbate / volume,
    )


def initial(p: Parameters, start: Start) -> State:
    """The retentate pool in the tank; bags empty, or holding the same liquor, thawed."""
    v, b = start.volume, start.bag_volume
    above, mass = start.bag_temperature - p.freezing_point, p.density * b
    cold = mass * p.ice_heat * min(above, 0.0) if start.frozen >= 1.0 else 0.0
    warm = mass * p.liquid_heat * max(above, 0.0)
    heat = cold - start.frozen * mass * p.latent_heat if start.frozen > 0.0 else warm
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        tank_volume=v, tank_monomer=start.monomer * v, tank_hmw=start.hmw * v, tank_sucrose=start.sucrose * v,
        tank_polysorbate=start.polysorbate * v,
        bag_volume=b, bag_monomer=start.monomer * b, bag_hmw=start.hmw * b, bag_sucrose=start.sucrose * b,
        bag_polysorbate=start.polysorbate * b, bag_heat=heat, core_share=1.0 - start.frozen,
    )
