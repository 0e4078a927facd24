"""A valve with an actuator of finite travel: rate-limited, exact at any tick, with two limit switches.

The stem goes to its target at a constant rate; the seat may pass when the stem says closed, which the switches
do not see: that difference is the lesson of this drawer.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import law, maximum, minimum, where
from biotwin.quantity import Deviate, Number, PerSecond, Second

DEVIATE_WHEN = "noise_gain"
"""The input without which chance has no effect: no number need be drawn while it is 0."""


class State(NamedTuple):
    """What the valve remembers."""

    position: Number
    """Stem position, 0 closed .. 1 open."""
    drift: Number
    """Drift of the positioner's zero, fraction of the stroke."""


class Inputs(NamedTuple):
    """Command and malfunctions; every malfunction is 0 in health."""

    command: Number = 0.0
    """Wanted position, 0..1; what lies outside is taken at the nearer end."""
    deviate: Deviate = 0.0
    stuck: Number = 0.0
    """0..1: how much of its ability to move the stem has lost."""
    slow: Number = 0.0
    """0..1: travel time up to ``slow_factor`` times its healthy value."""
    dead: Number = 0.0
    """0..1: how far actuator power is lost; 1 sends the stem to ``fail_position``."""
    leak: Number = 0.0
    """Smallest effective opening that the damaged seat allows, 0..1."""
    bias: Number = 0.0
    """Zero error of the positioner, fraction of the stroke."""
    drift_rate: PerSecond = 0.0
    """Change of that zero, fraction per second."""
    noise_gain: Number = 0.0
    """Standard deviation of the target (a positioner that hunts), fraction of the stroke."""


class Parameters(NamedTuple):
    """Constants of one valve."""

    travel_time: Second = 5.0
    """Full stroke, s, > 0. Teaching value: small pneumatic diaphragm valves take seconds."""
    slow_factor: Number = 10.0
    """Teaching value: a sticky packing that an operator sees on the limit switches."""
    fail_position: Number = 0.0
    """Where the spring sends the stem without power: 0 fail-closed, 1 fail-open."""
    switch_margin: Number = 0.02
    """How near an end the limit switch closes, fraction of the stroke. Teaching value."""


class Readings(NamedTuple):
    """What passes and what is indicated."""

    opening: Number
    """Effective opening for the flow, 0..1, the leak of the seat included."""
    position: Number
    """Stem position, 0..1, as the positioner returns it."""
    closed: Number
    """Limit switch: 1 when the stem is at its closed end, else 0."""
    open: Number
    """Limit switch: 1 when the stem is at its open end, else 0."""


class Start(NamedTuple):
    """How the valve begins: standing at ``position``."""

    position: Number = 0.0


@law
def target_position(drift: Number, u: Inputs, p: Parameters) -> Number:
    """Where the positioner wants the stem, 0..1."""
    wanted = u.command + u.bias + drift + u.noise_gain * u.deviate
    wanted = minimum(maximum(wanted, 0.0), 1.0)
    return wanted + u.dead * (p.fail_position - wanted)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The valve after ``dt`` seconds: the stem has gone towards its target at most as far as its rate allows."""
    reach = dt * (1.0 - u.stuck) / (p.travel_time * (1.0 + u.slow * (p.slow_factor - 1.0)))
    drift = x.drift + u.drift_rate * dt
    error = target_position(drift, u, p) - x.position
    return State(position=x.position + minimum(maximum(error, -reach), reach), drift=drift)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Opening, position and limit switches at this instant."""
    return Readings(
        opening=maximum(x.position, u.leak),
        position=x.position,
        closed=where(x.position <= p.switch_margin, 1.0, 0.0),
        open=where(x.position >= 1.0 - p.switch_margin, 1.0, 0.0),
    )


def initial(p: Parameters, start: Start) -> State:
    """Standing at its starting position."""
    return State(position=start.position, drift=0.0)
