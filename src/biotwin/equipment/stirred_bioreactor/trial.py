"""The vessel alone on a test bench: flown by the plant's own stepper under four plain loops, for the qualification.

The loops are those of upstream.md 2.A3: dissolved oxygen by a PI controller on pure oxygen, carbon dioxide above pH
7.08, carbonate below 6.95, feed from day 3 to 13; the jacket follows the wished temperature.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numba.np.unsafe import ndarray

from biotwin.equipment.stirred_bioreactor import model
from biotwin.equipment.stirred_bioreactor.model import Inputs, Parameters, Readings, Start, State
from biotwin.properties.media import composition
from biotwin.stepping.rosenbrock import rosenbrock

to_fixed_tuple: Any = ndarray.to_fixed_tuple
STATES, WIDTH = len(State._fields), len(Inputs._fields)
STIFF = State._fields.index(model.FAST)
IN = {name: i for i, name in enumerate(Inputs._fields)}
DAY = 86400.0
MOL_PER_CUBIC_METRE = 101325.0 / (8.314462618 * 310.15)
"""Ideal gas at one atmosphere and 37 degC: gas rates per vessel volume are told so in the trade."""


class Plan(NamedTuple):
    """How a batch is run; gas in volumes per volume and minute."""

    days: float = 14.0
    tick: float = 60.0
    stirrer_speed: float = 1.0
    air: float = 0.004
    overlay: float = 0.01
    oxygen_limit: float = 0.05
    carbon_dioxide_limit: float = 0.01
    oxygen_setpoint: float = 0.40
    ph_high: float = 7.08
    ph_low: float = 6.95
    feed_start: float = 3.0
    feed_stop: float = 13.0
    feed_per_day: float = 0.0375
    glucose_limit: float = 30.0
    warm: float = 310.15
    cool: float = 306.15
    shift_day: float = 5.0


class Batch(NamedTuple):
    """A flown batch: ``time`` in s, one row of readings and of states per tick."""

    time: np.ndarray
    readings: np.ndarray
    states: np.ndarray

    def of(self, name: str) -> np.ndarray:
        """The series of one reading."""
        return self.readings[:, Readings._fields.index(name)]

    def state(self, name: str) -> np.ndarray:
        """The series of one state."""
        return self.states[:, State._fields.index(name)]


def speed_for(power_density: float, p: Parameters, volume: float) -> float:
    """Stirrer speed, 1/s, that gives that power per volume."""
    diameter = p.impeller_ratio * (4.0 * p.vessel_volume / (np.pi * p.aspect_ratio)) ** (1.0 / 3.0)
    return float((power_density * volume / (p.impellers * p.power_number * 1000.0 * diameter**5)) ** (1.0 / 3.0))


@lru_cache(maxsize=4)
def kernels(law: Callable[..., Any]) -> tuple[Any, Any]:
    """Compiled ``derivatives(x, (u, p, k))`` and ``observe(x, u, p, k, out)`` for one rate law."""
    equations, readings = model.equations, model.readings

    @njit(error_model="numpy")
    def derivatives(x, context):  # type: ignore[no-untyped-def]
        u, p, k = context
        return equations(State(*x), u, p, law, k)

    @njit(error_model="numpy")
    def observe(x, u, p, k, out):  # type: ignore[no-untyped-def]
        for i, value in enumerate(readings(State(*to_fixed_tuple(x, STATES)), u, p, law, k)):
            out[i] = value

    return derivatives, observe


@lru_cache(maxsize=4)
def _advance(law: Callable[..., Any]) -> Any:
    derivatives, observe = kernels(law)
    step = rosenbrock(derivatives, STIFF, STATES)

    @njit(error_model="numpy")
    def advance(x, inputs, p, k, dt, out):  # type: ignore[no-untyped-def]
        u = Inputs(*to_fixed_tuple(inputs, WIDTH))
        step(x, (u, p, k), dt)
        observe(x, u, p, k, out)

    return advance


def fly(p: Parameters, start: Start, plan: Plan, rates: Callable[..., Any], k: Any) -> Batch:
    """A batch under the four loops."""
    advance, feed, base = _advance(rates), composition("feed_f03"), composition("base_carbonate")
    x = np.array(model.initial(p, start))
    u = np.array(Inputs(stirrer_speed=plan.stirrer_speed, liquid_temperature=310.15))
    y = np.array(model.readings(State(*x), Inputs(*u), p, rates, k))
    ticks = round(plan.days * DAY / plan.tick)
    seen, states = np.empty((ticks, y.size)), np.empty((ticks, STATES))
    integral = 0.0
    for n in range(ticks):
        integral = _set_inputs(u, Readings(*y), plan, n * plan.tick, (start.volume, integral), (feed, base))
        advance(x, u, p, k, plan.tick, y)
        seen[n], states[n] = y, x
    return Batch(np.arange(1, ticks + 1) * plan.tick, seen, states)


def _set_inputs(
    u: np.ndarray, y: Readings, plan: Plan, time: float, memory: tuple[float, float], bottles: tuple[Any, Any]
) -> float:
    """Write this tick's inputs; returns the integral of the oxygen loop."""
    started, integral = memory
    vvm = y.liquid_volume * MOL_PER_CUBIC_METRE / 60.0
    miss = plan.oxygen_setpoint - y.dissolved_oxygen
    wish = 0.04 * (2.0 * miss + integral)
    if 0.0 < wish < plan.oxygen_limit or miss * (wish - plan.oxygen_limit / 2.0) < 0.0:
        integral = max(integral + 2.0 * miss * plan.tick / 3600.0, 0.0)
    souring = min(max(0.2 * (y.ph - plan.ph_high), 0.0), plan.carbon_dioxide_limit)
    carbonate = min(max((plan.ph_low - y.ph) * 60.0, 0.0), 8.0) * y.liquid_volume / 3600.0
    day = time / DAY
    feeding = plan.feed_per_day * started / DAY if plan.feed_start <= day < plan.feed_stop else 0.0
    flows = (feeding * (1.0 if y.glucose < plan.glucose_limit else 0.4), carbonate / bottles[1].inorganic_carbon)
    u[IN["sparge_air"]], u[IN["overlay_air"]] = plan.air * vvm, plan.overlay * vvm
    u[IN["sparge_oxygen"]] = min(max(wish, 0.0), plan.oxygen_limit) * vvm
    u[IN["sparge_carbon_dioxide"]] = souring * vvm
    u[IN["liquid_flow"]] = sum(flows)
    for name in ("glucose", "glutamine", "inorganic_carbon"):
        u[IN[f"{name}_flow"]] = sum(f * getattr(b, name) for f, b in zip(flows, bottles))
    u[IN["strong_ion_flow"]] = sum(f * b.strong_ions for f, b in zip(flows, bottles))
    u[IN["osmole_flow"]] = sum(f * b.osmoles for f, b in zip(flows, bottles))
    wished = plan.warm if day < plan.shift_day else plan.cool
    u[IN["jacket_temperature"]] = min(max(wished + 10.0 * (wished - y.temperature), 278.15), 318.15)
    u[IN["ph"]] = y.ph
    return integral
