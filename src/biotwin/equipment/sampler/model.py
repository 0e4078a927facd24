"""An aseptic sampling port with a dead volume: what a sample costs the lot in liquid, truth and sterility.

Not ticked: ``sampling`` is evaluated once per sample. The dead volume holds the previous sample and washes out as a
stirred volume while purge and sample pass.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.quantity import CubicMetre, Number


class Inputs(NamedTuple):
    """One act of sampling, and the malfunctions; every malfunction is 0 in health."""

    requested: CubicMetre = 0.0
    """Volume that the analysers need, m3, >= 0."""
    purge: CubicMetre = 0.0
    """Volume thrown away before, m3, >= 0."""
    aseptic: Number = 1.0
    """0..1: 1 when the port was steamed or welded and swabbed as the procedure asks."""
    leak: Number = 0.0
    """0..1: how far the port's diaphragm is torn."""
    dead: Number = 0.0
    """0..1: how far the port is blocked."""


class Parameters(NamedTuple):
    """Constants of one port."""

    dead_volume: CubicMetre = 5.0e-6
    """Between vessel and container, m3, > 0. Teaching value: 5 mL of tube and valve."""
    aseptic_risk: Number = 1.0e-5
    """Probability that an aseptic sample contaminates. Teaching value: 30 samples leave a lot in 3,000 spoilt."""
    open_risk: Number = 0.02
    """Probability that a non-aseptic sample contaminates. Teaching value: felt within one lot, not certain."""


class Readings(NamedTuple):
    """What the sample took, what it holds, what it risked."""

    withdrawn: CubicMetre
    """Volume that left the vessel: purge and sample, m3."""
    sample: CubicMetre
    """Volume in the container, m3."""
    carry_over: Number
    """Fraction of the sample that is the previous one, 0..1."""
    contamination_probability: Number
    """That this sample contaminates the vessel, 0..1: the session draws."""


@law
def sampling(u: Inputs, p: Parameters) -> Readings:
    """Volumes, carry-over and risk of one sample.

    The dead volume D, stirred, keeps exp(-P/D) of its content after the purge P and exp(-(P+S)/D) after the sample S;
    the difference is in the container. A sample of no volume has the limit of that fraction.
    """
    flow = 1.0 - u.dead
    purge = u.purge * flow
    sample = u.requested * flow
    taken = sample / p.dead_volume
    some = taken > 1.0e-9
    mixing = where(some, (1.0 - exp(-taken)) / where(some, taken, 1.0), 1.0)
    open_port = maximum(1.0 - minimum(maximum(u.aseptic, 0.0), 1.0), u.leak)
    return Readings(
        withdrawn=purge + sample,
        sample=sample,
        carry_over=exp(-purge / p.dead_volume) * mixing,
        contamination_probability=p.aseptic_risk + open_port * (p.open_risk - p.aseptic_risk),
    )
