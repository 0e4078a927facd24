"""Counts as quantiles, against scipy's distributions."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from biotwin.release.chance import MANY, binomial, binomial_share, poisson, poisson_share

GRID = [(k + 0.5) / 499 for k in range(499)]


@pytest.mark.parametrize("mean", [0.02, 1.0, 7.3, 60.0, 199.0])
def test_a_small_poisson_count_is_exact(mean):
    assert [poisson(u, mean) for u in GRID] == stats.poisson(mean).ppf(GRID).tolist()
    counts = range(int(3 * mean) + 5)
    assert [poisson_share(k, mean) for k in counts] == pytest.approx(stats.poisson(mean).cdf(counts), rel=1e-9)


@pytest.mark.parametrize("mean", [MANY + 1, 1500.0, 30_000.0])
def test_a_large_poisson_count_is_close(mean):
    assert np.max(np.abs(np.array([poisson(u, mean) for u in GRID]) - stats.poisson(mean).ppf(GRID))) <= 1
    counts = [round(mean + z * mean**0.5) for z in (-4, -2, -1, 0, 1, 2, 4)]
    assert [poisson_share(k, mean) for k in counts] == pytest.approx(stats.poisson(mean).cdf(counts), abs=1e-3)


@pytest.mark.parametrize(("units", "share"), [(20, 1e-3), (20, 0.3), (200, 0.01), (32, 0.9), (10, 0.0), (10, 1.0)])
def test_units_are_binomial(units, share):
    law = stats.binom(units, share)
    assert [binomial(u, units, share) for u in GRID] == law.ppf(GRID).tolist()
    assert [binomial_share(k, units, share) for k in range(units)] == pytest.approx(law.cdf(range(units)), abs=1e-12)


def test_acceptance_sampling_as_published():
    """downstream.md reference 74: n 32, c 0, 0.65 % defective: 0.8117."""
    assert binomial_share(0, 32, 0.0065) == pytest.approx(0.8117, abs=5e-5)


def test_nothing_there_is_never_counted():
    assert poisson(1.0 - 1e-16, 0.0) == 0
    assert poisson_share(-1, 3.0) == 0.0
