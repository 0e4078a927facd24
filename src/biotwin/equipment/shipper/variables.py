"""What the shipper is told: state, inputs, constants, readings, start."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.properties.physics import PHYSICS
from biotwin.quantity import (
    CubicMetre,
    Joule,
    JoulePerKelvin,
    JoulePerKilogram,
    JoulePerKilogramKelvin,
    JoulePerMol,
    JoulePerMolKelvin,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    Number,
    PerSecond,
    Second,
    WattPerKelvin,
)


class State(NamedTuple):
    """Heat of three nodes, the content, and the clocks of the trip."""

    wall_heat: Joule
    pack_heat: Joule
    content_heat: Joule
    """Enthalpies, counted from 0 K."""
    heat_supplied: Joule
    """Net heat from outside since the start."""
    monomer: Kilogram
    aggregated: Kilogram
    active: Kilogram
    """Protein times its potency relative to the reference standard."""
    inactivated: Kilogram
    """What ``active`` has lost on the way."""
    volume: CubicMetre
    """Of liquid in all containers; of dried cakes the residual water. Never changes."""
    containers: Number
    """Never changes."""
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
    shaking: Number = 0.0
    """0 standing .. 1 on the road: how the liquid in the containers is moved against its air."""
    exchange: PerSecond = 0.0
    """Packs taken out for fresh ones, as part of them per second: loading, re-icing."""
    exchange_temperature: Kelvin = 276.15
    """Of the fresh packs: that of the chamber where they were conditioned."""
    accepted: Number = 0.0
    """Decision at receipt: 1 once the content is put into stock, 0 before or where it is refused."""
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
    carton_capacity: JoulePerKelvin = 500.0
    """Inner box and trays, 0.35 kg of board. Teaching value."""
    container_capacity: JoulePerKelvin = 5.0
    """Of one empty container: 6 g of glass at 0.84 J/g/K. Teaching value."""
    water_density: KilogramPerCubicMetre = 1000.0
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
    shaking_loss: PerSecond = 3.0e-8
    """Of the monomer at the moving surface of a solution, on the road. Teaching value: 0.1 % in ten hours behind a
    surfactant; sign and cause are known (interface-induced aggregation, recalled), the size is a product's own."""
    freeze_loss: Number = 0.05
    """Part of the monomer in the freezing water that aggregates. Teaching value; an alum vaccine loses all."""
    dissolving: Number = 5.0
    """Water per protein (kg/kg) below which it is a cake, whose bound water does not freeze: 200 g/L is about the most
    concentrated solution that is shipped (recalled)."""
    warm_allowance: Second = 12.0 * 3600.0
    cold_allowance: Second = 1800.0
    """Time beyond each limit that the product's stability file covers. Teaching values: a product states its own."""
    reference_temperature: Kelvin = 298.15
    gas_constant: JoulePerMolKelvin = PHYSICS.gas_constant
    coldest: Kelvin = 100.0
    """Arrhenius laws stand still below this: no shipment comes here, and nothing divides by 0 K."""
    first_second: Second = 1.0e-3
    """Means begin over this time, so that they exist before the trip does."""
    smallest_mass: Kilogram = 1.0e-12
    """An empty box has the potency of nothing: 1, and as much water, so that its melting has a width."""


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
    """Relative to the reference standard."""
    aggregate_fraction: Number
    product: Kilogram
    fit: Number
    """1 while both clocks are within what the stability file covers, else 0."""
    fit_accepted: Number
    """Containers put into stock that were fit for it."""
    unfit_accepted: Number
    """Containers put into stock that were not: what the patients would be given."""
    refused: Number
    """1 less ``accepted``."""


class Start(NamedTuple):
    """How the trip begins: packs solid at 3 degC. 253.15 K is a freezer's pack, 298.15 K a forgotten one."""

    pack_temperature: Kelvin = 276.15
    content_temperature: Kelvin = 278.15
    wall_temperature: Kelvin = 285.65
    product: Kilogram = 4.0e-3
    """Monomer and aggregates: by default a hundred vials of 40 mg in 20 mL."""
    potency: Number = 1.0
    aggregate_fraction: Number = 0.005
    volume: CubicMetre = 2.0e-3
    containers: Number = 100.0
