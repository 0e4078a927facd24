"""What the centrifuge remembers, what reaches it, what it is made of, and what can be read on it."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    Cells,
    CellsPerCubicMetre,
    CubicMetre,
    CubicMetrePerKilogram,
    CubicMetrePerSecond,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerSecond,
    Metre,
    MetrePerSecond,
    MetrePerSecondSquared,
    Number,
    PascalSecond,
    PerSecond,
    Second,
    SquareMetre,
    Watt,
)


class State(NamedTuple):
    """Amounts in the bowl; the last group holds means over the last tick, for whoever receives centrate and solids."""

    speed: Number
    """Of the motor, fraction of maximum."""
    asked: Number
    """Discharge command of the last tick: a shot is fired when it rises from 0."""
    volume: CubicMetre
    """Of all that is in the bowl."""
    product: Kilogram
    """Monomer; not settled, as the five that follow."""
    aggregates: Kilogram
    hcp: Kilogram
    dna: Kilogram
    cells: Cells
    debris: Kilogram
    cells_settled: Cells
    debris_settled: Kilogram
    lysed: Cells
    """Cells broken in the feed zone since the start."""
    intake: CubicMetrePerSecond
    outflow: CubicMetrePerSecond
    product_out: KilogramPerSecond
    aggregates_out: KilogramPerSecond
    hcp_out: KilogramPerSecond
    dna_out: KilogramPerSecond
    cells_out: PerSecond
    debris_out: KilogramPerSecond
    waste: CubicMetrePerSecond
    """Shots and what a worn seal lets go."""
    product_waste: KilogramPerSecond
    aggregates_waste: KilogramPerSecond
    hcp_waste: KilogramPerSecond
    dna_waste: KilogramPerSecond
    cells_waste: PerSecond
    debris_waste: KilogramPerSecond


class Inputs(NamedTuple):
    """What comes in and what is asked; every malfunction is 0 in health."""

    command: Number = 0.0
    """Speed, fraction of maximum, 0..1; what lies outside is taken at the nearer end."""
    discharge: Number = 0.0
    """Rising from 0 it fires one shot: the part of the solids space that is ejected, 0..1."""
    flow: CubicMetrePerSecond = 0.0
    """Feed; what lies below 0 is taken as 0."""
    viscosity: PascalSecond = 1.0e-3
    """Water at 20 degC (recalled)."""
    product: KilogramPerCubicMetre = 0.0
    """Per volume of feed, as the five that follow."""
    aggregates: KilogramPerCubicMetre = 0.0
    """Of product, dissolved: they go where it goes."""
    hcp: KilogramPerCubicMetre = 0.0
    dna: KilogramPerCubicMetre = 0.0
    cells: CellsPerCubicMetre = 0.0
    """Whole, living or dead."""
    debris: KilogramPerCubicMetre = 0.0
    """Wet mass of fragments."""
    discharge_stuck: Number = 0.0
    """0..1: how much of a shot does not come."""
    slip: Number = 0.0
    """0..1: how much of the motor's speed the bowl lacks."""
    feed_shear: Number = 0.0
    """Stress added by a throttled feed valve, in units of the feed zone's own at full speed."""
    air: Number = 0.0
    """0..1: gas drawn in with the feed."""
    seal_leak: Number = 0.0
    """0..1: part of what would leave as centrate that leaves by the solids port."""


class Parameters(NamedTuple):
    """One machine. The defaults are a teaching machine for 2 m3/h, with the geometry of downstream.md 3.2."""

    discs: Number = 100.0
    """Gaps between discs; with the four that follow, the worked example of downstream.md 3.2 (computed)."""
    maximum_speed: PerSecond = 150.0
    """9000 rpm."""
    outer_radius: Metre = 0.12
    inner_radius: Metre = 0.05
    cone_tangent: Number = 0.8390996311772800
    """Of the half cone angle to the axis, 40 deg."""
    efficiency: Number = 0.4
    """Calibration of Sigma for disc stacks (downstream.md 3.2, recalled)."""
    bowl_volume: CubicMetre = 0.010
    """Teaching value."""
    solids_space: CubicMetre = 0.004
    """Teaching value: fills to 60 % in about two minutes of usual harvest."""
    sediment_density: KilogramPerCubicMetre = 630.0
    """Wet cells per volume of sediment: 60 % of it. Teaching value."""
    sharpness: Number = 20.0
    """How suddenly a full bowl stops clarifying. Teaching value: nothing is seen below 70 % of the solids space, the
    upper end of usual shots (50-70 %, downstream.md 3.2, read in a web page)."""
    lag: Second = 60.0
    """Of the drive. Teaching value: at speed after some minutes."""
    cell_size: Metre = 12.0e-6
    """CHO (downstream.md 3.2), as the next one."""
    excess_density: KilogramPerCubicMetre = 50.0
    """Of every particle over the liquid."""
    coarse_size: Metre = 2.0e-6
    """Fragments of 1-3 um (downstream.md 3.2)."""
    fine_size: Metre = 0.4e-6
    """Teaching value: what no centrifuge takes and the depth filter is for."""
    fine_share: Number = 0.4
    """Of the debris. Teaching value: gives a centrate in the published band of turbidity."""
    cell_mass: Kilogram = 9.5e-13
    """A sphere of 12 um at 1050 kg/m3."""
    particle_density: KilogramPerCubicMetre = 1050.0
    lysis: Number = 0.02
    """Dose of stress at full speed: 2 % of the cells break. Teaching value, for a feed zone of gentle design."""
    air_stress: Number = 10.0
    """Stress that a feed full of gas adds, in the same unit. Teaching value: shear at gas-liquid interfaces."""
    debris_of_a_cell: Kilogram = 4.75e-13
    """Half of its mass. Teaching value."""
    hcp_of_a_cell: Kilogram = 1.25e-13
    """125 pg, as the bioreactor drawer (upstream.md, domain knowledge)."""
    dna_of_a_cell: Kilogram = 6.0e-15
    """Diploid mammalian cell, 6 to 7 pg (recalled)."""
    gravity: MetrePerSecondSquared = 9.80665
    """Standard, ISO 80000-3."""
    idle_power: Watt = 4000.0
    """Windage and friction at full speed. Teaching value."""
    liquid_density: KilogramPerCubicMetre = 1000.0
    turbidity_of_a_cell: CubicMetre = 2.0e-11
    """NTU of one cell per cubic metre; teaching value, that of the bioreactor drawer."""
    turbidity_of_debris: CubicMetrePerKilogram = 400.0
    """NTU of 1 kg/m3; teaching value, as the next one, those of the depth filter."""
    turbidity_of_protein: CubicMetrePerKilogram = 1.0


class Readings(NamedTuple):
    """What leaves (means over the last tick) and what the machine shows."""

    flow: CubicMetrePerSecond
    """Centrate."""
    intake: CubicMetrePerSecond
    product: KilogramPerCubicMetre
    aggregates: KilogramPerCubicMetre
    hcp: KilogramPerCubicMetre
    dna: KilogramPerCubicMetre
    cells: CellsPerCubicMetre
    debris: KilogramPerCubicMetre
    turbidity: Number
    """Of the centrate, NTU."""
    waste_flow: CubicMetrePerSecond
    """Solids port."""
    waste_product: KilogramPerCubicMetre
    waste_aggregates: KilogramPerCubicMetre
    waste_hcp: KilogramPerCubicMetre
    waste_dna: KilogramPerCubicMetre
    waste_cells: CellsPerCubicMetre
    waste_debris: KilogramPerCubicMetre
    bowl_speed: PerSecond
    sigma: SquareMetre
    """Equivalent settling area, by geometry and speed."""
    cut_size: Metre
    """Of which half is separated, at this feed."""
    settling_velocity: MetrePerSecond
    """Of a cell, at rest."""
    cells_separated: Number
    """Part, while the bowl is not full."""
    debris_separated: Number
    bowl_fill: Number
    """Sediment over the solids space."""
    lysed_share: Number
    """Of the cells that come in."""
    held_product: Kilogram
    """In the bowl's liquid, as the three that follow."""
    held_aggregates: Kilogram
    held_hcp: Kilogram
    held_dna: Kilogram
    motor_power: Watt


class Start(NamedTuple):
    """How the machine begins: empty or full of water, at a speed."""

    speed: Number = 0.0
    volume: CubicMetre = 0.0
