"""A depyrogenation tunnel: empty vials ride through hot air; what counts is the time at temperature, not the air.

Ideas. (1) The hot zone's air and lining are one heat capacity: heater in, losses and cold glass out, exact over a tick.
(2) A vial follows the air with a lag; its lethal time F_H = integral of 10^((T - 250 degC) / z) dt over its ride comes
from eight Gauss points. (3) What comes out lags by the ride. (4) Vials that leave with less than three decades of
endotoxin gone are counted; nobody sees them on the belt. Not modelled: infeed, cooling zone, particles, edge and centre
of the belt.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.depyrogenation_tunnel.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, maximum, minimum
from biotwin.quantity import Kelvin, Number, PerSecond, Second, WattPerKelvin

__all__ = ["BALANCES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

BALANCES: dict[str, dict[str, float]] = {"heat": {"stored": 1.0, "lost": 1.0, "carried": 1.0, "supplied": -1.0}}
"""A linear form of the state that never changes."""

DECADE = 2.302585092994046


class Ride(NamedTuple):
    """How a vial crosses the hot zone now."""

    time: Second
    load: WattPerKelvin
    """Heat that the glass takes, per kelvin between air and incoming glass."""
    lag: Second
    """Of a vial's temperature."""
    moving: Number
    """0..1 of the fastest belt."""


@law
def ride(u: Inputs, p: Parameters) -> Ride:
    """Every malfunction but the heater's enters here."""
    moving = minimum(maximum(u.belt, 0.0), 1.0) * (1.0 + u.belt_fast)
    time = minimum(p.length / (p.fastest * maximum(moving, 1.0e-9)), p.longest)
    lag = p.vial_lag * (1.0 + u.air_weak)
    arrived = 1.0 - exp(-time / lag)
    return Ride(time=time, load=vials(u, moving) * p.glass * p.heat * arrived, lag=lag, moving=moving)


@law
def vials(u: Inputs, moving: Number) -> PerSecond:
    """Vials come only while the belt moves."""
    return maximum(u.vials, 0.0) * minimum(1.0e6 * moving, 1.0)


@law
def lethal(part: Number, air: Kelvin, r: Ride, p: Parameters) -> Number:
    """Lethal rate at a part of the ride, over that at 250 degC."""
    glass = air - (air - p.room) * exp(-part * r.time / r.lag)
    return exp(DECADE * minimum((glass - p.reference) / p.z, 12.0))


@law
def lethal_time(air: Kelvin, r: Ride, p: Parameters) -> Second:
    """F_H of a whole ride: Gauss-Legendre with eight points."""
    a = 0.362683783378362 * (lethal(0.408282678752175, air, r, p) + lethal(0.591717321247825, air, r, p))
    b = 0.313706645877887 * (lethal(0.237233795041836, air, r, p) + lethal(0.762766204958164, air, r, p))
    c = 0.222381034453374 * (lethal(0.101666761293187, air, r, p) + lethal(0.898333238706813, air, r, p))
    d = 0.101228536290376 * (lethal(0.019855071751232, air, r, p) + lethal(0.980144928248768, air, r, p))
    return 0.5 * r.time * (a + b + c + d)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The tunnel after ``dt`` seconds: heat exact, what comes out to first order in the tick."""
    r = ride(u, p)
    power = p.heater * minimum(maximum(u.heater, 0.0), 1.0) * (1.0 - u.heater_weak)
    drain = p.losses + r.load
    rest = p.room + power / drain
    now = p.room + x.stored / p.capacity
    air = rest + (now - rest) * exp(-drain * dt / p.capacity)
    stored = p.capacity * (air - p.room)
    gone = x.stored + power * dt - stored
    follow = 1.0 - exp(-dt / r.time)
    reached = lethal_time(air, r, p)
    glass = air - (air - p.room) * exp(-r.time / r.lag)
    out = vials(u, r.moving) * dt
    lethal_out = x.lethal_out + (reached - x.lethal_out) * follow
    poor = minimum(maximum(1.0 - (lethal_out / p.decimal_time - p.required) / p.band, 0.0), 1.0)
    return State(
        stored=stored, supplied=x.supplied + power * dt, lost=x.lost + gone * (p.losses / drain),
        carried=x.carried + gone * (r.load / drain), lethal_out=lethal_out,
        glass_out=x.glass_out + (glass - x.glass_out) * follow, passed=x.passed + out, poor=x.poor + out * poor,
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Gauges, and what the vials that leave now have lived through."""
    r = ride(u, p)
    decades = x.lethal_out / p.decimal_time
    return Readings(
        air_temperature=p.room + x.stored / p.capacity, glass_temperature=x.glass_out, belt_speed=p.fastest * r.moving,
        ride_time=r.time, lethal_time=x.lethal_out, log_reduction=minimum(decades, p.credited),
        endotoxin_left=p.challenge * exp(-DECADE * minimum(decades, p.credited)), passed=x.passed, poor=x.poor,
    )


def initial(p: Parameters, start: Start) -> State:
    """At ``air`` since long, without vials."""
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        stored=p.capacity * (start.air - p.room), supplied=p.capacity * (start.air - p.room), glass_out=p.room)
