"""The bench of the tanks that hold a stream between two steps."""

from __future__ import annotations

from typing import Any

CLARIFIED = {
    "product": 3.4, "aggregates": 0.05, "fragments": 0.02, "hcp": 0.3, "dna": 0.01, "ligand": 1.0e-5, "cells": 1.0e10,
    "debris": 0.05, "virus": 1.0e9, "parvovirus": 1.0e6, "bioburden": 1.0e4, "endotoxin": 1.0e5, "salt": 140.0,
    "acid": 5.0, "base": 3.0, "excipient": 10.0,
}
"""A harvest, and a little of everything that a stream may carry: teaching values."""

MEANS = ("flow", *(f"{name}_out" for name in CLARIFIED))

HOLDING: dict[str, dict[str, Any]] = {
    "hold_tank": {
        "parameters": {"jacket_conductance": 1000.0},
        "start": {"volume": 1.0, "temperature": 288.15, **CLARIFIED},
        "inputs": {**CLARIFIED, "flow": 2.0e-4, "collect": 0.9, "rinse": 1.0e-5, "draw": 1.0e-4,
                   "jacket_temperature": 303.15, "sample_flow": 1.0e-7},
        "step": {"draw": 3.0e-4, "product": 2.0, "temperature": 298.15},
        "shows": {"leak": ("weight", 1.0), "outlet_clamped": ("flow", 1.0e-5), "contaminated": ("bioburden", 1.0e4),
                  "jacket_lost": ("temperature", 0.1)},
        "means": MEANS,
    },
}
