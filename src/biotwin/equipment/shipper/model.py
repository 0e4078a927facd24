"""A passive cold-chain box: insulated wall, packs that melt near 5 degC, the content, and what the trip does to it.

Ideas. (1) Packs and content hold enthalpy, counted from 0 K: melting and freezing need no cases, and heat is conserved
(``BALANCES``). (2) A trip is its ambient and its openings, both inputs; wire ``transport_lane``. (3) Packs taken from
the wrong freezer, or never conditioned, are a start, or fresh packs of that temperature. (4) Heat ages the protein by
Arrhenius, ice does not: what freezes is damaged once, as it freezes. A dried cake has nothing to freeze, nor to shake.
(5) A logger is a ``sensor`` wired to ``logger_place``: its bias, silence and freezing are that drawer's. Not modelled:
gradients within packs and content, undercooling, what vibration does to glass and stoppers.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.shipper.enthalpy import Node, heat_at, melted, temperature
from biotwin.equipment.shipper.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, log, maximum, minimum, where
from biotwin.quantity import JoulePerMol, Kelvin, Number, Watt

__all__ = [
    "BALANCES", "CARRIES", "Inputs", "Parameters", "Readings", "Start", "State", "equations", "initial", "readings",
]

CARRIES = "product"
"""The lot is in it."""

BALANCES: dict[str, dict[str, float]] = {
    "heat": {"wall_heat": 1.0, "pack_heat": 1.0, "content_heat": 1.0, "heat_supplied": -1.0},
    "protein": {"monomer": 1.0, "aggregated": 1.0},
    "activity": {"active": 1.0, "inactivated": 1.0},
}
"""Linear forms of the state that never change."""


class Climate(NamedTuple):
    """Temperatures of the nodes and heat flows into them."""

    wall: Kelvin
    packs: Kelvin
    content: Kelvin
    opening: Number
    into_wall: Watt
    into_packs: Watt
    into_content: Watt


@law
def packs(p: Parameters) -> Node:
    """The melting packs."""
    return Node(p.pack_mass * p.pack_solid_heat, p.pack_melting, p.pack_band, p.pack_mass * p.pack_latent,
                p.pack_mass * p.pack_liquid_heat)


@law
def content(x: State, p: Parameters) -> Node:
    """Containers with what is in them, and their cartons."""
    water = x.volume * p.water_density + p.smallest_mass
    solid = p.carton_capacity + x.containers * p.container_capacity
    return Node(water * p.ice_heat + solid, p.freezing, p.freezing_band, water * p.ice_latent,
                water * p.water_heat + solid)


@law
def climate(x: State, u: Inputs, p: Parameters) -> Climate:
    """Who is how warm, and which way heat goes: half the wall's resistance lies on each side of its node."""
    wall = x.wall_heat / p.wall_capacity
    cold, kept = temperature(x.pack_heat, packs(p)), temperature(x.content_heat, content(x, p))
    half = 2.0 * p.wall_conductance * (1.0 + u.puncture * (p.puncture_factor - 1.0))
    bare = p.bypass + u.packs_shifted * (1.0 - p.bypass)
    opening = u.lid_opening + u.lid_ajar * (1.0 - u.lid_opening)
    to_packs, to_content = half * (1.0 - bare) * (wall - cold), half * bare * (wall - kept)
    exchanged = p.pack_conductance * (cold - kept)
    swapped = u.exchange * (heat_at(u.exchange_temperature, packs(p)) - x.pack_heat)
    return Climate(
        wall=wall, packs=cold, content=kept, opening=opening,
        into_wall=half * (u.ambient - wall) - to_packs - to_content,
        into_packs=to_packs - exchanged + opening * p.opening_packs * (u.ambient - cold) + swapped,
        into_content=to_content + exchanged + opening * p.opening_content * (u.ambient - kept),
    )


@law
def arrhenius(kelvins: Kelvin, energy: JoulePerMol, p: Parameters) -> Number:
    """Rate at a temperature over that at the reference."""
    warm = maximum(kelvins, p.coldest)
    return exp(energy / p.gas_constant * (1.0 / p.reference_temperature - 1.0 / warm))


@law
def equations(x: State, u: Inputs, p: Parameters) -> State:
    """Time derivatives of the state, per second."""
    c, vials = climate(x, u, p), content(x, p)
    liquid = melted(x.content_heat, vials)
    # Ice forms while the content is between all water and all ice, and loses heat.
    between = where(liquid > 0.0, where(x.content_heat < vials.solid * vials.melting + vials.latent, 1.0, 0.0), 0.0)
    icing = between * maximum(-c.into_content, 0.0) / vials.latent
    wet = minimum(x.volume * p.water_density / (p.dissolving * (x.monomer + x.aggregated + p.smallest_mass)), 1.0)
    sticking = (p.aggregation * arrhenius(c.content, p.aggregation_energy, p)
                + (p.freeze_loss * icing + p.shaking_loss * u.shaking * liquid) * wet)
    inactivated = (p.inactivation * arrhenius(c.content, p.inactivation_energy, p) + sticking) * x.active
    return State(
        wall_heat=c.into_wall, pack_heat=c.into_packs, content_heat=c.into_content,
        heat_supplied=c.into_wall + c.into_packs + c.into_content,
        monomer=-sticking * x.monomer, aggregated=sticking * x.monomer, active=-inactivated, inactivated=inactivated,
        volume=0.0 * p.inactivation * x.volume, containers=0.0 * p.inactivation, elapsed=1.0,
        kinetic_time=arrhenius(c.content, p.kinetic_energy, p),
        warm_time=where(c.content > p.warm_limit, 1.0, 0.0), cold_time=where(c.content < p.cold_limit, 1.0, 0.0),
    )


@law
def mean_kinetic_temperature(x: State, now: Number, p: Parameters) -> Kelvin:
    """The constant temperature that ages as the trip did; ``now`` is the present rate."""
    mean = (x.kinetic_time + p.first_second * now) / (x.elapsed + p.first_second)
    return 1.0 / (1.0 / p.reference_temperature - p.gas_constant / p.kinetic_energy * log(mean))


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Temperatures, clocks and what is left of the lot at this instant."""
    c = climate(x, u, p)
    draught = c.opening * p.opening_content / (2.0 * p.pack_conductance)
    air = (0.5 * (c.content + c.packs) + draught * u.ambient) / (1.0 + draught)
    place = c.content + p.air_share * (air - c.content)
    protein = x.monomer + x.aggregated
    fit = where(x.warm_time > p.warm_allowance, 0.0, where(x.cold_time > p.cold_allowance, 0.0, 1.0))
    return Readings(
        content_temperature=c.content, logger_place=place + u.logger_misplaced * (c.wall - place),
        pack_temperature=c.packs, wall_temperature=c.wall, pack_molten=melted(x.pack_heat, packs(p)),
        ice_fraction=1.0 - melted(x.content_heat, content(x, p)),
        mean_kinetic_temperature=mean_kinetic_temperature(x, arrhenius(c.content, p.kinetic_energy, p), p),
        elapsed=x.elapsed, warm_time=x.warm_time, cold_time=x.cold_time,
        potency=(x.active + p.smallest_mass) / (protein + p.smallest_mass),
        aggregate_fraction=x.aggregated / (protein + p.smallest_mass), product=protein, fit=fit,
        fit_accepted=u.accepted * fit * x.containers, unfit_accepted=u.accepted * (1.0 - fit) * x.containers,
        refused=1.0 - u.accepted,
    )


def initial(p: Parameters, start: Start) -> State:
    """Packed, the trip not begun; its clocks and its heat account at 0."""
    aggregates = start.product * start.aggregate_fraction
    packed = State(**dict.fromkeys(State._fields, 0.0))._replace(
        wall_heat=p.wall_capacity * start.wall_temperature, pack_heat=heat_at(start.pack_temperature, packs(p)),
        monomer=start.product - aggregates, aggregated=aggregates, active=start.product * start.potency,
        volume=start.volume, containers=start.containers,
    )
    return packed._replace(content_heat=heat_at(start.content_temperature, content(packed, p)))
