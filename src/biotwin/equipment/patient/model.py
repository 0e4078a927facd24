"""A patient who receives a therapeutic IgG: two compartments, a depot, and one account of all that was given.

Ideas. (1) State holds masses of protein: doses add up and ``BALANCES`` are linear forms. (2) Active protein runs beside
all protein through the same compartments: a lot of low potency is seen in the active concentration, never in the
serum assay of the protein. (3) What misses the vein lies in a depot and is absorbed slowly, as after a subcutaneous
injection. (4) Patients differ by parameters, so that an ensemble draws them. (5) Reactions and immunogenicity are risks
of a population with their bounds, never the fate of this patient. Not modelled: FcRn and its saturation by very large
doses, growth of the target, fluids, and any effect: this is exposure, and no advice for a treatment.
"""

from __future__ import annotations

from biotwin.equipment.patient.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, power
from biotwin.quantity import CubicMetre, CubicMetrePerSecond, KilogramPerCubicMetre, Number

__all__ = [
    "BALANCES", "CARRIES", "Inputs", "Parameters", "Readings", "Start", "State", "equations", "initial", "readings",
]

CARRIES = "product"
"""What is left of the lot is in this body."""

BALANCES: dict[str, dict[str, float]] = {
    "product": {"depot": 1.0, "central": 1.0, "peripheral": 1.0, "eliminated": 1.0, "sampled": 1.0,
                "supplied": -1.0},
    "active_product": {
        "active_depot": 1.0, "active_central": 1.0, "active_peripheral": 1.0, "active_eliminated": 1.0,
        "active_sampled": 1.0, "active_supplied": -1.0,
    },
}
"""Linear forms of the state that never change: what was given is in the body or was eliminated."""

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
    bled = u.sample_flow / serum
    return State(
        depot=beside - p.absorption * x.depot,
        central=given + reaching * x.depot - moved - (out + bled) * x.central,
        peripheral=moved,
        eliminated=out * x.central + lost * x.depot,
        supplied=beside + given,
        active_depot=active_beside - p.absorption * x.active_depot,
        active_central=active_given + reaching * x.active_depot - active_moved - (out + bled) * x.active_central,
        active_peripheral=active_moved,
        active_eliminated=out * x.active_central + lost * x.active_depot,
        active_supplied=active_beside + active_given,
        aggregates_supplied=u.aggregate_fraction * (beside + given),
        auc=concentration,
        active_auc=x.active_central / serum,
        sampled=bled * x.central, active_sampled=bled * x.active_central,
        reaction_hazard=given / p.reaction_rate * (given / p.reaction_dose),
    )


@law
def risk(hazard: Number, factor: Number) -> Number:
    """Part of a population that meets a hazard this many times the stated one."""
    return 1.0 - exp(-hazard * factor)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Concentrations and accounts at this instant."""
    serum = serum_volume(p)
    concentration = x.central / serum
    unsure, immune = p.risk_factor, p.antibody_hazard + x.aggregates_supplied / p.aggregate_dose
    return Readings(
        serum_concentration=concentration, active_concentration=x.active_central / serum,
        tissue_concentration=x.peripheral / tissue_volume(p), auc=x.auc, active_auc=x.active_auc,
        clearance=total_clearance(concentration, u, p), in_body=x.depot + x.central + x.peripheral,
        eliminated=x.eliminated, dose_given=x.supplied, active_dose_given=x.active_supplied,
        aggregates_given=x.aggregates_supplied,
        reaction_risk=risk(x.reaction_hazard, 1.0), reaction_risk_low=risk(x.reaction_hazard, 1.0 / unsure),
        reaction_risk_high=risk(x.reaction_hazard, unsure), immunogenicity_risk=risk(immune, 1.0),
        immunogenicity_risk_low=risk(immune, 1.0 / unsure), immunogenicity_risk_high=risk(immune, unsure),
    )


def initial(p: Parameters, start: Start) -> State:
    """Serum and tissue at the starting concentration; the accounts begin with what is there."""
    central, peripheral = start.serum_concentration * serum_volume(p), start.serum_concentration * tissue_volume(p)
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        central=central, peripheral=peripheral, supplied=central + peripheral,
        active_central=central, active_peripheral=peripheral, active_supplied=central + peripheral,
    )
