"""Run by the peer's own Python (``CADET=…/bin/python``; it needs cadet-core and h5py), never imported: the
four-component load, wash, elution on CADET-Core (GPL-3, a process of its own). Prints JSON: CPU seconds and heights of
the three peaks.

The case is that of ``biotwin.columns.trial`` (downstream.md 3.1.2 [R]): lumped rate model with pores, at equilibrium.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from typing import Any

import h5py
import numpy as np

CLI = os.path.join(os.path.dirname(sys.executable), "cadet-cli")
GRIDS: dict[str, dict[str, Any]] = {
    "FV 32": {"SPATIAL_METHOD": "FV", "NCOL": 32, "RECONSTRUCTION": "WENO",
              "weno": {"BOUNDARY_MODEL": 0, "WENO_EPS": 1e-10, "WENO_ORDER": 3}},
    "DG P3 x 8": {"SPATIAL_METHOD": "DG", "POLYDEG": 3, "NELEM": 8, "EXACT_INTEGRATION": 0},
}
GOES = 3
VELOCITY = 5.75e-4
KRYLOV = {"GS_TYPE": 1, "MAX_KRYLOV": 0, "MAX_RESTARTS": 10, "SCHUR_SAFETY": 1e-8}
NONE = [0.0] * 4
FEED = (([50.0, 1.0, 1.0, 1.0], NONE), ([50.0, 0.0, 0.0, 0.0], NONE), ([100.0, 0.0, 0.0, 0.0], [0.2, 0.0, 0.0, 0.0]))
"""Constant and slope by section: load to 10 s, wash to 90 s, step and ramp to 1500 s."""


def column(grid: dict[str, Any]) -> dict[str, Any]:
    """The bed, with its isotherm and grid."""
    sma = {"IS_KINETIC": 0, "SMA_KA": [0.0, 35.5, 1.59, 7.7], "SMA_KD": [0.0, 1e3, 1e3, 1e3],
           "SMA_NU": [0.0, 4.7, 5.29, 3.7], "SMA_SIGMA": [0.0, 11.83, 10.6, 10.0], "SMA_LAMBDA": 1200.0,
           "SMA_REFC0": 1.0, "SMA_REFQ": 1.0}
    return {"UNIT_TYPE": "LUMPED_RATE_MODEL_WITH_PORES", "NCOMP": 4, "COL_LENGTH": 0.014, "COL_POROSITY": 0.37,
            "PAR_POROSITY": 0.75, "PAR_RADIUS": 4.5e-5, "COL_DISPERSION": 5.75e-8, "VELOCITY": VELOCITY,
            "FILM_DIFFUSION": [6.9e-6] * 4, "FILM_DIFFUSION_MULTIPLEX": 0, "INIT_C": [50.0, 0.0, 0.0, 0.0],
            "INIT_Q": [1200.0, 0.0, 0.0, 0.0], "ADSORPTION_MODEL": "STERIC_MASS_ACTION", "adsorption": sma,
            "discretization": {"NBOUND": [1] * 4, "USE_ANALYTIC_JACOBIAN": 1, **KRYLOV, **grid}}


def case(grid: dict[str, Any]) -> dict[str, Any]:
    """The whole input file."""
    sections = {f"sec_{n:03d}": {"CONST_COEFF": constant, "LIN_COEFF": slope, "QUAD_COEFF": NONE, "CUBE_COEFF": NONE}
                for n, (constant, slope) in enumerate(FEED)}
    inlet = {"UNIT_TYPE": "INLET", "INLET_TYPE": "PIECEWISE_CUBIC_POLY", "NCOMP": 4, **sections}
    switch = {"SECTION": 0, "CONNECTIONS": [1.0, 0.0, -1.0, -1.0, VELOCITY]}
    times = {"NSEC": 3, "SECTION_TIMES": [0.0, 10.0, 90.0, 1500.0], "SECTION_CONTINUITY": [0, 0]}
    steps = {"ABSTOL": 1e-8, "RELTOL": 1e-6, "ALGTOL": 1e-6, "INIT_STEP_SIZE": 1e-6, "MAX_STEPS": 1_000_000}
    return {"input": {
        "model": {"NUNITS": 2, "unit_000": column(grid), "unit_001": inlet, "solver": KRYLOV,
                  "connections": {"NSWITCHES": 1, "switch_000": switch}},
        "solver": {"NTHREADS": 1, "USER_SOLUTION_TIMES": np.linspace(0.0, 1500.0, 1501), "CONSISTENT_INIT_MODE": 1,
                   "sections": times, "time_integrator": steps},
        "return": {"SPLIT_COMPONENTS_DATA": 0, "SPLIT_PORTS_DATA": 0,
                   "unit_000": {"WRITE_SOLUTION_OUTLET": 1, "WRITE_SOLUTION_INLET": 0}}}}


def put(group: Any, tree: dict[str, Any]) -> None:
    for name, value in tree.items():
        if isinstance(value, dict):
            put(group.create_group(name), value)
        else:
            group[name] = np.bytes_(value) if isinstance(value, str) else value


def peak(row: Any) -> float:
    """The vertex of the parabola through the three highest seconds."""
    k = int(row.argmax())
    a, b, c = row[k - 1 : k + 2]
    return float(b - 0.125 * (a - c) ** 2 / (a - 2.0 * b + c))


def flown(grid: dict[str, Any], path: str) -> dict[str, Any]:
    """CPU seconds of the solver's process, median of some goes, and the peaks."""
    taken = []
    for _ in range(GOES):
        with h5py.File(path, "w") as file:
            put(file, case(grid))
        begin = os.times()
        subprocess.run([CLI, path], check=True, stdout=subprocess.DEVNULL)
        end = os.times()
        taken.append(end.children_user + end.children_system - begin.children_user - begin.children_system)
    with h5py.File(path) as file:
        outlet = np.array(file["output/solution/unit_000/SOLUTION_OUTLET"])
    return {"seconds": statistics.median(taken), "peaks": [peak(outlet[..., i].ravel()) for i in (1, 2, 3)]}


with tempfile.TemporaryDirectory() as folder:
    print(json.dumps({name: flown(grid, os.path.join(folder, "case.h5")) for name, grid in GRIDS.items()}))
