"""The tempering loop of a jacket: water circulates, an exchanger cools it, an electric heater warms it.

The loop is one well-mixed heat capacity. At constant inputs its balance is linear in temperature, so each tick is
solved exactly at any length; the thermostat that caps the heater is part of that exact solution.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.quantity import JoulePerKelvin, Kelvin, Number, Second, Watt, WattPerKelvin


class State(NamedTuple):
    """What the loop remembers."""

    temperature: Kelvin
    """Of the circulating water, K."""
    held: Number
    """The last command before ``stuck`` rose above 0, -1..1."""


class Inputs(NamedTuple):
    """Command, load and malfunctions; every malfunction is 0 in health."""

    command: Number = 0.0
    """-1 (chilled valve open) .. 0 .. 1 (full heater); what lies outside is taken at the nearer end."""
    vessel_heat: Watt = 0.0
    """Heat that flows from the jacket to the vessel, W; negative when the vessel warms the jacket."""
    stuck: Number = 0.0
    """0..1: how much of the acting command is the one held when ``stuck`` left 0."""
    bias: Number = 0.0
    """Zero error of the split-range positioner, part of the command's range."""
    leak: Number = 0.0
    """Smallest effective opening that the chilled valve's damaged seat allows, 0..1."""
    chilled_water_loss: Number = 0.0
    """0..1: how much of the chilled-water supply is lost."""
    heater_dead: Number = 0.0
    """0..1: how much of the heater's power is lost."""
    pump_dead: Number = 0.0
    """0..1: how much of the circulation is lost; the heater is interlocked with it."""
    fouling: Number = 0.0
    """0..1: how much of the exchanger's conductance is lost."""


class Parameters(NamedTuple):
    """Constants of one loop. The defaults are teaching values for a jacketed 2 m3 vessel."""

    heat_capacity: JoulePerKelvin = 1.25e6
    """Of the loop, J/K: 300 kg of water at 4180 J/kg/K."""
    chilled_temperature: Kelvin = 279.15
    """Of the chilled water, K: 6 degC, a usual utility."""
    chilled_conductance: WattPerKelvin = 1500.0
    """Exchanger with the valve open, W/K: carries 40 kW at 27 K of difference."""
    heater_power: Watt = 24000.0
    """At command 1, W: warms the loop and 2 m3 of water by about 9 K in an hour."""
    room_conductance: WattPerKelvin = 20.0
    """Losses to the room, W/K, > 0."""
    room_temperature: Kelvin = 294.15
    """K: 21 degC, a usual clean room."""
    thermostat: Kelvin = 353.15
    """The heater never takes the loop above this, K: 80 degC."""


class Readings(NamedTuple):
    """What the loop shows and what the vessel feels."""

    temperature: Kelvin
    """Of the water in the jacket, K."""
    chilled_valve: Number
    """Position of the chilled-water valve, 0..1."""
    heater_power: Watt
    """Electric power drawn, W."""
    circulation: Number
    """Fraction of the healthy circulation, 0..1."""


class Start(NamedTuple):
    """How the loop begins: at ``temperature``."""

    temperature: Kelvin = 294.15


@law
def acting_command(held: Number, u: Inputs) -> Number:
    """The command that valve and heater really follow, -1..1."""
    command = u.command + u.bias
    return minimum(maximum(command + u.stuck * (held - command), -1.0), 1.0)


@law
def heating(command: Number, u: Inputs, p: Parameters) -> Watt:
    """Heater power before its thermostat, W."""
    return p.heater_power * (maximum(command, 0.0) * ((1.0 - u.heater_dead) * (1.0 - u.pump_dead)))


@law
def chilling(command: Number, u: Inputs, p: Parameters) -> WattPerKelvin:
    """Conductance to the chilled water, W/K."""
    opening = maximum(maximum(-command, 0.0), u.leak)
    working = (1.0 - u.chilled_water_loss) * ((1.0 - u.fouling) * (1.0 - u.pump_dead))
    return p.chilled_conductance * (opening * working)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The loop after ``dt`` seconds at constant inputs: the exact solution of its heat balance."""
    held = where(u.stuck > 0.0, x.held, u.command + u.bias)
    command = acting_command(held, u)
    cooling = chilling(command, u, p)
    conductance = cooling + p.room_conductance
    load = cooling * p.chilled_temperature + p.room_conductance * p.room_temperature - u.vessel_heat
    decay = exp(-conductance * dt / p.heat_capacity)
    unheated = load / conductance
    unheated = unheated + (x.temperature - unheated) * decay
    heated = unheated + heating(command, u, p) / conductance * (1.0 - decay)
    # The heater may only add: where the water is hotter than the thermostat without it, it stays off.
    return State(temperature=minimum(heated, maximum(unheated, p.thermostat)), held=held)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Temperature, valve, power and circulation at this instant."""
    command = acting_command(x.held, u)
    power = heating(command, u, p)
    loss = p.room_conductance * (p.thermostat - p.room_temperature) + u.vessel_heat
    holding = minimum(maximum(loss, 0.0 * loss), power)
    return Readings(
        temperature=x.temperature,
        chilled_valve=maximum(-command, 0.0),
        heater_power=where(x.temperature < p.thermostat, power, holding),
        circulation=1.0 - u.pump_dead,
    )


def initial(p: Parameters, start: Start) -> State:
    """At its starting temperature, with no command."""
    return State(temperature=start.temperature, held=0.0)
