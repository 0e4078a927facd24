"""Counts: what a counter or a plate finds of an expected number, as chance has it (Poisson)."""

from __future__ import annotations

from biotwin.operators import exp, law, maximum, sqrt, where
from biotwin.quantity import Number


@law
def below(z: Number) -> Number:
    """Area of the standard normal below ``z``, within 7.5e-8 (Abramowitz and Stegun 26.2.17, recalled)."""
    far = sqrt(z * z)
    t = 1.0 / (1.0 + 0.2316419 * far)
    series = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    upper = 0.3989422804014327 * exp(-0.5 * far * far) * series
    return where(z > 0.0, 1.0 - upper, upper)


@law
def few(mean: Number, share: Number) -> Number:
    """The Poisson quantile at ``share`` for a small mean, at most 10."""
    t0 = exp(-mean)
    t1 = t0 * mean
    t2 = t1 * mean / 2.0
    t3 = t2 * mean / 3.0
    t4 = t3 * mean / 4.0
    t5 = t4 * mean / 5.0
    t6 = t5 * mean / 6.0
    t7 = t6 * mean / 7.0
    t8 = t7 * mean / 8.0
    t9 = t8 * mean / 9.0
    c3 = t0 + t1 + t2 + t3
    c6 = c3 + t4 + t5 + t6
    low = (where(share > t0, 1.0, 0.0) + where(share > t0 + t1, 1.0, 0.0) + where(share > t0 + t1 + t2, 1.0, 0.0)
           + where(share > c3, 1.0, 0.0) + where(share > c3 + t4, 1.0, 0.0))
    return (low + where(share > c3 + t4 + t5, 1.0, 0.0) + where(share > c6, 1.0, 0.0) + where(share > c6 + t7, 1.0, 0.0)
            + where(share > c6 + t7 + t8, 1.0, 0.0) + where(share > c6 + t7 + t8 + t9, 1.0, 0.0))


@law
def counted(mean: Number, deviate: Number) -> Number:
    """A Poisson number of that mean at a standard normal ``deviate``; above 5 its normal limit with skewness."""
    small = few(maximum(where(mean > 5.0, 5.0, mean), 0.0), below(deviate))
    large = mean + sqrt(maximum(mean, 0.0)) * deviate + (deviate * deviate - 1.0) / 6.0
    return where(mean > 5.0, maximum(large, 0.0), small)
