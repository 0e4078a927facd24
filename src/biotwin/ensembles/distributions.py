"""What may vary in an ensemble: a value, or a distribution that a seed turns into one.

A draw is a function of (seed, name): two members with the same seed draw the same, whoever flies them.
"""

from __future__ import annotations

import math
from typing import Annotated

import msgspec

from biotwin.randomness import deviate, stream_key, uniform

Positive = Annotated[float, msgspec.Meta(gt=0.0)]
LIMIT = 3.0


class Uniform(msgspec.Struct, frozen=True, tag="uniform"):
    """Evenly between ``low`` and ``high`` (SI)."""

    low: float
    high: float


class Normal(msgspec.Struct, frozen=True, tag="normal"):
    """Around ``mean`` with standard deviation ``deviation`` (SI), cut at three deviations so that nothing is absurd."""

    mean: float
    deviation: Positive


class Relative(msgspec.Struct, frozen=True, tag="relative"):
    """The plant's own value times a log-normal factor of variation ``spread``, cut at three deviations."""

    spread: Positive


class Choice(msgspec.Struct, frozen=True, tag="choice"):
    """One of several values (SI), each as likely as the others."""

    values: Annotated[tuple[float, ...], msgspec.Meta(min_length=1)]


Distribution = Uniform | Normal | Relative | Choice
Override = float | Distribution


def drawn(override: Override, own: float, seed: int, name: str) -> float:
    """The value of an override for this seed; ``own`` is the plant's value, ``name`` the address that it changes."""
    if isinstance(override, (int, float)):
        return float(override)
    key = stream_key(seed, f"ensemble/{name}")
    if isinstance(override, Uniform):
        return override.low + (override.high - override.low) * float(uniform(key, 0))
    if isinstance(override, Choice):
        return override.values[int(float(uniform(key, 0)) * len(override.values))]
    z = min(max(float(deviate(key, 0)), -LIMIT), LIMIT)
    if isinstance(override, Normal):
        return override.mean + override.deviation * z
    sigma = math.sqrt(math.log1p(override.spread**2))
    return own * math.exp(sigma * z)
