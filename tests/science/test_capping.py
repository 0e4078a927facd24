"""The capper: what plunger and rail make of a stopper, who leaks, absurd operation, and where each vial is."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.capper.model import BALANCES, Inputs, Parameters, Readings, Start, State, initial, readings
from biotwin.equipment.capper.seal import crimped, normal, remaining
from tests.drawers.lumped import model_of

P = Parameters()
advance = model_of("capper").advance
SHARES = ("accepted_share", "raised_share", "faulty_share", "apart_share", "waiting_share")

parts = st.floats(-0.5, 1.5)
absurd = st.builds(
    Inputs, vials=st.floats(-100.0, 2.0e4), stoppers_high=parts, command=parts, force=st.floats(-50.0, 2000.0),
    distance=st.floats(0.0, 2.0e-2), air=parts, confirming=parts, setting_apart=parts, sensor_drift=parts,
    rail_worn=parts, caps_short=parts, caps_skewed=parts, camera_blind=parts, stoppers_thin=parts, air_weak=parts,
)


def flown(u: Inputs, minutes: float, x: State | None = None, tick: float = 10.0) -> State:
    x = initial(P, Start()) if x is None else x
    for _ in range(round(minutes * 60.0 / tick)):
        x = advance(x, u, P, tick)
    return x


def shown(**changes: float) -> Readings:
    u = Inputs(command=0.8)._replace(**changes)
    return readings(initial(P, Start()), u, P)


@settings(max_examples=150, deadline=None)
@given(plan=st.lists(absurd, min_size=1, max_size=5), dt=st.sampled_from((0.1, 1.0, 10.0, 60.0)),
       taken=st.floats(0.0, 1.0e4))
def test_absurd_operation_loses_no_vial_and_stays_finite(plan: list[Inputs], dt: float, taken: float) -> None:
    x = initial(P, Start(taken=taken))
    for u in plan:
        for _ in range(20):
            before, x = x, advance(x, u, P, dt)
            assert x.taken <= max(u.vials, before.taken) * (1.0 + 1e-12)
        y = readings(x, u, P)
        assert all(math.isfinite(v) for v in (*x, *y))
        assert all(v >= -1e-6 for v in x), x
        for terms in BALANCES.values():
            assert sum(w * getattr(x, f) for f, w in terms.items()) == pytest.approx(0.0, abs=1e-9 * (1.0 + x.taken))
        assert 0.0 <= y.leaking <= 1.0
        assert y.seal_low <= y.seal_force + 1e-9
        assert sum(getattr(y, name) for name in SHARES) == pytest.approx(1.0, abs=1e-9)


def test_force_and_distance_must_both_do_their_part() -> None:
    usual, weak, far = shown(), shown(force=60.0), shown(distance=6.5e-3)
    assert usual.seal_force > 1.5 * weak.seal_force
    assert usual.seal_force > 1.5 * far.seal_force
    assert shown(force=200.0).seal_force == usual.seal_force, "the rail decides"
    assert shown(force=60.0, distance=6.0e-3).seal_force == weak.seal_force, "the plunger decides"


def test_a_drifting_sensor_shows_its_set_point_and_the_seal_force_tells() -> None:
    sound, drifted = shown(), shown(sensor_drift=0.8)
    assert drifted.force_shown == sound.force_shown == 160.0
    assert drifted.pressed == pytest.approx(32.0)
    assert drifted.seal_force < 0.25 * sound.seal_force
    assert drifted.leaking_now > 100.0 * sound.leaking_now


def test_parts_make_the_scatter_where_the_rail_decides() -> None:
    calm = crimped(Inputs(), P._replace(thickness_scatter=0.0, finish_scatter=0.0, cap_scatter=0.0))
    usual = crimped(Inputs(), P)
    assert calm.force == usual.force
    assert calm.scatter == 0.0
    assert 0.05 < usual.scatter / usual.force < 0.2


def test_a_blind_camera_caps_raised_stoppers_and_they_leak() -> None:
    sees, blind = shown(stoppers_high=0.01), shown(stoppers_high=0.01, camera_blind=1.0)
    assert blind.leaking_now == pytest.approx(0.01, rel=0.02)
    assert sees.leaking_now == pytest.approx(0.01 * 0.02 + P.defects, rel=0.15)
    assert blind.rejecting < sees.rejecting


def test_trays_fence_a_loss_in() -> None:
    sound, loose = Inputs(command=0.8), Inputs(command=0.8, sensor_drift=0.82)
    released = flown(sound._replace(confirming=1.0), 20.0)
    doubtful = flown(loose, 20.0, released)
    kept, saved = readings(doubtful, loose, P), flown(Inputs(setting_apart=1.0), 20.0, doubtful)
    y = readings(saved, sound, P)
    assert kept.leaking > 0.01
    assert y.leaking == pytest.approx(1.0e-4, rel=0.2)
    assert y.apart == pytest.approx(kept.doubtful, rel=1e-3)
    assert y.confirmed == pytest.approx(kept.confirmed, rel=1e-3)


def test_rubber_relaxes_ever_slower() -> None:
    ages = [60.0 * 10.0**n for n in range(7)]
    left = [remaining(a, P) for a in ages]
    assert left == sorted(left, reverse=True)
    assert remaining(0.0, P) == 1.0
    assert left[-1] == pytest.approx(P.relaxed, abs=1e-3)


def test_too_strong_a_plunger_cracks_glass_and_some_cracks_stay_hidden() -> None:
    usual, strong = shown(), shown(force=320.0)
    assert strong.rejecting > 0.05
    assert strong.leaking_now > 0.005 > usual.leaking_now


def test_weak_air_leaves_vials_unprotected() -> None:
    safe, weak = flown(Inputs(command=0.8), 10.0), flown(Inputs(command=0.8, air_weak=1.0), 10.0)
    assert safe.unprotected == 0.0
    assert weak.unprotected == pytest.approx(weak.taken)


@pytest.mark.parametrize("z", [-7.0, -3.0, -1.0, 0.0, 0.5, 2.0, 6.0])
def test_the_normal_area_is_that_of_the_error_function(z: float) -> None:
    assert normal(z) == pytest.approx(0.5 * math.erfc(-z / math.sqrt(2.0)), abs=1.5e-7)
