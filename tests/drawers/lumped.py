"""Lumped drawers on the benches of the small ones: their derivatives, stepped by Heun as the plant does, as a law."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from biotwin.operators import law

LUMPED = ("vial_filler", "capper", "shipper", "patient")


def heun(equations: Callable[..., Any], state: Any) -> Callable[..., Any]:
    """``advance(x, u, p, dt)`` of a drawer that gives ``equations(x, u, p)``, for every reader of laws."""
    ahead = ", ".join(f"x.{n} + dt * k.{n}" for n in state._fields)
    mean = ", ".join(f"x.{n} + 0.5 * dt * (k.{n} + d.{n})" for n in state._fields)
    text = (f"def advance(x, u, p, dt):\n k = equations(x, u, p)\n"
            f" d = equations(State({ahead}), u, p)\n return State({mean})\n")
    space: dict[str, Any] = {"equations": equations, "State": state}
    exec(text, space)  # our own text, made of the state's names
    return law(space["advance"])


class Stepped:
    """A lumped drawer's model, with an ``advance``."""

    def __init__(self, slug: str) -> None:
        self._model = importlib.import_module(f"biotwin.equipment.{slug}.model")
        self.advance = heun(self._model.equations, self._model.State)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


@lru_cache(maxsize=8)
def model_of(slug: str) -> Any:
    """The model of a drawer as the benches need it: with ``advance``, or as it is."""
    return Stepped(slug) if slug in LUMPED else importlib.import_module(f"biotwin.equipment.{slug}.model")
