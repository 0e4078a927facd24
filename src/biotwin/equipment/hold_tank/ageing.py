"""What a liquid does while it is held: monomer sticks, cells break, bacteria grow. Each law is solved exactly."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.hold_tank.content import Content
from biotwin.equipment.hold_tank.variables import Parameters
from biotwin.operators import exp, law, log, maximum, minimum
from biotwin.quantity import Cells, CubicMetre, Kelvin, Kilogram, Number, PerSecond, Second

STEEPEST = 10.0
"""Decades-of-ten-kelvin beyond which a rate changes no more: no liquid is there."""


class Aged(NamedTuple):
    """Contents after the tick, and what changed."""

    content: Content
    stuck: Kilogram
    broken: Cells
    grown: Number


@law
def at(rate: PerSecond, factor: Number, temperature: Kelvin, p: Parameters) -> PerSecond:
    """A rate given at 20 degC, at another temperature: ``factor`` for ten kelvin."""
    tens = (temperature - p.reference_temperature) / p.ten_kelvin
    return rate * exp(log(factor) * minimum(maximum(tens, -STEEPEST), STEEPEST))


@law
def multiplied(colonies: Number, volume: CubicMetre, rate: PerSecond, dt: Second, p: Parameters) -> Number:
    """Logistic growth."""
    limit = p.growth_limit * maximum(volume, 1.0e-9 * p.capacity)
    filled = minimum(colonies / limit, 1.0)
    return colonies / maximum(filled + (1.0 - filled) * exp(-rate * dt), 1.0e-300)


@law
def aged(c: Content, volume: CubicMetre, temperature: Kelvin, p: Parameters, dt: Second) -> Aged:
    """A tick at constant temperature and volume."""
    stuck = c.product * (1.0 - exp(-at(p.aggregation, p.aggregation_factor, temperature, p) * dt))
    broken = c.cells * (1.0 - exp(-at(p.lysis, p.lysis_factor, temperature, p) * dt))
    colonies = multiplied(c.bioburden, volume, at(p.growth, p.growth_factor, temperature, p), dt, p)
    content = Content(
        product=c.product - stuck, aggregates=c.aggregates + stuck, fragments=c.fragments,
        hcp=c.hcp + p.hcp_of_a_cell * broken, dna=c.dna + p.dna_of_a_cell * broken, ligand=c.ligand,
        cells=c.cells - broken, debris=c.debris + p.debris_of_a_cell * broken, virus=c.virus,
        parvovirus=c.parvovirus, bioburden=colonies, endotoxin=c.endotoxin, salt=c.salt, acid=c.acid, base=c.base,
        excipient=c.excipient,
    )
    return Aged(content=content, stuck=stuck, broken=broken, grown=colonies - c.bioburden)
