"""What an assay says: its precision as stated, its power, its mistakes, the same whenever it is asked."""

from __future__ import annotations

import math
import statistics

import pytest

from biotwin.release.assay import (
    Draw,
    determine,
    draw,
    mistake_made,
    passing_probability,
    true_value,
)
from biotwin.release.lot import Sample
from biotwin.release.overview import as_written
from tests.release.lots import PRODUCT, VIALS, book, lot

MANY = 4000
CALM = 1.0 - 1e-9
"""A chance of mistakes that makes none."""
MEASURED = [slug for slug, test in book().tests.items() if test.method.law in ("relative", "absolute")]
COUNTED = [slug for slug, test in book().tests.items() if test.method.law in ("count", "units")]


def reported(slug: str, truth: float, seeds: range, series: int = 1) -> list[float]:
    """Values without mistakes, in the shown unit, of many laboratories."""
    test = book().tests[slug]
    found = []
    for seed in seeds:
        chance = draw(seed, f"lot/{slug}", series, seed)
        calm = Draw(chance.run, chance.preparation, chance.count, CALM)
        found.append(determine(test, truth, calm).ticks / 10.0**test.read.digits)
    return found


def a_truth(slug: str) -> float:
    """A value well above every limit of quantification, SI."""
    test = book().tests[slug]
    sound = true_value(test, lot().samples[test.stage], book().water)
    return max(sound, 20.0 * test.quantification, test.value(200.0))


@pytest.mark.parametrize("slug", MEASURED)
def test_results_scatter_as_the_method_states(slug):
    test, truth = book().tests[slug], a_truth(slug)
    values = reported(slug, truth, range(MANY))
    rounding = 1.0 / (12.0 * 10.0 ** (2 * test.read.digits))
    m = test.method
    shown = test.shown.shown(truth * m.bias + test.offset)
    if m.law == "relative":
        centre, spread = statistics.fmean(map(math.log, values)), statistics.stdev(map(math.log, values))
        expected, middle, rounding = math.hypot(test.between, test.within), math.log(shown), rounding / shown**2
    else:
        centre, spread, middle = statistics.fmean(values), statistics.stdev(values), shown
        expected = test.shown.shown(math.hypot(test.between, test.within))
    expected = math.sqrt(expected**2 + rounding)
    assert spread == pytest.approx(expected, rel=4.0 / math.sqrt(2 * MANY))
    assert centre == pytest.approx(middle, abs=4.0 * expected / math.sqrt(MANY) + 1e-3 * expected)


def test_potency_of_three_runs_has_the_published_precision():
    """downstream.md 3.10 [P]: 11.7 % for one determination; the mean of three runs is the root of three better."""
    test = book().tests["substance.potency"]
    assert math.hypot(test.between, test.within) == pytest.approx(0.117 / math.sqrt(3.0), rel=1e-12)


def test_determinations_of_one_series_share_their_run():
    test = book().tests["substance.hcp"]
    def spread(series) -> float:
        values = []
        for ordinal in range(1, 800):
            chance = draw(5, "lot/substance.hcp", series(ordinal), ordinal)
            values.append(math.log(determine(test, 4e-4, Draw(chance.run, chance.preparation, 0.5, CALM)).ticks))
        return statistics.stdev(values)
    assert spread(lambda ordinal: 1) == pytest.approx(test.within, rel=0.12)
    assert spread(lambda ordinal: ordinal) == pytest.approx(math.hypot(test.between, test.within), rel=0.12)


@pytest.mark.parametrize("slug", MEASURED)
@pytest.mark.parametrize("sigmas", [-1.0, 0.0, 1.5])
def test_the_power_of_a_measurement_is_the_share_that_passes(slug, sigmas):
    test = book().tests[slug]
    limit = test.value(test.high if test.high is not None else test.low)
    spread = math.hypot(test.between, test.within)
    truth = (limit * math.exp(sigmas * spread) if test.method.law == "relative" else limit + sigmas * spread)
    passed = [test.inside(round(value * 10**test.read.digits)) for value in reported(slug, truth, range(MANY))]
    stated = passing_probability(test, truth)
    assert sum(passed) / MANY == pytest.approx(stated, abs=4.0 * math.sqrt(max(stated * (1 - stated), 1e-4) / MANY))


@pytest.mark.parametrize("slug", COUNTED)
@pytest.mark.parametrize("times", [0.3, 1.0, 2.0])
def test_the_power_of_a_count_is_the_share_that_passes(slug, times):
    test = book().tests[slug]
    limit = max(test.high, 1) / (test.method.units if test.method.law == "units" else 1.0)
    truth = times * (limit if test.method.law == "units" else test.value(limit)) / test.method.recovery
    passed = [test.inside(round(value * 10**test.read.digits)) for value in reported(slug, truth, range(MANY))]
    stated = passing_probability(test, truth)
    assert sum(passed) / MANY == pytest.approx(stated, abs=4.0 * math.sqrt(max(stated * (1 - stated), 1e-4) / MANY))


@pytest.mark.parametrize(("share", "power"), [(1e-3, 0.0198), (1e-2, 0.182), (0.0, 0.0), (1.0, 1.0)])
def test_the_sterility_test_has_the_power_of_twenty_units(share, power):
    """downstream.md reference 72."""
    test = book().tests["product.sterility"]
    assert 1.0 - passing_probability(test, share) == pytest.approx(power, abs=5e-5 if share < 5e-3 else 5e-4)
    assert 1.0 - passing_probability(test, share) == pytest.approx(1.0 - (1.0 - share) ** 20, abs=1e-12)


def test_germs_fall_into_vials_by_chance():
    test = book().tests["product.sterility"]
    sample = Sample.of(PRODUCT._replace(bioburden=VIALS * 0.01), 0)
    assert true_value(test, sample, book().water) == pytest.approx(1.0 - math.exp(-0.01), rel=1e-12)


def test_a_cake_is_dissolved_before_it_is_read_and_a_liquid_is_not():
    test = book().tests["product.endotoxin"]
    dried = true_value(test, Sample.of(PRODUCT, 0), book().water)
    assert dried == pytest.approx(PRODUCT.endotoxin / (VIALS * 5e-6), rel=2e-3)
    liquid = PRODUCT._replace(volume=VIALS * 4.8e-6)
    assert true_value(test, Sample.of(liquid, 0), book().water) == pytest.approx(PRODUCT.endotoxin / liquid.volume)


def test_what_cannot_be_quantified_is_reported_as_below():
    test = book().tests["substance.hcp"]
    assert determine(test, 0.0, Draw(0.5, 0.5, 0.5, CALM)) == (test.ticks(test.quantification), "detection", "")
    assert determine(test, 1.5e-6, Draw(0.5, 0.5, 0.5, CALM)).below == "quantification"


@pytest.mark.parametrize("slug", list(book().tests))
def test_mistakes_come_as_often_as_stated_and_show(slug):
    test = book().tests[slug]
    chances = {name: mistake.description.chance for name, mistake in test.mistakes.items()}
    made = [mistake_made(test, (k + 0.5) / 10_000) for k in range(10_000)]
    for name, chance in chances.items():
        assert made.count(name) == pytest.approx(10_000 * chance, abs=1)
    for name in chances:
        at = (made.index(name) + 0.5) / 10_000
        truth = a_truth(slug) if test.method.law in ("relative", "absolute") else 0.0
        calm, wrong = (determine(test, truth, Draw(0.5, 0.5, 0.5, u)) for u in (CALM, at))
        assert wrong.mistake == name
        assert wrong.ticks != calm.ticks


def test_chance_is_a_function_of_the_address():
    assert draw(1, "a/b", 1, 1) == draw(1, "a/b", 1, 1)
    seen = {draw(seed, address, 1, ordinal).preparation
            for seed in (1, 2) for address in ("a/b", "a/c") for ordinal in (1, 2)}
    assert len(seen) == 8


def test_a_result_is_written_with_its_digits_in_the_way_of_the_language():
    test = book().tests["product.subvisible"]
    assert as_written(test, 12345.0, "", "en") == "12,345"
    assert as_written(test, 12345.0, "", "fr") == "12\u202f345"
    assert as_written(book().tests["product.moisture"], 0.0123, "", "fr") == "1,2"
