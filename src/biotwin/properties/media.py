"""Compositions of media, feeds, base and antifoam, read from ``media.yaml``: what a bottle's label stands for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from biotwin.errors import UnknownName, known
from biotwin.quantity import CellsPerCubicMetre, KilogramPerCubicMetre, MolPerCubicMetre


class Composition(NamedTuple):
    """What one cubic metre of a liquid holds; ``osmoles`` leaves out the four metabolites."""

    viable_cells: CellsPerCubicMetre = 0.0
    dead_cells: CellsPerCubicMetre = 0.0
    glucose: MolPerCubicMetre = 0.0
    glutamine: MolPerCubicMetre = 0.0
    lactate: MolPerCubicMetre = 0.0
    ammonia: MolPerCubicMetre = 0.0
    inorganic_carbon: MolPerCubicMetre = 0.0
    strong_ions: MolPerCubicMetre = 0.0
    osmoles: MolPerCubicMetre = 0.0
    antifoam: KilogramPerCubicMetre = 0.0


@lru_cache(maxsize=1)
def compositions() -> dict[str, Composition]:
    """Every liquid of ``media.yaml`` by its slug."""
    table = yaml.safe_load(Path(__file__).with_name("media.yaml").read_text(encoding="utf-8"))
    return {
        slug: Composition(**{k: float(v) for k, v in entry.items() if k not in ("title", "source")})
        for slug, entry in table.items()
    }


def composition(slug: str) -> Composition:
    """The composition of that liquid; raises ``UnknownName``."""
    table = compositions()
    if slug not in table:
        raise UnknownName(f"no liquid is called {slug!r}.", where="properties/media.yaml", next_step=known(table))
    return table[slug]
