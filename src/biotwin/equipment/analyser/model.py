"""One analyte of one laboratory analyser: what comes back from a sample.

Not ticked: ``measured`` is evaluated once, when the sample is analysed. Delay, cost, volume and errors of real
analysers stand in ``analysers.yaml`` beside this file. The unit of the value is the analyte's own.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import law, maximum, minimum, sqrt, where
from biotwin.quantity import Deviate, Number

GOOD, CENSORED, NO_RESULT = 0.0, 1.0, 2.0
"""Qualities: a number; outside the range, reported as its end ("< 0.2"); no result."""


class Inputs(NamedTuple):
    """The sample and the malfunctions; every malfunction is 0 in health."""

    true_value: Number = 0.0
    deviate: Deviate = 0.0
    bias: Number = 0.0
    """Added error, as a fraction of the true value (a wrong calibrator, an old reagent)."""
    noise_gain: Number = 0.0
    """Extra relative error, standard deviation."""
    dead: Number = 0.0
    """0..1: above one half the analyser gives no result."""


class Parameters(NamedTuple):
    """Constants of one analyte; ``low`` < ``high``."""

    relative_error: Number = 0.0
    """Standard deviation as a fraction of the true value."""
    absolute_error: Number = 0.0
    """Standard deviation at a true value of 0, unit of the analyte."""
    bias: Number = 0.0
    """Systematic error of a healthy analyser, unit of the analyte."""
    low: Number = 0.0
    """Detection limit, unit of the analyte."""
    high: Number = 1.0e30
    """Upper end of the range, unit of the analyte."""


class Readings(NamedTuple):
    """What the laboratory reports."""

    value: Number
    """Within ``low``..``high``."""
    quality: Number
    """``GOOD`` 0, ``CENSORED`` 1, ``NO_RESULT`` 2 (the value is then ``low`` and means nothing)."""
    error: Number
    """Standard deviation that the laboratory states for this value, unit of the analyte."""


@law
def spread(value: Number, relative: Number, absolute: Number) -> Number:
    """Standard deviation of one determination: two independent errors, added in quadrature."""
    return sqrt((relative * value) * (relative * value) + absolute * absolute)


@law
def measured(u: Inputs, p: Parameters) -> Readings:
    """The result of one determination, its quality and its stated error."""
    deviation = spread(u.true_value, p.relative_error + u.noise_gain, p.absolute_error)
    found = u.true_value * (1.0 + u.bias) + p.bias + deviation * u.deviate
    value = minimum(maximum(found, p.low), p.high)
    censored = where(found < p.low, CENSORED, where(found > p.high, CENSORED, GOOD))
    return Readings(
        value=value + where(u.dead > 0.5, p.low - value, 0.0),
        quality=where(u.dead > 0.5, NO_RESULT, censored),
        error=spread(value, p.relative_error, p.absolute_error),
    )
