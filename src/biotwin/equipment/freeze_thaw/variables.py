"""Names of the freeze-thaw station: what it remembers, what reaches it, what it is made of, what can be read on it."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    CubicMetre,
    CubicMetrePerKilogramSecond,
    CubicMetrePerSecond,
    Joule,
    JoulePerKilogram,
    JoulePerKilogramKelvin,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    Metre,
    MetrePerSecond,
    Number,
    PerSecond,
    Second,
    Watt,
    WattPerMetreKelvin,
    WattPerSquareMetreKelvin,
)


class State(NamedTuple):
    """Liquor in the compounding tank, then in the bags; the bags' heat and ice; accounts that only grow."""

    tank_volume: CubicMetre
    tank_monomer: Kilogram
    tank_hmw: Kilogram
    tank_sucrose: Kilogram
    tank_polysorbate: Kilogram
    tank_fresh: Kilogram
    """Polysorbate that was added and is not mixed in yet."""
    bag_volume: CubicMetre
    bag_monomer: Kilogram
    bag_hmw: Kilogram
    bag_sucrose: Kilogram
    bag_polysorbate: Kilogram
    bag_heat: Joule
    """Above liquid at its freezing point; below 0 ice forms."""
    core_share: Number
    """Part of all solute that is in the liquid core, 0..1."""
    layering: Number
    """0 even .. 1: what thaw leaves at the bottom."""
    front_speed: MetrePerSecond
    """Of the ice, mean over the last tick."""
    ice_formed: Number
    """Sum of all frozen parts: 1 for each whole freezing."""
    aggregated: Kilogram
    """Monomer that became aggregate here."""
    buffer_added: CubicMetre
    sucrose_added: Kilogram
    polysorbate_added: Kilogram
    polysorbate_volume: CubicMetre
    sampled_volume: CubicMetre
    sampled_monomer: Kilogram
    sampled_hmw: Kilogram
    sampled_sucrose: Kilogram
    sampled_polysorbate: Kilogram
    spilt_volume: CubicMetre
    spilt_monomer: Kilogram
    spilt_hmw: Kilogram
    spilt_sucrose: Kilogram
    spilt_polysorbate: Kilogram
    """Leaked from bags or run over."""
    transferred_volume: CubicMetre
    transferred_monomer: Kilogram
    transferred_hmw: Kilogram
    transferred_sucrose: Kilogram
    transferred_polysorbate: Kilogram
    transferred_heat: Joule
    """Above 0 degC; drawn from the thawed bags."""


class Inputs(NamedTuple):
    """Flows and settings at rest; every malfunction is 0 in health."""

    buffer_flow: CubicMetrePerSecond = 0.0
    buffer_sucrose: KilogramPerCubicMetre = 80.0
    """Of the formulation buffer: 8 %, a usual sugar formulation (recalled)."""
    polysorbate_flow: CubicMetrePerSecond = 0.0
    polysorbate_strength: KilogramPerCubicMetre = 20.0
    """Of the stock: 2 %. Teaching value."""
    fill_flow: CubicMetrePerSecond = 0.0
    """Asked of the tank, into the bags. What passes their capacity runs over."""
    harvest_flow: CubicMetrePerSecond = 0.0
    """Asked of the bags' thawed liquid."""
    sample_flow: CubicMetrePerSecond = 0.0
    contamination_rate: PerSecond = 0.0
    """Unused: what a torn sample port lets in is sterile-filtered away in the next step."""
    stirrer_speed: PerSecond = 0.0
    """Revolutions per second of the tank's motor."""
    rocking: Number = 0.0
    """Of the bags on their plates, 0..1."""
    jacket_temperature: Kelvin = 278.15
    """Of the plates."""
    tank_temperature: Kelvin = 288.15
    """Of what is filled into bags. Teaching value: compounded in a cool room."""
    impeller_loose: Number = 0.0
    """Malfunction, 0..1: part of the motor's revolutions that the impeller does not make."""
    polysorbate_weak: Number = 0.0
    """Malfunction, 0..1: part of the stock's strength that is missing."""
    contact_lost: Number = 0.0
    """Malfunction, 0..1: part of the plates' contact that is missing."""
    leakage: PerSecond = 0.0
    """Malfunction: part of the bags' liquid that leaks each second."""
    rocker_dead: Number = 0.0
    """Malfunction, 0..1: part of the rocking that is not made."""


class Parameters(NamedTuple):
    """Constants of one station. Defaults: 12 bags of 10 L and a tank of 150 L. No open data set was found for drug
    substance in bags: all that is not physics of water is a teaching value, training fidelity, not qualified."""

    vessel_volume: CubicMetre = 0.15
    """Of the compounding tank."""
    bag_capacity: CubicMetre = 0.12
    """12 bags of 10 L."""
    headspace_ratio: Number = 0.25
    tare_mass: Kilogram = 0.0
    impellers: Number = 1.0
    impeller_ratio: Number = 0.4
    """This and the three before: drawn, not computed with."""
    density: KilogramPerCubicMetre = 1030.0
    """50 g/L protein with 8 % sucrose (recalled)."""
    mixing_turns: Number = 120.0
    """Revolutions in which what is added mixes in e-fold. Teaching value: two minutes at 60 rpm."""
    still_mixing: Second = 14400.0
    """The same by convection alone. Teaching value."""
    half_thickness: Metre = 0.02
    """Of a bag between two plates. Teaching value: shells of 40 mm."""
    contact: WattPerSquareMetreKelvin = 100.0
    """Film and bag wall. Teaching value."""
    ice_conductivity: WattPerMetreKelvin = 2.0
    """Ice with sucrose; pure ice has 2.2 (handbook, recalled)."""
    liquid_conductivity: WattPerMetreKelvin = 0.55
    """Of the liquid: water has 0.56 at 0 degC (handbook, recalled)."""
    rocking_gain: Number = 4.0
    """Rocking at full rate carries this many times more heat than conduction alone. Teaching value."""
    liquid_heat: JoulePerKilogramKelvin = 3850.0
    ice_heat: JoulePerKilogramKelvin = 2050.0
    latent_heat: JoulePerKilogram = 300.0e3
    """Water's 334 kJ/kg for nine tenths of water; heats for the same mixture (recalled)."""
    freezing_point: Kelvin = 272.15
    """-1 degC: 8 % sucrose and buffer (cryoscopic constant, recalled)."""
    ice_point: Kelvin = 273.15
    heat_capacity: JoulePerKilogramKelvin = 4180.0
    water_density: KilogramPerCubicMetre = 1000.0
    """By which heat is handed over (materials)."""
    trapping_speed: MetrePerSecond = 5.0e-6
    """Front speed beyond which solute is trapped between dendrites: 18 mm/h. Teaching value; 5 to 25 mm/h are named as
    the bound of cryoconcentration in bags and bottles [P]."""
    core_limit: Number = 8.0
    """Largest concentration of the core over the start: the maximal freeze concentrate. Teaching value."""
    interface: Number = 1.2e-3
    """Monomer that one slow freezing denatures on ice without surfactant; grows with the front's speed. Teaching value:
    some tenths of a per cent for a few fast cycles of an unprotected antibody."""
    polysorbate_half: KilogramPerCubicMetre = 0.03
    """Surfactant that halves it: 0.003 %. Teaching value; 0.01 to 0.05 % is usual."""
    pairing: CubicMetrePerKilogramSecond = 1.5e-9
    """Of protein in the core, second order. Teaching value: a few tenths of a per cent in some hours at 150 g/L."""
    sucrose_half: KilogramPerCubicMetre = 40.0
    """Sugar that halves pairing. Teaching value."""
    mobility: PerSecond = 5.0e-7
    """Aggregation of ice-bound protein at the freezing point: 4 % per day. Teaching value."""
    mobility_step: Kelvin = 4.5
    """Over which it falls e-fold: a quarter of a per cent per year at -40 degC. Teaching value."""
    warm_aggregation: PerSecond = 2.0e-9
    """Of the liquid at 25 degC: 0.5 % per month. Teaching value."""
    warm_reference: Kelvin = 298.15
    warm_step: Kelvin = 6.0
    """Over which it grows e-fold. Teaching value."""
    layer_gain: Number = 0.8
    """Layering that a thaw without rocking leaves. Teaching value."""
    layer_excess: Number = 0.6
    """Concentration at the port above the mean in full layering. Teaching value: 30 g/L on 50."""
    rocking_time: Second = 900.0
    """In which full rocking evens a bag out, e-fold. Teaching value."""
    diffusion_time: Second = 400000.0
    """The same at rest. Teaching value: days."""
    drain_time: Second = 60.0
    """An emptying tank gives at most its volume over this time."""
    smallest_volume: CubicMetre = 1.0e-9
    smallest_mass: Kilogram = 1.0e-9


class Readings(NamedTuple):
    """What can be seen, measured or assayed, and what only the debrief tells; true values."""

    weight: Kilogram
    """Of the tank."""
    liquid_volume: CubicMetre
    """In the tank."""
    tank_titre: KilogramPerCubicMetre
    tank_polysorbate: KilogramPerCubicMetre
    """Mixed in."""
    tank_unmixed: Number
    """Part of the polysorbate that is not mixed in."""
    bag_volume: CubicMetre
    bag_fill: Number
    """Over the bags' capacity."""
    bag_weight: Kilogram
    temperature: Kelvin
    """Of the bags' middle."""
    frozen_fraction: Number
    front_speed: MetrePerSecond
    core_factor: Number
    """Concentration of the liquid core over the mean: 1 in a liquid."""
    freezings: Number
    titre: KilogramPerCubicMetre
    """All protein at the sample port: of the tank while it holds liquor, else of the bags' liquid."""
    aggregate_fraction: Number
    """Of all protein here."""
    polysorbate: KilogramPerCubicMetre
    """Of the liquor where the port is."""
    sucrose: KilogramPerCubicMetre
    layering: Number
    jacket_heat: Watt
    """From the plates to the bags."""
    shaft_speed: PerSecond
    tank_monomer: Kilogram
    tank_hmw: Kilogram
    tank_sucrose: Kilogram
    tank_surfactant: Kilogram
    bag_monomer: Kilogram
    bag_hmw: Kilogram
    bag_sucrose: Kilogram
    bag_surfactant: Kilogram
    aggregated: Kilogram
    buffer_added: CubicMetre
    sucrose_added: Kilogram
    polysorbate_added: Kilogram
    polysorbate_volume: CubicMetre
    sampled_volume: CubicMetre
    sampled_monomer: Kilogram
    sampled_hmw: Kilogram
    sampled_sucrose: Kilogram
    sampled_polysorbate: Kilogram
    spilt_volume: CubicMetre
    spilt_monomer: Kilogram
    spilt_hmw: Kilogram
    spilt_sucrose: Kilogram
    spilt_polysorbate: Kilogram
    transferred_volume: CubicMetre
    transferred_monomer: Kilogram
    transferred_hmw: Kilogram
    transferred_sucrose: Kilogram
    transferred_polysorbate: Kilogram
    transferred_heat: Joule
    transferred_aggregates: Number
    """Part of the protein that was drawn from the bags."""
    transferred_titre: KilogramPerCubicMetre
    transferred_surfactant: KilogramPerCubicMetre


class Start(NamedTuple):
    """How it begins: the retentate pool of the UF/DF in the tank, bags empty; with ``bag_volume`` in bags, thawed."""

    volume: CubicMetre = 0.11
    monomer: KilogramPerCubicMetre = 49.7
    hmw: KilogramPerCubicMetre = 0.3
    sucrose: KilogramPerCubicMetre = 80.0
    polysorbate: KilogramPerCubicMetre = 0.0
    bag_volume: CubicMetre = 0.0
    bag_temperature: Kelvin = 278.15
    frozen: Number = 0.0
    """Part of the bags' content that is ice, evenly trapped; between 0 and 1 they are at their freezing point."""
