"""Where the garden is, and what lies in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from biotwin.plant.compiler import compile_plant
from biotwin.plant.plant import Plant
from biotwin.plant.reading import Source
from biotwin.session.scenario import Scenario, compile_scenario

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
PLANTS = sorted(p.parent for p in CONTENT.glob("plants/*/plant.yaml"))
SCENARIOS = sorted(p.parent for p in CONTENT.glob("scenarios/*/scenario.yaml"))
DESCRIPTIONS = [p / "plant.yaml" for p in PLANTS] + [p / "scenario.yaml" for p in SCENARIOS]
CONTAINED = {
    "vessel.foaming": ("loops", "fic105"),
    "vessel.bacterial_contamination": ("phases", "decontaminate"),
    "vessel.mycoplasma": ("phases", "decontaminate"),
}
"""Malfunctions that nothing beside the vessel repairs, and what contains each."""


@lru_cache(maxsize=8)
def plant(folder: Path) -> Plant:
    return compile_plant(folder, ROOT)


@lru_cache(maxsize=16)
def scenario(folder: Path) -> Scenario:
    return compile_scenario(folder, CONTENT / "plants")


def texts(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping that has a language in it, with its path."""
    if isinstance(node, dict):
        if "fr" in node or "en" in node:
            yield path, node
        else:
            for key, child in node.items():
                yield from texts(child, f"{path}.{key}")
    elif isinstance(node, list):
        for i, child in enumerate(node):
            yield from texts(child, f"{path}[{i}]")


def plain(path: Path) -> Any:
    return Source(path, ROOT).data


def repaired(of: Plant) -> set[str]:
    """Malfunctions that some verb or argument of the field repairs, by short name."""
    found: set[str] = set()
    for station in of.unit.field.values():
        for verb in station.verbs.values():
            found |= set(verb.repairs)
            found |= {name for argument in verb.arguments.values() for name in argument.repairs}
    return found
