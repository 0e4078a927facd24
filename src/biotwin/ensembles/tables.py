"""An ensemble as tables: one row per member (figures, what was drawn) and its telemetry, to NumPy or Parquet files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from biotwin.ensembles.flying import Outcome
from biotwin.errors import DescriptionError


def figure_table(outcomes: Sequence[Outcome]) -> dict[str, list[Any]]:
    """Columns by name, one row per member: scenario, seed, digest, ``drawn.<address>``, figures (SI)."""
    columns: dict[str, list[Any]] = {
        "scenario": [o.spec.scenario for o in outcomes], "seed": [o.spec.seed for o in outcomes],
        "digest": [o.digest for o in outcomes],
    }
    for name in dict.fromkeys(n for o in outcomes for n in o.drawn):
        columns[f"drawn.{name}"] = [o.drawn.get(name, float("nan")) for o in outcomes]
    for name in dict.fromkeys(n for o in outcomes for n in o.figures):
        columns[name] = [o.figures.get(name, float("nan")) for o in outcomes]
    return columns


def telemetry_table(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Columns by name, one row per member and time: ``member``, ``time`` (s), one per instrument (SI)."""
    points = outcomes[0].time.size
    columns: dict[str, Any] = {
        "member": np.repeat(np.arange(len(outcomes)), points),
        "time": np.concatenate([o.time for o in outcomes]) * 1e-3,
    }
    for row, tag in enumerate(outcomes[0].tags):
        columns[tag] = np.concatenate([o.telemetry[row] for o in outcomes])
    return columns


def write_ensemble(path: Path, outcomes: Sequence[Outcome]) -> list[Path]:
    """Write ``path`` (figures) and a sibling ``*.telemetry.*``; ``.parquet`` or ``.npz`` by its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.stem}.telemetry{path.suffix}")
    for target, table in ((path, figure_table(outcomes)), (beside, telemetry_table(outcomes))):
        _write(target, table)
    return [path, beside]


def _write(path: Path, table: dict[str, Any]) -> None:
    if path.suffix == ".npz":
        arrays: dict[str, Any] = {name: np.asarray(column) for name, column in table.items()}
        np.savez_compressed(path, **arrays)
    elif path.suffix == ".parquet":
        import pyarrow
        import pyarrow.parquet

        pyarrow.parquet.write_table(pyarrow.table(table), path)
    else:
        raise DescriptionError(f"{path.name!r} names no kind of table.", next_step="End it with .parquet or .npz.")
