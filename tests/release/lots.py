"""Lots to release: a sound one, and what one may do to it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from biotwin.materials import Material
from biotwin.release import (
    Book,
    Case,
    Entry,
    EnvironmentSample,
    Fact,
    IntegrityTest,
    LotFile,
    Record,
    Sample,
    State,
    load_book,
    step,
)
from biotwin.release import inputs as i

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "content/laboratory"
DAY = 86_400_000
VIALS = 10_000

HOLD = (Record(0, "inactivation", "phase_started", "dsp/vi201/hold"),
        Record(3_600_000, "inactivation", "phase_started", "dsp/vi201/neutralise"))
"""A hold of an hour."""
BULK = Material(volume=1.9, monomer=6.9, hmw=0.1, hcp=0.95, dna=0.095, viable_cells=2.3e13, dead_cells=8e12,
                enveloped_virus=1.9e12)
SUBSTANCE = Material(volume=0.11, monomer=5.445, hmw=0.0385, lmw=0.0165, acidic=1.2, basic=0.35, active=5.5,
                     hcp=5.5 * 20e-6, dna=5.5 * 2e-9, leached_ligand=5.5 * 2e-6, endotoxin=5.5e4, histidine=2.2,
                     salt=0.5, sucrose=8.8, polysorbate=0.022)
PRODUCT = Material(volume=VIALS * 6.5e-9, monomer=2.475, hmw=0.0175, lmw=0.0075, acidic=0.545, basic=0.16, active=2.5,
                   endotoxin=2.5e4, histidine=1.0, salt=0.2, sucrose=4.0, polysorbate=0.01, particles=VIALS * 300.0,
                   visible_particles=2.0, containers=VIALS)


@lru_cache(maxsize=1)
def book() -> Book:
    return load_book(FOLDER, ROOT)


def lot(**changes: Any) -> LotFile:
    """A sound lot's file; ``changes`` replace its fields."""
    fields: dict[str, Any] = {
        "lot": "lot-1",
        "samples": {"bulk": Sample.of(BULK, 0), "substance": Sample.of(SUBSTANCE, 10 * DAY, ph=6.0),
                    "product": Sample.of(PRODUCT, 20 * DAY, ph=6.0)},
        "integrity": tuple(IntegrityTest(15 * DAY, "filling", test, True) for test in book().specification.integrity),
        "records": HOLD,
        "environment": (EnvironmentSample(15 * DAY, "line", "a", "air", 0.0),),
        "units": ("capture", "inactivation", "polishing", "virus_filtration"),
    }
    return LotFile(**(fields | changes))


def with_product(material: Material, **states: float) -> LotFile:
    """The sound lot with another drug product."""
    return lot(samples=lot().samples | {"product": Sample.of(material, 20 * DAY, **({"ph": 6.0} | states))})


def case(file: LotFile | None = None, seed: int = 1) -> Case:
    return Case(book(), lot() if file is None else file, seed)


def ask(of: Case, state: State, item: i.Input, time: int | None = None) -> tuple[State, tuple[Fact, ...]]:
    """The input, by the role whose it is."""
    return step(of, state, Entry(state.time if time is None else time, i.ROLES[type(item)], item))


def refusal(facts: tuple[Fact, ...]) -> str:
    """The reason of the last refusal, or an empty string."""
    found = [f.detail["reason"] for f in facts if f.kind == "refused"]
    return str(found[-1]) if found else ""


def crossing(unit: str = "inactivation", level: str = "proven_acceptable_range", **more: Any) -> Record:
    """A crossed limit of pH during the hold, three minutes long."""
    return Record(0, unit, "limit_crossed", "dsp/vi201/at201", 3.8, detail={"level": level},
                  **({"duration": 180_000} | more))
