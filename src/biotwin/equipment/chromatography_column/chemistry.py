"""What binds to which resin: twelve components, their masses, and a bed for each chemistry.

Each is a law of the compiled kernels, which know it by name: a function that is handed over by value cannot be cached.
Every one gives a ``Bed`` from the column's parameters, its condition and the chemistry's own figures.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numba.extending import register_jitable

from biotwin.columns.bed import AFFINITY, STERIC, Bed, Floats
from biotwin.equipment.chromatography_column.variables import Inputs, Parameters
from biotwin.quantity import (
    CubicMetrePerMol,
    KilogramPerCubicMetre,
    KilogramPerMol,
    MetrePerSecond,
    MolPerCubicMetre,
    MolPerKilogram,
    Number,
)

SODIUM, CHLORIDE, ACETATE, TRIS, MAIN, AGGREGATES, ACIDIC, BASIC, HCP, CLINGING, DNA, SOLUTES = range(12)
COMPONENTS = 12
ANTIBODY: KilogramPerMol = 150.0
"""(downstream.md 3.1.3 [R]); aggregates are counted by their monomers."""
HOST_PROTEIN: KilogramPerMol = 30.0
"""Teaching value: of the order of a mean protein of the cell."""
NUCLEOTIDES: KilogramPerMol = 1.0
"""DNA binds to neither resin here: its amount is a mass."""
CARBOXYL: MolPerKilogram = 0.8
CARBOXYL_PK = 4.0
"""Acid groups of a protein, as the material vector and the inactivation tank count them. The bed knows proteins without
their charge: what comes in leaves the counter-ions of dissociated groups aside, the pool's account adds them again."""
LAST = 1.0e-3
"""What is left of anything that a malfunction takes away."""


class ProteinA(NamedTuple):
    """ACT: affinity complex titration (Zhang et al. 2025 in downstream.md 3.1.3, MabSelect SuRe, mAb A [R])."""

    capacity: KilogramPerCubicMetre = 55.6
    """Per volume of column."""
    strength: CubicMetrePerMol = 268.0 * 150.0
    protein_pk: Number = 5.29
    protein_slope: Number = 2.28
    ligand_pk: Number = 2.07
    ligand_slope: Number = 1.81
    aggregate_strength: Number = 1.5
    """As many times the monomer's: 1.5 to 3 (downstream.md 3.1.5 [K])."""
    aggregate_shift: Number = 0.1
    """pH by which aggregates elute later: 0.1 to 0.3 (same source)."""
    host_strength: CubicMetrePerMol = 5.0e-2
    """With ``host_capacity`` a retention of about one column volume. Teaching value: a wash of five takes it out."""
    host_capacity: MolPerCubicMetre = 1000.0
    protein_film: MetrePerSecond = 1.9e-6
    """Film 1.41e-5 m/s and pores, 5 x 0.95 x 1.99e-11 m2/s over the radius, in series (same source as the resin)."""
    large_film: MetrePerSecond = 8.0e-7
    """Of what is larger than an antibody. Teaching value: pores hinder it."""
    leaching: Number = 1.0
    """Whether acid sheds ligand."""


class CationExchange(NamedTuple):
    """Steric mass action. Teaching values of a strong exchanger and a basic antibody at pH 5.5, chosen so that a usual
    gradient elutes at 120 to 200 mM and the column holds about 100 g/L: usual for such resins (recalled).
    """

    strength: Number = 8.0e-4
    charge: Number = 8.0
    shielding: Number = 90.0
    acidic_strength: Number = 8.8e-4
    acidic_charge: Number = 7.75
    basic_strength: Number = 7.2e-4
    basic_charge: Number = 8.25
    aggregate_strength: Number = 9.6e-4
    aggregate_charge: Number = 8.6
    """Less than the 1 to 3 beyond the monomer's of downstream.md 3.1.5 [K]: a column that parts them with ease would
    teach nothing about the cut of a pool."""
    host_strength: Number = 2.5e-3
    host_charge: Number = 3.7
    clinging_strength: Number = 3.2e-3
    """Of the part that cannot be told from the antibody by charge."""
    clinging_charge: Number = 7.0
    protein_film: MetrePerSecond = 2.0e-6
    """Film and pores of an antibody in beads of some 80 um, as for Protein A."""
    large_film: MetrePerSecond = 1.0e-6
    """Teaching value: pores hinder what is larger."""
    leaching: Number = 0.0
    """Charged groups are bound to the beads for good."""


@register_jitable
def protein_a(p: Parameters, u: Inputs, k: ProteinA) -> Bed:
    """A bed whose ligands let go in acid."""
    figures = np.zeros((COMPONENTS, 4))
    solid = (1.0 - p.voids) * (1.0 - p.pores)
    capacity = k.capacity / ANTIBODY / solid * max(1.0 - u.resin_aged, LAST)
    for i in range(MAIN, DNA):
        heavy = i == AGGREGATES
        figures[i, 0] = k.strength * (k.aggregate_strength if heavy else 1.0)
        figures[i, 1] = capacity
        figures[i, 2] = k.protein_pk - (k.aggregate_shift if heavy else 0.0)
        figures[i, 3] = k.protein_slope
    figures[CLINGING, 1] = capacity * (ANTIBODY / HOST_PROTEIN)
    figures[CLINGING, 0] = k.strength * (HOST_PROTEIN / ANTIBODY)
    figures[HCP, 0], figures[HCP, 1], figures[HCP, 3] = k.host_strength, k.host_capacity, 0.0
    return bed(p, u, films(p, u, k.protein_film, k.large_film), AFFINITY, figures, k.ligand_pk, k.ligand_slope)


@register_jitable
def cation_exchange(p: Parameters, u: Inputs, k: CationExchange) -> Bed:
    """A bed whose sites are held by salt. What ageing takes is covered, not gone: the salt on it stays."""
    figures = np.zeros((COMPONENTS, 3))
    figures[MAIN, 0], figures[MAIN, 1] = k.strength, k.charge
    figures[AGGREGATES, 0], figures[AGGREGATES, 1] = k.aggregate_strength, k.aggregate_charge
    figures[ACIDIC, 0], figures[ACIDIC, 1] = k.acidic_strength, k.acidic_charge
    figures[BASIC, 0], figures[BASIC, 1] = k.basic_strength, k.basic_charge
    figures[HCP, 0], figures[HCP, 1] = k.host_strength, k.host_charge
    figures[CLINGING, 0], figures[CLINGING, 1] = k.clinging_strength, k.clinging_charge
    for i in range(MAIN, DNA):
        size = HOST_PROTEIN / ANTIBODY if i >= HCP else 1.0
        figures[i, 2] = size * k.shielding / max(1.0 - u.resin_aged, LAST)
    return bed(p, u, films(p, u, k.protein_film, k.large_film), STERIC, figures, 2.07, 1.81)


@njit(nogil=True, error_model="numpy")
def films(p: Parameters, u: Inputs, protein: float, large: float) -> Floats:
    """How fast each component enters a bead; gas on the beads takes its part."""
    film = np.empty(COMPONENTS)
    for i in range(COMPONENTS):
        film[i] = p.ion_film if i < MAIN or i == SOLUTES else protein
    film[AGGREGATES], film[DNA] = large, large
    return film * max(1.0 - u.air_in_bed, LAST)


@njit(nogil=True, error_model="numpy")
def bed(p: Parameters, u: Inputs, film: Floats, isotherm: int, figures: Floats, pk: float, slope: float) -> Bed:
    """The bed of these parameters in this condition."""
    plate = p.plate_height * (1.0 + u.bed_disturbed * (p.disturbed_plates - 1.0))
    section = 0.25 * np.pi * p.diameter * p.diameter
    return Bed(p.bed_height, section, p.voids, p.pores, p.bead_radius, 0.5 * plate, film, isotherm, figures,
               p.ionic_capacity, pk, slope, int(p.cells), 1, p.viscosity)


LAWS = {"chemistry": {"protein_a": (protein_a, ProteinA), "cation_exchange": (cation_exchange, CationExchange)}}
