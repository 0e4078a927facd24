"""The bench of the capper, and its healthy law: the same, blind to every malfunction."""

from __future__ import annotations

from typing import Any

from tests.drawers.lumped import heun

CAPPER: dict[str, Any] = {
    "parameters": {}, "start": {"taken": 500.0}, "inputs": {"vials": 9000.0, "command": 0.5, "stoppers_high": 0.01},
    "step": {"command": 0.9, "confirming": 0.5},
    "shows": {"force_drifting": ("seal_force", 20.0), "rail_worn": ("seal_force", 20.0),
              "caps_short": ("rejecting", 0.1), "caps_skewed": ("rejecting", 0.02), "camera_blind": ("leaking", 1.0e-3),
              "stoppers_thin": ("seal_force", 20.0), "air_weak": ("air_velocity", 0.1)},
    "rounding": 1.0e-12,
}
CLOSING: dict[str, dict[str, Any]] = {"capper": CAPPER}
SOUND = {"sensor_drift": 0.0, "rail_worn": 0.0, "caps_short": 0.0, "caps_skewed": 0.0, "camera_blind": 0.0,
         "stoppers_thin": 0.0, "air_weak": 0.0}


def healthy_capper(m: Any) -> Any:
    """The model's own laws on sound inputs."""

    def equations(x: Any, u: Any, p: Any) -> Any:
        return m.equations(x, u._replace(**SOUND), p)

    def readings(x: Any, u: Any, p: Any) -> Any:
        return m.readings(x, u._replace(**SOUND), p)

    return heun(equations, m.State), readings


HEALTHY_CLOSING = {"capper": healthy_capper}
