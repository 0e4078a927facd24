"""What the line remembers, what it is given, what it is made of, and what it shows."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    Cells,
    CellsPerCubicMetre,
    CubicMetre,
    CubicMetrePerSecond,
    Deviate,
    Kilogram,
    KilogramPerCubicMetre,
    MetrePerSecond,
    Number,
    PerSecond,
    Second,
    SquareMetre,
)


class State(NamedTuple):
    """Bulk, where it went, the vials counted, and the age of the tube."""

    bulk: CubicMetre
    accepted_volume: CubicMetre
    rejected_volume: CubicMetre
    bulk_supplied: CubicMetre
    """Poured into the bulk vessel since the start, what it held then included."""
    filled: Number
    accepted: Number
    rejected: Number
    raised_accepted: Number
    """Vials with a raised stopper that the camera let pass."""
    wear: Second
    """Time that the tube has been squeezed, as seconds at full speed."""
    drift: Number
    """Gathered by the malfunction of that name, part of the dose."""
    sampled: CubicMetre
    """Taken out of the bulk by people."""
    bulk_burden: Cells
    """Expected colony-forming units in the bulk, behind the sterile filter."""
    on_line: Number
    """Filled vials that still stand open."""
    exposed: Number
    """Of these, how many are expected to have caught a microbe from the air."""
    contaminated: Number
    """Of the accepted vials, how many are expected to hold a microbe. No test of the lot reveals it."""
    suspect: Number
    """Of the accepted vials, those whose glass nobody can claim to be free of endotoxin."""
    suspect_endotoxin: Number
    """Endotoxin units in them, from the glass."""
    glass_endotoxin: Number
    """In the other accepted vials."""
    glass_particles: Number
    """Particles of 10 um and more that the glass brought into accepted vials."""


class Inputs(NamedTuple):
    """Commands, chance, and malfunctions, which are 0 in health."""

    command: Number = 0.0
    """Line speed, fraction of the fastest; what lies outside 0..1 is taken at the nearer end."""
    dose: CubicMetre = 10.0e-6
    """Set-point, m3, > 0."""
    trim: Number = 0.0
    """Correction of the dose that operator or feedback gives, part of it."""
    refill: CubicMetrePerSecond = 0.0
    burden_rate: PerSecond = 0.0
    """Colony-forming units that come with the refill, per second."""
    airborne: CellsPerCubicMetre = 0.0
    """Colony-forming units in the air over the open vials."""
    clearing: Number = 0.0
    """0..1: open vials are taken off the line and rejected."""
    setting_apart: Number = 0.0
    """0..1: trays with suspect vials are taken back out of the accepted ones."""
    vials: Number = 1.0e6
    """Empty vials at hand."""
    glass_suspect: Number = 0.0
    """Part of these that had too little heat."""
    glass_endotoxin: Number = 0.0
    """Endotoxin units per empty vial."""
    glass_particles: Number = 0.0
    """Of 10 um and more, per empty vial."""
    stopper_germs: Number = 0.0
    """Expected microbes on a stopper."""
    sticking: Number = 0.0
    """0..1: how wet the stoppers are."""
    sample_flow: CubicMetrePerSecond = 0.0
    contamination_rate: PerSecond = 0.0
    """Brought into the bulk by a sampling that went wrong."""
    monomer: KilogramPerCubicMetre = 49.7
    """In the bulk: an antibody at 50 g/L with 0.6 % of aggregates (design basis of the line), as what follows."""
    aggregates: KilogramPerCubicMetre = 0.3
    fragments: KilogramPerCubicMetre = 0.0
    excipient: KilogramPerCubicMetre = 80.0
    """Sucrose: 8 %, teaching value: isotonic, as in many antibody formulations."""
    polysorbate: KilogramPerCubicMetre = 0.2
    """0.02 %, teaching value: a usual amount."""
    endotoxin: CellsPerCubicMetre = 0.0
    """Endotoxin units per volume of bulk."""
    particles: CellsPerCubicMetre = 0.0
    """Of 10 um and more, per volume of bulk."""
    deviate: Deviate = 0.0
    """Of the mean of the weighed window."""
    spread_deviate: Deviate = 0.0
    """Of the standard deviation of the weighed window."""
    growth_deviate: Deviate = 0.0
    """Of the units that grow when the lot is incubated."""
    bias: Number = 0.0
    """Malfunction: calibration error of the dose, part of it."""
    drift_rate: PerSecond = 0.0
    """Malfunction: change of the dose, part of it per second of running."""
    air: Number = 0.0
    """Malfunction, 0..1: bubbles in the line."""
    jam: Number = 0.0
    """Malfunction, 0..1: part of the line's speed that a jam takes."""
    stoppers_raised: Number = 0.0
    """Malfunction, 0..1: part of the vials whose stopper sits high."""
    weigher_bias: Number = 0.0
    """Malfunction: error of the check weigher, part of the dose."""


class Parameters(NamedTuple):
    """Constants of one line."""

    fastest: PerSecond = 2.0
    """Vials per second at full speed. Teaching value: 120 a minute, a mid-size line."""
    scatter: Number = 0.003
    """Standard deviation of a dose, part of it: 0.2 to 0.5 % from 1 mL up (downstream.md 3.7 [P/K])."""
    tube_loss: Number = 0.01
    """Part of the dose that a new tube loses as it relaxes. Teaching value: why lines are trimmed in the first hour."""
    tube_time: Second = 3600.0
    """Running time of that relaxation. Teaching value."""
    air_loss: Number = 0.05
    air_scatter: Number = 0.02
    """Part of the dose that bubbles take at worst, and scatter that they add. Teaching values."""
    limit: Number = 0.01
    """Accepted deviation of a dose: 1 % (downstream.md 3.7 [P/K])."""
    weigher_scatter: Number = 0.0005
    """Of one weighing, part of the dose: 5 mg on 10 g. Teaching value, > 0."""
    raised: Number = 5.0e-4
    """Part of the stoppers that sit high in health. Teaching value."""
    seen: Number = 0.98
    """Part of the raised stoppers that the camera finds. Teaching value."""
    window: Number = 60.0
    """Vials in the statistics that are shown, >= 2. Teaching value: the last half minute at full speed."""
    density: KilogramPerCubicMetre = 1030.0
    """Of the formulated bulk. Teaching value: an antibody at 50 to 100 g/L."""
    drain_time: Second = 60.0
    """The last of the bulk leaves over this time: pumps cannot fill from an empty vessel."""
    open_vials: Number = 60.0
    """Filled and not yet stoppered when the line is full, > 0. Teaching value: half a minute at full speed."""
    clear_time: Second = 30.0
    """Time in which open vials are taken off. Teaching value."""
    settling: MetrePerSecond = 4.6e-3
    """Of a microbe-carrying particle (downstream.md 3.7 after Whyte, [K]; for 12 um by Stokes' law)."""
    neck_area: SquareMetre = 3.85e-5
    """Opening of 7 mm (downstream.md 3.7 [A])."""
    feed_time: Second = 10.0
    """The last empty vials come in over this time. Teaching value."""
    stuck: Number = 0.1
    """Part of the stoppers that sit high when they are quite wet. Teaching value."""
    apart_time: Second = 300.0
    """In which trays are found and taken back to a third. Teaching value."""
    margin: Number = 2.0
    """Vials set apart for one suspect vial: a tray holds its neighbours too. Teaching value, >= 1."""
    promotion: Number = 0.98
    """Part of the contaminated units of a media fill that grow and are seen. Teaching value: growth promotion and
    inspection are both qualified."""
    smallest_bulk: CubicMetre = 1.0e-9
    """Below it the bulk counts as empty: keeps a ratio finite."""


class Readings(NamedTuple):
    """What the line shows, and what is true."""

    line_speed: PerSecond
    """Vials per second."""
    dose_mean: CubicMetre
    """True mean of the doses now."""
    dose_scatter: CubicMetre
    """True standard deviation now."""
    weighed_mean: Kilogram
    """Net weight, mean of the window, as the check weigher reads it."""
    weighed_scatter: Kilogram
    reject_fraction: Number
    """Of the vials filled now."""
    filled: Number
    accepted: Number
    rejected: Number
    raised_accepted: Number
    raised_share: Number
    """Part of the accepted vials whose stopper sits high: where they are capped so, they may leak."""
    bulk_volume: CubicMetre
    accepted_volume: CubicMetre
    """Product in accepted vials."""
    rejected_volume: CubicMetre
    sampled_volume: CubicMetre
    accepted_product: Kilogram
    """Protein in accepted vials."""
    rejected_product: Kilogram
    open_vials: Number
    burden: Cells
    """Expected in the bulk."""
    contaminated: Number
    """Accepted vials that are expected to hold a microbe."""
    contaminated_per_vial: Number
    """The same per accepted vial: what a media fill bounds."""
    suspect: Number
    """Accepted vials whose three decades nobody can claim."""
    glass_endotoxin: Number
    """Endotoxin units that the glass brought into accepted vials."""
    endotoxin_per_vial: Number
    glass_particles: Number
    grown: Number
    """Units of a media fill that would grow: a Poisson number of the contaminated ones."""
    upper_limit: Number
    """Of the contaminated part, 95 %, one side, after ``grown`` of the accepted units."""


class Start(NamedTuple):
    """How the line begins: stopped, with this much bulk and a tube of this age."""

    bulk: CubicMetre = 0.02
    wear: Second = 0.0
