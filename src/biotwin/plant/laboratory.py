"""The laboratory of a plant: what its analysers would say of a true value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Any

from biotwin.errors import UnknownName, known
from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant, Reals, Signal
from biotwin.quantity import si


@dataclass(frozen=True)
class Determination:
    """A value (SI), its quality (0 good, 1 at an end of the range, 2 no result) and its stated standard deviation."""

    value: float
    quality: int
    error: float


@dataclass(frozen=True)
class Assay:
    """One analyte of one analyser: where its true value and the analyser's inputs stand, and its parameters."""

    analyser: str
    analyte: str
    slot: int
    inputs: int
    unit: str
    parameters: Any

    def determine(self, real: Reals, deviate: float) -> Determination:
        """What comes back for the true value in ``real`` when chance gives ``deviate`` (standard normal)."""
        module = drawer("analyser").module
        u = module.Inputs(*real[self.inputs : self.inputs + len(module.Inputs._fields)].tolist())
        found = module.measured(u._replace(true_value=float(real[self.slot]), deviate=deviate), self.parameters)
        return Determination(float(found.value), int(found.quality), float(found.error))


@dataclass(frozen=True)
class Draught:
    """One act of sampling: what left the vessel (m3), what is in the container (m3), and the risk it carried (0..1)."""

    withdrawn: float
    sample: float
    risk: float


def draught(plant: Plant, real: Reals, requested: float) -> Draught:
    """Open the sample port for ``requested`` m3."""
    module = drawer("sampler").module
    first = plant.laboratory["sample_port"]
    u = module.Inputs(*real[first : first + len(module.Inputs._fields)].tolist())._replace(requested=requested)
    found = module.sampling(u, _port(plant))
    return Draught(float(found.withdrawn), float(found.sample), float(found.contamination_probability))


@lru_cache(maxsize=64)
def _port(plant: Plant) -> Any:
    d = drawer("sampler")
    given = plant.unit.sample_port
    for name in given:
        if name not in d.parameters:
            raise UnknownName(f"a sample port has no parameter {name!r}.", next_step=known(d.parameters))
    return d.module.Parameters(**{n: si(v, d.units[f"Parameters.{n}"]) for n, v in given.items()})


@lru_cache(maxsize=64)
def assays(plant: Plant) -> dict[str, tuple[Assay, ...]]:
    """The assays of each analyser of a plant, in order; raises ``UnknownName`` where one measures nothing."""
    found: dict[str, tuple[Assay, ...]] = {}
    for slug, analyser in plant.unit.analysers.items():
        rows = []
        for name, analyte in analyser.analytes.items():
            signal = _signal(plant, analyte.measures, f"{slug}.{name}")
            first = plant.laboratory[f"{slug}.{name}"]
            rows.append(Assay(slug, name, signal.slot, first, signal.unit,
                              _parameters(analyte.parameters, signal.unit)))
        found[slug] = tuple(rows)
    return found


def stock(plant: Plant, slug: str, real: Reals) -> float:
    """What there is to draw from for an analyser, m3; raises ``UnknownName`` where its stock names no signal."""
    name = plant.unit.analysers[slug].stock
    return float(real[_signal(plant, name, f"{slug}.stock").slot]) if name else inf


def _signal(plant: Plant, short: str, place: str) -> Signal:
    signal = plant.signals.get(plant.address(short))
    if signal is None:
        raise UnknownName(f"{short!r} names no signal.",
                          where=f"content/plants/{plant.slug}/plant.yaml (analysers.{place})")
    return signal


def _parameters(given: dict[str, Any], unit: str) -> Any:
    kind = drawer("analyser").module.Parameters
    for name in given:
        if name not in kind._fields:
            raise UnknownName(f"an analyser has no parameter {name!r}.", next_step=known(kind._fields))
    return kind(**{n: si(v, "1" if n == "relative_error" else unit) for n, v in given.items()})
