"""The overflow law: two bottlenecks, of glucose and of glutamine, beyond which the surplus becomes lactate and ammonia.

Source: Amribt, Niu, Bogaerts, Biochem. Eng. J. 70 (2013) 196, for hybridoma HB-58, as re-derived to four digits from
BPL's CHO model (upstream.md 2.A1). Growth is constant until a substrate runs out, and lactate is never eaten again:
what the law is for is to show what over-feeding does. Oxygen is our addition; the paper has none.
Symbols: qG1 glucose uptake, qG what the bottleneck passes, oG = qG1 - qG overflow; Q, N likewise for glutamine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from biotwin.kinetics.contract import Environment, Rates
from biotwin.kinetics.parameter_sets import parameter_sets
from biotwin.operators import law, minimum
from biotwin.quantity import (
    CellsPerMol,
    CubicMetrePerSecond,
    Kilogram,
    KilogramPerCellSecond,
    MolPerCellSecond,
    MolPerCubicMetre,
    Number,
    PerSecond,
)


class Parameters(NamedTuple):
    """Figures of the law; the set ``hybridoma`` and the source of each stand in ``overflow.yaml``."""

    glucose_uptake: MolPerCellSecond
    glucose_bottleneck: MolPerCellSecond
    glutamine_uptake: MolPerCellSecond
    glutamine_bottleneck: MolPerCellSecond
    glucose_half: MolPerCubicMetre
    glucose_glutamine_half: MolPerCubicMetre
    """KGn1: glutamine that glucose uptake needs."""
    glutamine_half: MolPerCubicMetre
    ammonia_inhibition: MolPerCubicMetre
    cells_per_glucose: CellsPerMol
    cells_per_glutamine: CellsPerMol
    lactate_yield: Number
    ammonia_yield: Number
    glucose_maintenance: MolPerCellSecond
    glutamine_maintenance: MolPerCellSecond
    maintenance_limiter: CubicMetrePerSecond
    """Slope at which maintenance fades with the substrate: the paper's min(m, S), with its unit."""
    death_maximum: PerSecond
    death_glucose_half: MolPerCubicMetre
    death_glutamine_half: MolPerCubicMetre
    lysed_toxicity: CubicMetrePerSecond
    """Death rate per lysed cell density."""
    lysis: PerSecond
    product_with_growth: Kilogram
    product_alone: KilogramPerCellSecond
    oxygen: MolPerCellSecond
    oxygen_half: MolPerCubicMetre


@law
def specific_rates(environment: Environment, k: Parameters) -> Rates:
    """Rates per cell; temperature, pH and carbon dioxide have no effect here, which is this law's limit."""
    glucose, glutamine, ammonia = environment.glucose, environment.glutamine, environment.ammonia
    breath = environment.oxygen / (environment.oxygen + k.oxygen_half)
    glucose_uptake = (
        k.glucose_uptake * breath * glucose / (k.glucose_half + glucose)
        * glutamine / (k.glucose_glutamine_half + glutamine)
    )
    glutamine_uptake = (
        k.glutamine_uptake * breath * glutamine / (k.glutamine_half + glutamine)
        * k.ammonia_inhibition / (k.ammonia_inhibition + ammonia)
    )
    glucose_passed = minimum(glucose_uptake, k.glucose_bottleneck)
    glutamine_passed = minimum(glutamine_uptake, k.glutamine_bottleneck)
    glucose_overflow = glucose_uptake - glucose_passed
    glutamine_overflow = glutamine_uptake - glutamine_passed
    growth = k.cells_per_glucose * glucose_passed + k.cells_per_glutamine * glutamine_passed
    starving = k.death_glucose_half / (k.death_glucose_half + glucose) * (
        k.death_glutamine_half / (k.death_glutamine_half + glutamine)
    )
    return Rates(
        growth=growth,
        death=k.death_maximum * starving + k.lysed_toxicity * environment.lysed,
        lysis=k.lysis,
        glutamine_decay=0.0 * k.lysis,  # none in the paper; the product keeps the dimension
        glucose=glucose_uptake + minimum(k.glucose_maintenance, k.maintenance_limiter * glucose),
        glutamine=glutamine_uptake + minimum(k.glutamine_maintenance, k.maintenance_limiter * glutamine),
        lactate=k.lactate_yield * glucose_passed + 2.0 * glucose_overflow + 0.5 * glutamine_overflow,
        ammonia=k.ammonia_yield * glutamine_passed + glutamine_overflow,
        product=k.product_with_growth * growth + k.product_alone,
        oxygen=k.oxygen * breath,
    )


def __getattr__(name: str) -> Any:
    """``SETS``: the named sets of figures, read when first asked for."""
    if name == "SETS":
        return parameter_sets(Path(__file__).with_suffix(".yaml"), Parameters)
    raise AttributeError(name)
