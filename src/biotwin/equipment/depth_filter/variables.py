"""What the filter remembers, what reaches it, what it is made of, and what can be read on it."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    Cells,
    CellsPerCubicMetre,
    CubicMetre,
    CubicMetrePerKilogram,
    CubicMetrePerSecond,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerSecond,
    KilogramPerSquareMetre,
    Metre,
    MetrePerKilogram,
    MetrePerSecond,
    Number,
    Pascal,
    PascalSecond,
    PascalSecondPerCubicMetre,
    PerMetre,
    PerSecond,
    SquareMetre,
    SquareMetrePerKilogram,
)


class State(NamedTuple):
    """Amounts in the filter; the last group holds means over the last tick, for whoever receives the filtrate."""

    liquid: CubicMetre
    """In housing and media, 0 (dry) to ``holdup``."""
    product: Kilogram
    """Monomer, dissolved in that liquid, as the five that follow."""
    aggregates: Kilogram
    hcp: Kilogram
    dna: Kilogram
    cells: Cells
    debris: Kilogram
    open_area: SquareMetre
    """Medium that is not blocked, m2."""
    pore_volume: CubicMetre
    """Of the pores, not yet narrowed, m3."""
    cake: Kilogram
    """On the open area; what lies on a blocked one no longer resists."""
    cells_retained: Cells
    debris_retained: Kilogram
    product_bound: Kilogram
    hcp_bound: Kilogram
    dna_bound: Kilogram
    leachables: Kilogram
    """Still in the medium; flushing takes them out."""
    filtered: CubicMetre
    """Through the medium since it was new."""
    fitted: Number
    """Elements put in since the start."""
    liquid_discarded: CubicMetre
    """Taken out with old elements, as the four that follow."""
    product_discarded: Kilogram
    aggregates_discarded: Kilogram
    hcp_discarded: Kilogram
    dna_discarded: Kilogram
    intake: CubicMetrePerSecond
    leaked: CubicMetrePerSecond
    outflow: CubicMetrePerSecond
    product_out: KilogramPerSecond
    aggregates_out: KilogramPerSecond
    hcp_out: KilogramPerSecond
    dna_out: KilogramPerSecond
    cells_out: PerSecond
    debris_out: KilogramPerSecond
    leachables_out: KilogramPerSecond


class Inputs(NamedTuple):
    """What comes and what drives it; every malfunction is 0 in health."""

    flow: CubicMetrePerSecond = 0.0
    """What the pump would send; what lies below 0 is taken as 0."""
    supply_pressure: Pascal = 2.5e5
    """Highest gauge pressure that the source can give, Pa. Teaching value: where a tube pump's rollers slip back."""
    outlet_pressure: Pascal = 0.0
    """Gauge, where what lies behind ends."""
    resistance_behind: PascalSecondPerCubicMetre = 0.0
    """Pressure per flow of what lies behind: the ``hydraulic_resistance`` of the next filter in series."""
    viscosity: PascalSecond = 1.0e-3
    """Water at 20 degC (recalled)."""
    product: KilogramPerCubicMetre = 0.0
    """Per volume of what comes in, as the five that follow."""
    aggregates: KilogramPerCubicMetre = 0.0
    """Of product, dissolved: taken not to adsorb (teaching value)."""
    hcp: KilogramPerCubicMetre = 0.0
    dna: KilogramPerCubicMetre = 0.0
    cells: CellsPerCubicMetre = 0.0
    debris: KilogramPerCubicMetre = 0.0
    """Wet mass of fragments."""
    renewal: Number = 0.0
    """Elements that the operator has put in: when it rises the filter is new, flushed and drained."""
    blocked_capsule: Number = 0.0
    """0..1: part of the area that gas or a closed port keeps out of service."""
    bypass: Number = 0.0
    """0..1: part of the liquid that passes beside the medium."""
    channelling: Number = 0.0
    """0..1: part of the liquid that crosses the housing without sweeping what it holds."""
    capacity_loss: Number = 0.0
    """0..1: part of the adsorptive capacity that the medium lacks."""
    leak: Number = 0.0
    """0..1: part of what comes in that drips from the inlet flange."""


class Parameters(NamedTuple):
    """One filter. The defaults are a primary depth filter for 2 m3 of centrate at 100 L/m2."""

    area: SquareMetre = 20.0
    """60 to 200 L/m2 are usual (downstream.md 3.2, recalled)."""
    resistance: PerMetre = 3.0e11
    """Clean. Teaching value: 0.08 bar at 100 L/m2/h of water."""
    depth: Metre = 2.0e-3
    """Pore volume per area. Teaching value: 3 mm of medium, two thirds of it void."""
    complete: SquareMetrePerKilogram = 1.0
    """Area that a kilogram of foulant shuts for good, wherever it falls. Teaching value, as the three that follow:
    together they raise the pressure of a usual centrate about tenfold within 100 L/m2."""
    intermediate: SquareMetrePerKilogram = 10.0
    """The same, for particles that may also land on one another."""
    constriction: CubicMetrePerKilogram = 5.0e-3
    """Pore volume that a kilogram of foulant takes."""
    cake_resistance: MetrePerKilogram = 4.0e12
    """Specific, of all that is retained."""
    cell_retention: Number = 0.999
    """Teaching value: whole cells do not pass a depth medium."""
    debris_retention: Number = 0.9
    """Teaching value: takes 200-800 NTU of centrate to 20-100 NTU (band in downstream.md 3.2, read in a web page)."""
    cell_mass: Kilogram = 9.5e-13
    """A sphere of 12 um at 1050 kg/m3 (downstream.md 3.2, computed)."""
    product_capacity: KilogramPerSquareMetre = 1.0e-3
    """Teaching value: about 1 % of a usual load stays on the medium."""
    hcp_capacity: KilogramPerSquareMetre = 1.0e-2
    """Teaching value: breaks through within 100 L/m2 of centrate at 0.3 g/L."""
    dna_capacity: KilogramPerSquareMetre = 5.0e-3
    """Teaching value: charged media hold DNA longest."""
    product_units: Number = 0.5
    """Transfer units of the bed for product at no flux: weak. Teaching value, as the three that follow."""
    hcp_units: Number = 1.5
    dna_units: Number = 6.0
    half_flux: MetrePerSecond = 5.0e-5
    """Flux that halves the transfer units: 180 L/m2/h. Teaching value."""
    holdup: CubicMetre = 0.1
    """Housing and media: 5 L/m2. Teaching value."""
    leachables: KilogramPerSquareMetre = 1.0e-3
    """In a new medium. Teaching value: 1 g/m2 of organic carbon."""
    flush_depth: Metre = 2.0e-2
    """Flush per area that leaves 1/e. Teaching value: the usual 50 to 100 L/m2 (recalled) leave under 10 %."""
    maximum_pressure: Pascal = 2.0e5
    """Of the capsule: 1-2 bar (downstream.md 3.2, recalled)."""
    turbidity_of_a_cell: CubicMetre = 2.0e-11
    """NTU of one cell per cubic metre; teaching value, that of the bioreactor drawer."""
    turbidity_of_debris: CubicMetrePerKilogram = 400.0
    """NTU of 1 kg/m3. Teaching value: fragments scatter far more than their mass in cells."""
    turbidity_of_protein: CubicMetrePerKilogram = 1.0
    """NTU of 1 kg/m3 of HCP: what no filter takes. Teaching value."""


class Readings(NamedTuple):
    """What leaves (means over the last tick) and what gauges show."""

    flow: CubicMetrePerSecond
    intake: CubicMetrePerSecond
    """What the filter took from its source."""
    leak_flow: CubicMetrePerSecond
    """Lost at the inlet, with the contents of what comes in."""
    product: KilogramPerCubicMetre
    aggregates: KilogramPerCubicMetre
    hcp: KilogramPerCubicMetre
    dna: KilogramPerCubicMetre
    cells: CellsPerCubicMetre
    debris: KilogramPerCubicMetre
    leachables: KilogramPerCubicMetre
    turbidity: Number
    """Of the filtrate, NTU."""
    inlet_pressure: Pascal
    """Gauge."""
    pressure_drop: Pascal
    hydraulic_resistance: PascalSecondPerCubicMetre
    """Pressure per flow, with what lies behind."""
    pressure_use: Number
    """Inlet pressure over what the capsule bears: 1 is the limit."""
    resistance_ratio: Number
    """Of the medium with all that fouls it, over a clean one."""
    flux: MetrePerSecond
    load: Metre
    """Volume filtered per area, m3/m2."""
    held_product: Kilogram
    """In the liquid held and on the medium: lost unless flushed out; as the three that follow."""
    held_aggregates: Kilogram
    held_hcp: Kilogram
    held_dna: Kilogram
    hcp_saturation: Number
    """Part of the capacity that is used."""
    dna_saturation: Number
    fill: Number
    """0 dry, 1 full."""


class Start(NamedTuple):
    """How the filter begins: new, dry, not flushed; or as a flush of ``flushed`` m3/m2 of buffer left it, full."""

    flushed: Metre = 0.0
