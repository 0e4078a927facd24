"""The benches of the last leg, and its healthy laws written again without a single fault term."""

from __future__ import annotations

from typing import Any

from tests.drawers.lumped import heun

PATIENT: dict[str, Any] = {
    "parameters": {"body_weight": 82.0, "clearance_factor": 1.2, "target_capacity": 1.0e-11},
    "start": {"serum_concentration": 0.02},
    "inputs": {"infusion_rate": 1.0e-9, "subcutaneous_rate": 1.0e-10, "active_fraction": 0.9,
               "aggregate_fraction": 0.01},
    "step": {"infusion_rate": 2.0e-9},
    "shows": {"anti_drug_antibodies": ("serum_concentration", 1.0e-3), "extravasated": ("serum_concentration", 1.0e-3),
              "plasma_protein_lost": ("serum_concentration", 1.0e-3)},
    "dt": 3600.0,
}


def healthy_patient(m: Any) -> Any:
    """Two compartments, a depot and the accounts of a patient whom nothing befalls."""

    def equations(x: Any, u: Any, p: Any) -> Any:
        serum, tissue, scale = m.serum_volume(p), m.tissue_volume(p), m.flow_scale(p)
        c = x.central / serum
        out = (p.clearance * p.clearance_factor * scale + p.target_capacity / (p.target_half + c)) / serum
        q = p.distribution_clearance * scale
        forth, back = q / serum, q / tissue
        skin, vein = u.subcutaneous_rate, u.infusion_rate
        reaching, lost = p.absorption * p.bioavailability, p.absorption * (1.0 - p.bioavailability)
        moved = forth * x.central - back * x.peripheral
        active = forth * x.active_central - back * x.active_peripheral
        a = u.active_fraction
        return m.State(
            skin - p.absorption * x.depot, vein + reaching * x.depot - moved - out * x.central, moved,
            out * x.central + lost * x.depot, skin + vein,
            a * skin - p.absorption * x.active_depot,
            a * vein + reaching * x.active_depot - active - out * x.active_central, active,
            out * x.active_central + lost * x.active_depot, a * skin + a * vein,
            u.aggregate_fraction * (skin + vein), c, x.active_central / serum,
        )

    def readings(x: Any, u: Any, p: Any) -> Any:
        serum = m.serum_volume(p)
        c = x.central / serum
        clearance = p.clearance * p.clearance_factor * m.flow_scale(p) + p.target_capacity / (p.target_half + c)
        return m.Readings(c, x.active_central / serum, x.peripheral / m.tissue_volume(p), x.auc, x.active_auc,
                          clearance, x.depot + x.central + x.peripheral, x.eliminated, x.supplied,
                          x.active_supplied, x.aggregates_supplied)

    return heun(equations, m.State), readings


DELIVERY: dict[str, dict[str, Any]] = {"patient": PATIENT}
HEALTHY_DELIVERY = {"patient": healthy_patient}
