"""The chromatography column: malfunctions, absurd pumping, balances, and a block that is all that it remembers."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as some

from biotwin.equipment.chromatography_column import model
from biotwin.equipment.chromatography_column.chemistry import CationExchange, ProteinA, cation_exchange, protein_a
from biotwin.equipment.chromatography_column.qualification import ACID, HARVEST, NEUTRAL, SALTY, Column
from biotwin.quantity import si, unit_of
from tests.drawers.bench import EQUIPMENT, annotations

pytestmark = pytest.mark.slow
"""The kernels of a column take long to compile."""

FOLDER = EQUIPMENT / "chromatography_column"
BROKEN = yaml.safe_load((FOLDER / "malfunctions.yaml").read_text(encoding="utf-8"))
SHOWS = {
    "resin_aged": ("product", 0.05), "bed_channelled": ("product", 0.05), "bed_disturbed": ("plate_height", 1.0e-3),
    "air_in_bed": ("pressure", 1.0e4), "frit_fouled": ("pressure", 1.0e4), "ligand_leaching": ("ligand", 1.0e-5),
}
SPECIES = ("product", "aggregates", "acidic", "basic", "hcp", "dna", "solutes")
CHEMISTRIES = {
    "protein_a": (model.Parameters(cells=12.0), protein_a, ProteinA()),
    "cation_exchange": (model.Parameters(cells=12.0, ionic_capacity=700.0), cation_exchange, CationExchange()),
}


def column(chemistry: str, tick: float = 10.0) -> Column:
    return Column(*CHEMISTRIES[chemistry], tick=tick)


def cycle(**fault: float) -> list[Any]:
    """Readings of a load that fills the column, a wash and an elution."""
    bed = column("protein_a")
    steps = ((HARVEST, 3300.0), (SALTY, 300.0), (ACID._replace(pool_valve=1.0), 900.0))
    return [y for u, seconds in steps for y in bed.pump(u._replace(**fault), seconds)]


@pytest.mark.parametrize("malfunction", BROKEN)
def test_a_malfunction_is_nothing_at_zero_grows_and_is_seen(malfunction: str) -> None:
    entry, (signal, band) = BROKEN[malfunction], SHOWS[malfunction]
    worst = si(entry["worst"], unit_of(annotations(model.Inputs)[entry["input"]]))
    healthy, effects = cycle(), []
    assert model.Inputs._field_defaults[entry["input"]] == 0.0
    for severity in (0.0, 0.5, 1.0):
        run = cycle(**{entry["input"]: severity * worst})
        assert severity > 0.0 or run == healthy
        effects.append(max(abs(getattr(a, signal) - getattr(b, signal)) for a, b in zip(run, healthy, strict=True)))
    assert all(b >= a for a, b in pairwise(effects)), effects
    assert effects[-1] > band, effects


ABSURD = some.lists(
    some.tuples(
        some.sampled_from([HARVEST, NEUTRAL, SALTY, ACID, model.Inputs(salt=1.0e4), model.Inputs(strong_ions=-900.0)]),
        some.sampled_from([-1.0, 0.0, 1.0e-12, 1.0e-4, 5.0e-3, 1.0]), some.sampled_from([-1.0, 0.0, 0.4, 1.0, 7.0]),
        some.sampled_from([1.0, 10.0, 60.0]), some.floats(0.0, 1.0)),
    min_size=1, max_size=8)


@pytest.mark.parametrize("chemistry", CHEMISTRIES)
@settings(max_examples=25, deadline=None)
@example(actions=[(HARVEST, 1.0e-4, -1.0, 1.0, 1.0), (HARVEST, 1.0e-12, -1.0, 10.0, 0.0)]).via("hardly any volume")
@given(actions=ABSURD)
def test_whatever_is_pumped_all_is_there(chemistry: str, actions: list[Any]) -> None:
    bed, came = column(chemistry), dict.fromkeys(SPECIES, 0.0)
    for u, flow, valve, tick, broken in actions:
        faults = {e["input"]: broken * si(e["worst"], "1") for e in BROKEN.values()}
        bed.tick = tick
        (y,) = bed.pump(u._replace(flow=flow, pool_valve=valve, **faults), tick)
        assert all(math.isfinite(v) for v in y)
        signed = ("strong_ions", "pooled_strong_ions", "ph", "pool_ph")
        assert all(v >= -1.0e-12 for name, v in y._asdict().items() if name not in signed), y
        for name in SPECIES:
            came[name] += max(flow, 0.0) * tick * getattr(u, name)
            there = sum(getattr(y, f"{place}_{name}") for place in ("pooled", "wasted", "held"))
            assert there == pytest.approx(came[name], rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("chemistry", CHEMISTRIES)
def test_a_copied_block_goes_on_to_the_same_bits(chemistry: str) -> None:
    bed = column(chemistry)
    bed.pump(HARVEST, 600.0)
    other = column(chemistry)
    other.block = np.frombuffer(bed.block.tobytes()).copy()
    first, second = (b.pump(ACID._replace(pool_valve=1.0), 600.0) for b in (bed, other))
    assert bed.block.tobytes() == other.block.tobytes()
    assert first == second
    assert bed.block.size == model.blocks(bed.p)


def test_reading_leaves_the_block_as_it_is() -> None:
    bed = column("protein_a")
    bed.pump(HARVEST, 60.0)
    before = bed.block.tobytes()
    bed.read(bed.block, ACID, bed.p, bed.k)
    assert bed.block.tobytes() == before


@pytest.mark.parametrize("chemistry", CHEMISTRIES)
def test_a_column_at_rest_stays_at_rest(chemistry: str) -> None:
    bed = column(chemistry)
    quiet = bed.pump(NEUTRAL._replace(flow=0.0), 60.0)[-1]
    assert quiet.ph == pytest.approx(7.4, abs=0.05)
    assert quiet.absorbance == pytest.approx(0.0, abs=1e-9)
    assert bed.pump(NEUTRAL, 3000.0)[-1].ph == pytest.approx(quiet.ph, abs=1e-3)


def test_names_and_units_stand_on_every_field() -> None:
    for shape in (model.Inputs, model.Parameters, model.Readings, model.Start, ProteinA, CationExchange):
        assert all(unit_of(mark) for mark in annotations(shape).values())
