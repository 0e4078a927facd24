"""Names of the block: valves and liquids, what the lines hold, what is handed on."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    CubicMetre,
    CubicMetrePerSecond,
    KilogramPerCubicMetre,
    MolPerCubicMetre,
    Number,
    Second,
)


class State(NamedTuple):
    """Where the gradient stands, what was drawn in the last tick, and totals."""

    gradient: Number
    """Share of the elution buffer while both are open, 0..1."""
    load_flow: CubicMetrePerSecond
    flow: CubicMetrePerSecond
    loaded: CubicMetre
    buffer_used: CubicMetre


class Inputs(NamedTuple):
    """Pump, valves, the load that waits; every malfunction is 0 in health."""

    flow: CubicMetrePerSecond = 0.0
    """What the pump would draw, m3/s, >= 0."""
    load_valve: Number = 0.0
    """Openings, 0..1: what is open gives in proportion."""
    equilibration_valve: Number = 0.0
    wash_valve: Number = 0.0
    elution_valve: Number = 0.0
    strip_valve: Number = 0.0
    cip_valve: Number = 0.0
    gradient_target: Number = 1.0
    """Share of the elution buffer at which a gradient ends, 0..1."""
    gradient_time: Second = 3600.0
    """From all equilibration buffer to all elution buffer."""
    load_volume: CubicMetre = 1.0e3
    """What the load tank still holds. By default more than anyone pumps."""
    load_product: KilogramPerCubicMetre = 3.4
    """Of the load, as all that follow: monomer. The clarified harvest of the design basis."""
    load_aggregates: KilogramPerCubicMetre = 0.052
    """1.5 % of the protein (design basis)."""
    load_acidic_fraction: Number = 0.2
    """Of the monomer. Teaching value: usual antibodies have 15 to 30 % (recalled)."""
    load_basic_fraction: Number = 0.1
    """Teaching value, as usual."""
    load_hcp: KilogramPerCubicMetre = 0.3
    """(Design basis.)"""
    load_dna: KilogramPerCubicMetre = 0.02
    """Teaching value: 50 mg/L in the harvest, most of it kept by charged depth filters."""
    load_solutes: MolPerCubicMetre = 25.0
    """Teaching value: metabolites and what is left of the medium, as the detector sees them."""
    load_salt: MolPerCubicMetre = 100.0
    """Teaching value: about 12 mS/cm, as culture media have."""
    load_strong_ions: MolPerCubicMetre = -1.8
    """With 5 mM of Tris and the protein's counter-ions: pH 7. Teaching value: a stand-in for the medium's buffer."""
    load_acetate: MolPerCubicMetre = 0.0
    load_tris: MolPerCubicMetre = 5.0
    elution_leak: Number = 0.0
    """Malfunction, 0..1: smallest opening of the elution valve, whatever is asked of it."""
    elution_wrong: Number = 0.0
    """Malfunction, 0..1: how far the elution buffer is the wrong preparation."""
    equilibration_wrong: Number = 0.0
    """Malfunction, 0..1: how far the equilibration buffer is the wrong preparation."""
    buffers_diluted: Number = 0.0
    """Malfunction, 0..1: part of every buffer that is water."""


class Parameters(NamedTuple):
    """What the lines hold: sodium chloride, strong ions beyond it, acetate, Tris. Teaching values: usual buffers."""

    equilibration_salt: MolPerCubicMetre = 150.0
    """20 mM Tris, 150 mM salt, pH 7.4."""
    equilibration_strong_ions: MolPerCubicMetre = -16.5
    equilibration_acetate: MolPerCubicMetre = 0.0
    equilibration_tris: MolPerCubicMetre = 20.0
    wash_salt: MolPerCubicMetre = 500.0
    """20 mM Tris, 500 mM salt, pH 7.4."""
    wash_strong_ions: MolPerCubicMetre = -16.5
    wash_acetate: MolPerCubicMetre = 0.0
    wash_tris: MolPerCubicMetre = 20.0
    elution_salt: MolPerCubicMetre = 0.0
    """50 mM acetate, pH 3.5."""
    elution_strong_ions: MolPerCubicMetre = 2.29
    elution_acetate: MolPerCubicMetre = 50.0
    elution_tris: MolPerCubicMetre = 0.0
    strip_salt: MolPerCubicMetre = 0.0
    """100 mM acetic acid, pH 2.9."""
    strip_strong_ions: MolPerCubicMetre = 0.0
    strip_acetate: MolPerCubicMetre = 100.0
    strip_tris: MolPerCubicMetre = 0.0
    cip_salt: MolPerCubicMetre = 0.0
    """0.1 M caustic soda."""
    cip_strong_ions: MolPerCubicMetre = 100.0
    cip_acetate: MolPerCubicMetre = 0.0
    cip_tris: MolPerCubicMetre = 0.0
    elution_error: MolPerCubicMetre = 30.0
    """Strong ions that the wrong elution buffer holds besides: sodium acetate for acetic acid. Teaching value."""
    equilibration_error: MolPerCubicMetre = 100.0
    """Salt that the wrong equilibration buffer holds besides. Teaching value."""
    least_time: Second = 1.0
    """A gradient is no steeper."""
    least_flow: CubicMetrePerSecond = 1.0e-12
    """Under a share, so that a pump at rest draws a share of nothing."""
    least_volume: CubicMetre = 1.0e-12
    """The same of a load that was never there."""


class Readings(NamedTuple):
    """What is handed on, means over the last tick."""

    flow: CubicMetrePerSecond
    load_flow: CubicMetrePerSecond
    """What the load tank gives."""
    salt: MolPerCubicMetre
    strong_ions: MolPerCubicMetre
    acetate: MolPerCubicMetre
    tris: MolPerCubicMetre
    product: KilogramPerCubicMetre
    aggregates: KilogramPerCubicMetre
    acidic: KilogramPerCubicMetre
    basic: KilogramPerCubicMetre
    hcp: KilogramPerCubicMetre
    dna: KilogramPerCubicMetre
    solutes: MolPerCubicMetre
    gradient: Number
    """Share of the elution buffer while a gradient runs."""
    loaded: CubicMetre
    buffer_used: CubicMetre
    drawn_share: Number
    """Part of the load that was drawn, 0..1."""
    left_share: Number


class Start(NamedTuple):
    """Nothing has been drawn yet."""
