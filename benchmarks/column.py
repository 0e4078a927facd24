"""Load, wash, elution of four components on a packed bed (1500 s): seconds, and the worst error of a peak's height.

With the peer installed (``make peers``, or its Python in ``CADET=…/bin/python``; GPL-3, an environment of its own) it
runs in the same run, as a process of its own. The other figures are quoted: CADET-Core 5.1.1's on another 2-core
machine, as downstream.md 4 timed it. Errors of both are against the fine references (FV 2048, FV 4096).
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure, cpu_seconds
from biotwin.columns import trial
from biotwin.columns.transport import advance, filled
from biotwin.equipment.chromatography_column.qualification import HARVEST, Column
from biotwin.qualification.oracle import cadet

FINE = {1: (0.0400605, 0.0613012, 0.0693273), 0: (0.0883447, 0.134604, 0.232945)}
CASES = ((1, 24, 0.45, "FV 32, 0.7 % off"), (1, 32, 0.45, "FV 32, 0.7 % off"), (1, 64, 1.57, "FV 100, 0.05 % off"),
         (1, 96, 0.35, "DG P3 x 8, 0.02 % off"), (0, 64, 0.86, "FV 64, 1.1 % off"),
         (0, 64, 0.43, "DG P3 x 8, 1.0 % off"), (0, 80, 1.32, "FV 100, 0.3 % off"),
         (0, 160, 1.03, "DG P3 x 16, 0.02 % off"))
"""Beads resolved or not, our cells, the peer's seconds, the peer's grid with its error on peak 1."""
LIVE = 1.0e-3
PEER = Path(__file__).parent / "peers" / "cadet_load_wash_elute.py"
OURS = (16, 24, 32, 48, 64, 96)
ENOUGH = 7.5e-3
"""Where the peer is closer than this to the fine reference, ours need be no closer: the goal speaks of 2 %."""


def worst(cells: int, resolved: int) -> float:
    """Largest relative error of the three peaks' heights."""
    run = trial.benchmark(cells, resolved)
    return max(abs(run.peak(i)[0] / FINE[resolved][i - 1] - 1.0) for i in (1, 2, 3))


def beside() -> list[Figure]:
    """Ours against the peer in one run: the coarsest grid of ours that is no further off than each of the peer's."""
    try:
        peer = cadet.python()
    except ModuleNotFoundError:
        return []
    told = subprocess.run([peer, str(PEER)], check=True, stdout=subprocess.PIPE, text=True).stdout
    figures = []
    for grid, found in json.loads(told).items():
        off = max(abs(height / fine - 1.0) for height, fine in zip(found["peaks"], FINE[1], strict=True))
        cells = next((n for n in OURS if worst(n, 1) <= max(off, ENOUGH)), OURS[-1])
        taken = cpu_seconds(lambda c=cells: trial.benchmark.__wrapped__(c, 1))  # type: ignore[misc]
        note = f"worst peak {100.0 * worst(cells, 1):.2f} % off, the peer's {100.0 * off:.3f} %"
        figures.append(Figure(f"SMA load-wash-elute, LRMP, {cells} cells, beside CADET {grid}", taken, "s",
                              peer=f"CADET-Core {grid} (live)", peer_value=found["seconds"], goal=1.0,
                              goal_of="ratio", note=note))
    return figures


def measure() -> list[Figure]:
    """Whole runs with their error, then one second of each column, live."""
    figures = beside()
    for resolved, cells, seconds, grid in CASES:
        name = f"SMA load-wash-elute, {'LRMP' if resolved else 'LRM'}, {cells} cells"
        taken = cpu_seconds(lambda c=cells, r=resolved: trial.benchmark.__wrapped__(c, r))  # type: ignore[misc]
        figures.append(Figure(name, taken, "s", peer=f"CADET-Core {grid} (quoted)", peer_value=seconds, goal=1.0,
                              goal_of="ratio", note=f"worst peak {100.0 * worst(cells, resolved):.2f} % off"))
    bed = trial.affinity(64)
    liquid = np.array([20.0, 37.0, 0.0, 20.0, 0.05])
    block = filled(bed, liquid, np.zeros(5))

    def minute() -> None:
        for _ in range(60):
            advance(block, liquid, 3.5e-6 / 60.0, bed, 1.0)

    figures.append(Figure("Protein A, LRMP, 64 cells, one second", cpu_seconds(minute) / 60.0, "s", goal=LIVE))
    exchanger = trial.exchanger(32, 1)
    salt = filled(exchanger, np.array([50.0, 0.0, 0.0, 0.0]), np.array([1200.0, 0.0, 0.0, 0.0]))

    def loading() -> None:
        for _ in range(60):
            advance(salt, np.array([50.0, 1.0, 1.0, 1.0]), 6.7e-8, exchanger, 1.0)

    drawer = Column()

    def drawn() -> None:
        drawer.pump(HARVEST, 60.0)

    figures.append(Figure(f"The drawer, {drawer.p.cells:.0f} cells, 12 components, one second of load",
                          cpu_seconds(drawn) / 60.0, "s", goal=LIVE))
    figures.append(Figure("SMA, LRMP, 32 cells, one second of load", cpu_seconds(loading) / 60.0, "s", goal=LIVE))
    return figures
