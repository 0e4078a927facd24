"""A patient who receives a therapeutic IgG: two compartments, a depot, and one account of all that was given.

Ideas. (1) State holds masses of protein: doses add up and ``BALANCES`` are linear forms. (2) Active protein runs beside
all protein through the same compartments: a lot of low potency is seen in the active concentration, never in the
serum assay of the protein. (3) What misses the vein lies in a depot and is absorbed slowly, as after a subcutaneous
injection. (4) Patients differ by parameters, so that an ensemble draws them. Not modelled: FcRn and its saturation by
very large doses, growth of the target, fluids, and any effect: this is exposure, and no advice for a treatment.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import law, power
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

BALANCES: dict[str, dict[str, float]] = {
    "product": {"depot": 1.0, "central": 1.0, "peripheral": 1.0, "eliminated": 1.0, "supplied": -1.0},
    "active_product": {
        "active_depot": 1.0, "active_central": 1.0, "active_peripheral": 1.0, "active_eliminated": 1.0,
        "active_supplied": -1.0,
    },
}
"""Linear forms of the state that never change: what was given is in the body or was eliminated."""

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


class Start(NamedTuple):
    """How the patient begins: by default never treated; else at rest with this concentration, active."""

    serum_concentration: KilogramPerCubicMetre = 0.0


@law
def flow_scale(p: Parameters) -> Number:
    """Clearances of this body over those of the reference body."""
    return power(p.body_weight / p.reference_weight, p.clearance_exponent)


@law
def serum_volume(p: Parameters) -> CubicMetre:
    """Central volume of this patient."""
    return p.central_volume * p.volume_factor * power(p.body_weight / p.reference_weight, p.volume_exponent)


@law
def tissue_volume(p: Parameters) -> CubicMetre:
    """Peripheral volume of this patient."""
    return p.peripheral_volume * p.peripheral_factor * power(p.body_weight / p.reference_weight, p.volume_exponent)


@law
def total_clearance(concentration: KilogramPerCubicMetre, u: Inputs, p: Parameters) -> CubicMetrePerSecond:
    """Catabolism (raised by antibodies), the target (saturable) and lost plasma protein."""
    linear = p.clearance * p.clearance_factor * flow_scale(p) * (1.0 + p.antibody_effect * u.antibodies)
    return linear + p.target_capacity / (p.target_half + concentration) + p.protein_loss_clearance * u.protein_loss


@law
def equations(x: State, u: Inputs, p: Parameters) -> State:
    """Time derivatives of the state, per second."""
    serum, tissue = serum_volume(p), tissue_volume(p)
    concentration = x.central / serum
    out = total_clearance(concentration, u, p) / serum
    exchange = p.distribution_clearance * flow_scale(p)
    forth, back = exchange / serum, exchange / tissue
    beside = u.subcutaneous_rate + u.infusion_rate * u.extravasation
    given = u.infusion_rate * (1.0 - u.extravasation)
    active_beside, active_given = u.active_fraction * beside, u.active_fraction * given
    reaching, lost = p.absorption * p.bioavailability, p.absorption * (1.0 - p.bioavailability)
    moved = forth * x.central - back * x.peripheral
    active_moved = forth * x.active_central - back * x.active_peripheral
    return State(
        depot=beside - p.absorption * x.depot,
        central=given + reaching * x.depot - moved - out * x.central,
        peripheral=moved,
        eliminated=out * x.central + lost * x.depot,
        supplied=beside + given,
        active_depot=active_beside - p.absorption * x.active_depot,
        active_central=active_given + reaching * x.active_depot - active_moved - out * x.active_central,
        active_peripheral=active_moved,
        active_eliminated=out * x.active_central + lost * x.active_depot,
        active_supplied=active_beside + active_given,
        aggregates_supplied=u.aggregate_fraction * (beside + given),
        auc=concentration,
        active_auc=x.active_central / serum,
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Concentrations and accounts at this instant."""
    serum = serum_volume(p)
    concentration = x.central / serum
    return Readings(
        serum_concentration=concentration, active_concentration=x.active_central / serum,
        tissue_concentration=x.peripheral / tissue_volume(p), auc=x.auc, active_auc=x.active_auc,
        clearance=total_clearance(concentration, u, p), in_body=x.depot + x.central + x.peripheral,
        eliminated=x.eliminated, dose_given=x.supplied, active_dose_given=x.active_supplied,
        aggregates_given=x.aggregates_supplied,
    )


def initial(p: Parameters, start: Start) -> State:
    """Serum and tissue at the starting concentration; the accounts begin with what is there."""
    central, peripheral = start.serum_concentration * serum_volume(p), start.serum_concentration * tissue_volume(p)
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        central=central, peripheral=peripheral, supplied=central + peripheral,
        active_central=central, active_peripheral=peripheral, active_supplied=central + peripheral,
    )
