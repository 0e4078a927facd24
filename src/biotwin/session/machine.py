"""A plant ready to run: its control tables, its compiled kernel, its scratch memory. Holds nothing of any session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from biotwin.control.tables import Control, control_tables, limit_rows
from biotwin.control.tick import KERNEL_FACTS
from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant, Reals, Wholes
from biotwin.randomness import stream_key
from biotwin.session.facts import Fact
from biotwin.session.kernel import Kernel, kernel_of

FACT_ROWS = 1200


@dataclass(frozen=True)
class Machine:
    """``wiring`` are the kernel's constant arguments in order."""

    plant: Plant
    control: Control
    kernel: Kernel
    wiring: tuple[Any, ...]
    streams: tuple[str, ...]

    def keys(self, seed: int) -> Wholes:
        """The keys of the noise streams under a session's seed, int64 in the order of ``streams``."""
        return np.array([stream_key(seed, address) for address in self.streams], dtype=np.int64)

    def noise(self, seed: int) -> tuple[Wholes, Reals]:
        """Keys of a seed and working memory of one runner; two threads must not share it."""
        return self.keys(seed), np.zeros((4, int(np.sum(self.wiring[-1][:, 1] < 0))))

    def rest(self, real: Reals, whole: Wholes, seed: int) -> None:
        """Publish all readings without letting time pass."""
        self.kernel.rest(real, whole, *self.wiring, *self.noise(seed))

    def facts(self, rows: Reals, count: int) -> list[Fact]:
        """The kernel's fact rows as facts."""
        if count == 0:
            return []
        names = self._subjects()
        levels = [band.level for _, _, band in limit_rows(self.plant)]
        found = []
        for time, code, index, value in rows[: min(count, rows.shape[0])]:
            kind = KERNEL_FACTS[int(code)]
            subject = names[kind.partition("_")[0]][int(index)]
            detail: dict[str, float | str | bool] = {"level": levels[int(index)]} if kind.startswith("limit") else {}
            found.append(Fact(int(time), kind, subject, float(value), detail))
        return found

    def _subjects(self) -> dict[str, list[str]]:
        unit, prefix = self.plant.unit, self.plant.prefix
        phases = [f"{prefix}{p}" for p in unit.phases]
        limits = [f"{prefix}{tag}" for tag, _, _ in limit_rows(self.plant)]
        return {"phase": phases, "limit": limits, "lot": phases, "alarm": [f"{prefix}{a}" for a in unit.alarms],
                "interlock": [f"{prefix}{i}" for i in unit.interlocks]}


@lru_cache(maxsize=32)
def machine_of(plant: Plant) -> Machine:
    """The machine of a plant; plants of one topology share the compiled kernel, copies of one plant the tables too."""
    w = plant.wiring
    if plant.origin is not None:
        origin = machine_of(plant.origin)
        return replace(origin, plant=plant, wiring=(w["par"], *origin.wiring[1:]))
    rows, streams = _noise(plant)
    wiring = (w["par"], w["source"], w["layout"], w["sums"], w["terms"], w["ranges"], w["blocks"], rows)
    return Machine(plant, control_tables(plant), kernel_of(plant), wiring, streams)


def _noise(plant: Plant) -> tuple[Wholes, tuple[str, ...]]:
    """Which slots take chance, which slot makes it matter, and the address of each stream."""
    found: list[tuple[int, int, str]] = []
    for group in plant.groups:
        d = drawer(group.slug)
        needed = getattr(d.module, "DEVIATE_WHEN", "")
        for i, name in enumerate(group.instances):
            first = group.inputs + i * len(d.inputs)
            for field_name in d.roles:
                condition = first + d.inputs.index(needed) if needed else -1
                found.append((first + d.inputs.index(field_name), condition, f"{plant.prefix}{name}"))
    found.sort(key=lambda row: row[1] >= 0)
    rows = np.array([row[:2] for row in found], dtype=np.int64).reshape(-1, 2)
    return rows, tuple(row[2] for row in found)
