"""Objective tests of this drawer: what ``reference.yaml`` calls. Each flies the filter through time, tick by tick."""

from __future__ import annotations

from math import exp, log, sqrt

from biotwin.equipment.depth_filter.model import BALANCES, Inputs, Parameters, Start, State, advance, initial, readings
from biotwin.finding import Result

HOUR = 3600.0
DRIVE, VISCOSITY, CLEAN = 1.0e5, 1.0e-3, 1.0e12
FLUX = DRIVE / (VISCOSITY * CLEAN)
"""Of water through the clean trial filter at constant pressure, m/s."""
DAMAGE = {"complete": 1.0, "standard": 0.5, "intermediate": 1.0, "cake": 1.0}
"""Hermia's K over what a kilogram per square metre does: his standard law counts half."""


def _trial(**strengths: float) -> Parameters:
    """One square metre without hold-up; each strength is Hermia's K in 1/s at ``FLUX`` and 1 kg/m3, all retained."""
    k = {name: strengths.get(name, 0.0) * DAMAGE[name] / FLUX for name in DAMAGE}
    return Parameters(area=1.0, resistance=CLEAN, depth=1.0, holdup=1e-14, debris_retention=1.0,
                      complete=k["complete"], intermediate=k["intermediate"], constriction=k["standard"],
                      cake_resistance=k["cake"] * CLEAN)


def _constant_pressure(kt: float) -> dict[str, float]:
    return {"complete": exp(-kt), "standard": (1.0 + kt / 2.0) ** -2, "intermediate": 1.0 / (1.0 + kt),
            "cake": (1.0 + 2.0 * kt) ** -0.5}


def _constant_flow(kt: float) -> dict[str, float]:
    return {"complete": 1.0 / (1.0 - kt), "standard": (1.0 - kt / 2.0) ** -2, "intermediate": exp(kt), "cake": 1.0 + kt}


def flux_decline(*, mechanism: str, kt: float, ticks: int) -> Result:
    """J/J0 at constant pressure after K t, beside Hermia's integrated law; at the end of each tick."""
    p, u = _trial(**{mechanism: 1e-3}), Inputs(flow=1.0, supply_pressure=DRIVE, viscosity=VISCOSITY, debris=1.0)
    dt, x = kt / 1e-3 / ticks, initial(p, Start(flushed=1.0))
    time, twin = [0.0], [1.0]
    for n in range(1, ticks + 1):
        x = advance(x, u, p, dt)
        time.append(n * dt)
        twin.append(1.0 / readings(x, u, p).resistance_ratio)
    return Result(twin[-1], tuple(time), tuple(twin), tuple(_constant_pressure(1e-3 * t)[mechanism] for t in time))


def pressure_rise(*, mechanism: str, kt: float, ticks: int) -> Result:
    """P/P0 at constant flow after K t, beside Hermia's integrated law."""
    p, u = _trial(**{mechanism: 1e-3}), Inputs(flow=FLUX, supply_pressure=1e9, viscosity=VISCOSITY, debris=1.0)
    dt, x = kt / 1e-3 / ticks, initial(p, Start(flushed=1.0))
    time, twin = [0.0], [1.0]
    for n in range(1, ticks + 1):
        x = advance(x, u, p, dt)
        time.append(n * dt)
        twin.append(readings(x, u, p).pressure_drop / DRIVE)
    return Result(twin[-1], tuple(time), tuple(twin), tuple(_constant_flow(1e-3 * t)[mechanism] for t in time))


def combined_pressure(*, blocking: float, cake: float, time: float, ticks: int) -> Result:
    """P/P0 at constant flow with complete blocking and cake at once (1/s), beside Bolton's closed form."""
    p = _trial(complete=blocking, cake=cake)
    u = Inputs(flow=FLUX, supply_pressure=1e9, viscosity=VISCOSITY, debris=1.0)
    x, dt, times, twin = initial(p, Start(flushed=1.0)), time / ticks, [0.0], [1.0]
    for n in range(1, ticks + 1):
        x = advance(x, u, p, dt)
        times.append(n * dt)
        twin.append(readings(x, u, p).pressure_drop / DRIVE)
    exact = tuple((1.0 - cake / blocking * log(1.0 - blocking * t)) / (1.0 - blocking * t) for t in times)
    return Result(twin[-1], tuple(times), tuple(twin), exact)


def combined_volume(*, blocking: float, cake: float, time: float, ticks: int) -> Result:
    """Volume (m3/m2) at constant pressure with both mechanisms, beside Bolton's closed form."""
    p = _trial(complete=blocking, cake=cake)
    u = Inputs(flow=1.0, supply_pressure=DRIVE, viscosity=VISCOSITY, debris=1.0)
    x, dt, times, twin = initial(p, Start(flushed=1.0)), time / ticks, [0.0], [0.0]
    for n in range(1, ticks + 1):
        x = advance(x, u, p, dt)
        times.append(n * dt)
        twin.append(readings(x, u, p).load)
    ratio = blocking / cake
    exact = tuple(FLUX / blocking * (1.0 - exp(-ratio * (sqrt(1.0 + 2.0 * cake * t) - 1.0))) for t in times)
    return Result(twin[-1], tuple(times), tuple(twin), exact)


def series_volume(*, blocking: float, behind: float, time: float, ticks: int) -> float:
    """Constant pressure over a filter that blocks and a constant resistance behind it (in clean filters): the time that
    the volume found needs by the closed form of R dV = P dt, over the time that it took."""
    p, clean = _trial(complete=blocking), VISCOSITY * CLEAN
    u = Inputs(flow=1.0, supply_pressure=DRIVE, viscosity=VISCOSITY, debris=1.0, resistance_behind=behind * clean)
    x = initial(p, Start(flushed=1.0))
    for _ in range(ticks):
        x = advance(x, u, p, time / ticks)
    k = blocking / FLUX
    return clean * (behind * x.filtered - log(1.0 - k * x.filtered) / k) / DRIVE / time


def breakthrough(*, offered: float, units: float, ticks: int) -> Result:
    """HCP behind over before the medium after ``offered`` capacities, beside Bohart and Adams; abscissa: capacities."""
    p = Parameters(area=1.0, holdup=1e-14, hcp_capacity=0.01, half_flux=2.5e-5, hcp_units=2.0 * units)
    u = Inputs(flow=2.5e-5, hcp=0.1)
    dt, x = offered * 0.01 / (2.5e-5 * 0.1) / ticks, initial(p, Start(flushed=1.0))
    time, twin = [], []
    for n in range(ticks):
        x = advance(x, u, p, dt)
        time.append((n + 0.5) * offered / ticks)
        twin.append(readings(x, u, p).hcp / 0.1)
    exact = tuple(1.0 / (1.0 + (exp(units) - 1.0) * exp(-units * t)) for t in time)
    return Result(twin[-1], tuple(time), tuple(twin), exact)


CENTRATE = Inputs(flow=20.0 * 0.1 / HOUR, product=3.0, aggregates=0.05, hcp=0.3, dna=0.01, cells=1e10, debris=1.0)
"""A usual one at 100 L/m2/h: some 400 NTU. Teaching values."""


def _filtered(p: Parameters, u: Inputs, hours: float, tick: float) -> State:
    x = initial(p, Start(flushed=0.05))
    for _ in range(round(hours * HOUR / tick)):
        x = advance(x, u, p, tick)
    return x


def flush(*, holdups: float, tick: float) -> Result:
    """Product that the hold-up still has after a post-flush of so many hold-ups, over what it had."""
    p = Parameters(product_capacity=1e-12)
    x = _filtered(p, CENTRATE, 1.0, 60.0)
    u, held, time, twin = Inputs(flow=CENTRATE.flow), x.product, [0.0], [1.0]
    for n in range(1, round(holdups * p.holdup / u.flow / tick) + 1):
        x = advance(x, u, p, tick)
        time.append(n * tick)
        twin.append(x.product / held)
    return Result(twin[-1], tuple(time), tuple(twin), tuple(exp(-u.flow * t / p.holdup) for t in time))


def unaccounted(*, hours: float, tick: float) -> float:
    """Largest part of any content that is lost from the books over a run with every malfunction at a third."""
    p, x = Parameters(), initial(Parameters(), Start())
    u = CENTRATE._replace(blocked_capsule=0.3, bypass=0.03, channelling=0.3, capacity_loss=0.3, leak=0.3)
    came, went = dict.fromkeys(BALANCES, 0.0), dict.fromkeys(BALANCES, 0.0)
    for _ in range(round(hours * HOUR / tick)):
        x = advance(x, u, p, tick)
        y = readings(x, u, p)
        for name in BALANCES:
            came[name] += (y.intake - y.leak_flow) * getattr(u, name, 0.0) * tick
            went[name] += y.flow * getattr(y, name) * tick
    came["leachables"] = p.leachables * p.area
    kept = {name: sum(getattr(x, part) for part in parts) for name, parts in BALANCES.items()}
    return max(abs(came[n] - went[n] - kept[n]) / came[n] for n in BALANCES)


STAGES = {
    "primary": Parameters(),
    "secondary": Parameters(resistance=1.0e12, area=10.0, holdup=0.05),
    "sterilising": Parameters(resistance=2.0e10, area=5.0, depth=1.0e-4, holdup=0.01, debris_retention=0.95,
                              cell_retention=1.0, complete=20.0, intermediate=50.0, constriction=1.0e-3,
                              hcp_capacity=1e-5, dna_capacity=1e-5, product_capacity=1e-5, leachables=1e-5),
}
"""A train for 2 m3 of harvest; the last is a 0.22 um membrane. Teaching values."""


def train_turbidity(*, stage: str, hours: float, tick: float) -> float:
    """Turbidity (NTU) behind a stage when 2 m3/h of centrate has gone through the train for ``hours``."""
    u, x = CENTRATE, {name: initial(p, Start(flushed=0.05)) for name, p in STAGES.items()}
    seen = dict.fromkeys(STAGES, 0.0)
    for _ in range(round(hours * HOUR / tick)):
        come = u
        for name, p in STAGES.items():
            x[name] = advance(x[name], come, p, tick)
            y = readings(x[name], come, p)
            seen[name] = y.turbidity
            come = come._replace(flow=y.flow, product=y.product, aggregates=y.aggregates, hcp=y.hcp, dna=y.dna,
                                 cells=y.cells, debris=y.debris)
    return seen[stage]


def capacity(*, debris: float, tick: float) -> float:
    """Load (m3/m2) at which a primary filter at 100 L/m2/h reaches 1 bar."""
    p, u = Parameters(), CENTRATE._replace(debris=debris)
    x = initial(p, Start(flushed=0.05))
    y = readings(x, u, p)
    while y.inlet_pressure < 1e5 and y.load < 1.0:
        x = advance(x, u, p, tick)
        y = readings(x, u, p)
    return y.load


def capacity_lost(*, debris: float, tick: float) -> float:
    """Change of that load from 1 kg/m3 of debris to ``debris``, m3/m2."""
    return capacity(debris=debris, tick=tick) - capacity(debris=1.0, tick=tick)


def skipped_flush(*, flushed: float) -> float:
    """Leachables (kg/m3) in the first minutes of filtrate without a pre-flush, over those after one of ``flushed``."""
    p, first = Parameters(), []
    for start in (0.0, flushed):
        x = initial(p, Start(flushed=start))._replace(liquid=p.holdup)
        for _ in range(30):
            x = advance(x, CENTRATE, p, 10.0)
        first.append(readings(x, CENTRATE, p).leachables)
    return first[0] / first[1]
