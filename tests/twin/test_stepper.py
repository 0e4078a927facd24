"""ROS2-W against a well-kept method: order, stiffness, positivity, balances."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from scipy.integrate import solve_ivp

from biotwin.stepping.rosenbrock import rosenbrock

STIFF = 0


@njit(error_model="numpy")
def slopes(x, context):  # type: ignore[no-untyped-def]
    """Oxygen (fast: supplied, consumed at a saturating rate by cells), substrate and cells."""
    supply, half = context
    uptake = 0.5 * x[2] * x[0] / (x[0] + half)
    growth = 2e-4 * x[2] * x[1] / (x[1] + 0.1) * x[0] / (x[0] + half)
    return supply * (1.0 - x[0]) - uptake, -2.0 * growth, growth


START = np.array([0.9, 5.0, 0.3])
END = 3600.0
CONTEXT = (0.05, 0.01)
_step = rosenbrock(slopes, STIFF, 3)


def fly(dt: float, end: float = END) -> np.ndarray:
    x = START.copy()
    for _ in range(round(end / dt)):
        _step(x, CONTEXT, dt)
    return x


def exact(end: float = END) -> np.ndarray:
    def slope(time: float, x: np.ndarray) -> np.ndarray:
        return np.array(slopes(tuple(x), CONTEXT))

    return solve_ivp(slope, (0.0, end), START, method="Radau", rtol=1e-12, atol=1e-14).y[:, -1]


def test_it_is_of_second_order_on_a_stiff_case() -> None:
    """Asymptotically: above the fast rate (7 1/s here) a linearly implicit method loses some of its order."""
    errors = np.array([np.max(np.abs(fly(dt, 60.0) / exact(60.0) - 1.0)) for dt in (0.004, 0.002, 0.001)])
    orders = np.log2(errors[:-1] / errors[1:])
    assert np.all(orders > 1.8), (errors, orders)


@pytest.mark.parametrize("dt", [1.0, 10.0, 60.0])
def test_long_steps_stay_close_where_an_explicit_one_blows_up(dt: float) -> None:
    """The slow states, which a session is about, to 1e-3; the fast one follows them to a hundredth of its value."""
    found, wanted = fly(dt), exact()
    assert found[1:] == pytest.approx(wanted[1:], rel=1e-3)
    assert found[0] == pytest.approx(wanted[0], rel=1e-2)
    explicit = START.copy()
    heun = rosenbrock(slopes, -1, 3)
    for _ in range(round(END / 60.0)):
        heun(explicit, CONTEXT, 60.0)
    assert not np.allclose(explicit, wanted, rtol=1e-2)


@pytest.mark.parametrize("dt", [0.1, 1.0, 10.0, 60.0])
def test_oxygen_stays_positive_and_the_linear_invariant_is_kept(dt: float) -> None:
    x = START.copy()
    kept = START[1] + 2.0 * START[2]
    for _ in range(round(7200.0 / dt)):
        _step(x, CONTEXT, dt)
        assert x[0] > 0.0
        assert x[1] + 2.0 * x[2] == pytest.approx(kept, rel=1e-12)


def test_without_a_stiff_state_it_is_heuns_method() -> None:
    heun, x = rosenbrock(slopes, -1, 3), START.copy()
    k1 = np.array(slopes(tuple(START), CONTEXT))
    k2 = np.array(slopes(tuple(START + 0.2 * k1), CONTEXT))
    heun(x, CONTEXT, 0.2)
    assert x == pytest.approx(START + 0.1 * (k1 + k2), rel=1e-15)
