"""The capper: what plunger and rail make of a stopper, who leaks, absurd operation, and where each vial is."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from biotwin.equipment.capper.model import BALANCES, Inputs, Parameters, Readings, Start, State, initial, readings
from biotwin.equipment.capper.seal import crimped, normal, remaining
from tests.drawers.lumped import model_of

P = Parameters()
advance = model_of("capper").advance
SHARES = ("accepted_share", "doubtful_share", "sampled_share", "raised_share", "faulty_share", "apart_share",
          "waiting_share")

parts = st.floats(-0.5, 1.5)
absurd = st.builds(
    Inputs, vials=st.floats(-100.0, 2.0e4), stoppers_high=parts, command=parts, force=st.floats(-50.0, 2000.0),
    distance=st.floats(0.0, 2.0e-2), air=parts, confirming=parts, setting_apart=parts, sensor_drift=parts,
    rail_worn=parts, caps_short=parts, caps_skewed=parts, camera_blind=parts, stoppers_thin=parts, air_weak=parts,
    sample_flow=st.just(0.0),
)


def flown(u: Inputs, minutes: float, x: State | None = None, tick: float = 10.0) -> State:
    x = initial(P, Start()) if x is None else x
    for _ in range(round(minutes * 60.0 / tick)):
        x = advance(x, u, P, tick)
    return x


def shown(**changes: float) -> Readings:
    """After ten minutes: 1,200 vials have passed."""
    u = Inputs(command=0.8)._replace(**changes)
    return readings(flown(u, 10.0), u, P)


@settings(max_examples=150, deadline=None)
@example(plan=[Inputs(vials=43.0, command=1.0)], dt=0.1, taken=42.0, tested=1.0).via("a test while vials come")
@given(plan=st.lists(absurd, min_size=1, max_size=5), dt=st.sampled_from((0.1, 1.0, 10.0, 60.0)),
       taken=st.floats(0.0, 1.0e4), tested=st.floats(-0.1, 1.0))
def test_absurd_operation_loses_no_vial_and_stays_finite(
    plan: list[Inputs], dt: float, taken: float, tested: float,
) -> None:
    x = initial(P, Start(taken=taken))
    for u in plan:
        x = advance(x, u._replace(sample_flow=tested * readings(x, u, P).testable / dt), P, dt)
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


def test_the_tester_holds_the_vials_that_were_capped_last_not_the_settings_of_now() -> None:
    loose = Inputs(command=0.8, distance=6.5e-3)
    capped = flown(loose, 10.0)
    stopped = Inputs(distance=6.2e-3)
    before, after = readings(capped, loose, P), readings(flown(stopped, 10.0, capped), stopped, P)
    assert readings(flown(loose, 1.0), loose, P).seal_force == pytest.approx(before.seal_force), "no memory of others"
    assert before.seal_force < 0.7 * shown().seal_force
    assert (after.seal_force, after.seal_low) == (before.seal_force, before.seal_low), "nothing was capped since"
    assert after.turning_force == after.seal_force
    assert before.rejecting > 0.0
    assert after.rejecting == 0.0, "nothing passes"
    again = Inputs(command=0.8)
    assert readings(flown(again, 10.0, capped), again, P).seal_force == pytest.approx(shown().seal_force, rel=1e-3)


def test_fingers_find_nothing_to_turn_before_there_are_ten() -> None:
    u = Inputs(command=0.8)
    assert readings(initial(P, Start()), u, P).turning_force < 0.0
    assert readings(flown(u, 1.0), u, P).turning_force > 35.0


def test_only_what_is_released_is_accepted_and_a_test_uses_up_what_is_not() -> None:
    some = flown(Inputs(vials=5000.0, command=1.0), 60.0)
    kept = readings(some, Inputs(vials=5000.0), P)
    assert kept.accepted_share == 0.0
    assert kept.doubtful_share > 0.99
    tested = Inputs(vials=5000.0, sample_flow=10.0 * P.content / 60.0)
    y = readings(flown(tested, 1.0, some), tested, P)
    assert y.sampled == pytest.approx(10.0)
    assert y.doubtful == pytest.approx(kept.doubtful - 10.0)
    assert y.testable == pytest.approx((y.capped - 1.0) * P.content)
    released = flown(Inputs(vials=5000.0, confirming=1.0), 20.0, some)
    y = readings(flown(tested, 1.0, released), tested, P)
    assert y.accepted_share > 0.99
    assert y.confirmed == pytest.approx(released.confirmed - 10.0, abs=0.1), "no others are left"
    few = flown(Inputs(vials=12.0, command=1.0), 10.0)
    all_of_them = Inputs(vials=12.0, sample_flow=readings(few, tested, P).testable / 10.0)
    assert advance(few, all_of_them, P, 10.0).sampled == pytest.approx(few.doubtful - 1.0), "it takes what it asks for"


def test_a_test_takes_vials_that_still_stand() -> None:
    sound, loose = Inputs(vials=1.0e4, command=0.8), Inputs(vials=1.0e4, command=0.8, distance=6.5e-3)
    released = flown(sound._replace(confirming=1.0), 10.0)
    bad = flown(loose, 10.0, released)
    y = readings(flown(Inputs(setting_apart=1.0), 20.0, bad), loose, P)
    assert readings(bad, loose, P).seal_force < 0.7 * shown().seal_force
    assert y.seal_force == pytest.approx(shown().seal_force, rel=1e-3)
    assert y.seal_low == pytest.approx(shown().seal_low, rel=1e-3)


def test_a_lot_that_leaks_is_not_delivered() -> None:
    sound, loose = Inputs(confirming=1.0, command=0.8), Inputs(confirming=1.0, command=0.8, sensor_drift=0.9)
    kept, lost = (readings(flown(u, 120.0), u, P) for u in (sound, loose))
    assert kept.deliverable == pytest.approx(kept.accepted_share * 0.9999**100, rel=2e-3)
    assert lost.accepted_share > 0.9
    assert lost.deliverable < 0.2


def test_trays_go_at_a_steady_pace() -> None:
    some = flown(Inputs(vials=10_000.0, command=1.0), 90.0)
    half = flown(Inputs(vials=10_000.0, confirming=0.5), 2.0, some)
    assert half.confirmed == pytest.approx(2000.0, rel=0.01)


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
