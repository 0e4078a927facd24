"""Straight lines through the results of several lots, after ICH Q1E: whether slopes may be pooled, and how sure one is.

Every lot has an intercept of its own. Slopes are pooled where the F test of their difference is not significant at 0.25
(Q1E, 2.4.1, recalled); else the lot whose slope does most harm stands for all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

Points = Sequence[tuple[float, float]]
"""(months, value)."""
POOLING = 0.25


@dataclass(frozen=True)
class Slope:
    """``value`` per month, its standard ``error``, the residual ``deviation``, degrees of freedom; ``pooled`` or of the
    worst lot alone.
    """

    value: float
    error: float
    deviation: float
    freedom: int
    pooled: bool

    def bound(self, sign: int) -> float:
        """The one-sided 95 % limit of the slope, upwards (1) or downwards (-1)."""
        return self.value + sign * student(0.95, self.freedom) * self.error


@dataclass(frozen=True)
class _Sums:
    n: int
    xx: float
    xy: float
    yy: float

    @property
    def slope(self) -> float:
        return self.xy / self.xx

    @property
    def residual(self) -> float:
        return max(0.0, self.yy - self.xy * self.xy / self.xx)


def _sums(points: Points) -> _Sums:
    n = len(points)
    x0, y0 = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    return _Sums(n, sum((x - x0) ** 2 for x, _ in points), sum((x - x0) * (y - y0) for x, y in points),
                 sum((y - y0) ** 2 for _, y in points))


def line(points: Points) -> tuple[float, float]:
    """Intercept and slope of least squares; needs two different months."""
    slope = _sums(points).slope
    n = len(points)
    return sum(y for _, y in points) / n - slope * sum(x for x, _ in points) / n, slope


def slope(lots: Sequence[Points], sign: int) -> Slope:
    """The slope that stands for all lots (three points each); ``sign``: 1 where rising does harm, -1 where falling.
    """
    each = [_sums(points) for points in lots]
    n, k = sum(s.n for s in each), len(each)
    apart = sum(s.residual for s in each)
    xx, xy, yy = (sum(getattr(s, name) for s in each) for name in ("xx", "xy", "yy"))
    together = max(0.0, yy - xy * xy / xx)
    if k == 1 or different(together - apart, k - 1, apart, n - 2 * k) >= POOLING:
        freedom = n - k - 1
        deviation = math.sqrt(together / freedom)
        return Slope(xy / xx, deviation / math.sqrt(xx), deviation, freedom, True)
    worst = max(each, key=lambda s: sign * s.slope)
    freedom = n - 2 * k
    deviation = math.sqrt(apart / freedom)
    return Slope(worst.slope, deviation / math.sqrt(worst.xx), deviation, freedom, False)


def different(between: float, more: int, within: float, freedom: int) -> float:
    """P value of an F test: the probability of so large a difference by chance alone."""
    if within <= 0.0:
        return 1.0 if between <= 0.0 else 0.0
    f = (max(0.0, between) / more) / (within / freedom)
    return beta_share(freedom / 2.0, more / 2.0, freedom / (freedom + more * f))


@lru_cache(maxsize=256)
def student(share: float, freedom: int) -> float:
    """The quantile of Student's t below which lies ``share`` (0.5 .. 1), by bisection of its distribution."""
    low, high = 0.0, 700.0
    for _ in range(80):
        t = 0.5 * (low + high)
        below = 1.0 - 0.5 * beta_share(freedom / 2.0, 0.5, freedom / (freedom + t * t))
        low, high = (t, high) if below < share else (low, t)
    return 0.5 * (low + high)


def beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction (Numerical Recipes 6.4, recalled)."""
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1.0 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0) or tiny)
    h = d
    for m in range(1, 300):
        for top in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                    -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1.0 / (1.0 + top * d or tiny)
            c = 1.0 + top / c or tiny
            h *= c * d
        if abs(c * d - 1.0) < 1e-14:
            break
    return h
