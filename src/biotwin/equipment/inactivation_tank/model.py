"""The virus inactivation tank: a pool is brought to low pH, held, brought back; two zones of one liquid.

Ideas. (1) The probes and the sample port are in the bulk; a little of the liquid is not (corners, dead legs), more when
the stirrer stands. What stays there untreated caps the reduction of the whole. (2) State holds amounts, and every step
of a tick is the exact solution of a linear or a second-order law: additions, settling, exchange, heat, acid. Amounts
stay positive at any tick and for any flow; only the order of the steps costs accuracy, first order in the tick.
(3) pH is electroneutrality of acetate, Tris, the protein's carboxyl groups and strong ions in each zone.
(4) The virus's load is never measured: it is there for the debrief.
Not modelled: evaporation, foam, salt's effect on either kinetics, turbidity, non-enveloped virus (acid leaves it be).
"""

from __future__ import annotations

from biotwin.equipment.inactivation_tank.kinetics import acidity, held
from biotwin.equipment.inactivation_tank.variables import Inputs, Parameters, Readings, Start, State
from biotwin.equipment.inactivation_tank.zones import (
    Working,
    Zone,
    bulk_of,
    exchanged,
    joined,
    protein,
    resettled,
    scaled,
    slow_of,
    slow_share,
    working,
)
from biotwin.operators import exp, law, log, maximum, minimum
from biotwin.properties.titration import LN10, Charges, excess
from biotwin.quantity import CubicMetre, Kelvin, MolPerCubicMetre, Number, Second, WattPerKelvin

__all__ = ["CARRIES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

CARRIES = "product"
"""The lot is in this vessel: a plant's figures of merit are read on it."""


@law
def pool_ions(ph: Number, u: Inputs, p: Parameters) -> MolPerCubicMetre:
    """Strong ions that a pool of this pH holds."""
    none = 0.0 * p.molar
    return -excess(ph, Charges(none, u.pool_acetate, none, p.carboxyl * u.pool_titre), p.molar)


@law
def pool(volume: CubicMetre, ph: Number, u: Inputs, p: Parameters) -> Zone:
    """A volume of the capture step's pool."""
    mass = u.pool_titre * volume
    return Zone(
        volume=volume, strong_ions=pool_ions(ph, u, p) * volume, acetate=u.pool_acetate * volume,
        tris=0.0 * p.molar * volume, native=mass * (1.0 - u.pool_aggregates), unfolded=0.0 * mass,
        aggregates=mass * u.pool_aggregates, virus=u.pool_virus * volume,
    )


@law
def titrants(u: Inputs, p: Parameters, w: Working, dt: Second) -> Zone:
    """Acid and base of one tick."""
    acid, base = u.acid_flow * dt, u.base_flow * dt
    tris = base * u.base_strength
    mass = 0.0 * u.pool_titre * acid
    return Zone(volume=acid + base, strong_ions=-acid * w.acid_strength, acetate=0.0 * tris, tris=tris,
                native=mass, unfolded=mass, aggregates=mass, virus=0.0)


@law
def warmed(x: State, entered: CubicMetre, whole: CubicMetre, u: Inputs, p: Parameters, w: Working,
           dt: Second) -> Kelvin:
    """Temperature after mixing what entered and a tick against jacket and room; ``whole`` is what is heated."""
    specific = p.density * p.heat_capacity
    capacity = specific * (x.bulk_volume + x.slow_volume) + p.wall_capacity
    brought = specific * entered
    mixed = (capacity * x.temperature + brought * u.liquid_temperature) / (capacity + brought)
    wetted = minimum(whole / p.vessel_volume, 1.0)
    jacket, room = w.jacket * wetted, p.room_conductance
    even = (jacket * u.jacket_temperature + room * u.room_temperature) / (jacket + room)
    return even + (mixed - even) * exp(-(jacket + room) * dt / (capacity + brought))


@law
def moved(x: State, u: Inputs, p: Parameters, w: Working, dt: Second) -> State:
    """The tank after ``dt`` seconds at constant inputs; ``w`` is what its hardware does."""
    filled, added = pool(u.pool_flow * dt, u.pool_ph, u, p), titrants(u, p, w, dt)
    entered = filled.volume + added.volume
    bulk, slow = joined(bulk_of(x), joined(filled, added)), slow_of(x)
    whole = bulk.volume + slow.volume
    taken = minimum((u.harvest_flow + u.sample_flow) * dt, whole) / (whole + p.least_volume)
    drawn = taken * (protein(bulk) + protein(slow))
    gone = scaled(joined(bulk, slow), taken)
    on = u.harvest_flow / maximum(u.harvest_flow + u.sample_flow, p.least_flow)
    bulk, slow = resettled(scaled(bulk, 1.0 - taken), scaled(slow, 1.0 - taken), w, p, dt)
    bulk, slow = exchanged(bulk, slow, w, p, dt)
    temperature = warmed(x, entered, bulk.volume + slow.volume, u, p, w, dt)
    b, s = held(bulk, temperature, p, dt), held(slow, temperature, p, dt)
    return State(
        bulk_volume=b.volume, bulk_strong_ions=b.strong_ions, bulk_acetate=b.acetate, bulk_tris=b.tris,
        bulk_native=b.native, bulk_unfolded=b.unfolded, bulk_aggregates=b.aggregates, bulk_virus=b.virus,
        slow_volume=s.volume, slow_strong_ions=s.strong_ions, slow_acetate=s.acetate, slow_tris=s.tris,
        slow_native=s.native, slow_unfolded=s.unfolded, slow_aggregates=s.aggregates, slow_virus=s.virus,
        temperature=temperature,
        challenge=(x.challenge + filled.virus) * (1.0 - taken),
        acid_added=x.acid_added + u.acid_flow * dt, base_added=x.base_added + u.base_flow * dt,
        liquid_supplied=x.liquid_supplied + entered - taken * whole,
        product_supplied=x.product_supplied + protein(filled) - drawn,
        transferred_volume=x.transferred_volume + on * gone.volume,
        transferred_monomer=x.transferred_monomer + on * (gone.native + gone.unfolded),
        transferred_aggregates=x.transferred_aggregates + on * gone.aggregates,
        transferred_virus=x.transferred_virus + on * gone.virus,
        transferred_strong_ions=x.transferred_strong_ions + on * gone.strong_ions,
        transferred_acetate=x.transferred_acetate + on * gone.acetate,
        transferred_tris=x.transferred_tris + on * gone.tris,
        sampled_volume=x.sampled_volume + (1.0 - on) * gone.volume,
        sampled_monomer=x.sampled_monomer + (1.0 - on) * (gone.native + gone.unfolded),
        sampled_aggregates=x.sampled_aggregates + (1.0 - on) * gone.aggregates,
    )


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The tank after ``dt`` seconds at constant inputs."""
    return moved(x, u, p, working(u, p), dt)


@law
def decades(survival: Number, p: Parameters) -> Number:
    """A log reduction, 0 .. 12."""
    return -log(minimum(maximum(survival, p.least_survival), 1.0)) / LN10


@law
def shown(x: State, u: Inputs, p: Parameters, w: Working) -> Readings:
    """All that can be seen on the tank; ``w`` is what its hardware does."""
    bulk, slow = bulk_of(x), slow_of(x)
    whole = joined(bulk, slow)
    mass = protein(whole)
    per_volume = 1.0 / (whole.volume + p.least_volume)
    nobody = maximum(1.0e-6 - x.challenge, 0.0)
    met = x.challenge + nobody
    survival = (whole.virus + nobody) / met
    own = bulk.virus / (bulk.volume + p.least_volume) / (met * per_volume) + nobody / met
    conductance: WattPerKelvin = w.jacket * minimum(whole.volume / p.vessel_volume, 1.0)
    return Readings(
        temperature=x.temperature, ph=acidity(bulk, p), slow_ph=acidity(slow, p),
        weight=p.tare_mass + p.density * whole.volume, liquid_volume=whole.volume, titre=mass * per_volume,
        monomer_mass=whole.native + whole.unfolded,
        aggregate_fraction=whole.aggregates / maximum(mass, p.least_mass),
        log_reduction=decades(survival * (1.0 - w.escaped) + w.escaped, p), bulk_log_reduction=decades(own, p),
        slow_fraction=slow.volume * per_volume,
        acid_added=x.acid_added, base_added=x.base_added, shaft_speed=w.shaft_speed,
        jacket_heat=conductance * (u.jacket_temperature - x.temperature),
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """All that can be seen on the tank at this instant."""
    return shown(x, u, p, working(u, p))


def initial(p: Parameters, start: Start) -> State:
    """At its start: empty, or holding an even pool of that pH, its slow zone as under full stirring."""
    given = Inputs(pool_titre=start.titre, pool_aggregates=start.aggregates)
    whole = pool(start.volume, start.ph, given, p)
    share = slow_share(working(Inputs(stirrer_speed=10.0), p), p)
    bulk, slow = scaled(whole, 1.0 - share), scaled(whole, share)
    return State(*(*bulk, *slow, start.temperature, whole.virus, 0.0, 0.0, whole.volume, protein(whole),
                 *(0.0,) * 10))
