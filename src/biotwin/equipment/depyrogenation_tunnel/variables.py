"""What the tunnel remembers, what is done to it, what it is made of, and what it shows."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    Joule,
    JoulePerKelvin,
    JoulePerKilogramKelvin,
    Kelvin,
    Kilogram,
    Metre,
    MetrePerSecond,
    Number,
    PerSecond,
    Second,
    Watt,
    WattPerKelvin,
)


class State(NamedTuple):
    """Heat of the hot zone, where it went, and the vials that leave."""

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


class Inputs(NamedTuple):
    """Commands; every malfunction is 0 in health."""

    heater: Number = 0.0
    """0..1 of its power."""
    belt: Number = 0.0
    """0..1 of its fastest."""
    vials: PerSecond = 0.0
    """Offered at the infeed; the belt takes them while it moves."""
    heater_weak: Number = 0.0
    """Malfunction, 0..1: part of the power that is lost."""
    belt_fast: Number = 0.0
    """Malfunction: how much faster than commanded the belt runs, part of it."""
    air_weak: Number = 0.0
    """Malfunction: how much longer the glass takes to follow the air, part of it."""


class Parameters(NamedTuple):
    """One tunnel for vials of 10 mL."""

    length: Metre = 1.5
    """Of the hot zone. Teaching value."""
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


class Start(NamedTuple):
    """How the tunnel begins."""

    air: Kelvin = 593.15
    """320 degC: at work."""
