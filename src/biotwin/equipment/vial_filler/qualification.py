"""Objective tests of this drawer: what ``reference.yaml`` calls. Normal areas come from the error function here."""

from __future__ import annotations

from math import erf, exp, lgamma, sqrt
from statistics import NormalDist, pstdev

from biotwin.equipment.vial_filler.media import upper_limit
from biotwin.equipment.vial_filler.model import BALANCES, Inputs, Parameters, Start, State, equations, initial, readings
from biotwin.finding import Result
from biotwin.stepping.rosenbrock import rosenbrock


def _derivatives(x: tuple[float, ...], context: tuple[Inputs, Parameters]) -> State:
    return equations(State(*x), *context)


_STEP = rosenbrock(_derivatives, -1, len(State._fields)).py_func  # type: ignore[attr-defined]
"""The plant's own stepper, interpreted: compiling it would take longer than these runs."""


def filled_volume(*, dose: float, hours: float, tick: float) -> Result:
    """Volume (m3) dosed at full speed by a tube that relaxes; reference its integral."""
    p, u = Parameters(), Inputs(command=1.0, dose=dose)
    x, time, twin = list(initial(p, Start(bulk=1.0))), [0.0], [0.0]
    for n in range(1, round(hours * 3600.0 / tick) + 1):
        _STEP(x, (u, p), tick)
        time.append(n * tick)
        twin.append(1.0 - State(*x).bulk)
    lost = [p.tube_loss * (t - p.tube_time * (1.0 - exp(-t / p.tube_time))) for t in time]
    reference = tuple(p.fastest * dose * (t - gone) for t, gone in zip(time, lost, strict=True))
    return Result(twin[-1], tuple(time), tuple(twin), reference)


def rejected(*, bias: float, hours: float) -> float:
    """Rejected over filled vials after ``hours`` with a relaxed tube whose loss is trimmed away."""
    p, x = Parameters(), list(initial(Parameters(), Start(bulk=1.0, wear=1.0e6)))
    for _ in range(round(hours * 60.0)):
        _STEP(x, (Inputs(command=1.0, trim=p.tube_loss, bias=bias), p), 60.0)
    return State(*x).rejected / State(*x).filled


def worst_area() -> float:
    """Largest miss of the acceptance over biases of 0 to 3 %, against the error function."""
    p, worst = Parameters(raised=0.0), 0.0
    x, seen = initial(p, Start(bulk=1.0, wear=1.0e6)), sqrt(p.scatter**2 + p.weigher_scatter**2)
    for n in range(301):
        bias = n * 1.0e-4
        found = readings(x, Inputs(command=1.0, trim=p.tube_loss, bias=bias), p).reject_fraction
        passed = 0.5 * (erf((p.limit - bias) / seen / sqrt(2.0)) - erf((-p.limit - bias) / seen / sqrt(2.0)))
        worst = max(worst, abs(found - (1.0 - passed)))
    return worst


def spread_of_spread(*, draws: int) -> float:
    """Scatter of the shown standard deviation over that of the law of chi for a window of this size."""
    p = Parameters()
    x, each = initial(p, Start(wear=1.0e6)), NormalDist()
    shown = [readings(x, Inputs(command=1.0, spread_deviate=each.inv_cdf((n + 0.5) / draws)), p).weighed_scatter
             for n in range(draws)]
    size = p.window
    mean = sqrt(2.0 / (size - 1.0)) * exp(lgamma(size / 2.0) - lgamma((size - 1.0) / 2.0))
    centre = readings(x, Inputs(command=1.0), p).weighed_scatter
    return pstdev(shown) / centre / sqrt(1.0 - mean * mean)


def balance_error(*, tick: float, hours: float) -> float:
    """Largest open part of both balances over their largest term, to the end of the bulk and beyond."""
    p, worst = Parameters(), 0.0
    x = list(initial(p, Start()))
    for n in range(round(hours * 3600.0 / tick)):
        u = Inputs(command=1.0, air=float(n % 5 == 0), jam=float(n % 11 == 0), refill=1.0e-6 * (n % 3),
                   stoppers_raised=0.1)
        _STEP(x, (u, p), tick)
        for terms in BALANCES.values():
            parts = [w * getattr(State(*x), f) for f, w in terms.items()]
            worst = max(worst, abs(sum(parts)) / max(*map(abs, parts), 1.0e-12))
    return worst


def drift_is_caught(*, rate: float, hours: float) -> float:
    """Mean dose error in accepted vials over that in all, when the dose drifts and nobody trims."""
    p, x = Parameters(), list(initial(Parameters(), Start(bulk=10.0, wear=1.0e6)))
    u = Inputs(command=1.0, trim=p.tube_loss, drift_rate=rate)
    for _ in range(round(hours * 60.0)):
        _STEP(x, (u, p), 60.0)
    s = State(*x)
    everything = (s.accepted_volume + s.rejected_volume) / s.filled / u.dose - 1.0
    return (s.accepted_volume / s.accepted / u.dose - 1.0) / everything


def deposited(*, airborne: float, speed: float, hours: float) -> float:
    """Expected contaminated part of the accepted vials, caught from air that holds ``airborne`` CFU/m3."""
    p, x = Parameters(), list(initial(Parameters(), Start(bulk=1.0, wear=1.0e6)))
    u = Inputs(command=speed / p.fastest, trim=p.tube_loss, airborne=airborne)
    for _ in range(round(hours * 360.0)):
        _STEP(x, (u, p), 10.0)
    return State(*x).contaminated / State(*x).accepted


def caught_with_the_dose(*, burden: float, dose: float) -> float:
    """Expected contaminated part of the accepted vials, filled from a bulk that holds ``burden`` CFU/m3."""
    p, x = Parameters(), list(initial(Parameters(), Start(bulk=1.0, wear=1.0e6))._replace(bulk_burden=burden))
    for _ in range(60):
        _STEP(x, (Inputs(command=1.0, trim=p.tube_loss, dose=dose), p), 10.0)
    return State(*x).contaminated / State(*x).accepted


def media_limit(*, units: float, grown: float) -> float:
    """Upper limit (95 %, one side) of the contaminated part."""
    return upper_limit(grown, units)
