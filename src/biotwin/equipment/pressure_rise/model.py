"""Leak-rate test: an isolated vessel's pressure against time, its slope times the volume, and the shape of the rise.

A clock runs while the test does. After ``settling`` the first pressure is kept, half-way the middle one, at the end the
last: three points give the rate of the whole, of its first and of its second half. Air through a hole comes as fast at
the end as at the beginning (far below the atmosphere its flow does not know the vessel's pressure), water that
evaporates comes ever more slowly: ``straightness`` tells them apart. The result stands until the test is begun again.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from biotwin.operators import law, maximum, minimum, where
from biotwin.quantity import CubicMetre, Number, Pascal, Second, Unit

PascalCubicMetrePerSecond = Annotated[float, Unit("Pa*m^3/s")]


class State(NamedTuple):
    """The clock, three points of the curve, and whether a test has been run to its end."""

    elapsed: Second
    first: Pascal
    first_at: Second
    middle: Pascal
    middle_at: Second
    last: Pascal
    last_at: Second
    complete: Number


class Inputs(NamedTuple):
    """What the gauge says, and whether the test runs."""

    pressure: Pascal = 0.0
    running: Number = 0.0
    """The test runs above one half; from below to above it begins anew."""
    pumping: Number = 0.0
    """Opening of the vacuum valve: the clock starts again while it is not shut. Nothing leaks against a pump."""
    volume_error: Number = 0.0
    """Malfunction: relative error of the volume that was keyed in."""


class Parameters(NamedTuple):
    """One tester."""

    volume: CubicMetre = 5.0
    """Of all that is isolated together: chamber, condenser, duct. Teaching value: a dryer of 10 m2."""
    settling: Second = 120.0
    """A stabilisation before the first point (BioPhorum's survey of lyophiliser leak tests recommends one); its length
    is a teaching value."""
    length: Second = 1200.0
    """From the first point to the last. Teaching value: at 0.02 mbar L/s 5 m3 then gain half a pascal."""
    untested: PascalCubicMetrePerSecond = 1.0
    """What is shown while there is no result: 10 mbar L/s, the end of the scale. What was not tested is not tight."""
    shut: Number = 0.02
    """Opening below which the limit switch says shut, as the valve's own."""
    least: PascalCubicMetrePerSecond = 1.0e-6
    """A first half below this has no shape."""


class Readings(NamedTuple):
    """The result, as it stands."""

    leak_rate: PascalCubicMetrePerSecond
    """Volume times rise per second, between the first point and the last; 1 Pa m3/s is 10 mbar L/s."""
    early_rate: PascalCubicMetrePerSecond
    late_rate: PascalCubicMetrePerSecond
    """Of the first and of the second half."""
    straightness: Number
    """Late over early, 0..2: about 1 for a leak, well below for water that evaporates."""
    rise: Pascal
    elapsed: Second
    complete: Number
    """1 when a test has been run to its end since it was last begun."""


class Start(NamedTuple):
    """Never run."""


@law
def unless(kept: Pascal, old: Pascal, free: Number) -> Pascal:
    """A point: the new value while it is free, then the old one."""
    return where(free > 0.0, kept, old)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The tester after ``dt``: each point follows the gauge until its time has come."""
    on = where(u.running > 0.5, where(u.pumping < p.shut, 1.0, 0.0 * u.running), 0.0 * u.running)
    elapsed = x.elapsed + dt
    early = on * where(x.elapsed <= p.settling, 1.0, 0.0)
    half = on * where(x.elapsed <= p.settling + 0.5 * p.length, 1.0, 0.0)
    whole = on * where(x.elapsed < p.settling + p.length, 1.0, 0.0)
    ended = where(elapsed >= p.settling + p.length, 1.0, 0.0)
    return State(
        elapsed=on * elapsed,
        first=unless(u.pressure, x.first, early), first_at=unless(elapsed, x.first_at, early),
        middle=unless(u.pressure, x.middle, half), middle_at=unless(elapsed, x.middle_at, half),
        last=unless(u.pressure, x.last, whole), last_at=unless(elapsed, x.last_at, whole),
        complete=on * ended + (1.0 - on) * x.complete,
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Rates between the points."""
    volume = p.volume * (1.0 + u.volume_error)
    tick = 1.0e-3 * p.settling
    shown = where(x.elapsed > p.settling, 1.0, x.complete)
    whole = volume * (x.last - x.first) / maximum(x.last_at - x.first_at, tick)
    early = volume * (x.middle - x.first) / maximum(x.middle_at - x.first_at, tick)
    late = volume * (x.last - x.middle) / maximum(x.last_at - x.middle_at, tick)
    shape = minimum(maximum(late / maximum(early, p.least), 0.0), 2.0)
    return Readings(
        leak_rate=where(shown > 0.5, maximum(whole, 0.0 * whole), p.untested + 0.0 * whole), early_rate=early,
        late_rate=late,
        straightness=where(early > p.least, shape, 1.0 + 0.0 * shape), rise=x.last - x.first, elapsed=x.elapsed,
        complete=x.complete,
    )


def initial(p: Parameters, start: Start) -> State:
    """No test yet."""
    return State(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
