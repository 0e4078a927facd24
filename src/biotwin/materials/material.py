"""The vector: extensive amounts in SI, every one of which adds when two liquids are pooled.

Concentrations, fractions, pH and temperature are not here: they follow (``attributes``). A species that a step does not
know goes with the liquid or stays behind, as the plant says; none is ever forgotten.
"""

from __future__ import annotations

from typing import NamedTuple, get_type_hints

from biotwin.quantity import Cells, CubicMetre, Joule, Kilogram, Mol, Number, unit_of


class Material(NamedTuple):
    """Amounts in one container, or in all containers of one kind of a lot. None is negative but ``strong_ions``."""

    volume: CubicMetre = 0.0
    """Of liquid; volumes are taken to add. Of a dried cake: its residual water."""
    heat: Joule = 0.0
    """Above 273.15 K, with the heat capacity of water."""
    viable_cells: Cells = 0.0
    dead_cells: Cells = 0.0
    debris: Kilogram = 0.0
    monomer: Kilogram = 0.0
    hmw: Kilogram = 0.0
    """High molecular weight species: aggregates of the product."""
    lmw: Kilogram = 0.0
    """Low molecular weight species: fragments of the product."""
    acidic: Kilogram = 0.0
    """Part of the monomer: acidic charge variants."""
    basic: Kilogram = 0.0
    """Part of the monomer: basic charge variants."""
    galactosylated: Kilogram = 0.0
    """Product times its degree of galactosylation."""
    active: Kilogram = 0.0
    """Product times its potency relative to the reference standard."""
    hcp: Kilogram = 0.0
    dna: Kilogram = 0.0
    leached_ligand: Kilogram = 0.0
    enveloped_virus: Number = 0.0
    """Infectious particles (retrovirus-like); never measured in a lot."""
    parvovirus: Number = 0.0
    """Infectious particles; never measured in a lot."""
    bioburden: Number = 0.0
    """Colony-forming units."""
    endotoxin: Number = 0.0
    """Endotoxin units."""
    strong_ions: Mol = 0.0
    """Charge of strong cations less strong anions, buffers left out: decides the pH."""
    salt: Mol = 0.0
    """Neutral strong salt, as sodium chloride."""
    acetate: Mol = 0.0
    tris: Mol = 0.0
    phosphate: Mol = 0.0
    citrate: Mol = 0.0
    histidine: Mol = 0.0
    solutes: Mol = 0.0
    """All other small molecules: what is left of media, metabolites."""
    sucrose: Kilogram = 0.0
    """Or another sugar of the formulation."""
    polysorbate: Kilogram = 0.0
    particles: Number = 0.0
    """Sub-visible, 10 um and larger."""
    visible_particles: Number = 0.0
    containers: Number = 0.0
    """Vials, bags; 0 in a vessel."""


NOTHING = Material()
FIELDS: dict[str, str] = {name: unit_of(hint) for name, hint in get_type_hints(Material, include_extras=True).items()}
"""Unit of each amount, by name, in order."""


def pooled(*parts: Material) -> Material:
    """All of them in one container."""
    return Material(*(sum(amounts) for amounts in zip(*parts, strict=True))) if parts else NOTHING


def part(whole: Material, share: float) -> Material:
    """``share`` (0 .. 1) of it, of every amount alike; raises ``ValueError`` beyond."""
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"A share lies between 0 and 1, not at {share}.")
    return Material(*(amount * share for amount in whole))
