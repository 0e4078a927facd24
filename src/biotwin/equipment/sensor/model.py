"""One instrument loop, from the process to the number on the screen.

The measured quantity passes a first-order lag (exact at any tick), then gains offset, drift, bias and white noise;
the result is quantised to the instrument's resolution and ends at the ends of its range, as 4-20 mA does.
The unit is the plant's: ``measured``, ``low``, ``high`` and ``value`` share it, so they are plain numbers here.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.quantity import Deviate, Number, PerSecond, Second

MEASURED_UNITS = {
    "low": "{unit}", "high": "{unit}", "noise": "{unit}", "resolution": "{unit}", "offset": "{unit}",
    "natural_drift": "({unit})/s", "calibration_offset": "{unit}", "bias": "{unit}", "drift_rate": "({unit})/s",
}
"""Parameters and inputs whose unit is that of what the instrument measures, for the plant's compiler."""

ROUNDING = 6755399441055744.0
"""1.5 * 2**52: adding and subtracting it rounds a float64 of magnitude below 2**51 to an integer (IEEE 754)."""

GOOD, UNCERTAIN, BAD = 0.0, 1.0, 2.0
"""Qualities: trustworthy; at an end of the range; no signal (after OPC UA's good, uncertain, bad)."""


class State(NamedTuple):
    """What the instrument remembers."""

    lagged: Number
    """The sensing element behind its lag, unit of ``measured``."""
    drift: Number
    """Drift gathered since birth, unit of ``measured``."""
    held: Number
    """The last output before ``stuck`` rose above 0, unit of ``measured``."""


class Inputs(NamedTuple):
    """What reaches the instrument in a tick; every malfunction is 0 in health."""

    measured: Number = 0.0
    deviate: Deviate = 0.0
    calibration_offset: Number = 0.0
    """Added to the output by the person who calibrates: reference minus reading, summed over calibrations."""
    bias: Number = 0.0
    drift_rate: PerSecond = 0.0
    """Extra drift, unit of ``measured`` per second."""
    noise_gain: Number = 0.0
    """Extra noise: standard deviation as a fraction of the span."""
    stuck: Number = 0.0
    """0..1: how much of the output is the one held when ``stuck`` left 0."""
    slow: Number = 0.0
    """0..1: how much of ``slow_lag`` is added to the lag."""
    dead: Number = 0.0
    """0..1: how far the output has fallen to the low end of the range."""


class Parameters(NamedTuple):
    """Constants of one instrument; ``low`` < ``high``."""

    low: Number = 0.0
    high: Number = 1.0
    lag: Second = 0.0
    """First-order time constant, s; 0 for an instrument that follows at once."""
    noise: Number = 0.0
    """Standard deviation of one reading, unit of ``measured``."""
    resolution: Number = 0.0
    """Step of the shown value, unit of ``measured``; 0 for a continuous one."""
    offset: Number = 0.0
    """Systematic error at birth, unit of ``measured``."""
    natural_drift: PerSecond = 0.0
    """Drift of a healthy instrument, unit of ``measured`` per second."""
    slow_lag: Second = 600.0
    """Lag added at ``slow`` = 1, s. Teaching value: slow enough to be seen on a trend of one hour."""


class Readings(NamedTuple):
    """What the control system receives."""

    value: Number
    """Within ``low``..``high``."""
    quality: Number
    """``GOOD`` 0, ``UNCERTAIN`` 1, ``BAD`` 2."""


class Start(NamedTuple):
    """How the instrument begins: at rest on ``value``."""

    value: Number = 0.0
    drift: Number = 0.0


@law
def live_output(x: State, u: Inputs, p: Parameters) -> Number:
    """The output of an instrument that is neither stuck nor dead, before resolution and range."""
    noise = (p.noise + u.noise_gain * (p.high - p.low)) * u.deviate
    return x.lagged + p.offset + x.drift + u.calibration_offset + u.bias + noise


@law
def quantised(value: Number, resolution: Number) -> Number:
    """``value`` at the nearest multiple of ``resolution``; unchanged where ``resolution`` is 0."""
    stepped = resolution > 0.0
    step = where(stepped, resolution, 1.0)
    # Lifted inside the choice: CasADi would fold a plain + ROUNDING - ROUNDING away.
    lifted = where(stepped, value / step + ROUNDING, ROUNDING)
    return where(stepped, (lifted - ROUNDING) * step, value)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The instrument after ``dt`` > 0 seconds at constant inputs: exact lag, exact drift."""
    lag = p.lag + u.slow * p.slow_lag
    # A lag of 0 would divide by it: a hundredth of the tick forgets the past to the last bit instead.
    decay = exp(-dt / where(lag > 0.0, lag, 0.01 * dt))
    lagged = u.measured + (x.lagged - u.measured) * decay
    drift = x.drift + (p.natural_drift + u.drift_rate) * dt
    live = live_output(State(lagged, drift, x.held), u, p)
    return State(lagged, drift, where(u.stuck > 0.0, x.held, live))


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Value and quality as the control system receives them."""
    live = live_output(x, u, p)
    output = live + u.stuck * (x.held - live)
    output = output + u.dead * (p.low - output)
    value = minimum(maximum(quantised(output, p.resolution), p.low), p.high)
    at_end = where(value <= p.low, UNCERTAIN, where(value >= p.high, UNCERTAIN, GOOD))
    return Readings(value=value, quality=where(u.dead > 0.5, BAD, at_end))


def initial(p: Parameters, start: Start) -> State:
    """At rest: the element has settled on ``start.value``."""
    return State(lagged=start.value, drift=start.drift, held=start.value + p.offset + start.drift)
