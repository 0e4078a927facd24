"""What the pharmacy's drawer is told: state, inputs, constants, readings, start."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    CubicMetre,
    CubicMetrePerSecond,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerSecond,
    Number,
    PerSecond,
    Second,
)


class State(NamedTuple):
    """Vials in store, opened vials, bag, accounts; the flows are means over the last tick."""

    unopened: Number
    content: Kilogram
    """Protein in one vial; with ``potency`` and ``aggregate_fraction`` the lot's, never changes."""
    potency: Number
    aggregate_fraction: Number
    solution: CubicMetre
    """Liquid in one unopened vial: none over a dried cake."""
    opened: Number
    cake: Kilogram
    """Protein that is not yet dissolved."""
    vial_volume: CubicMetre
    vial_monomer: Kilogram
    vial_hmw: Kilogram
    vial_active: Kilogram
    foam: Number
    """Part of the vials' liquid that is foam, 0..1."""
    bag_volume: CubicMetre
    bag_monomer: Kilogram
    bag_hmw: Kilogram
    bag_active: Kilogram
    given_volume: CubicMetre
    given_monomer: Kilogram
    given_hmw: Kilogram
    given_active: Kilogram
    leaked_volume: CubicMetre
    leaked_monomer: Kilogram
    leaked_hmw: Kilogram
    leaked_active: Kilogram
    flow: CubicMetrePerSecond
    product_flow: KilogramPerSecond
    active_flow: KilogramPerSecond
    hmw_flow: KilogramPerSecond
    """To the patient."""
    spoiled: Kilogram
    """Activity that shaking has cost."""


class Inputs(NamedTuple):
    """What people and pumps do, and malfunctions, which are 0 in health."""

    vials: Number = 2.0
    """How many vials shall be open."""
    diluent_flow: CubicMetrePerSecond = 0.0
    """Water for injections into the opened vials."""
    agitation: Number = 0.0
    """0 standing, 0.3 swirled by hand .. 1 shaken."""
    transfer_flow: CubicMetrePerSecond = 0.0
    """Drawn up from the vials into the bag."""
    draw: CubicMetrePerSecond = 0.0
    """What the infusion pump takes from the bag."""
    clamp: Number = 0.0
    """0..1: how far the roller clamp of the line is closed."""
    slow_cake: Number = 0.0
    """Malfunction, 0..1: part of its speed of dissolving that a collapsed cake has lost."""
    free_flow: Number = 0.0
    """Malfunction, 0..1: how far the line runs by gravity past the pump."""
    leak: Number = 0.0
    """Malfunction, 0..1: how far a port of the bag leaks."""


class Parameters(NamedTuple):
    """Constants of the pharmacy and of its line."""

    fill: CubicMetre = 5.0e-6
    """Diluent for one vial: 5 mL, as it was filled."""
    dissolution: PerSecond = 1.0 / 360.0
    """Of a porous cake that stands wetted. Teaching value: 95 % in a quarter of an hour or so when swirled; labels of
    freeze-dried antibodies ask for 5 to 15 min (recalled)."""
    swirl_gain: Number = 4.0
    """Full agitation makes it faster by this. Teaching value."""
    gentle: Number = 0.4
    """Agitation up to which nothing foams. Teaching value."""
    shaking_aggregation: PerSecond = 1.0e-4
    """Of the monomer at the air's surface when shaken. Teaching value: 6 % in ten minutes; the sign and the cause are
    known (interface-induced aggregation, recalled), the size is a product's own."""
    foam_rise: Second = 60.0
    foam_fall: Second = 900.0
    """Teaching values: labels ask to let foam stand for minutes (recalled)."""
    foam_hold: Number = 0.6
    """Part of a wholly foamed liquid that a needle cannot draw. Teaching value."""
    hold_up: CubicMetre = 2.0e-7
    """That stays in each vial. Teaching value: 0.2 mL; overfills are 0.1 to 0.5 mL (USP <1151>, recalled)."""
    gravity_flow: CubicMetrePerSecond = 3.3e-7
    """A free line: 1.2 L/h, 20 drops per mL at 400 drops a minute. Teaching value."""
    leak_flow: CubicMetrePerSecond = 2.8e-8
    """A port that drips: 100 mL/h. Teaching value."""
    density: KilogramPerCubicMetre = 1005.0
    """Of isotonic saline (recalled)."""
    tare: Kilogram = 0.02
    """Empty bag. Teaching value."""
    least_volume: CubicMetre = 1.0e-12
    """Nothing is drawn from less, and nothing divides by it."""
    least_mass: Kilogram = 1.0e-15
    """Fractions of less than this are those of nothing: 0 aggregates, full potency."""


class Readings(NamedTuple):
    """What is in the vials and in the bag, what flows, and where the lot's vials have gone."""

    vial_concentration: KilogramPerCubicMetre
    """Dissolved protein."""
    vial_volume: CubicMetre
    undissolved: Number
    """Part of the opened vials' protein that is still cake."""
    foam: Number
    vial_aggregates: Number
    bag_volume: CubicMetre
    bag_weight: Kilogram
    bag_product: Kilogram
    bag_concentration: KilogramPerCubicMetre
    flow: CubicMetrePerSecond
    """What drips in the chamber."""
    product_flow: KilogramPerSecond
    active_fraction: Number
    """Of what flows."""
    aggregate_fraction: Number
    given_volume: CubicMetre
    vial_content: Kilogram
    """Protein in one vial of this lot, as its certificate says."""
    store_monomer: Kilogram
    store_hmw: Kilogram
    store_active: Kilogram
    left_monomer: Kilogram
    """In the opened vials, dissolved or not."""
    left_hmw: Kilogram
    left_active: Kilogram


class Start(NamedTuple):
    """The lot as the pharmacy received it, and an infusion bag of saline."""

    containers: Number = 10000.0
    content: Kilogram = 2.5e-4
    """5 mL at 50 g/L."""
    potency: Number = 1.0
    aggregate_fraction: Number = 0.01
    solution: CubicMetre = 0.0
    """Of one vial: 0 for a dried cake, its fill for a liquid presentation."""
    bag_volume: CubicMetre = 2.5e-4
