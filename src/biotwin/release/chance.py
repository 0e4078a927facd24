"""Chance as quantiles: a count is a function of one number between 0 and 1, its probability the inverse of the same.

Beyond a mean of 200 a Poisson count is its Cornish-Fisher expansion to the second term (error of the distribution
below 1e-3 there); the probability inverts that very expansion, so that both always agree.
"""

from __future__ import annotations

import math

from biotwin.randomness import normal

MANY = 200.0


def normal_share(z: float) -> float:
    """Share of a standard normal below ``z``."""
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def poisson(u: float, mean: float) -> int:
    """The count whose cumulative probability first reaches ``u``."""
    if mean <= 0.0:
        return 0
    if mean > MANY:
        z = float(normal(u))
        return max(0, round(mean + math.sqrt(mean) * z + (z * z - 1.0) / 6.0))
    term = total = math.exp(-mean)
    count = 0
    while total < u and term > 0.0:
        count += 1
        term *= mean / count
        total += term
    return count


def poisson_share(most: int, mean: float) -> float:
    """Probability of at most this count."""
    if most < 0:
        return 0.0
    if mean <= 0.0:
        return 1.0
    if mean > MANY:
        inside = mean - (2.0 / 3.0) * (mean - 1.0 / 6.0 - most - 0.5)
        return normal_share(3.0 * (math.sqrt(inside) - math.sqrt(mean))) if inside > 0.0 else 0.0
    term = total = math.exp(-mean)
    for count in range(1, most + 1):
        term *= mean / count
        total += term
    return min(total, 1.0)


def binomial(u: float, units: int, share: float) -> int:
    """The number of ``units`` of which each is positive with probability ``share``, at cumulative probability ``u``."""
    total = 0.0
    for count in range(units):
        total += _exactly(count, units, share)
        if total >= u:
            return count
    return units


def binomial_share(most: int, units: int, share: float) -> float:
    """Probability of at most ``most`` positive units."""
    return min(1.0, sum(_exactly(count, units, share) for count in range(min(most, units) + 1)))


def _exactly(count: int, units: int, share: float) -> float:
    share = min(max(share, 0.0), 1.0)
    return math.comb(units, count) * share**count * (1.0 - share) ** (units - count)
