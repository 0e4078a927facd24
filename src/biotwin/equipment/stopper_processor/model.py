"""A processor for rubber stoppers: the air is drawn out of the bed, steam kills, hot dry air takes the water back.

Ideas. (1) Steam has the temperature of its *partial* pressure: air left in the bed keeps it colder than the gauge says.
(2) The bed follows whatever stands around it (steam, hot air, the room) with the lag of each: one linear relaxation,
exact over a tick; steam condenses on what is colder, and cools nothing. (3) Lethality is the integral of
10^((T - 121.1 degC) / 10 K); the germs of a stopper fall with it. (4) Rubber takes up water in steam and gives it back
in hot air over hours: one linear state, exact. Who stops early has sterile stoppers that are wet: they stick in the
bowl, and their water later goes into a dried cake. Not modelled: the washing before, silicone, the bed's inside and
outside, water on the surface.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.stopper_processor.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.properties.lethality import DECADE, lethal_rate
from biotwin.properties.parts import part
from biotwin.properties.steam import saturation_temperature
from biotwin.quantity import Kelvin, Number, Pascal, PerSecond, Second

__all__ = ["BALANCES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

BALANCES: dict[str, dict[str, float]] = {"water": {"water": 1.0, "dried": 1.0, "taken": -1.0}}
"""A linear form of the state that never changes."""


class Chamber(NamedTuple):
    """What stands around the bed now; steam, vacuum and hot air are 0..1."""

    steam: Number
    vacuum: Number
    heating: Number
    pressure: Pascal


@law
def chamber(u: Inputs, p: Parameters) -> Chamber:
    """Valves and pump; pressures settle within a tick."""
    steam, vacuum = part(u.steam) * (1.0 - u.steam_lost), part(u.vacuum) * (1.0 - u.vacuum_weak)
    free = p.atmosphere * (1.0 - (1.0 - p.deepest) * vacuum)
    return Chamber(steam, vacuum, part(u.heating) * (1.0 - u.dryer_weak), free + steam * (p.network - free))


class Relaxing(NamedTuple):
    """A linear state on its way: to ``rest``, at ``rate``."""

    rest: Kelvin
    rate: PerSecond


@law
def steam_temperature(x: State, c: Chamber, p: Parameters) -> Kelvin:
    """Of the steam in the bed, saturated at what the air leaves of the pressure: Dalton's law, the air counted at the
    pressure with which it filled the vented bed, as tables of steam and air do."""
    return saturation_temperature(maximum(c.pressure - x.air * p.atmosphere, 0.0 * c.pressure))


@law
def warming(x: State, c: Chamber, p: Parameters) -> Relaxing:
    """Steam condenses in minutes on rubber that is colder, hot air warms it slowly, the room never rests."""
    hot = steam_temperature(x, c, p)
    condensing = where(hot > x.load, minimum(20.0 * c.steam, 1.0), 0.0)
    steaming, airing, cooling = condensing / p.steam_lag, c.heating / p.air_lag, 1.0 / p.room_lag
    rate = steaming + airing + cooling
    return Relaxing((steaming * hot + airing * p.hot_air + cooling * p.room) / rate, rate)


@law
def left_air(x: State, u: Inputs, c: Chamber, p: Parameters, dt: Second) -> Number:
    """Part of the bed's air after a tick: vacuum draws it out, steam pushes it out slowly, a vent lets it back in."""
    out = (c.vacuum / p.purge_time + c.steam / p.displace_time) * (1.0 - u.air_trapped)
    back = (1.0 - minimum(20.0 * maximum(c.steam, c.vacuum), 1.0)) / p.vent_time
    rate = maximum(out + back, 1.0e-9 / p.vent_time)
    return back / rate + (x.air - back / rate) * exp(-rate * dt)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The bed after ``dt`` seconds at constant inputs; lethality by the trapezoid of the tick."""
    c = chamber(u, p)
    w = warming(x, c, p)
    load = w.rest + (x.load - w.rest) * exp(-w.rate * dt)
    wetting, drying = c.steam / p.wetting_time, c.heating / p.drying_time
    rate = maximum(wetting + drying, 1.0e-9 / p.drying_time)
    rest = (wetting * p.wet + drying * p.dry) / rate
    fast = 1.0 - exp(-rate * dt)
    water = x.water + (rest - x.water) * fast
    # Mean over the tick: what the linear state was worth to each of its two ways.
    mean = rest + (x.water - rest) * fast / (rate * dt)
    taken = wetting * (p.wet - mean) * dt
    killing = lethal_rate(x.load, p.reference, p.z) + lethal_rate(load, p.reference, p.z)
    return State(
        load=load, air=left_air(x, u, c, p, dt),
        lethality=x.lethality + 0.5 * dt * killing, water=water,
        taken=x.taken + taken, dried=x.dried + (x.water + taken - water),
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Gauges, and what the stoppers bring to the vials."""
    c = chamber(u, p)
    decades = minimum(x.lethality / p.spore_time, p.credited)
    germs = maximum(u.burden, 0.0) * exp(-DECADE * decades)
    return Readings(
        load_temperature=x.load, pressure=c.pressure, lethality=x.lethality, log_reduction=decades, water=x.water,
        germs=germs, sticking=1.0 - exp(-maximum(x.water - p.sticky_from, 0.0) / p.sticky_over),
        apparent_temperature=saturation_temperature(c.pressure), air=x.air,
    )


def initial(p: Parameters, start: Start) -> State:
    """Loaded, at the room's temperature, washed: full of air and with the water of the room's air."""
    return State(load=p.room, air=1.0, lethality=start.lethality, water=start.water, taken=start.water, dried=0.0)
