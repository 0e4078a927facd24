"""A filling isolator in its room: where particles and microbes come from, how fast they go, what counters see of them.

Ideas. (1) Room and critical zone are two mixed volumes with constant sources over a tick: closed solutions, any tick.
The zone is renewed every three seconds. (2) Microbes come from people by the room, a torn glove, an open door, and from
surfaces that were not killed; hands that break the first air shed upon the vials beneath without that dilution, and
the more, the less they have been trained. (3)
Hydrogen peroxide is made, decomposes, sorbs, comes back: two linear states in closed form, so that aeration has a tail.
Spores die in proportion to the gas. (4) Counters and plates show Poisson numbers. Not modelled: single gloves,
swabs, mouse holes, humidity and condensation of peroxide.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from biotwin.equipment.isolator.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, maximum, minimum, sqrt
from biotwin.properties.counts import counted
from biotwin.quantity import CellsPerCubicMetre, CubicMetrePerSecond, Kilogram, Number, PerSecond, Second

__all__ = ["BALANCES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

BALANCES: dict[str, dict[str, float]] = {"peroxide": {"gas": 1.0, "sorbed": 1.0, "gone": 1.0, "dosed": -1.0}}
"""A linear form of the state that never changes."""

DECADE = 2.302585092994046
SPORES = 1.0e6


class Air(NamedTuple):
    """Flows of air, and what gloved work adds."""

    supply: CubicMetrePerSecond
    renewal: PerSecond
    """Of the zone."""
    unfiltered: CubicMetrePerSecond
    """Room air that comes in as it is."""
    hands: PerSecond
    """Microbes that gloved work sheds over the vials."""
    shedding: Number
    """Of a person in the room over one who is well gowned."""
    clumsy: Number
    """Particles of gloved work over those of a qualified person."""


@law
def air(x: State, u: Inputs, p: Parameters) -> Air:
    """How the air goes; every malfunction of it enters here."""
    fan = minimum(maximum(u.fan, 0.0), 1.0) * (1.0 - u.fan_weak)
    supply = fan * p.velocity * p.section
    tear = u.glove_torn * (p.pumped * u.intervention + p.seeping * (1.0 - fan))
    unfiltered = supply * (p.penetration + u.filter_leak) + tear + p.open_door * u.door + maximum(u.infeed_air, 0.0)
    glove = p.glove_viable * (1.0 + u.untrained * (p.untrained_viable - 1.0))
    return Air(
        supply=supply, renewal=(supply + p.open_door * u.door) / p.volume + p.still, unfiltered=unfiltered,
        hands=u.intervention * (u.glove_torn * p.hand_viable + glove + p.stirred * maximum(x.surface, 0.0)),
        shedding=1.0 + u.gown_open * (p.gown_factor - 1.0),
        clumsy=1.0 + u.untrained * (p.untrained_particles - 1.0),
    )


@law
def settling_to(now: Any, source: Any, rate: PerSecond, dt: Second) -> Any:
    """A mixed volume with a constant source, after ``dt``."""
    rest = source / rate
    return rest + (now - rest) * exp(-rate * dt)


@law
def mean_of(now: Any, then: Any, source: Any, rate: PerSecond, dt: Second) -> Any:
    """Its mean over ``dt``: what came and is no longer there has left at the rate."""
    return maximum((source * dt - (then - now)) / (rate * dt), 0.0 * now)


class Peroxide(NamedTuple):
    """Hydrogen peroxide after a tick."""

    gas: Kilogram
    sorbed: Kilogram
    made: Kilogram
    gone: Kilogram


@law
def peroxide(x: State, u: Inputs, p: Parameters, dt: Second) -> Peroxide:
    """Gas and surfaces exchange, gas decomposes and is carried away: the closed solution of two linear states."""
    made = p.generator_rate * minimum(maximum(u.generator, 0.0), 1.0) * (1.0 - u.generator_weak)
    lost = p.decomposition + (p.aeration_flow * u.aeration + p.open_door * u.door) / p.volume
    gas, sorbed = made / lost, made / lost * (p.sorption / p.desorption)
    total = lost + p.sorption + p.desorption
    apart = sqrt(total * total - 4.0 * lost * p.desorption)
    slow, fast = exp(-0.5 * (total - apart) * dt), exp(-0.5 * (total + apart) * dt)
    g, s = x.gas - gas, x.sorbed - sorbed
    to_gas, to_surface = p.desorption * s - (lost + p.sorption) * g, p.sorption * g - p.desorption * s
    even, odd = 0.5 * (slow + fast), (slow - fast) / apart
    new_gas = maximum(gas + even * g + odd * (to_gas + 0.5 * total * g), 0.0 * x.gas)
    new_sorbed = maximum(sorbed + even * s + odd * (to_surface + 0.5 * total * s), 0.0 * x.gas)
    return Peroxide(new_gas, new_sorbed, made * dt, x.gas + x.sorbed + made * dt - new_gas - new_sorbed)


@law
def room(now: CellsPerCubicMetre, person: PerSecond, u: Inputs, p: Parameters, dt: Second) -> CellsPerCubicMetre:
    """Concentration in the room after a tick, shed by ``person`` by each."""
    return settling_to(now, maximum(u.people, 0.0) * person / p.room_volume, p.room_changes, dt)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The isolator after ``dt`` seconds at constant inputs; the zone sees the room as it was at the tick's start."""
    a, h = air(x, u, p), peroxide(x, u, p, dt)
    moving = u.line_speed
    small_in = a.unfiltered * x.room_small + p.machine_small * moving + p.glove_small * u.intervention * a.clumsy
    large_in = a.unfiltered * x.room_large + p.machine_large * moving + p.glove_large * u.intervention * a.clumsy
    viable_in = a.unfiltered * x.room_viable + a.hands + p.shaken * moving * maximum(x.surface, 0.0)
    viable = settling_to(x.viable, viable_in, a.renewal, dt)
    mean = mean_of(x.viable, viable, viable_in, a.renewal, dt) / p.volume
    lost = p.decomposition + (p.aeration_flow * u.aeration + p.open_door * u.door) / p.volume
    killed = maximum(h.gone, 0.0 * h.gone) / lost / p.volume / (p.spore_concentration * p.spore_time)
    fallen, shown = mean * p.settling * dt, minimum(maximum(u.plates, 0.0), 1.0) * p.recovery
    return State(
        small=settling_to(x.small, small_in, a.renewal, dt), large=settling_to(x.large, large_in, a.renewal, dt),
        viable=viable, room_small=room(x.room_small, p.person_small * a.shedding, u, p, dt),
        room_large=room(x.room_large, p.person_large * a.shedding, u, p, dt),
        room_viable=room(x.room_viable, p.person_viable * a.shedding, u, p, dt),
        surface=x.surface * exp(-DECADE * killed) + fallen * p.floor + u.contamination_rate * dt,
        gas=h.gas, sorbed=h.sorbed, dosed=x.dosed + h.made, gone=x.gone + h.gone, log_kill=x.log_kill + killed,
        settled=x.settled + fallen * p.plate * shown, impacted=x.impacted + mean * p.sampler * shown * dt,
        viable_mean=mean, gloved=x.gloved + minimum(maximum(u.intervention, 0.0), 1.0) * dt,
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Counters with their chance, gauges, plates, and the truth."""
    a = air(x, u, p)
    small, large = x.small / p.volume, x.large / p.volume
    flow = minimum(maximum(u.fan, 0.0), 1.0) * (1.0 - u.fan_weak)
    survivors = SPORES * exp(-DECADE * x.log_kill)
    return Readings(
        air_small=small, air_large=large,
        count_small=counted(small * p.count_volume, u.small_deviate) / p.count_volume,
        count_large=counted(large * p.count_volume, u.large_deviate) / p.count_volume,
        room_small=x.room_small, room_large=x.room_large, room_viable=x.room_viable, viable=x.viable_mean,
        airborne=x.viable_mean + a.hands / p.first_air, velocity=p.velocity * flow,
        overpressure=p.overpressure * flow * flow * (1.0 - 0.2 * u.glove_torn) * (1.0 - minimum(u.door, 1.0)),
        peroxide=1.0e-6 * x.gas / p.volume / p.part_per_million, sorbed=x.sorbed, log_kill=x.log_kill,
        indicator_growth=1.0 - exp(-survivors), surface=x.surface,
        settle_colonies=counted(x.settled, u.settle_deviate), air_colonies=counted(x.impacted, u.air_deviate),
        expected_colonies=x.settled + x.impacted, tear=u.glove_torn,
        gloved_time=x.gloved,
    )


def initial(p: Parameters, start: Start) -> State:
    """At rest: the air is the room's, two people in it since long."""
    each = 2.0 / (p.room_volume * p.room_changes)
    held = each * p.volume
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        room_small=each * p.person_small, room_large=each * p.person_large, room_viable=each * p.person_viable,
        small=held * p.person_small, large=held * p.person_large, viable=held * p.person_viable,
        viable_mean=each * p.person_viable, surface=start.surface, log_kill=start.log_kill,
    )
