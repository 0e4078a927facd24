"""The chromatography column: a packed bed between a pump and two outlet valves, and the skid's detectors.

Ideas. (1) The science is ``biotwin.columns``; here stand only names, units, and what a skid does beside the bed: part
of the flow may pass the beads (channelling), a relief valve opens above what bed or pressure bear, the outlet goes to
the pool or to the drain. (2) The state is a block (ADR 11): the bed's own, then the last outlet, what was pooled, and
six extras. All that comes in is in the bed, in the pool or down the drain, to rounding. (3) Detectors show the mean of
what left during the last tick with flow.
Not modelled: reversed flow, kinetics of binding, heat, viscosity of a concentrated pool, ligand titration.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from biotwin.columns.acidity import acidity
from biotwin.columns.bed import Floats
from biotwin.columns.isotherms import titrated
from biotwin.columns.traces import conductivity, optical
from biotwin.columns.transport import advance as pumped
from biotwin.columns.transport import block_size, filled
from biotwin.equipment.chromatography_column.chemistry import (
    ACETATE,
    ACIDIC,
    AGGREGATES,
    ANTIBODY,
    BASIC,
    CARBOXYL,
    CARBOXYL_PK,
    CHLORIDE,
    CLINGING,
    COMPONENTS,
    DNA,
    HCP,
    HOST_PROTEIN,
    LAST,
    LAWS,
    MAIN,
    NUCLEOTIDES,
    SODIUM,
    SOLUTES,
    TRIS,
    ProteinA,
    bed,
    films,
)
from biotwin.equipment.chromatography_column.variables import Inputs, Parameters, Readings, Start
from biotwin.quantity import Second

__all__ = ["CARRIES", "LAWS", "Inputs", "Parameters", "Readings", "Start", "advance", "blocks", "initial", "readings"]

CARRIES = "product"
"""The lot is in this column: a plant's figures of merit are read on it."""
FLOW, POOLED, WASTED, SHED, LIGAND, SHED_POOLED, EXTRAS = 0, 1, 2, 3, 4, 5, 6
"""After the last outlet and the pooled amounts: flow of the last tick (m3/s), volumes pooled and wasted (m3), ligand
shed (kg), its last concentration (kg/m3), ligand pooled (kg)."""


def blocks(p: Parameters) -> int:
    """Floats in the column's block."""
    return block_size(int(p.cells), COMPONENTS, 1) + 2 * COMPONENTS + EXTRAS


@njit(nogil=True, error_model="numpy")
def _split(block: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Views of a block: the bed's own, the last outlet (mol/m3), what was pooled (mol), the extras."""
    end = block.size
    own = end - 2 * COMPONENTS - EXTRAS
    return block[:own], block[own:own + COMPONENTS], block[own + COMPONENTS:end - EXTRAS], block[end - EXTRAS:]


@njit(nogil=True, error_model="numpy")
def entering(u: Inputs) -> Floats:
    """Concentrations of what comes in, mol/m3; nothing is below 0."""
    c = np.empty(COMPONENTS)
    ions = u.strong_ions - CARBOXYL * (u.product + u.aggregates)
    c[SODIUM], c[CHLORIDE] = u.salt + max(ions, 0.0), u.salt + max(-ions, 0.0)
    c[ACETATE], c[TRIS] = u.acetate, u.tris
    c[ACIDIC], c[BASIC] = u.acidic / ANTIBODY, u.basic / ANTIBODY
    c[MAIN], c[AGGREGATES] = (u.product - u.acidic - u.basic) / ANTIBODY, u.aggregates / ANTIBODY
    c[HCP], c[CLINGING] = u.hcp * (1.0 - u.hcp_associated) / HOST_PROTEIN, u.hcp * u.hcp_associated / HOST_PROTEIN
    c[DNA], c[SOLUTES] = u.dna / NUCLEOTIDES, u.solutes
    return np.maximum(c, 0.0)


@njit(nogil=True, error_model="numpy")
def to_pool(u: Inputs, flow: float) -> float:
    """Part of the outlet that reaches the pool, 0..1."""
    sampled = min(max(u.sample_flow, 0.0) / flow, 1.0) if flow > 0.0 else 0.0
    return min(max(u.pool_valve, 0.0), 1.0) * (1.0 - sampled)


@njit(nogil=True, error_model="numpy")
def resistance(u: Inputs, p: Parameters) -> float:
    """Pressure over bed and frit per flow, Pa s/m3."""
    section, solid, bead = 0.25 * np.pi * p.diameter**2, 1.0 - p.voids, 2.0 * p.bead_radius
    clean = 150.0 * p.viscosity * p.bed_height / section * solid**2 / (bead**2 * p.voids**3)
    return clean * (1.0 + p.frit_worst * u.frit_fouled) / max(1.0 - u.air_in_bed, 0.1)


@njit(nogil=True, error_model="numpy")
def advance(block: Floats, u: Inputs, p: Parameters, dt: Second, law, k) -> None:  # type: ignore[no-untyped-def]
    """The column after ``dt`` seconds at constant inputs, in place."""
    own, last, pooled, extras = _split(block)
    packed = law(p, u, k)
    supplied, drained = own[-2 * COMPONENTS:-COMPONENTS], own[-COMPONENTS:]
    asked, feed = max(u.flow, 0.0), entering(u)
    flow = min(asked, p.maximum_flow, p.maximum_pressure / resistance(u, p))
    past = min(max(u.bed_channelled, 0.0), 1.0) * flow
    pool = to_pool(u, flow)
    before = drained.copy()
    pumped(own, feed, flow - past, packed, dt)
    for i in range(COMPONENTS):
        # A difference of sums may round below 0, and hardly any volume makes much of it.
        gone = max(drained[i] - before[i] + past * feed[i] * dt, 0.0)
        supplied[i] += (past + asked - flow) * feed[i] * dt
        drained[i] += (past + asked - flow) * feed[i] * dt
        pooled[i] += pool * gone
        if flow > 0.0:
            last[i] = gone / (flow * dt)
    extras[FLOW] = flow
    extras[POOLED] += pool * flow * dt
    extras[WASTED] += (asked - pool * flow) * dt
    _shed(last, extras, u, p, k.leaching, pool, dt)


@njit(nogil=True, error_model="numpy")
def _shed(last: Floats, extras: Floats, u: Inputs, p: Parameters, share: float, pool: float, dt: float) -> None:
    """Ligand that acid takes off the beads; nothing is counted that no flow carries away."""
    flow = extras[FLOW]
    if flow <= 0.0:
        return
    acid = 1.0 / (1.0 + 10.0 ** (4.0 * (acidity(last, 7.0) - p.leaching_ph)))
    volume = 0.25 * np.pi * p.diameter**2 * p.bed_height
    shed = share * p.leaching * (1.0 + u.ligand_leaching * (p.leaching_worst - 1.0)) * acid * volume
    extras[SHED] += shed * dt
    extras[SHED_POOLED] += pool * shed * dt
    extras[LIGAND] = shed / flow


@njit(nogil=True, error_model="numpy")
def _held(own: Floats, p: Parameters) -> Floats:
    """What the bed holds of each component, mol."""
    n = int(p.cells)
    found = np.zeros(COMPONENTS)
    for j in range(2 * n):
        for i in range(COMPONENTS):
            found[i] += own[j * COMPONENTS + i]
    return found


@njit(nogil=True, error_model="numpy")
def _absorbance(c: Floats, p: Parameters) -> float:
    """Of an outlet, AU."""
    protein = ANTIBODY * (c[MAIN] + c[AGGREGATES] + c[ACIDIC] + c[BASIC]) + HOST_PROTEIN * (c[HCP] + c[CLINGING])
    return optical(protein, p.light_path, p.extinction_of_solutes * c[SOLUTES] / p.usual_solutes)


@njit(nogil=True, error_model="numpy")
def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else 0.0


@njit(nogil=True, error_model="numpy")
def readings(block: Floats, u: Inputs, p: Parameters, law, k) -> Readings:  # type: ignore[no-untyped-def]
    """The outlet of the last tick, the gauges, and the accounts."""
    own, c, pooled, extras = _split(block)
    supplied, drained = own[-2 * COMPONENTS:-COMPONENTS], own[-COMPONENTS:]
    held, wasted = _held(own, p), drained - pooled
    flow = extras[FLOW]
    pool = to_pool(u, flow)
    monomer = ANTIBODY * (c[MAIN] + c[ACIDIC] + c[BASIC])
    in_pool = ANTIBODY * (pooled[MAIN] + pooled[ACIDIC] + pooled[BASIC])
    clumped, host = ANTIBODY * pooled[AGGREGATES], HOST_PROTEIN * (pooled[HCP] + pooled[CLINGING])
    volume = extras[POOLED]
    mixed = pooled / volume if volume > 0.0 else c
    pool_ph = acidity(mixed, 7.0)
    pumped_in = ANTIBODY * (supplied[MAIN] + supplied[ACIDIC] + supplied[BASIC])
    return Readings(
        flow, pool * flow, (1.0 - pool) * flow,
        min(c[SODIUM], c[CHLORIDE]), c[SODIUM] - c[CHLORIDE], c[ACETATE], c[TRIS],
        monomer, ANTIBODY * c[AGGREGATES], ANTIBODY * c[ACIDIC], ANTIBODY * c[BASIC],
        HOST_PROTEIN * (c[HCP] + c[CLINGING]), NUCLEOTIDES * c[DNA], c[SOLUTES], extras[LIGAND],
        _absorbance(c, p), acidity(c, 7.0), conductivity(c), flow * resistance(u, p),
        p.plate_height * (1.0 + u.bed_disturbed * (p.disturbed_plates - 1.0)) / max(1.0 - u.bed_channelled, LAST),
        ANTIBODY * (held[MAIN] + held[ACIDIC] + held[BASIC]) / (0.25 * np.pi * p.diameter**2 * p.bed_height),
        volume, in_pool, clumped, ANTIBODY * pooled[ACIDIC], ANTIBODY * pooled[BASIC], host, NUCLEOTIDES * pooled[DNA],
        extras[SHED_POOLED], pooled[SOLUTES], min(pooled[SODIUM], pooled[CHLORIDE]),
        pooled[SODIUM] - pooled[CHLORIDE] + CARBOXYL * (in_pool + clumped) * titrated(pool_ph, CARBOXYL_PK, 1.0),
        pooled[ACETATE], pooled[TRIS],
        _ratio(in_pool + clumped, volume), _ratio(clumped, in_pool + clumped), _ratio(host, in_pool + clumped),
        _ratio(ANTIBODY * pooled[MAIN], in_pool), pool_ph, conductivity(mixed),
        extras[WASTED], ANTIBODY * (wasted[MAIN] + wasted[ACIDIC] + wasted[BASIC]), ANTIBODY * wasted[AGGREGATES],
        ANTIBODY * wasted[ACIDIC], ANTIBODY * wasted[BASIC], HOST_PROTEIN * (wasted[HCP] + wasted[CLINGING]),
        NUCLEOTIDES * wasted[DNA], wasted[SOLUTES],
        ANTIBODY * (held[MAIN] + held[ACIDIC] + held[BASIC]), ANTIBODY * held[AGGREGATES], ANTIBODY * held[ACIDIC],
        ANTIBODY * held[BASIC], HOST_PROTEIN * (held[HCP] + held[CLINGING]), NUCLEOTIDES * held[DNA], held[SOLUTES],
        pumped_in, _ratio(in_pool, pumped_in), 1.0 - _ratio(in_pool, pumped_in), volume * p.heat_capacity * p.room,
    )


def initial(p: Parameters, start: Start) -> Floats:
    """A clean bed, full of the liquid of ``start``; an exchanger's sites hold its sodium."""
    block, u = np.zeros(blocks(p)), Inputs(salt=start.salt, strong_ions=start.strong_ions, acetate=start.acetate,
                                           tris=start.tris)
    liquid, bound = entering(u), np.zeros(COMPONENTS)
    bound[SODIUM] = p.ionic_capacity
    own, last, _, _ = _split(block)
    film = films(p, u, ProteinA().protein_film, ProteinA().large_film)
    clean = bed(p, u, film, 0, np.zeros((COMPONENTS, 4)), 0.0, 0.0)
    own[:] = filled(clean, liquid, bound)
    last[:] = liquid
    return block
