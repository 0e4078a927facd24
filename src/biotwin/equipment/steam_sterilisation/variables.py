"""What a vessel under steam is made of: state, inputs, parameters, readings, how it begins."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from biotwin.properties.lethality import MOIST_REFERENCE, MOIST_Z
from biotwin.quantity import (
    CubicMetre,
    CubicMetrePerSecond,
    JoulePerKelvin,
    JoulePerMol,
    JoulePerMolKelvin,
    Kelvin,
    Kilogram,
    Mol,
    MolPerSecond,
    Number,
    Pascal,
    Second,
    Unit,
    WattPerKelvin,
)

MolPerSecondPascal = Annotated[float, Unit("mol/s/Pa")]
KilogramPerSecondPascal = Annotated[float, Unit("kg/s/Pa")]
KilogramPerMol = Annotated[float, Unit("kg/mol")]
PascalPerMol = Annotated[float, Unit("Pa/mol")]


class State(NamedTuple):
    """Amounts in the vessel, two temperatures, and what has been earned."""

    steam: Mol
    air: Mol
    condensate: Kilogram
    """At the lowest point, in the cold leg."""
    wall_temperature: Kelvin
    leg_temperature: Kelvin
    wall_lethality: Second
    """F0 of the wall: seconds at 121.1 degC."""
    leg_lethality: Second
    supplied: Kilogram
    vented: Kilogram
    drained: Kilogram
    """Water that came in, left by the vent (or a leak), left by trap and bypass."""
    passed: Kilogram
    received: Kilogram
    pumped: Kilogram
    """Water that went to the neighbour, came from one, left by the vacuum pump: with the others, closes the balance."""
    passing_steam: MolPerSecond
    passing_air: MolPerSecond
    """To the neighbour in the last tick; below zero, from it."""
    exposed: Second
    """How long the coldest point has been at the reference without a break: the exposure clock."""
    standing: Second
    """Lethality at the coldest point since room air last came in by a leak or an open drain: what still stands."""


class Inputs(NamedTuple):
    """Valves, 0..1 (what lies outside is taken at the nearer end), and malfunctions, 0 in health."""

    steam_valve: Number = 0.0
    vent_valve: Number = 0.0
    """Through the vent filter: purges air with steam, lets room air back in when it cools."""
    air_valve: Number = 0.0
    """Sterile air that holds the pressure while it cools."""
    drain_valve: Number = 0.0
    """Before the condensate trap."""
    bypass_valve: Number = 0.0
    """Around the trap, to the open drain: condensate, then whatever gas stands behind it; air under vacuum."""
    vacuum_valve: Number = 0.0
    jacket_valve: Number = 0.0
    """Cooling water in the jacket (or in the shelves of a dryer)."""
    link_valve: Number = 0.0
    link_pressure: Pascal = 101325.0
    link_air: Number = 0.0
    """To a neighbour: the valve, its pressure, its fraction of air. Of two that are linked, one has these inputs ..."""
    gained_steam: MolPerSecond = 0.0
    gained_air: MolPerSecond = 0.0
    """... and the other these, wired to what the first passes."""
    door: Number = 0.0
    """Of a dryer: above one half it stands open to the room."""
    trapped_air: Number = 0.0
    """0..1: part of the air that purging does not reach."""
    trap_blocked: Number = 0.0
    cold_leg: Number = 0.0
    """0..1: how much of the leg's heat transfer is lost (a dead leg too long, a wrong slope)."""
    steam_loss: Number = 0.0
    """0..1: how much of the supply's pressure above the atmosphere is lost."""
    vent_blocked: Number = 0.0
    """0..1: how far the vent filter is wet."""
    steam_stuck: Number = 0.0
    """0..1: how far the steam valve has lost its stroke; it then stays shut."""
    leak: Number = 0.0
    """0..1: of the worst leak at a door or a gasket."""
    pump_weak: Number = 0.0
    """0..1: how much of the pump's speed is lost."""


class Parameters(NamedTuple):
    """One vessel. The defaults are teaching values for a vessel of 2 m3; the physics of steam has its sources."""

    volume: CubicMetre = 2.0
    wall_capacity: JoulePerKelvin = 4.0e5
    """800 kg of steel at 500 J/kg/K."""
    wall_conductance: WattPerKelvin = 2.0e4
    """10 m2 at 2000 W/m2/K, condensing steam on a wall (recalled)."""
    wall_loss: WattPerKelvin = 60.0
    """10 m2 insulated, to the room."""
    leg_capacity: JoulePerKelvin = 4000.0
    leg_conductance: WattPerKelvin = 60.0
    leg_loss: WattPerKelvin = 0.3
    """A leg and its valve, losses > 0: 0.5 K below the steam when it drains."""
    leg_hold: Kilogram = 2.0
    """Condensate that floods the leg."""
    room: Kelvin = 294.15
    steam_pressure: Pascal = 3.5e5
    """Of the clean-steam network, absolute."""
    air_pressure: Pascal = 3.0e5
    atmosphere: Pascal = 101325.0
    steam_conductance: MolPerSecondPascal = 5.0e-5
    vent_conductance: MolPerSecondPascal = 1.0e-5
    air_conductance: MolPerSecondPascal = 1.0e-5
    """Fully open. Teaching values: 2 m3 is at 121 degC in some ten minutes."""
    trap_conductance: KilogramPerSecondPascal = 5.0e-6
    """0.5 kg/s at 1 bar of difference. Teaching value."""
    bypass_conductance: KilogramPerSecondPascal = 5.0e-6
    bypass_gas: MolPerSecondPascal = 2.0e-6
    """The bypass passes as much condensate as the trap; without any, a fifth of the vent. Teaching values."""
    pump_speed: CubicMetrePerSecond = 0.0
    """No pump on a plain vessel."""
    cooling: WattPerKelvin = 0.0
    coolant: Kelvin = 288.15
    """No jacket; water at 15 degC where there is one."""
    link_conductance: MolPerSecondPascal = 0.0
    natural_leak: MolPerSecondPascal = 0.0
    worst_leak: MolPerSecondPascal = 0.0
    """To the room, both ways, linear in the difference; a sound vessel's, and what a torn seal adds."""
    door_conductance: MolPerSecondPascal = 0.0
    film: Kilogram = 0.0
    """Condensate that does not run off: shelves, coils, flat floors. It dries under vacuum only."""
    film_evaporation: MolPerSecondPascal = 0.0
    """Of a whole film, per pascal of saturation above the steam. A plain vessel's condensate does not flash."""
    condensation_heat: JoulePerMol = 39600.0
    """2200 kJ/kg at 2 bar (steam tables, recalled)."""
    water_mass: KilogramPerMol = 0.018015
    gas_constant: JoulePerMolKelvin = 8.314462618
    reference: Kelvin = MOIST_REFERENCE
    z: Kelvin = MOIST_Z
    """The definition of F0: 121.1 degC and 10 K (``properties.lethality``)."""
    spore_time: Second = 90.0
    """D at 121.1 degC: 1.5 min (downstream.md 3.8)."""
    smallest_amount: Mol = 1.0e-12
    smallest_pressure: Pascal = 1.0
    smallest_mass: Kilogram = 1.0e-9


class Readings(NamedTuple):
    """What the panel shows, and what only thermocouples in the right place would."""

    pressure: Pascal
    """Absolute."""
    steam_temperature: Kelvin
    """Of saturated steam at its partial pressure, or the wall's where that is warmer."""
    wall_temperature: Kelvin
    leg_temperature: Kelvin
    """The coldest point."""
    apparent_temperature: Kelvin
    """What steam tables say to this pressure: the trap for who reads the gauge only."""
    saturation_gap: Kelvin
    """By how much the steam is colder than its pressure says: air."""
    air_fraction: Number
    wall_lethality: Second
    leg_lethality: Second
    lethal_rate: Number
    """At the coldest point, seconds per second."""
    condensate: Kilogram
    log_reduction: Number
    """Of the spores of an indicator at the coldest point, decades."""
    exposed: Second
    """How long the coldest point has been at 121.1 degC or above, without a break."""
    standing_lethality: Second
    """What was earned since room air last came in unfiltered; no instrument shows it."""
    supplied: Kilogram
    """Steam used."""
    film: Kilogram
    """Water that no drain takes."""
    passing_steam: MolPerSecond
    passing_air: MolPerSecond


class Start(NamedTuple):
    """Cold, full of air at one atmosphere."""

    temperature: Kelvin = 294.15
    air_pressure: Pascal = 101325.0
    steam_pressure: Pascal = 0.0
