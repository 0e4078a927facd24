"""What the processor remembers, what is done to it, what it is made of, and what it shows."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.properties.lethality import MOIST_REFERENCE, MOIST_Z
from biotwin.quantity import Kelvin, Kilogram, Number, Pascal, Second


class State(NamedTuple):
    """One bed of stoppers."""

    load: Kelvin
    air: Number
    """0..1 of the air that a vented bed holds."""
    lethality: Second
    """F0: seconds at 121.1 degC."""
    water: Kilogram
    """In one stopper."""
    taken: Kilogram
    """Taken up by one stopper since the start, what it held then included."""
    dried: Kilogram
    """Given back."""


class Inputs(NamedTuple):
    """Valves, 0..1 (what lies outside is taken at the nearer end), and malfunctions, 0 in health."""

    steam: Number = 0.0
    vacuum: Number = 0.0
    heating: Number = 0.0
    """Hot dry air through the bed."""
    burden: Number = 0.02
    """Germs on a washed stopper. Teaching value: a few per hundred."""
    air_trapped: Number = 0.0
    """Malfunction, 0..1: part of the purging that does not reach the bed (bag folded, drum overfilled)."""
    steam_lost: Number = 0.0
    """Malfunction, 0..1: part of the steam that is missing."""
    vacuum_weak: Number = 0.0
    """Malfunction, 0..1: part of the vacuum that is missing."""
    dryer_weak: Number = 0.0
    """Malfunction, 0..1: part of the hot air that is missing."""


class Parameters(NamedTuple):
    """One processor for some ten thousand stoppers of 20 mm."""

    steam_lag: Second = 240.0
    """Of the bed in pure steam. Teaching value, as the next two."""
    air_lag: Second = 1500.0
    room_lag: Second = 1.4e4
    room: Kelvin = 293.15
    hot_air: Kelvin = 378.15
    """105 degC, the drying temperature of Donovan et al., PDA J. 61 (2007) 51, abstract."""
    atmosphere: Pascal = 101325.0
    network: Pascal = 2.7e5
    """Clean steam, absolute. Teaching value: 130 degC at most."""
    deepest: Number = 0.05
    """Pressure that the pump reaches, part of an atmosphere. Teaching value."""
    purge_time: Second = 150.0
    """In which vacuum thins the bed's air to a third. Teaching value, as the next two."""
    displace_time: Second = 1200.0
    vent_time: Second = 600.0
    reference: Kelvin = MOIST_REFERENCE
    z: Kelvin = MOIST_Z
    """The definition of F0: 121.1 degC and 10 K (``properties.lethality``)."""
    spore_time: Second = 90.0
    """D at 121.1 degC: 1.5 min (downstream.md 3.8)."""
    credited: Number = 15.0
    """Decades that are claimed at most. Teaching value."""
    wet: Kilogram = 4.0e-6
    """Water of a steamed stopper. Teaching value: 4 mg, a stopper of low uptake."""
    dry: Kilogram = 1.0e-7
    """That hot dry air leaves in it. Teaching value."""
    wetting_time: Second = 900.0
    """Teaching value: a usual hold saturates a stopper."""
    drying_time: Second = 3160.0
    """Fitted: at most 0.5 mg after 2 h at 105 degC, low-uptake stoppers (Donovan et al. 2007, abstract)."""
    sticky_from: Kilogram = 1.0e-6
    """Above this water stoppers begin to stick in the bowl. Teaching value, as the next."""
    sticky_over: Kilogram = 2.0e-6


class Readings(NamedTuple):
    """What the panel shows, and what only a test of stoppers would."""

    load_temperature: Kelvin
    pressure: Pascal
    """Absolute."""
    lethality: Second
    log_reduction: Number
    water: Kilogram
    """In one stopper."""
    germs: Number
    """Expected on one stopper."""
    sticking: Number
    """0..1: how wet the stoppers are for the bowl."""
    apparent_temperature: Kelvin
    """What steam tables say to this pressure."""
    air: Number
    """Of the bed, 0..1."""


class Start(NamedTuple):
    """How the bed begins: washed, not yet steamed."""

    lethality: Second = 0.0
    water: Kilogram = 1.0e-6
    """Teaching value: in balance with the room's air."""
