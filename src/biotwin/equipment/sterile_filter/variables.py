"""What the filter remembers, what reaches it, what it is made of, and what can be read on it."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    Cells,
    CellsPerCubicMetre,
    CubicMetre,
    CubicMetrePerSecond,
    KilogramPerCubicMetre,
    Metre,
    MetrePerSecond,
    MetrePerSecondPascal,
    NewtonPerMetre,
    Number,
    Pascal,
    PascalSecond,
    PerPascal,
    PerSecond,
    Second,
    SquareMetre,
    SquareMetrePerSecond,
)


class State(NamedTuple):
    """Liquid, fouling, wetting, microbes; the last group holds means over the last tick."""

    upstream: CubicMetre
    """Liquid in tubing, surge bag and housing before the membrane."""
    filtered: CubicMetre
    sampled: CubicMetre
    """Taken out before the membrane by people."""
    plugged: Number
    """Part of the membrane's capacity that is used, 0..1 (standard blocking)."""
    dry: Number
    """Part of the membrane that no liquid has wetted yet."""
    stubborn: Number
    """Of the spots that wet badly, where there are any, the part that is still dry."""
    film: Number
    """Part of the liquid in the pores that is product, not water: 0..1."""
    hold: Second
    """Time that the bulk has waited before the filter."""
    covered: Number
    """Part of a flaw that retained matter has closed, 0..1."""
    passed: Cells
    """Expected colony-forming units behind the filter."""
    stopped: Cells
    water: CubicMetre
    """Flushed through since the filter was fitted."""
    outflow: CubicMetrePerSecond
    burden_out: PerSecond


class Inputs(NamedTuple):
    """What comes and what drives it; every malfunction is 0 in health."""

    flow: CubicMetrePerSecond = 0.0
    """What the pump delivers; below 0 it is taken as 0."""
    water_flow: CubicMetrePerSecond = 0.0
    """Water for wetting and rinsing; it goes to the drain behind the filter."""
    back_pressure: Number = 0.0
    """0..1: how far the outlet is throttled while wetting: compresses and dissolves trapped gas."""
    supply_pressure: Pascal = 2.0e5
    """Highest gauge pressure of the pump. Teaching value: a tube pump's, below what capsules bear."""
    test_pressure: Pascal = 2.76e5
    """Of the forward-flow test, gauge: 40 psi, about 80 % of the lowest bubble point (vendors' practice, [P])."""
    bioburden: CellsPerCubicMetre = 1.0e4
    """Of the bulk when it arrived: 1 CFU/100 mL, a tenth of the action limit (10 CFU/100 mL, EMA 1996, recalled)."""
    sample_flow: CubicMetrePerSecond = 0.0
    contamination_rate: PerSecond = 0.0
    """Brought before the membrane by a sampling that went wrong."""
    flaw: Metre = 0.0
    """Malfunction: diameter of a hole through the membrane or of a leak at its seal."""
    hydrophobic: Number = 0.0
    """Malfunction, 0..1: part of the membrane that wets badly: gas in the pleats, spots that heat has dried."""
    wrong_grade: Number = 0.0
    """Malfunction, 0..1: how far the membrane is one of 0.45 um."""
    foulant: Number = 0.0
    """Malfunction: how many times faster than usual the bulk plugs the filter, above one."""


class Parameters(NamedTuple):
    """One capsule. The defaults are a 10-inch hydrophilic 0.22 um cartridge."""

    area: SquareMetre = 0.6
    """10 inches, usual size (vendors: 0.5 to 0.7 m2, recalled)."""
    permeability: MetrePerSecondPascal = 1.5e-8
    """Of water at 1 mPa s, clean: 5 400 L/m2/h/bar. Teaching value within usual ones (recalled)."""
    viscosity: PascalSecond = 2.0e-3
    """Of the bulk: an antibody at 50 g/L, twice water. Teaching value."""
    water_viscosity: PascalSecond = 1.0e-3
    capacity: Metre = 1.0
    """Volume per area that would plug a standard-blocking membrane: 1 000 L/m2. Teaching value: a clean bulk."""
    holdup: CubicMetre = 3.0e-4
    """Stays in housing and membrane. Teaching value: 0.5 L/m2."""
    membrane_reduction: Number = 10.7
    """Log10, claimed: no passage of 1e7 Brevundimonas diminuta per cm2 (ASTM F838, recalled) over 0.5 m2."""
    growth: PerSecond = 3.2e-5
    """Of microbes in the waiting bulk: doubles in 6 h at room temperature. Teaching value."""
    bubble_point: Pascal = 4.0e5
    """Of this membrane in water, at which its largest pores open. Teaching value: above the lowest accepted."""
    lowest_bubble_point: Pascal = 3.45e5
    """Accepted, in water at 23 degC, 0.22 um PVDF (vendor's value quoted by bioprocesstools.com [P])."""
    water_tension: NewtonPerMetre = 72.4e-3
    """Surface tension of water at 22 degC (IAPWS, recalled)."""
    product_tension: NewtonPerMetre = 48.0e-3
    """Of the bulk. Teaching value: polysorbate above its critical micelle concentration."""
    opening: Pascal = 4.0e3
    """Width of the bubble point's spread. Teaching value: 1 % of it, cast membranes are even."""
    porosity: Number = 0.7
    """Usual of cast membranes (recalled), as the two that follow."""
    thickness: Metre = 1.25e-4
    tortuosity: Number = 2.0
    diffusivity: SquareMetrePerSecond = 2.0e-9
    """Of air's nitrogen and oxygen in water at 25 degC (recalled)."""
    solubility: PerPascal = 1.85e-7
    """Volume of air, at 1 bar, that a volume of water holds per pascal of it (0.0187 per bar at 20 degC, recalled)."""
    dry_permeance: MetrePerSecondPascal = 4.8e-6
    """Of gas through the dry membrane: 2 L/min/cm2 at 0.69 bar (vendors' figures, recalled)."""
    easy_depth: Metre = 1.0e-3
    """Water per area that leaves 1/e of the healthy membrane dry. Teaching value: 40 L/m2 wet it wholly."""
    stubborn_depth: Metre = 3.0e-2
    """The same for what wets badly, without back-pressure. Teaching value: the usual flush does not do."""
    help: Number = 9.0
    """How many times faster full back-pressure wets. Teaching value: the advised flush then does."""
    rinse_depth: Metre = 4.0e-3
    """Water per area that leaves 1/e of the product in the pores. Teaching value: 20 L/m2 rinse to 1 %."""
    discharge: Number = 0.62
    """Of a sharp-edged hole (fluid mechanics, recalled)."""
    density: KilogramPerCubicMetre = 1000.0
    """Of the liquid in a flaw: water."""
    sonic: MetrePerSecond = 199.0
    """Choked flow of air per area, at upstream density: 0.685 sqrt(R T / M) at 22 degC (gas dynamics, recalled)."""
    atmosphere: Pascal = 1.0e5
    cover: Number = 40.0
    """How much of a flaw retained matter closes per part of the capacity used. Teaching value: after 50 L half."""
    tester_flow: CubicMetrePerSecond = 4.7e-6
    """Gas flow at which a tester reports half the bubble point. Chosen: with it a hole fails the bubble point between
    30 and 60 um, as Giglia et al. found (Membranes 2023, 13, 88 [P])."""
    coarse_point: Number = 0.6
    """Bubble point of 0.45 um over that of 0.22 um (vendors: 2.0 to 2.2 bar against 3.45, recalled)."""
    coarse_reduction: Number = 0.5
    """Its reduction of Brevundimonas over that of 0.22 um. Teaching value."""


class Readings(NamedTuple):
    """What leaves (means over the last tick), what gauges show, what a test would find now, and what is true."""

    flow: CubicMetrePerSecond
    burden_rate: PerSecond
    """Expected colony-forming units that pass, per second."""
    inlet_pressure: Pascal
    """Gauge."""
    resistance_ratio: Number
    held: CubicMetre
    filtered_volume: CubicMetre
    sampled_volume: CubicMetre
    water_used: CubicMetre
    gas_flow: CubicMetrePerSecond
    """Forward flow at the test pressure, at 1 bar."""
    bubble_point: Pascal
    """As a tester would report it."""
    challenge: CellsPerCubicMetre
    """Microbes before the filter, now."""
    hold_time: Second
    wetted: Number
    passed: Cells
    stopped: Cells
    log_reduction: Number
    """Of this filter as it is, at its present flow."""


class Start(NamedTuple):
    """How the filter begins: fitted, sterilised, dry; the bulk may have waited."""

    hold: Second = 0.0
    wetted: Number = 0.0
    """0..1: 1 = wetted and tested before."""
