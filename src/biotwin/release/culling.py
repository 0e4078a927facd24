"""What a second inspection leaves of a lot's containers: of each kind of bad ones the share that it finds is gone, and
of all that is left a few good ones.

A container is bad in one way whatever else it is (kinds are independent). What was found takes its content along.
"""

from __future__ import annotations

import math

from biotwin.materials import FIELDS
from biotwin.release.description import ReprocessingDescription
from biotwin.release.lot import Sample
from biotwin.release.state import Case, State


def culled(step: ReprocessingDescription, sample: Sample) -> Sample:
    """The sample as the step leaves it."""
    went_on, cleaner = kept(step, sample), cleared(step, sample)
    amounts = {name: value * went_on * cleaner.get(name, 1.0) for name, value in sample.amounts.items()}
    states = {name: value * cleaner.get(name, 1.0) for name, value in sample.states.items()}
    return Sample(sample.taken, amounts, states)


def kept(step: ReprocessingDescription, sample: Sample) -> float:
    """Share of the containers that goes on."""
    good = math.prod(1.0 - found * _bad(sample, name) for name, found in step.removes.items())
    return (1.0 - step.discards) * good


def cleared(step: ReprocessingDescription, sample: Sample) -> dict[str, float]:
    """By kind: how bad a container that goes on is on average, over how bad one was before."""
    return {name: (1.0 - found) / max(1.0 - found * _bad(sample, name), math.ulp(1.0))
            for name, found in step.removes.items()}


def _bad(sample: Sample, name: str) -> float:
    """Share of the containers that are bad in this way: a true state is one; amounts fall into them by chance."""
    if name not in FIELDS:
        return min(1.0, sample.states.get(name, 0.0))
    containers = sample.amounts.get("containers", 0.0)
    return -math.expm1(-sample.amounts.get(name, 0.0) / containers) if containers > 0.0 else 0.0


def inspected(case: Case, state: State) -> tuple[float, dict[str, float]]:
    """``kept`` and ``cleared`` of the lot as it was reprocessed; all of it, as it was, where it was not."""
    step = case.book.specification.reprocessing.get(state.reprocessed)
    if step is None or step.stage not in case.file.samples:
        return 1.0, {}
    sample = case.file.samples[step.stage]
    return kept(step, sample), cleared(step, sample)
