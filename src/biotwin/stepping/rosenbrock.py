"""ROS2-W: a second-order step that is linearly implicit in one stiff state.

Verwer, Spee, Blom, Hundsdorfer 1999, SIAM J. Sci. Comput. 20:1456.

(I - g h A) k1 = f(x);  (I - g h A) k2 = f(x + h k1) - 2 k1;  x' = x + h (3/2 k1 + 1/2 k2),  g = 1 - 1/sqrt(2).

It is of order 2 for *any* matrix A. Here A is the whole column of the Jacobian for the stiff state (dissolved oxygen:
consumption saturates within seconds when it runs out) and zero elsewhere, so that
1. the linear systems are solved in closed form: v += g h a v[s] / (1 - g h a[s]), a = column, s = stiff state;
2. a linear invariant w of f (w·f = 0 for all x, hence w·a = 0) is kept to rounding: balances close.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from numba import njit

GAMMA = 1.0 - 1.0 / math.sqrt(2.0)
PROBE = 1.5e-8


def rosenbrock(derivatives: Callable[..., None], stiff: int) -> Callable[..., None]:
    """A compiled stepper for ``derivatives(x, context, out)``, which fills ``out``; ``stiff`` is -1 for no stiff state
    (then this is Heun's method).

    The stepper ``step(x, context, dt, work)`` advances ``x`` (float64[n], in place) over ``dt``; ``work`` is
    float64[4, m >= n]. It is made per drawer because Numba cannot cache a function that is handed another.
    """
    return _linearly_implicit(derivatives, stiff) if stiff >= 0 else _heun(derivatives)


def _linearly_implicit(derivatives: Callable[..., None], stiff: int) -> Callable[..., None]:
    @njit(nogil=True, error_model="numpy")
    def step(x, context, dt, work):  # type: ignore[no-untyped-def]
        k1, k2, y, column = work[0], work[1], work[2], work[3]
        n = x.size
        gh = GAMMA * dt
        derivatives(x, context, k1)
        for i in range(n):
            y[i] = x[i]
        probe = PROBE * (abs(x[stiff]) + 1e-6)
        y[stiff] += probe
        derivatives(y, context, column)
        for i in range(n):
            column[i] = (column[i] - k1[i]) / probe
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
    @njit(nogil=True, error_model="numpy")
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
