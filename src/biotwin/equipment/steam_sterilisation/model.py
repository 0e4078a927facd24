"""Sterilisation in place (SIP): steam, air that stays, a wall, a cold leg, condensate, and the lethality they earn.

Steam condenses at the temperature of its *partial* pressure: with air in the way the gauge is right and the vessel too
cold. Pressure is one backward Euler step per tick, condensation a chord in pressure, the wall an exact relaxation:
amounts stay positive at any tick, and steam only moves (supplied = held + condensed + drained + vented).
Not modelled: steam condensed by the leg, flashing of condensate, superheat, stratified air.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from biotwin.operators import exp, law, log, maximum, minimum, where
from biotwin.quantity import (
    CubicMetre,
    JoulePerKelvin,
    JoulePerMol,
    JoulePerMolKelvin,
    Kelvin,
    Kilogram,
    Mol,
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


CARRIES = "steam"


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
    """Water that came in, left by the vent, left by the trap: closes the balance."""


class Inputs(NamedTuple):
    """Valves, 0..1 (what lies outside is taken at the nearer end), and malfunctions, 0 in health."""

    steam_valve: Number = 0.0
    vent_valve: Number = 0.0
    """Through the vent filter: purges air with steam, lets room air back in when it cools."""
    air_valve: Number = 0.0
    """Sterile air that holds the pressure while it cools."""
    drain_valve: Number = 0.0
    """Before the condensate trap."""
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
    saturation: Pascal = 10.0**8.14019 * 133.322
    saturation_exponent: Kelvin = 1810.94 * 2.302585093
    saturation_offset: Kelvin = 273.15 - 244.485
    """Antoine's equation of water from 99 to 374 degC (recalled); 2.049 bar at 121.1 degC as in downstream.md 3.8."""
    lowest_pressure: Pascal = 500.0
    """Below this steam does not tell its temperature: below freezing. A guard."""
    condensation_heat: JoulePerMol = 39600.0
    """2200 kJ/kg at 2 bar (steam tables, recalled)."""
    water_mass: KilogramPerMol = 0.018015
    gas_constant: JoulePerMolKelvin = 8.314462618
    reference: Kelvin = 394.25
    """121.1 degC, and z = 10 K: the definition of F0 (downstream.md 3.8)."""
    z: Kelvin = 10.0
    spore_time: Second = 90.0
    """D at 121.1 degC: 1.5 min (downstream.md 3.8)."""
    smallest_amount: Mol = 1.0e-12
    smallest_pressure: Pascal = 1.0


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


class Start(NamedTuple):
    """Cold, full of air at one atmosphere."""

    temperature: Kelvin = 294.15
    air_pressure: Pascal = 101325.0
    steam_pressure: Pascal = 0.0


@law
def unit(value: Number) -> Number:
    """An opening, at its nearer end where it lies outside 0..1."""
    return minimum(maximum(value, 0.0), 1.0)


@law
def saturation_pressure(temperature: Kelvin, p: Parameters) -> Pascal:
    """Of water at a temperature above the pole of Antoine's equation."""
    return p.saturation * exp(-p.saturation_exponent / maximum(temperature - p.saturation_offset, 0.1 * p.room))


@law
def saturation_temperature(pressure: Pascal, p: Parameters) -> Kelvin:
    """The inverse; bounded to the range where the equation has one."""
    bounded = minimum(maximum(pressure, p.lowest_pressure), 1.0e-2 * p.saturation)
    return p.saturation_offset + p.saturation_exponent / log(p.saturation / bounded)


@law
def per_amount(x: State, p: Parameters) -> PascalPerMol:
    """Pressure of one mol in the vessel."""
    return p.gas_constant * x.wall_temperature / p.volume


@law
def lethal_rate(temperature: Kelvin, p: Parameters) -> Number:
    """10 to the power of (T - 121.1 degC) / z, held above 200 degC."""
    return exp(2.302585093 * minimum((temperature - p.reference) / p.z, 8.0))


@law
def hot(x: State, p: Parameters) -> Kelvin:
    """Of the steam: saturated, or the wall's where nothing condenses."""
    return maximum(saturation_temperature(x.steam * per_amount(x, p), p), x.wall_temperature)


@law
def relaxed(temperature: Kelvin, target: Kelvin, conductance: WattPerKelvin, capacity: JoulePerKelvin,
            dt: Second) -> Kelvin:
    """A body after ``dt`` through this conductance: exact."""
    return target + (temperature - target) * exp(-conductance * dt / capacity)


@law
def next_leg(x: State, u: Inputs, p: Parameters, dt: Second) -> Kelvin:
    """The leg: warmed by what steam reaches it, less when flooded or blanketed by air."""
    flooded = minimum(x.condensate / p.leg_hold, 1.0)
    steamy = x.steam / (x.steam + x.air + p.smallest_amount)
    warm = p.leg_conductance * steamy * ((1.0 - 0.97 * flooded) * (1.0 - u.cold_leg))
    conductance = warm + p.leg_loss
    target = (warm * hot(x, p) + p.leg_loss * p.room) / conductance
    return relaxed(x.leg_temperature, target, conductance, p.leg_capacity, dt)


@law
def chord(x: State, p: Parameters, dt: Second) -> MolPerSecondPascal:
    """Condensation per pascal of steam above the wall's saturation, as the wall can take it in ``dt``."""
    pressure, wall = x.steam * per_amount(x, p), saturation_pressure(x.wall_temperature, p)
    taken = p.wall_capacity / dt * (1.0 - exp(-p.wall_conductance * dt / p.wall_capacity))
    colder = maximum(saturation_temperature(pressure, p) - x.wall_temperature, 0.0)
    return taken * colder / p.condensation_heat / maximum(pressure - wall, p.smallest_pressure)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The vessel after ``dt`` seconds at constant inputs."""
    per, wall = per_amount(x, p), saturation_pressure(x.wall_temperature, p)
    now, cold = per * (x.steam + x.air), chord(x, p, dt)
    network = p.atmosphere + (p.steam_pressure - p.atmosphere) * (1.0 - u.steam_loss)
    steaming = p.steam_conductance * unit(u.steam_valve) * (1.0 - u.steam_stuck)
    steaming = where(network > now, steaming, 0.0 * steaming)
    blowing = p.air_conductance * unit(u.air_valve)
    blowing = where(p.air_pressure > now, blowing, 0.0 * blowing)
    venting = p.vent_conductance * unit(u.vent_valve) * (1.0 - u.vent_blocked)
    source = steaming * network + blowing * p.air_pressure + venting * p.atmosphere + cold * (per * x.air + wall)
    settled = (now + per * dt * source) / (1.0 + per * dt * (steaming + blowing + venting + cold))
    came = steaming * maximum(network - settled, 0.0) * dt
    leaving = venting * maximum(settled - p.atmosphere, 0.0) * dt * per / maximum(settled, p.smallest_pressure)
    entering = (blowing * maximum(p.air_pressure - settled, 0.0) + venting * maximum(p.atmosphere - settled, 0.0)) * dt
    staying = (x.steam + came) / (1.0 + leaving)
    condensed = maximum(staying - (staying + dt * cold * wall) / (1.0 + dt * cold * per), 0.0)
    wet = x.condensate + p.water_mass * condensed
    trap = p.trap_conductance * unit(u.drain_valve) * (1.0 - u.trap_blocked)
    drained = minimum(trap * maximum(settled - p.atmosphere, 0.0) * dt, wet)
    heated = x.wall_temperature + condensed * p.condensation_heat / p.wall_capacity
    warm = relaxed(heated, p.room, p.wall_loss, p.wall_capacity, dt)
    leg = next_leg(x, u, p, dt)
    return State(
        steam=staying - condensed,
        air=(x.air + entering) / (1.0 + leaving * (1.0 - u.trapped_air)),
        condensate=wet - drained,
        wall_temperature=warm, leg_temperature=leg,
        wall_lethality=x.wall_lethality + 0.5 * dt * (lethal_rate(x.wall_temperature, p) + lethal_rate(warm, p)),
        leg_lethality=x.leg_lethality + 0.5 * dt * (lethal_rate(x.leg_temperature, p) + lethal_rate(leg, p)),
        supplied=x.supplied + p.water_mass * came,
        vented=x.vented + p.water_mass * (x.steam + came - staying),
        drained=x.drained + drained,
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Gauge, probes and lethality at this instant."""
    pressure = per_amount(x, p) * (x.steam + x.air)
    apparent, steam = saturation_temperature(pressure, p), hot(x, p)
    return Readings(
        pressure=pressure, steam_temperature=steam, wall_temperature=x.wall_temperature,
        leg_temperature=x.leg_temperature, apparent_temperature=apparent,
        saturation_gap=maximum(apparent - steam, 0.0 * apparent),
        air_fraction=x.air / (x.steam + x.air + p.smallest_amount), wall_lethality=x.wall_lethality,
        leg_lethality=x.leg_lethality,
        lethal_rate=lethal_rate(minimum(x.wall_temperature, x.leg_temperature), p), condensate=x.condensate,
        log_reduction=minimum(x.wall_lethality, x.leg_lethality) / p.spore_time,
    )


def initial(p: Parameters, start: Start) -> State:
    """At one temperature, with these partial pressures."""
    per = p.volume / (p.gas_constant * start.temperature)
    return State(start.steam_pressure * per, start.air_pressure * per, 0.0, start.temperature, start.temperature,
                 0.0, 0.0, 0.0, 0.0, 0.0)
