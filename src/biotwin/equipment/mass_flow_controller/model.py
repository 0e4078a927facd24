"""A thermal mass-flow controller for one gas: it meters, compares, and moves its own valve.

It controls what its own meter *indicates*; a calibration error is therefore invisible on its screen and real in the
vessel. Flow is asked in normal volume (273.15 K, 101325 Pa) and delivered in moles.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import exp, law, maximum, minimum
from biotwin.quantity import (
    CubicMetrePerSecond,
    Deviate,
    MolPerCubicMetre,
    MolPerSecond,
    Number,
    PerSecond,
    Second,
)

DEVIATE_WHEN = "noise_gain"
"""The input without which chance has no effect: no number need be drawn while it is 0."""


class State(NamedTuple):
    """What the controller remembers."""

    fraction: Number
    """Indicated flow as a fraction of maximum that the control valve is set for, 0..1."""
    drift: Number
    """Drift of the calibration, fraction of the true flow."""


class Inputs(NamedTuple):
    """Command and malfunctions; every malfunction is 0 in health."""

    command: Number = 0.0
    """Fraction of the maximum flow, 0..1; what lies outside is taken at the nearer end."""
    deviate: Deviate = 0.0
    stuck: Number = 0.0
    """0..1: how much of its ability to move the control valve has lost."""
    slow: Number = 0.0
    """0..1: lag up to ``slow_factor`` times its healthy value."""
    dead: Number = 0.0
    """0..1: how much of the command is lost; 1 is a controller without power, valve closed."""
    leak: Number = 0.0
    """Flow through the closed valve, fraction of maximum."""
    bias: Number = 0.0
    """Calibration error: true flow is 1 + bias times the indicated one."""
    drift_rate: PerSecond = 0.0
    """Change of that error, fraction per second."""
    noise_gain: Number = 0.0
    """Standard deviation of the flow as a fraction of itself (a controller that hunts)."""
    supply_loss: Number = 0.0
    """0..1: how much of the maximum flow the supply pressure no longer gives."""


class Parameters(NamedTuple):
    """Constants of one controller."""

    maximum_flow: CubicMetrePerSecond = 1.0e-3
    """Normal volume at full scale, m3/s at 273.15 K and 101325 Pa."""
    lag: Second = 1.0
    """First-order settling, s. Teaching value: makers state 1 to 3 s to within 2 % for thermal controllers."""
    slow_factor: Number = 10.0
    """Teaching value: still unseen by a slow loop, plain in a step test."""
    normal_density: MolPerCubicMetre = 44.6150
    """Moles in a normal cubic metre: 101325 / (8.314462618 * 273.15). Source: CODATA 2018 gas constant."""


class Readings(NamedTuple):
    """What flows and what is indicated."""

    flow: MolPerSecond
    """True molar flow, mol/s, >= 0."""
    indicated: CubicMetrePerSecond
    """Normal volumetric flow that the controller reports, m3/s."""


class Start(NamedTuple):
    """How the controller begins: settled at ``fraction`` of its maximum."""

    fraction: Number = 0.0


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The controller after ``dt`` seconds at constant inputs: exact lag."""
    target = minimum(maximum(u.command, 0.0), 1.0) * (1.0 - u.dead)
    rate = (1.0 - u.stuck) / (p.lag * (1.0 + u.slow * (p.slow_factor - 1.0)))
    return State(
        fraction=x.fraction + (target - x.fraction) * (1.0 - exp(-dt * rate)),
        drift=x.drift + u.drift_rate * dt,
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """True and indicated flow at this instant."""
    hunting = maximum(1.0 + u.noise_gain * u.deviate, 0.0)
    passing = minimum(maximum(x.fraction, u.leak), 1.0 - u.supply_loss) * hunting
    indicated = p.maximum_flow * passing
    return Readings(
        flow=indicated * p.normal_density * maximum(1.0 + u.bias + x.drift, 0.0),
        indicated=indicated,
    )


def initial(p: Parameters, start: Start) -> State:
    """Settled at its starting flow."""
    return State(fraction=start.fraction, drift=0.0)
