"""Objective tests of this drawer: what ``reference.yaml`` calls. Each flies the machine through time, tick by tick."""

from __future__ import annotations

from math import exp
from typing import NamedTuple

from biotwin.equipment.disc_stack_centrifuge.model import (
    BALANCES,
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
HARVEST = Inputs(command=1.0, flow=2.0 / HOUR, product=3.0, aggregates=0.05, hcp=0.3, dna=0.01, cells=2e13, debris=4.0)
"""2 m3/h of a late culture, 2e7 cells/mL, some 2000 NTU. Teaching values."""
FULL = Start(speed=1.0, volume=0.010)


def _flown(p: Parameters, u: Inputs, start: Start, seconds: float, tick: float) -> tuple[State, Readings]:
    x = initial(p, start)
    for _ in range(round(seconds / tick)):
        x = advance(x, u, p, tick)
    return x, readings(x, u, p)


def at_speed(*, signal: str) -> float:
    """A reading of the default machine, spun up from rest and fed with water."""
    _, y = _flown(Parameters(), Inputs(command=1.0, flow=HARVEST.flow), Start(), 3600.0, 60.0)
    return float(getattr(y, signal))


def spin_up(*, tick: float, ticks: int) -> Result:
    """Bowl speed (1/s) after a start, beside the closed solution of a first-order lag."""
    p, u = Parameters(), Inputs(command=1.0)
    x, time, twin = initial(p, Start()), [0.0], [0.0]
    for n in range(1, ticks + 1):
        x = advance(x, u, p, tick)
        time.append(n * tick)
        twin.append(readings(x, u, p).bowl_speed)
    exact = tuple(p.maximum_speed * (1.0 - exp(-t / p.lag)) for t in time)
    return Result(twin[-1], tuple(time), tuple(twin), exact)


def separated_at_cut() -> float:
    """Part of a debris of one size that is separated, where the feed makes that size the cut size."""
    p, u = Parameters(lysis=0.0), HARVEST._replace(cells=0.0, debris=0.1)
    cut = readings(initial(p, FULL)._replace(intake=u.flow), u, p).cut_size
    _, y = _flown(p._replace(coarse_size=cut, fine_size=cut), u, FULL, 600.0, 10.0)
    return 1.0 - y.debris / u.debris


def scaled(*, factor: float) -> float:
    """Difference of the separated part of debris between the machine and one with ``factor`` times its Q and Sigma."""
    parts = []
    for k in (1.0, factor):
        p = Parameters(lysis=0.0, discs=100.0 * k, bowl_volume=0.01 * k, solids_space=0.004 * k)
        u = HARVEST._replace(flow=HARVEST.flow * k, cells=0.0, debris=0.5)
        parts.append(1.0 - _flown(p, u, Start(1.0, p.bowl_volume), 200.0, 10.0)[1].debris / u.debris)
    return parts[1] - parts[0]


def filling(*, seconds: float, tick: float) -> Result:
    """Sediment over the solids space with cells alone, beside the differential equations solved by Runge and Kutta."""
    p, u = Parameters(lysis=0.0), HARVEST._replace(debris=0.0)
    x, time, twin = initial(p, FULL), [0.0], [0.0]
    exact, loose, held, parts = [0.0], 0.0, 0.0, 200
    most, h = p.solids_space * p.sediment_density, tick / parts

    def slopes(c: float, s: float) -> tuple[float, float]:
        clear = 1.0 - exp(-p.sharpness * (1.0 - s / most))
        return u.flow / p.bowl_volume * (u.cells - c), p.cell_mass * u.flow * c * clear

    for n in range(1, round(seconds / tick) + 1):
        x = advance(x, u, p, tick)
        for _ in range(parts):
            a = slopes(loose, held)
            b = slopes(loose + h / 2.0 * a[0], held + h / 2.0 * a[1])
            c = slopes(loose + h / 2.0 * b[0], held + h / 2.0 * b[1])
            d = slopes(loose + h * c[0], held + h * c[1])
            loose += h / 6.0 * (a[0] + 2.0 * b[0] + 2.0 * c[0] + d[0])
            held += h / 6.0 * (a[1] + 2.0 * b[1] + 2.0 * c[1] + d[1])
        time.append(n * tick)
        twin.append(readings(x, u, p).bowl_fill)
        exact.append(held / most)
    return Result(twin[-1] / exact[-1], tuple(time), tuple(twin), tuple(exact))


class Harvested(NamedTuple):
    """What a harvest with shots gave."""

    turbidity: float
    """Of the collected centrate, NTU."""
    product_yield: float


def _harvested(u: Inputs, *, interval: float, hours: float, tick: float = 5.0) -> Harvested:
    """A full shot each ``interval``."""
    p = Parameters()
    x, clouded, volume, product, every = initial(p, FULL), 0.0, 0.0, 0.0, round(interval / tick)
    for n in range(1, round(hours * HOUR / tick) + 1):
        now = u._replace(discharge=1.0 if n % every == 0 else 0.0)
        x = advance(x, now, p, tick)
        y = readings(x, now, p)
        clouded, volume = clouded + y.turbidity * y.flow * tick, volume + y.flow * tick
        product += y.product * y.flow * tick
    return Harvested(clouded / volume, product / (u.product * u.flow * hours * HOUR))


def centrate_turbidity(*, interval: float, hours: float) -> float:
    """NTU of the collected centrate."""
    return _harvested(HARVEST, interval=interval, hours=hours).turbidity


def clarity_lost(*, usual: float, rare: float) -> float:
    """Turbidity with rare shots over that with usual ones."""
    return centrate_turbidity(interval=rare, hours=1.0) / centrate_turbidity(interval=usual, hours=1.0)


def yield_lost(*, usual: float, frequent: float) -> float:
    """Change of the product's yield from usual to frequent shots."""
    return (_harvested(HARVEST, interval=frequent, hours=1.0).product_yield
            - _harvested(HARVEST, interval=usual, hours=1.0).product_yield)


def shear(*, signal: str, added: float) -> float:
    """A reading of the centrate with a throttled feed valve, over that without, after 100 s."""
    sheared, usual = (_flown(Parameters(), HARVEST._replace(feed_shear=s), FULL, 100.0, 10.0)[1] for s in (added, 0.0))
    return float(getattr(sheared, signal) / getattr(usual, signal))


def unaccounted(*, hours: float, tick: float) -> float:
    """Largest part of any content lost from the books, with shots each 2 min and every malfunction at a third."""
    p, x = Parameters(), initial(Parameters(), Start())
    u = HARVEST._replace(discharge_stuck=0.3, slip=0.1, feed_shear=3.0, air=0.3, seal_leak=0.03)
    came, went = dict.fromkeys(BALANCES, 0.0), dict.fromkeys(BALANCES, 0.0)
    for n in range(round(hours * HOUR / tick)):
        now = u._replace(discharge=1.0 if n % round(120.0 / tick) == 0 else 0.0)
        x = advance(x, now, p, tick)
        y = readings(x, now, p)
        for name in BALANCES:
            came[name] += y.intake * getattr(u, name) * tick
            went[name] += (y.flow * getattr(y, name) + y.waste_flow * getattr(y, f"waste_{name}")) * tick
    misses = []
    for name, (parts, per_cell) in BALANCES.items():
        made = x.lysed * getattr(p, per_cell) if per_cell else 0.0
        kept = sum(getattr(x, part) for part in parts)
        misses.append(abs(came[name] + made - went[name] - kept) / came[name])
    return max(misses)
