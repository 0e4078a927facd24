"""The golden band of a plant: between which values each instrument of healthy flights runs, computed and not drawn.

The 5th and the 95th percentile, at each time, of at least 200 flights without malfunctions that differ in their noise
and in what differs between real lots: how densely and how alive they were seeded, and what the medium held.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from biotwin.ensembles.distributions import Override, Relative
from biotwin.ensembles.executors import Executor, Progress, sample
from biotwin.ensembles.flying import Outcome, RunSpec
from biotwin.errors import UnknownName, known
from biotwin.plant.golden import GoldenBand
from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant, Reals
from biotwin.session.engine import engine_digest
from biotwin.session.library import content_folder, load_scenario, scenario_slugs
from biotwin.session.scenario import Scenario

MEMBERS = 200
POINTS = 400
LOW, HIGH = 5.0, 95.0
Doubles = NDArray[np.float64]

LOT_TO_LOT: dict[str, float] = {
    "viable_density": 0.06,  # what a cell counter repeats to (analysers.yaml): seeding can be no better
    "viability": 0.01,
    "glucose": 0.03,
    "glutamine": 0.03,
}
"""Coefficients of variation of start conditions between healthy lots: chosen for teaching."""


class Band(msgspec.Struct, frozen=True):
    """``time`` (ms, [points]) from the start of the lot; ``low`` and ``high`` (SI, [tags, points])."""

    plant: str
    digest: str
    engine: str
    members: int
    tags: tuple[str, ...]
    time: Reals
    low: Doubles
    high: Doubles

    def of(self, tag: str) -> tuple[Doubles, Doubles]:
        """Low and high of one instrument, in short."""
        if tag not in self.tags:
            raise UnknownName(f"{tag!r} is no instrument of {self.plant}.", next_step=known(self.tags))
        row = self.tags.index(tag)
        return self.low[row], self.high[row]


def healthy_scenario(plant: str, content: Path | None = None) -> Scenario:
    """The scenario that shows this plant best: the one that begins earliest, then the longest, then by name."""
    root = content or content_folder()
    found = [load_scenario(slug, root) for slug in scenario_slugs(root)]
    own = [s for s in found if s.plant.slug == plant]
    if not own:
        plants = {s.plant.slug for s in found}
        raise UnknownName(f"no scenario flies the plant {plant!r}.", next_step=known(plants))
    return min(own, key=lambda s: (len(s.instances) + len(s.sets), s.start_time, -s.duration, s.slug))


def lot_to_lot(plant: Plant) -> dict[str, Override]:
    """The overrides that make healthy lots differ: start conditions that the plant's description gives."""
    return {
        f"start/{instance}.{name}": Relative(LOT_TO_LOT[name])
        for instance, given in plant.starts.items() for name in given
        if name in LOT_TO_LOT and given[name] > 0.0 and name in drawer(_class_of(plant, instance)).start_units
    }


def _class_of(plant: Plant, instance: str) -> str:
    return next(g.slug for g in plant.groups if instance in g.instances)


def healthy_members(scenario: Scenario, count: int, content: Path | None = None) -> list[RunSpec]:
    """The flights that a band is made of, from seed 1 on."""
    overrides = lot_to_lot(scenario.plant)
    return [
        RunSpec(scenario=scenario.slug, seed=f"{n:032x}", content=str(content or ""), healthy=True,
                overrides=overrides, points=POINTS)
        for n in range(1, count + 1)
    ]


def band_of(plant: Plant, outcomes: Sequence[Outcome]) -> Band:
    """The band of what healthy members left."""
    values = np.stack([o.telemetry for o in outcomes]).astype(np.float64)
    low, high = np.percentile(values, [LOW, HIGH], axis=0)
    return Band(plant.slug, plant.digest, engine_digest(), len(outcomes), outcomes[0].tags, outcomes[0].time, low, high)


def golden_band(
    plant: str, *, content: Path | None = None, members: int = MEMBERS, executor: Executor | None = None,
    told: Callable[[Progress], None] | None = None,
) -> Band:
    """The band of a plant: read where this plant and this engine have one, else flown and kept."""
    scenario = healthy_scenario(plant, content)
    kept = read_band(scenario.plant, members)
    if kept is not None:
        return kept
    outcomes = sample(healthy_members(scenario, members, content), executor, told=told)
    band = band_of(scenario.plant, outcomes)
    write_band(band)
    return band


def told(band: Band, begins: str, points: int = 120) -> GoldenBand:
    """The band as data to keep beside the plant: ``points`` times, four significant digits. ``begins``: the phase in
    which its lots began.
    """
    rows = np.unique(np.linspace(0, band.time.size - 1, points).round().astype(int))
    numbers = {
        tag: (tuple(_rounded(band.low[i, rows])), tuple(_rounded(band.high[i, rows])))
        for i, tag in enumerate(band.tags)
    }
    return GoldenBand(band.plant, band.digest, band.members, (LOW, HIGH), tuple(int(t) for t in band.time[rows]),
                      numbers, begins)


def _rounded(values: Doubles) -> list[float]:
    return [float(f"{v:.4g}") for v in values]


def band_folder() -> Path:
    """Beside the kernels' cache: ``BIOTWIN_CACHE``, else the user's cache folder."""
    base = os.environ.get("BIOTWIN_CACHE")
    return (Path(base) if base else Path.home() / ".cache" / "biotwin") / "golden"


def _path(digest: str, engine: str) -> Path:
    return band_folder() / f"{digest}-{engine[:16]}.npz"


def write_band(band: Band) -> Path:
    """Keep a band for this plant and engine; replaced at once or not at all."""
    path = _path(band.digest, band.engine)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.npz")
    np.savez_compressed(draft, plant=band.plant, members=band.members, tags=np.array(band.tags), time=band.time,
                        low=band.low, high=band.high)
    draft.replace(path)
    return path


def read_band(plant: Plant, members: int = MEMBERS) -> Band | None:
    """The band kept for this plant and engine, of at least ``members`` flights; None where there is none."""
    path = _path(plant.digest, engine_digest())
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as kept:
        if int(kept["members"]) < members:
            return None
        return Band(plant.slug, plant.digest, engine_digest(), int(kept["members"]),
                    tuple(str(t) for t in kept["tags"]), kept["time"], kept["low"], kept["high"])
