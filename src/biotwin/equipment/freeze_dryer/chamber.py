"""The gas: vials, bleed and leaks feed the chamber, the duct leads to the coil, the vacuum pump takes what stays gas.

Chamber, duct and condenser turn over in seconds or less: a tick is one backward Euler step, whose composition is
settled in two sweeps. Every transfer is an amount that leaves one place and reaches another, so nothing is lost.
The duct carries ``duct`` (P_chamber - P_condenser): at choking P_condenser is little and the flow is linear in the
chamber's pressure, as equipment lines are.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.freeze_dryer.variables import Inputs, MolPerSecondPascal, Parameters, State
from biotwin.equipment.freeze_dryer.vial import ice_pressure
from biotwin.operators import law, maximum, minimum, where
from biotwin.quantity import CubicMetrePerSecond, Mol, MolPerSecond, Number, Pascal, Second


class Sources(NamedTuple):
    """What feeds the chamber in a tick."""

    sublimed: MolPerSecond
    """At no pressure in the chamber."""
    hindered: MolPerSecondPascal
    """By so much less per pascal."""
    desorbed: Mol


class Gas(NamedTuple):
    """Amounts after the tick and what moved in it."""

    pressure: Pascal
    """Against which the vials have sublimed."""
    back: Mol
    """Vapour that came back from a coil too warm."""
    pumped: Mol
    """Vapour through the pump."""
    inert_in: Mol
    inert_back: Mol


@law
def pressure(amount: Mol, x: State, p: Parameters) -> Pascal:
    """Of an amount of gas in the chamber."""
    return amount * p.gas_constant * p.gas_temperature / p.chamber_volume


@law
def chamber_pressure(x: State, p: Parameters) -> Pascal:
    """Of vapour and inert gas."""
    return pressure(x.chamber_vapour + x.chamber_inert, x, p)


@law
def coil_pressure(x: State, p: Parameters) -> Pascal:
    """Of vapour over the coil; a coil without ice has none."""
    return ice_pressure(x.coil_temperature, p) * x.coil_ice / (x.coil_ice + p.smallest_ice)


@law
def condenser_inert_pressure(x: State, p: Parameters) -> Pascal:
    """Of what does not condense, in the condenser."""
    return x.condenser_inert * p.gas_constant * p.gas_temperature / p.condenser_volume


@law
def unit(value: Number) -> Number:
    """An opening, at its nearer end where it lies outside 0..1."""
    return minimum(maximum(value, 0.0), 1.0)


@law
def bleed_opening(x: State, u: Inputs) -> Number:
    """Where the bleed valve really is, 0..1."""
    return unit(u.bleed_opening + u.bleed_stuck * (x.bleed_held - u.bleed_opening))


@law
def inflow(x: State, u: Inputs, p: Parameters) -> MolPerSecond:
    """Bleed, vent and leak into an empty chamber."""
    wanted = bleed_opening(x, u) * p.bleed_flow + unit(u.vent_opening) * p.vent_flow
    return wanted + (p.natural_leak + u.leak * p.leak_flow)


@law
def suction(u: Inputs, p: Parameters) -> CubicMetrePerSecond:
    """Of the vacuum pump at the condenser."""
    return p.pump_speed * unit(u.vacuum_valve) * (1.0 - u.vacuum_pump_dead)


@law
def duct_flow(x: State, u: Inputs, p: Parameters, s: Sources, inert: Number, bled: Mol, dt: Second) -> tuple[
    Pascal, MolPerSecond
]:
    """Chamber pressure at the tick's end and flow to the condenser, where ``inert`` is the flow's inert fraction."""
    emptied = 1.0 + suction(u, p) * dt / p.condenser_volume
    conductance = p.duct * (1.0 - u.duct_blockage)
    filling = p.gas_constant * p.gas_temperature / p.condenser_volume * dt * inert / emptied
    conductance = conductance / (1.0 + conductance * filling)
    behind = condenser_inert_pressure(x, p) / emptied + coil_pressure(x, p)
    per = p.gas_constant * p.gas_temperature / p.chamber_volume
    whole = x.chamber_vapour + x.chamber_inert + bled + s.desorbed
    settled = per * (whole + dt * (s.sublimed + conductance * behind)) / (1.0 + per * dt * (s.hindered + conductance))
    return settled, conductance * (settled - behind)


@law
def inert_fraction(x: State, p: Parameters, s: Sources, bled: Mol, settled: Pascal, dt: Second) -> Number:
    """Of the gas that leaves the chamber when it ends at ``settled``."""
    vapour = x.chamber_vapour + s.desorbed + dt * maximum(s.sublimed - s.hindered * settled, 0.0 * s.sublimed)
    return (x.chamber_inert + bled) / (x.chamber_inert + bled + vapour + p.smallest_amount)


@law
def step_gas(x: State, u: Inputs, p: Parameters, s: Sources, dt: Second) -> Gas:
    """Pressure of the chamber at the tick's end and the amounts that came in, came back and were pumped."""
    now = chamber_pressure(x, p)
    wide = inflow(x, u, p)
    per = p.gas_constant * p.gas_temperature / p.chamber_volume
    # Gas from the room never lifts the chamber above the atmosphere, however long the tick.
    bled = wide * dt * maximum(1.0 - now / p.atmosphere, 0.0) / (1.0 + wide * dt * per / p.atmosphere)
    held, _ = duct_flow(x, u, p, s, inert_fraction(x, p, s, bled, now, dt), bled, dt)
    held, _ = duct_flow(x, u, p, s, inert_fraction(x, p, s, bled, held, dt), bled, dt)
    settled, flow = duct_flow(x, u, p, s, inert_fraction(x, p, s, bled, held, dt), bled, dt)
    behind = condenser_inert_pressure(x, p)
    coil = coil_pressure(x, p)
    share = behind / (behind + coil + p.smallest_pressure)
    back = maximum(-flow, 0.0 * flow) * dt
    stored = x.coil_ice / p.water_mass
    returned = minimum(back * (1.0 - share), stored)
    taken = suction(u, p) * coil * dt / (p.gas_constant * p.gas_temperature)
    return Gas(
        pressure=settled,
        back=returned,
        pumped=minimum(taken, stored - returned),
        inert_in=bled,
        inert_back=where(flow < 0.0, minimum(back * share, x.condenser_inert), 0.0 * back),
    )


@law
def kept(vapour: Mol, inert: Mol, settled: Pascal, p: Parameters) -> Number:
    """Part of the chamber's gas that stays when it ends at ``settled``; the rest leaves by the duct."""
    ends = settled * p.chamber_volume / (p.gas_constant * p.gas_temperature)
    return minimum(ends / (vapour + inert + p.smallest_amount), 1.0)
