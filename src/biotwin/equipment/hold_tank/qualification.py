"""Objective tests of this drawer: what ``reference.yaml`` calls. Each flies the tank through time, tick by tick."""

from __future__ import annotations

from collections.abc import Callable
from math import exp

from biotwin.equipment.hold_tank.model import BALANCES, Inputs, Parameters, Start, State, advance, initial
from biotwin.finding import Result

HOUR = 3600.0


def _run(
    p: Parameters, u: Inputs, start: Start, ticks: tuple[int, float], seen: Callable[[State], float],
) -> tuple[list[float], list[float]]:
    """Times and what is seen, over (number, length) of ticks."""
    x, time, curve = initial(p, start), [0.0], [seen(initial(p, start))]
    for n in range(1, ticks[0] + 1):
        x = advance(x, u, p, ticks[1])
        time.append(n * ticks[1])
        curve.append(seen(x))
    return time, curve


def washout(*, volumes: float, ticks: int) -> Result:
    """Part of a content left after so many volumes of clean liquid have gone through a full tank."""
    p, u, dt = Parameters(), Inputs(flow=1e-3, draw=1e-3), volumes * 1000.0 / ticks
    time, twin = _run(p, u, Start(volume=1.0, product=3.0), (ticks, dt), lambda x: x.product_held / 3.0)
    return Result(twin[-1], tuple(time), tuple(twin), tuple(exp(-t / 1000.0) for t in time))


def dilution(*, incoming: float, outgoing: float, ticks: int) -> Result:
    """Concentration over the first one while a cubic metre fills to two, or empties to a half, and clean liquid comes.

    Beside the solution of d(c V)/dt = -q_out c with V = V0 + (q_in - q_out) t: (V0 / V)^(q_in / (q_in - q_out)).
    """
    rise = incoming - outgoing
    span = (1.0 if rise > 0.0 else -0.5) / rise
    p, u = Parameters(), Inputs(flow=incoming, draw=outgoing)
    time, twin = _run(p, u, Start(volume=1.0, hcp=0.3), (ticks, span / ticks),
                      lambda x: x.hcp_held / x.volume / 0.3)
    exact = tuple((1.0 + rise * t) ** (-incoming / rise) for t in time)
    return Result(twin[-1], tuple(time), tuple(twin), exact)


def cooling(*, hours: float, tick: float) -> Result:
    """Part of the first difference to the jacket that is left: Newton's law with U A / (rho c V)."""
    p = Parameters(density=1000.0, heat_capacity=4180.0, jacket_conductance=1000.0, room_conductance=0.0)
    time, twin = _run(p, Inputs(jacket_temperature=278.15), Start(volume=2.0, temperature=310.15),
                      (round(hours * HOUR / tick), tick), lambda x: (x.temperature - 278.15) / 32.0)
    return Result(twin[-1], tuple(time), tuple(twin), tuple(exp(-1000.0 * t / (1000.0 * 4180.0 * 2.0)) for t in time))


def growth(*, hours: float, tick: float) -> Result:
    """Colonies over the first ones after ``hours`` at 20 degC, with a doubling time of three hours."""
    p = Parameters(growth=0.693147180559945 / (3.0 * HOUR), room_conductance=0.0)
    time, twin = _run(p, Inputs(), Start(volume=1.0, bioburden=1.0e3), (round(hours * HOUR / tick), tick),
                      lambda x: x.bioburden_held / 1.0e3)
    return Result(twin[-1], tuple(time), tuple(twin), tuple(2.0 ** (t / HOUR / 3.0) for t in time))


def overflow(*, minutes: float, tick: float) -> float:
    """Product (kg) that runs over a full tank of 2.5 m3 at 2 kg/m3 while 1 L/s of 4 kg/m3 comes."""
    p, x = Parameters(), initial(Parameters(), Start(volume=2.5, product=2.0))
    for _ in range(round(minutes * 60.0 / tick)):
        x = advance(x, Inputs(flow=1e-3, product=4.0), p, tick)
    return x.product_lost


def unaccounted(*, hours: float, tick: float) -> float:
    """Largest part of any content that is missing from the books over a run with a leak, samples and a receiver that
    refuses a third."""
    contents = {name: float(n + 1) for n, name in enumerate(BALANCES)}
    p, u = Parameters(), Inputs(flow=2e-4, draw=3e-4, taken=2e-4, leakage=1e-5, sample_flow=1e-6, **contents)
    x = initial(p, Start(volume=1.0, **contents))
    came, went = {n: getattr(x, f"{n}_held") for n in BALANCES}, dict.fromkeys(BALANCES, 0.0)
    for _ in range(round(hours * HOUR / tick)):
        refused = max(x.flow - u.taken, 0.0) / x.flow if x.flow > 0.0 else 0.0
        for name in BALANCES:
            came[name] += (u.flow * contents[name] + refused * getattr(x, f"{name}_out")) * tick
        x = advance(x, u, p, tick)
        for name in BALANCES:
            went[name] += getattr(x, f"{name}_out") * tick
    kept = {n: getattr(x, f"{n}_held") + getattr(x, f"{n}_lost") for n in BALANCES}
    return max(abs(came[n] - went[n] - kept[n]) / came[n] for n in BALANCES)
