"""A vial filling line: a tube pump doses, a star wheel stoppers, a check weigher and a camera sort.

Ideas. (1) A dose is its set-point times 1 + trim + bias + drift - relaxation of the tube, and scatters as a normal: the
law of many vials moves the state, chance is seen in the statistics that the weigher shows of its last vials. (2) What
left the bulk is in accepted or in rejected vials (``BALANCES``). (3) The weigher sorts on what it reads, not on what is
true: biased, it passes wrong vials. (4) Vials are counted as real numbers. Not modelled: single vials, line clearance,
needles one by one, sterility and people.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import exp, law, maximum, minimum, sqrt
from biotwin.quantity import (
    CubicMetre,
    CubicMetrePerSecond,
    Deviate,
    Kilogram,
    KilogramPerCubicMetre,
    Number,
    PerSecond,
    Second,
)

BALANCES: dict[str, dict[str, float]] = {
    "product": {"bulk": 1.0, "accepted_volume": 1.0, "rejected_volume": 1.0, "bulk_supplied": -1.0},
    "vials": {"filled": 1.0, "accepted": -1.0, "rejected": -1.0},
}
"""Linear forms of the state that never change."""


class State(NamedTuple):
    """Bulk, where it went, the vials counted, and the age of the tube."""

    bulk: CubicMetre
    accepted_volume: CubicMetre
    rejected_volume: CubicMetre
    bulk_supplied: CubicMetre
    """Poured into the bulk vessel since the start, what it held then included."""
    filled: Number
    accepted: Number
    rejected: Number
    raised_accepted: Number
    """Vials with a raised stopper that the camera let pass."""
    wear: Second
    """Time that the tube has been squeezed, as seconds at full speed."""
    drift: Number
    """Gathered by the malfunction of that name, part of the dose."""


class Inputs(NamedTuple):
    """Commands, chance, and malfunctions, which are 0 in health."""

    command: Number = 0.0
    """Line speed, fraction of the fastest; what lies outside 0..1 is taken at the nearer end."""
    dose: CubicMetre = 10.0e-6
    """Set-point, m3, > 0."""
    trim: Number = 0.0
    """Correction of the dose that operator or feedback gives, part of it."""
    refill: CubicMetrePerSecond = 0.0
    deviate: Deviate = 0.0
    """Of the mean of the weighed window."""
    spread_deviate: Deviate = 0.0
    """Of the standard deviation of the weighed window."""
    bias: Number = 0.0
    """Malfunction: calibration error of the dose, part of it."""
    drift_rate: PerSecond = 0.0
    """Malfunction: change of the dose, part of it per second of running."""
    air: Number = 0.0
    """Malfunction, 0..1: bubbles in the line."""
    jam: Number = 0.0
    """Malfunction, 0..1: part of the line's speed that a jam takes."""
    stoppers_raised: Number = 0.0
    """Malfunction, 0..1: part of the vials whose stopper sits high."""
    weigher_bias: Number = 0.0
    """Malfunction: error of the check weigher, part of the dose."""


class Parameters(NamedTuple):
    """Constants of one line."""

    fastest: PerSecond = 2.0
    """Vials per second at full speed. Teaching value: 120 a minute, a mid-size line."""
    scatter: Number = 0.003
    """Standard deviation of a dose, part of it: 0.2 to 0.5 % from 1 mL up (downstream.md 3.7 [P/K])."""
    tube_loss: Number = 0.01
    """Part of the dose that a new tube loses as it relaxes. Teaching value: why lines are trimmed in the first hour."""
    tube_time: Second = 3600.0
    """Running time of that relaxation. Teaching value."""
    air_loss: Number = 0.05
    air_scatter: Number = 0.02
    """Part of the dose that bubbles take at worst, and scatter that they add. Teaching values."""
    limit: Number = 0.01
    """Accepted deviation of a dose: 1 % (downstream.md 3.7 [P/K])."""
    weigher_scatter: Number = 0.0005
    """Of one weighing, part of the dose: 5 mg on 10 g. Teaching value, > 0."""
    raised: Number = 5.0e-4
    """Part of the stoppers that sit high in health. Teaching value."""
    seen: Number = 0.98
    """Part of the raised stoppers that the camera finds. Teaching value."""
    window: Number = 60.0
    """Vials in the statistics that are shown, >= 2. Teaching value: the last half minute at full speed."""
    density: KilogramPerCubicMetre = 1030.0
    """Of the formulated bulk. Teaching value: an antibody at 50 to 100 g/L."""
    drain_time: Second = 60.0
    """The last of the bulk leaves over this time: pumps cannot fill from an empty vessel."""


class Readings(NamedTuple):
    """What the line shows, and what is true."""

    line_speed: PerSecond
    """Vials per second."""
    dose_mean: CubicMetre
    """True mean of the doses now."""
    dose_scatter: CubicMetre
    """True standard deviation now."""
    weighed_mean: Kilogram
    """Net weight, mean of the window, as the check weigher reads it."""
    weighed_scatter: Kilogram
    reject_fraction: Number
    """Of the vials filled now."""
    filled: Number
    accepted: Number
    rejected: Number
    raised_accepted: Number
    bulk_volume: CubicMetre
    accepted_volume: CubicMetre
    """Product in accepted vials."""


class Start(NamedTuple):
    """How the line begins: stopped, with this much bulk and a tube of this age."""

    bulk: CubicMetre = 0.02
    wear: Second = 0.0


class Doses(NamedTuple):
    """The doses of this instant."""

    speed: PerSecond
    error: Number
    """Mean over set-point, less one."""
    scatter: Number
    raised: Number
    """Part of the stoppers that sit high."""
    rejected: Number
    """Part of the vials that weigher or camera takes out."""


@law
def normal(z: Number) -> Number:
    """Area of the standard normal below ``z``: a logistic in z + z^3, within 0.0002 (Bowling 2009, recalled)."""
    near = minimum(maximum(z, -8.0), 8.0)
    return 1.0 / (1.0 + exp(-(1.5976 + 0.07056 * near * near) * near))


@law
def doses(x: State, u: Inputs, p: Parameters) -> Doses:
    """How fast the line runs, how its doses lie (never below nothing), and what part is taken out."""
    asked = p.fastest * minimum(maximum(u.command, 0.0), 1.0) * (1.0 - u.jam)
    relaxed = p.tube_loss * (1.0 - exp(-x.wear / p.tube_time))
    error = maximum(u.trim + u.bias + x.drift - relaxed - p.air_loss * u.air, -1.0)
    scatter = p.scatter + p.air_scatter * u.air
    seen = sqrt(scatter * scatter + p.weigher_scatter * p.weigher_scatter)
    off = error + u.weigher_bias
    passed = maximum(normal((p.limit - off) / seen) - normal((-p.limit - off) / seen), 0.0)
    raised = p.raised + u.stoppers_raised * (1.0 - p.raised)
    rejected = 1.0 - passed * (1.0 - raised * p.seen)
    # A dose that shrinks to nothing would divide by it: a billionth of the set-point stays.
    most = maximum(x.bulk, 0.0) / (u.dose * (1.0 + error + 1.0e-9) * p.drain_time)
    return Doses(speed=minimum(asked, most), error=error, scatter=scatter, raised=raised, rejected=rejected)


@law
def equations(x: State, u: Inputs, p: Parameters) -> State:
    """Time derivatives of the state, per second; doses of accepted and rejected vials are taken at one mean."""
    d = doses(x, u, p)
    flow = d.speed * u.dose * (1.0 + d.error)
    accepted = d.speed * (1.0 - d.rejected)
    return State(
        bulk=u.refill - flow, accepted_volume=flow * (1.0 - d.rejected), rejected_volume=flow * d.rejected,
        bulk_supplied=u.refill, filled=d.speed, accepted=accepted, rejected=d.speed * d.rejected,
        raised_accepted=accepted * d.raised * (1.0 - p.seen) / (1.0 - d.raised * p.seen),
        wear=d.speed / p.fastest, drift=u.drift_rate * (d.speed / p.fastest),
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Speed, doses, what the weigher shows of its window, and counts."""
    d = doses(x, u, p)
    seen = sqrt(d.scatter * d.scatter + p.weigher_scatter * p.weigher_scatter)
    mean = 1.0 + d.error + u.weigher_bias + seen * u.deviate / sqrt(p.window)
    spread = seen * maximum(1.0 + u.spread_deviate / sqrt(2.0 * (p.window - 1.0)), 0.0)
    weight = u.dose * p.density
    return Readings(
        line_speed=d.speed, dose_mean=u.dose * (1.0 + d.error), dose_scatter=u.dose * d.scatter,
        weighed_mean=weight * maximum(mean, 0.0), weighed_scatter=weight * spread,
        reject_fraction=d.rejected, filled=x.filled, accepted=x.accepted, rejected=x.rejected,
        raised_accepted=x.raised_accepted, bulk_volume=x.bulk, accepted_volume=x.accepted_volume,
    )


def initial(p: Parameters, start: Start) -> State:
    """Stopped, nothing filled."""
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        bulk=start.bulk, bulk_supplied=start.bulk, wear=start.wear,
    )
