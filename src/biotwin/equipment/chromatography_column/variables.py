"""Names of the column: what reaches it, what it is made of, what can be read on it, and how it begins."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    CubicMetre,
    CubicMetrePerSecond,
    Joule,
    JoulePerCubicMetreKelvin,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerCubicMetreSecond,
    Metre,
    MetrePerSecond,
    Mol,
    MolPerCubicMetre,
    Number,
    Pascal,
    PascalSecond,
    SiemensPerMetre,
)


class Inputs(NamedTuple):
    """The stream that comes, and the outlet valve; every malfunction is 0 in health. Acidic and basic variants are
    part of the product, aggregates are not.
    """

    flow: CubicMetrePerSecond = 0.0
    """What lies below 0 counts as none; what the bed cannot take leaves by the relief valve to the drain."""
    salt: MolPerCubicMetre = 0.0
    """Sodium chloride, as ``strong_ions``, acetate and Tris per volume of what comes in."""
    strong_ions: MolPerCubicMetre = 0.0
    """Strong cations less strong anions beyond the salt: of caustic soda or of a buffer's counter-ion."""
    acetate: MolPerCubicMetre = 0.0
    tris: MolPerCubicMetre = 0.0
    product: KilogramPerCubicMetre = 0.0
    """Monomer of every charge."""
    aggregates: KilogramPerCubicMetre = 0.0
    acidic: KilogramPerCubicMetre = 0.0
    basic: KilogramPerCubicMetre = 0.0
    hcp: KilogramPerCubicMetre = 0.0
    hcp_associated: Number = 0.01
    """Part of that host-cell protein which clings to the antibody and goes where it goes. Teaching value: gives some
    1000 ppm after Protein A, within 200 to 3000 (downstream.md 3.1.5 [K])."""
    dna: KilogramPerCubicMetre = 0.0
    solutes: MolPerCubicMetre = 0.0
    """Small molecules of the medium; they absorb at 280 nm."""
    pool_valve: Number = 0.0
    """Opening of the outlet towards the pool, 0..1; the rest goes to the drain."""
    sample_flow: CubicMetrePerSecond = 0.0
    """Taken at the outlet before the valve, as far as liquid flows there; it counts as wasted."""
    resin_aged: Number = 0.0
    """Malfunction, 0..1: part of the resin's capacity that is lost."""
    bed_channelled: Number = 0.0
    """Malfunction, 0..1: part of the flow that goes past the beads."""
    bed_disturbed: Number = 0.0
    """Malfunction, 0..1: how far the packing has lost its evenness: plates up to ``disturbed_plates`` times as high."""
    air_in_bed: Number = 0.0
    """Malfunction, 0..1: part of the beads' surface that gas covers."""
    frit_fouled: Number = 0.0
    """Malfunction, 0..1: how far the inlet frit is shut."""
    ligand_leaching: Number = 0.0
    """Malfunction, 0..1: how far shed ligand rises, up to ``leaching_worst`` times."""


class Parameters(NamedTuple):
    """One packed column with its skid. Defaults: 80 cm x 20 cm of a Protein A resin."""

    diameter: Metre = 0.8
    bed_height: Metre = 0.2
    voids: Number = 0.31
    """Between the beads, part of the bed (downstream.md 3.1.3 [R])."""
    pores: Number = 0.95
    """Of the pores, part of a bead (same source)."""
    bead_radius: Metre = 4.25e-5
    """(Same source.)"""
    plate_height: Metre = 1.0e-3
    """Of an unretained tracer. Teaching value: some ten bead diameters, a usual process packing."""
    disturbed_plates: Number = 30.0
    """Teaching value: a bed that has cracked or settled shows in any pulse test."""
    cells: Number = 40.0
    """Cells along the bed. With 24, five of 34 randomised runs were 3.2 to 4.2 % off CADET-Core on a peak's height or
    time; the worst falls as one over the cells, and with 40 none was (docs, Qualification)."""
    ion_film: MetrePerSecond = 5.0e-6
    """Lumped film and pore coefficient of small ions. Teaching value: balanced within seconds, as pores of 40 um are,
    yet slow enough that a second needs few steps."""
    ionic_capacity: MolPerCubicMetre = 0.0
    """Of an exchanger, per m3 of solid; 0 where the resin binds otherwise."""
    viscosity: PascalSecond = 1.0e-3
    """Water at 20 degC (recalled)."""
    frit_worst: Number = 4.0
    """What a shut frit adds to the bed's own resistance, as many times. Teaching value: three quarters of the frit's
    area lost are seen on the gauge at once."""
    maximum_flow: CubicMetrePerSecond = 1.0e-3
    """Beyond it the relief valve opens. Teaching value: 3600 L/h, twice the usual flow."""
    maximum_pressure: Pascal = 3.0e5
    """Relief, gauge: 3 bar, usual for process columns (recalled)."""
    light_path: Metre = 2.0e-3
    """Of the UV cell. Teaching value: process cells have 2 to 5 mm (recalled)."""
    extinction_of_solutes: Number = 0.9
    """AU of a medium's solutes at their usual 25 mol/m3 in such a cell. Teaching value: a load that nearly fills the
    scale, so that breakthrough is hard to see under it."""
    usual_solutes: MolPerCubicMetre = 25.0
    leaching: KilogramPerCubicMetreSecond = 4.0e-7
    """Ligand shed in acid per m3 of resin: some 20 ppm of an eluate, 5 to 50 are usual (downstream.md 3.1.5 [K])."""
    leaching_worst: Number = 8.0
    """Teaching value: a resin that its cleaning has damaged."""
    leaching_ph: Number = 4.5
    """Below which ligand is shed. Teaching value."""
    room: Kelvin = 20.0
    """Of the suite above 273.15 K: columns run at its temperature. Teaching value."""
    heat_capacity: JoulePerCubicMetreKelvin = 4.18e6
    """Water (steam tables, recalled)."""


class Readings(NamedTuple):
    """The stream that leaves (means over the last tick with flow), gauges, and the accounts since the beginning."""

    flow: CubicMetrePerSecond
    pool_flow: CubicMetrePerSecond
    waste_flow: CubicMetrePerSecond
    salt: MolPerCubicMetre
    strong_ions: MolPerCubicMetre
    acetate: MolPerCubicMetre
    tris: MolPerCubicMetre
    product: KilogramPerCubicMetre
    aggregates: KilogramPerCubicMetre
    acidic: KilogramPerCubicMetre
    basic: KilogramPerCubicMetre
    hcp: KilogramPerCubicMetre
    dna: KilogramPerCubicMetre
    solutes: MolPerCubicMetre
    ligand: KilogramPerCubicMetre
    absorbance: Number
    """At 280 nm, AU; stray light ends the scale near 2.5."""
    ph: Number
    conductivity: SiemensPerMetre
    pressure: Pascal
    """Over bed and frit."""
    plate_height: Metre
    """What a pulse test would find."""
    load: KilogramPerCubicMetre
    """Product in the bed per volume of bed; nobody measures it."""
    pooled_volume: CubicMetre
    pooled_product: Kilogram
    pooled_aggregates: Kilogram
    pooled_acidic: Kilogram
    pooled_basic: Kilogram
    pooled_hcp: Kilogram
    pooled_dna: Kilogram
    pooled_ligand: Kilogram
    pooled_solutes: Mol
    pooled_salt: Mol
    pooled_strong_ions: Mol
    pooled_acetate: Mol
    pooled_tris: Mol
    pool_titre: KilogramPerCubicMetre
    """Protein in all that was pooled, aggregates included."""
    pool_aggregate_fraction: Number
    pool_hcp_ratio: Number
    """kg/kg: 1e-6 is 1 ppm."""
    pool_main_fraction: Number
    """Main charge variant, part of the pooled monomer."""
    pool_ph: Number
    pool_conductivity: SiemensPerMetre
    wasted_volume: CubicMetre
    wasted_product: Kilogram
    wasted_aggregates: Kilogram
    wasted_acidic: Kilogram
    wasted_basic: Kilogram
    wasted_hcp: Kilogram
    wasted_dna: Kilogram
    wasted_solutes: Mol
    held_product: Kilogram
    held_aggregates: Kilogram
    held_acidic: Kilogram
    held_basic: Kilogram
    held_hcp: Kilogram
    held_dna: Kilogram
    held_solutes: Mol
    supplied_product: Kilogram
    recovery: Number
    """Product pooled, part of what was supplied."""
    loss: Number
    """The rest of it: drained or held."""
    pooled_heat: Joule
    """Of what was pooled, above 273.15 K."""


class Start(NamedTuple):
    """How the column begins: packed, full of one clean liquid. Default: 20 mM Tris, 150 mM salt, pH 7.4."""

    salt: MolPerCubicMetre = 150.0
    strong_ions: MolPerCubicMetre = -16.5
    acetate: MolPerCubicMetre = 0.0
    tris: MolPerCubicMetre = 20.0
