"""What lives in the vessel and what it turns over: the rate law per cell, times the cells, with guests and bubbles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from biotwin.equipment.stirred_bioreactor.variables import Inputs, Parameters, State
from biotwin.equipment.stirred_bioreactor.vessel import Vessel
from biotwin.kinetics.bubbles import agitation_death, bubble_death
from biotwin.kinetics.contaminants import bacterial_rates, growth_left, mycoplasma_growth
from biotwin.kinetics.contract import Environment, Rates
from biotwin.kinetics.glycosylation import galactosylation_index
from biotwin.kinetics.quality import aggregation, host_cell_protein
from biotwin.operators import law, maximum
from biotwin.properties.buffers import carbon_dioxide_fraction
from biotwin.properties.gases import CARBON_DIOXIDE, henry
from biotwin.properties.physics import PHYSICS
from biotwin.quantity import (
    CubicMetrePerSecond,
    KilogramPerSecond,
    Metre,
    MolPerSecond,
    Number,
    PerSecond,
)

RESPIRATORY_QUOTIENT = 1.0
"""Carbon dioxide made per oxygen used (upstream.md 2.A3); the balances use the same figure."""


class Turnover(NamedTuple):
    """What the living make (positive) or use up (negative) per second in the whole vessel, unless it says otherwise."""

    viable_cells: PerSecond
    dead_cells: PerSecond
    lysed_cells: PerSecond
    glucose_consumed: MolPerSecond
    glutamine: MolPerSecond
    lactate: MolPerSecond
    ammonia: MolPerSecond
    oxygen_consumed: MolPerSecond
    product: KilogramPerSecond
    galactosylated: KilogramPerSecond
    aggregates: KilogramPerSecond
    host_cell_protein: KilogramPerSecond
    bacteria: PerSecond
    mycoplasma: PerSecond


@law
def environment(x: State, ph: Number) -> Environment:
    """What a cell meets in this vessel: concentrations from amounts, never below zero."""
    per_volume = 1.0 / (x.volume + PHYSICS.smallest_volume)
    dissolved = maximum(x.inorganic_carbon, 0.0) * per_volume * carbon_dioxide_fraction(ph)
    osmoles = x.osmoles + x.glucose + x.glutamine + x.lactate + x.ammonia
    return Environment(
        glucose=maximum(x.glucose, 0.0) * per_volume,
        glutamine=maximum(x.glutamine, 0.0) * per_volume,
        lactate=maximum(x.lactate, 0.0) * per_volume,
        ammonia=maximum(x.ammonia, 0.0) * per_volume,
        oxygen=maximum(x.oxygen, 0.0) * per_volume,
        temperature=x.temperature,
        ph=ph,
        carbon_dioxide_pressure=dissolved / henry(x.temperature, CARBON_DIOXIDE),
        osmolality=maximum(osmoles, 0.0) * per_volume,
        cell_time=x.cell_time,
        lysed=x.lysed_cells * per_volume,
    )


@law
def mechanical_death(
    x: State, u: Inputs, p: Parameters, v: Vessel, gas: tuple[CubicMetrePerSecond, Metre]
) -> PerSecond:
    """Death by bursting bubbles and, beyond anything a healthy vessel does, by stirring; ``gas``: flow and radius."""
    per_volume = gas[0] / (x.volume + PHYSICS.smallest_volume)
    bursting = bubble_death(per_volume, gas[1], u.surfactant_loss)
    return bursting + agitation_death(p.dissipation_peak * v.power_density)


@law
def turnover(x: State, u: Inputs, r: Rates, killed: PerSecond, gas: tuple[CubicMetrePerSecond, Metre]) -> Turnover:
    """Rates per cell summed over the vessel; ``killed``: death that the vessel adds."""
    per_volume = 1.0 / (x.volume + PHYSICS.smallest_volume)
    dying = (r.death + killed) * x.viable_cells
    bursting = r.lysis * x.dead_cells
    decay = r.glutamine_decay * x.glutamine
    made = r.product * x.viable_cells
    guests = bacterial_rates(
        maximum(x.glucose, 0.0) * per_volume, maximum(x.oxygen, 0.0) * per_volume, u.ph
    )
    return Turnover(
        viable_cells=r.growth * growth_left(x.mycoplasma) * x.viable_cells - dying,
        dead_cells=dying - bursting,
        lysed_cells=bursting,
        glucose_consumed=r.glucose * x.viable_cells + guests.glucose * x.bacteria,
        glutamine=-r.glutamine * x.viable_cells - decay,
        lactate=r.lactate * x.viable_cells + guests.acid * x.bacteria,
        ammonia=r.ammonia * x.viable_cells + decay,
        oxygen_consumed=r.oxygen * x.viable_cells + guests.oxygen * x.bacteria,
        product=made,
        galactosylated=made * galactosylation_index(x.ammonia * per_volume),
        aggregates=aggregation(x.product * per_volume, x.volume, gas[0], gas[1]),
        host_cell_protein=host_cell_protein(x.viable_cells, bursting),
        bacteria=guests.growth * x.bacteria + u.contamination_rate,
        mycoplasma=mycoplasma_growth(x.mycoplasma, u.mycoplasma_rate),
    )


RateLaw = Callable[[Environment, Any], Rates]
