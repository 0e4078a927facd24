"""The overflow law alone in a fed flask: the case on which steppers are compared, 200 h of BPL's CHO fed-batch.

States are amounts: volume (m3), viable and dead cells, glucose, glutamine, lactate, ammonia (mol). Start and feed are
those of upstream.md, section 3, tests 1 to 4: 0.30 L, fed 4.1667 mL/h from 63.5 h, 15 mM glucose, 9.3 mM glutamine.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from biotwin.kinetics import overflow
from biotwin.kinetics.contract import Environment
from biotwin.plant.plant import Reals
from biotwin.stepping.rosenbrock import rosenbrock

HOUR = 3600.0
FEED_AT, END = 63.5 * HOUR, 200.0 * HOUR
FEED = 4.1667e-6 / HOUR
GLUCOSE_IN, GLUTAMINE_IN = 15.0, 9.3
NAMES = ("volume", "viable_cells", "dead_cells", "glucose", "glutamine", "lactate", "ammonia")
SIZE = len(NAMES)
FIGURES = overflow.SETS["hybridoma"]._replace(oxygen_half=1e-9)
"""Oxygen is never short: the paper has none."""


def start() -> Reals:
    """The flask at its start."""
    volume = 0.30e-3
    return volume * np.array([1.0, 0.172e12, 0.020e12, 17.83, 3.74, 0.12, 0.24])


@njit(nogil=True, error_model="numpy")
def slopes(x, context):  # type: ignore[no-untyped-def]
    """Time derivatives under the feed (m3/s) and the figures in ``context``: the right-hand side that all peers get."""
    feed, k = context
    volume, cells = x[0], x[1]
    e = Environment(x[3] / volume, x[4] / volume, x[5] / volume, x[6] / volume, 0.2, 310.15, 7.0, 0.0, 300.0, 0.0, 0.0)
    r = overflow.specific_rates(e, k)
    return (feed, (r.growth - r.death) * cells, r.death * cells, feed * GLUCOSE_IN - r.glucose * cells,
            feed * GLUTAMINE_IN - r.glutamine * cells, r.lactate * cells, r.ammonia * cells)


@njit(nogil=True, error_model="numpy")
def derivatives(x, context, out):  # type: ignore[no-untyped-def]
    """``slopes`` for those that hand arrays over."""
    for i, value in enumerate(slopes((x[0], x[1], x[2], x[3], x[4], x[5], x[6]), context)):
        out[i] = value


_step = rosenbrock(slopes, -1, SIZE)


@njit(nogil=True, error_model="numpy")
def _march(x, context, dt, steps):  # type: ignore[no-untyped-def]
    for _ in range(steps):
        _step(x, context, dt)


def twin(tick: float) -> Reals:
    """The flask at 200 h by the twin's stepper; ticks of at most ``tick`` seconds that meet the start of the feed."""
    x = start()
    for feed, span in ((0.0, FEED_AT), (FEED, END - FEED_AT)):
        steps = math.ceil(span / tick)
        _march(x, (feed, FIGURES), span / steps, steps)
    return x


def scipy_solution(method: str, tolerance: float) -> Reals:
    """The same by a method of ``scipy.integrate.solve_ivp``; needs scipy."""
    from scipy.integrate import solve_ivp

    x = start()
    scale = np.abs(x) + 1e-30
    out = np.zeros(SIZE)

    for feed, span in ((0.0, (0.0, FEED_AT)), (FEED, (FEED_AT, END))):
        context = (feed, FIGURES)

        def slope(time: float, y: Reals, context: Any = context) -> Reals:
            derivatives(y, context, out)
            return out.copy()

        x = solve_ivp(slope, span, x, method=method, rtol=tolerance, atol=tolerance * scale, t_eval=[span[1]]).y[:, -1]
    return x


def apart(found: Reals, exact: Reals) -> float:
    """Largest relative difference of any state."""
    return float(np.max(np.abs(found / exact - 1.0)))
