"""Objective tests of this drawer: what ``reference.yaml`` calls. Each pumps liquids through a column, tick by tick."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numba import njit

from biotwin.columns.bed import Floats
from biotwin.columns.traces import conductivity
from biotwin.equipment.chromatography_column.chemistry import CationExchange, ProteinA, cation_exchange, protein_a
from biotwin.equipment.chromatography_column.model import (
    Inputs,
    Parameters,
    Readings,
    Start,
    advance,
    initial,
    readings,
)
from biotwin.finding import Result

FLOW = 1500e-3 / 3600.0
"""300 cm/h on 80 cm: four minutes in an empty column of 20 cm."""
NEUTRAL = Inputs(flow=FLOW, salt=150.0, strong_ions=-16.5, tris=20.0)
SALTY = NEUTRAL._replace(salt=500.0)
ACID = Inputs(flow=0.8 * FLOW, strong_ions=2.29, acetate=50.0)
HARVEST = Inputs(flow=FLOW, salt=100.0, strong_ions=-1.8, tris=5.0, product=3.4, aggregates=0.052, acidic=0.68,
                 basic=0.34, hcp=0.3, dna=0.02, solutes=25.0)
"""The clarified harvest of the design basis."""


@lru_cache(maxsize=4)
def compiled(law: Any) -> tuple[Any, Any]:
    """``advance`` and ``readings`` of one chemistry: as a plant's kernel does, the law is known by name."""

    @njit(nogil=True, error_model="numpy")
    def move(block, u, p, dt, k):  # type: ignore[no-untyped-def]
        advance(block, u, p, dt, law, k)

    @njit(nogil=True, error_model="numpy")
    def read(block, u, p, k):  # type: ignore[no-untyped-def]
        return readings(block, u, p, law, k)

    return move, read


class Column:
    """A column at the bench, with what it is made of and its chemistry."""

    def __init__(self, p: Parameters | None = None, law: Any = protein_a, k: Any = None, start: Start | None = None,
                 tick: float = 2.0) -> None:
        self.p, self.k, self.tick = p or Parameters(), k or ProteinA(), tick
        self.move, self.read = compiled(law)
        self.block: Floats = initial(self.p, start or Start())

    def pump(self, u: Inputs, seconds: float) -> list[Readings]:
        """What is read after each tick."""
        found = []
        for _ in range(round(seconds / self.tick)):
            self.move(self.block, u, self.p, self.tick, self.k)
            found.append(self.read(self.block, u, self.p, self.k))
        return found


def _drawn(seen: list[Readings], name: str, value: float, level: float, tick: float = 2.0) -> Result:
    time = tuple(tick * (n + 1) for n in range(len(seen)))[::5]
    return Result(value, time, tuple(getattr(y, name) for y in seen)[::5], (level,) * len(time))


def saturation(*, ph: float, concentration: float, reference: float) -> Result:
    """Antibody on the resin (kg per m3 of column) once as much leaves as comes; 50 mM acetate at that pH."""
    sodium = 50.0 / (1.0 + 10.0 ** (4.76 - ph)) - 1e3 * 10.0**-ph + 0.8 * concentration
    feed = Inputs(flow=3.0 * FLOW, strong_ions=sodium, acetate=50.0, product=concentration)
    column = Column(tick=5.0)
    seen = column.pump(feed._replace(product=0.0, strong_ions=sodium - 0.8 * concentration), 1800.0)
    seen = column.pump(feed, 60000.0)
    free = concentration * (column.p.voids + (1.0 - column.p.voids) * column.p.pores)
    return _drawn(seen[::20], "load", seen[-1].load - free, reference + free, 100.0)


def residence(*, seconds: float) -> float:
    """Mean time (s) that an unretained tracer stays, from the tail that is washed out of a full bed."""
    column = Column()
    column.pump(NEUTRAL._replace(solutes=10.0), 3000.0)
    seen = column.pump(NEUTRAL, seconds)
    return float(sum(y.solutes for y in seen) * column.tick / 10.0)


def pressure(*, velocity: float, height: float, bead: float, voids: float) -> float:
    """Pa over a bed, velocity in m/s."""
    p = Parameters(bed_height=height, bead_radius=0.5 * bead, voids=voids)
    column, flow = Column(p), velocity * 0.25 * np.pi * p.diameter**2
    return column.pump(NEUTRAL._replace(flow=flow), 2.0)[-1].pressure


def salt_conductivity(*, salt: float) -> float:
    """S/m of sodium chloride, mol/m3."""
    return float(conductivity(np.array([salt, salt, 0.0, 0.0])))


@lru_cache(maxsize=4)
def _cycle(aged: float, minutes: float) -> Readings:
    """Accounts at the end of the elution of one cycle."""
    column = Column()
    worn = {"resin_aged": aged}
    column.pump(HARVEST._replace(**worn), 60.0 * minutes)
    column.pump(SALTY._replace(**worn), 720.0)
    column.pump(NEUTRAL._replace(**worn), 480.0)
    column.pump(ACID._replace(**worn), 240.0)
    return column.pump(ACID._replace(pool_valve=1.0, **worn), 600.0)[-1]


def pool(*, reading: str, minutes: float) -> float:
    """A reading of the pool of one cycle; ligand in kg per kg of product."""
    end = _cycle(0.0, minutes)
    return end.pooled_ligand / end.pooled_product if reading == "ligand" else float(getattr(end, reading))


def lost_by_age(*, aged: float, minutes: float) -> float:
    """How much more product (kg) goes down the drain in a cycle when the resin has lost that part of its capacity: in
    the load, and in the wash that drives the front out.
    """
    return _cycle(aged, minutes).wasted_product - _cycle(0.0, minutes).wasted_product


def lost_by_haste(*, factor: float) -> float:
    """How much more product (kg) passes when the same volume is pumped that much faster."""
    seen = []
    for speed in (1.0, factor):
        column = Column()
        seen.append(column.pump(HARVEST._replace(flow=FLOW * speed, resin_aged=0.4), 2400.0 / speed)[-1])
    return seen[1].wasted_product - seen[0].wasted_product


def unaccounted(*, chemistry: str, tick: float) -> float:
    """Largest part of any species that is neither supplied nor held nor gone, with every malfunction at half."""
    exchanger = chemistry == "cation_exchange"
    p = Parameters(ionic_capacity=700.0 if exchanger else 0.0)
    law, k = (cation_exchange, CationExchange()) if exchanger else (protein_a, ProteinA())
    column = Column(p, law, k, tick=tick)
    wrong = {"resin_aged": 0.3, "bed_channelled": 0.1, "bed_disturbed": 0.5, "air_in_bed": 0.4, "frit_fouled": 0.5}
    for u, minutes in ((HARVEST, 30.0), (SALTY, 10.0), (ACID._replace(pool_valve=0.7), 12.0), (NEUTRAL, 5.0)):
        y = column.pump(u._replace(**wrong), 60.0 * minutes)[-1]
    worst = 0.0
    for name, came in (("product", 3.4), ("aggregates", 0.052), ("acidic", 0.68), ("basic", 0.34), ("hcp", 0.3),
                       ("dna", 0.02), ("solutes", 25.0)):
        gone = sum(getattr(y, f"{place}_{name}") for place in ("pooled", "wasted", "held"))
        worst = max(worst, abs(gone / (came * FLOW * 1800.0) - 1.0))
    return worst


def parted(*, first: str, second: str) -> float:
    """How much later (s) the middle of one species leaves an exchanger than that of another, in a gradient."""
    p = Parameters(voids=0.35, pores=0.8, bead_radius=3.75e-5, ionic_capacity=700.0)
    column = Column(p, cation_exchange, CationExchange(), Start(salt=0.0, strong_ions=42.3, acetate=50.0, tris=0.0))
    low = Inputs(flow=FLOW, strong_ions=42.3, acetate=50.0)
    column.pump(low._replace(product=10.0, aggregates=0.2, acidic=2.0, basic=1.0, strong_ions=50.5), 120.0)
    seen = [column.pump(low._replace(salt=350.0 * n / 1500.0), 2.0)[-1] for n in range(1500)]
    time = np.arange(len(seen)) * 2.0
    mean = [float((time * [getattr(y, s) for y in seen]).sum() / sum(getattr(y, s) for y in seen))
            for s in (first, second)]
    return mean[1] - mean[0]
