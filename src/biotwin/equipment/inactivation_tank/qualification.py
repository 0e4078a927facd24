"""Objective tests of this drawer: what ``reference.yaml`` calls. Each runs the tank through time."""

from __future__ import annotations

from biotwin.equipment.inactivation_tank.model import (
    Inputs,
    Parameters,
    Readings,
    Start,
    State,
    advance,
    initial,
    readings,
)
from biotwin.finding import Result

HOUR = 3600.0


def _kept_at(temperature: float) -> Inputs:
    """Well stirred, jacket and room at that temperature."""
    return Inputs(stirrer_speed=2.0, jacket_temperature=temperature, room_temperature=temperature,
                  liquid_temperature=temperature)


def _flown(x: State, u: Inputs, p: Parameters, duration: float, tick: float) -> list[Readings]:
    """Readings at the start and after every tick."""
    seen = [readings(x, u, p)]
    for _ in range(round(duration / tick)):
        x = advance(x, u, p, tick)
        seen.append(readings(x, u, p))
    return seen


def titration(*, start_ph: float, acid: float, duration: float, tick: float) -> float:
    """pH of 100 L of 50 mM acetate without protein after 0.5 M acid at ``acid`` (m3/s) and 10 min of rest."""
    p = Parameters()
    x, u = initial(p, Start(0.1, 293.15, start_ph, titre=0.0)), _kept_at(293.15)
    for _ in range(round(duration / tick)):
        x = advance(x, u._replace(acid_flow=acid), p, tick)
    return _flown(x, u, p, 600.0, tick)[-1].ph


def reduction(*, ph: float, temperature: float, minutes: float, skipped: float = 0.0, rate: float = 0.0) -> float:
    """log10 of the whole pool after a hold; ``rate``: decades per minute at this pH in place of the default's."""
    p = Parameters()
    if rate:
        p = p._replace(inactivation=rate / 60.0, inactivation_slope=0.0, inactivation_knee=14.0, inactivation_heat=0.0)
    u = _kept_at(temperature)._replace(transfer_skipped=skipped)
    return _flown(initial(p, Start(0.1, temperature, ph)), u, p, 60.0 * minutes, 5.0)[-1].log_reduction


def association(*, ph: float, hours: float, tick: float) -> Result:
    """Aggregate fraction under an opening that is always settled, where second order has a closed form."""
    p = Parameters(folding_time=1.0e-3)
    u, x = _kept_at(293.15), initial(p, Start(0.1, 293.15, ph))
    seen = _flown(x, u, p, hours * HOUR, tick)
    time = tuple(tick * n for n in range(len(seen)))
    share = 1.0 / (1.0 + 10.0 ** (ph - p.unfolding_ph))
    rate = p.association * (1.0 + p.burst / (1.0 + 10.0 ** (2.0 * (p.burst_ph - ph))))
    monomer, part = u.pool_titre * (1.0 - u.pool_aggregates), 1.0 - u.pool_aggregates
    reference = tuple(1.0 - part / (1.0 + rate * share * share * monomer * t) for t in time)
    return Result(seen[-1].aggregate_fraction, time, tuple(r.aggregate_fraction for r in seen), reference)


def aggregation_rate(*, ph: float, temperature: float = 293.15) -> float:
    """Aggregates gained per hour, percent, between the first and the third hour at this pH."""
    p = Parameters()
    seen = _flown(initial(p, Start(0.1, temperature, ph)), _kept_at(temperature), p, 3.0 * HOUR, 10.0)
    return 50.0 * (seen[-1].aggregate_fraction - seen[360].aggregate_fraction)


def aggregation_ratio(*, low: float, high: float) -> float:
    """How many times faster at the lower pH."""
    return aggregation_rate(ph=low) / aggregation_rate(ph=high)


def burst(*, ph: float, end: float) -> float:
    """Aggregates gained in the first half hour after neutralising over those of the half hour before it."""
    p, u = Parameters(), _kept_at(293.15)
    x = initial(p, Start(0.1, 293.15, ph))
    gained = []
    for _ in range(720):
        before = readings(x, u, p).aggregate_fraction
        x = advance(x, u, p, 5.0)
        gained.append(readings(x, u, p).aggregate_fraction - before)
    held, first = sum(gained[360:]), readings(x, u, p).aggregate_fraction
    for _ in range(360):
        base = 2.0e-5 if readings(x, u, p).ph < end else 0.0
        x = advance(x, u._replace(base_flow=base), p, 5.0)
    return (readings(x, u, p).aggregate_fraction - first) / held
