"""The laboratory of a plant: what its analysers would say of a true value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from biotwin.errors import UnknownName, known
from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant
from biotwin.quantity import si


@dataclass(frozen=True)
class Determination:
    """A value (SI), its quality (0 good, 1 at an end of the range, 2 no result) and its stated standard deviation."""

    value: float
    quality: int
    error: float


@dataclass(frozen=True)
class Assay:
    """One analyte of one analyser: where its true value stands, and the analyser's parameters."""

    analyser: str
    analyte: str
    slot: int
    unit: str
    parameters: Any

    def determine(self, true_value: float, deviate: float) -> Determination:
        """What comes back for ``true_value`` (SI) when chance gives ``deviate`` (standard normal)."""
        module = drawer("analyser").module
        found = module.measured(module.Inputs(true_value=true_value, deviate=deviate), self.parameters)
        return Determination(float(found.value), int(found.quality), float(found.error))


@lru_cache(maxsize=64)
def assays(plant: Plant) -> dict[str, tuple[Assay, ...]]:
    """The assays of each analyser of a plant, in order; raises ``UnknownName`` where one measures nothing."""
    found: dict[str, tuple[Assay, ...]] = {}
    for slug, analyser in plant.unit.analysers.items():
        rows = []
        for name, analyte in analyser.analytes.items():
            signal = plant.signals.get(plant.address(analyte.measures))
            if signal is None:
                raise UnknownName(f"{analyte.measures!r} names no signal.",
                                  where=f"content/plants/{plant.slug}/plant.yaml (analysers.{slug}.{name})")
            rows.append(Assay(slug, name, signal.slot, signal.unit, _parameters(analyte.parameters, signal.unit)))
        found[slug] = tuple(rows)
    return found


def _parameters(given: dict[str, Any], unit: str) -> Any:
    kind = drawer("analyser").module.Parameters
    for name in given:
        if name not in kind._fields:
            raise UnknownName(f"an analyser has no parameter {name!r}.", next_step=known(kind._fields))
    return kind(**{n: si(v, "1" if n == "relative_error" else unit) for n, v in given.items()})
