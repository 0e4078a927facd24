"""From vials to the vein: opening, reconstituting, drawing up, diluting in a bag, and the line to the patient.

Ideas. (1) Every vial of the lot is somewhere: in store, opened, in the bag, given, leaked; amounts only move, and each
move is limited by what is there. (2) A cake dissolves by itself; swirling helps it, shaking foams and aggregates it at
the air's surface, and foam cannot be drawn up. (3) What is drawn up too early is thin: the cake stays in the vial, and
the dose with it. (4) The pump's count is not the flow: a free line runs past it, and only drops and weight tell.
Each step of a tick is the exact solution of a linear law; only their order costs accuracy, first order in the tick.
Not modelled: adsorption to the bag, particles of stoppers, air in the line, stability of the diluted drug.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.infusion_bag.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.quantity import CubicMetre, Kilogram, Number, PerSecond, Second

__all__ = ["Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]


class Liquid(NamedTuple):
    """An amount of liquid with its protein."""

    volume: CubicMetre
    monomer: Kilogram
    hmw: Kilogram
    active: Kilogram


@law
def part(whole: Liquid, share: Number) -> Liquid:
    """A share of a mixed liquid."""
    return Liquid(share * whole.volume, share * whole.monomer, share * whole.hmw, share * whole.active)


@law
def pooled(a: Liquid, b: Liquid) -> Liquid:
    return Liquid(a.volume + b.volume, a.monomer + b.monomer, a.hmw + b.hmw, a.active + b.active)


@law
def without(a: Liquid, b: Liquid) -> Liquid:
    """What stays of ``a`` once its part ``b`` is gone."""
    return Liquid(a.volume - b.volume, a.monomer - b.monomer, a.hmw - b.hmw, a.active - b.active)


@law
def dissolving(x: State, u: Inputs, p: Parameters, volume: CubicMetre, opened: Number) -> PerSecond:
    """Rate at which the cake dissolves: slower while there is too little liquid, faster when moved."""
    wet = minimum(volume / maximum(opened * p.fill, p.least_volume), 1.0)
    return p.dissolution * wet * (1.0 + p.swirl_gain * u.agitation) * (1.0 - u.slow_cake)


@law
def shaking(u: Inputs, p: Parameters) -> Number:
    """Agitation beyond the gentle, 0..1."""
    return maximum(u.agitation - p.gentle, 0.0) / (1.0 - p.gentle)


@law
def foamed(x: State, u: Inputs, p: Parameters, dt: Second) -> Number:
    """Foam after a tick: it comes fast and goes slowly."""
    target = shaking(u, p)
    return target + (x.foam - target) * exp(-dt / where(target > x.foam, p.foam_rise, p.foam_fall))


@law
def reconstituted(x: State, u: Inputs, p: Parameters, newly: Number, dt: Second) -> tuple[Kilogram, Liquid]:
    """Cake that is left and liquid of the opened vials after a tick, ``newly`` opened ones among them."""
    volume = x.vial_volume + u.diluent_flow * dt + newly * x.solution
    whole = x.cake + newly * x.content
    cake = whole * exp(-dissolving(x, u, p, volume, x.opened + newly) * dt)
    freed = whole - cake
    kept = exp(-p.shaking_aggregation * shaking(u, p) * dt)
    monomer = x.vial_monomer + freed * (1.0 - x.aggregate_fraction)
    hmw = x.vial_hmw + freed * x.aggregate_fraction + monomer * (1.0 - kept)
    return cake, Liquid(volume, monomer * kept, hmw, (x.vial_active + freed * x.potency) * kept)


@law
def share_drawn(wanted: CubicMetre, there: CubicMetre, whole: CubicMetre, p: Parameters) -> Number:
    """Part of ``whole`` that is taken when ``wanted`` is asked for and ``there`` can be had."""
    some = whole > p.least_volume
    return where(some, minimum(wanted, maximum(there, 0.0)) / where(some, whole, p.least_volume), 0.0)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """One tick: open, wet, dissolve, draw up, infuse."""
    newly = minimum(maximum(u.vials - x.opened, 0.0), x.unopened)
    foam = foamed(x, u, p, dt)
    cake, liquid = reconstituted(x, u, p, newly, dt)
    spoiled = x.vial_active + (x.cake + newly * x.content - cake) * x.potency - liquid.active
    drawable = liquid.volume * (1.0 - p.foam_hold * foam) - (x.opened + newly) * p.hold_up
    drawn = part(liquid, share_drawn(u.transfer_flow * dt, drawable, liquid.volume, p))
    vials = without(liquid, drawn)
    bag = pooled(Liquid(x.bag_volume, x.bag_monomer, x.bag_hmw, x.bag_active), drawn)
    wanted = (u.draw + u.free_flow * p.gravity_flow) * (1.0 - u.clamp) * dt
    given = part(bag, share_drawn(wanted, bag.volume, bag.volume, p))
    rest = without(bag, given)
    leaked = part(rest, share_drawn(u.leak * p.leak_flow * dt, rest.volume, rest.volume, p))
    left = without(rest, leaked)
    return State(
        unopened=x.unopened - newly, content=x.content, potency=x.potency, aggregate_fraction=x.aggregate_fraction,
        solution=x.solution, opened=x.opened + newly, cake=cake, foam=foam,
        vial_volume=vials.volume, vial_monomer=vials.monomer, vial_hmw=vials.hmw, vial_active=vials.active,
        bag_volume=left.volume, bag_monomer=left.monomer, bag_hmw=left.hmw, bag_active=left.active,
        given_volume=x.given_volume + given.volume, given_monomer=x.given_monomer + given.monomer,
        given_hmw=x.given_hmw + given.hmw, given_active=x.given_active + given.active,
        leaked_volume=x.leaked_volume + leaked.volume, leaked_monomer=x.leaked_monomer + leaked.monomer,
        leaked_hmw=x.leaked_hmw + leaked.hmw, leaked_active=x.leaked_active + leaked.active,
        flow=given.volume / dt, product_flow=(given.monomer + given.hmw) / dt, active_flow=given.active / dt,
        hmw_flow=given.hmw / dt, spoiled=x.spoiled + spoiled,
    )


@law
def over(amount: Kilogram, whole: Kilogram, nothing: Number, p: Parameters) -> Number:
    """A fraction, ``nothing`` where there is nothing to divide by."""
    some = whole > p.least_mass
    return where(some, amount / where(some, whole, p.least_mass), nothing)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Contents, flows of the last tick, and where the lot is."""
    dissolved, bag = x.vial_monomer + x.vial_hmw, x.bag_monomer + x.bag_hmw
    store = x.unopened * x.content
    flowing = x.product_flow > p.least_mass / p.foam_rise
    rate = where(flowing, x.product_flow, p.least_mass / p.foam_rise)
    return Readings(
        vial_concentration=dissolved / (x.vial_volume + p.least_volume), vial_volume=x.vial_volume,
        undissolved=over(x.cake, x.cake + dissolved, 0.0, p), foam=x.foam,
        vial_aggregates=over(x.vial_hmw, dissolved, 0.0, p), bag_volume=x.bag_volume,
        bag_weight=p.tare + p.density * x.bag_volume, bag_product=bag,
        bag_concentration=bag / (x.bag_volume + p.least_volume), flow=x.flow, product_flow=x.product_flow,
        active_fraction=where(flowing, x.active_flow / rate, 1.0),
        aggregate_fraction=where(flowing, x.hmw_flow / rate, 0.0), given_volume=x.given_volume,
        vial_content=x.content, store_monomer=store * (1.0 - x.aggregate_fraction),
        store_hmw=store * x.aggregate_fraction, store_active=store * x.potency,
        left_monomer=x.vial_monomer + x.cake * (1.0 - x.aggregate_fraction),
        left_hmw=x.vial_hmw + x.cake * x.aggregate_fraction, left_active=x.vial_active + x.cake * x.potency,
    )


def initial(p: Parameters, start: Start) -> State:
    """The lot in store, a bag of saline, nothing opened."""
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        unopened=start.containers, content=start.content, potency=start.potency,
        aggregate_fraction=start.aggregate_fraction, solution=start.solution, bag_volume=start.bag_volume,
    )
