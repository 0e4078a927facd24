"""The benches of the lumped drawers: a state of normal work, and what each malfunction must show from there."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import yaml

from biotwin.quantity import si, unit_of
from tests.drawers.bench import EQUIPMENT, annotations


@dataclass(frozen=True)
class LumpedBench:
    """Normal work of one drawer under one law; ``shows``: malfunction -> (signal, its normal band)."""

    law: tuple[str, str] | None
    start: dict[str, float]
    inputs: dict[str, float]
    shows: dict[str, tuple[str, float]]
    tick: float = 10.0
    ticks: int = 30


SKID = {"feed_flow": 8.0e-5, "retentate_opening": 0.25, "buffer_flow": 1.0e-5, "buffer_salt": 10.0, "buffer_acid": 5.0,
        "buffer_base": 5.0, "buffer_excipient": 200.0, "withdrawal_flow": 1.0e-8,
        "diversion": 0.3, "sample_flow": 1.0e-9}
SKID_SHOWS = {
    "pump_slips": ("feed_pressure", 1.0e4), "membrane_fouled": ("flux", 1.0e-6),
    "membrane_breached": ("permeate_concentration", 0.1), "wrong_buffer": ("permeate_conductivity", 0.05),
    "air_entrained": ("foam", 1.0e-5), "leg_unflushed": ("salt", 0.05), "permeate_throttled": ("flux", 1.0e-6),
}
VIRUS_FILTER = {"air_opening": 0.4, "vent_opening": 0.4, "outlet_opening": 1.0, "diversion": 0.2, "sample_flow": 1.0e-7,
                "return_flow": 1.0e-6, "load_flow": 3.0e-5, "buffer_flow": 1.0e-6}
VIRUS_FILTER_SHOWS = {
    "fibre_broken": ("gold_log_reduction", 1.0), "air_lost": ("pressure", 1.0e4),
    "prefilter_bypassed": ("prefilter_drop", 1.0e3), "fouling_species": ("flux_ratio", 1.0e-5),
    "outlet_throttled": ("flux", 1.0e-6), "unwetted": ("pressure_decay", 1.0),
}
BENCHES: dict[str, LumpedBench] = {
    "virus_filter": LumpedBench(None, {"volume": 0.01}, VIRUS_FILTER, VIRUS_FILTER_SHOWS, ticks=180),
    "ultrafiltration/osmotic": LumpedBench(("flux", "osmotic"), {"volume": 0.005, "product": 40.0}, SKID, SKID_SHOWS),
    "ultrafiltration/film": LumpedBench(
        ("flux", "film"), {"volume": 0.005, "product": 40.0}, SKID, {**SKID_SHOWS, "pump_slips": ("crossflow", 1e-5)},
    ),
}


@dataclass(frozen=True)
class Lumped:
    """A lumped drawer on its bench; ``laws`` are the last arguments of its equations and readings."""

    name: str
    model: ModuleType
    bench: LumpedBench
    malfunctions: dict[str, dict[str, Any]]

    @property
    def laws(self) -> tuple[Any, ...]:
        if self.bench.law is None:
            return ()
        option, choice = self.bench.law
        law, figures = self.model.LAWS[option][choice]
        return law, figures()

    def inputs(self, **changes: float) -> Any:
        return self.model.Inputs(**{**self.bench.inputs, **changes})

    def start(self, p: Any) -> Any:
        return self.model.initial(p, self.model.Start(**self.bench.start))

    def worst(self, malfunction: str) -> float:
        """The input's value at severity 1, SI."""
        entry = self.malfunctions[malfunction]
        return si(entry["worst"], unit_of(annotations(self.model.Inputs)[entry["input"]]))

    def step(self, x: Any, u: Any, p: Any, tick: float) -> Any:
        """One tick of Heun's method, as the plant does it."""
        first = self.model.equations(x, u, p, *self.laws)
        ahead = type(x)(*(a + tick * b for a, b in zip(x, first)))
        second = self.model.equations(ahead, u, p, *self.laws)
        return type(x)(*(a + tick * (1.5 * b + 0.5 * (c - 2.0 * b)) for a, b, c in zip(x, first, second)))

    def fly(self, **changes: float) -> list[Any]:
        """Readings of each tick."""
        p, u, seen = self.model.Parameters(), self.inputs(**changes), []
        x = self.start(p)
        for _ in range(self.bench.ticks):
            x = self.step(x, u, p, self.bench.tick)
            seen.append(self.model.readings(x, u, p, *self.laws))
        return seen

    def points(self, number: int) -> list[tuple[Any, Any, Any]]:
        """Arguments of the laws around the bench, faults included, the same every time."""
        dice, p, points = random.Random(11), self.model.Parameters(), []
        for n in range(number):
            faults = {e["input"]: dice.random() * self.worst(m) for m, e in self.malfunctions.items() if n % 3}
            x = self.start(p)
            x = type(x)(*(v * dice.uniform(0.7, 1.3) + 1e-4 * dice.random() for v in x))
            points.append((x, self.inputs(**faults), p))
        return points

    def callables(self) -> list[tuple[Callable[..., Any], str]]:
        """Both laws, and what their results are per."""
        return [(self.model.equations, "/s"), (self.model.readings, "")]


def lumped(name: str) -> Lumped:
    slug = name.split("/")[0]
    text = (EQUIPMENT / slug / "malfunctions.yaml").read_text(encoding="utf-8")
    return Lumped(name, importlib.import_module(f"biotwin.equipment.{slug}.model"), BENCHES[name], yaml.safe_load(text))
