"""The benches of the aseptic drawers, and their healthy laws: the same laws, with every fault term left out."""

from __future__ import annotations

from typing import Any

FILTER: dict[str, Any] = {
    "parameters": {}, "start": {"hold": 3600.0}, "inputs": {"water_flow": 1.0e-4}, "step": {"water_flow": 0.0},
    "shows": {"flawed": ("gas_flow", 1.0e-7), "wets_badly": ("gas_flow", 1.0e-7), "wrong_grade": ("bubble_point", 1e5)},
    "means": ("outflow", "burden_out"),
}

ASEPTIC: dict[str, dict[str, Any]] = {"sterile_filter": FILTER}


def healthy_filter(m: Any) -> Any:
    """A sound membrane that wets well, of the right grade, and a clean bulk."""
    sound = {"flaw": 0.0, "hydrophobic": 0.0, "wrong_grade": 0.0, "foulant": 0.0}

    def advance(x: Any, u: Any, p: Any, dt: float) -> Any:
        return m.advance(x, u._replace(**sound), p, dt)

    def readings(x: Any, u: Any, p: Any) -> Any:
        return m.readings(x, u._replace(**sound), p)

    return advance, readings


HEALTHY_ASEPTIC = {"sterile_filter": healthy_filter}
