"""The one contract of every culture: surroundings in, rates per cell out.

A law is ``specific_rates(environment, k) -> Rates`` beside a flat ``Parameters`` tuple of its own, ``k``. A drawer
takes both as ``rates`` and ``k``, so that a plant chooses the law and its figures without the drawer knowing.
Every consumption vanishes with what is consumed: no law needs a state to be clipped.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    CellSecondsPerCubicMetre,
    CellsPerCubicMetre,
    Kelvin,
    KilogramPerCellSecond,
    MolPerCellSecond,
    MolPerCubicMetre,
    Number,
    Pascal,
    PerSecond,
)


class Environment(NamedTuple):
    """What a cell meets; concentrations are >= 0."""

    glucose: MolPerCubicMetre
    glutamine: MolPerCubicMetre
    lactate: MolPerCubicMetre
    ammonia: MolPerCubicMetre
    oxygen: MolPerCubicMetre
    temperature: Kelvin
    ph: Number
    carbon_dioxide_pressure: Pascal
    osmolality: MolPerCubicMetre
    """Osmoles per volume, taken as mmol/kg."""
    cell_time: CellSecondsPerCubicMetre
    """Integral of the viable density over time (IVCD): stands for inhibitors that accumulate."""
    lysed: CellsPerCubicMetre


class Rates(NamedTuple):
    """What a viable cell does each second; consumption of glucose, glutamine and oxygen counts positive."""

    growth: PerSecond
    death: PerSecond
    lysis: PerSecond
    """Of dead cells."""
    glutamine_decay: PerSecond
    """Chemical, of the medium and not of the cell: glutamine to ammonia, one to one."""
    glucose: MolPerCellSecond
    glutamine: MolPerCellSecond
    lactate: MolPerCellSecond
    """Net production; negative where the cell eats lactate."""
    ammonia: MolPerCellSecond
    """Net production."""
    product: KilogramPerCellSecond
    oxygen: MolPerCellSecond
