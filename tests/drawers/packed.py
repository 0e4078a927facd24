"""The bench of what stands before a packed column."""

from __future__ import annotations

from typing import Any

PACKED: dict[str, dict[str, Any]] = {
    "buffer_manifold": {
        "parameters": {"equilibration_salt": 0.0, "equilibration_strong_ions": 42.3, "equilibration_acetate": 50.0,
                       "wash_strong_ions": 5.0, "elution_salt": 350.0, "elution_strong_ions": 42.3},
        "start": {},
        "inputs": {"flow": 4.0e-4, "equilibration_valve": 1.0, "load_strong_ions": 33.5, "load_volume": 0.9,
                   "gradient_time": 600.0},
        "step": {"elution_valve": 1.0},
        "shows": {"elution_wrong": ("strong_ions", 5.0), "equilibration_wrong": ("salt", 10.0),
                  "buffers_diluted": ("salt", 10.0), "elution_leaks": ("salt", 1.0)},
    },
}
