"""A peristaltic (tube) pump: the rollers turn, the tube delivers, and the two may disagree.

The motor follows its command with a first-order lag, solved exactly; its turns are counted, and the totaliser is that
count times the nominal flow: an airlock, an occlusion or a worn tube fool it. The tube loses capacity as it wears.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.quantity import CubicMetre, CubicMetrePerSecond, Deviate, Number, Pascal, PerSecond, Second

DEVIATE_WHEN = "noise_gain"
"""The input without which chance has no effect: no number need be drawn while it is 0."""


class State(NamedTuple):
    """What the pump remembers."""

    speed: Number
    """Motor speed, fraction of maximum, 0..1."""
    volume: CubicMetre
    """What the totaliser shows: motor turns times nominal volume per turn, m3."""
    wear: Second
    """Time that the tube has been squeezed, as seconds at full speed."""
    drift: Number
    """Drift of the delivered flow, fraction."""


class Inputs(NamedTuple):
    """Command and malfunctions; every malfunction is 0 in health."""

    command: Number = 0.0
    """Fraction of the maximum flow, 0..1; what lies outside is taken at the nearer end."""
    deviate: Deviate = 0.0
    stuck: Number = 0.0
    """0..1: how much of its ability to change speed the motor has lost."""
    slow: Number = 0.0
    """0..1: lag up to ``slow_factor`` times its healthy value."""
    dead: Number = 0.0
    """0..1: how much of the commanded speed is lost; 1 is a motor without current."""
    leak: Number = 0.0
    """Flow that passes the rollers when they stand, fraction of maximum."""
    bias: Number = 0.0
    """Calibration error of the delivered flow, fraction."""
    drift_rate: PerSecond = 0.0
    """Change of the delivered flow, fraction per second."""
    noise_gain: Number = 0.0
    """Standard deviation of the speed as a fraction of itself (a converter that hunts)."""
    occlusion: Number = 0.0
    """0..1: how far the delivery line is closed."""
    airlock: Number = 0.0
    """0..1: how much of the tube is filled with gas."""


class Parameters(NamedTuple):
    """Constants of one pump."""

    maximum_flow: CubicMetrePerSecond = 1.0e-5
    """At full speed with a new tube, m3/s."""
    lag: Second = 0.5
    """Motor and drive, s. Teaching value: small pump heads reach their speed within about 2 s."""
    slow_factor: Number = 10.0
    """Teaching value: seen in a step test, invisible in steady feeding."""
    tube_life: Second = 1.0e6
    """Squeezing time after which the tube has lost ``tube_loss``, s at full speed. Teaching value: 12 days."""
    tube_loss: Number = 0.1
    """Fraction of flow lost at ``tube_life``. Teaching value: the loss that makes people re-calibrate."""
    working_pressure: Pascal = 3.0e4
    """Gauge pressure of a free line at full speed, Pa. Teaching value: a 2 m head and the line's friction."""
    stall_pressure: Pascal = 2.5e5
    """Gauge pressure at which the rollers slip back on a closed line, Pa. Teaching value: 2.5 bar."""
    stall_speed: Number = 0.02
    """Speed fraction at which a closed line reaches half of ``stall_pressure``. Teaching value."""


class Readings(NamedTuple):
    """What the pump delivers and what it says."""

    flow: CubicMetrePerSecond
    """Delivered demand on what stands before the pump, m3/s, >= 0."""
    motor_speed: Number
    """Fraction of maximum."""
    line_pressure: Pascal
    """Gauge pressure in the delivery line, Pa."""
    totaliser: CubicMetre
    """Volume that the pump believes it has delivered, m3."""


class Start(NamedTuple):
    """How the pump begins: standing, totaliser at 0, with a tube ``wear`` seconds old."""

    wear: Second = 0.0


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The pump after ``dt`` seconds at constant inputs: exact lag, exact count of turns."""
    target = minimum(maximum(u.command, 0.0), 1.0) * (1.0 - u.dead)
    rate = (1.0 - u.stuck) / (p.lag * (1.0 + u.slow * (p.slow_factor - 1.0)))
    reached = 1.0 - exp(-dt * rate)
    # A stuck motor has rate 0, where reached / rate tends to dt.
    moving = rate * dt > 1.0e-9
    memory = where(moving, reached / where(moving, rate, 1.0 / dt), dt)
    turned = target * dt + (x.speed - target) * memory
    return State(
        speed=x.speed + (target - x.speed) * reached,
        volume=x.volume + turned * p.maximum_flow,
        wear=x.wear + turned,
        drift=x.drift + u.drift_rate * dt,
    )


@law
def tube_capacity(x: State, u: Inputs, p: Parameters) -> Number:
    """Delivered over nominal flow: wear of the tube, calibration error, drift; >= 0."""
    return maximum(1.0 + u.bias + x.drift, 0.0) / (1.0 + p.tube_loss * x.wear / p.tube_life)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Flow, speed, pressure and count at this instant."""
    speed = x.speed * maximum(1.0 + u.noise_gain * u.deviate, 0.0)
    full = 1.0 - u.airlock
    passing = maximum(speed * tube_capacity(x, u, p), u.leak)
    closed = u.occlusion * p.stall_pressure * (speed / (speed + p.stall_speed))
    return Readings(
        flow=p.maximum_flow * passing * ((1.0 - u.occlusion) * full),
        motor_speed=speed,
        line_pressure=full * (p.working_pressure * speed * (1.0 - u.occlusion) + closed),
        totaliser=x.volume,
    )


def initial(p: Parameters, start: Start) -> State:
    """Standing, with the totaliser at 0."""
    return State(speed=0.0, volume=0.0, wear=start.wear, drift=0.0)
