"""A disc-stack centrifuge that clarifies a harvest and ejects its solids in shots.

Ideas. (1) Feed is stressed at the inlet, mixed in the bowl, separated between the discs; solids gather until a shot.
(2) As the solids space fills, clarity is lost (``properties.saturation``): too rare shots cloud the centrate, too
frequent ones throw product away. (3) A shot is fired when its command rises; the bowl then refills first. (4) At
constant inputs, speed and mix of particles a tick of any length is exact. All that comes in is held, settled, or leaves
as centrate or by the solids port (``BALANCES``), but for the cells that break.
Not modelled: heating, gas in the bowl, vibration, uneven sediment, washing of the sediment.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from biotwin.equipment.disc_stack_centrifuge.clarity import TURN, cut_size, lysed, separated, settling, sigma
from biotwin.equipment.disc_stack_centrifuge.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.properties.saturation import taken_up
from biotwin.properties.throughflow import Throughflow, carried, remaining
from biotwin.quantity import (
    CellsPerCubicMetre,
    CubicMetre,
    CubicMetrePerSecond,
    Kilogram,
    KilogramPerCubicMetre,
    MetrePerSecondSquared,
    Number,
    Second,
    SquareMetre,
)

__all__ = ["BALANCES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

BALANCES: dict[str, tuple[tuple[str, ...], str]] = {
    "product": (("product",), ""),
    "aggregates": (("aggregates",), ""),
    "hcp": (("hcp",), "hcp_of_a_cell"),
    "dna": (("dna",), "dna_of_a_cell"),
    "cells": (("cells", "cells_settled", "lysed"), ""),
    "debris": (("debris", "debris_settled"), "debris_of_a_cell"),
}
"""Where the bowl keeps each content, and what each lysed cell adds to it: the sum, less that, changes by what comes in
less ``…_out`` and ``…_waste``."""
EMPTYING = 1.0e-9


class Condition(NamedTuple):
    """What the malfunctions make of the machine."""

    turning: Number
    """Bowl speed over motor speed."""
    shot: Number
    """Part of a shot that comes."""
    added: Number
    """Stress beside the feed zone's own."""
    clear: Number
    """Part of Sigma that works."""
    kept: Number
    """Part of what leaves that goes to the centrate."""


class Shot(NamedTuple):
    """What a discharge takes with it."""

    volume: CubicMetre
    loose: Number
    """Part of all that is not settled."""
    settled: Number
    """Part of the sediment."""


class Feed(NamedTuple):
    """What comes out of the feed zone."""

    hcp: KilogramPerCubicMetre
    dna: KilogramPerCubicMetre
    cells: CellsPerCubicMetre
    debris: KilogramPerCubicMetre
    broken: CellsPerCubicMetre


class Grade(NamedTuple):
    """How much of each class settles in a bowl with room for it."""

    area: SquareMetre
    """Sigma that works."""
    cells: Number
    debris: Number


@law
def condition(u: Inputs, p: Parameters) -> Condition:
    """Every malfunction enters here; gas takes up to half of the discs' gaps (teaching value)."""
    return Condition(
        turning=1.0 - u.slip, shot=1.0 - u.discharge_stuck, added=u.feed_shear + u.air * p.air_stress,
        clear=1.0 - 0.5 * u.air, kept=1.0 - u.seal_leak,
    )


@law
def shot(x: State, u: Inputs, p: Parameters, c: Condition) -> Shot:
    """One shot where the command rises from 0; of what a nearly empty bowl has, at most."""
    size = minimum(maximum(u.discharge, 0.0), 1.0) * c.shot
    fired = where(x.asked > 0.0, 0.0 * size, size)
    volume = minimum(fired * p.solids_space, x.volume)
    ejected: Kilogram = fired * (p.cell_mass * x.cells_settled + x.debris_settled)
    liquid = maximum(volume - ejected / p.particle_density, 0.0)
    return Shot(volume=volume, loose=liquid / maximum(x.volume, EMPTYING * p.bowl_volume), settled=fired)


@law
def stressed(u: Inputs, p: Parameters, broken: Number) -> Feed:
    """The feed behind its zone, where a part of the cells has broken."""
    number = broken * u.cells
    return Feed(
        hcp=u.hcp + p.hcp_of_a_cell * number, dna=u.dna + p.dna_of_a_cell * number, cells=u.cells - number,
        debris=u.debris + p.debris_of_a_cell * number, broken=number,
    )


@law
def grade(
    speed: Number, flow: CubicMetrePerSecond, u: Inputs, p: Parameters, c: Condition, g: MetrePerSecondSquared
) -> Grade:
    """Cells, and debris in its two sizes."""
    area = c.clear * p.efficiency * sigma(speed, p, g)
    coarse, fine = separated(p.coarse_size, area, flow, u, p, g), separated(p.fine_size, area, flow, u, p, g)
    return Grade(
        area=area, cells=separated(p.cell_size, area, flow, u, p, g), debris=coarse + p.fine_share * (fine - coarse),
    )


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The machine after ``dt`` seconds at constant inputs."""
    return advanced(x, u, p, condition(u, p), dt)


@law
def advanced(x: State, u: Inputs, p: Parameters, c: Condition, dt: Second) -> State:
    """The same, in a given condition: first the shot, then the feed, at the speed of mid tick."""
    target = minimum(maximum(u.command, 0.0), 1.0)
    middle = c.turning * (target + (x.speed - target) * exp(-0.5 * dt / p.lag))
    flow = maximum(u.flow, 0.0)
    s, f = shot(x, u, p, c), stressed(u, p, lysed(middle, c.added, p))
    stays = 1.0 - s.loose
    room = maximum(p.bowl_volume - (x.volume - s.volume), 0.0)
    filling = minimum(flow * dt, room)
    through = flow * dt - filling
    v = Throughflow(filling=filling, through=through, stirred=through / p.bowl_volume, full=p.bowl_volume)
    product, aggregates = stays * x.product, stays * x.aggregates
    hcp, dna = stays * x.hcp, stays * x.dna
    cells, debris = stays * x.cells, stays * x.debris
    gone_product, gone_aggregates = carried(product, u.product, v), carried(aggregates, u.aggregates, v)
    gone_hcp, gone_dna = carried(hcp, f.hcp, v), carried(dna, f.dna, v)
    gone_cells, gone_debris = carried(cells, f.cells, v), carried(debris, f.debris, v)
    k = grade(middle, flow, u, p, c, p.gravity)
    settled_cells, settled_debris = (1.0 - s.settled) * x.cells_settled, (1.0 - s.settled) * x.debris_settled
    caught, trapped = settling_out(settled_cells, settled_debris, c.kept * gone_cells, c.kept * gone_debris, k, p)
    away = 1.0 - c.kept
    return State(
        speed=target + (x.speed - target) * exp(-dt / p.lag), asked=u.discharge,
        volume=x.volume - s.volume + filling,
        product=remaining(product, u.product, v, gone_product),
        aggregates=remaining(aggregates, u.aggregates, v, gone_aggregates), hcp=remaining(hcp, f.hcp, v, gone_hcp),
        dna=remaining(dna, f.dna, v, gone_dna), cells=remaining(cells, f.cells, v, gone_cells),
        debris=remaining(debris, f.debris, v, gone_debris),
        cells_settled=settled_cells + caught, debris_settled=settled_debris + trapped,
        lysed=x.lysed + f.broken * flow * dt,
        intake=flow, outflow=c.kept * through / dt,
        product_out=c.kept * gone_product / dt, aggregates_out=c.kept * gone_aggregates / dt,
        hcp_out=c.kept * gone_hcp / dt, dna_out=c.kept * gone_dna / dt,
        cells_out=(c.kept * gone_cells - caught) / dt, debris_out=(c.kept * gone_debris - trapped) / dt,
        waste=(s.volume + away * through) / dt,
        product_waste=(s.loose * x.product + away * gone_product) / dt,
        aggregates_waste=(s.loose * x.aggregates + away * gone_aggregates) / dt,
        hcp_waste=(s.loose * x.hcp + away * gone_hcp) / dt, dna_waste=(s.loose * x.dna + away * gone_dna) / dt,
        cells_waste=(s.loose * x.cells + s.settled * x.cells_settled + away * gone_cells) / dt,
        debris_waste=(s.loose * x.debris + s.settled * x.debris_settled + away * gone_debris) / dt,
    )


@law
def settling_out(
    cells_settled: Number, debris_settled: Kilogram, cells: Number, debris: Kilogram, k: Grade, p: Parameters
) -> Any:
    """Cells and debris that the discs take of what passes them, all classes losing alike as the bowl fills."""
    offered: Kilogram = p.cell_mass * (k.cells * cells) + k.debris * debris
    capacity: Kilogram = p.solids_space * p.sediment_density
    held: Kilogram = p.cell_mass * cells_settled + debris_settled
    taken = taken_up(held, offered, capacity, p.sharpness)
    share = taken / where(offered > 0.0, offered, capacity)
    return share * k.cells * cells, share * k.debris * debris


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Centrate and solids of the last tick, and the machine."""
    return shown(x, u, p, condition(u, p))


@law
def shown(x: State, u: Inputs, p: Parameters, c: Condition) -> Readings:
    """The same, in a given condition."""
    volume = where(x.outflow > 0.0, x.outflow, p.bowl_volume / p.lag)
    solids = where(x.waste > 0.0, x.waste, p.bowl_volume / p.lag)
    hcp, cells, debris = x.hcp_out / volume, x.cells_out / volume, x.debris_out / volume
    speed, flow = c.turning * x.speed, x.intake
    k = grade(speed, flow, u, p, c, p.gravity)
    rim = TURN * p.maximum_speed * speed * p.inner_radius
    return Readings(
        flow=x.outflow, intake=flow, product=x.product_out / volume, aggregates=x.aggregates_out / volume,
        hcp=hcp, dna=x.dna_out / volume,
        cells=cells, debris=debris,
        turbidity=p.turbidity_of_a_cell * cells + p.turbidity_of_debris * debris + p.turbidity_of_protein * hcp,
        waste_flow=x.waste, waste_product=x.product_waste / solids, waste_aggregates=x.aggregates_waste / solids,
        waste_hcp=x.hcp_waste / solids,
        waste_dna=x.dna_waste / solids, waste_cells=x.cells_waste / solids, waste_debris=x.debris_waste / solids,
        bowl_speed=p.maximum_speed * speed, sigma=sigma(speed, p, p.gravity),
        cut_size=cut_size(k.area, flow, u, p, p.gravity), settling_velocity=settling(p.cell_size, u, p, p.gravity),
        cells_separated=k.cells, debris_separated=k.debris,
        bowl_fill=(p.cell_mass * x.cells_settled + x.debris_settled) / (p.solids_space * p.sediment_density),
        lysed_share=lysed(speed, c.added, p),
        held_product=x.product, held_aggregates=x.aggregates, held_hcp=x.hcp, held_dna=x.dna,
        motor_power=p.idle_power * (speed * speed * speed) + p.liquid_density * flow * (rim * rim),
    )


def initial(p: Parameters, start: Start) -> State:
    """At its speed, with so much clean water."""
    return State(**dict.fromkeys(State._fields, 0.0))._replace(speed=start.speed, volume=start.volume)
