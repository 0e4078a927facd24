"""Objective tests of the vessel and its rate laws: what ``reference.yaml`` calls.

A number in parentheses is that of the test in upstream.md, section 3.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from biotwin.equipment.stirred_bioreactor import model, trial
from biotwin.equipment.stirred_bioreactor.gas import transfer_coefficient
from biotwin.equipment.stirred_bioreactor.model import Inputs, Parameters, Readings, Start, State
from biotwin.finding import Result
from biotwin.kinetics import bubbles, composite, overflow
from biotwin.kinetics.glycosylation import galactosylation_index
from biotwin.properties.gases import CARBON_DIOXIDE, OXYGEN, henry
from biotwin.properties.physics import PHYSICS

HOUR, BODY = 3600.0, 310.15


@lru_cache(maxsize=4)
def _batch_of_hybridoma(tick: float) -> tuple[tuple[float, Readings, State], ...]:
    """BPL's fed-batch (1 to 4) in this vessel: 0.30 L, fed 4.1667 mL/h from 63.5 h, oxygen never short.

    BPL has no gas: bubbles of a metre kill nobody here.
    """
    law, k = overflow.specific_rates, overflow.SETS["hybridoma"]._replace(oxygen_half=1e-9)
    p = Parameters(vessel_volume=0.001, bubble_radius=1.0)
    start = Start(volume=0.3e-3, viable_density=0.172e12, viability=0.172 / 0.192, glucose=17.83, glutamine=3.74,
                  lactate=0.12, ammonia=0.24, dissolved_oxygen=1.0)
    flow = 4.1667e-6 / HOUR
    idle = Inputs(stirrer_speed=5.0, sparge_air=2e-6, sparge_oxygen=4e-6, room_temperature=BODY)
    fed = idle._replace(liquid_flow=flow, glucose_flow=15.0 * flow, glutamine_flow=9.3 * flow)
    x, seen = np.array(model.initial(p, start)), []
    for n in range(round(200.0 * HOUR / tick)):
        u = idle if n * tick < 63.5 * HOUR else fed
        slope = np.array(model.equations(State(*x), u, p, law, k))
        ahead = np.array(model.equations(State(*(x + tick * slope)), u, p, law, k))
        x = x + 0.5 * tick * (slope + ahead)
        if (n + 1) * tick % 360.0 == 0.0:
            seen.append(((n + 1) * tick, model.readings(State(*x), u, p, law, k), State(*x)))
    return tuple(seen)


def hybridoma(
    *, signal: str, hour: float, hours: list[float], references: list[float], tick: float = 120.0
) -> Result:
    """(1, 2, 4) A reading of BPL's fed-batch at an hour; ``references`` at ``hours`` are drawn beside it. SI."""
    batch = _batch_of_hybridoma(tick)
    twin = tuple(_at(batch, h * HOUR, signal) for h in hours)
    return Result(_at(batch, hour * HOUR, signal), tuple(h * HOUR for h in hours), twin, tuple(references))


def _at(batch: tuple[tuple[float, Readings, State], ...], time: float, signal: str) -> float:
    return float(getattr(min(batch, key=lambda row: abs(row[0] - time))[1], signal))


def oxygen_coefficient(*, dissipation: float, velocity: float) -> float:
    """(10) kLa, 1/s, of the twin's correlation; dissipation W/kg, superficial velocity m/s."""
    return float(transfer_coefficient(1000.0 * dissipation, velocity, Parameters()))


def solubility(*, gas: str, temperature: float = BODY) -> float:
    """(11) mol/m3/Pa of ``oxygen`` or ``carbon_dioxide``."""
    return float(henry(temperature, {"oxygen": OXYGEN, "carbon_dioxide": CARBON_DIOXIDE}[gas]))


def saturation() -> float:
    """(11) Dissolved oxygen, mol/m3, at which the probe reads 100 %."""
    p = Parameters()
    x = model.initial(p, Start(dissolved_oxygen=1.0))
    return x.oxygen / x.volume


def gassing_out(*, volume: float, vvm: float, power_density: float, probe: float, tick: float = 5.0) -> Result:
    """(12) kLa recovered from a step from nitrogen to air through a lagging probe, over the kLa that the vessel has."""
    p = Parameters(vessel_volume=volume)
    start = Start(volume=0.75 * volume, viable_density=0.0, viability=1.0, dissolved_oxygen=0.0)
    x = np.array(model.initial(p, start)._replace(headspace_oxygen=0.0))
    law, k = composite.specific_rates, composite.SETS["modern"]
    u = Inputs(stirrer_speed=trial.speed_for(power_density, p, start.volume), room_temperature=BODY,
               sparge_air=vvm * start.volume * trial.MOL_PER_CUBIC_METRE / 60.0)
    shown, seen, keep = 0.0, [], np.exp(-tick / probe)
    for _ in range(round(3000.0 / tick)):
        slope = np.array(model.equations(State(*x), u, p, law, k))
        x = x + 0.5 * tick * (slope + np.array(model.equations(State(*(x + tick * slope)), u, p, law, k)))
        y = model.readings(State(*x), u, p, law, k)
        shown = y.dissolved_oxygen + (shown - y.dissolved_oxygen) * keep
        seen.append(shown)
    time = tick * np.arange(1, len(seen) + 1)
    recovered = _fitted(time, np.array(seen), probe)
    true = y.oxygen_transfer_coefficient
    return Result(recovered / true, tuple(time), tuple(seen), tuple(seen[-1] * _lagged(time, true, probe)))


def _lagged(time: np.ndarray, rate: float, probe: float) -> np.ndarray:
    """Step response of a first-order rise seen through a first-order probe."""
    return 1.0 - (np.exp(-rate * time) / rate - probe * np.exp(-time / probe)) / (1.0 / rate - probe)


def _fitted(time: np.ndarray, seen: np.ndarray, probe: float) -> float:
    """Least squares on the rate over 0.5 .. 30 1/h; the plateau is free (linear)."""
    rates = np.linspace(0.5, 30.0, 2951) / HOUR
    shapes = np.array([_lagged(time, r, probe) for r in rates])
    heights = shapes @ seen / (shapes * shapes).sum(axis=1)
    misses = ((seen - heights[:, None] * shapes) ** 2).sum(axis=1)
    return float(rates[misses.argmin()])


@lru_cache(maxsize=8)
def _batch(volume: float, air: float, figures: str, days: float, tick: float) -> trial.Batch:
    p = Parameters(vessel_volume=volume)
    plan = trial.Plan(days=days, air=air, tick=tick, stirrer_speed=trial.speed_for(30.0, p, 0.75 * volume))
    start = Start(volume=0.75 * volume)
    return trial.fly(p, start, plan, composite.specific_rates, composite.SETS[figures])


def _plateau(batch: trial.Batch) -> float:
    """Mean pCO2 from day 8 to 12, Pa."""
    chosen = (batch.time > 8 * trial.DAY) & (batch.time < 12 * trial.DAY)
    return float(batch.of("carbon_dioxide_pressure")[chosen].mean())


def carbon_dioxide_ratio(*, big: float, small: float, air_big: float, air_small: float) -> Result:
    """(13) pCO2 plateau of a big vessel over that of a small one, at 30 W/m3 in both."""
    one, other = _batch(big, air_big, "modern", 14.0, 60.0), _batch(small, air_small, "modern", 14.0, 60.0)
    every = slice(None, None, 60)
    return Result(_plateau(one) / _plateau(other), tuple(one.time[every]),
                  tuple(one.of("carbon_dioxide_pressure")[every]), tuple(other.of("carbon_dioxide_pressure")[every]))


def carbon_dioxide_fall(*, volume: float, air: float, factor: float) -> float:
    """(13) Relative change of the pCO2 plateau when the air is multiplied."""
    return _plateau(_batch(volume, air * factor, "modern", 14.0, 60.0)) / _plateau(
        _batch(volume, air, "modern", 14.0, 60.0)
    ) - 1.0


def composite_figure(*, volume: float, air: float, figures: str, signal: str, of: str) -> Result:
    """(A3) ``peak`` or ``end`` of a reading of a 14-day batch."""
    batch = _batch(volume, air, figures, 14.0, 60.0)
    series = batch.of(signal)
    value = float(series.max() if of == "peak" else series[-1])
    every = slice(59, None, 60)
    flat = (value,) * len(series[every])
    return Result(value, tuple(batch.time[every]), tuple(series[every]), flat)


def largest_dissipation(*, power_density: float) -> float:
    """(14) W/m3 in the worst spot of the impeller."""
    return Parameters().dissipation_peak * power_density


def stirring_death(*, power_density: float) -> float:
    """(14) Death by stirring, 1/s."""
    return float(bubbles.agitation_death(largest_dissipation(power_density=power_density)))


def bubble_death_ratio() -> float:
    """(14) Death by bubbles without surfactant over that with it."""
    bare, healthy = (bubbles.bubble_death(1e-3, 1e-3, loss) for loss in (1.0, 0.0))
    return float(bare / healthy)


def galactosylation(*, ammonia: float) -> float:
    """(15) Galactosylation index at that ammonia, mol/m3."""
    return float(galactosylation_index(ammonia))


def galactosylation_slope(*, low: float, high: float) -> Result:
    """(17) Mean slope of the index, per mol/m3 of ammonia; the abscissa of the plot is ammonia."""
    grid = np.linspace(low, high, 41)
    twin = tuple(float(galactosylation_index(a)) for a in grid)
    proxy = tuple(0.388 - 0.0271 * a for a in grid)
    return Result((twin[-1] - twin[0]) / (high - low), tuple(grid), twin, proxy)


def galactosylation_steepest_rise(*, low: float, high: float) -> float:
    """(17) Largest increase of the index between neighbours: negative where it falls throughout."""
    grid = np.linspace(low, high, 401)
    return float(max(np.diff([galactosylation_index(a) for a in grid])))


def closure(*, balance: str, volume: float = 2.0, air: float = 0.004, tick: float = 60.0) -> float:
    """(33) Largest change of a balance over 14 days and per tick, relative to the largest of its terms."""
    batch = _batch(volume, air, "modern", 14.0, tick)
    terms = [weight * batch.state(name) for name, weight in model.BALANCES[balance].items()]
    return float(np.abs(sum(terms) - sum(t[0] for t in terms)).max() / max(np.abs(t).max() for t in terms))


def smallest_amount(*, volume: float = 2.0, air: float = 0.004) -> float:
    """(33) The smallest amount of anything in a batch; the accounts, which may be negative, are left out."""
    batch = _batch(volume, air, "modern", 14.0, 60.0)
    amounts = [n for n in State._fields if not n.endswith("_supplied") and n != "strong_ions"]
    return float(min(batch.state(n).min() for n in amounts))


def oxygen_above_saturation(*, volume: float = 2.0, air: float = 0.004) -> float:
    """(33) Largest dissolved oxygen of a batch over what pure oxygen at the bottom of the vessel could give."""
    batch = _batch(volume, air, "modern", 14.0, 60.0)
    p = Parameters(vessel_volume=volume)
    depth = p.aspect_ratio * (4.0 * volume * 1.1 / (np.pi * p.aspect_ratio)) ** (1.0 / 3.0)
    ceiling = (PHYSICS.atmosphere + p.relief_pressure + 9810.0 * depth) / (PHYSICS.air_oxygen * PHYSICS.atmosphere)
    return float(batch.of("dissolved_oxygen").max() / ceiling)


@lru_cache(maxsize=2)
def _batch_of_xing(tick: float) -> tuple[tuple[float, Readings, State], ...]:
    """Xing's law alone in 2000 L: 0.2e6 cells/mL, 100 mM glucose, 10 mM glutamine, no feed, no bubble death (9)."""
    law, k = composite.specific_rates, composite.SETS["xing"]
    p = Parameters(bubble_radius=1.0)
    start = Start(volume=1.9, viable_density=0.2e12, viability=0.999, glucose=100.0, glutamine=10.0, lactate=0.0,
                  ammonia=0.0, dissolved_oxygen=0.8)
    u = Inputs(stirrer_speed=1.0, sparge_air=0.02, room_temperature=BODY)
    x, seen = np.array(model.initial(p, start)), []
    for n in range(round(244.0 * HOUR / tick)):
        slope = np.array(model.equations(State(*x), u, p, law, k))
        x = x + 0.5 * tick * (slope + np.array(model.equations(State(*(x + tick * slope)), u, p, law, k)))
        if (n + 1) * tick % HOUR == 0.0:
            seen.append(((n + 1) * tick, model.readings(State(*x), u, p, law, k), State(*x)))
    return tuple(seen)


def xing_batch(*, signal: str, hour: float, tick: float = 180.0) -> float:
    """(9) A reading of Xing's batch, well mixed, where the reference has 24 CFD zones."""
    return _at(_batch_of_xing(tick), hour * HOUR, signal)
