"""One determination: a law of the truth, the method, chance and mistakes; and the power of a test, from the same law.

Noise is f(seed, lot and test, ordinal): the third determination of a test says the same whatever else was ordered
before, and whenever. Determinations of one series (one run of the laboratory) share their run's deviation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from biotwin.randomness import normal, stream_key, uniform
from biotwin.release.book import Mistake, SpecifiedTest
from biotwin.release.chance import binomial, binomial_share, normal_share, poisson, poisson_share
from biotwin.release.lot import Sample
from biotwin.release.truths import value_of


class Determined(NamedTuple):
    """``ticks`` as reported; ``below``: ``quantification``, ``detection`` or empty; the mistake made, or empty."""

    ticks: int
    below: str
    mistake: str


@dataclass(frozen=True)
class Draw:
    """Chance of one determination: each a number between 0 and 1."""

    run: float
    preparation: float
    count: float
    mistake: float


def draw(seed: int, address: str, series: int, ordinal: int) -> Draw:
    """The chance of the ``ordinal``-th determination at ``address`` in its ``series``."""
    def at(part: str, counter: int) -> float:
        return float(uniform(stream_key(seed, f"{address}/{part}"), counter))

    return Draw(at("run", series), at("preparation", ordinal), at("count", ordinal), at("mistake", ordinal))


def true_value(test: SpecifiedTest, sample: Sample, water: float) -> float:
    """What the test is about, in this sample, as the method prepares it."""
    return value_of(test.read.truth, sample, water if test.read.reconstituted else 0.0)


def mistake_made(test: SpecifiedTest, u: float) -> str:
    """The mistake that chance ``u`` makes, or an empty string."""
    for slug, mistake in test.mistakes.items():
        u -= mistake.description.chance
        if u < 0.0:
            return slug
    return ""


def determine(test: SpecifiedTest, truth: float, chance: Draw) -> Determined:
    """What comes back for this truth."""
    slug = mistake_made(test, chance.mistake)
    mistake = test.mistakes.get(slug)
    if test.method.law == "count":
        mean = _mean(test, truth, mistake)
        return Determined(test.ticks(poisson(chance.count, mean) / test.examined), "", slug)
    if test.method.law == "units":
        positive = binomial(chance.count, test.method.units, truth * test.method.recovery)
        more = math.ceil(mistake.description.positives) if mistake else 0
        return Determined(test.ticks(float(min(test.method.units, positive + more))), "", slug)
    return _measured(test, _centre(test, truth, mistake), chance, slug)


def _measured(test: SpecifiedTest, centre: float, chance: Draw, slug: str) -> Determined:
    error = test.between * float(normal(chance.run)) + test.within * float(normal(chance.preparation))
    value = centre * math.exp(error) if test.method.law == "relative" else centre + error
    below = "detection" if value < test.detection else "quantification" if value < test.quantification else ""
    return Determined(test.ticks(max(value, test.quantification, 0.0)), below, slug)


def _centre(test: SpecifiedTest, truth: float, mistake: Mistake | None = None) -> float:
    """What the method finds without chance."""
    found = truth * test.method.bias + test.offset
    if mistake is None:
        return found
    return (found if mistake.replaces is None else mistake.replaces) * mistake.description.factor + mistake.adds


def _mean(test: SpecifiedTest, truth: float, mistake: Mistake | None = None) -> float:
    """Mean of what is counted."""
    mean = truth * test.examined * test.method.recovery
    return mean * mistake.description.factor + mistake.description.positives if mistake else mean


def passing_probability(test: SpecifiedTest, truth: float) -> float:
    """Probability that one determination without mistake meets the specification. One less it is the test's power."""
    low, high = test.low, test.high
    if test.method.law in ("count", "units"):
        most, least = _counts(test, high, low)

        def share(count: int) -> float:
            if test.method.law == "count":
                return poisson_share(count, _mean(test, truth))
            return binomial_share(count, test.method.units, truth * test.method.recovery)

        return max(0.0, (1.0 if most is None else share(most)) - share(least - 1))
    upper = 1.0 if high is None else _share_below(test, truth, high + 0.5)
    floor = test.ticks(max(test.quantification, 0.0))
    return max(0.0, upper - (0.0 if low is None or low <= floor else _share_below(test, truth, low - 0.5)))


def _counts(test: SpecifiedTest, high: int | None, low: int | None) -> tuple[int | None, int]:
    """The most and the least that may be counted."""
    most = None if high is None else math.ceil(test.value(high + 0.5) * test.examined - 1e-9) - 1
    least = 0 if low is None else math.ceil(test.value(low - 0.5) * test.examined - 1e-9)
    return most, max(0, least)


def _share_below(test: SpecifiedTest, truth: float, ticks: float) -> float:
    """Share of determinations that report less than this many ticks."""
    spread = math.hypot(test.between, test.within)
    centre, limit = _centre(test, truth), test.value(ticks)
    if test.method.law == "absolute":
        return normal_share((limit - centre) / spread)
    if centre <= 0.0 or limit <= 0.0:
        return 1.0 if limit > centre else 0.0
    return normal_share(math.log(limit / centre) / spread)
