"""A transport lane: the leg that a shipment is on, how long it still lasts, and what its box feels around it.

Ideas. (1) A leg begins when its number changes: the recipe sets number, planned length, shelter and climate, the lane
keeps the clock. A leg that is left and taken up again under its old number goes on. (2) What a wall feels in the sun is
the sol-air temperature: air, and what it absorbs of the sun over what carries heat off. (3) Weather is the time of day:
air is warmest at 15:00, sun is up from 6:00 to 18:00; both swing as a sine. (4) Only a leg that waits for a departure
can be delayed. Not modelled: clouds, wind, rain, seasons, the lag of the air in a hold or a truck.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import law, maximum, minimum, where
from biotwin.quantity import Kelvin, Number, Second, SquareMetreKelvinPerWatt, WattPerSquareMetre


class State(NamedTuple):
    """The clocks of the lane."""

    hour: Second
    """Since midnight, local time."""
    leg: Number
    """Number of the leg whose clock runs."""
    leg_time: Second
    """Since that leg began."""


class Inputs(NamedTuple):
    """The leg, its climate, and malfunctions, which are 0 in health."""

    leg: Number = 1.0
    leg_length: Second = 7200.0
    """As planned."""
    waits: Number = 0.0
    """1 where the leg ends with a departure that can be missed, else 0."""
    sheltered: Number = 1.0
    """0 under the open sky .. 1 under a roof, in a hold or in a truck."""
    conditioned: Number = 0.0
    """0 outdoor air .. 1 air at ``held_temperature``."""
    held_temperature: Kelvin = 293.15
    delay: Second = 0.0
    """Malfunction: added to the length of a leg that waits."""
    cooling_lost: Number = 0.0
    """Malfunction, 0..1: how much of the conditioning is lost."""
    roof_missing: Number = 0.0
    """Malfunction, 0..1: how much of the shelter is not there."""


class Parameters(NamedTuple):
    """The season of the lane and the outside of its boxes."""

    outdoor: Kelvin = 299.15
    """Mean of the day: 26 degC. Teaching value: a summer's day between ISTA 7E's peak of 30.9 degC and 20 degC
    (downstream.md 3.9 [P])."""
    swing: Kelvin = 6.0
    """Half the range of a day. Teaching value."""
    sunshine: WattPerSquareMetre = 900.0
    """On the ground at noon under a clear summer sky (recalled: 850 to 950 at 40 to 45 degrees north)."""
    solar_gain: SquareMetreKelvinPerWatt = 0.030
    """Absorptance over outer heat transfer: 0.026 for light and 0.052 m2K/W for dark surfaces (ASHRAE, recalled); a
    white hood that is no longer clean. Teaching value within."""
    day: Second = 86400.0
    warmest: Second = 15.0 * 3600.0
    """Time of day of the warmest air."""
    dawn: Second = 6.0 * 3600.0
    steepness: Number = 5.0
    """Of Bhaskara's sine, 16 s (1 - s) / (5 - 4 s (1 - s)): within 0.0017 of sin(pi s)."""


class Readings(NamedTuple):
    """Where the shipment is and what it feels."""

    ambient: Kelvin
    """What the outside of a box tends to: air and sun."""
    air: Kelvin
    sunlight: WattPerSquareMetre
    """That falls on the box."""
    remaining: Second
    """Until the leg ends, as announced now; 0 once it may."""
    leg_time: Second
    hour: Second


class Start(NamedTuple):
    """When the lane begins: by default at 8:00."""

    hour: Second = 8.0 * 3600.0


@law
def bump(share: Number, p: Parameters) -> Number:
    """The half sine over 0 .. 1, 0 outside."""
    s = minimum(maximum(share, 0.0), 1.0)
    product = 4.0 * s * (1.0 - s)
    return 4.0 * product / (p.steepness - product)


@law
def after(hour: Second, since: Second, p: Parameters) -> Second:
    """Time of day counted from another hour, 0 .. one day."""
    return where(hour < since, hour + p.day, hour) - since


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The clocks after ``dt`` < one day: a leg of another number begins anew."""
    hour = x.hour + dt
    same = where(u.leg > x.leg, 0.0, where(u.leg < x.leg, 0.0, 1.0))
    return State(hour=where(hour < p.day, hour, hour - p.day), leg=u.leg, leg_time=same * x.leg_time + dt)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Air, sun and what is left of the leg."""
    rising = after(x.hour, p.warmest - 0.25 * p.day, p) / (0.5 * p.day)
    outdoor = p.outdoor + p.swing * (bump(rising, p) - bump(rising - 1.0, p))
    kept = u.conditioned * (1.0 - u.cooling_lost)
    air = outdoor + kept * (u.held_temperature - outdoor)
    open_sky = 1.0 - u.sheltered * (1.0 - u.roof_missing)
    sunlight = p.sunshine * open_sky * bump((x.hour - p.dawn) / (0.5 * p.day), p)
    return Readings(
        ambient=air + p.solar_gain * sunlight, air=air, sunlight=sunlight,
        remaining=maximum(u.leg_length + u.waits * u.delay - x.leg_time, 0.0), leg_time=x.leg_time, hour=x.hour,
    )


def initial(p: Parameters, start: Start) -> State:
    """On no leg yet."""
    return State(hour=start.hour, leg=0.0, leg_time=0.0)
