"""What the vessel remembers, what reaches it, what it is made of, and what can be read on it."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    Cells,
    CellSecondsPerCubicMetre,
    CellsPerCubicMetre,
    CubicMetre,
    CubicMetrePerSecond,
    FaradPerMetre,
    FaradSquareMetre,
    Joule,
    JoulePerMol,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerSecond,
    Metre,
    MetrePerSecond,
    Mol,
    MolPerCubicMetre,
    MolPerCubicMetreSecond,
    MolPerSecond,
    Number,
    Pascal,
    PascalSecondPerMetre,
    PerMetre,
    PerSecond,
    Second,
    Watt,
    WattPerCubicMetre,
    WattPerSquareMetreKelvin,
)


class State(NamedTuple):
    """Amounts in the vessel; the last group keeps accounts, so that balances are linear forms of the state."""

    volume: CubicMetre
    temperature: Kelvin
    viable_cells: Cells
    dead_cells: Cells
    lysed_cells: Cells
    glucose: Mol
    glutamine: Mol
    lactate: Mol
    ammonia: Mol
    oxygen: Mol
    """Dissolved."""
    inorganic_carbon: Mol
    """CO2 and bicarbonate in the liquid."""
    strong_ions: Mol
    """Strong cations less strong anions."""
    osmoles: Mol
    """Osmotically active matter other than glucose, glutamine, lactate and ammonia."""
    product: Kilogram
    galactosylated: Kilogram
    """Product times its galactosylation index when it was made."""
    aggregates: Kilogram
    """Part of the product that sticks together."""
    host_cell_protein: Kilogram
    cell_time: CellSecondsPerCubicMetre
    """Integral of the viable density (IVCD)."""
    antifoam: Kilogram
    foam: Metre
    filter_wetness: Number
    """0 dry .. 1 soaked."""
    headspace_oxygen: Mol
    headspace_carbon_dioxide: Mol
    bacteria: Cells
    mycoplasma: Number
    """Load, 0 clean .. 1."""
    liquid_supplied: CubicMetre
    """Net volume that came in through the pipes."""
    glucose_supplied: Mol
    glucose_consumed: Mol
    oxygen_supplied: Mol
    """Net oxygen that came in by gas, less what left by gas and with the broth."""
    oxygen_consumed: Mol
    carbon_supplied: Mol
    """Net inorganic carbon that came in by gas and liquid."""


class Inputs(NamedTuple):
    """Flows and settings at rest, malfunctions in health; flows of matter are sums over all bottles."""

    stirrer_speed: PerSecond = 0.0
    """Revolutions per second of the motor."""
    sparge_air: MolPerSecond = 0.0
    sparge_oxygen: MolPerSecond = 0.0
    sparge_carbon_dioxide: MolPerSecond = 0.0
    sparge_nitrogen: MolPerSecond = 0.0
    overlay_air: MolPerSecond = 0.0
    overlay_carbon_dioxide: MolPerSecond = 0.0
    liquid_flow: CubicMetrePerSecond = 0.0
    glucose_flow: MolPerSecond = 0.0
    glutamine_flow: MolPerSecond = 0.0
    lactate_flow: MolPerSecond = 0.0
    ammonia_flow: MolPerSecond = 0.0
    inorganic_carbon_flow: MolPerSecond = 0.0
    strong_ion_flow: MolPerSecond = 0.0
    osmole_flow: MolPerSecond = 0.0
    """Of osmoles other than the four metabolites."""
    antifoam_flow: KilogramPerSecond = 0.0
    viable_cell_flow: PerSecond = 0.0
    dead_cell_flow: PerSecond = 0.0
    liquid_temperature: Kelvin = 293.15
    harvest_flow: CubicMetrePerSecond = 0.0
    sample_flow: CubicMetrePerSecond = 0.0
    vent_opening: Number = 1.0
    jacket_temperature: Kelvin = 310.15
    room_temperature: Kelvin = 293.15
    ph: Number = 7.05
    """The vessel's own reading ``ph`` of the last settled state: wire it to itself. pH is solved once per tick."""
    sparger_fouling: Number = 0.0
    """Malfunction, 0..1: pores blocked."""
    belt_slip: Number = 0.0
    """Malfunction, 0..1: part of the motor's revolutions that the shaft does not make."""
    sparger_tear: Number = 0.0
    """Malfunction, 0..1: a torn micro-sparger lets large bubbles out."""
    surfactant_loss: Number = 0.0
    """Malfunction, 0..1: Pluronic missing or degraded."""
    contamination_rate: PerSecond = 0.0
    """Malfunction: bacteria that get in each second."""
    mycoplasma_rate: PerSecond = 0.0
    """Malfunction: mycoplasma load that gets in each second."""
    foam_production: Number = 1.0
    """Malfunction: how many times more foam than in health."""
    exhaust_filter_blockage: Number = 0.0
    """Malfunction, 0..1: area of the exhaust filter lost."""


class Parameters(NamedTuple):
    """Constants of one vessel. Defaults: a 2000 L single-use bag. What scales is written per size."""

    vessel_volume: CubicMetre = 2.0
    """Nominal working volume, 0.002 .. 12.5."""
    aspect_ratio: Number = 1.5
    """Liquid height over tank diameter at the nominal volume (upstream.md 2.B)."""
    headspace_ratio: Number = 0.25
    """Room above the nominal liquid, part of the nominal volume: vessels fill to 80 %. Usual practice, recalled."""
    impeller_ratio: Number = 0.4
    """Impeller over tank diameter (upstream.md 2.B)."""
    impellers: Number = 1.0
    power_number: Number = 1.5
    """Of one impeller: a pitched blade or elephant ear, turbulent (upstream.md 2.B)."""
    dissipation_peak: Number = 8.8
    """Largest over mean dissipation: 0.193 over 0.0219 W/kg in the 200 L CFD set (upstream.md 2.B)."""
    transfer_constant: PerSecond = 0.0166
    """C of kLa = C (P/V)^0.4 vs^0.5, fitted to the 2000 L CFD anchor (upstream.md 2.B); a property of the vessel."""
    power_exponent: Number = 0.4
    velocity_exponent: Number = 0.5
    """Van't Riet, coalescing, read in BioSTEAM (upstream.md 2.B)."""
    carbon_dioxide_ratio: Number = 0.89
    """kLa of CO2 over kLa of O2, root of the diffusivities (upstream.md 2.B)."""
    surface_coefficient: MetrePerSecond = 0.05 / 3600.0
    """kL of the free surface: 0.05 to 0.12 m/h ([P] in upstream.md 2.B)."""
    bubble_radius: Metre = 1.0e-3
    """Drilled or sintered sparger in surfactant: teaching value, 0.5 to 3 mm seen in practice."""
    tear_growth: Number = 4.0
    """A torn sparger's bubbles are 1 + this times larger. Teaching value."""
    fouling_loss: Number = 0.8
    """kLa lost at full fouling. Teaching value."""
    antifoam_loss: Number = 0.5
    """Largest loss of kLa by antifoam; with ``antifoam_half``, -14 % at 40 ppm (a peer has -15 % for silicone, dose
    unstated)."""
    antifoam_half: KilogramPerCubicMetre = 0.1
    antifoam_loss_rate: PerSecond = 0.693 / (12.0 * 3600.0)
    """Antifoam is spent with a half-life of 12 h. Teaching value: it is dosed once or twice a day."""
    foam_protein_half: KilogramPerCubicMetre = 1.0
    """Protein at which foaming is half its maximum. Teaching value."""
    foam_antifoam_half: KilogramPerCubicMetre = 0.02
    """Antifoam that halves foaming: 20 ppm. Teaching value."""
    foam_life: Second = 600.0
    """5 to 20 min ([D] in upstream.md 2.A4)."""
    foam_gain: Number = 0.6
    """Height of foam made per height of gas that leaves. Teaching value."""
    filter_wetting_time: Second = 600.0
    filter_drying_time: Second = 21600.0
    """A soaked filter dries in hours if at all. Teaching values."""
    filter_wet_factor: Number = 40.0
    """Resistance of a soaked filter over a dry one, less one. Teaching value."""
    filter_specific_area: PerMetre = 0.1
    """Exhaust filter area per nominal volume: 0.2 m2 on 2000 L (catalogue sizes, recalled)."""
    filter_resistance: PascalSecondPerMetre = 57000.0
    """20 mbar at 100 m3/h through 0.8 m2 (0.2 um hydrophobic PTFE, recalled)."""
    relief_pressure: Pascal = 5000.0
    """Gauge pressure at which the bag's relief opens: 50 mbar; a steel vessel bears 2 bar (recalled)."""
    heat_transfer: WattPerSquareMetreKelvin = 200.0
    """100 to 300 for a bag, 300 to 800 for steel ([D] in upstream.md 2.B)."""
    room_loss: WattPerSquareMetreKelvin = 5.0
    """Free convection to the room. Recalled."""
    wall_capacity: Number = 0.02
    """Heat capacity of the wall as a part of that of the nominal volume of water. Teaching value."""
    heat_per_oxygen: JoulePerMol = 460000.0
    """Oxycaloric equivalent (upstream.md 2.B)."""
    tare_mass: Kilogram = 0.0
    """What the scale shows without liquid; most plants tare it away."""
    calibration_pressure: Pascal = 101325.0
    """Absolute pressure at which the oxygen probe read 100 % in air."""
    permittivity_of_a_cell: FaradSquareMetre = 0.6e-22
    """0.6 pF/cm per 1e6 cells/mL (recalled; 0.4 to 1 for CHO)."""
    turbidity_of_a_cell: CubicMetre = 2.0e-11
    """NTU of one cell per cubic metre: 1e7 cells/mL look like 200 NTU. Teaching value."""
    dna_of_a_cell: Kilogram = 6.0e-15
    """6 pg (as the centrifuge's). Teaching ratio: all of it stays in the broth once a cell is lysed."""
    debris_of_a_cell: Kilogram = 4.75e-13
    """Wet mass, as the centrifuge's."""
    ice_point: Kelvin = 273.15
    drain_time: Second = 120.0
    """Outflows are limited to the volume over this time: a pump cannot draw an empty vessel below zero."""


class Readings(NamedTuple):
    """What can be seen, measured or assayed; the true values, before any instrument."""

    temperature: Kelvin
    ph: Number
    dissolved_oxygen: Number
    """Fraction of air saturation at the calibration pressure."""
    pressure: Pascal
    """Gauge pressure of the headspace."""
    filter_pressure_drop: Pascal
    weight: Kilogram
    liquid_volume: CubicMetre
    foam_height: Number
    """Fraction of the room above the liquid; 1 reaches the exhaust."""
    viable_density: CellsPerCubicMetre
    dead_density: CellsPerCubicMetre
    viability: Number
    lysed_fraction: Number
    """Of all cells ever made that are still in the vessel, those that no counter sees."""
    glucose: MolPerCubicMetre
    glutamine: MolPerCubicMetre
    lactate: MolPerCubicMetre
    ammonia: MolPerCubicMetre
    titre: KilogramPerCubicMetre
    carbon_dioxide_pressure: Pascal
    osmolality: MolPerCubicMetre
    """Osmoles per volume, taken as mmol/kg."""
    oxygen_uptake: MolPerCubicMetreSecond
    oxygen_transfer: MolPerCubicMetreSecond
    oxygen_transfer_coefficient: PerSecond
    growth_rate: PerSecond
    permittivity: FaradPerMetre
    exhaust_oxygen: Number
    exhaust_carbon_dioxide: Number
    stirrer_power: Watt
    shaft_speed: PerSecond
    jacket_heat: Watt
    """From the jacket to the broth."""
    mixing_time: Second
    energy_dissipation: WattPerCubicMetre
    """Mean."""
    galactosylation: Number
    aggregate_fraction: Number
    host_cell_protein: KilogramPerCubicMetre
    bacteria_density: CellsPerCubicMetre
    mycoplasma_load: Number
    turbidity: Number
    """NTU, for the eye at the sight glass."""
    bubble_size: Metre
    """Radius, for the eye at the sight glass."""
    monomer: KilogramPerCubicMetre
    """Product that does not stick together; this and what follows is what the harvest receives."""
    dna: KilogramPerCubicMetre
    """Of lysed cells, for want of a model of its own."""
    debris: KilogramPerCubicMetre
    """Wet mass of lysed cells."""
    heat_content: Joule
    """Above 0 degC."""


class Start(NamedTuple):
    """How the vessel begins: by default a medium just inoculated, at its set-points."""

    volume: CubicMetre = 1.5
    temperature: Kelvin = 310.15
    ph: Number = 7.05
    carbon_dioxide_pressure: Pascal = 7900.0
    """Of the dissolved CO2: 20 mol/m3 of inorganic carbon at pH 7.05."""
    dissolved_oxygen: Number = 0.5
    viable_density: CellsPerCubicMetre = 0.5e12
    viability: Number = 0.98
    glucose: MolPerCubicMetre = 35.0
    glutamine: MolPerCubicMetre = 6.0
    lactate: MolPerCubicMetre = 1.0
    ammonia: MolPerCubicMetre = 0.5
    osmolality: MolPerCubicMetre = 290.0
    antifoam: KilogramPerCubicMetre = 0.0
    mycoplasma: Number = 0.0
