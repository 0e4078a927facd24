"""A passive cold-chain box: insulated wall, packs that melt near 5 degC, the content, and what the trip does to it.

Ideas. (1) Packs and content hold enthalpy, counted from 0 K: melting and freezing need no cases, and heat is conserved
(``BALANCES``). (2) A trip is its ambient and its openings, both inputs; a failed refrigerated truck is an ambient.
(3) Packs taken from the wrong freezer, or never conditioned, are a start. (4) Heat ages the protein by Arrhenius, ice
does not: what freezes is damaged once, as it freezes. (5) A logger is a ``sensor`` wired to ``logger_place``: its bias,
silence and freezing are that drawer's. Not modelled: gradients within packs and content, sun, undercooling, vibration.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.shipper.enthalpy import Node, heat_at, melted, temperature
from biotwin.operators import exp, law, log, maximum, where
from biotwin.properties.physics import PHYSICS
from biotwin.quantity import (
    Joule,
    JoulePerKelvin,
    JoulePerKilogram,
    JoulePerKilogramKelvin,
    JoulePerMol,
    JoulePerMolKelvin,
    Kelvin,
    Kilogram,
    Number,
    PerSecond,
    Second,
    Watt,
    WattPerKelvin,
)

BALANCES: dict[str, dict[str, float]] = {
    "heat": {"wall_heat": 1.0, "pack_heat": 1.0, "content_heat": 1.0, "heat_supplied": -1.0},
    "protein": {"native": 1.0, "inactivated": 1.0, "aggregated": 1.0},
}
"""Linear forms of the state that never change."""


class State(NamedTuple):
    """Heat of three nodes, the protein in three forms, and the clocks of the trip."""

    wall_heat: Joule
    pack_heat: Joule
    content_heat: Joule
    """Enthalpies, counted from 0 K."""
    heat_supplied: Joule
    """Net heat from outside since the start."""
    native: Kilogram
    """Protein that is active."""
    inactivated: Kilogram
    """Chemically changed monomer that no longer acts."""
    aggregated: Kilogram
    elapsed: Second
    kinetic_time: Second
    """Integral of exp(-E/R (1/T - 1/T_reference)): over ``elapsed`` it is the mean behind the MKT."""
    warm_time: Second
    """Content above ``warm_limit``."""
    cold_time: Second
    """Content below ``cold_limit``."""


class Inputs(NamedTuple):
    """The trip, and malfunctions, which are 0 in health."""

    ambient: Kelvin = 293.15
    lid_opening: Number = 0.0
    """0 closed .. 1 lid off, as people open the box."""
    lid_ajar: Number = 0.0
    """Malfunction, 0..1: opening that is left although the lid was put back."""
    puncture: Number = 0.0
    """Malfunction, 0..1: part of the wall whose vacuum panels are full of air."""
    packs_shifted: Number = 0.0
    """Malfunction, 0..1: part of the packed wall that packs have left bare."""
    logger_misplaced: Number = 0.0
    """Malfunction, 0..1: how far the logger has moved from its place into the wall."""


class Parameters(NamedTuple):
    """Constants of one box and of its content; masses and ``*_band`` > 0."""

    wall_conductance: WattPerKelvin = 0.25
    """Whole wall of sound vacuum panels (downstream.md 3.9 [A])."""
    wall_capacity: JoulePerKelvin = 2500.0
    """Teaching value: 3 kg of panels at 0.8 kJ/kg/K."""
    puncture_factor: Number = 5.0
    """Conductivity of a panel full of air over a sound one: 0.020 over 0.004 W/m/K (the first recalled)."""
    bypass: Number = 0.1
    """Part of the wall that no pack covers. Teaching value: corners and gaps."""
    opening_packs: WattPerKelvin = 4.0
    opening_content: WattPerKelvin = 4.0
    """Without the lid, by free convection at 8 W/m2/K on half a square metre each. Teaching values."""
    pack_mass: Kilogram = 5.0
    pack_latent: JoulePerKilogram = 2.0e5
    """About 200 kJ/kg (downstream.md 3.9)."""
    pack_melting: Kelvin = 277.65
    pack_band: Kelvin = 1.0
    """Melts from 4.5 to 5.5 degC: about 5 degC (downstream.md 3.9); the width is a teaching value."""
    pack_solid_heat: JoulePerKilogramKelvin = 2000.0
    pack_liquid_heat: JoulePerKilogramKelvin = 2200.0
    """Of paraffins (recalled)."""
    pack_conductance: WattPerKelvin = 3.0
    """Packs to content. Teaching value: 10 W/m2/K on 0.3 m2."""
    content_mass: Kilogram = 2.0
    """Water in the vials."""
    carton_capacity: JoulePerKelvin = 1000.0
    """Glass and board, 1.2 kg. Teaching value."""
    water_heat: JoulePerKilogramKelvin = 4200.0
    ice_heat: JoulePerKilogramKelvin = 2100.0
    ice_latent: JoulePerKilogram = 3.34e5
    """Water and ice (steam tables, recalled)."""
    freezing: Kelvin = 272.15
    freezing_band: Kelvin = 0.5
    """Freezes from -0.5 down to -1 degC: alum vaccines are lost below -0.5 degC (downstream.md 3.9 [K])."""
    air_share: Number = 0.5
    """A logger between the vials feels this much of the air. Teaching value; NISTIR 7656: air and vials differ [P]."""
    warm_limit: Kelvin = 281.15
    cold_limit: Kelvin = 275.15
    """2 to 8 degC, the usual label."""
    kinetic_energy: JoulePerMol = 83144.0
    """Of the mean kinetic temperature (USP, in downstream.md 3.9 [P], whose unit misprint is trap T7)."""
    inactivation: PerSecond = 0.05 / (180.0 * 86400.0)
    """At ``reference_temperature``. Teaching value: 5 % in six months at 25 degC, the order of accelerated studies."""
    inactivation_energy: JoulePerMol = 1.0e5
    """80 to 120 kJ/mol for chemical changes of proteins (recalled)."""
    aggregation: PerSecond = 0.005 / (180.0 * 86400.0)
    """Teaching value: 0.5 % in six months at 25 degC."""
    aggregation_energy: JoulePerMol = 1.2e5
    """Recalled order; far from linear above 40 degC."""
    freeze_loss: Number = 0.05
    """Part of the native protein in the freezing water that aggregates. Teaching value; an alum vaccine loses all."""
    reference_temperature: Kelvin = 298.15
    gas_constant: JoulePerMolKelvin = PHYSICS.gas_constant
    coldest: Kelvin = 100.0
    """Arrhenius laws stand still below this: no shipment comes here, and nothing divides by 0 K."""
    first_second: Second = 1.0e-3
    """Means begin over this time, so that they exist before the trip does."""
    smallest_mass: Kilogram = 1.0e-12
    """An empty box has the potency of nothing: 1."""


class Readings(NamedTuple):
    """What is true in the box, and what a logger's place feels."""

    content_temperature: Kelvin
    logger_place: Kelvin
    pack_temperature: Kelvin
    wall_temperature: Kelvin
    """Middle of the wall."""
    pack_molten: Number
    ice_fraction: Number
    """Of the content's water."""
    mean_kinetic_temperature: Kelvin
    """Of the content since the start."""
    elapsed: Second
    warm_time: Second
    cold_time: Second
    potency: Number
    """Native over all protein."""
    aggregate_fraction: Number


class Start(NamedTuple):
    """How the trip begins: packs solid at 3 degC. 253.15 K is a freezer's pack, 298.15 K a forgotten one."""

    pack_temperature: Kelvin = 276.15
    content_temperature: Kelvin = 278.15
    wall_temperature: Kelvin = 285.65
    product: Kilogram = 4.0e-3
    """Ten vials of 400 mg."""
    inactive_fraction: Number = 0.0
    aggregate_fraction: Number = 0.005


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
def content(p: Parameters) -> Node:
    """Vials and their cartons."""
    return Node(p.content_mass * p.ice_heat + p.carton_capacity, p.freezing, p.freezing_band,
                p.content_mass * p.ice_latent, p.content_mass * p.water_heat + p.carton_capacity)


@law
def climate(x: State, u: Inputs, p: Parameters) -> Climate:
    """Who is how warm, and which way heat goes: half the wall's resistance lies on each side of its node."""
    wall = x.wall_heat / p.wall_capacity
    cold, kept = temperature(x.pack_heat, packs(p)), temperature(x.content_heat, content(p))
    half = 2.0 * p.wall_conductance * (1.0 + u.puncture * (p.puncture_factor - 1.0))
    bare = p.bypass + u.packs_shifted * (1.0 - p.bypass)
    opening = u.lid_opening + u.lid_ajar * (1.0 - u.lid_opening)
    to_packs, to_content = half * (1.0 - bare) * (wall - cold), half * bare * (wall - kept)
    exchanged = p.pack_conductance * (cold - kept)
    return Climate(
        wall=wall, packs=cold, content=kept, opening=opening,
        into_wall=half * (u.ambient - wall) - to_packs - to_content,
        into_packs=to_packs - exchanged + opening * p.opening_packs * (u.ambient - cold),
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
    c, vials = climate(x, u, p), content(p)
    liquid = melted(x.content_heat, vials)
    # Ice forms while the content is between all water and all ice, and loses heat.
    between = where(liquid > 0.0, where(x.content_heat < vials.solid * vials.melting + vials.latent, 1.0, 0.0), 0.0)
    icing = between * maximum(-c.into_content, 0.0) / vials.latent
    inactivated = p.inactivation * arrhenius(c.content, p.inactivation_energy, p) * x.native
    aggregated = (p.aggregation * arrhenius(c.content, p.aggregation_energy, p) + p.freeze_loss * icing) * x.native
    return State(
        wall_heat=c.into_wall, pack_heat=c.into_packs, content_heat=c.into_content,
        heat_supplied=c.into_wall + c.into_packs + c.into_content,
        native=-inactivated - aggregated, inactivated=inactivated, aggregated=aggregated,
        elapsed=1.0, kinetic_time=arrhenius(c.content, p.kinetic_energy, p),
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
    protein = x.native + x.inactivated + x.aggregated + p.smallest_mass
    return Readings(
        content_temperature=c.content, logger_place=place + u.logger_misplaced * (c.wall - place),
        pack_temperature=c.packs, wall_temperature=c.wall, pack_molten=melted(x.pack_heat, packs(p)),
        ice_fraction=1.0 - melted(x.content_heat, content(p)),
        mean_kinetic_temperature=mean_kinetic_temperature(x, arrhenius(c.content, p.kinetic_energy, p), p),
        elapsed=x.elapsed, warm_time=x.warm_time, cold_time=x.cold_time,
        potency=(x.native + p.smallest_mass) / protein, aggregate_fraction=x.aggregated / protein,
    )


def initial(p: Parameters, start: Start) -> State:
    """Packed, the trip not begun; its clocks and its heat account at 0."""
    inactive, aggregates = start.product * start.inactive_fraction, start.product * start.aggregate_fraction
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        wall_heat=p.wall_capacity * start.wall_temperature, pack_heat=heat_at(start.pack_temperature, packs(p)),
        content_heat=heat_at(start.content_temperature, content(p)),
        native=start.product - inactive - aggregates, inactivated=inactive, aggregated=aggregates,
    )
