"""Sterilisation in place (SIP): steam, air that stays, a wall, a cold leg, condensate, and the lethality they earn.

Steam condenses at the temperature of its *partial* pressure: with air in the way the gauge is right and the vessel too
cold. Pressure is one backward Euler step per tick, condensation a chord in pressure, the wall an exact relaxation:
amounts stay positive at any tick, and water only moves (supplied + received = held + condensed + drained + vented +
passed + pumped). Two vessels may be linked, a dryer's chamber and its condenser: one reckons what passes, the other
gets it in the same tick. Under vacuum the film that no drain takes evaporates, and a leak lets the room in.
Not modelled: steam condensed by the leg, flashing on a plain vessel, superheat, stratified air.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.steam_sterilisation.variables import (
    Inputs,
    MolPerSecondPascal,
    Parameters,
    PascalPerMol,
    Readings,
    Start,
    State,
)
from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.properties.lethality import lethal_rate
from biotwin.properties.parts import part
from biotwin.properties.steam import saturation_pressure, saturation_temperature
from biotwin.quantity import JoulePerKelvin, Kelvin, Kilogram, Mol, MolPerSecond, Number, Pascal, Second, WattPerKelvin

__all__ = ["CARRIES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

CARRIES = "steam"


@law
def per_amount(x: State, p: Parameters) -> PascalPerMol:
    """Pressure of one mol in the vessel."""
    return p.gas_constant * x.wall_temperature / p.volume


@law
def hot(x: State, p: Parameters) -> Kelvin:
    """Of the steam: saturated, or the wall's where nothing condenses."""
    return maximum(saturation_temperature(x.steam * per_amount(x, p)), x.wall_temperature)


@law
def relaxed(temperature: Kelvin, target: Kelvin, conductance: WattPerKelvin, capacity: JoulePerKelvin,
            dt: Second) -> Kelvin:
    """A body after ``dt`` through this conductance: exact."""
    return target + (temperature - target) * exp(-conductance * dt / capacity)


@law
def flooded(x: State, p: Parameters) -> Number:
    """How far condensate stands in the leg, 0..1; the film elsewhere does not flood it."""
    return minimum(maximum(x.condensate - p.film, 0.0) / p.leg_hold, 1.0)


@law
def next_leg(x: State, u: Inputs, p: Parameters, dt: Second) -> Kelvin:
    """The leg: warmed by what steam reaches it, less when flooded or blanketed by air."""
    steamy = x.steam / (x.steam + x.air + p.smallest_amount)
    warm = p.leg_conductance * steamy * ((1.0 - 0.97 * flooded(x, p)) * (1.0 - u.cold_leg))
    conductance = warm + p.leg_loss
    target = (warm * hot(x, p) + p.leg_loss * p.room) / conductance
    return relaxed(x.leg_temperature, target, conductance, p.leg_capacity, dt)


@law
def next_wall(heated: Kelvin, u: Inputs, p: Parameters, dt: Second) -> Kelvin:
    """The wall after its losses to the room and to the jacket."""
    cooling = p.cooling * part(u.jacket_valve)
    conductance = p.wall_loss + cooling
    target = (p.wall_loss * p.room + cooling * p.coolant) / maximum(conductance, 1.0e-9 * p.wall_conductance)
    return relaxed(heated, target, conductance, p.wall_capacity, dt)


@law
def chord(x: State, p: Parameters, dt: Second) -> MolPerSecondPascal:
    """Condensation per pascal of steam above the wall's saturation, as the wall can take it in ``dt``."""
    pressure, wall = x.steam * per_amount(x, p), saturation_pressure(x.wall_temperature)
    taken = p.wall_capacity / dt * (1.0 - exp(-p.wall_conductance * dt / p.wall_capacity))
    colder = maximum(saturation_temperature(pressure) - x.wall_temperature, 0.0)
    return taken * colder / p.condensation_heat / maximum(pressure - wall, p.smallest_pressure)


class Ways(NamedTuple):
    """What lets gas through in this tick."""

    steaming: MolPerSecondPascal
    network: Pascal
    blowing: MolPerSecondPascal
    open: MolPerSecondPascal
    """To the room, both ways: vent, leak, bypass."""
    link: MolPerSecondPascal
    pump: MolPerSecondPascal


class Moved(NamedTuple):
    """Gas after the ways and before the wall, and what moved."""

    pressure: Pascal
    steam: Mol
    air: Mol
    came: Mol
    received: Mol
    vented: Mol
    pumped: Mol
    passed_steam: Mol
    passed_air: Mol


@law
def ways(x: State, u: Inputs, p: Parameters, dt: Second) -> Ways:
    """Conductances of now; the link's is damped, so that of two like volumes neither overshoots at any tick."""
    per = per_amount(x, p)
    now = per * (x.steam + x.air)
    network = p.atmosphere + (p.steam_pressure - p.atmosphere) * (1.0 - u.steam_loss)
    steaming = p.steam_conductance * part(u.steam_valve) * (1.0 - u.steam_stuck)
    blowing = p.air_conductance * part(u.air_valve)
    link = p.link_conductance * part(u.link_valve)
    drain = p.bypass_gas * part(u.bypass_valve) * (1.0 - flooded(x, p))
    return Ways(
        steaming=where(network > now, steaming, 0.0 * steaming), network=network,
        blowing=where(p.air_pressure > now, blowing, 0.0 * blowing),
        open=p.vent_conductance * part(u.vent_valve) * (1.0 - u.vent_blocked) + drain
        + p.natural_leak + p.worst_leak * u.leak + where(u.door > 0.5, p.door_conductance, 0.0 * drain),
        link=link / (1.0 + 2.0 * link * dt * per),
        pump=p.pump_speed * part(u.vacuum_valve) * (1.0 - u.pump_weak) / (p.gas_constant * x.wall_temperature),
    )


@law
def settled_pressure(x: State, u: Inputs, p: Parameters, w: Ways, dt: Second) -> Pascal:
    """Of the vessel at the tick's end, with all ways and the wall: backward Euler."""
    per, cold = per_amount(x, p), chord(x, p, dt)
    wall = saturation_pressure(x.wall_temperature)
    source = (w.steaming * w.network + w.blowing * p.air_pressure + w.open * p.atmosphere + w.link * u.link_pressure
              + u.gained_steam + u.gained_air + cold * (per * x.air + wall))
    conductance = w.steaming + w.blowing + w.open + w.link + w.pump + cold
    return maximum((per * (x.steam + x.air) + per * dt * source) / (1.0 + per * dt * conductance), 0.0)


@law
def moved(x: State, u: Inputs, p: Parameters, w: Ways, dt: Second) -> Moved:
    """Gas through the ways. Purging does not reach trapped air, vacuum does: what is pocketed expands."""
    settled = settled_pressure(x, u, p, w, dt)
    share = dt * per_amount(x, p) / maximum(settled, p.smallest_pressure)
    venting = w.open * maximum(settled - p.atmosphere, 0.0) * share
    passing = w.link * maximum(settled - u.link_pressure, 0.0) * share
    pumping = w.pump * settled * share
    came = w.steaming * maximum(w.network - settled, 0.0) * dt
    entering = w.blowing * maximum(p.air_pressure - settled, 0.0) + w.open * maximum(p.atmosphere - settled, 0.0)
    back = w.link * maximum(u.link_pressure - settled, 0.0) * dt
    back_air = back * part(u.link_air)
    gained = maximum(x.steam + u.gained_steam * dt, 0.0)
    steam = (gained + came + (back - back_air)) / (1.0 + venting + passing + pumping)
    reached = (venting + passing) * (1.0 - u.trapped_air)
    held = maximum(x.air + u.gained_air * dt, 0.0) + entering * dt + back_air
    air = held / (1.0 + reached + pumping)
    return Moved(
        settled, steam, air, came, gained - x.steam, steam * venting, steam * pumping,
        steam * passing - (back - back_air), air * passing * (1.0 - u.trapped_air) - back_air,
    )


@law
def condensed(x: State, p: Parameters, steam: Mol, dt: Second) -> Mol:
    """Steam that the wall takes; below zero, what the film gives back where its wall is warmer."""
    cold, per = chord(x, p, dt), per_amount(x, p)
    wall = saturation_pressure(x.wall_temperature)
    taken = maximum(steam - (steam + dt * cold * wall) / (1.0 + dt * cold * per), 0.0)
    wet = p.film_evaporation * minimum(x.condensate / (p.film + p.smallest_mass), 1.0)
    given = wet * maximum(wall - per * steam, 0.0) * dt / (1.0 + wet * dt * per)
    return taken - minimum(given, (1.0 - 1.0e-12) * x.condensate / p.water_mass)


@law
def drained(u: Inputs, p: Parameters, pressure: Pascal, wet: Kilogram, dt: Second) -> Kilogram:
    """What trap and bypass take of the condensate above its film."""
    trap = p.trap_conductance * part(u.drain_valve) * (1.0 - u.trap_blocked)
    way = trap + p.bypass_conductance * part(u.bypass_valve)
    return minimum(way * maximum(pressure - p.atmosphere, 0.0) * dt, maximum(wet - p.film, 0.0))


@law
def unfiltered(x: State, u: Inputs, p: Parameters, pressure: Pascal) -> MolPerSecond:
    """Room air that comes in by what should be shut: a torn seal, a drain open under vacuum, a door."""
    way = p.worst_leak * u.leak + p.bypass_gas * part(u.bypass_valve) * (1.0 - flooded(x, p))
    door = where(u.door > 0.5, p.door_conductance, 0.0 * way)
    return way * maximum(p.atmosphere - pressure, 0.0) + door * p.atmosphere


@law
def lethality(before: Kelvin, after: Kelvin, p: Parameters, dt: Second) -> Second:
    """Earned in a tick, by the trapezium."""
    return 0.5 * dt * (lethal_rate(before, p.reference, p.z) + lethal_rate(after, p.reference, p.z))


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The vessel after ``dt`` seconds at constant inputs."""
    m = moved(x, u, p, ways(x, u, p, dt), dt)
    taken = condensed(x, p, m.steam, dt)
    wet = maximum(x.condensate + p.water_mass * taken, 0.0)
    gone = drained(u, p, m.pressure, wet, dt)
    warm = next_wall(x.wall_temperature + taken * p.condensation_heat / p.wall_capacity, u, p, dt)
    leg = next_leg(x, u, p, dt)
    before, coldest = minimum(x.wall_temperature, x.leg_temperature), minimum(warm, leg)
    standing = x.standing + lethality(before, coldest, p, dt)
    return State(
        steam=m.steam - taken, air=m.air, condensate=wet - gone, wall_temperature=warm, leg_temperature=leg,
        wall_lethality=x.wall_lethality + lethality(x.wall_temperature, warm, p, dt),
        leg_lethality=x.leg_lethality + lethality(x.leg_temperature, leg, p, dt),
        supplied=x.supplied + p.water_mass * m.came, vented=x.vented + p.water_mass * m.vented,
        drained=x.drained + gone, passed=x.passed + p.water_mass * m.passed_steam,
        received=x.received + p.water_mass * m.received, pumped=x.pumped + p.water_mass * m.pumped,
        passing_steam=m.passed_steam / dt, passing_air=m.passed_air / dt,
        exposed=where(coldest >= p.reference, x.exposed + dt, 0.0 * x.exposed),
        standing=where(unfiltered(x, u, p, m.pressure) > 0.0, 0.0 * standing, standing),
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Gauge, probes and lethality at this instant."""
    pressure = per_amount(x, p) * (x.steam + x.air)
    apparent, steam = saturation_temperature(pressure), hot(x, p)
    return Readings(
        pressure=pressure, steam_temperature=steam, wall_temperature=x.wall_temperature,
        leg_temperature=x.leg_temperature, apparent_temperature=apparent,
        saturation_gap=maximum(apparent - steam, 0.0 * apparent),
        air_fraction=x.air / (x.steam + x.air + p.smallest_amount), wall_lethality=x.wall_lethality,
        leg_lethality=x.leg_lethality,
        lethal_rate=lethal_rate(minimum(x.wall_temperature, x.leg_temperature), p.reference, p.z),
        condensate=x.condensate,
        log_reduction=minimum(x.wall_lethality, x.leg_lethality) / p.spore_time, exposed=x.exposed,
        standing_lethality=x.standing, supplied=x.supplied, film=minimum(x.condensate, p.film),
        passing_steam=x.passing_steam, passing_air=x.passing_air,
    )


def initial(p: Parameters, start: Start) -> State:
    """At one temperature, with these partial pressures."""
    per = p.volume / (p.gas_constant * start.temperature)
    return State(start.steam_pressure * per, start.air_pressure * per, 0.0, start.temperature, start.temperature,
                 *(0.0,) * 12)
