"""What the isolator remembers, what is done to it, what it is made of, and what it shows."""

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
    KilogramPerSecond,
    MetrePerSecond,
    Number,
    Pascal,
    PerSecond,
    Second,
    SquareMetre,
)


class State(NamedTuple):
    """Air of the critical zone and of the room, surfaces, hydrogen peroxide, and what plates have caught."""

    small: Number
    """Particles of 0.5 um and more in the air of the zone."""
    large: Number
    """Of 5 um and more."""
    viable: Cells
    """Microbe-carrying particles in the air of the zone."""
    room_small: CellsPerCubicMetre
    room_large: CellsPerCubicMetre
    room_viable: CellsPerCubicMetre
    surface: Cells
    """Microbes on the inner surfaces, as resistant as the indicator's spores."""
    gas: Kilogram
    """Hydrogen peroxide in the gas."""
    sorbed: Kilogram
    """On and in surfaces and plastics."""
    dosed: Kilogram
    gone: Kilogram
    """Decomposed or carried away."""
    log_kill: Number
    """Decades that the spores of a biological indicator have lost."""
    settled: Cells
    """Expected on the settle plates since they were laid."""
    impacted: Cells
    """Expected in the air sampler since its plate was changed."""
    viable_mean: CellsPerCubicMetre
    """Over the last tick."""
    gloved: Second
    """Time that hands have worked in the gloves."""


class Inputs(NamedTuple):
    """What people and machines do; every malfunction is 0 in health."""

    fan: Number = 0.0
    """0..1 of the design velocity."""
    people: Number = 2.0
    """Gowned, in the room."""
    door: Number = 0.0
    """0..1: how far the isolator stands open."""
    intervention: Number = 0.0
    """0..1: gloved hands at work over the open vials."""
    untrained: Number = 0.0
    """0..1: how far who works in the gloves is from being qualified (gowning, technique, media fill of the year)."""
    infeed_air: CubicMetrePerSecond = 0.0
    """Air that comes in by the mouse hole of the tunnel where the cascade is lost: it counts as room air."""
    line_speed: PerSecond = 0.0
    generator: Number = 0.0
    """0..1 of the peroxide generator's output."""
    aeration: Number = 0.0
    """0..1: how much fresh air replaces the isolator's."""
    plates: Number = 1.0
    """0..1: plates lie open and the air sampler draws; laid when the peroxide is gone, which kills what they show."""
    sample_flow: CubicMetrePerSecond = 0.0
    """Plates take no liquid: nothing follows from it."""
    contamination_rate: PerSecond = 0.0
    """Microbes that a plate handled badly leaves on the surfaces."""
    small_deviate: Deviate = 0.0
    large_deviate: Deviate = 0.0
    settle_deviate: Deviate = 0.0
    air_deviate: Deviate = 0.0
    glove_torn: Number = 0.0
    """Malfunction, 0..1: size of a tear."""
    filter_leak: Number = 0.0
    """Malfunction: part of the supply air that passes beside the HEPA filter."""
    fan_weak: Number = 0.0
    """Malfunction, 0..1: part of the velocity that is lost."""
    generator_weak: Number = 0.0
    """Malfunction, 0..1: part of the peroxide that is not made."""
    gown_open: Number = 0.0
    """Malfunction, 0..1: how badly the people in the room are gowned."""


class Parameters(NamedTuple):
    """One filling isolator in a grade C room."""

    volume: CubicMetre = 3.6
    """3 m by 1 m by 1.2 m. Teaching value: a mid-size line."""
    section: SquareMetre = 3.0
    velocity: MetrePerSecond = 0.45
    """Unidirectional: the middle of 0.36 to 0.54 m/s (downstream.md 3.7 [K])."""
    still: PerSecond = 2.0e-4
    """Loss of particles without air flow. Teaching value: settling and leaks, an hour and a half."""
    penetration: Number = 1.0e-5
    """Of the HEPA filter at 0.5 um (H14, recalled)."""
    overpressure: Pascal = 45.0
    """Teaching value: isolators run at 30 to 60 Pa."""
    room_volume: CubicMetre = 120.0
    room_changes: PerSecond = 8.3333e-3
    """30 an hour. Teaching value: a grade C room."""
    person_small: PerSecond = 1.0e4
    """Particles of 0.5 um that a person in cleanroom clothing sheds (recalled: 1e3 to 1e5)."""
    person_large: PerSecond = 1.0e4 * 37.3 / 1020.0
    """Of 5 um: one in 27, as of 55 people in cleanroom garments each shed 37 300 of 5 um and 1 020 000 of 0.5 um per
    minute (Whyte and Hejab, Eur. J. Parenter. Pharm. Sci. 12 (2007) 39, abstract)."""
    person_viable: PerSecond = 2.0
    """Microbe-carrying particles of one person in grade C clothing. Teaching value: a few CFU/m3 in the room."""
    gown_factor: Number = 20.0
    """How much more a person sheds whose clothing is open. Teaching value."""
    machine_small: Number = 30.0
    """Particles of 0.5 um per vial that moves. Teaching value: some tens per cubic metre at full speed."""
    machine_large: Number = 0.1
    glove_small: PerSecond = 3000.0
    """Of gloved work: half the grade A limit in the whole zone. Teaching value, as the next."""
    glove_large: PerSecond = 10.0
    hand_viable: PerSecond = 0.5
    """Through a torn glove, at work. Teaching value."""
    glove_viable: PerSecond = 1.0e-4
    """From the outside of sound, decontaminated gloves, worked by a qualified person. Teaching value: of a hundred
    interventions of four minutes two shed a microbe."""
    untrained_viable: Number = 200.0
    """How many times more where who works there crosses the first air and touches what stays open. Teaching value."""
    untrained_particles: Number = 3.0
    """The same of particles: quick hands. Teaching value."""
    pumped: CubicMetrePerSecond = 2.0e-3
    """Room air that an arm pumps in through a tear, at work. Teaching value."""
    seeping: CubicMetrePerSecond = 5.0e-3
    """Room air through a tear when the overpressure is lost. Teaching value."""
    open_door: CubicMetrePerSecond = 0.5
    """Exchanged with the room by an open door. Teaching value."""
    first_air: CubicMetrePerSecond = 0.02
    """Air that dilutes what hands shed over the vials where they break the first air. Teaching value."""
    stirred: PerSecond = 1.0e-3
    """Part of the surfaces' microbes that gloved work sends into the air. Teaching value."""
    shaken: Number = 5.0e-6
    """The same, per vial that moves. Teaching value."""
    settling: MetrePerSecond = 4.6e-3
    """Of a microbe-carrying particle (downstream.md 3.7 [K])."""
    floor: SquareMetre = 3.0
    plate: SquareMetre = 6.36e-3
    """Of 90 mm."""
    sampler: CubicMetrePerSecond = 2.78e-4
    """Continuous active air sampling: 1 m3/h (recalled)."""
    recovery: Number = 0.4
    """Part of the microbes that grow on a plate: 30 to 50 % (downstream.md 3.7 [K])."""
    count_volume: CubicMetre = 0.085
    """Of one shown count: three minutes at 28.3 L/min (usual counters, recalled)."""
    generator_rate: KilogramPerSecond = 2.0e-5
    """Hydrogen peroxide: 1.2 g/min. Teaching value."""
    decomposition: PerSecond = 4.0e-4
    """Half in 29 min. Teaching value."""
    sorption: PerSecond = 3.0e-3
    """Gas to surfaces. Teaching value, as the next: surfaces then hold twice what the gas holds."""
    desorption: PerSecond = 1.5e-3
    aeration_flow: CubicMetrePerSecond = 0.15
    """150 changes an hour. Teaching value."""
    part_per_million: KilogramPerCubicMetre = 1.39e-6
    """Of hydrogen peroxide at 25 degC: 34.0 g over 24.5 L per mole."""
    spore_concentration: KilogramPerCubicMetre = 1.0e-3
    spore_time: Second = 100.0
    """D value of G. stearothermophilus at that concentration (720 ppm): 1 to 2 min (recalled)."""


class Readings(NamedTuple):
    """What counters, gauges and plates show, and what is true."""

    air_small: CellsPerCubicMetre
    air_large: CellsPerCubicMetre
    count_small: CellsPerCubicMetre
    """As a counter shows it: a Poisson number over its volume."""
    count_large: CellsPerCubicMetre
    room_small: CellsPerCubicMetre
    room_large: CellsPerCubicMetre
    room_viable: CellsPerCubicMetre
    viable: CellsPerCubicMetre
    """In the zone, mean of the last tick."""
    airborne: CellsPerCubicMetre
    """Over the open vials: more, where hands break the first air."""
    velocity: MetrePerSecond
    overpressure: Pascal
    peroxide: Number
    """Volume fraction in the gas."""
    sorbed: Kilogram
    log_kill: Number
    indicator_growth: Number
    """Chance that a biological indicator of a million spores grows."""
    surface: Cells
    settle_colonies: Number
    """What the settle plates would grow now: Poisson."""
    air_colonies: Number
    expected_colonies: Number
    """Of both kinds of plate together, true."""
    tear: Number
    """0..1; a glove test sees it."""
    gloved_time: Second
    """Worked in the gloves since the start: what a media fill must have shown."""


class Start(NamedTuple):
    """How the isolator begins: at rest in its room, cleaned by hand."""

    surface: Cells = 1.0e4
    """Teaching value: a few colonies per contact plate over some square metres."""
    log_kill: Number = 0.0
