"""A tank or bag between two steps: one stream comes in, one is drawn, and all that the line carries is kept by amount.

Ideas. (1) The liquid is mixed; its volume moves straight within a tick, so that sixteen contents and the temperature
have one closed solution, dry or overflowing (``passage``). (2) What leaves is told as a mean over the tick, by amount:
whoever receives it over the same tick closes the balance. What the receiver refuses (a filter that clogs) comes back.
(3) What overflows, leaks, is sampled or sent to drain is an account, by content. (4) What the liquid does by itself
(``ageing``) follows the passage: exact where nothing flows, else first order in the tick; off unless a plant asks.
Not modelled: settling, mixing time, evaporation, foam, pressure and vacuum of the head space, pH.
"""

from __future__ import annotations

from biotwin.equipment.hold_tank.ageing import aged
from biotwin.equipment.hold_tank.content import Content, blended, entering, held, leaving, less, lost
from biotwin.equipment.hold_tank.passage import LEAST, Passage, Wish, passage, wish
from biotwin.equipment.hold_tank.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, maximum, where
from biotwin.quantity import Kelvin, Second

__all__ = ["BALANCES", "CARRIES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial",
           "readings"]

CARRIES = "product"
BALANCES = Content._fields
"""Each content's ``…_held`` changes by what comes in, less ``…_out`` and the growth of ``…_lost``, but for the ageing
(``aggregated``, ``lysed``, ``grown``) and ``contamination_rate``."""


@law
def warmed(x: State, u: Inputs, p: Parameters, way: Wish, s: Passage) -> Kelvin:
    """Temperature after the tick: liquid that comes, jacket and room, all over the same volume."""
    mild = way.rinse + way.room
    pull = way.stream + mild + way.jacket
    end = way.stream * u.temperature + way.jacket * u.jacket_temperature + mild * u.room_temperature
    there = end / maximum(pull, 1.0e-30 * p.reference_flow)
    return there + (x.temperature - there) * exp(-pull * s.turned)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The tank after ``dt`` seconds at constant inputs."""
    way = wish(x, u, p)
    s = passage(x, way, p, dt)
    old = held(x)
    back = way.returned / where(x.flow > 0.0, x.flow, p.reference_flow)
    came = blended(entering(u), way.stream * dt, leaving(x), back * dt)
    o = blended(old, s.old_given, came, s.new_given)
    rest = blended(old, s.old_kept, came, s.new_kept)
    went = less(blended(old, 1.0, came, 1.0), blended(o, 1.0, rest, 1.0))
    temperature = warmed(x, u, p, way, s)
    found = aged(rest, s.volume, temperature, p, dt)
    k, w = found.content, blended(blended(lost(x), 1.0, went, 1.0), 1.0, entering(u), way.drained * dt)
    return State(
        volume=s.volume, temperature=temperature,
        product_held=k.product, aggregates_held=k.aggregates, fragments_held=k.fragments, hcp_held=k.hcp,
        dna_held=k.dna, ligand_held=k.ligand, cells_held=k.cells, debris_held=k.debris, virus_held=k.virus,
        parvovirus_held=k.parvovirus, bioburden_held=k.bioburden + maximum(u.contamination_rate, 0.0) * dt,
        endotoxin_held=k.endotoxin, salt_held=k.salt, acid_held=k.acid, base_held=k.base, excipient_held=k.excipient,
        flow=s.given / dt,
        product_out=o.product / dt, aggregates_out=o.aggregates / dt, fragments_out=o.fragments / dt,
        hcp_out=o.hcp / dt, dna_out=o.dna / dt, ligand_out=o.ligand / dt, cells_out=o.cells / dt,
        debris_out=o.debris / dt, virus_out=o.virus / dt, parvovirus_out=o.parvovirus / dt,
        bioburden_out=o.bioburden / dt, endotoxin_out=o.endotoxin / dt, salt_out=o.salt / dt, acid_out=o.acid / dt,
        base_out=o.base / dt, excipient_out=o.excipient / dt,
        spilt=x.spilt + s.spilt, leaked=x.leaked + s.leaked, sampled=x.sampled + s.sampled,
        drained=x.drained + way.drained * dt,
        product_lost=w.product, aggregates_lost=w.aggregates, fragments_lost=w.fragments, hcp_lost=w.hcp,
        dna_lost=w.dna, ligand_lost=w.ligand, cells_lost=w.cells, debris_lost=w.debris, virus_lost=w.virus,
        parvovirus_lost=w.parvovirus, bioburden_lost=w.bioburden, endotoxin_lost=w.endotoxin, salt_lost=w.salt,
        acid_lost=w.acid, base_lost=w.base, excipient_lost=w.excipient,
        aggregated=x.aggregated + found.stuck, lysed=x.lysed + found.broken, grown=x.grown + found.grown,
        begun_product=x.begun_product,
    )


@law
def handed(x: State, p: Parameters) -> Content:
    """Per volume of what leaves; of the tank, while nothing leaves."""
    flows = x.flow > 1.0e-30 * p.reference_flow
    per_flow = where(flows, 1.0, 0.0) / where(flows, x.flow, p.reference_flow)
    per_volume = where(flows, 0.0, 1.0) / maximum(x.volume, LEAST * p.capacity)
    return blended(leaving(x), per_flow, held(x), per_volume)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """The stream of the last tick, and the gauges."""
    c = handed(x, p)
    total = x.product_held + x.aggregates_held + x.fragments_held
    least = LEAST * p.capacity
    volume = maximum(x.volume, least)
    whole = maximum(total, p.density * least)
    protein = c.product + c.aggregates + c.fragments
    return Readings(
        flow=x.flow, product=c.product, aggregates=c.aggregates, fragments=c.fragments, hcp=c.hcp, dna=c.dna,
        ligand=c.ligand, cells=c.cells, debris=c.debris, virus=c.virus, parvovirus=c.parvovirus,
        bioburden=c.bioburden, endotoxin=c.endotoxin, salt=c.salt, acid=c.acid, base=c.base, excipient=c.excipient,
        temperature=x.temperature, liquid_volume=x.volume, level=x.volume / p.capacity,
        weight=p.tare + p.density * x.volume, titre=total / volume,
        aggregate_fraction=x.aggregates_held / whole, fragment_fraction=x.fragments_held / whole,
        hcp_ratio=x.hcp_held / whole, product_total=total,
        recovery=where(u.lot_product > 0.0, total / maximum(u.lot_product, p.density * least), 0.0),
        absorbance=p.absorbance_of_product * protein + p.absorbance_of_hcp * c.hcp + p.absorbance_of_dna * c.dna,
        turbidity=p.turbidity_of_a_cell * c.cells + p.turbidity_of_debris * c.debris + p.turbidity_of_protein * c.hcp,
        conductivity=p.molar_conductivity * (c.salt + c.acid),
        viscosity=p.viscosity_scale * exp(p.viscosity_slope / maximum(x.temperature - p.viscosity_pole, p.ten_kelvin)),
        heat=p.water * p.heat_capacity * maximum(x.temperature - p.freezing, 0.0 * p.freezing) * x.volume,
        jacket_heat=p.jacket_conductance * (1.0 - u.jacket_lost) * (u.jacket_temperature - x.temperature),
        spilt_volume=x.spilt, lost_volume=x.spilt + x.leaked + x.sampled + x.drained, lost_product=x.product_lost,
    )


def initial(p: Parameters, start: Start) -> State:
    """Holding so much of that composition."""
    v = start.volume
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        volume=v, temperature=start.temperature,
        begun_product=v * (start.product + start.aggregates + start.fragments),
        **{f"{name}_held": v * getattr(start, name) for name in BALANCES},
    )
