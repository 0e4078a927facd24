"""Packed beds: to the bit, to the mol, whatever is pumped; and the objective tests of their reference file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from numba import njit

import biotwin
from biotwin.columns import trial
from biotwin.columns.acidity import acidity
from biotwin.columns.bed import LANGMUIR, STERIC, Bed, Floats
from biotwin.columns.isotherms import freed
from biotwin.columns.traces import absorbance
from biotwin.columns.transport import advance, block_size, filled, outlet, parts
from biotwin.qualification.judging import judge
from biotwin.qualification.references import Declared, declared

pytestmark = pytest.mark.slow
"""The kernels of a bed take long to compile."""

FILE = Path(biotwin.__file__).parent / "columns" / "reference.yaml"
FLOW = trial.VELOCITY * 3.14159e-4 * 0.37
LOADED = np.array([50.0, 1.0, 1.0, 1.0])


@pytest.mark.parametrize("test", declared(FILE), ids=lambda d: d.test.id)
def test_an_objective_test_holds_or_is_explained(test: Declared) -> None:
    verdict = judge(test)
    explained = test.test.discrepancy is not None
    assert verdict.passed != explained, verdict.miss or "It passes: take its discrepancy away."


def exchanger_at_rest(cells: int, resolved: int) -> tuple[Bed, Floats]:
    bed = trial.exchanger(cells, resolved)
    return bed, filled(bed, np.array([50.0, 0.0, 0.0, 0.0]), np.array([1200.0, 0.0, 0.0, 0.0]))


@pytest.mark.parametrize("resolved", [0, 1])
def test_a_block_is_all_that_a_bed_remembers(resolved: int) -> None:
    bed, block = exchanger_at_rest(12, resolved)
    assert block.size == block_size(12, 4, resolved)
    for _ in range(20):
        advance(block, LOADED, FLOW, bed, 1.0)
    kept = np.frombuffer(block.tobytes()).copy()
    feed = np.array([300.0, 0.0, 0.0, 0.0])
    for _ in range(50):
        advance(block, feed, FLOW, bed, 1.0)
    before = block.tobytes()
    outlet(block, bed)
    assert block.tobytes() == before
    for _ in range(50):
        advance(kept, feed, FLOW, bed, 1.0)
    assert kept.tobytes() == before
    assert (feed == [300.0, 0.0, 0.0, 0.0]).all()


class Scalars(NamedTuple):
    """Parameters as a plant's kernel would build them: floats by name."""

    length: float
    section: float
    strength: float
    charge: float


@njit(nogil=True, error_model="numpy")
def bed_of(p):
    figures = np.zeros((2, 3))
    figures[1, 0], figures[1, 1], figures[1, 2] = p.strength, p.charge, 10.0
    return Bed(p.length, p.section, 0.37, 0.75, 4.5e-5, 1e-4, np.full(2, 6.9e-6), STERIC, figures, 1200.0, 2.07, 1.81,
               16, 1, 1e-3)


@njit(nogil=True, error_model="numpy")
def kernel(real, par, blocks, dt):
    for i in range(blocks.shape[0]):
        begin, size = blocks[i]
        bed = bed_of(Scalars(par[0], par[1], par[2], par[3]))
        advance(real[begin:begin + size], np.array((real[1], real[2])), real[0], bed, dt)


def test_two_columns_live_in_one_buffer() -> None:
    par = np.array([0.014, 3.14e-4, 0.0355, 4.7])
    bed = bed_of(Scalars(*par))
    alone = filled(bed, np.array([50.0, 0.0]), np.array([1200.0, 0.0]))
    size = alone.size
    real = np.concatenate([[6e-8, 50.0, 1.0], alone, alone])
    for _ in range(20):
        kernel(real, par, np.array([[3, size], [3 + size, size]]), 1.0)
        advance(alone, real[1:3].copy(), 6e-8, bed, 1.0)
    assert (real[3:3 + size] == alone).all()
    assert (real[3 + size:] == alone).all()


ABSURD = some.lists(
    some.tuples(some.sampled_from([0.0, 1e-12, 1e-8, FLOW, 5e-7]), some.sampled_from([0.0, 0.1, 1.0, 20.0]),
                some.lists(some.sampled_from([0.0, 1e-9, 0.3, 50.0, 1500.0]), min_size=4, max_size=4)),
    min_size=1, max_size=6)


def kept_whole(bed: Bed, block: Floats, actions: list[tuple[float, float, list[float]]]) -> None:
    """Do all that, and ask after each whether amounts are finite, not negative, and all there."""
    began = trial.content(bed, block)
    for flow, tick, feed in actions:
        advance(block, np.array((feed * 2)[: bed.components]), flow, bed, tick)
        assert np.isfinite(block).all()
        assert np.isfinite(outlet(block, bed)).all()
        flowing, held, _, accounts = parts(block, bed)
        assert min(flowing.min(initial=0.0), held.min(), accounts.min()) >= 0.0
        missing = began + accounts[0] - accounts[1] - trial.content(bed, block)
        assert (np.abs(missing) <= 1e-9 * (began + accounts[0])).all()


@settings(max_examples=25, deadline=None)
@given(actions=ABSURD, resolved=some.sampled_from([0, 1]))
def test_an_exchanger_stays_whole_whatever_is_pumped(actions, resolved) -> None:
    bed, block = exchanger_at_rest(8, resolved)
    kept_whole(bed, block, actions)


@settings(max_examples=25, deadline=None)
@given(actions=ABSURD, resolved=some.sampled_from([0, 1]))
def test_a_protein_a_column_stays_whole_whatever_is_pumped(actions, resolved) -> None:
    bed = trial.affinity(8)._replace(resolved=resolved)
    kept_whole(bed, filled(bed, np.zeros(5), np.zeros(5)), actions)


AMOUNT = some.one_of(some.just(0.0), some.floats(-9.0, 2.5).map(lambda x: 10.0**x))


@settings(max_examples=300, deadline=None)
@given(salt=some.floats(-3.0, 3.5), proteins=some.lists(AMOUNT, min_size=3, max_size=3), guess=some.floats(-30.0, 30.0))
def test_what_is_freed_obeys_steric_mass_action(salt, proteins, guess) -> None:
    """An exchanger in balance with ``10**salt`` mol/m3 takes proteins up; the law holds wherever Newton began."""
    bed, porosity = trial.exchanger(8, 1), 0.75
    nu, sigma = bed.figures[1:, 1], bed.figures[1:, 2]
    held = np.array([porosity * 10.0**salt + 0.25 * 1200.0, *proteins])
    free = np.zeros(4)
    freed(held, free, np.array([guess, 7.0]), porosity, bed)
    bound = (held[1:] - porosity * free[1:]) / 0.25
    sites = 1200.0 - ((nu + sigma) * bound).sum()
    assert (free >= 0.0).all()
    assert sites > -1e-6
    counter = 1200.0 - (nu * bound).sum()
    assert porosity * free[0] + 0.25 * counter == pytest.approx(held[0], rel=1e-9)
    expected = bed.figures[1:, 0] * free[1:] * (max(sites, 0.0) / free[0]) ** nu
    measurable = (bound > 1e-6 * held[1:]) & (sites > 1e-3)
    assert bound[measurable] == pytest.approx(expected[measurable], rel=1e-5)


def test_a_flow_backwards_counts_as_none() -> None:
    bed, block = exchanger_at_rest(8, 1)
    other = block.copy()
    advance(block, LOADED, -FLOW, bed, 1.0)
    advance(other, LOADED, 0.0, bed, 1.0)
    assert block.tobytes() == other.tobytes()


@pytest.mark.parametrize("resolved", [0, 1])
def test_a_finer_grid_is_nearer_to_the_truth(resolved: int) -> None:
    truth = ((0.0883447, 0.134604, 0.232945), (0.0400605, 0.0613012, 0.0693273))[resolved]
    errors = [max(abs(trial.benchmark(cells, resolved).peak(i)[0] / truth[i - 1] - 1.0) for i in (1, 2, 3))
              for cells in (12, 24, 48)]
    assert errors[0] > 1.5 * errors[1] > 4.0 * errors[2]


def test_the_length_of_a_tick_does_not_matter() -> None:
    short, long = (trial.benchmark(24, 1, tick) for tick in (0.5, 2.0))
    for i in (1, 2, 3):
        assert long.peak(i)[0] == pytest.approx(short.peak(i)[0], rel=2e-3)
        assert long.peak(i)[1] == pytest.approx(short.peak(i)[1], abs=1.0)


def test_protein_a_holds_at_neutral_ph_and_lets_go_when_the_acid_arrives() -> None:
    bed = trial.affinity()
    neutral = np.array([20.0, 37.0, 0.0, 20.0, 0.0])
    acid = np.array([2.5, 0.0, 50.0, 0.0, 0.0])
    block = filled(bed, neutral, np.zeros(5))
    flow, mass = 3.5e-6 / 60.0, 10.0 / 150.0
    load = trial.run(bed, block, lambda t: neutral + [0, 0, 0, 0, mass], flow, 90.0, 1.0)
    wash = trial.run(bed, block, lambda t: neutral, flow, 200.0, 1.0)
    elution = trial.run(bed, block, lambda t: acid, flow, 600.0, 1.0)
    supplied = load.supplied[4]
    assert load.drained[4] + wash.drained[4] < 1e-3 * supplied
    assert elution.drained[4] > 0.9 * supplied
    ph = np.array([acidity(row, 7.0) for row in elution.outlet])
    assert acidity(neutral, 7.0) == pytest.approx(8.07 + np.log10(3.0 / 17.0), abs=0.01)
    assert ph[0] == pytest.approx(acidity(neutral, 7.0), abs=0.01)
    assert ph[-1] == pytest.approx(acidity(acid, 7.0), abs=0.01)
    assert 3.0 < ph[elution.outlet[:, 4].argmax()] < 5.0


@settings(max_examples=200, deadline=None)
@given(ions=some.lists(some.floats(0.0, 2000.0), min_size=4, max_size=4), guess=some.floats(-50.0, 50.0))
def test_ph_leaves_no_charge(ions, guess) -> None:
    sodium, chloride, acetate, tris = ions
    ph = acidity(np.array(ions), guess)
    positive = sodium + 1e3 * 10.0**-ph + tris / (1.0 + 10.0 ** (ph - 8.07))
    negative = chloride + 1e3 * 10.0 ** (ph - 14.0) + acetate / (1.0 + 10.0 ** (4.76 - ph))
    assert positive == pytest.approx(negative, rel=1e-6, abs=1e-9)


def test_proteins_compete_for_a_langmuir_bed() -> None:
    figures = np.array([[1.0, 2.0], [4.0, 2.0]])
    bed = Bed(length=0.1, section=1e-4, voids=0.4, pores=0.5, radius=4e-5, dispersivity=1e-4, film=np.full(2, 1e-5),
              isotherm=LANGMUIR, figures=figures, cells=16)
    block = filled(bed, np.zeros(2), np.zeros(2))
    feed = np.array([1.0, 1.0])
    run = trial.run(bed, block, lambda t: feed, 1e-7, 2000.0, 2.0)
    assert run.outlet[:, 0].max() > 1.1, "the weaker is pushed out ahead of the stronger"
    held = parts(block, bed)[1][-1] / (bed.section * bed.length / bed.cells * (1.0 - bed.voids))
    assert held == pytest.approx(0.5 * feed + 0.5 * np.array([2.0, 8.0]) / 6.0, rel=1e-3)


def test_a_detector_sees_until_stray_light_blinds_it() -> None:
    assert absorbance(0.0) == 0.0
    assert absorbance(0.5) == pytest.approx(0.35, abs=0.005)
    assert 2.4 < absorbance(30.0) < 2.6
