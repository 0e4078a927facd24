"""Names of the seed train: what it remembers, what reaches it, what it is made of, and what can be read on it."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    Cells,
    CellsPerCubicMetre,
    CellsPerMol,
    CubicMetre,
    CubicMetrePerSecond,
    Deviate,
    FaradPerMetre,
    FaradSquareMetre,
    Joule,
    JoulePerKilogramKelvin,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    Mol,
    MolPerCell,
    MolPerCellSecond,
    MolPerCubicMetre,
    MolPerCubicMetrePascal,
    MolPerCubicMetreSecond,
    Number,
    Pascal,
    PerSecond,
    Second,
)


class State(NamedTuple):
    """The culture in its present vessel, its memory, the climate around it, then accounts that only grow."""

    stage: Number
    """Vessel in use: 0 the frozen vial, 1 to 3 shaken flasks, 4 and 5 rocking bags, 6 the N-1 bioreactor."""
    volume: CubicMetre
    viable_cells: Cells
    dead_cells: Cells
    glucose: Mol
    glutamine: Mol
    lactate: Mol
    ammonia: Mol
    adaptation: Number
    """0 just thawed .. 1: growth is that much of what medium and climate allow (lag)."""
    stress: Number
    """0 .. 1: how much want (of food, of oxygen, of room for its acids) the culture has felt of late."""
    bacteria: Cells
    mycoplasma: Number
    """Load, 0 clean .. 1."""
    age: Second
    """Time since the culture came into this vessel."""
    doublings: Number
    """Population doublings since the vial."""
    temperature: Kelvin
    """Of the incubator or the vessel's heating plate, and of the culture in it."""
    carbon_dioxide: Number
    """Fraction in the gas over the culture."""
    medium_used: CubicMetre
    grown_cells: Cells
    """All that were ever born here."""
    died_cells: Cells
    lysed_cells: Cells
    discarded_volume: CubicMetre
    discarded_viable: Cells
    discarded_dead: Cells
    """Left behind at passages."""
    sampled_volume: CubicMetre
    sampled_viable: Cells
    sampled_dead: Cells
    transferred_volume: CubicMetre
    transferred_viable: Cells
    transferred_dead: Cells
    transferred_bacteria: Cells
    transferred_heat: Joule
    """Above 0 degC. Pumped to the production bioreactor."""
    banked_volume: CubicMetre
    banked_viable: Cells
    banked_dead: Cells
    """Culture that was spun down and frozen: a cell bank."""
    bank_vials: Number
    bank_survivors: Cells
    """Of the living cells frozen into its vials, those that will live after thawing."""
    bank_doublings: Number
    """Sum over its vials of the population doublings at freezing."""


class Inputs(NamedTuple):
    """What is done to the culture; every malfunction is 0 in health."""

    passage: Number = 0.0
    """1: move on to the next vessel now, once the culture has been in this one for ``least_stay``."""
    vessel: Number = 0.0
    """The least vessel in which the culture must be: the recipe moves it on by this."""
    seeding: CellsPerCubicMetre = 4.0e11
    """Viable density wanted after a passage: 0.3 to 0.6e6 per mL (upstream.md 2.G)."""
    heating: Number = 0.425
    """Fraction of the heater's power, 0..1; the default holds 37 degC in a room at 20 degC."""
    overlay_carbon_dioxide: Number = 0.4
    """Opening of the gas valve, 0..1; the default holds 8 %."""
    stirrer_speed: PerSecond = 0.5
    """Shaking, rocking, stirring, in turns per second of one drive; the default is the nominal rate."""
    harvest_flow: CubicMetrePerSecond = 0.0
    banking: Number = 0.0
    """1: what is pumped out is frozen into the vials of a cell bank, and does not go to production."""
    sample_flow: CubicMetrePerSecond = 0.0
    room_temperature: Kelvin = 293.15
    deviate: Deviate = 0.0
    """Chance of the passage: beyond ``luck`` something comes in."""
    thaw_slow: Number = 0.0
    """Malfunction, 0..1: vial left to thaw in the air, cells standing in their cryoprotectant."""
    miscount: Number = 0.0
    """Malfunction, 0..1: count above the truth, as a part of it."""
    heater_loss: Number = 0.0
    """Malfunction, 0..1: part of the heating that is missing."""
    gas_loss: Number = 0.0
    """Malfunction, 0..1: part of the carbon dioxide supply that is missing."""
    agitation_loss: Number = 0.0
    """Malfunction, 0..1: part of the movement that the vessel does not make."""
    asepsis_loss: Number = 0.0
    """Malfunction, 0..1: how far the luck of a manipulation is gone; at 1 every second one brings something in."""
    medium_spoiling: Number = 0.0
    """Malfunction, 0..1: part of the medium's glutamine that has decayed in store."""
    contamination_rate: PerSecond = 0.0
    """Malfunction: bacteria that get in each second."""
    mycoplasma_rate: PerSecond = 0.0
    """Malfunction: mycoplasma load that gets in each second."""


class Parameters(NamedTuple):
    """Constants of one train. Defaults: six vessels from 30 mL to 300 L, steps of 6 to 7 (upstream.md 2.G: 30 mL,
    150 mL, 0.8 L, 10 L, 80 L, 500 L for a larger plant)."""

    vessel_volume: CubicMetre = 0.3
    """Of the N-1 bioreactor: what mab-usp-2000l takes in."""
    vial_volume: CubicMetre = 1.0e-6
    """A vial of 1 mL (upstream.md 2.G)."""
    volume_1: CubicMetre = 3.0e-5
    volume_2: CubicMetre = 2.0e-4
    volume_3: CubicMetre = 1.2e-3
    volume_4: CubicMetre = 8.0e-3
    volume_5: CubicMetre = 5.0e-2
    least_filling: Number = 0.4
    """Part of its volume that a vessel must hold to shake, rock or stir. Teaching value."""
    transfer_flask: PerSecond = 15.0 / 3600.0
    """kLa of shaken flasks at their nominal rate: 10 to 40 1/h (recalled)."""
    transfer_bag: PerSecond = 9.0 / 3600.0
    """kLa of rocking bags: 3 to 15 1/h (recalled); it caps the density at some 5e6 per mL."""
    transfer_tank: PerSecond = 12.0 / 3600.0
    """kLa of the N-1 bioreactor at its sparge. Teaching value."""
    still_transfer: Number = 0.05
    """Part of kLa that a standing vessel keeps. Teaching value."""
    nominal_speed: PerSecond = 0.5
    """At which the coefficients of transfer are stated. Teaching value: 30 rpm."""
    headspace_ratio: Number = 0.25
    tare_mass: Kilogram = 0.0
    density: KilogramPerCubicMetre = 1005.0
    """Of a culture, recalled."""
    heat_capacity: JoulePerKilogramKelvin = 4180.0
    ice_point: Kelvin = 273.15
    impellers: Number = 1.0
    impeller_ratio: Number = 0.4
    """Drawn, not computed with."""
    least_stay: Second = 3600.0
    """A vessel that was just filled is not moved on. Teaching value."""
    thaw_survival: Number = 0.93
    """Viable cells that survive a quick thaw in a water bath: over 0.9 is usual (recalled)."""
    slow_thaw_loss: Number = 0.5
    """Of these, lost by the slowest thaw. Teaching value."""
    vial_cells: Cells = 2.0e7
    """Viable cells frozen into a vial of 1 mL (upstream.md 2.G)."""
    bank_recovery: Number = 0.9
    """Cells, living or dead, that spinning down, washing and filling keep. Teaching value."""
    freeze_survival: Number = 0.95
    """Of well-fed growing cells, those that live after a rate-controlled freezing and a quick thaw: 90 to 95 % is what
    banks are released with (recalled)."""
    weak_freeze_loss: Number = 0.6
    """Of these, lost by cells frozen in full want: banks are frozen in exponential growth. Teaching value."""
    lag: Second = 18.0 * 3600.0
    """12 to 24 h after the cryoprotectant is gone ([D] in upstream.md 2.G), middle."""
    passage_setback: Number = 0.1
    """Adaptation lost by any passage. Teaching value: an hour or two."""
    overgrown_setback: Number = 0.9
    """The same by a culture in full want: late passage, lag next. Teaching value."""
    harmless_want: Number = 0.25
    """Want that every dense culture knows, and that harms none. Teaching value."""
    death_weakened: Number = 12.0
    """Death rates of a culture in full want, 4 % per hour, before and after its passage. Teaching value."""
    stress_memory: Second = 12.0 * 3600.0
    """Teaching value: a night without food is felt."""
    luck: Number = 3.3
    """Standard deviations beyond which a passage brings bacteria in: 5 in 10,000 aseptic manipulations. Teaching
    value, the order of process simulations (media fills)."""
    invaders: Cells = 1.0e3
    """Bacteria of such a bad turn. Teaching value."""
    growth_maximum: PerSecond = 0.036 / 3600.0
    glucose_half: MolPerCubicMetre = 1.0
    glutamine_half: MolPerCubicMetre = 0.047
    lactate_inhibition: MolPerCubicMetre = 120.0
    ammonia_inhibition: MolPerCubicMetre = 25.0
    death_rate: PerSecond = 0.0035 / 3600.0
    death_lactate_half: MolPerCubicMetre = 45.8
    death_ammonia_half: MolPerCubicMetre = 6.51
    cells_per_glucose: CellsPerMol = 0.55e12
    cells_per_glutamine: CellsPerMol = 2.5e12
    lactate_yield: Number = 0.70
    ammonia_yield: Number = 0.67
    ammonia_uptake: MolPerCellSecond = 6.3e-15 / 3600.0
    ammonia_uptake_half: MolPerCubicMetre = 1.0
    glucose_maintenance: MolPerCellSecond = 22.0e-15 / 3600.0
    glutamine_maintenance: MolPerCellSecond = 0.6e-15 / 3600.0
    glutamine_maintenance_half: MolPerCubicMetre = 2.1
    """From ``growth_maximum`` on: the law of Xing 2010 and of Kornecki and Strube 2018 (upstream.md 2.A2 [V]) with the
    set "modern" of kinetics/composite ([P] where it differs): the same cells as in the production bioreactor."""
    maintenance_half: MolPerCubicMetre = 0.15
    death_base: Number = 0.15
    death_toxic: Number = 4.0
    death_anoxic: Number = 2.0
    """This and the three before: upstream.md 2.A3 [P], as in kinetics/composite."""
    death_starved: Number = 6.0
    """Starving cells die at this many death rates, 2 % per hour, fewer with the square of their want. Teaching value:
    half of them within a day or two."""
    death_hot: Number = 4.0
    """Per square kelvin above 37.5 degC. Teaching value, as in kinetics/composite."""
    lysis: PerSecond = 0.01 / 3600.0
    """Of dead cells (upstream.md 2.A1)."""
    glutamine_decay: PerSecond = 2.2e-3 / 3600.0
    """As in kinetics/composite [P]; Xing 2010 has 7.2e-3 1/h."""
    oxygen: MolPerCellSecond = 3.2e-13 / 3600.0
    """7.7 pmol per cell and day (Xing 2010, upstream.md 2.A2)."""
    oxygen_half: MolPerCubicMetre = 0.006
    oxygen_solubility: MolPerCubicMetrePascal = 1.07e-5
    carbon_dioxide_solubility: MolPerCubicMetrePascal = 2.563e-4
    """Both at 37 degC: NIST as BioSTEAM carries them (upstream.md 3, test 11)."""
    carbon_dioxide_ratio: Number = 0.89
    """kLa of CO2 over kLa of O2 (upstream.md 2.B)."""
    dry_pressure: Pascal = 101325.0 - 6280.0
    air_oxygen: Number = 0.2095
    temperature_optimum: Kelvin = 310.15
    temperature_width: Kelvin = 5.2
    heat_limit: Kelvin = 310.65
    heat_width: Kelvin = 1.0
    ph_optimum: Number = 7.05
    ph_width: Number = 0.35
    """From ``temperature_optimum`` on: upstream.md 2.A3 [P], as in kinetics/composite."""
    carbonic_pk: Number = 6.10
    buffer_capacity: MolPerCubicMetre = 8.0
    neutral_ph: Number = 7.0
    """As in properties/buffers."""
    medium_glucose: MolPerCubicMetre = 35.0
    medium_glutamine: MolPerCubicMetre = 6.0
    """Basal medium of mab-usp-2000l."""
    medium_ions: MolPerCubicMetre = 22.0
    """Strong ions: pH 7.1 under 8 % of carbon dioxide. Teaching value, bicarbonate of a usual seed medium."""
    bacterial_growth: PerSecond = 1.5 / 3600.0
    """1 to 2 1/h ([D] in upstream.md 2.G), middle."""
    bacterial_oxygen: MolPerCell = 4.5e-15
    bacterial_glucose: MolPerCell = 3.3e-15
    """Per new bacterium, as in kinetics/contaminants."""
    mycoplasma_growth: PerSecond = 0.0866 / 3600.0
    """Doubling in 8 h, as in kinetics/contaminants."""
    mycoplasma_slowing: Number = 0.35
    """Growth lost at full load: 20 to 40 % ([D] in upstream.md 2.G)."""
    productivity_loss: Number = 0.004
    """Specific productivity lost per population doubling: qP (1 - d)^PDL ([D] in upstream.md 2.G); at the limit of 60
    doublings a fifth. Teaching value."""
    heater_rise: Kelvin = 40.0
    """Above the room at full heating. Teaching value."""
    heating_time: Second = 3600.0
    gas_rise: Number = 0.2
    """Fraction of carbon dioxide at a full valve. Teaching value."""
    gas_time: Second = 600.0
    """Teaching values: an incubator comes back within minutes (gas) and an hour (heat)."""
    turbidity_of_a_cell: CubicMetre = 2.0e-11
    """NTU per cell and cubic metre, as the production vessel's. Teaching value."""
    permittivity_of_a_cell: FaradSquareMetre = 0.6e-22
    """0.6 pF/cm per 1e6 cells/mL (recalled; 0.4 to 1 for CHO), as the production vessel's."""
    first_probed: Number = 4.0
    """From this vessel on a capacitance probe and an oxygen spot are in the culture."""
    smallest_vials: Number = 1.0e-6
    smallest_volume: CubicMetre = 1.0e-12
    smallest_amount: Mol = 1.0e-15
    """Under fractions, so that an empty vessel has concentrations of zero."""


class Readings(NamedTuple):
    """What can be seen, measured or counted; true values."""

    stage: Number
    temperature: Kelvin
    carbon_dioxide: Number
    liquid_volume: CubicMetre
    weight: Kilogram
    viable_density: CellsPerCubicMetre
    dead_density: CellsPerCubicMetre
    counted_density: CellsPerCubicMetre
    """What the people at the bench believe: with their own error of counting."""
    viability: Number
    glucose: MolPerCubicMetre
    glutamine: MolPerCubicMetre
    lactate: MolPerCubicMetre
    ammonia: MolPerCubicMetre
    ph: Number
    dissolved_oxygen: Number
    """Fraction of air saturation."""
    probed_oxygen: Number
    """The same where a probe is, else air saturation."""
    permittivity: FaradPerMetre
    """Of the capacitance probe; 0 in flasks, which have none."""
    growth_rate: PerSecond
    oxygen_uptake: MolPerCubicMetreSecond
    adaptation: Number
    stress: Number
    age: Second
    passages: Number
    doublings: Number
    productivity: Number
    """Specific productivity relative to the cell bank's, never measured here."""
    bacteria_density: CellsPerCubicMetre
    mycoplasma_load: Number
    turbidity: Number
    medium_used: CubicMetre
    viable_cells: Cells
    dead_cells: Cells
    bacteria: Cells
    cells_grown: Cells
    cells_died: Cells
    cells_lysed: Cells
    discarded_volume: CubicMetre
    discarded_viable: Cells
    discarded_dead: Cells
    sampled_volume: CubicMetre
    sampled_viable: Cells
    sampled_dead: Cells
    transferred_volume: CubicMetre
    transferred_viable: Cells
    transferred_dead: Cells
    transferred_bacteria: Cells
    transferred_heat: Joule
    banked_volume: CubicMetre
    banked_viable: Cells
    banked_dead: Cells
    bank_vials: Number
    bank_viability: Number
    """What a vial of the bank will show when it is thawed, living cells over all; 0 where there is none."""
    bank_doublings: Number
    """Population doublings of its cells at freezing: the age of every lot that begins from it."""
    transferred_density: CellsPerCubicMetre
    """Viable cells per volume of what went to the production bioreactor."""
    transferred_viability: Number


class Start(NamedTuple):
    """How it begins: a frozen vial of the cell bank; with ``stage`` > 0 in that vessel, in fresh medium."""

    stage: Number = 0.0
    volume: CubicMetre = 1.0e-6
    viable_cells: Cells = 2.0e7
    """20e6 in 1 mL (upstream.md 2.G)."""
    dead_cells: Cells = 1.0e6
    """Teaching value: banked at 95 %."""
    bacteria: Cells = 0.0
    mycoplasma: Number = 0.0
    doublings: Number = 0.0
    adaptation: Number = 0.0
    glucose: MolPerCubicMetre = 35.0
    glutamine: MolPerCubicMetre = 6.0
    temperature: Kelvin = 310.15
    carbon_dioxide: Number = 0.08
