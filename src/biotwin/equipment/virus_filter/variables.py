"""What the filter remembers, what reaches it, what it is made of, and what can be read on it."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    CellsPerCubicMetre,
    CubicMetre,
    CubicMetrePerKilogram,
    CubicMetrePerSecond,
    Joule,
    JoulePerCubicMetreKelvin,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerSquareMetre,
    Metre,
    MetrePerSecond,
    MetrePerSecondPascal,
    Number,
    Pascal,
    PascalPerSecond,
    PerSecond,
    Second,
    SquareMetre,
    SquareMetrePerKilogram,
)


class State(NamedTuple):
    """Contents by place; virus is counted as the volume of load that held it: times ``load_parvovirus`` a number."""

    pressure: Pascal
    """Gauge, of the gas in the tank."""
    open: Number
    """Part of the retentive pores that is not plugged."""
    filtered: CubicMetre
    """Through this filter since it was new."""
    tank_volume: CubicMetre
    tank_product: Kilogram
    """Monomer."""
    tank_aggregates: Kilogram
    tank_parvovirus: CubicMetre
    tank_enveloped: CubicMetre
    held_product: Kilogram
    """In prefilter and housing, always full."""
    held_aggregates: Kilogram
    held_parvovirus: CubicMetre
    held_enveloped: CubicMetre
    bag_volume: CubicMetre
    bag_product: Kilogram
    bag_aggregates: Kilogram
    bag_parvovirus: CubicMetre
    bag_enveloped: CubicMetre
    waste_volume: CubicMetre
    """To the drain, or thrown away with a used filter; as the four that follow."""
    waste_product: Kilogram
    waste_aggregates: Kilogram
    waste_parvovirus: CubicMetre
    waste_enveloped: CubicMetre
    sampled_volume: CubicMetre
    """From the filtrate bag."""
    sampled_product: Kilogram
    sampled_aggregates: Kilogram
    sampled_parvovirus: CubicMetre
    sampled_enveloped: CubicMetre
    prefilter_aggregates: Kilogram
    blocked_aggregates: Kilogram
    """In the pores of the virus filter."""
    captured: CubicMetre
    """Parvovirus held by retentive pores."""
    loose: CubicMetre
    """Parvovirus that diffused to a path which does not retain it: the next flow takes it along."""
    caught_enveloped: CubicMetre
    loaded_volume: CubicMetre
    loaded_product: Kilogram
    loaded_aggregates: Kilogram
    buffer_volume: CubicMetre


class Inputs(NamedTuple):
    """Liquids, gas and valves; every malfunction is 0 in health."""

    load_flow: CubicMetrePerSecond = 0.0
    """Product pool into the tank."""
    load_product: KilogramPerCubicMetre = 17.9
    load_aggregates: KilogramPerCubicMetre = 0.11
    load_parvovirus: CellsPerCubicMetre = 0.0
    """Infectious particles; no test of a lot tells them, no law here reads them."""
    load_enveloped: CellsPerCubicMetre = 0.0
    buffer_flow: CubicMetrePerSecond = 0.0
    """Flush or chase into the tank."""
    return_flow: CubicMetrePerSecond = 0.0
    """From the filtrate bag back into the tank."""
    sample_flow: CubicMetrePerSecond = 0.0
    """From the filtrate bag."""
    air_opening: Number = 0.0
    """Of the compressed-air valve, 0..1."""
    vent_opening: Number = 0.0
    outlet_opening: Number = 0.0
    """Of the filtrate valve, 0..1."""
    diversion: Number = 0.0
    """Where filtrate goes: 0 bag, 1 drain."""
    new_filter: Number = 0.0
    """1 while a fresh prefilter and filter are being fitted."""
    temperature: Kelvin = 293.15
    breach: Number = 0.0
    """0..1: share of the flow that passes by a broken fibre."""
    air_lost: Number = 0.0
    """0..1: how much of the compressed air's pressure is lost."""
    prefilter_bypass: Number = 0.0
    """0..1: share of the liquid that goes round the prefilter."""
    fouling_gain: Number = 0.0
    """How much more than in the study a kilogram of aggregates plugs."""
    outlet_throttled: Number = 0.0
    """0..1: how far a hand valve takes up the pressure behind the filter."""
    dry: Number = 0.0
    """0..1: part of the pores that was never wetted."""


class Parameters(NamedTuple):
    """Constants. The defaults are 4 m2 of a 20 nm class membrane for 300 L at 18 g/L."""

    area: SquareMetre = 4.0
    permeability: MetrePerSecondPascal = 6.94e-11
    """Clean, to buffer at 20 degC: 25 L/m2/h/bar, so that 1 to 2 bar give the 15 to 60 L/m2/h of downstream.md 3.4
    (recalled)."""
    prefilter_resistance: Number = 0.15
    """Over the clean filter's. Teaching value: a prefilter is felt, not leading."""
    prefilter_growth: Number = 2.0
    """That many more when the prefilter is full. Teaching value."""
    large: Number = 0.15
    """Of the aggregates that arrive, those that can lodge. Teaching value: dimers, the most of them, pass."""
    prefilter_capacity: KilogramPerSquareMetre = 9.0e-4
    """Large aggregates, per area of the virus filter; what arrives passes in proportion to what is already there.
    Teaching value: nearly what a usual load brings."""
    aggregate_retention: Number = 0.5
    """Of large aggregates that reach the filter. Teaching value."""
    plugging: SquareMetrePerKilogram = 800.0
    """Open pores lost per kilogram that lodges, over those still open (intermediate law). Teaching value: a third of
    the flux at 1.35 kg/m2 of product with a prefilter."""
    complete: SquareMetrePerKilogram = 0.0
    """The same over all pores (complete law): 0, as the intermediate law fits proteins (recalled); tests choose it."""
    leak: Number = 1.0e-6
    """Share of a fresh filter's flow by pores too wide: 6 log. Good filters: 5.0 to over 6.5 (downstream.md 3.4)."""
    shared: Number = 0.3
    """How far plugging meets wide pores too: 0 is selective plugging, LRV falls by log10(J0/J); 1 costs nothing.
    Real filters lie between (downstream.md 3.4 [P]); teaching value."""
    enveloped_leak: Number = 1.0e-8
    """Teaching value: 100 nm against 20 nm pores, beyond what any assay shows."""
    diffusion: PerSecond = 7.0e-10
    """Of captured parvovirus to open paths without flow. Chosen so that ten minutes' release multiplies transmission
    by about ten, as published for one filter (Dishari 2015, abstract read)."""
    holding_flux: MetrePerSecond = 1.4e-6
    """Flux that halves this diffusion: 5 L/m2/h. Teaching value: low pressure counts as a pause."""
    path_volume: Metre = 2.0e-3
    """Filtrate per area that takes loose virus along: 2 L/m2. Teaching value: the published rise is transient."""
    holdup: CubicMetre = 5.0e-3
    """Prefilter and housing. Teaching value: 1.25 L/m2."""
    supply_pressure: Pascal = 5.0e5
    """Compressed air, gauge. Teaching value: usual instrument air."""
    fill_time: Second = 30.0
    """Of the gas space through the open air valve. Teaching value."""
    vent_time: Second = 30.0
    gas_diffusion: PerSecond = 2.0e-5
    """Relative loss of test pressure by diffusion through a wet sound filter. Teaching value: 3.6 % in half an hour."""
    gas_defect: PerSecond = 2.0
    """The same through a breach of 1. Teaching value: a defect of 1e-3 empties the gas space within ten minutes."""
    gas_dry: PerSecond = 0.02
    """The same through pores never wetted."""
    trace_tank: CubicMetre = 1.0e-3
    """Liquid at which half of the membrane meets gas. Teaching value: the tank's bottom cone."""
    most_gas: PerSecond = 0.05
    """No defect empties the gas space faster: the step stays stable at ticks of 10 s."""
    drain_time: Second = 60.0
    """Nothing empties faster: amounts stay positive at ticks of 10 s."""
    renewal_time: Second = 60.0
    """Of the filter while a new one is fitted. Teaching value: a way to say at once, in a continuous law."""
    intrinsic_viscosity: CubicMetrePerKilogram = 6.3e-3
    """Ross-Minton, with ``crowding`` (downstream.md 3.5)."""
    crowding: Number = 0.45
    densest: KilogramPerCubicMetre = 200.0
    """No feed is taken as more viscous than at this concentration."""
    viscosity_temperature: Kelvin = 3000.0
    """Activation energy over R (downstream.md 3.5, recalled)."""
    reference_temperature: Kelvin = 293.15
    freezing: Kelvin = 273.15
    heat_capacity: JoulePerCubicMetreKelvin = 4.18e6
    """Of water, per volume (steam tables, recalled)."""
    density: KilogramPerCubicMetre = 1010.0
    vessel_volume: CubicMetre = 0.4
    """Of the pressure tank, brimful."""
    trace_volume: CubicMetre = 1.0e-12
    """Added under a fraction."""
    trace_flow: CubicMetrePerSecond = 1.0e-15
    trace: KilogramPerCubicMetre = 1.0e-6
    least_load: Kilogram = 1.0e-6
    least_open: Number = 1.0e-6
    """Pores that are always left: keeps a dead filter's resistance finite."""
    least_passage: Number = 1.0e-12
    """Log reductions end at 12."""


class Readings(NamedTuple):
    """What stands on the skid."""

    pressure: Pascal
    pressure_decay: PascalPerSecond
    """Fall of the gas pressure while air and vent are shut, else 0."""
    flow: CubicMetrePerSecond
    flux: MetrePerSecond
    flux_ratio: Number
    """Permeability over that of the clean filter in buffer."""
    throughput: Metre
    """Filtered volume per area, m3/m2."""
    prefilter_drop: Pascal
    concentration: KilogramPerCubicMetre
    """Protein in the filtrate, what UV sees."""
    weight: Kilogram
    """Of the tank's liquid."""
    liquid_volume: CubicMetre
    """In the filtrate bag."""
    bag_weight: Kilogram
    titre: KilogramPerCubicMetre
    """Protein in the bag."""
    aggregate_fraction: Number
    recovery: Number
    """Protein in the bag over what was loaded."""
    passing_log_reduction: Number
    """Of parvovirus, load over what leaves at this instant."""
    log_reduction: Number
    """Of parvovirus, load over bag."""
    enveloped_log_reduction: Number
    gold_log_reduction: Number
    """What 20 nm gold would show on the filter as it is."""
    monomer: Kilogram
    """In the bag, as the five that follow."""
    aggregates: Kilogram
    parvovirus_passed: CubicMetre
    """Load volume whose parvovirus is in the bag."""
    enveloped_passed: CubicMetre
    heat: Joule
    """Above 273.15 K."""
    left_monomer: Kilogram
    """In tank and housing."""
    left_aggregates: Kilogram
    waste_monomer: Kilogram
    waste_aggregates: Kilogram
    sampled_monomer: Kilogram
    sampled_aggregates: Kilogram
    caught_aggregates: Kilogram
    """On prefilter and filter."""
    caught_parvovirus: CubicMetre
    left_parvovirus: CubicMetre
    """In tank, housing, waste and samples."""


class Start(NamedTuple):
    """How it begins: a wetted new filter, flush buffer in the tank."""

    volume: CubicMetre = 0.0
