"""Empty vials are washed, ride through hot air, cool, and wait on a table: time at temperature counts, not the air.

Ideas. (1) The hot zone's air and lining are one heat capacity: heater in, losses and cold glass out, exact over a tick.
(2) A vial follows the air with a lag; its lethal time F_H = integral of 10^((T - 250 degC) / z) dt over its ride comes
from eight Gauss points. (3) What comes out lags by the ride; glass that stands is hot in four lags. (4) Vials that
leave with less than three decades of endotoxin gone are counted; nobody sees them on the belt. (5) The table before the
filler is one mixed lot: a cold minute is among the vials of the next. (6) Air goes from the isolator to the tunnel;
where the tunnel's pressure is the higher one, its air comes in. Not modelled: edge and centre of the belt, broken
glass, vials that stick together.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.depyrogenation_tunnel.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, maximum, minimum, sqrt
from biotwin.properties.lethality import DECADE, lethal_rate
from biotwin.quantity import Kelvin, Number, Pascal, PerSecond, Second, WattPerKelvin

__all__ = ["BALANCES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

BALANCES: dict[str, dict[str, float]] = {
    "heat": {"stored": 1.0, "lost": 1.0, "carried": 1.0, "supplied": -1.0},
    "vials": {"table": 1.0, "used": 1.0, "diverted": 1.0, "passed": -1.0},
}
"""Linear forms of the state that never change."""


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
    """Every malfunction but the heater's, the washer's and the cascade's enters here."""
    moving = minimum(maximum(u.belt, 0.0), 1.0) * (1.0 + u.belt_fast)
    time = minimum(p.length / (p.fastest * maximum(moving, 1.0e-9)), p.longest)
    lag = p.vial_lag * (1.0 + u.air_weak)
    arrived = 1.0 - exp(-time / lag)
    return Ride(time=time, load=vials(u, moving, p) * p.glass * p.heat * arrived, lag=lag, moving=moving)


@law
def vials(u: Inputs, moving: Number, p: Parameters) -> PerSecond:
    """Vials come only while the belt moves, and no closer than they stand side by side."""
    return minimum(maximum(u.vials, 0.0), p.density * p.fastest * moving)


@law
def lethal(part: Number, air: Kelvin, r: Ride, p: Parameters) -> Number:
    """Lethal rate at a part of the ride, over that at 250 degC."""
    glass = air - (air - p.room) * exp(-part * r.time / r.lag)
    return lethal_rate(glass, p.reference, p.z)


@law
def lethal_time(air: Kelvin, r: Ride, p: Parameters) -> Second:
    """F_H of a whole ride: Gauss-Legendre with eight points."""
    a = 0.362683783378362 * (lethal(0.408282678752175, air, r, p) + lethal(0.591717321247825, air, r, p))
    b = 0.313706645877887 * (lethal(0.237233795041836, air, r, p) + lethal(0.762766204958164, air, r, p))
    c = 0.222381034453374 * (lethal(0.101666761293187, air, r, p) + lethal(0.898333238706813, air, r, p))
    d = 0.101228536290376 * (lethal(0.019855071751232, air, r, p) + lethal(0.980144928248768, air, r, p))
    return 0.5 * r.time * (a + b + c + d)


@law
def cascade(u: Inputs, p: Parameters) -> Pascal:
    """Isolator over tunnel."""
    return u.isolator_pressure - p.pressure - p.pressed * u.exhaust_shut


class Washed(NamedTuple):
    """A vial as it leaves the washer."""

    endotoxin: Number
    particles: Number


@law
def washed(u: Inputs, p: Parameters) -> Washed:
    """What the rinse leaves of what the vial brought: decades in proportion to the water."""
    share = minimum(maximum(u.water, 0.0), 1.0) * (1.0 - u.needles_blocked)
    left = exp(-DECADE * p.wash_decades * share)
    return Washed(endotoxin=maximum(u.endotoxin, 0.0) * left, particles=maximum(u.particles, 0.0) * left)


class Table(NamedTuple):
    """The table after a tick."""

    vials: Number
    used: Number
    diverted: Number
    kept: Number
    """Part of what was there or came that is still there."""


@law
def tabled(x: State, u: Inputs, p: Parameters, out: Number, dt: Second) -> Table:
    """Vials come, the filler takes what it has counted, what is diverted goes to the rejects."""
    there = x.table + out
    used = minimum(maximum(u.filled - x.used, 0.0), there)
    after = there - used
    left = after * exp(-minimum(maximum(u.divert, 0.0), 1.0) * dt / p.divert_time)
    return Table(left, used, after - left, left / maximum(there, 1.0e-9))


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The tunnel after ``dt`` seconds: heat exact, what comes out to first order in the tick."""
    r, clean = ride(u, p), washed(u, p)
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
    warming = 1.0 - exp(-dt / minimum(r.time, 4.0 * r.lag))
    cooling = r.time * p.cooling_length / p.length
    cool = p.cooling_air + (x.glass_out - p.cooling_air) * exp(-cooling / p.cooling_lag)
    out = vials(u, r.moving, p) * dt
    lethal_out = x.lethal_out + (reached - x.lethal_out) * follow
    decades = minimum(lethal_out / p.decimal_time, p.credited)
    poor = minimum(maximum(1.0 - (lethal_out / p.decimal_time - p.required) / p.band, 0.0), 1.0)
    t = tabled(x, u, p, out, dt)
    endotoxin = clean.endotoxin * exp(-DECADE * decades)
    return State(
        stored=stored, supplied=x.supplied + power * dt, lost=x.lost + gone * (p.losses / drain),
        carried=x.carried + gone * (r.load / drain), lethal_out=lethal_out,
        glass_out=x.glass_out + (glass - x.glass_out) * warming, passed=x.passed + out, poor=x.poor + out * poor,
        cooled=x.cooled + (cool - x.cooled) * (1.0 - exp(-dt / cooling)),
        table=t.vials, used=x.used + t.used, diverted=x.diverted + t.diverted,
        table_poor=(x.table_poor + out * poor) * t.kept,
        table_endotoxin=(x.table_endotoxin + out * endotoxin) * t.kept,
        table_particles=(x.table_particles + out * clean.particles) * t.kept,
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Gauges, what the vials that leave now have lived through, and what stands on the table."""
    r, over = ride(u, p), cascade(u, p)
    decades, some = x.lethal_out / p.decimal_time, maximum(x.table, 1.0e-9)
    return Readings(
        air_temperature=p.room + x.stored / p.capacity, glass_temperature=x.glass_out, belt_speed=p.fastest * r.moving,
        ride_time=r.time, lethal_time=x.lethal_out, log_reduction=minimum(decades, p.credited),
        endotoxin_left=p.challenge * exp(-DECADE * minimum(decades, p.credited)), passed=x.passed, poor=x.poor,
        exit_temperature=x.cooled, hot_air=p.hot_air / (1.0 + u.air_weak), cascade=maximum(over, 0.0),
        backflow=p.mouse_hole * sqrt(maximum(-over, 0.0)),
        water_pressure=p.water_pressure * minimum(maximum(u.water, 0.0), 1.0) * (1.0 + 0.3 * u.needles_blocked),
        table=x.table, table_poor=minimum(x.table_poor / some, 1.0), table_endotoxin=x.table_endotoxin / some,
        table_particles=x.table_particles / some, diverted=x.diverted,
    )


def initial(p: Parameters, start: Start) -> State:
    """At ``air`` since long, without vials."""
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        stored=p.capacity * (start.air - p.room), supplied=p.capacity * (start.air - p.room), glass_out=p.room,
        cooled=p.cooling_air)
