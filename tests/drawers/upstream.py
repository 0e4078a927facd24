"""The benches of the seed train (a vial thawed in the first tick after settling) and of the freeze-thaw station."""

from __future__ import annotations

from typing import Any

SEED_TRAIN: dict[str, Any] = {
    "parameters": {}, "start": {}, "inputs": {}, "step": {"vessel": 1.0},
    "shows": {
        "thawed_slowly": ("viability", 0.05), "miscounted": ("counted_density", 1.0e11),
        "incubator_cold": ("temperature", 0.5), "carbon_dioxide_lost": ("ph", 0.2),
        "shaker_slow": ("dissolved_oxygen", 0.1), "asepsis_lost": ("bacteria", 100.0),
        "flask_contaminated": ("bacteria", 100.0), "mycoplasma_in": ("mycoplasma_load", 1.0e-4),
        "medium_expired": ("glutamine", 0.5),
    },
    "dt": 120.0, "rounding": 1.0e-11,
}
FREEZE_THAW: dict[str, Any] = {
    "parameters": {}, "start": {"volume": 0.05, "bag_volume": 0.1, "frozen": 0.9},
    "inputs": {"stirrer_speed": 0.5, "rocking": 0.5, "jacket_temperature": 298.15},
    "step": {"polysorbate_flow": 1.0e-6},
    "shows": {
        "impeller_loose": ("tank_unmixed", 0.05), "polysorbate_weak": ("tank_polysorbate", 0.01),
        "contact_poor": ("frozen_fraction", 0.02), "bag_leaks": ("spilt_volume", 1.0e-4),
        "rocker_dead": ("frozen_fraction", 0.02),
    },
    "rounding": 1.0e-11,
}
UPSTREAM: dict[str, dict[str, Any]] = {"seed_train": SEED_TRAIN, "freeze_thaw": FREEZE_THAW}
