"""ROS2-W: a second-order step that is linearly implicit in one stiff state (Verwer et al. 1999, SIAM J. Sci. Comput. 20).

(I - g h A) k1 = f(x);  (I - g h A) k2 = f(x + h k1) - 2 k1;  x' = x + h (3/2 k1 + 1/2 k2),  g = 1 - 1/sqrt(2).

It is of order 2 for *any* matrix A. Here A is the whole column of the Jacobian for the stiff state (dissolved oxygen:
consumption saturates within seconds when it runs out) and zero elsewhere, so that
1. the linear systems are solved in closed form: v += g h a v[s] / (1 - g h a[s]), a = column, s = stiff state;
2. a linear invariant w of f (w·f = 0 for all x, hence w·a = 0) is kept to rounding: balances close.
"""

from __future__ import annotations

import math

from numba import njit

GAMMA = 1.0 - 1.0 / math.sqrt(2.0)
PROBE = 1.5e-8


@njit(nogil=True)
def _solve(v, column, stiff, gh):  # type: ignore[no-untyped-def]
    factor = gh * v[stiff] / (1.0 - gh * column[stiff])
    for i in range(v.size):
        v[i] += factor * column[i]


@njit(nogil=True)
def rosenbrock(derivatives, x, context, stiff, dt, work):  # type: ignore[no-untyped-def]
    """Advance ``x`` (float64[n], in place) over ``dt``; ``derivatives(x, context, out)`` fills ``out``.

    ``work`` is float64[4, n]; ``stiff`` the index of the stiff state, or -1 for none (then this is Heun's method).
    """
    k1, k2, y, column = work[0], work[1], work[2], work[3]
    n = x.size
    derivatives(x, context, k1)
    gh = 0.0
    if stiff >= 0:
        gh = GAMMA * dt
        for i in range(n):
            y[i] = x[i]
        step = PROBE * (abs(x[stiff]) + 1e-6)
        y[stiff] += step
        derivatives(y, context, column)
        for i in range(n):
            column[i] = (column[i] - k1[i]) / step
        _solve(k1, column, stiff, gh)
        for i in range(n):
            y[i] = x[i] + dt * k1[i]
        derivatives(y, context, k2)
        for i in range(n):
            k2[i] -= 2.0 * k1[i]
        _solve(k2, column, stiff, gh)
        for i in range(n):
            x[i] += dt * (1.5 * k1[i] + 0.5 * k2[i])
    else:
        for i in range(n):
            y[i] = x[i] + dt * k1[i]
        derivatives(y, context, k2)
        for i in range(n):
            x[i] += 0.5 * dt * (k1[i] + k2[i])
