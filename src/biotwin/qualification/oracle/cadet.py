"""The oracle of packed beds: CADET-Core (GPL-3), a process of its own in an environment of its own, never imported.

Its Python is that of ``CADET=…/bin/python``, or of ``.venv-peers``, which ``make peers`` makes. Here a bed and a feed
become its input, in its words; ``cadet_peer.py`` is what its Python runs.
"""

from __future__ import annotations

import json
import os
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from biotwin.columns.bed import STERIC, Bed, Floats, velocity
from biotwin.equipment.chromatography_column.model import entering
from biotwin.qualification.oracle.column_cases import Case

PEER = Path(__file__).with_name("cadet_peer.py")
HOME = Path(__file__).parents[4] / ".venv-peers" / "bin" / "python"
SMOOTH: dict[str, Any] = {"SPATIAL_METHOD": "DG", "POLYDEG": 3, "NELEM": 16, "EXACT_INTEGRATION": 0}
STEEP: dict[str, Any] = {"SPATIAL_METHOD": "FV", "NCOL": 128, "RECONSTRUCTION": "WENO",
                         "weno": {"BOUNDARY_MODEL": 0, "WENO_EPS": 1e-10, "WENO_ORDER": 3}}
"""Grids by isotherm: elements for the exchanger, volumes where a front is nearly a step. Eight elements
and 128 volumes agree on heights to 0.1 %; on the steepest run (exchanger 22) twelve elements move the time by 1.7 %."""
KRYLOV = {"GS_TYPE": 1, "MAX_KRYLOV": 0, "MAX_RESTARTS": 10, "SCHUR_SAFETY": 1e-8}


def python() -> str:
    """The peer's Python; raises ``ModuleNotFoundError`` where there is none."""
    for found in (os.environ.get("CADET", ""), str(HOME)):
        if os.path.exists(found):
            return found
    missing = ModuleNotFoundError("CADET-Core is not installed.", name="CADET-Core")
    missing.add_note("`make peers` installs it beside the product (Python 3.12 or newer), or name its Python: CADET=…")
    raise missing


@lru_cache(maxsize=1)
def version() -> str:
    """Version of the peer."""
    told = subprocess.run([python(), str(PEER), "--version"], check=True, stdout=subprocess.PIPE, text=True)
    return told.stdout.strip()


def outlet(case: Case) -> Floats:
    """Outlet of a run (mol/m3) at the end of each tick: the modifier, then all that binds, in the drawer's order."""
    told = subprocess.run([python(), str(PEER)], check=True, input=json.dumps(_input(case)), stdout=subprocess.PIPE,
                          text=True)
    return np.array(json.loads(told.stdout))


def binding(bed: Bed) -> list[int]:
    """Components that bind, in order, without the salt."""
    return [i for i in range(1, bed.components) if bed.figures[i, 0] > 0.0]


def _input(case: Case) -> dict[str, Any]:
    """The whole input, in the peer's words."""
    bed = case.bed
    ends, count = case.ends, len(binding(bed)) + 1
    none, feed = [0.0] * count, [float(c) for c in entering(case.feed)[binding(bed)]]
    slope = [(case.high - case.low) / (ends[2] - ends[1]), *none[1:]]
    liquids = (([case.loaded, *feed], none), ([case.low, *none[1:]], none), ([case.low, *none[1:]], slope),
               ([case.high, *none[1:]], none))
    sections = {f"sec_{n:03d}": {"CONST_COEFF": constant, "LIN_COEFF": rise, "QUAD_COEFF": none, "CUBE_COEFF": none}
                for n, (constant, rise) in enumerate(liquids)}
    inlet = {"UNIT_TYPE": "INLET", "INLET_TYPE": "PIECEWISE_CUBIC_POLY", "NCOMP": count, **sections}
    switch = {"SECTION": 0, "CONNECTIONS": [1.0, 0.0, -1.0, -1.0, case.feed.flow]}
    times = [case.tick * n for n in range(1 + round(ends[-1] / case.tick))]
    steps = {"ABSTOL": 1e-8, "RELTOL": 1e-6, "ALGTOL": 1e-6, "INIT_STEP_SIZE": 1e-6, "MAX_STEPS": 1_000_000}
    return {
        "model": {"NUNITS": 2, "unit_000": _column(case, bed, count), "unit_001": inlet, "solver": KRYLOV,
                  "connections": {"NSWITCHES": 1, "switch_000": switch}},
        "solver": {"NTHREADS": 1, "USER_SOLUTION_TIMES": times, "CONSISTENT_INIT_MODE": 1, "time_integrator": steps,
                   "sections": {"NSEC": 4, "SECTION_TIMES": [0.0, *ends], "SECTION_CONTINUITY": [0, 0, 0]}},
        "return": {"SPLIT_COMPONENTS_DATA": 0, "SPLIT_PORTS_DATA": 0,
                   "unit_000": {"WRITE_SOLUTION_OUTLET": 1, "WRITE_SOLUTION_INLET": 0}}}


def _column(case: Case, bed: Bed, count: int) -> dict[str, Any]:
    """Geometry, film, isotherm, grid and what is in the bed at the beginning."""
    steric = bed.isotherm == STERIC
    sites = [bed.capacity] if steric else []
    binds = [1 if steric else 0] + [1] * (count - 1)
    return {"UNIT_TYPE": "LUMPED_RATE_MODEL_WITH_PORES", "NCOMP": count, "COL_LENGTH": float(bed.length),
            "CROSS_SECTION_AREA": float(bed.section), "COL_POROSITY": bed.voids, "PAR_POROSITY": bed.pores,
            "PAR_RADIUS": bed.radius, "COL_DISPERSION": bed.dispersivity * velocity(bed, case.feed.flow),
            "FILM_DIFFUSION": [float(bed.film[i]) for i in [0, *binding(bed)]], "FILM_DIFFUSION_MULTIPLEX": 0,
            "INIT_C": [case.loaded] + [0.0] * (count - 1), "INIT_Q": sites + [0.0] * (count - 1),
            "ADSORPTION_MODEL": "STERIC_MASS_ACTION" if steric else "AFFINITY_COMPLEX_TITRATION",
            "adsorption": _steric(bed) if steric else _affinity(bed),
            "discretization": {"NBOUND": binds, "USE_ANALYTIC_JACOBIAN": 1, **KRYLOV, **(SMOOTH if steric else STEEP)}}


def _steric(bed: Bed) -> dict[str, Any]:
    """Both concentrations are counted in the capacity, which leaves the equilibrium constants as they are."""
    k, charge, shielding = ([0.0, *(float(bed.figures[i, n]) for i in binding(bed))] for n in range(3))
    return {"IS_KINETIC": 0, "SMA_KA": [1e3 * value for value in k], "SMA_KD": [0.0] + [1e3] * (len(k) - 1),
            "SMA_NU": charge, "SMA_SIGMA": shielding, "SMA_LAMBDA": float(bed.capacity),
            "SMA_REFC0": float(bed.capacity), "SMA_REFQ": float(bed.capacity)}


def _affinity(bed: Bed) -> dict[str, Any]:
    """Every protein meets the same ligands; the first component is pH and does not bind."""
    k, most, pk, slope = ([1.0, *(float(bed.figures[i, n]) for i in binding(bed))] for n in range(4))
    return {"IS_KINETIC": 0, "ACT_KA": k, "ACT_KD": [1.0] * len(k), "ACT_QMAX": most, "ACT_PKAG": pk,
            "ACT_ETAG": slope, "ACT_PKAA": [bed.ligand_pk] * len(k), "ACT_ETAA": [bed.ligand_slope] * len(k)}
