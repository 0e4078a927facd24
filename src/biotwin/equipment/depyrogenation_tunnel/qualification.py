"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from biotwin.equipment.depyrogenation_tunnel.model import (
    BALANCES,
    Inputs,
    Parameters,
    Ride,
    Start,
    advance,
    initial,
    lethal,
    lethal_time,
    readings,
)


def held(*, temperature: float, minutes: float) -> float:
    """Decades that a ride of ``minutes`` at a steady glass temperature (K) takes."""
    p = Parameters()
    r = Ride(time=minutes * 60.0, load=0.0, lag=1.0e-6, moving=1.0)
    return lethal_time(temperature, r, p) / p.decimal_time


def decimal_ratio(*, low: float, high: float) -> float:
    """How much longer a decade takes at ``low`` than at ``high`` (K)."""
    p, r = Parameters(), Ride(time=1.0, load=0.0, lag=1.0e-9, moving=1.0)
    return lethal(1.0, high, r, p) / lethal(1.0, low, r, p)


def ridden(*, temperature: float, seconds: float, lag: float) -> float:
    """F_H (s) of a vial that follows air at ``temperature`` (K) with ``lag`` for ``seconds``."""
    return lethal_time(temperature, Ride(time=seconds, load=0.0, lag=lag, moving=1.0), Parameters())


def at_work(*, heater: float, belt: float) -> float:
    """Decades at the exit of a tunnel that has come to rest with two vials a second."""
    p, x = Parameters(), initial(Parameters(), Start())
    u = Inputs(heater=heater, belt=belt, vials=2.0)
    for _ in range(240):
        x = advance(x, u, p, 60.0)
    return readings(x, u, p).log_reduction


def rest_temperature(*, heater: float) -> float:
    """Air (K) of an empty tunnel after a day."""
    p, x = Parameters(), initial(Parameters(), Start())
    for _ in range(24):
        x = advance(x, Inputs(heater=heater), p, 3600.0)
    return readings(x, Inputs(heater=heater), p).air_temperature


def balance_error(*, hours: float) -> float:
    """Largest open part of the heat's balance over what was supplied, at changing ticks, belts and loads."""
    p, x, worst = Parameters(), initial(Parameters(), Start()), 0.0
    for n in range(round(hours * 60.0)):
        u = Inputs(heater=0.3 * (n % 4), belt=0.5 * (n % 3), vials=float(n % 5), heater_weak=0.1 * (n % 6))
        x = advance(x, u, p, (0.1, 1.0, 60.0, 600.0)[n % 4])
        for terms in BALANCES.values():
            parts = [w * getattr(x, f) for f, w in terms.items()]
            worst = max(worst, abs(sum(parts)) / x.supplied)
    return worst


def lost_vials(*, hours: float) -> float:
    """Largest open part of the vials' balance over what came out, while the filler takes and the table is emptied."""
    p, x, worst, filled = Parameters(), initial(Parameters(), Start()), 0.0, 0.0
    for n in range(round(hours * 60.0)):
        filled += float(n % 7) * 20.0
        u = Inputs(heater=0.4, belt=1.0, vials=3.0, filled=filled, divert=float(n % 13 == 0))
        x = advance(x, u, p, 60.0)
        worst = max(worst, abs(x.passed - x.table - x.used - x.diverted) / x.passed)
    return worst
