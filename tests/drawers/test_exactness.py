"""Time is exact: lags against their analytic solution, one long tick against many short ones, balances to the bit."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest

from tests.drawers.bench import drawer

STEPS = (0.1, 1.0, 10.0, 60.0)


def _lagged(slug: str, drawer: Any, lag: float) -> tuple[Any, Any, str]:
    p = drawer.parameters._replace(lag=lag)
    field = {"sensor": "lagged", "peristaltic_pump": "speed", "mass_flow_controller": "fraction"}[slug]
    return p, drawer.model.Inputs(**{"measured" if slug == "sensor" else "command": 1.0}), field


@pytest.mark.parametrize("slug", ["sensor", "peristaltic_pump", "mass_flow_controller"])
@pytest.mark.parametrize("lag", [0.5, 35.0, 400.0])
@pytest.mark.parametrize("dt", STEPS)
def test_a_lag_is_the_analytic_exponential(slug: str, dt: float, lag: float) -> None:
    ticked = drawer(slug)
    p, u, field = _lagged(ticked.slug, ticked, lag)
    x = ticked.start()._replace(**{field: 0.2})
    for n in range(1, 51):
        x = ticked.model.advance(x, u, p, dt)
        assert getattr(x, field) == pytest.approx(1.0 - 0.8 * math.exp(-n * dt / lag), rel=1e-12)


@pytest.mark.parametrize("dt", STEPS)
def test_a_sensor_without_lag_follows_at_once(dt: float) -> None:
    ticked = drawer("sensor")
    p = ticked.parameters._replace(lag=0.0)
    x = ticked.model.advance(ticked.start(), ticked.inputs(measured=7.7), p, dt)
    assert x.lagged == 7.7


FAULTY = {"stuck": 0.5, "slow": 0.7, "bias": 0.1, "leak": 0.05, "dead": 0.1, "drift_rate": 1e-4, "fouling": 0.3,
          "blocked_capsule": 0.3, "bypass": 0.05, "channelling": 0.4, "capacity_loss": 0.2,
          "discharge_stuck": 0.3, "slip": 0.2, "feed_shear": 2.0, "air": 0.3, "seal_leak": 0.05}


@pytest.mark.parametrize("faulty", [False, True])
def test_one_tick_of_a_minute_is_sixty_of_a_second(ticked: Any, faulty: bool) -> None:
    faults = {k: v for k, v in FAULTY.items() if faulty and k in ticked.model.Inputs._fields}
    p, u = ticked.parameters, ticked.inputs(**ticked.bench.step, **faults)
    long = short = ticked.start()
    for _ in range(3):
        long = ticked.model.advance(long, u, p, 60.0)
        for _ in range(60):
            short = ticked.model.advance(short, u, p, 1.0)
    long, short = (x._replace(**dict.fromkeys(ticked.bench.means, 0.0)) for x in (long, short))
    assert tuple(long) == pytest.approx(tuple(short), rel=1e-9, abs=1e-15)


def test_a_bottle_loses_exactly_what_it_gives() -> None:
    ticked = drawer("feed_vessel")
    p, x = ticked.parameters, ticked.start()
    given, refilled, first = 0.0, 0.0, x.volume
    for n in range(2000):
        dt = STEPS[n % 4]
        u = ticked.inputs(draw=3.0e-6 * (n % 7), refill=1.0e-6 if n % 50 == 0 else 0.0, clamp=0.3 * (n % 2))
        before = x.volume
        x = ticked.model.advance(x, u, p, dt)
        r = ticked.model.readings(x, u, p)
        assert x.volume >= 0.0
        assert r.liquid_flow * dt == pytest.approx(before + u.refill * dt - x.volume, rel=1e-12, abs=1e-17)
        assert r.glucose_flow == pytest.approx(r.liquid_flow * p.glucose, rel=1e-15)
        given, refilled = given + r.liquid_flow * dt, refilled + u.refill * dt
    assert given + x.volume == pytest.approx(first + refilled, rel=1e-12)
    assert given > 0.9 * first


def test_an_empty_bottle_gives_nothing_and_weighs_its_tare() -> None:
    ticked = drawer("feed_vessel")
    p, u = ticked.parameters, ticked.inputs(draw=1.0e-3)
    x = ticked.start()
    for _ in range(3):
        x = ticked.model.advance(x, u, p, 60.0)
    r = ticked.model.readings(x, u, p)
    assert (x.volume, r.liquid_flow, r.glucose_flow, r.weight) == (0.0, 0.0, 0.0, p.tare)


def test_the_totaliser_is_the_integral_of_the_motor_and_an_airlock_fools_it() -> None:
    ticked = drawer("peristaltic_pump")
    p = ticked.parameters
    x = y = ticked.start()
    locked = ticked.inputs(airlock=1.0)
    for _ in range(100):
        x = ticked.model.advance(x, ticked.inputs(), p, 10.0)
        y = ticked.model.advance(y, locked, p, 10.0)
    assert ticked.model.readings(y, locked, p).flow == 0.0
    assert y.volume == x.volume == pytest.approx(0.4 * p.maximum_flow * (1000.0 - p.lag), rel=1e-9)


@pytest.mark.parametrize(("volume", "exchange"), [(0.002, 15.0), (2.0, 1200.0), (12.5, 6000.0)])
@pytest.mark.parametrize("dt", [1.0, 60.0])
def test_loop_and_vessel_meet_without_oscillation(dt: float, volume: float, exchange: float) -> None:
    """The vessel's heat is explicit between drawers: at 60 s the pair still relaxes monotonically at every scale."""
    ticked = drawer("jacket_loop")
    scale = volume / 2.0
    default = ticked.model.Parameters()
    loop_capacity = max(default.heat_capacity * scale, 1.25e4)
    # Losses would leave a small lasting gap that changes sign: here they are as good as nil.
    p = default._replace(heat_capacity=loop_capacity, room_conductance=1.0e-3)
    x, vessel, gaps = ticked.model.State(320.0, 0.0), 300.0, []
    for _ in range(int(14400.0 / dt)):
        heat = exchange * (x.temperature - vessel)
        x = ticked.model.advance(x, ticked.model.Inputs(vessel_heat=heat), p, dt)
        vessel += heat * dt / (volume * 4.18e6)
        gaps.append(x.temperature - vessel)
    assert all(-1e-3 < b <= a + 1e-6 for a, b in itertools.pairwise(gaps))
    assert abs(gaps[-1]) < 0.5


def test_the_loop_against_scipy() -> None:
    ticked = drawer("jacket_loop")
    from scipy.integrate import solve_ivp

    p, u = ticked.parameters, ticked.inputs(command=-0.37, vessel_heat=-800.0)

    def rate(_: float, y: Any) -> Any:
        cooling = p.chilled_conductance * 0.37 * (y[0] - p.chilled_temperature)
        return [(-cooling - p.room_conductance * (y[0] - p.room_temperature) - u.vessel_heat) / p.heat_capacity]

    reference = solve_ivp(rate, (0.0, 3600.0), [310.0], rtol=1e-11, atol=1e-9).y[0, -1]
    x = ticked.start()
    for _ in range(60):
        x = ticked.model.advance(x, u, p, 60.0)
    assert x.temperature == pytest.approx(reference, rel=1e-9)


def test_a_frozen_sensor_repeats_its_last_output_to_the_bit() -> None:
    ticked = drawer("sensor")
    p = ticked.parameters
    before = ticked.inputs(deviate=1.7)
    x = ticked.model.advance(ticked.start(), before, p, 10.0)
    last = ticked.model.readings(x, before, p).value
    for n in range(5):
        u = ticked.inputs(measured=7.9, deviate=float(n), stuck=1.0)
        x = ticked.model.advance(x, u, p, 10.0)
        assert ticked.model.readings(x, u, p).value == last
