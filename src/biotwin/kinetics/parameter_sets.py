"""The named sets of a law's figures: each with its unit as published, its source and its mark, read from YAML.

A law module offers them as ``SETS``, read when first asked for: Pint stays at the edge and out of the import.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, get_type_hints

import yaml

from biotwin.errors import DescriptionError
from biotwin.quantity import si, unit_of


@lru_cache(maxsize=8)
def sourced(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Set by name, then figure by name: ``value`` as published, ``mark`` (V, D or P) and ``source``."""
    table: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=8)
def parameter_sets(path: Path, kind: type) -> dict[str, Any]:
    """Set by name as the law's own ``Parameters`` in SI; raises ``DescriptionError`` where names or units differ."""
    hints = get_type_hints(kind, include_extras=True)
    units = {field: unit_of(hints[field]) for field in kind._fields}  # type: ignore[attr-defined]
    sets = {}
    for name, figures in sourced(path).items():
        where = f"kinetics/{path.name}: {name}"
        wrong = sorted(set(figures) ^ set(units))
        if wrong:
            raise DescriptionError(f"the set and its law differ in {', '.join(wrong)}.", where=where)
        sets[name] = kind(**{
            field: si(figures[field]["value"], unit, where=f"{where}.{field}") for field, unit in units.items()
        })
    return sets
