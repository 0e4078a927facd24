"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from collections.abc import Callable
from math import exp

from biotwin.equipment.pressure_rise.model import Inputs, Parameters, Readings, Start, advance, initial, readings

MBAR_LITRE = 0.1
"""Pa m3/s in a mbar L/s."""
MOLAR_VOLUME = 22413.97
"""Of an ideal gas at 0 degC and 101325 Pa, cm3/mol (CODATA)."""


def tested(p: Parameters, rise: Callable[[float], float]) -> Readings:
    """The result of a test in which the gauge reads ``rise`` (Pa) of the time (s) since the first point."""
    x = initial(p, Start())
    for n in range(int(p.settling + p.length) + 1):
        x = advance(x, Inputs(pressure=10.0 + rise(n + 1.0 - p.settling), running=1.0), p, 1.0)
    return readings(x, Inputs(), p)


def standard_flow(*, sccm: float, volume: float) -> float:
    """Rate (mbar L/s) that is found when so many cm3 at 0 degC and one atmosphere enter per minute, gas at 0 degC."""
    flow = sccm / 60.0 / MOLAR_VOLUME
    per = 8.314462618 * 273.15 / volume
    return tested(Parameters(volume=volume), lambda t: flow * per * t).leak_rate / MBAR_LITRE


def rise_of(*, first: float, last: float, seconds: float) -> float:
    """Rise (mTorr/min) from two readings of a gauge, mTorr."""
    p = Parameters(length=seconds, volume=1.0)
    torr = 133.322e-3
    y = tested(p, lambda t: (last - first) * torr * t / seconds)
    return y.leak_rate / p.volume / torr * 60.0


def straight(*, time_constant: float, length: float) -> float:
    """Straightness of a rise towards saturation with this time constant (s)."""
    p = Parameters(length=length, settling=60.0)
    return tested(p, lambda t: 5.0 * (1.0 - exp(-t / time_constant))).straightness
