"""CHO-C: the Monod law of Xing and of Kornecki and Strube, with a lactate switch and the vessel's own stresses.

Sources: Xing et al., Biotechnol. Prog. 26 (2010) 208; Kornecki and Strube, Bioengineering 5(1):25 (2018), Table 2; how
they are joined, upstream.md 2.A3. The shapes of the modifiers (temperature, pH, osmolality, carbon dioxide, oxygen,
accumulated inhibitors, the switch) are our proposals ([P]): right in order of magnitude, not to be cited as published.
Stress by heat above 37.5 degC and by pH far from its optimum are teaching values too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from biotwin.kinetics.contract import Environment, Rates
from biotwin.kinetics.parameter_sets import parameter_sets
from biotwin.operators import exp, law, maximum, minimum
from biotwin.quantity import (
    CellSecondsPerCubicMetre,
    CellsPerMol,
    Kelvin,
    KilogramPerCellSecond,
    MolPerCellSecond,
    MolPerCubicMetre,
    Number,
    Pascal,
    PerSecond,
)


class Parameters(NamedTuple):
    """Figures of the law; the sets ``classic``, ``modern``, ``xing`` and their sources stand in ``composite.yaml``."""

    growth_maximum: PerSecond
    glucose_half: MolPerCubicMetre
    glutamine_half: MolPerCubicMetre
    lactate_inhibition: MolPerCubicMetre
    ammonia_inhibition: MolPerCubicMetre
    death_rate: PerSecond
    death_lactate_half: MolPerCubicMetre
    death_ammonia_half: MolPerCubicMetre
    death_base: Number
    death_toxic: Number
    death_inhibited: Number
    death_anoxic: Number
    death_stressed: Number
    lysis: PerSecond
    cells_per_glucose: CellsPerMol
    cells_per_glutamine: CellsPerMol
    glucose_maintenance: MolPerCellSecond
    glucose_maintenance_half: MolPerCubicMetre
    lactate_yield: Number
    lactate_uptake: MolPerCellSecond
    lactate_uptake_half: MolPerCubicMetre
    switch_growth: PerSecond
    """Growth rate at which a cell changes from making lactate to eating it."""
    switch_width: PerSecond
    glutamine_maintenance: MolPerCellSecond
    glutamine_maintenance_half: MolPerCubicMetre
    glutamine_decay: PerSecond
    ammonia_yield: Number
    ammonia_uptake: MolPerCellSecond
    ammonia_uptake_half: MolPerCubicMetre
    product: KilogramPerCellSecond
    product_glucose_half: MolPerCubicMetre
    product_cold_gain: Number
    oxygen: MolPerCellSecond
    oxygen_at_rest: Number
    """Part of the oxygen uptake that a cell needs without growing."""
    oxygen_growth: PerSecond
    """Growth rate at which the uptake is full."""
    oxygen_half: MolPerCubicMetre
    temperature_optimum: Kelvin
    temperature_width: Kelvin
    heat_limit: Kelvin
    heat_width: Kelvin
    ph_optimum: Number
    ph_width: Number
    ph_tolerance: Number
    osmolality_threshold: MolPerCubicMetre
    osmolality_width: MolPerCubicMetre
    carbon_dioxide_half: Pascal
    inhibitor_half: CellSecondsPerCubicMetre


class Modifiers(NamedTuple):
    """How far the surroundings let a cell live: 1 at the optimum, 0 at worst; ``stress`` is 0 at the optimum."""

    mildness: Number
    """fT^0.1: maintenance goes with its third power, breath with its second: both slow less than growth."""
    warmth: Number
    """fT."""
    acidity: Number
    osmolality: Number
    carbon_dioxide: Number
    oxygen: Number
    inhibitors: Number
    stress: Number


@law
def modifiers(e: Environment, k: Parameters) -> Modifiers:
    """Each of the surroundings' effects, from 0 to 1, by itself."""
    cold = maximum(k.temperature_optimum - e.temperature, 0.0) / k.temperature_width
    off_ph = (e.ph - k.ph_optimum) / k.ph_width
    osmotic = maximum(e.osmolality - k.osmolality_threshold, 0.0) / k.osmolality_width
    carbonic = e.carbon_dioxide_pressure / k.carbon_dioxide_half
    carbonic = carbonic * carbonic
    mildness = exp(-0.1 * cold * cold)
    mildness_5 = mildness * mildness * mildness * mildness * mildness
    past = e.cell_time / k.inhibitor_half
    far_ph = maximum(maximum(off_ph, -off_ph) - k.ph_tolerance, 0.0)
    hot = maximum(e.temperature - k.heat_limit, 0.0) / k.heat_width
    return Modifiers(
        mildness=mildness,
        warmth=mildness_5 * mildness_5 / (1.0 + hot * hot),
        acidity=exp(-(off_ph * off_ph)),
        osmolality=1.0 / (1.0 + osmotic * osmotic),
        carbon_dioxide=1.0 / (1.0 + carbonic * carbonic),
        oxygen=e.oxygen / (e.oxygen + k.oxygen_half),
        inhibitors=1.0 / (1.0 + past * past),
        stress=hot * hot + far_ph * far_ph,
    )


@law
def growth(e: Environment, m: Modifiers, k: Parameters) -> PerSecond:
    """Specific growth rate, 1/s."""
    monod = e.glucose / (k.glucose_half + e.glucose) * e.glutamine / (k.glutamine_half + e.glutamine)
    inhibited = k.lactate_inhibition / (k.lactate_inhibition + e.lactate) * (
        k.ammonia_inhibition / (k.ammonia_inhibition + e.ammonia)
    )
    surroundings = m.warmth * m.acidity * m.osmolality * m.carbon_dioxide * m.oxygen * m.inhibitors
    return k.growth_maximum * monod * inhibited * surroundings


@law
def death(e: Environment, m: Modifiers, k: Parameters) -> PerSecond:
    """Specific death rate, 1/s."""
    toxic = e.lactate / (k.death_lactate_half + e.lactate) * e.ammonia / (k.death_ammonia_half + e.ammonia)
    return k.death_rate * (
        k.death_base
        + k.death_toxic * toxic
        + k.death_inhibited * (1.0 - m.inhibitors)
        + k.death_anoxic * (1.0 - m.oxygen)
        + k.death_stressed * m.stress
    )


@law
def specific_rates(environment: Environment, k: Parameters) -> Rates:
    """Rates per cell in these surroundings."""
    e = environment
    m = modifiers(e, k)
    mu = growth(e, m, k)
    slowed = m.mildness * m.mildness
    glucose = mu / k.cells_per_glucose + k.glucose_maintenance * slowed * m.mildness * e.glucose / (
        k.glucose_maintenance_half + e.glucose
    )
    glutamine = mu / k.cells_per_glutamine + k.glutamine_maintenance * e.glutamine / (
        k.glutamine_maintenance_half + e.glutamine
    )
    making = 1.0 / (1.0 + exp((k.switch_growth - mu) / k.switch_width))
    eaten = k.lactate_uptake * m.oxygen * e.lactate / (k.lactate_uptake_half + e.lactate)
    return Rates(
        growth=mu,
        death=death(e, m, k),
        lysis=k.lysis,
        glutamine_decay=k.glutamine_decay,
        glucose=glucose,
        glutamine=glutamine,
        lactate=k.lactate_yield * glucose * making - (1.0 - making) * eaten,
        ammonia=k.ammonia_yield * glutamine - k.ammonia_uptake * e.ammonia / (k.ammonia_uptake_half + e.ammonia),
        product=k.product * m.acidity * (1.0 + k.product_cold_gain * (1.0 - m.warmth))
        * minimum(1.0, e.glucose / (k.product_glucose_half + e.glucose)),
        oxygen=k.oxygen * (k.oxygen_at_rest + (1.0 - k.oxygen_at_rest) * minimum(1.0, mu / k.oxygen_growth))
        * slowed * m.oxygen,
    )


def __getattr__(name: str) -> Any:
    """``SETS``: the named sets of figures, read when first asked for."""
    if name == "SETS":
        return parameter_sets(Path(__file__).with_suffix(".yaml"), Parameters)
    raise AttributeError(name)
