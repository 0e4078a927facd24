"""The leak-rate test: what it finds in an isolated dryer, when it starts anew, and what absurd operation does to it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.freeze_dryer import model as dryer
from biotwin.equipment.pressure_rise.model import Inputs, Parameters, Start, State, advance, initial, readings

P = Parameters()
COLD = dryer.Parameters(chamber_volume=3.0, condenser_volume=2.0, duct=1.35e-2, leak_flow=1.0e-2, natural_leak=1.66e-7,
                        bleed_flow=2.0e-3, coil_refrigeration=200.0)


def after_a_test(leak: float) -> tuple[State, float]:
    """The tester after its time on a dryer with frozen vials, cold coil and pump shut off; the dryer's true leak."""
    u = dryer.Inputs(shelf_target=228.0, condenser_duty=1.0, leak=leak)
    x = dryer.initial(COLD, dryer.Start(temperature=228.0, shelf_temperature=228.0, coil_temperature=206.0,
                                        pressure=10.0, frozen=1.0, vials=10000.0, fill=5.0e-6))
    t = initial(P, Start())
    for _ in range(140):
        x = dryer.advance(x, u, COLD, 10.0)
        t = advance(t, Inputs(pressure=dryer.readings(x, u, COLD).chamber_pressure, running=1.0), P, 10.0)
    return t, dryer.readings(x, u, COLD).leak_rate


@pytest.mark.parametrize("leak", [0.0, 2.0e-4, 2.0e-3])
def test_on_a_frozen_load_the_rise_is_the_leak(leak: float) -> None:
    t, true = after_a_test(leak)
    y = readings(t, Inputs(), P)
    assert y.complete == 1.0
    assert y.leak_rate == pytest.approx(true, rel=0.05)
    assert y.straightness == pytest.approx(1.0, abs=0.05)
    assert (y.leak_rate > 2.0e-3) == (leak > 0.0)


def test_what_was_not_tested_is_not_tight_and_a_pump_makes_no_test() -> None:
    x = initial(P, Start())
    for _ in range(300):
        x = advance(x, Inputs(pressure=1.0, running=1.0, pumping=1.0), P, 10.0)
    y = readings(x, Inputs(), P)
    assert (y.complete, y.leak_rate) == (0.0, P.untested)


def test_a_test_that_is_stopped_has_no_result_and_one_that_ended_keeps_it() -> None:
    x = initial(P, Start())
    for n in range(60):
        x = advance(x, Inputs(pressure=1.0 + n, running=1.0), P, 10.0)
    stopped = advance(x, Inputs(), P, 10.0)
    assert readings(stopped, Inputs(), P).leak_rate == P.untested
    for n in range(60, 140):
        x = advance(x, Inputs(pressure=1.0 + n, running=1.0), P, 10.0)
    kept = advance(x, Inputs(pressure=1.0e5), P, 10.0)
    assert readings(kept, Inputs(), P).leak_rate == readings(x, Inputs(), P).leak_rate == pytest.approx(0.5)
    again = advance(kept, Inputs(pressure=1.0, running=1.0), P, 10.0)
    assert readings(again, Inputs(), P).complete == 0.0


@settings(max_examples=60, deadline=None)
@given(plan=st.lists(st.builds(Inputs, pressure=st.floats(-1.0e3, 1.0e6), running=st.floats(-1.0, 2.0),
                               pumping=st.floats(-1.0, 2.0), volume_error=st.floats(-0.4, 0.0)),
                     min_size=1, max_size=40), dt=st.sampled_from((0.1, 1.0, 60.0, 3600.0)))
def test_absurd_operation_stays_finite(plan: list[Inputs], dt: float) -> None:
    x = initial(P, Start())
    for u in plan:
        x = advance(x, u, P, dt)
        y = readings(x, u, P)
        assert all(math.isfinite(v) for v in (*x, *y))
        assert 0.0 <= y.straightness <= 2.0
        assert y.leak_rate >= 0.0
