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
from typing import Any

from numba import njit

GAMMA = 1.0 + 1.0 / math.sqrt(2.0)
LEAST_CHORD = 1e-9


def rosenbrock(derivatives: Callable[..., Any], stiff: int, size: int) -> Callable[..., None]:
    """A compiled stepper for ``derivatives(x, context)``, which takes and gives tuples of ``size`` numbers; ``stiff``
    is -1 for no stiff state (then this is Heun's method).

    The stepper ``step(x, context, dt)`` advances ``x`` (float64[size], in place) over ``dt``. It is made per drawer
    because Numba cannot cache a function that is handed another, and written out state by state: what does not depend
    on the stiff state is then computed once for the slope and for its chord, by the compiler.
    """
    lines = _linearly_implicit(stiff, size) if stiff >= 0 else _heun(size)
    space: dict[str, Any] = {"derivatives": derivatives, "GAMMA": GAMMA, "LEAST_CHORD": LEAST_CHORD}
    exec("\n    ".join(["def step(x, context, dt):", *lines]), space)  # our own text, made of two integers
    return njit(nogil=True, error_model="numpy", forceinline=True)(space["step"])  # type: ignore[no-any-return]


def _each(size: int, text: str) -> list[str]:
    return [text.format(i=i) for i in range(size)]


def _tuple(size: int, text: str) -> str:
    return f"({', '.join(_each(size, text))},)"


def _linearly_implicit(stiff: int, size: int) -> list[str]:
    return [
        "gh = GAMMA * dt",
        f"y = {_tuple(size, 'x[{i}]')}",
        "k = derivatives(y, context)",
        f"reach = max(y[{stiff}], LEAST_CHORD)",
        f"c = derivatives({_tuple(size, 'y[{i}]').replace(f'y[{stiff}]', f'y[{stiff}] - reach')}, context)",
        *_each(size, "a{i} = (k[{i}] - c[{i}]) / reach"),
        f"factor = gh * k[{stiff}] / (1.0 - gh * a{stiff})",
        *_each(size, "k{i} = k[{i}] + factor * a{i}"),
        f"d = derivatives({_tuple(size, 'y[{i}] + dt * k{i}')}, context)",
        f"factor = gh * (d[{stiff}] - 2.0 * k{stiff}) / (1.0 - gh * a{stiff})",
        *_each(size, "x[{i}] = y[{i}] + dt * (1.5 * k{i} + 0.5 * (d[{i}] - 2.0 * k{i} + factor * a{i}))"),
    ]


def _heun(size: int) -> list[str]:
    return [
        f"y = {_tuple(size, 'x[{i}]')}",
        "k = derivatives(y, context)",
        f"d = derivatives({_tuple(size, 'y[{i}] + dt * k[{i}]')}, context)",
        *_each(size, "x[{i}] = y[{i}] + 0.5 * dt * (k[{i}] + d[{i}])"),
    ]
