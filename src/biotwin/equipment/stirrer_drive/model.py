"""The drive of a stirrer: a motor behind a frequency converter that ramps.

It gives the speed of its own shaft; a slipping belt between that shaft and the impeller belongs to the vessel, and
shows here only as a current that is too low for the speed.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import law, maximum, minimum
from biotwin.quantity import Deviate, Number, PerSecond, PerSecondSquared, Second

DEVIATE_WHEN = "noise_gain"
"""The input without which chance has no effect: no number need be drawn while it is 0."""


class State(NamedTuple):
    """What the drive remembers."""

    speed: PerSecond
    """Shaft speed, turns per second."""
    drift: Number
    """Drift of the speed calibration, fraction."""


class Inputs(NamedTuple):
    """Command and malfunctions; every malfunction is 0 in health."""

    command: Number = 0.0
    """Fraction of the maximum speed, 0..1; what lies outside is taken at the nearer end."""
    deviate: Deviate = 0.0
    stuck: Number = 0.0
    """0..1: how much of its ability to change speed the drive has lost."""
    slow: Number = 0.0
    """0..1: ramp up to ``slow_factor`` times longer."""
    dead: Number = 0.0
    """0..1: how much of the commanded speed is lost; 1 is a tripped drive that coasts down."""
    bias: Number = 0.0
    """Calibration error of the speed, fraction."""
    drift_rate: PerSecond = 0.0
    """Change of that error, fraction per second."""
    noise_gain: Number = 0.0
    """Standard deviation of the speed as a fraction of itself (a converter that hunts)."""


class Parameters(NamedTuple):
    """Constants of one drive."""

    maximum_speed: PerSecond = 2.5
    """Turns per second at full command. 2.5 is 150 rpm, for about 2 m3."""
    ramp: PerSecondSquared = 0.05
    """Largest change of speed, 1/s2. Teaching value: 3 rpm per second spares seals and cells."""
    slow_factor: Number = 10.0
    """Teaching value: a ramp that an operator notices at the first set-point step."""
    no_load_current: Number = 0.3
    """Current at full speed in air as a fraction of the rated one. Teaching value for induction motors."""


class Readings(NamedTuple):
    """What the drive does and what it draws."""

    speed: PerSecond
    """Shaft speed, turns per second, >= 0."""
    current: Number
    """Motor current as a fraction of the rated one, for a vessel filled to its normal level."""


class Start(NamedTuple):
    """How the drive begins: turning at ``speed``."""

    speed: PerSecond = 0.0


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The drive after ``dt`` seconds: the speed has gone towards its target at most as far as the ramp allows."""
    drift = x.drift + u.drift_rate * dt
    fraction = minimum(maximum(u.command, 0.0), 1.0) * (1.0 - u.dead)
    target = p.maximum_speed * fraction * maximum(1.0 + u.bias + drift, 0.0)
    reach = dt * p.ramp * (1.0 - u.stuck) / (1.0 + u.slow * (p.slow_factor - 1.0))
    return State(speed=x.speed + minimum(maximum(target - x.speed, -reach), reach), drift=drift)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Speed and current at this instant; torque goes with the square of speed (constant power number)."""
    speed = x.speed * maximum(1.0 + u.noise_gain * u.deviate, 0.0)
    fraction = speed / p.maximum_speed
    return Readings(speed=speed, current=fraction * (p.no_load_current + (1.0 - p.no_load_current) * fraction))


def initial(p: Parameters, start: Start) -> State:
    """Turning at its starting speed."""
    return State(speed=start.speed, drift=0.0)
