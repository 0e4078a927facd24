"""ROS2-W: a second-order step that is linearly implicit in one stiff state.

(I - g h A) k1 = f(x);  (I - g h A) k2 = f(x + h k1) - 2 k1;  x' = x + h (3/2 k1 + 1/2 k2),  g = 1 + 1/sqrt(2).

It is of order 2 for *any* matrix A (Verwer, Spee, Blom, Hundsdorfer 1999, SIAM J. Sci. Comput. 20:1456, who prefer the
larger g because it keeps positive). Here A is one column, that of the stiff state s (dissolved oxygen: its consumption
ceases within seconds when it runs out), and zero elsewhere; the column is the chord of f down to none of that state:
1. the linear systems are solved in closed form: v += g h a v[s] / (1 - g h a[s]), a = column;
2. a linear invariant w of f (w f = 0 for all x, hence w a = 0) is kept to rounding: balances close;
3. with the chord instead of the tangent the stiff state stays positive however long the step (tested to 60 s).
"""

from __future__ import annotations

import math
from collections.abc import Callable

from numba import njit

GAMMA = 1.0 + 1.0 / math.sqrt(2.0)
LEAST_CHORD = 1e-9


def rosenbrock(derivatives: Callable[..., None], stiff: int) -> Callable[..., None]:
    """A compiled stepper for ``derivatives(x, context, out)``, which fills ``out``; ``stiff`` is -1 for no stiff state
    (then this is Heun's method).

    The stepper ``step(x, context, dt, work)`` advances ``x`` (float64[n], in place) over ``dt``; ``work`` is
    float64[4, m >= n]. It is made per drawer because Numba cannot cache a function that is handed another.
    """
    return _linearly_implicit(derivatives, stiff) if stiff >= 0 else _heun(derivatives)


def _linearly_implicit(derivatives: Callable[..., None], stiff: int) -> Callable[..., None]:
    @njit(nogil=True, error_model="numpy", forceinline=True)
    def step(x, context, dt, work):  # type: ignore[no-untyped-def]
        k1, k2, y, column = work[0], work[1], work[2], work[3]
        n = x.size
        gh = GAMMA * dt
        derivatives(x, context, k1)
        for i in range(n):
            y[i] = x[i]
        reach = max(x[stiff], LEAST_CHORD)
        y[stiff] -= reach
        derivatives(y, context, column)
        for i in range(n):
            column[i] = (k1[i] - column[i]) / reach
        factor = gh * k1[stiff] / (1.0 - gh * column[stiff])
        for i in range(n):
            k1[i] += factor * column[i]
            y[i] = x[i] + dt * k1[i]
        derivatives(y, context, k2)
        factor = gh * (k2[stiff] - 2.0 * k1[stiff]) / (1.0 - gh * column[stiff])
        for i in range(n):
            x[i] += dt * (1.5 * k1[i] + 0.5 * (k2[i] - 2.0 * k1[i] + factor * column[i]))

    return step  # type: ignore[no-any-return]


def _heun(derivatives: Callable[..., None]) -> Callable[..., None]:
    @njit(nogil=True, error_model="numpy", forceinline=True)
    def step(x, context, dt, work):  # type: ignore[no-untyped-def]
        k1, k2, y = work[0], work[1], work[2]
        n = x.size
        derivatives(x, context, k1)
        for i in range(n):
            y[i] = x[i] + dt * k1[i]
        derivatives(y, context, k2)
        for i in range(n):
            x[i] += 0.5 * dt * (k1[i] + k2[i])

    return step  # type: ignore[no-any-return]
