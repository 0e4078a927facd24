"""The bench of the seed train: a vial that is thawed in the first tick after settling."""

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
UPSTREAM: dict[str, dict[str, Any]] = {"seed_train": SEED_TRAIN}
