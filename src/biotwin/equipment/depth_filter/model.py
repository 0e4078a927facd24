"""A dead-end filter for harvest: a primary or secondary depth filter, or with other figures a 0.22 um membrane.

Ideas. (1) The filter knows neither constant pressure nor constant flow: its source asks for a flow and has a highest
pressure, the filter answers with what passes, and two in series do so together (``resistance_behind``). (2) Fouling
and adsorption (``properties.saturation``) depend on what has arrived only, with closed solutions: a tick may be long.
(3) The liquid held is one mixed volume before the medium; it dilutes, delays, and is lost unless flushed out. (4) What
comes in is held, retained, bound, leaked or handed on (``BALANCES``); the state keeps what left in the last tick.
Not modelled: settling in the housing, desorption, compression of the cake, diffusion inside the medium.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.depth_filter.fouling import (
    LAST,
    available,
    fouled,
    medium,
    own_resistance,
    passable,
    service_area,
)
from biotwin.equipment.depth_filter.renewal import renewed
from biotwin.equipment.depth_filter.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.properties.saturation import taken_up
from biotwin.properties.throughflow import Throughflow, carried, remaining
from biotwin.quantity import CubicMetre, Number, Second, SquareMetre

__all__ = ["BALANCES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

BALANCES: dict[str, tuple[str, ...]] = {
    "product": ("product", "product_bound", "product_discarded"),
    "aggregates": ("aggregates", "aggregates_discarded"),
    "hcp": ("hcp", "hcp_bound", "hcp_discarded"),
    "dna": ("dna", "dna_bound", "dna_discarded"),
    "cells": ("cells", "cells_retained"),
    "debris": ("debris", "debris_retained"),
    "leachables": ("leachables",),
}
"""Where the filter keeps each content: the sum changes by (intake - leaked) times what comes in, less ``…_out``."""


class Condition(NamedTuple):
    """What the malfunctions make of the filter."""

    service: SquareMetre
    swept: Number
    """Part of the liquid that sweeps the hold-up."""
    treated: Number
    """Part that goes through the medium."""
    capacity: Number
    """Part of the adsorptive capacity."""
    kept: Number
    """Part of what comes in that does not drip away."""


@law
def condition(u: Inputs, p: Parameters) -> Condition:
    """Every malfunction enters here."""
    return Condition(
        service=service_area(u, p), swept=1.0 - u.channelling, treated=1.0 - u.bypass,
        capacity=maximum(1.0 - u.capacity_loss, LAST), kept=1.0 - u.leak,
    )


@law
def passage(x: State, u: Inputs, p: Parameters, c: Condition, dt: Second) -> tuple[CubicMetre, Throughflow]:
    """What the pump asks for, or what its pressure can drive."""
    held = maximum(x.liquid, LAST * p.holdup)
    debris = maximum(u.debris, x.debris / held)
    foulant = p.debris_retention * debris + p.cell_retention * p.cell_mass * maximum(u.cells, x.cells / held)
    m = medium(x, c.service, p)
    driven = passable(m, own_resistance(m, u, c.treated), u, p, c.treated * foulant, dt)
    taken = minimum(maximum(u.flow, 0.0) * dt, driven)
    entering = taken * c.kept
    filling = minimum(entering, maximum(p.holdup - x.liquid, 0.0))
    through = entering - filling
    stirred = c.swept * through / p.holdup
    return taken, Throughflow(filling=filling, through=through, stirred=stirred, full=p.holdup)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The filter after ``dt`` seconds at constant inputs."""
    return advanced(x, u, p, condition(u, p), dt)


@law
def advanced(before: State, u: Inputs, p: Parameters, c: Condition, dt: Second) -> State:
    """The same, in a given condition: exact while the pump rules, second order where the pressure does."""
    x = renewed(before, u, p)
    taken, v = passage(x, u, p, c, dt)
    product, hcp, dna = carried(x.product, u.product, v), carried(x.hcp, u.hcp, v), carried(x.dna, u.dna, v)
    aggregates = carried(x.aggregates, u.aggregates, v)
    cells, debris = carried(x.cells, u.cells, v), carried(x.debris, u.debris, v)
    slowed = 1.0 + c.treated * v.through / (dt * c.service * p.half_flux)
    site = c.capacity * c.service
    product_taken = taken_up(x.product_bound, c.treated * product, p.product_capacity * site, p.product_units / slowed)
    hcp_taken = taken_up(x.hcp_bound, c.treated * hcp, p.hcp_capacity * site, p.hcp_units / slowed)
    dna_taken = taken_up(x.dna_bound, c.treated * dna, p.dna_capacity * site, p.dna_units / slowed)
    caught = p.cell_retention * c.treated * cells
    trapped = p.debris_retention * c.treated * debris
    f = fouled(x, medium(x, c.service, p), p, p.cell_mass * caught + trapped)
    washed = x.leachables * (1.0 - exp(-c.treated * c.swept * v.through / (p.flush_depth * p.area)))
    return State(
        liquid=x.liquid + v.filling,
        product=remaining(x.product, u.product, v, product),
        aggregates=remaining(x.aggregates, u.aggregates, v, aggregates), hcp=remaining(x.hcp, u.hcp, v, hcp),
        dna=remaining(x.dna, u.dna, v, dna), cells=remaining(x.cells, u.cells, v, cells),
        debris=remaining(x.debris, u.debris, v, debris),
        open_area=f.open_area, pore_volume=f.pore_volume, cake=f.cake,
        cells_retained=x.cells_retained + caught, debris_retained=x.debris_retained + trapped,
        product_bound=x.product_bound + product_taken, hcp_bound=x.hcp_bound + hcp_taken,
        dna_bound=x.dna_bound + dna_taken, leachables=x.leachables - washed,
        filtered=x.filtered + v.through, fitted=x.fitted,
        liquid_discarded=x.liquid_discarded, product_discarded=x.product_discarded,
        aggregates_discarded=x.aggregates_discarded, hcp_discarded=x.hcp_discarded, dna_discarded=x.dna_discarded,
        intake=taken / dt, leaked=taken * (1.0 - c.kept) / dt, outflow=v.through / dt,
        product_out=(product - product_taken) / dt, aggregates_out=aggregates / dt,
        hcp_out=(hcp - hcp_taken) / dt, dna_out=(dna - dna_taken) / dt,
        cells_out=(cells - caught) / dt, debris_out=(debris - trapped) / dt, leachables_out=washed / dt,
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Filtrate of the last tick, and the gauges."""
    return shown(x, u, p, condition(u, p))


@law
def shown(x: State, u: Inputs, p: Parameters, c: Condition) -> Readings:
    """The same, in a given condition."""
    volume = where(x.outflow > 0.0, x.outflow, p.area * p.half_flux)
    hcp, cells, debris = x.hcp_out / volume, x.cells_out / volume, x.debris_out / volume
    m = medium(x, c.service, p)
    own = own_resistance(m, u, c.treated)
    drop = minimum(own * x.outflow, available(u))
    inlet = u.outlet_pressure + minimum((own + u.resistance_behind) * x.outflow, available(u))
    return Readings(
        flow=x.outflow, intake=x.intake, leak_flow=x.leaked,
        product=x.product_out / volume, aggregates=x.aggregates_out / volume, hcp=hcp, dna=x.dna_out / volume,
        cells=cells, debris=debris,
        leachables=x.leachables_out / volume,
        turbidity=p.turbidity_of_a_cell * cells + p.turbidity_of_debris * debris + p.turbidity_of_protein * hcp,
        inlet_pressure=inlet, pressure_drop=drop, hydraulic_resistance=own + u.resistance_behind,
        pressure_use=inlet / p.maximum_pressure,
        resistance_ratio=m.resistance / (p.resistance * m.opened),
        flux=x.outflow / p.area, load=x.filtered / p.area,
        held_product=x.product + x.product_bound, held_aggregates=x.aggregates, held_hcp=x.hcp + x.hcp_bound,
        held_dna=x.dna + x.dna_bound,
        hcp_saturation=x.hcp_bound / (p.hcp_capacity * p.area),
        dna_saturation=x.dna_bound / (p.dna_capacity * p.area),
        fill=x.liquid / p.holdup,
    )


def initial(p: Parameters, start: Start) -> State:
    """New and dry, or full of the buffer that has flushed it."""
    flushed = start.flushed * p.area
    left_in = p.leachables * p.area * exp(-start.flushed / p.flush_depth)
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        liquid=p.holdup if flushed > 0.0 else 0.0,
        open_area=p.area, pore_volume=p.area * p.depth, leachables=left_in,
    )
