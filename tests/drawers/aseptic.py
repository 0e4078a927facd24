"""The benches of the aseptic drawers, and their healthy laws: the same, blind to every malfunction."""

from __future__ import annotations

from typing import Any

FILTER: dict[str, Any] = {
    "parameters": {}, "start": {"hold": 3600.0}, "inputs": {"water_flow": 1.0e-4}, "step": {"water_flow": 0.0},
    "shows": {"flawed": ("gas_flow", 1.0e-7), "wets_badly": ("gas_flow", 1.0e-7), "wrong_grade": ("bubble_point", 1e5)},
    "means": ("outflow", "burden_out"),
}

ISOLATOR: dict[str, Any] = {
    "parameters": {}, "start": {}, "inputs": {"fan": 0.8, "line_speed": 1.0, "generator": 0.5},
    "step": {"fan": 1.0, "line_speed": 2.0, "intervention": 0.5},
    "shows": {"glove_torn": ("airborne", 1.0), "hepa_leak": ("air_small", 10.0), "fan_weak": ("velocity", 0.1),
              "generator_weak": ("peroxide", 1.0e-6), "gown_open": ("room_small", 1.0e4)},
    "means": ("viable_mean",),
}

TUNNEL: dict[str, Any] = {
    "parameters": {}, "start": {}, "inputs": {"heater": 0.38, "belt": 0.8, "vials": 2.0}, "step": {"belt": 1.0},
    "shows": {"heater_weak": ("air_temperature", 5.0), "belt_fast": ("belt_speed", 1.0e-3),
              "air_weak": ("glass_temperature", 5.0), "needles_blocked": ("water_pressure", 1.0e4),
              "exhaust_shut": ("cascade", 5.0)},
}

STOPPERS: dict[str, Any] = {
    "parameters": {}, "start": {}, "inputs": {"steam": 0.6, "vacuum": 0.4}, "step": {"heating": 1.0},
    "shows": {"air_trapped": ("air", 1.0e-3), "steam_lost": ("pressure", 5.0e3), "vacuum_weak": ("pressure", 5.0e3),
              "dryer_weak": ("load_temperature", 0.2)},
}

ASEPTIC: dict[str, dict[str, Any]] = {"sterile_filter": FILTER, "isolator": ISOLATOR,
                                      "depyrogenation_tunnel": TUNNEL, "stopper_processor": STOPPERS}


def without(**faults: float) -> Any:
    """The model's own laws, blind to these inputs."""

    def healthy(m: Any) -> Any:
        def advance(x: Any, u: Any, p: Any, dt: float) -> Any:
            return m.advance(x, u._replace(**faults), p, dt)

        def readings(x: Any, u: Any, p: Any) -> Any:
            return m.readings(x, u._replace(**faults), p)

        return advance, readings

    return healthy


HEALTHY_ASEPTIC = {
    "sterile_filter": without(flaw=0.0, hydrophobic=0.0, wrong_grade=0.0, foulant=0.0),
    "isolator": without(glove_torn=0.0, filter_leak=0.0, fan_weak=0.0, generator_weak=0.0, gown_open=0.0),
    "depyrogenation_tunnel": without(heater_weak=0.0, belt_fast=0.0, air_weak=0.0, needles_blocked=0.0,
                                     exhaust_shut=0.0),
    "stopper_processor": without(air_trapped=0.0, steam_lost=0.0, vacuum_weak=0.0, dryer_weak=0.0),
}
