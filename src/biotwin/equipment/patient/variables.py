"""What the patient is told: state, inputs, constants, readings, start."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    CubicMetre,
    CubicMetrePerSecond,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerSecond,
    KilogramSecondPerCubicMetre,
    Number,
    PerSecond,
)

LITRE_PER_DAY = 1.0e-3 / 86400.0


class State(NamedTuple):
    """Protein in the body, and accounts of what came and went."""

    depot: Kilogram
    """Under the skin or beside the vein, not yet in the blood."""
    central: Kilogram
    """In serum and what mixes with it at once."""
    peripheral: Kilogram
    """In the fluid of the tissues."""
    eliminated: Kilogram
    supplied: Kilogram
    """All protein given since birth of the instance."""
    active_depot: Kilogram
    active_central: Kilogram
    active_peripheral: Kilogram
    active_eliminated: Kilogram
    active_supplied: Kilogram
    aggregates_supplied: Kilogram
    """Aggregated protein given: an account of the risk of immunogenicity, with no effect here."""
    auc: KilogramSecondPerCubicMetre
    """Integral of the serum concentration."""
    active_auc: KilogramSecondPerCubicMetre
    sampled: Kilogram
    active_sampled: Kilogram
    """Taken with blood."""
    reaction_hazard: Number
    """Of an infusion reaction, gathered over the patients whom this one stands for."""


class Inputs(NamedTuple):
    """What is given, of which lot; every malfunction is 0 in health."""

    infusion_rate: KilogramPerSecond = 0.0
    """Protein that the infusion pump delivers, kg/s, >= 0."""
    subcutaneous_rate: KilogramPerSecond = 0.0
    """Protein injected under the skin, kg/s, >= 0."""
    active_fraction: Number = 1.0
    """Potency of the content at the bedside, 0..1: wire it to the shipper's ``potency``."""
    aggregate_fraction: Number = 0.0
    """Aggregates in the content, 0..1: wire it to the shipper's ``aggregate_fraction``."""
    sample_flow: CubicMetrePerSecond = 0.0
    """Serum that is drawn for assays."""
    antibodies: Number = 0.0
    """Malfunction, 0..1: antibodies of the patient against the drug, part of their full effect on clearance."""
    extravasation: Number = 0.0
    """Malfunction, 0..1: part of the infusion that runs beside the vein."""
    protein_loss: Number = 0.0
    """Malfunction, 0..1: loss of plasma proteins through gut or kidney, part of ``protein_loss_clearance``."""


class Parameters(NamedTuple):
    """Constants of one patient. Population values of a therapeutic IgG1 are recalled and to be verified."""

    body_weight: Kilogram = 70.0
    """> 0. The reference adult."""
    reference_weight: Kilogram = 70.0
    """Weight to which the population values belong."""
    clearance: CubicMetrePerSecond = 0.22 * LITRE_PER_DAY
    """Linear, by catabolism: 0.2 to 0.3 L/day for IgG1 and 70 kg (Dirks and Meibohm 2010, Betts 2018; recalled)."""
    central_volume: CubicMetre = 3.0e-3
    """2.7 to 3.3 L, about the plasma (Dirks and Meibohm 2010; recalled, verify)."""
    peripheral_volume: CubicMetre = 2.7e-3
    """2 to 3 L (bevacizumab 2.8 L by k12/k21, Lu 2008; recalled, verify)."""
    distribution_clearance: CubicMetrePerSecond = 0.6 * LITRE_PER_DAY
    """0.4 to 0.8 L/day between serum and tissue (bevacizumab 0.6, Lu 2008; recalled, verify)."""
    clearance_exponent: Number = 0.6
    """Of body weight on both clearances: 0.589 for bevacizumab (Lu 2008; recalled, verify)."""
    volume_exponent: Number = 0.5
    """Of body weight on both volumes: 0.470 for bevacizumab (Lu 2008; recalled, verify)."""
    clearance_factor: Number = 1.0
    """This patient over the typical one, exp(eta): log-normal, sd of eta 0.25 to 0.3 (recalled)."""
    volume_factor: Number = 1.0
    """The same for the central volume: sd of eta 0.12 to 0.20 (recalled)."""
    peripheral_factor: Number = 1.0
    """The same for the peripheral volume: sd of eta 0.2 to 0.4 (recalled)."""
    target_capacity: KilogramPerSecond = 0.0
    """Largest elimination through the target, kg/s. 0: no target, the default; else 1 to 10 mg/day (recalled)."""
    target_half: KilogramPerCubicMetre = 1.0e-3
    """Serum concentration of half that elimination, > 0: 1 mg/L, published are 0.1 to 10 mg/L (recalled)."""
    absorption: PerSecond = 0.25 / 86400.0
    """Of the depot, through the lymph: 0.2 to 0.3 1/day (Dirks and Meibohm 2010; recalled, verify)."""
    bioavailability: Number = 0.65
    """Part of the depot that reaches the blood, 0.5 to 0.8 (Dirks and Meibohm 2010; recalled, verify)."""
    antibody_effect: Number = 3.0
    """Full antibodies multiply the linear clearance by 1 + this. Teaching value: adalimumab and infliximab lose most of
    their trough (recalled)."""
    protein_loss_clearance: CubicMetrePerSecond = 0.6 * LITRE_PER_DAY
    """Added at full loss. Teaching value: IgG then has a half-life of about a week (recalled)."""
    reaction_rate: KilogramPerSecond = 4.2e-4 / 5400.0
    """Infusion at which ``reaction_dose`` holds: 420 mg in 90 min."""
    reaction_dose: Kilogram = 2.6e-3
    """Protein that carries a hazard of 1 at that rate: 15 % for 420 mg. Teaching value: first infusions of antibodies
    react in 5 to 40 % of people, of any grade, more the faster they run (labels, recalled)."""
    antibody_hazard: Number = 0.03
    """Of antibodies against a drug without aggregates: 1 to 10 % for humanised ones (labels, recalled)."""
    aggregate_dose: Kilogram = 2.0e-4
    """Aggregates that add a hazard of 1. Teaching value: the sign is known, the size is not."""
    risk_factor: Number = 3.0
    """Both hazards may be this many times smaller or larger: nobody knows them better (teaching value)."""


class Readings(NamedTuple):
    """What an assay of serum would find, and what is known only here."""

    serum_concentration: KilogramPerCubicMetre
    """Of the protein, active or not: what a total assay finds."""
    active_concentration: KilogramPerCubicMetre
    """What can bind the target."""
    tissue_concentration: KilogramPerCubicMetre
    auc: KilogramSecondPerCubicMetre
    active_auc: KilogramSecondPerCubicMetre
    clearance: CubicMetrePerSecond
    """Acting now, all routes."""
    in_body: Kilogram
    eliminated: Kilogram
    dose_given: Kilogram
    active_dose_given: Kilogram
    aggregates_given: Kilogram
    reaction_risk: Number
    reaction_risk_low: Number
    reaction_risk_high: Number
    """Part of such patients who would react to such an infusion, and its bounds: never this patient's fate."""
    immunogenicity_risk: Number
    immunogenicity_risk_low: Number
    immunogenicity_risk_high: Number
    """Part of such patients who would form antibodies, and its bounds."""


class Start(NamedTuple):
    """How the patient begins: by default never treated; else at rest with this concentration, active."""

    serum_concentration: KilogramPerCubicMetre = 0.0
