"""Liquid through a mixed tank in one tick, solved exactly: it fills, empties, runs dry or runs over.

While the volume goes from V0 to V1 at a constant rate, each content follows d(c V)/dt = q_in c_in - q_out c. With
L = integral of dt/V, exp(-q_out L) of what was there stays, and V1 (1 - exp(-q_in L)) of what came. A tick has at most
two stages: until the tank is full, and at its brim.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from biotwin.equipment.hold_tank.variables import Inputs, Parameters, State
from biotwin.operators import exp, law, log, maximum, minimum, where
from biotwin.quantity import CubicMetre, CubicMetrePerSecond, Number, Second

TRICKLE = 1.0e-30
"""Part of the reference flow below which nothing flows."""
LEAST = 1.0e-9
"""Part of the capacity below which a tank that is drawn is dry."""


class Wish(NamedTuple):
    """What the hardware lets flow, were there enough."""

    stream: CubicMetrePerSecond
    """From upstream, that part which is collected."""
    rinse: CubicMetrePerSecond
    drained: CubicMetrePerSecond
    """That which is not."""
    returned: CubicMetrePerSecond
    """Refused by the receiver in the last tick."""
    drawn: CubicMetrePerSecond
    leaked: CubicMetrePerSecond
    sampled: CubicMetrePerSecond
    jacket: CubicMetrePerSecond
    """Conductance over the heat capacity of the liquid, as the next one: heat exchanged, as a flow."""
    room: CubicMetrePerSecond


class Stage(NamedTuple):
    """A stretch with the volume going straight from one value to another."""

    kept: Number
    """Part of what was there that stays."""
    renewed: CubicMetre
    """Of what came, what stays."""
    turned: Any
    """Integral of dt/V, s/m3."""


class Passage(NamedTuple):
    """Volumes of a tick, and which parts of the old and of what came stay, or go to the receiver; the rest is lost."""

    volume: CubicMetre
    given: CubicMetre
    spilt: CubicMetre
    leaked: CubicMetre
    sampled: CubicMetre
    old_kept: Number
    old_given: Number
    new_kept: Number
    new_given: Number
    turned: Any


@law
def flowing(asked: CubicMetrePerSecond, p: Parameters) -> CubicMetrePerSecond:
    """A flow as it is, or none where a motor's last turns leave less than floats can divide by."""
    return where(asked > TRICKLE * p.reference_flow, asked, 0.0 * p.reference_flow)


@law
def wish(x: State, u: Inputs, p: Parameters) -> Wish:
    """Every malfunction of the flows enters here."""
    heat = p.density * p.heat_capacity
    return Wish(
        stream=flowing(u.flow, p) * u.collect, rinse=flowing(u.rinse, p),
        drained=flowing(u.flow, p) * (1.0 - u.collect), returned=maximum(x.flow - u.taken, 0.0),
        drawn=flowing(u.draw * (1.0 - u.clamp), p), leaked=flowing(u.leakage, p), sampled=flowing(u.sample_flow, p),
        jacket=p.jacket_conductance * (1.0 - u.jacket_lost) / heat, room=p.room_conductance / heat,
    )


@law
def coming(way: Wish) -> CubicMetrePerSecond:
    """All that comes into the tank."""
    return way.stream + way.rinse + way.returned


@law
def turnover(first: CubicMetre, last: CubicMetre, span: Second, least: CubicMetre) -> Any:
    """Integral of dt/V between two volumes, s/m3; a volume below ``least`` counts as that."""
    begin = maximum(first, least)
    ratio = maximum(last, least) / begin
    z = ratio - 1.0
    small = maximum(z, -z) < 1.0e-3
    series = 1.0 - z * (1.0 / 2.0 - z * (1.0 / 3.0 - z * (1.0 / 4.0 - z * (1.0 / 5.0 - z / 6.0))))
    return span / begin * where(small, series, log(ratio) / where(small, 1.0, z))


@law
def mean_decay(z: Number) -> Number:
    """(1 - exp(-z)) / z for z >= 0, without cancellation."""
    small = z < 1.0e-3
    series = 1.0 - z * (1.0 / 2.0 - z * (1.0 / 6.0 - z * (1.0 / 24.0 - z / 120.0)))
    return where(small, series, (1.0 - exp(-z)) / where(small, 1.0, z))


@law
def stage(first: CubicMetre, last: CubicMetre, way: Wish, span: Second, p: Parameters) -> Stage:
    """Contents over a stretch without overflow; a tank that is drawn to its last drop keeps nothing."""
    least = LEAST * p.capacity
    turned = turnover(first, last, span, least)
    incoming, outgoing = coming(way), way.drawn + way.leaked + way.sampled
    wet = where(last > 0.0, 1.0, 0.0)
    z = incoming * turned
    return Stage(kept=wet * exp(-outgoing * turned), renewed=last * (z * mean_decay(z)), turned=turned)


@law
def passage(x: State, way: Wish, p: Parameters, dt: Second) -> Passage:
    """A tick."""
    incoming, outgoing = coming(way), way.drawn + way.leaked + way.sampled
    brim = maximum(p.capacity, x.volume)
    rise = incoming - outgoing
    rising = rise * dt > brim - x.volume
    first = where(rising, (brim - x.volume) / where(rising, rise, brim / dt), dt)
    left = x.volume + incoming * first - minimum(outgoing * first, x.volume + incoming * first)
    dry = (outgoing * dt > 0.0) * (left <= LEAST * p.capacity)
    volume = where(dry, 0.0 * left, left)
    out = x.volume + incoming * first - volume
    a = stage(x.volume, volume, way, first, p)
    over = dt - first
    later = incoming * over
    z = later / brim
    stays = exp(-z)
    trickle = TRICKLE * p.reference_flow
    to_hose = out + outgoing * over
    per_asked = to_hose / maximum(outgoing, trickle)
    drawn = outgoing / maximum(incoming, maximum(outgoing, trickle))
    share = way.drawn / maximum(outgoing, trickle)
    renewed = a.renewed * stays + later * mean_decay(z)
    later_gone = maximum(later + a.renewed - renewed, 0.0 * brim)
    per_offered = 1.0 / maximum(incoming * dt, trickle * dt)
    return Passage(
        volume=volume, given=way.drawn * per_asked, spilt=where(rising, rise * over, 0.0 * brim),
        leaked=way.leaked * per_asked, sampled=way.sampled * per_asked,
        old_kept=a.kept * stays, old_given=share * ((1.0 - a.kept) + a.kept * (1.0 - stays) * drawn),
        new_kept=renewed * per_offered,
        new_given=share * (maximum(incoming * first - a.renewed, 0.0 * brim) + later_gone * drawn) * per_offered,
        turned=a.turned + over / brim,
    )
