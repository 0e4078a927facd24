"""All that a liquid carries, as one vector, so that each law is said once for sixteen contents."""

from __future__ import annotations

from typing import Any, NamedTuple

from biotwin.equipment.hold_tank.variables import Inputs, State
from biotwin.operators import law, maximum


class Content(NamedTuple):
    """Amounts, or amounts per time, or per volume."""

    product: Any
    aggregates: Any
    fragments: Any
    hcp: Any
    dna: Any
    ligand: Any
    cells: Any
    debris: Any
    virus: Any
    parvovirus: Any
    bioburden: Any
    endotoxin: Any
    salt: Any
    acid: Any
    base: Any
    excipient: Any


@law
def held(x: State) -> Content:
    """What is in the tank."""
    return Content(
        product=x.product_held, aggregates=x.aggregates_held, fragments=x.fragments_held, hcp=x.hcp_held,
        dna=x.dna_held, ligand=x.ligand_held, cells=x.cells_held, debris=x.debris_held, virus=x.virus_held,
        parvovirus=x.parvovirus_held, bioburden=x.bioburden_held, endotoxin=x.endotoxin_held, salt=x.salt_held,
        acid=x.acid_held, base=x.base_held, excipient=x.excipient_held,
    )


@law
def leaving(x: State) -> Content:
    """What left to the receiver in the last tick, per time."""
    return Content(
        product=x.product_out, aggregates=x.aggregates_out, fragments=x.fragments_out, hcp=x.hcp_out, dna=x.dna_out,
        ligand=x.ligand_out, cells=x.cells_out, debris=x.debris_out, virus=x.virus_out, parvovirus=x.parvovirus_out,
        bioburden=x.bioburden_out, endotoxin=x.endotoxin_out, salt=x.salt_out, acid=x.acid_out, base=x.base_out,
        excipient=x.excipient_out,
    )


@law
def lost(x: State) -> Content:
    """The account."""
    return Content(
        product=x.product_lost, aggregates=x.aggregates_lost, fragments=x.fragments_lost, hcp=x.hcp_lost,
        dna=x.dna_lost, ligand=x.ligand_lost, cells=x.cells_lost, debris=x.debris_lost, virus=x.virus_lost,
        parvovirus=x.parvovirus_lost, bioburden=x.bioburden_lost, endotoxin=x.endotoxin_lost, salt=x.salt_lost,
        acid=x.acid_lost, base=x.base_lost, excipient=x.excipient_lost,
    )


@law
def entering(u: Inputs) -> Content:
    """Per volume of what comes in."""
    return Content(
        product=u.product, aggregates=u.aggregates, fragments=u.fragments, hcp=u.hcp, dna=u.dna, ligand=u.ligand,
        cells=u.cells, debris=u.debris, virus=u.virus, parvovirus=u.parvovirus, bioburden=u.bioburden,
        endotoxin=u.endotoxin, salt=u.salt, acid=u.acid, base=u.base, excipient=u.excipient,
    )


@law
def blended(a: Content, part: Any, b: Content, share: Any) -> Content:
    """``part`` of one and ``share`` of another."""
    return Content(
        a.product * part + b.product * share, a.aggregates * part + b.aggregates * share, a.fragments * part +
        b.fragments * share, a.hcp * part + b.hcp * share, a.dna * part + b.dna * share, a.ligand * part + b.ligand
        * share, a.cells * part + b.cells * share, a.debris * part + b.debris * share, a.virus * part + b.virus *
        share, a.parvovirus * part + b.parvovirus * share, a.bioburden * part + b.bioburden * share, a.endotoxin *
        part + b.endotoxin * share, a.salt * part + b.salt * share, a.acid * part + b.acid * share, a.base * part +
        b.base * share, a.excipient * part + b.excipient * share,
    )


@law
def less(a: Content, b: Content) -> Content:
    """What one has beyond the other, never below 0: rounding."""
    return Content(
        maximum(a.product - b.product, 0.0 * a.product), maximum(a.aggregates - b.aggregates, 0.0 * a.aggregates),
        maximum(a.fragments - b.fragments, 0.0 * a.fragments), maximum(a.hcp - b.hcp, 0.0 * a.hcp), maximum(a.dna -
        b.dna, 0.0 * a.dna), maximum(a.ligand - b.ligand, 0.0 * a.ligand), maximum(a.cells - b.cells, 0.0 *
        a.cells), maximum(a.debris - b.debris, 0.0 * a.debris), maximum(a.virus - b.virus, 0.0 * a.virus),
        maximum(a.parvovirus - b.parvovirus, 0.0 * a.parvovirus), maximum(a.bioburden - b.bioburden, 0.0 *
        a.bioburden), maximum(a.endotoxin - b.endotoxin, 0.0 * a.endotoxin), maximum(a.salt - b.salt, 0.0 * a.salt),
        maximum(a.acid - b.acid, 0.0 * a.acid), maximum(a.base - b.base, 0.0 * a.base), maximum(a.excipient -
        b.excipient, 0.0 * a.excipient),
    )
