"""What the tunnel remembers, what is done to it, what it is made of, and what it shows."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from biotwin.quantity import (
    CubicMetrePerSecond,
    Joule,
    JoulePerKelvin,
    JoulePerKilogramKelvin,
    Kelvin,
    Kilogram,
    Metre,
    MetrePerSecond,
    Number,
    Pascal,
    PerMetre,
    PerSecond,
    Second,
    Unit,
    Watt,
    WattPerKelvin,
)

CubicMetrePerSecondRootPascal = Annotated[float, Unit("m^3/s/Pa^0.5")]


class State(NamedTuple):
    """Heat of the hot zone, where it went, the vials that leave, and those that wait on the table."""

    stored: Joule
    """Above the room's temperature."""
    supplied: Joule
    """By the heater, what was stored at the start included."""
    lost: Joule
    carried: Joule
    """Away by the glass."""
    lethal_out: Second
    """F_H of the vials that leave now."""
    glass_out: Kelvin
    passed: Number
    """Vials."""
    poor: Number
    """Of these, with less than the required reduction."""
    cooled: Kelvin
    """Of the vials that leave the cooling zone."""
    table: Number
    """Vials on the table before the filler."""
    used: Number
    """By the filler."""
    diverted: Number
    """From the table to the rejects."""
    table_poor: Number
    """Of the vials on the table, with less than the required reduction."""
    table_endotoxin: Number
    """Endotoxin units in them."""
    table_particles: Number
    """Particles of 10 um and more in them."""


class Inputs(NamedTuple):
    """Commands; every malfunction is 0 in health."""

    heater: Number = 0.0
    """0..1 of its power."""
    belt: Number = 0.0
    """0..1 of its fastest."""
    vials: PerSecond = 0.0
    """Offered at the infeed; the belt takes them while it moves."""
    water: Number = 1.0
    """0..1 of the washer's water for injections."""
    endotoxin: Number = 10.0
    """Endotoxin units that a vial brings from its maker. Teaching value: much less than the 1 000 of a challenge."""
    particles: Number = 300.0
    """Of 10 um and more that a vial brings. Teaching value."""
    filled: Number = 0.0
    """Vials that the filler has counted since the start: they left the table."""
    divert: Number = 0.0
    """0..1: the table is emptied to the rejects."""
    isolator_pressure: Pascal = 45.0
    """Of the isolator over the room."""
    heater_weak: Number = 0.0
    """Malfunction, 0..1: part of the power that is lost."""
    belt_fast: Number = 0.0
    """Malfunction: how much faster than commanded the belt runs, part of it."""
    air_weak: Number = 0.0
    """Malfunction: how much longer the glass takes to follow the air, part of it."""
    needles_blocked: Number = 0.0
    """Malfunction, 0..1: part of the washing needles that give no water."""
    exhaust_shut: Number = 0.0
    """Malfunction, 0..1: how far the tunnel's exhaust is shut, so that its pressure rises over the isolator's."""


class Parameters(NamedTuple):
    """One tunnel for vials of 10 mL."""

    length: Metre = 1.5
    """Of the hot zone. Teaching value."""
    density: PerMetre = 300.0
    """Vials per length of belt, side by side. Teaching value: 24 mm vials on a belt of some 20 cm."""
    fastest: MetrePerSecond = 8.0e-3
    """0.48 m/min. Teaching value: a ride of three minutes."""
    longest: Second = 3600.0
    """A belt that stands counts as a ride of this length: keeps a ratio finite."""
    vial_lag: Second = 45.0
    """Of glass in jets of hot air. Teaching value."""
    glass: Kilogram = 9.5e-3
    """A 10R vial (SCHOTT, downstream.md 3.6 [R])."""
    heat: JoulePerKilogramKelvin = 830.0
    """Of borosilicate glass (recalled)."""
    heater: Watt = 3.0e4
    """Teaching value."""
    losses: WattPerKelvin = 20.0
    """Teaching value: 6 kW at 320 degC."""
    capacity: JoulePerKelvin = 6.0e4
    """Air, lining and belt. Teaching value: half an hour to heat up."""
    room: Kelvin = 293.15
    reference: Kelvin = 523.15
    """250 degC, on which F_H is based (USP <1228.1>, recalled)."""
    z: Kelvin = 46.4
    """Tsuji and Harrison 1978 (recalled)."""
    decimal_time: Second = 299.4
    """At 250 degC: 4.99 min (Tsuji and Harrison 1978, recalled)."""
    required: Number = 3.0
    """Decades of endotoxin (USP, Ph. Eur., recalled)."""
    band: Number = 0.05
    """Over which the count of poor vials rises from none to all. Teaching value: vials differ a little."""
    credited: Number = 6.0
    """What is claimed at most: destruction slows beyond a few decades (recalled)."""
    challenge: Number = 1000.0
    """Endotoxin units on a challenge vial (USP, recalled: 1 000 or more)."""
    wash_decades: Number = 1.0
    """Of particles and endotoxin that the washer rinses off. Teaching value: a washer is qualified for 2 to 3 decades
    of a salt or a dye; what clings to glass goes less easily."""
    water_pressure: Pascal = 3.0e5
    """Of water at the washing needles, over the room. Teaching value."""
    cooling_length: Metre = 1.5
    cooling_lag: Second = 60.0
    """Of glass in the cooling zone's air. Teaching value, as the length."""
    cooling_air: Kelvin = 293.15
    hot_air: MetrePerSecond = 0.7
    """Through the hot zone's HEPA filters: 0.5 to 0.9 m/s (makers of laminar-flow tunnels, recalled)."""
    pressure: Pascal = 20.0
    """Of the tunnel over the washing room: at least 10 Pa from room to room (downstream.md 3.7 [K])."""
    pressed: Pascal = 60.0
    """What a shut exhaust adds. Teaching value."""
    mouse_hole: CubicMetrePerSecondRootPascal = 2.0e-3
    """Flow through the hole between tunnel and isolator over the root of the pressure. Teaching value: 25 cm2."""
    divert_time: Second = 30.0
    """In which the table is emptied. Teaching value."""


class Readings(NamedTuple):
    """What gauges show, and what is true of the vials."""

    air_temperature: Kelvin
    glass_temperature: Kelvin
    """Of the vials that leave the hot zone."""
    belt_speed: MetrePerSecond
    ride_time: Second
    lethal_time: Second
    log_reduction: Number
    endotoxin_left: Number
    """Of a challenge, EU per vial."""
    passed: Number
    poor: Number
    exit_temperature: Kelvin
    """Of the vials that leave the cooling zone."""
    hot_air: MetrePerSecond
    """Velocity over the hot filters."""
    cascade: Pascal
    """Isolator over tunnel, as a gauge shows it that begins at 0."""
    backflow: CubicMetrePerSecond
    """Air of the tunnel into the isolator."""
    water_pressure: Pascal
    """At the washing needles: it rises where they are blocked."""
    table: Number
    table_poor: Number
    """Part of the vials on the table whose three decades nobody can claim."""
    table_endotoxin: Number
    """Endotoxin units per vial on the table."""
    table_particles: Number
    """Of 10 um and more, per vial on the table."""
    diverted: Number


class Start(NamedTuple):
    """How the tunnel begins."""

    air: Kelvin = 593.15
    """320 degC: at work."""
