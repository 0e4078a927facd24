"""What follows from the amounts: concentrations, fractions, pH, temperature. Each is a function of one material.

Where there is nothing to divide by, a concentration or a fraction is 0, and the temperature 293.15 K.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, get_type_hints

from biotwin.errors import UnknownName, known
from biotwin.materials.material import FIELDS, Material
from biotwin.properties.titration import Charges, acidity_of
from biotwin.quantity import (
    CellsPerCubicMetre,
    CubicMetre,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    MolPerCubicMetre,
    Number,
    SiemensPerMetre,
    unit_of,
)

HEAT_CAPACITY = 4.18e6
"""Of water, J/m3/K (steam tables, recalled)."""
FREEZING = 273.15
ROOM = 293.15
CARBOXYL = 0.8
"""Titratable groups of the protein, mol/kg: as in the inactivation tank."""
MOLAR = 1000.0
MOLAR_CONDUCTIVITY = 0.0106
"""Of sodium chloride at 0.1 M, S m2/mol (Robinson and Stokes: 106.7 S cm2/mol at 25 degC, recalled)."""


LEAST = 1.0e-30
"""Less than this of anything (m3, kg, cells) is nothing: there is nothing to divide by."""


def _over(amount: float, whole: float) -> float:
    return amount / whole if whole > LEAST else 0.0


def protein(m: Material) -> Kilogram:
    """Product of every size."""
    return m.monomer + m.hmw + m.lmw


def protein_concentration(m: Material) -> KilogramPerCubicMetre:
    return _over(protein(m), m.volume)


def monomer_concentration(m: Material) -> KilogramPerCubicMetre:
    return _over(m.monomer, m.volume)


def hmw_concentration(m: Material) -> KilogramPerCubicMetre:
    return _over(m.hmw, m.volume)


def lmw_concentration(m: Material) -> KilogramPerCubicMetre:
    return _over(m.lmw, m.volume)


def monomer_fraction(m: Material) -> Number:
    return _over(m.monomer, protein(m))


def hmw_fraction(m: Material) -> Number:
    return _over(m.hmw, protein(m))


def lmw_fraction(m: Material) -> Number:
    return _over(m.lmw, protein(m))


def acidic_fraction(m: Material) -> Number:
    return _over(m.acidic, m.monomer)


def basic_fraction(m: Material) -> Number:
    return _over(m.basic, m.monomer)


def galactosylation(m: Material) -> Number:
    return _over(m.galactosylated, protein(m))


def potency(m: Material) -> Number:
    """Relative to the reference standard."""
    return _over(m.active, protein(m))


def hcp_ratio(m: Material) -> Number:
    """Host-cell protein over product, kg/kg: 1e-6 is the assay's 1 ppm."""
    return _over(m.hcp, protein(m))


def dna_ratio(m: Material) -> Number:
    return _over(m.dna, protein(m))


def ligand_ratio(m: Material) -> Number:
    return _over(m.leached_ligand, protein(m))


def hcp_concentration(m: Material) -> KilogramPerCubicMetre:
    return _over(m.hcp, m.volume)


def dna_concentration(m: Material) -> KilogramPerCubicMetre:
    return _over(m.dna, m.volume)


def ligand_concentration(m: Material) -> KilogramPerCubicMetre:
    return _over(m.leached_ligand, m.volume)


def debris_concentration(m: Material) -> KilogramPerCubicMetre:
    return _over(m.debris, m.volume)


def sucrose_concentration(m: Material) -> KilogramPerCubicMetre:
    return _over(m.sucrose, m.volume)


def polysorbate_concentration(m: Material) -> KilogramPerCubicMetre:
    return _over(m.polysorbate, m.volume)


def cell_density(m: Material) -> CellsPerCubicMetre:
    """Viable and dead."""
    return _over(m.viable_cells + m.dead_cells, m.volume)


def viable_density(m: Material) -> CellsPerCubicMetre:
    return _over(m.viable_cells, m.volume)


def dead_density(m: Material) -> CellsPerCubicMetre:
    return _over(m.dead_cells, m.volume)


def viability(m: Material) -> Number:
    return _over(m.viable_cells, m.viable_cells + m.dead_cells)


def enveloped_virus_concentration(m: Material) -> CellsPerCubicMetre:
    return _over(m.enveloped_virus, m.volume)


def parvovirus_concentration(m: Material) -> CellsPerCubicMetre:
    return _over(m.parvovirus, m.volume)


def bioburden_concentration(m: Material) -> CellsPerCubicMetre:
    return _over(m.bioburden, m.volume)


def endotoxin_concentration(m: Material) -> CellsPerCubicMetre:
    return _over(m.endotoxin, m.volume)


def particle_concentration(m: Material) -> CellsPerCubicMetre:
    return _over(m.particles, m.volume)


def strong_ion_concentration(m: Material) -> MolPerCubicMetre:
    return _over(m.strong_ions, m.volume)


def salt_concentration(m: Material) -> MolPerCubicMetre:
    return _over(m.salt, m.volume)


def acetate_concentration(m: Material) -> MolPerCubicMetre:
    return _over(m.acetate, m.volume)


def tris_concentration(m: Material) -> MolPerCubicMetre:
    return _over(m.tris, m.volume)


def phosphate_concentration(m: Material) -> MolPerCubicMetre:
    return _over(m.phosphate, m.volume)


def citrate_concentration(m: Material) -> MolPerCubicMetre:
    return _over(m.citrate, m.volume)


def histidine_concentration(m: Material) -> MolPerCubicMetre:
    return _over(m.histidine, m.volume)


def solute_concentration(m: Material) -> MolPerCubicMetre:
    return _over(m.solutes, m.volume)


def temperature(m: Material) -> Kelvin:
    return FREEZING + m.heat / (HEAT_CAPACITY * m.volume) if m.volume > LEAST else ROOM


def ph(m: Material) -> Number:
    """Electroneutrality of strong ions, acetate, Tris and the protein (``properties/titration``); other buffers are
    counted with their strong ions by the plants that add them. 7 in an empty container.
    """
    if m.volume <= LEAST:
        return 7.0
    charges = Charges(strong_ion_concentration(m), acetate_concentration(m), tris_concentration(m),
                      CARBOXYL * protein_concentration(m))
    return float(acidity_of(charges, MOLAR))


def conductivity(m: Material) -> SiemensPerMetre:
    """Of the salt and of the buffers' ions, as that many times sodium chloride."""
    buffers = m.acetate + m.tris + m.phosphate + m.citrate
    return MOLAR_CONDUCTIVITY * _over(m.salt + 0.5 * buffers, m.volume)


def volume_per_container(m: Material) -> CubicMetre:
    return _over(m.volume, m.containers)


def protein_per_container(m: Material) -> Kilogram:
    return _over(protein(m), m.containers)


class Attribute(NamedTuple):
    """A name that plants may write in ``handover``: its function and its SI unit."""

    value: Callable[[Material], float]
    unit: str


def _amount(name: str) -> Callable[[Material], float]:
    return lambda m: float(getattr(m, name))


DERIVED: tuple[Callable[[Material], float], ...] = (
    protein, protein_concentration, monomer_concentration, hmw_concentration, lmw_concentration, monomer_fraction,
    hmw_fraction, lmw_fraction, acidic_fraction, basic_fraction, galactosylation, potency, hcp_ratio, dna_ratio,
    ligand_ratio, hcp_concentration, dna_concentration, ligand_concentration, debris_concentration,
    sucrose_concentration, polysorbate_concentration, cell_density, viable_density, dead_density, viability,
    enveloped_virus_concentration, parvovirus_concentration, bioburden_concentration, endotoxin_concentration,
    particle_concentration, strong_ion_concentration, salt_concentration, acetate_concentration, tris_concentration,
    phosphate_concentration, citrate_concentration, histidine_concentration, solute_concentration, temperature, ph,
    conductivity, volume_per_container, protein_per_container,
)

ATTRIBUTES: dict[str, Attribute] = {name: Attribute(_amount(name), unit) for name, unit in FIELDS.items()} | {
    f.__name__: Attribute(f, unit_of(get_type_hints(f, include_extras=True)["return"])) for f in DERIVED
}
"""Every amount, and everything that follows from the amounts, by name."""


def attribute(name: str, where: str = "") -> Attribute:
    """The attribute of that name; raises ``UnknownName``."""
    if name not in ATTRIBUTES:
        raise UnknownName(f"a material has no {name!r}.", where=where, next_step=known(ATTRIBUTES))
    return ATTRIBUTES[name]
