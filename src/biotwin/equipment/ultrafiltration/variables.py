"""What the skid remembers, what reaches it, what it is made of, and what can be read on it."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    CubicMetre,
    CubicMetrePerKilogram,
    CubicMetrePerSecond,
    Joule,
    JoulePerCubicMetreKelvin,
    Kelvin,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerMol,
    MetrePerSecond,
    MetrePerSecondPascal,
    Mol,
    MolPerCubicMetre,
    Number,
    Pascal,
    PerSecond,
    Second,
    SiemensPerMetre,
    SiemensSquareMetrePerMol,
    SquareMetre,
)


class State(NamedTuple):
    """Amounts in tank and loop; ``leg_*`` in the dead leg; ``*_supplied`` are accounts: came in less left."""

    volume: CubicMetre
    """Tank and recirculation loop, the dead leg left out."""
    product: Kilogram
    """Monomer."""
    aggregates: Kilogram
    salt: Mol
    """Mobile monovalent cations other than the buffer's; the anions follow from electroneutrality."""
    acid: Mol
    """The buffer's cationic (protonated) form."""
    base: Mol
    """The buffer's neutral form."""
    excipient: Mol
    """One neutral small solute."""
    leg_product: Kilogram
    leg_aggregates: Kilogram
    leg_salt: Mol
    leg_acid: Mol
    leg_base: Mol
    leg_excipient: Mol
    foam: CubicMetre
    permeate_volume: CubicMetre
    """What the permeate totaliser shows."""
    product_lost: Kilogram
    """Protein in the permeate."""
    aggregates_lost: Kilogram
    """Part of it."""
    damaged: Kilogram
    """Monomer that became aggregates."""
    loaded: Kilogram
    """Protein that came with the load."""
    loaded_salt: Mol
    """The same of salt."""
    recovered_volume: CubicMetre
    """In the product bag, with the six contents that follow."""
    recovered_product: Kilogram
    recovered_aggregates: Kilogram
    recovered_salt: Mol
    recovered_acid: Mol
    recovered_base: Mol
    recovered_excipient: Mol
    drained_product: Kilogram
    """Sent to the drain."""
    drained_aggregates: Kilogram
    sampled_product: Kilogram
    sampled_aggregates: Kilogram
    water_supplied: CubicMetre
    protein_supplied: Kilogram
    salt_supplied: Mol
    acid_supplied: Mol
    base_supplied: Mol
    excipient_supplied: Mol


class Inputs(NamedTuple):
    """Pumps, valve, liquids that come; every malfunction is 0 in health."""

    feed_flow: CubicMetrePerSecond = 0.0
    """What the feed pump delivers to the membrane, m3/s, >= 0."""
    retentate_opening: Number = 0.0
    """Of the retentate control valve, 0..1: a loop on TMP moves it."""
    permeate_pressure: Pascal = 0.0
    """Gauge pressure that the permeate line imposes."""
    temperature: Kelvin = 293.15
    """Of the retentate."""
    buffer_flow: CubicMetrePerSecond = 0.0
    """Diafiltration buffer into the tank."""
    buffer_salt: MolPerCubicMetre = 0.0
    buffer_acid: MolPerCubicMetre = 0.0
    buffer_base: MolPerCubicMetre = 0.0
    buffer_excipient: MolPerCubicMetre = 0.0
    load_flow: CubicMetrePerSecond = 0.0
    """Product pool (or a spike) into the tank."""
    load_product: KilogramPerCubicMetre = 0.0
    load_aggregates: KilogramPerCubicMetre = 0.0
    load_salt: MolPerCubicMetre = 0.0
    load_acid: MolPerCubicMetre = 0.0
    load_base: MolPerCubicMetre = 0.0
    load_excipient: MolPerCubicMetre = 0.0
    withdrawal_flow: CubicMetrePerSecond = 0.0
    """Retentate asked from the tank."""
    diversion: Number = 0.0
    """Where it goes: 0 product bag, 1 drain."""
    sample_flow: CubicMetrePerSecond = 0.0
    """Retentate drawn at the sample port."""
    pump_slip: Number = 0.0
    """0..1: how much of the feed pump's flow is lost."""
    fouling: Number = 0.0
    """0..1: how much of the membrane's permeability is lost."""
    breach: Number = 0.0
    """0..1: share of the permeate that passes through a defect, unfiltered."""
    wrong_buffer: Number = 0.0
    """0..1: how much of the diafiltration buffer is the parameters' ``wrong_*``."""
    air: Number = 0.0
    """0..1: gas drawn in at the pump's suction, share of full gassing."""
    leg_unflushed: Number = 0.0
    """0..1: how much of the dead leg's exchange with the loop is lost."""
    permeate_throttled: Number = 0.0
    """0..1: how far the permeate's back pressure rises to the mean of the module."""


class Parameters(NamedTuple):
    """Constants of one skid. The defaults are those of 1 m2 of a 30 kDa cellulose cassette and a basic antibody."""

    area: SquareMetre = 1.0
    permeability: MetrePerSecondPascal = 2.8e-10
    """Of clean membrane to water at 20 degC: 100 L/m2/h/bar. Teaching value: order of 30 kDa cellulose (recalled)."""
    reference_flow: CubicMetrePerSecond = 8.333e-5
    """Feed flow at which the drops below hold: 300 L/m2/h, usual for cassettes (recalled)."""
    channel_drop: Pascal = 4.0e4
    """Along the channel with water at the reference flow. Teaching value: cassettes give 0.3 to 0.8 bar."""
    valve_drop: Pascal = 5.0e3
    """Over the fully open retentate valve at the reference flow. Teaching value: a line-size valve."""
    valve_leakage: Number = 0.01
    """Opening that a closed valve still has. Teaching value: keeps a dead-ended module finite."""
    relief_pressure: Pascal = 4.0e5
    """The pump's relief valve sends back to the tank what would exceed it. Teaching value: usual cassette limit."""
    hold_up: CubicMetre = 5.0e-4
    """Loop below the tank: it is neither weighed nor recovered. Teaching value: some 0.5 L for 1 m2."""
    vortex_volume: CubicMetre = 5.0e-4
    """Tank volume under which the suction draws air. Teaching value: a conical 50 L tank."""
    drain_time: Second = 240.0
    """Nothing empties faster than this, s. Four ways out (permeate, withdrawal, leg, damage), each at most a quarter
    of the content in the plant's longest tick, 60 s: amounts stay positive."""
    product_sieving: Number = 0.001
    """Of the protein, permeate over retentate: retention 0.999 (downstream.md 6.5, test 41)."""
    excipient_partition: Number = 1.0
    """Of the excipient into the membrane: 1 passes freely. The lactose case has 1.3 (diafiltration-project)."""
    excipient_transfer: MetrePerSecond = 1.6e-5
    """Intrinsic mass transfer of the excipient in the membrane, m/s (diafiltration-project, its k_M,L)."""
    molar_mass: KilogramPerMol = 145.0
    """Of the product. Usual IgG1, 145 to 150 (recalled)."""
    charge: Number = 20.0
    """Net charges of a molecule. Teaching value: basic antibody at pH 6 (downstream.md 3.5 takes +20)."""
    specific_volume: CubicMetrePerKilogram = 0.73e-3
    """Partial, of the protein (downstream.md 3.5, 0.73 mL/g, recalled)."""
    least_ratio: Number = 0.1
    """Smallest ratio of co-ions that is solved. Teaching value: below it pH and proton balance take over."""
    least_free: Number = 0.3
    """Smallest free volume that is solved. Teaching value: 960 g/L of protein, beyond any use."""
    intrinsic_viscosity: CubicMetrePerKilogram = 6.3e-3
    """Ross-Minton, 6.3 mL/g (downstream.md 3.5 [A]; a measured antibody has 5.94 [P])."""
    crowding: Number = 0.45
    """Ross-Minton k/nu (downstream.md 3.5)."""
    least_crowded: Number = 0.15
    """Smallest Ross-Minton denominator. Teaching value: 300 g/L, where the relief valve has long opened."""
    densest: KilogramPerCubicMetre = 1370.0
    """Of dry protein, 1 / 0.73 mL/g: no solution is taken as more concentrated."""
    viscosity_temperature: Kelvin = 3000.0
    """Activation energy of viscosity over R: 25 kJ/mol, lower end of 25 to 45 (downstream.md 3.5, recalled)."""
    reference_temperature: Kelvin = 293.15
    """Of permeability and drops."""
    acidity_constant: Number = 6.0
    """pK of the buffer: imidazole of histidine (recalled)."""
    molar_conductivity: SiemensSquareMetrePerMol = 0.011
    """Of the salt: NaCl near 0.1 mol/L, 107e-4 S m2/mol (recalled)."""
    pass_damage: Number = 2.0e-7
    """Monomer aggregated per pump pass, no air. Teaching value: 1e-4 in 500 passes, hardly seen."""
    air_damage: Number = 5.0e-4
    """The same at full gassing. Teaching value: some percent in an hour, which SEC and turbidity show."""
    air_loss: Number = 0.3
    """Feed flow lost at full gassing. Teaching value: diaphragm and lobe pumps cavitate."""
    foam_yield: Number = 0.02
    """Foam volume made per volume pumped at full gassing. Teaching value."""
    foam_life: Second = 600.0
    """Of foam without antifoam. Teaching value: protein foam stands for ten minutes."""
    leg_volume: CubicMetre = 5.0e-5
    """Sample line, drain stub. Teaching value: 50 mL, 10 % of the hold-up."""
    leg_time: Second = 240.0
    """Turnover of the leg when it is flushed. Teaching value; not below ``drain_time``, for the same reason."""
    leg_diffusion: Number = 0.01
    """Exchange that an unflushed leg keeps, fraction. Teaching value: it bleeds for hours."""
    wrong_salt: MolPerCubicMetre = 150.0
    """Of the wrong buffer. Teaching value: saline in place of a low-salt formulation buffer."""
    wrong_acid: MolPerCubicMetre = 2.0
    wrong_base: MolPerCubicMetre = 20.0
    """Teaching value: with ``wrong_acid`` pH 7.0 instead of 6.0."""
    wrong_excipient: MolPerCubicMetre = 0.0
    excipient_molar_mass: KilogramPerMol = 0.3423
    """Of sucrose (recalled)."""
    heat_capacity: JoulePerCubicMetreKelvin = 4.18e6
    """Of water, per volume (steam tables, recalled)."""
    vessel_volume: CubicMetre = 0.05
    """Retentate tank, brimful."""
    tare: Kilogram = 0.0
    density: KilogramPerCubicMetre = 1020.0
    """Of the retentate on the scale. Teaching value: some ten g/L of protein and buffer."""
    trace: KilogramPerCubicMetre = 1.0e-6
    """Protein below which quality reads zero."""
    trace_ions: MolPerCubicMetre = 1.0e-9
    """Added under a fraction: water without ions has ratio 1 and a pH."""
    trace_flow: CubicMetrePerSecond = 1.0e-15
    """Added under a share of flows."""
    least_pressure: Pascal = 1.0e3
    """Below it a permeability is not read."""
    least_load: Kilogram = 1.0e-6
    """Below it a yield is not read."""
    least_salt: Mol = 1.0e-6
    freezing: Kelvin = 273.15
    """Heat is counted from there."""
    trace_volume: CubicMetre = 1.0e-12
    """Added under a fraction: an empty tank has concentrations of zero and not NaN."""


class Readings(NamedTuple):
    """What stands on the skid; concentrations are per volume of retentate or permeate."""

    feed_pressure: Pascal
    retentate_pressure: Pascal
    permeate_pressure: Pascal
    transmembrane_pressure: Pascal
    channel_pressure_drop: Pascal
    crossflow: CubicMetrePerSecond
    """Through the channel: the pump's less what slips, starves or is relieved."""
    flux: MetrePerSecond
    permeate_flow: CubicMetrePerSecond
    permeate_conductivity: SiemensPerMetre
    permeate_volume: CubicMetre
    concentration: KilogramPerCubicMetre
    """Protein in the retentate, what UV sees."""
    permeate_concentration: KilogramPerCubicMetre
    """Protein in the permeate, what its UV sees."""
    ph: Number
    permeate_ph: Number
    conductivity: SiemensPerMetre
    viscosity: Number
    """Relative to water at the same temperature."""
    weight: Kilogram
    """Of the tank; the loop is not weighed."""
    liquid_volume: CubicMetre
    foam: CubicMetre
    aggregate_fraction: Number
    product_lost: Kilogram
    co_ion_ratio: Number
    """Donnan: co-ions in the retentate's free volume over those in the permeate."""
    shear_passes: PerSecond
    """Pump passes of the content per second."""
    withdrawn_flow: CubicMetrePerSecond
    product: KilogramPerCubicMetre
    aggregates: KilogramPerCubicMetre
    salt: MolPerCubicMetre
    acid: MolPerCubicMetre
    base: MolPerCubicMetre
    excipient: MolPerCubicMetre
    permeate_salt: MolPerCubicMetre
    permeate_acid: MolPerCubicMetre
    permeate_base: MolPerCubicMetre
    permeate_excipient: MolPerCubicMetre
    water_permeability: MetrePerSecondPascal
    """Flux over transmembrane pressure, at the reference temperature: with water or buffer, the membrane's own."""
    diavolumes: Number
    """Permeate over the present content."""
    held_monomer: Kilogram
    """In tank, loop and dead leg."""
    held_aggregates: Kilogram
    monomer_lost: Kilogram
    """In the permeate."""
    aggregates_lost: Kilogram
    damaged: Kilogram
    recovery: Number
    """Protein in the product bag over what was loaded."""
    salt_share: Number
    """Salt in the product bag over what was loaded: what is left of all that passes freely."""
    pool_volume: CubicMetre
    pool_weight: Kilogram
    titre: KilogramPerCubicMetre
    """Protein in the product bag."""
    pool_aggregate_fraction: Number
    pool_ph: Number
    pool_conductivity: SiemensPerMetre
    pool_salt: MolPerCubicMetre
    pool_histidine: MolPerCubicMetre
    pool_excipient: MolPerCubicMetre
    pool_heat: Joule
    """Above 273.15 K."""
    recovered_monomer: Kilogram
    recovered_aggregates: Kilogram
    recovered_salt: Mol
    recovered_buffer: Mol
    """Both its forms."""
    recovered_excipient: Kilogram
    drained_monomer: Kilogram
    drained_aggregates: Kilogram
    sampled_monomer: Kilogram
    sampled_aggregates: Kilogram


class Start(NamedTuple):
    """How the skid begins: a pool in tank and loop, the dead leg full of the same."""

    volume: CubicMetre = 0.02
    product: KilogramPerCubicMetre = 10.0
    aggregate_fraction: Number = 0.01
    salt: MolPerCubicMetre = 100.0
    acid: MolPerCubicMetre = 10.0
    base: MolPerCubicMetre = 10.0
    excipient: MolPerCubicMetre = 0.0
