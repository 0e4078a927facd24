"""__title__: a vessel that fills and empties, the smallest drawer that keeps a balance.

What leaves in a tick is at most what is held, so that the volume never becomes negative and the balance closes.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import law, minimum
from biotwin.quantity import CubicMetre, CubicMetrePerSecond, Number, Second


class State(NamedTuple):
    """What the vessel remembers."""

    volume: CubicMetre
    """Liquid held, m3, >= 0."""
    flow: CubicMetrePerSecond
    """Mean flow that left during the last tick, m3/s, >= 0."""


class Inputs(NamedTuple):
    """What is done to it; a malfunction is 0 in health."""

    inflow: CubicMetrePerSecond = 0.0
    """What comes in, m3/s, >= 0."""
    draw: CubicMetrePerSecond = 0.0
    """What is asked to leave, m3/s, >= 0."""
    clamp: Number = 0.0
    """0..1: how far the outlet is clamped."""


class Parameters(NamedTuple):
    """Constants of one instance."""

    capacity: CubicMetre = 0.1
    """Working volume, m3, > 0. Teaching value: a small hold vessel."""


class Readings(NamedTuple):
    """What others can be wired to."""

    liquid_flow: CubicMetrePerSecond
    """Mean flow that left during the last tick."""
    level: Number
    """Fraction of the working volume, 0 when empty; above 1 it is overfull."""


class Start(NamedTuple):
    """How it begins."""

    volume: CubicMetre = 0.0


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The vessel after ``dt`` seconds: exact for flows that are constant within the tick."""
    held = x.volume + u.inflow * dt
    given = minimum(u.draw * (1.0 - u.clamp) * dt, held)
    return State(volume=held - given, flow=given / dt)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """What the vessel shows now."""
    return Readings(liquid_flow=x.flow, level=x.volume / p.capacity)


def initial(p: Parameters, start: Start) -> State:
    """At rest with its starting volume."""
    return State(volume=start.volume, flow=0.0)
