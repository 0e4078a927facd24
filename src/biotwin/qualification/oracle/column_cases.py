"""Randomised runs of the live column: a seed gives the resin, the bed, the load and the gradient, nothing else does.

Each figure is drawn from a stream of its own name, so that adding one changes no other. Ranges are what process columns
are (downstream.md 3.1 [R]/[K], else recalled); none was moved for the sake of a result.
A protein's affinity follows from where it leaves, so that every drawn gradient elutes.
1. ``exchanger``: steric mass action; load, wash, a salt gradient, a hold at its end. Seven components bind.
2. ``affinity``: ACT of Protein A; load, wash, a pH gradient, a hold. pH is no quantity that mixes (``acidity``), which
   the oracle takes it for: along a gradient the two are the same but for the curvature of the titration over a plate.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log, log10
from typing import Any, NamedTuple

from biotwin.columns.acidity import ACETATE, TRIS, WATER
from biotwin.columns.bed import Bed, pressure_drop
from biotwin.equipment.chromatography_column.chemistry import (
    ANTIBODY,
    CARBOXYL,
    CationExchange,
    ProteinA,
    cation_exchange,
    protein_a,
)
from biotwin.equipment.chromatography_column.model import Inputs, Parameters, Start
from biotwin.randomness import stream_key, uniform

BUFFER, BUFFER_TRIS = 50.0, 20.0
"""Acetate and Tris of every liquid, mol/m3."""
MOST = 0.9
"""Part of the relief pressure that a drawn velocity may ask for."""


Ends = tuple[float, float, float, float]


class Case(NamedTuple):
    """One run. ``ends`` are the times (s) at which load, wash, gradient and hold end; the gradient goes from ``low`` to
    ``high`` in sodium (mol/m3) or in pH; ``cut`` is the part of the oracle's peak from which on liquid is pooled.
    """

    family: str
    seed: int
    p: Parameters
    law: Any
    k: Any
    start: Start
    feed: Inputs
    ends: Ends
    loaded: float
    low: float
    high: float
    cut: float
    tick: float = 2.0

    @property
    def bed(self) -> Bed:
        return self.law(self.p, self.feed, self.k)  # type: ignore[no-any-return]

    def modifier(self, time: float) -> float:
        """Sodium or pH of what enters at a time."""
        if time < self.ends[0]:
            return self.loaded
        part = (time - self.ends[1]) / (self.ends[2] - self.ends[1])
        return self.low + (self.high - self.low) * min(max(part, 0.0), 1.0)

    def inlet(self, time: float) -> Inputs:
        """What the drawer is fed at a time."""
        loading, level = time < self.ends[0], self.modifier(time)
        clean = dict.fromkeys(("product", "aggregates", "acidic", "basic", "hcp"), 0.0)
        liquid = self.feed if loading else self.feed._replace(**clean)
        ions = level if self.family == "exchanger" else balanced(level)
        return liquid._replace(strong_ions=ions + CARBOXYL * (liquid.product + liquid.aggregates))


def balanced(ph: float) -> float:
    """Strong cations less strong anions of the buffer at a pH, mol/m3: electroneutrality."""
    dissociated, charged = 1.0 / (1.0 + 10.0 ** (ACETATE - ph)), 1.0 / (1.0 + 10.0 ** (ph - TRIS))
    return BUFFER * dissociated - BUFFER_TRIS * charged - 1e3 * 10.0**-ph + 1e3 * 10.0 ** (ph - WATER)


def case(family: str, seed: int) -> Case:
    """The run of a family that a seed tells."""
    def drawn(name: str, low: float, high: float) -> float:
        return low + (high - low) * float(uniform(stream_key(seed, f"{family}/{name}"), 0))

    def scaled(name: str, low: float, high: float) -> float:
        return exp(drawn(name, log(low), log(high)))

    return FAMILIES[family](seed, drawn, scaled)


Draw = Callable[[str, float, float], float]


def _geometry(drawn: Draw, scaled: Draw, capacity: float) -> tuple[Parameters, float]:
    """A bed, and its superficial velocity (m/s): 100 to 400 cm/h, less where the bed would not bear it."""
    p = Parameters(diameter=drawn("diameter", 0.2, 0.8), bed_height=drawn("height", 0.1, 0.3),
                   voids=drawn("voids", 0.30, 0.42), pores=drawn("pores", 0.6, 0.95),
                   bead_radius=drawn("bead", 25e-6, 50e-6), plate_height=scaled("plate", 0.3e-3, 2e-3),
                   ion_film=scaled("ion_film", 3e-6, 1e-5), ionic_capacity=capacity)
    area = 0.7853981633974483 * p.diameter**2
    whole = cation_exchange(p, Inputs(), CationExchange())
    velocity = drawn("velocity", 100.0, 400.0) / 360000.0
    return p, min(velocity, MOST * p.maximum_pressure / pressure_drop(whole, area))


def _timed(drawn: Draw, scaled: Draw, p: Parameters, velocity: float, most: float) -> tuple[Inputs, Ends]:
    """The load, from 5 g per litre of bed to past its breakthrough (``most``), and when the four parts end (s)."""
    titre, clumped = scaled("titre", 2.0, 20.0), drawn("aggregates", 0.005, 0.05)
    volume = p.bed_height / velocity
    spans = (scaled("load", 5.0, most) / titre * volume, drawn("wash", 2.0, 4.0) * volume,
             scaled("gradient", 5.0, 25.0) * volume, 5.0 * volume)
    load, wash, gradient, hold = (2.0 * round(0.5 * sum(spans[:n + 1])) for n in range(4))
    feed = Inputs(flow=velocity * 0.7853981633974483 * p.diameter**2, acetate=BUFFER, tris=BUFFER_TRIS, product=titre,
                  aggregates=titre * clumped, hcp=titre * scaled("hcp", 1e-3, 0.1),
                  hcp_associated=drawn("clinging", 0.01, 0.05))
    return feed, (load, wash, gradient, hold)


def _exchanger(seed: int, drawn: Draw, scaled: Draw) -> Case:
    capacity = drawn("capacity", 400.0, 1000.0)
    p, velocity = _geometry(drawn, scaled, capacity)
    low, high = drawn("low", 40.0, 70.0), drawn("high", 300.0, 600.0)
    leaves, charge = drawn("leaves", 2.0 * low, 0.7 * high), drawn("charge", 4.0, 9.0)

    def figures(name: str, size: float, later: float) -> dict[str, float]:
        """Charge and strength of a species, by the sodium at which three quarters of it are bound."""
        own = charge * size
        return {f"{name}charge": own, f"{name}strength": 3.0 * (leaves * later / capacity) ** own}

    k = CationExchange(shielding=drawn("shielding", 30.0, 120.0), protein_film=scaled("film", 1e-6, 4e-6),
                       large_film=scaled("large", 5e-7, 2e-6), **figures("", 1.0, 1.0),
                       **figures("acidic_", drawn("acidic_size", 0.9, 1.0), drawn("acidic", 0.85, 1.0)),
                       **figures("basic_", drawn("basic_size", 1.0, 1.1), drawn("basic", 1.0, 1.15)),
                       **figures("aggregate_", drawn("clumped_size", 1.0, 1.3), drawn("clumped", 1.0, 1.3)),
                       **figures("host_", 0.5, drawn("host", 0.5, 0.9)),
                       **figures("clinging_", drawn("clinging_size", 0.8, 1.1), drawn("clings", 0.9, 1.1)))
    solid = (1.0 - p.voids) * (1.0 - p.pores)
    feed, ends = _timed(drawn, scaled, p, velocity, 1.3 * ANTIBODY * solid * capacity / (charge + k.shielding))
    feed = feed._replace(acidic=0.2 * feed.product, basic=0.1 * feed.product)
    start = Start(salt=0.0, strong_ions=low, acetate=BUFFER, tris=BUFFER_TRIS)
    return Case("exchanger", seed, p, cation_exchange, k, start, feed, ends, low, low, high, drawn("cut", 0.05, 0.2))


def _affinity(seed: int, drawn: Draw, scaled: Draw) -> Case:
    p, velocity = _geometry(drawn, scaled, 0.0)
    capacity, strength = drawn("capacity", 30.0, 80.0), 268.0 * 150.0 * scaled("strength", 0.3, 3.0)
    leaves, slope = drawn("leaves", 3.6, 4.2), drawn("protein_slope", 1.6, 2.6)
    k = ProteinA(capacity=capacity, strength=strength, protein_slope=slope,
                 protein_pk=leaves + log10(strength * capacity / ANTIBODY / 3.0) / slope,
                 ligand_pk=drawn("ligand_pk", 1.8, 2.6), ligand_slope=drawn("ligand_slope", 1.4, 2.2),
                 aggregate_strength=drawn("clumped", 1.0, 3.0), aggregate_shift=drawn("shift", 0.0, 0.3),
                 protein_film=scaled("film", 1e-6, 4e-6), large_film=scaled("large", 5e-7, 2e-6))
    feed, ends = _timed(drawn, scaled, p, velocity, 1.3 * k.capacity)
    loaded, low, high = drawn("loaded", 6.0, 7.4), drawn("low", 5.4, 5.8), drawn("high", 3.2, 3.6)
    start = Start(salt=0.0, strong_ions=balanced(loaded), acetate=BUFFER, tris=BUFFER_TRIS)
    return Case("affinity", seed, p, protein_a, k, start, feed, ends, loaded, low, high, drawn("cut", 0.05, 0.2))


FAMILIES: dict[str, Callable[[int, Draw, Draw], Case]] = {"exchanger": _exchanger, "affinity": _affinity}
