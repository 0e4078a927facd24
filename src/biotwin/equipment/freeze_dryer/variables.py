"""What the freeze dryer remembers, what reaches it, what it is made of, and what can be read on it."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from biotwin.quantity import (
    CubicMetre,
    CubicMetrePerSecond,
    Deviate,
    Joule,
    JoulePerKelvin,
    JoulePerKilogramKelvin,
    JoulePerMol,
    JoulePerMolKelvin,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerSecond,
    MetrePerSecond,
    Mol,
    MolPerSecond,
    Number,
    Pascal,
    PerMetre,
    PerSecond,
    Second,
    SquareMetre,
    Unit,
    Watt,
    WattPerKelvin,
    WattPerSquareMetreKelvin,
)

KelvinPerSecond = Annotated[float, Unit("K/s")]
KilogramPerMol = Annotated[float, Unit("kg/mol")]
JoulePerKilogram = Annotated[float, Unit("J/kg")]
WattPerMetreKelvin = Annotated[float, Unit("W/m/K")]
WattPerSquareMetreKelvinPascal = Annotated[float, Unit("W/m^2/K/Pa")]
PascalCubicMetrePerSecond = Annotated[float, Unit("Pa*m^3/s")]
PerKelvin = Annotated[float, Unit("1/K")]
PerPascal = Annotated[float, Unit("1/Pa")]
MolPerSecondPascal = Annotated[float, Unit("mol/s/Pa")]


class State(NamedTuple):
    """Amounts in the chamber, on the coil and in three classes of vials; a class's are those of all its vials."""

    shelf_temperature: Kelvin
    chamber_vapour: Mol
    chamber_inert: Mol
    """Air or nitrogen."""
    condenser_inert: Mol
    coil_temperature: Kelvin
    coil_ice: Kilogram
    pumped_water: Kilogram
    """Water that left through the vacuum pump; closes the balance of water."""
    stopper: Number
    """0 half-seated (open) .. 1 pressed home."""
    bleed_held: Number
    """The last bleed command before the valve stuck."""
    vials: Number
    fill: CubicMetre
    """Of one vial."""
    protein: KilogramPerCubicMetre
    excipient: KilogramPerCubicMetre
    """Of the solution: what was loaded, unchanged by drying."""
    sampled_vials: Number
    sampled_water: Kilogram
    """Drawn by the sample thief, of all classes alike."""
    luck: Number
    """Of this batch with nucleation, in standard deviations: the last drawn above the freezing point."""
    headspace_pressure: Pascal
    """Of the gas that the stoppers shut in."""
    centre_pores: Number
    """Resistance of the cake over that of a vial that nucleates at ``nucleation``: large crystals leave wide pores."""
    edge_pores: Number
    corner_pores: Number
    centre_ice: Kilogram
    centre_liquid: Kilogram
    centre_bound: Kilogram
    """Water that does not freeze, held by the solids."""
    centre_temperature: Kelvin
    """Of the product at the bottom of the vial."""
    centre_collapsed: Kilogram
    """Water that was dried above the collapse temperature."""
    centre_melted: Kilogram
    """Ice that has melted again."""
    edge_ice: Kilogram
    edge_liquid: Kilogram
    edge_bound: Kilogram
    edge_temperature: Kelvin
    edge_collapsed: Kilogram
    edge_melted: Kilogram
    corner_ice: Kilogram
    corner_liquid: Kilogram
    corner_bound: Kilogram
    corner_temperature: Kelvin
    corner_collapsed: Kilogram
    corner_melted: Kilogram


class Inputs(NamedTuple):
    """Actuators at rest, malfunctions in health (0)."""

    shelf_target: Kelvin = 293.15
    """Wished temperature of the shelf fluid; the shelf follows at no more than ``ramp``."""
    bleed_opening: Number = 0.0
    """0..1 of the gas bleed; what lies outside is taken at the nearer end. So are the four below."""
    vent_opening: Number = 0.0
    """0..1 of the sterile vent that brings the chamber back to the atmosphere."""
    vacuum_valve: Number = 0.0
    condenser_duty: Number = 0.0
    stopper_press: Number = 0.0
    """Stroke of the press; stoppers do not come out again."""
    sample_flow: CubicMetrePerSecond = 0.0
    """Vials that the thief draws, as the volume filled into them."""
    deviate: Deviate = 0.0
    """Chance of nucleation: dust and scratches of this batch's glass."""
    refrigeration_loss: Number = 0.0
    """0..1: how much of the coil's refrigeration is lost."""
    leak: Number = 0.0
    """0..1 of ``leak_flow``, air through a damaged seal."""
    vacuum_pump_dead: Number = 0.0
    shelf_pump_dead: Number = 0.0
    """0..1: how much of the fluid's circulation is lost."""
    shelf_heater_dead: Number = 0.0
    bleed_stuck: Number = 0.0
    """0..1: how much of the acting opening is the one held when this left 0."""
    duct_blockage: Number = 0.0
    """0..1: how far the valve between chamber and condenser has closed by itself."""
    probe_out: Number = 0.0
    """0..1: how far the thermocouple of the centre vial has slipped out of the product, to the shelf's temperature."""
    pirani_bias: Number = 0.0
    """Calibration error of the Pirani gauge, fraction."""
    press_jammed: Number = 0.0


class Parameters(NamedTuple):
    """One dryer, one vial, one product. Defaults: LyoPRONTO's standard case (downstream.md 3.6) in a pilot dryer."""

    centre_count: Number = 268.0
    edge_count: Number = 126.0
    corner_count: Number = 4.0
    """Places: 398 in all, as in LyoPRONTO's equipment line; the split is a teaching value (one tray, rows of 20).
    A smaller load leaves places of each class empty alike."""
    centre_heat: Number = 1.0
    edge_heat: Number = 1.25
    corner_heat: Number = 1.45
    """Heat over that of a centre vial, by radiation of the walls: 1.1 to 1.5 ([K] downstream.md 3.6, recalled)."""
    nucleation: Kelvin = 267.31
    """At which a centre vial nucleates: -5.84 degC, LyoPRONTO's freezing example (downstream.md 6.6, test 49)."""
    edge_nucleation: Kelvin = -3.0
    corner_nucleation: Kelvin = -5.0
    """Offsets of the other classes, K. Teaching values: nucleation scatters over several kelvins in a real batch."""
    nucleation_spread: Kelvin = 2.0
    least_supercooling: Kelvin = 0.5
    """Standard deviation from batch to batch, and how far below the freezing point ice begins at least. Teaching
    values, as above."""
    supercooling_resistance: PerKelvin = 0.03
    """Resistance gained per kelvin of colder nucleation: 1 to 3 % longer drying per kelvin (Searles 2001, recalled)."""
    annealing: Kelvin = 255.15
    """Above which ice crystals ripen in the frozen product. Teaching value: some kelvins above the glass transition of
    the freeze concentrate of sucrose, -32 degC (recalled)."""
    annealed: Number = 0.75
    ripening: Second = 7200.0
    """Resistance of a ripe product, and the time of ripening. Teaching values: hours of annealing shorten drying by
    some tens of per cent and even out the vials (Searles 2001, recalled)."""
    freezing: Kelvin = 271.61
    """-1.54 degC (test 49)."""
    collapse: Kelvin = 241.15
    """Collapse temperature: -32 degC, sucrose (recalled)."""
    collapse_width: Kelvin = 3.0
    """Above ``collapse`` by this much all that dries is lost. Teaching value."""
    vial_area: SquareMetre = 3.8e-4
    product_area: SquareMetre = 3.14e-4
    """Outer and inner area of the standard case [R]."""
    glass_capacity: JoulePerKelvin = 6.6
    """Of one vial: 7.9 g (SCHOTT 6R [R]) of glass at 840 J/kg/K (recalled)."""
    water_density: KilogramPerCubicMetre = 1000.0
    ice_density: KilogramPerCubicMetre = 918.0
    solute_density: KilogramPerCubicMetre = 1500.0
    """LyoPRONTO's constants [R]."""
    resistance_0: MetrePerSecond = 1.4 * 47995.9
    resistance_1: PerSecond = 16.0 * 4799590.0
    resistance_2: PerMetre = 0.0
    """R0 1.4 cm2 h Torr/g, A1 16 cm h Torr/g, A2 0 [R]; 1 cm2 h Torr/g is 47995.9 m/s."""
    drying_scatter: Number = 0.0
    """Part of a class's water that its slow vials still hold when the fast ones are dry; none in LyoPRONTO, whose vials
    are all alike. Nucleation scatters vial by vial: some hundredths to a tenth of the drying time (teaching value)."""
    resistance_solids: KilogramPerCubicMetre = 50.0
    """Solids at which these hold; a denser cake resists in proportion (teaching value: the trend is recalled)."""
    contact: WattPerSquareMetreKelvin = 2.75e-4 * 41840.0
    gas_conduction: WattPerSquareMetreKelvinPascal = 8.93e-4 * 41840.0 / 133.322
    gas_saturation: PerPascal = 0.46 / 133.322
    """K_C, K_P, K_D of K_v = K_C + K_P P / (1 + K_D P) [R]; not the form with the cake length (trap T6)."""
    air_conduction: WattPerSquareMetreKelvin = 38.0
    """Largest K_v, that of the freezing example at atmospheric pressure [R]."""
    ice_pressure: Pascal = 2.698e10 * 133.322
    ice_exponent: Kelvin = 6144.96
    """P = A exp(-B / T) over ice [R]."""
    sublimation_heat: JoulePerKilogram = 678.0 * 4184.0
    fusion_heat: JoulePerKilogram = 79.7 * 4184.0
    ice_conduction: WattPerMetreKelvin = 0.0059 * 418.4
    liquid_capacity: JoulePerKilogramKelvin = 4000.0
    ice_capacity: JoulePerKilogramKelvin = 2030.0
    """LyoPRONTO's constants [R]."""
    solids_capacity: JoulePerKilogramKelvin = 1250.0
    """Of dry sugar (recalled)."""
    bound_moisture: Number = 0.2
    """Water that does not freeze over solids, kg/kg: 0.1 to 0.3 (recalled)."""
    desorption: PerSecond = 1.5e-3
    desorption_energy: JoulePerMol = 6500.0
    desorption_heat: JoulePerKilogram = 2.68e6
    """ContLyo's first-order desorption [R]."""
    equilibrium_moisture: Number = 0.0
    equilibrium_at: Kelvin = 248.15
    equilibrium_width: Kelvin = 24.0
    """Water over solids that the cake keeps under vacuum at ``equilibrium_at``, and the warming that takes it down
    e-fold; none in ContLyo. With 0.08, 8 % are left at the end of primary drying and 0.6 % at 40 degC: teaching values
    in the trade's range (recalled)."""
    chamber_volume: CubicMetre = 0.118
    """ContLyo's chamber [R]."""
    condenser_volume: CubicMetre = 0.05
    """Teaching value: half the chamber, a pilot dryer."""
    gas_temperature: Kelvin = 290.0
    """At which choked flow is stated (downstream.md 3.6)."""
    duct: MolPerSecondPascal = 11.7 / 3600.0 / 133.322 / 0.018015
    """Slope of LyoPRONTO's equipment line, 11.7 kg/h/Torr [R]; its intercept is the vapour pressure over the coil."""
    bleed_flow: MolPerSecond = 4.0e-4
    """Fully open: holds about 110 Pa against the pump. Teaching value."""
    vent_flow: MolPerSecond = 0.02
    """Fully open: back to the atmosphere in a quarter of an hour. Teaching value."""
    leak_flow: MolPerSecond = 1.0e-3
    """Worst leak. Teaching value: the pump then holds no better than some 300 Pa."""
    natural_leak: MolPerSecond = 0.0
    """What comes into a sound dryer; none in LyoPRONTO."""
    pump_speed: CubicMetrePerSecond = 0.0083
    """30 m3/h, a rotary pump of a pilot dryer. Teaching value."""
    atmosphere: Pascal = 101325.0
    gas_constant: JoulePerMolKelvin = 8.314462618
    water_mass: KilogramPerMol = 0.018015
    pirani_ratio: Number = 1.6
    """Pirani over capacitance gauge in pure water vapour (recalled)."""
    coil_capacity: JoulePerKelvin = 15000.0
    coil_refrigeration: WattPerKelvin = 50.0
    evaporation: Kelvin = 198.15
    coil_room: WattPerKelvin = 3.0
    """Coil, refrigerant at -75 degC, gain from the room. Teaching values: 1.5 kg/h of ice at -50 degC."""
    room: Kelvin = 294.15
    ramp: KelvinPerSecond = 1.0 / 60.0
    """Of the shelf: 1 K/min [R]."""
    shelf_flow: WattPerKelvin = 4000.0
    """Heat that the circulating fluid carries per kelvin: 2.3 kg/s of silicone oil at 1.7 kJ/kg/K. Teaching value."""
    shelf_drift: Second = 14400.0
    """A shelf without circulation goes to the room in hours. Teaching value."""
    press_time: Second = 60.0
    """Full stroke of the press. Teaching value."""
    defect_low: Number = 0.05
    defect_high: Number = 0.25
    """Part of its water that a vial dries above collapse, or melts, where inspection begins to reject, and where it
    rejects all. Teaching values: vials of a class scatter about its mean."""
    stoppers_raised: Number = 5.0e-4
    stoppers_pushed: Number = 0.02
    full_vacuum: Number = 0.9
    """Part of the stoppers that sit high before the capper, at partial vacuum, and at the atmosphere, where nothing
    holds them down; the pressure over the atmosphere from which they creep. Teaching values, the first as in the
    filling line."""
    door: Number = 0.95
    """Part of the atmosphere above which the door opens. Teaching value."""
    reconstitution: Second = 60.0
    reconstitution_collapsed: Second = 600.0
    """Of a whole cake and of a collapsed one, an empirical map (downstream.md 3.6). Teaching values."""
    heat_capacity: JoulePerKilogramKelvin = 4180.0
    """Of residual water (steam tables, recalled); the zero of its heat is 273.15 K."""
    ice_point: Kelvin = 273.15
    nothing: Number = 1.0e-9
    smallest_mass: Kilogram = 1.0e-15
    smallest_volume: CubicMetre = 1.0e-15
    smallest_amount: Mol = 1.0e-15
    smallest_capacity: JoulePerKelvin = 1.0e-6
    smallest_pressure: Pascal = 1.0e-3
    smallest_ice: Kilogram = 1.0e-3
    """Guards of fractions; a coil with less ice than the last has a lesser vapour pressure."""


class Readings(NamedTuple):
    """What the gauges and thermocouples see, and what nobody sees during the run."""

    chamber_pressure: Pascal
    """Capacitance gauge: true pressure."""
    pirani_pressure: Pascal
    """Thermal gauge set for nitrogen: reads ``pirani_ratio`` too much in water vapour."""
    condenser_pressure: Pascal
    shelf_temperature: Kelvin
    coil_temperature: Kelvin
    coil_ice: Kilogram
    centre_product: Kelvin
    edge_product: Kelvin
    corner_product: Kelvin
    """Thermocouples at the bottom of one vial of each class."""
    sublimation_temperature: Kelvin
    bottom_temperature: Kelvin
    """Of a centre vial by Pikal's balance."""
    vapour_flow: KilogramPerSecond
    """Sublimation of all vials."""
    capability: KilogramPerSecond
    """What the duct could carry at this pressure."""
    bleed: MolPerSecond
    centre_dried: Number
    edge_dried: Number
    corner_dried: Number
    frozen: Number
    """Ice over ice and liquid, all vials; 0 when a millionth of the water is left."""
    moisture: Number
    """Water over solids, all vials, kg/kg."""
    wettest: Number
    """The same, of the wettest class."""
    collapsed: Number
    melted: Number
    """Fractions of the batch's water."""
    flawed: Number
    """The two together, of the vials that inspection would pass: what it leaves in the lot."""
    vapour_fraction: Number
    """Mole fraction of water in the chamber."""
    gauge_ratio: Number
    """Pirani over capacitance gauge."""
    stopper: Number
    shelf_outlet: Kelvin
    """Of the shelf fluid, after what the vials took."""
    shelf_heat: Watt
    """From the shelf fluid to the vials."""
    leak_rate: PascalCubicMetrePerSecond
    """Gas that comes in by itself: what a rise test finds."""
    headspace_pressure: Pascal
    reconstitution: Second
    """Of an average vial."""
    accepted_share: Number
    """Part of the vials that inspection would pass if the batch were unloaded now: whole cakes, stoppers home."""
    rejected_share: Number
    accepted: Number
    rejected: Number
    raised: Number
    """Part of the stoppers that sit high when they come to the capper."""
    unloaded: Number
    """Accepted vials that can be taken to the capper: all, once the chamber is at the atmosphere."""
    drawable: CubicMetre
    """What a thief can draw from in the chamber, as it was filled: nothing once the batch can be taken out."""
    protein_dried: Kilogram
    """In the accepted vials."""
    residual_water: CubicMetre
    rejected_water: CubicMetre
    sublimed_water: CubicMetre
    sampled_water: CubicMetre
    solids_volume: CubicMetre
    """Volume received = residual + rejected + sublimed + sampled + what the solids took in solution."""
    sampled: Number
    """Vials."""
    sampled_share: Number
    """Part of what was loaded; the three shares add up to 1."""
    residual_heat: Joule
    """Of the residual water, above 273.15 K."""


class Start(NamedTuple):
    """How the dryer begins: loaded with liquid vials at atmospheric pressure; ``frozen`` 1 begins with ice."""

    temperature: Kelvin = 293.15
    shelf_temperature: Kelvin = 293.15
    coil_temperature: Kelvin = 293.15
    pressure: Pascal = 101325.0
    frozen: Number = 0.0
    """Fraction of the freezable water."""
    dried: Number = 0.0
    """Fraction of the freezable water already gone."""
    vials: Number = 398.0
    fill: CubicMetre = 2.0e-6
    protein: KilogramPerCubicMetre = 0.0
    excipient: KilogramPerCubicMetre = 50.0
    """The load: LyoPRONTO's standard case [R], 2 mL of 5 % solids."""
