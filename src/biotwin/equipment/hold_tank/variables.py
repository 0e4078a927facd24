"""What the tank remembers, what reaches it, what it is made of, and what can be read on it.

Every stream of the house names its contents alike: what a tank hands on is wired by name to what receives it
(``sum_of``), or one by one.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    Cells,
    CellsPerCubicMetre,
    CubicMetre,
    CubicMetrePerKilogram,
    CubicMetrePerSecond,
    Joule,
    JoulePerKilogramKelvin,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerSecond,
    Mol,
    MolPerCubicMetre,
    MolPerSecond,
    Number,
    PascalSecond,
    PerSecond,
    SiemensPerMetre,
    SiemensSquareMetrePerMol,
    Watt,
    WattPerKelvin,
)


class State(NamedTuple):
    """``…_held`` is in the tank, ``…_out`` left to the receiver (means over the last tick), ``…_lost`` is an account
    of what overflowed, leaked, was sampled or sent to drain since the start."""

    volume: CubicMetre
    temperature: Kelvin
    product_held: Kilogram
    """Monomer."""
    aggregates_held: Kilogram
    """High molecular weight species of it."""
    fragments_held: Kilogram
    """Low molecular weight species of it."""
    hcp_held: Kilogram
    dna_held: Kilogram
    ligand_held: Kilogram
    """Leached from an affinity resin."""
    cells_held: Cells
    """Whole, living or dead."""
    debris_held: Kilogram
    """Wet mass of fragments."""
    virus_held: Number
    """Enveloped, infectious particles; never measured in a lot."""
    parvovirus_held: Number
    """The same, without an envelope."""
    bioburden_held: Number
    """Colony-forming units."""
    endotoxin_held: Number
    """Endotoxin units."""
    salt_held: Mol
    acid_held: Mol
    """The buffer's cationic (protonated) form."""
    base_held: Mol
    """The buffer's neutral form."""
    excipient_held: Mol
    """One neutral small solute."""
    flow: CubicMetrePerSecond
    product_out: KilogramPerSecond
    aggregates_out: KilogramPerSecond
    fragments_out: KilogramPerSecond
    hcp_out: KilogramPerSecond
    dna_out: KilogramPerSecond
    ligand_out: KilogramPerSecond
    cells_out: PerSecond
    debris_out: KilogramPerSecond
    virus_out: PerSecond
    parvovirus_out: PerSecond
    bioburden_out: PerSecond
    endotoxin_out: PerSecond
    salt_out: MolPerSecond
    acid_out: MolPerSecond
    base_out: MolPerSecond
    excipient_out: MolPerSecond
    spilt: CubicMetre
    """Overflowed since the start."""
    leaked: CubicMetre
    sampled: CubicMetre
    drained: CubicMetre
    """Sent to drain ahead of the tank."""
    product_lost: Kilogram
    aggregates_lost: Kilogram
    fragments_lost: Kilogram
    hcp_lost: Kilogram
    dna_lost: Kilogram
    ligand_lost: Kilogram
    cells_lost: Cells
    debris_lost: Kilogram
    virus_lost: Number
    parvovirus_lost: Number
    bioburden_lost: Number
    endotoxin_lost: Number
    salt_lost: Mol
    acid_lost: Mol
    base_lost: Mol
    excipient_lost: Mol
    aggregated: Kilogram
    """Monomer that has become aggregate since the start, as accounts of what changed in the tank; the next two too."""
    lysed: Cells
    grown: Number
    begun_product: Kilogram
    """Held at the start, of every size: the lot as it came."""


class Inputs(NamedTuple):
    """One stream in, one drawn out; every malfunction is 0 in health. Flows below 0 are taken as 0."""

    flow: CubicMetrePerSecond = 0.0
    """What comes in, with the contents that follow, per volume of it."""
    product: KilogramPerCubicMetre = 0.0
    aggregates: KilogramPerCubicMetre = 0.0
    fragments: KilogramPerCubicMetre = 0.0
    hcp: KilogramPerCubicMetre = 0.0
    dna: KilogramPerCubicMetre = 0.0
    ligand: KilogramPerCubicMetre = 0.0
    cells: CellsPerCubicMetre = 0.0
    debris: KilogramPerCubicMetre = 0.0
    virus: CellsPerCubicMetre = 0.0
    parvovirus: CellsPerCubicMetre = 0.0
    bioburden: CellsPerCubicMetre = 0.0
    endotoxin: CellsPerCubicMetre = 0.0
    salt: MolPerCubicMetre = 0.0
    acid: MolPerCubicMetre = 0.0
    base: MolPerCubicMetre = 0.0
    excipient: MolPerCubicMetre = 0.0
    temperature: Kelvin = 293.15
    """Of what comes in."""
    collect: Number = 1.0
    """0..1: the part of it that goes to the tank, a valve's ``opening``; the rest goes to drain ahead of the tank."""
    rinse: CubicMetrePerSecond = 0.0
    """Clean liquid into the tank beside the stream (flush, chase), with nothing in it, at the room's temperature."""
    draw: CubicMetrePerSecond = 0.0
    """What the receiver's pump asks for."""
    taken: CubicMetrePerSecond = 1.0e9
    """What the receiver took of the last tick's ``flow``: a filter's ``intake``. What it refused comes back by the
    pump's relief line. As it stands the receiver takes all."""
    lot_product: Kilogram = 0.0
    """What the lot had where it began, another tank's ``begun_product``: ``recovery`` is measured by it."""
    jacket_temperature: Kelvin = 293.15
    room_temperature: Kelvin = 293.15
    sample_flow: CubicMetrePerSecond = 0.0
    contamination_rate: PerSecond = 0.0
    """Colony-forming units that come in by an open way, per second."""
    leakage: CubicMetrePerSecond = 0.0
    """Through a hole at the bottom."""
    clamp: Number = 0.0
    """0..1: how far the outlet line is clamped."""
    jacket_lost: Number = 0.0
    """0..1: how much of the jacket's conductance is lost."""


class Parameters(NamedTuple):
    """One tank or bag. Its rates of change are 0 unless a plant sets them: a tank is inert where its hold is no lesson.
    """

    capacity: CubicMetre = 2.5
    """What comes above it overflows."""
    density: KilogramPerCubicMetre = 1010.0
    """As the feed vessel's: between water and a concentrated solution. Teaching value."""
    tare: Kilogram = 0.0
    reference_flow: CubicMetrePerSecond = 1.0e-3
    """A scale for the arithmetic; no result depends on it. Teaching value."""
    reference_temperature: Kelvin = 293.15
    """Of the three rates below."""
    ten_kelvin: Kelvin = 10.0
    heat_capacity: JoulePerKilogramKelvin = 4180.0
    """Of the liquid: water (steam tables, recalled)."""
    room_conductance: WattPerKelvin = 15.0
    """Wall to room. Teaching value: some 8 m2 of a bag in a tote at 2 W/m2/K; 2 m3 then warm by a kelvin in hours."""
    jacket_conductance: WattPerKelvin = 0.0
    """0 for a bag; a jacketed tank of 2 m3 has some 1000 W/K (teaching value: 200 W/m2/K over 5 m2)."""
    aggregation: PerSecond = 0.0
    """Of monomer, first order, at 20 degC. Teaching value for clarified harvest: 2e-9, 0.02 % a day."""
    aggregation_factor: Number = 3.0
    """For 10 K, as the two others. Teaching value: some 85 kJ/mol."""
    lysis: PerSecond = 0.0
    """Of cells, at 20 degC. Teaching value for a harvest that waits: 1.4e-6, 0.5 % an hour."""
    lysis_factor: Number = 2.5
    """Teaching value: cold keeps cells whole."""
    growth: PerSecond = 0.0
    """Of bioburden, at 20 degC. Teaching value: 6.4e-5, doubling in three hours in a rich liquid."""
    growth_factor: Number = 3.0
    """Teaching value: mesophiles at 5 degC take most of a day for a doubling."""
    growth_limit: CellsPerCubicMetre = 1.0e15
    """Densest that it grows: 1e9 per mL, a grown culture. Teaching value."""
    hcp_of_a_cell: Kilogram = 1.25e-13
    """125 pg, as the next two those of the centrifuge."""
    dna_of_a_cell: Kilogram = 6.0e-15
    debris_of_a_cell: Kilogram = 4.75e-13
    turbidity_of_a_cell: CubicMetre = 2.0e-11
    """NTU of one cell per cubic metre; with the next two those of the centrifuge and the depth filter."""
    turbidity_of_debris: CubicMetrePerKilogram = 400.0
    turbidity_of_protein: CubicMetrePerKilogram = 1.0
    absorbance_of_product: CubicMetrePerKilogram = 1.4
    """AU of 1 kg/m3 at 280 nm over 1 cm: usual IgG1 (recalled)."""
    absorbance_of_hcp: CubicMetrePerKilogram = 1.0
    """Mean of proteins (recalled)."""
    absorbance_of_dna: CubicMetrePerKilogram = 11.0
    """20 at 260 nm over a ratio of 1.8 (recalled)."""
    freezing: Kelvin = 273.15
    water: KilogramPerCubicMetre = 1000.0
    viscosity_scale: PascalSecond = 2.414e-5
    """Of water, mu = scale exp(slope / (T - pole)), within 2.5 % (Vogel's form, recalled), as the next two."""
    viscosity_slope: Kelvin = 570.58
    viscosity_pole: Kelvin = 140.0
    molar_conductivity: SiemensSquareMetrePerMol = 0.0106
    """Of sodium chloride at 0.1 M (Robinson and Stokes, recalled), for salt and the buffer's ions."""


class Readings(NamedTuple):
    """The stream that leaves (means over the last tick; while nothing leaves, what would), and what gauges show."""

    flow: CubicMetrePerSecond
    product: KilogramPerCubicMetre
    aggregates: KilogramPerCubicMetre
    fragments: KilogramPerCubicMetre
    hcp: KilogramPerCubicMetre
    dna: KilogramPerCubicMetre
    ligand: KilogramPerCubicMetre
    cells: CellsPerCubicMetre
    debris: KilogramPerCubicMetre
    virus: CellsPerCubicMetre
    parvovirus: CellsPerCubicMetre
    bioburden: CellsPerCubicMetre
    endotoxin: CellsPerCubicMetre
    salt: MolPerCubicMetre
    acid: MolPerCubicMetre
    base: MolPerCubicMetre
    excipient: MolPerCubicMetre
    temperature: Kelvin
    liquid_volume: CubicMetre
    level: Number
    """Over the capacity."""
    weight: Kilogram
    titre: KilogramPerCubicMetre
    """Product of every size."""
    aggregate_fraction: Number
    fragment_fraction: Number
    hcp_ratio: Number
    """Over product of every size: 1e-6 is the assay's 1 ppm."""
    product_total: Kilogram
    """Held, of every size."""
    recovery: Number
    """Over what the lot began with; 0 where that is not wired."""
    absorbance: Number
    """At 280 nm over 1 cm, of what leaves."""
    turbidity: Number
    """NTU, of what leaves."""
    conductivity: SiemensPerMetre
    viscosity: PascalSecond
    """Of water at the tank's temperature."""
    heat: Joule
    """Above 273.15 K, counted as water, as a material does."""
    jacket_heat: Watt
    """From the jacket to the liquid."""
    spilt_volume: CubicMetre
    lost_volume: CubicMetre
    """Overflowed, leaked, sampled and sent to drain."""
    lost_product: Kilogram
    """Monomer in it."""


class Start(NamedTuple):
    """How the tank begins: so much, of so many, at a temperature."""

    volume: CubicMetre = 0.0
    temperature: Kelvin = 293.15
    product: KilogramPerCubicMetre = 0.0
    aggregates: KilogramPerCubicMetre = 0.0
    fragments: KilogramPerCubicMetre = 0.0
    hcp: KilogramPerCubicMetre = 0.0
    dna: KilogramPerCubicMetre = 0.0
    ligand: KilogramPerCubicMetre = 0.0
    cells: CellsPerCubicMetre = 0.0
    debris: KilogramPerCubicMetre = 0.0
    virus: CellsPerCubicMetre = 0.0
    parvovirus: CellsPerCubicMetre = 0.0
    bioburden: CellsPerCubicMetre = 0.0
    endotoxin: CellsPerCubicMetre = 0.0
    salt: MolPerCubicMetre = 0.0
    acid: MolPerCubicMetre = 0.0
    base: MolPerCubicMetre = 0.0
    excipient: MolPerCubicMetre = 0.0
