"""Signals: every number that a plant exposes, in FMI's words (FMI 3.0, section 2.4): causality, variability, unit.

The address is the signal's one name from the YAML to the screen: ``usp/br101/tt101.value``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """One slot of the ``real`` buffer. ``causality``: input, output, local (state), parameter. ``unit``: SI.

    ``observed``: people in the plant can see it; everything else is the true state, behind the truth wall.
    ``start``: the value at rest.
    """

    address: str
    slot: int
    unit: str
    causality: str
    observed: bool
    start: float = 0.0
