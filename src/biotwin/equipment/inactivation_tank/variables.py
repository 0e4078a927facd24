"""Names of the tank: what it remembers, what reaches it, what it is made of, and what can be read on it."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    CellsPerCubicMetre,
    CubicMetre,
    CubicMetrePerKilogramSecond,
    CubicMetrePerSecond,
    JoulePerKelvin,
    JoulePerKilogramKelvin,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    Mol,
    MolPerCubicMetre,
    MolPerKilogram,
    Number,
    PerSecond,
    Second,
    Watt,
    WattPerKelvin,
)


class State(NamedTuple):
    """Amounts in the bulk and in the slow zone (corners and dead legs), then temperature and accounts."""

    bulk_volume: CubicMetre
    bulk_strong_ions: Mol
    bulk_acetate: Mol
    bulk_tris: Mol
    bulk_native: Kilogram
    bulk_unfolded: Kilogram
    """Monomer that the acid has opened, on its way back or to an aggregate."""
    bulk_aggregates: Kilogram
    bulk_virus: Number
    slow_volume: CubicMetre
    slow_strong_ions: Mol
    slow_acetate: Mol
    slow_tris: Mol
    slow_native: Kilogram
    slow_unfolded: Kilogram
    slow_aggregates: Kilogram
    slow_virus: Number
    """Infectious enveloped particles."""
    temperature: Kelvin
    challenge: Number
    """Particles that would be infectious in the tank, had nothing been inactivated."""
    acid_added: CubicMetre
    base_added: CubicMetre
    liquid_supplied: CubicMetre
    """Net volume that came in through the pipes."""
    product_supplied: Kilogram
    """Net protein that came in through the pipes."""
    transferred_volume: CubicMetre
    """Accounts of what was handed on to the next step."""
    transferred_monomer: Kilogram
    transferred_aggregates: Kilogram
    transferred_virus: Number
    transferred_strong_ions: Mol
    transferred_acetate: Mol
    transferred_tris: Mol
    sampled_volume: CubicMetre
    """Accounts of what left by the sample port."""
    sampled_monomer: Kilogram
    sampled_aggregates: Kilogram


class Inputs(NamedTuple):
    """Flows and settings at rest; every malfunction is 0 in health."""

    pool_flow: CubicMetrePerSecond = 0.0
    """Of the capture step's pool, as the ``pool_*`` inputs describe it."""
    pool_titre: KilogramPerCubicMetre = 10.0
    """Protein of the pool; 5 to 25 g/L are usual (recalled)."""
    pool_aggregates: Number = 0.01
    """Aggregates of the pool, part of its protein. Teaching value."""
    pool_ph: Number = 4.2
    """Of the eluate. Teaching value: acetate elution ends there."""
    pool_acetate: MolPerCubicMetre = 50.0
    """Elution buffer. Teaching value."""
    pool_virus: CellsPerCubicMetre = 1.0e12
    """Infectious particles of a spiked pool, 1e9 per litre. Teaching value; only ratios are ever read."""
    acid_flow: CubicMetrePerSecond = 0.0
    acid_strength: MolPerCubicMetre = 500.0
    """Of the strong monovalent acid: 0.5 M hydrochloric acid, a usual titrant (recalled)."""
    base_flow: CubicMetrePerSecond = 0.0
    base_strength: MolPerCubicMetre = 1000.0
    """Of the Tris base: 1 M, usual practice (recalled)."""
    liquid_temperature: Kelvin = 293.15
    """Of all that is added."""
    harvest_flow: CubicMetrePerSecond = 0.0
    sample_flow: CubicMetrePerSecond = 0.0
    stirrer_speed: PerSecond = 0.0
    """Revolutions per second of the motor."""
    jacket_temperature: Kelvin = 293.15
    room_temperature: Kelvin = 293.15
    impeller_loose: Number = 0.0
    """Malfunction, 0..1: part of the motor's revolutions that the impeller does not make."""
    leg_unswept: Number = 0.0
    """Malfunction, 0..1: how much of the exchange between the slow zone and the bulk is lost."""
    transfer_skipped: Number = 0.0
    """Malfunction, 0..1: how much of the hanging drops of the filling joins the treated pool."""
    acid_diluted: Number = 0.0
    """Malfunction, 0..1: part of the acid's strength that is missing."""
    jacket_fouling: Number = 0.0
    """Malfunction, 0..1: part of the jacket's conductance that is lost."""


class Parameters(NamedTuple):
    """Constants of one tank. Defaults: a 200 L tank for the pool of one Protein A cycle."""

    vessel_volume: CubicMetre = 0.2
    """Nominal working volume, 0.05 .. 0.5."""
    headspace_ratio: Number = 0.25
    """Room above the nominal liquid, part of the nominal volume. Teaching value."""
    impellers: Number = 1.0
    impeller_ratio: Number = 0.4
    """Impeller over tank diameter. Teaching value; drawn, not computed with."""
    tare_mass: Kilogram = 0.0
    """What the scale shows without liquid."""
    density: KilogramPerCubicMetre = 1005.0
    """Of a pool of 10 g/L. Recalled."""
    heat_capacity: JoulePerKilogramKelvin = 4180.0
    """Water (steam tables, recalled)."""
    wall_capacity: JoulePerKelvin = 2.0e4
    """40 kg of steel at 500 J/kg/K. Teaching value."""
    jacket_conductance: WattPerKelvin = 250.0
    """Of the wetted jacket at the nominal volume. Teaching value: 1.3 m2 at 200 W/m2/K."""
    room_conductance: WattPerKelvin = 8.0
    """Losses to the room. Teaching value: 1.6 m2 at 5 W/m2/K."""
    dead_fraction: Number = 1.0e-3
    """Slow zone of a well stirred tank, part of the liquid. Teaching value: 0.2 L of valve and nozzles on 200 L."""
    still_fraction: Number = 0.3
    """What joins the slow zone when the impeller stands. Teaching value: the liquid below and behind it."""
    still_speed: PerSecond = 0.15
    """Speed over which the still part vanishes e-fold. Teaching value: 9 rpm."""
    settling_time: Second = 20.0
    """In which the still part forms or goes. Teaching value: some revolutions of the liquid."""
    exchange_turns: Number = 60.0
    """Revolutions in which the slow zone is renewed e-fold: a minute at 60 rpm. Teaching value."""
    still_exchange: Second = 14400.0
    """The same by diffusion and convection alone, 4 h. Teaching value."""
    hanging_fraction: Number = 1.0e-4
    """Part of the filling that stays as drops above the acid: the example of downstream.md 3.3 [A]."""
    carboxyl: MolPerKilogram = 0.8
    """Titratable groups of the protein, mol/kg: some 120 on 148 kDa. Recalled, order of magnitude."""
    molar: MolPerCubicMetre = 1000.0
    """1 mol/L: makes activities of concentrations."""
    least_volume: CubicMetre = 1.0e-9
    """Added under fractions, so that an empty tank has concentrations of zero."""
    least_mass: Kilogram = 1.0e-12
    least_flow: CubicMetrePerSecond = 1.0e-15
    reference_temperature: Kelvin = 288.15
    """15 degC, at which ASTM E2888-12 is stated ([K] recalled, downstream.md 3.3)."""
    reference_ph: Number = 3.6
    inactivation: PerSecond = 0.25 / 60.0
    """log10 per second on the straight line at both references; with the knee, 0.20 per minute. ASTM E2888-12 asks
    for 5 log10 in 30 min, 0.167 per minute; its limits are [K] recalled (downstream.md 3.3)."""
    inactivation_slope: Number = 2.0
    """Decades per pH; 1.5 to 2 ([K] recalled, Brorson 2003 in downstream.md 3.3)."""
    inactivation_knee: Number = 3.9
    """pH around which two more decades per pH set in: slow above pH 3.8 ([K] recalled, ibid.); form is a teaching
    value."""
    inactivation_heat: Kelvin = 10825.0
    """Activation energy over the gas constant: 90 kJ/mol; 80 to 100 ([K] recalled, ibid.)."""
    least_survival: Number = 1.0e-12
    """A reduction is read up to 12 decades. Teaching value: beyond it no titration tells."""
    unfolding_ph: Number = 1.9
    """At which half of the monomer is open at 20 degC; with 1 decade per pH it gives 2 % at pH 3.6. Teaching value."""
    unfolding_reference: Kelvin = 293.15
    unfolding_heat: Kelvin = 9600.0
    """Enthalpy of opening over the gas constant: 80 kJ/mol. Teaching value."""
    folding_time: Second = 600.0
    """In which the open monomer follows the acid, and closes again. Teaching value."""
    association: CubicMetrePerKilogramSecond = 5.0e-5
    """Second-order rate of open monomers far below pH 4.5: 0.05 to 0.3 %/h at pH 3.6 ([K] in downstream.md 3.3)."""
    burst: Number = 60.0
    """How many times faster they stick once charge no longer parts them. Teaching value: the neutralisation burst."""
    burst_ph: Number = 4.5
    """pH at which half of that is reached. Teaching value."""


class Readings(NamedTuple):
    """What can be seen, measured or assayed, and what only the debrief tells; true values."""

    temperature: Kelvin
    ph: Number
    """Of the bulk, where probes and sample port are."""
    slow_ph: Number
    """Of the slow zone, where nothing is."""
    weight: Kilogram
    liquid_volume: CubicMetre
    titre: KilogramPerCubicMetre
    """Protein by A280, aggregates included."""
    monomer_mass: Kilogram
    aggregate_fraction: Number
    log_reduction: Number
    """Of the whole pool: decades between the challenge and what is infectious, hanging drops included."""
    bulk_log_reduction: Number
    """As if the bulk were all."""
    slow_fraction: Number
    """Part of the liquid that the stirrer does not sweep."""
    acid_added: CubicMetre
    base_added: CubicMetre
    shaft_speed: PerSecond
    jacket_heat: Watt
    """From the jacket to the pool."""


class Start(NamedTuple):
    """How the tank begins: by default empty and dry; else with ``volume`` of the pool, titrated to ``ph``."""

    volume: CubicMetre = 0.0
    temperature: Kelvin = 293.15
    ph: Number = 4.2
    titre: KilogramPerCubicMetre = 10.0
    """As ``pool_titre``."""
    aggregates: Number = 0.01
    """As ``pool_aggregates``."""
