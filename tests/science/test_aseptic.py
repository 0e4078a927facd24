"""The aseptic drawers: what enters is somewhere, whatever is done; tests tell some truths and not others."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotwin.equipment.depyrogenation_tunnel import model as tunnel
from biotwin.equipment.isolator import model as isolator
from biotwin.equipment.sterile_filter import model as sterile
from biotwin.equipment.stopper_processor import model as stoppers

FILTER = sterile.Parameters()
RATE = st.sampled_from([0.0, 0.0, 1.0e-9, 1.0e-5, 1.0e-3, 1.0])
UNIT = st.floats(0.0, 1.0)
TICK = st.sampled_from([0.1, 1.0, 60.0, 3600.0])
FILTER_ACTS = st.lists(st.tuples(
    st.fixed_dictionaries({
        "flow": RATE, "water_flow": RATE, "sample_flow": RATE, "contamination_rate": RATE,
        "back_pressure": UNIT, "hydrophobic": UNIT, "wrong_grade": UNIT,
        "supply_pressure": st.sampled_from([1.0, 1.0e5, 5.0e5]), "flaw": st.sampled_from([0.0, 1.0e-6, 1.0e-4]),
        "foulant": st.sampled_from([0.0, 40.0]), "bioburden": st.sampled_from([0.0, 1.0e5, 1.0e9]),
    }).map(lambda d: sterile.Inputs(**d)), TICK), min_size=1, max_size=6)


@given(FILTER_ACTS)
@settings(max_examples=60, deadline=None)
def test_an_absurd_filtration_loses_no_liquid_and_no_microbe(acts: list[tuple[sterile.Inputs, float]]) -> None:
    x, came = sterile.initial(FILTER, sterile.Start()), 0.0
    for u, dt in acts:
        before = x
        x, came = sterile.advance(x, u, FILTER, dt), came + u.flow * dt
        assert all(math.isfinite(v) and v >= 0.0 for v in x), x
        assert x.upstream + x.filtered + x.sampled == pytest.approx(came, rel=1e-12, abs=1e-15)
        challenge = (x.passed - before.passed) + (x.stopped - before.stopped)
        grown = sterile.mean_growth(FILTER, dt) * sterile.waiting(before, u, FILTER)
        come = (x.filtered - before.filtered) * grown + u.contamination_rate * dt
        assert challenge == pytest.approx(come, rel=1e-9, abs=1e-9 + 1e-12 * x.stopped)
        r = sterile.readings(x, u, FILTER)
        assert all(math.isfinite(v) and v >= -1e-12 for v in r), r
        assert 0.0 <= x.plugged < 1.0
        assert r.inlet_pressure <= u.supply_pressure


def test_one_long_tick_is_many_short_ones_while_the_filter_is_sound() -> None:
    u = sterile.Inputs(flow=1.0e-5, water_flow=1.0e-6)
    long = short = sterile.initial(FILTER, sterile.Start(wetted=1.0))._replace(upstream=FILTER.holdup)
    long = sterile.advance(long, u, FILTER, 600.0)
    for _ in range(600):
        short = sterile.advance(short, u, FILTER, 1.0)
    exact = ("upstream", "filtered", "plugged", "hold", "covered", "stopped", "water")
    assert [getattr(long, n) for n in exact] == pytest.approx([getattr(short, n) for n in exact], rel=1e-9)


def test_a_second_wetting_tells_a_badly_wetted_filter_from_a_flawed_one() -> None:
    flush = {"water_flow": 2.0e-4, "back_pressure": 0.0}
    found = {}
    for name, fault in (("wet", {"hydrophobic": 1.0e-3}), ("flaw", {"flaw": 4.0e-5})):
        x, flows = sterile.initial(FILTER, sterile.Start()), []
        for back in (0.0, 1.0):
            u = sterile.Inputs(**{**flush, "back_pressure": back}, **fault)
            for _ in range(12):
                x = sterile.advance(x, u, FILTER, 10.0)
            flows.append(sterile.readings(x, u, FILTER).gas_flow * 6.0e7)
        found[name] = flows
    assert found["wet"][0] > 13.3 > found["wet"][1]
    assert min(found["flaw"]) > 13.3
    assert found["flaw"][0] == pytest.approx(found["flaw"][1], rel=1e-3)


def test_what_is_retained_hides_a_flaw_from_the_test_after_use() -> None:
    fault = {"flaw": 4.0e-5}
    x = sterile.initial(FILTER, sterile.Start(wetted=1.0))
    before = sterile.readings(x, sterile.Inputs(**fault), FILTER).gas_flow
    for _ in range(60):
        x = sterile.advance(x, sterile.Inputs(flow=1.5e-5, **fault), FILTER, 60.0)
    x = sterile.advance(x, sterile.Inputs(water_flow=5.0e-4, **fault), FILTER, 60.0)
    after = sterile.readings(x, sterile.Inputs(**fault), FILTER).gas_flow
    assert before * 6.0e7 > 13.3 > after * 6.0e7
    assert x.passed > 1.0e-3


ROOM = isolator.Parameters()
ISOLATOR_ACTS = st.lists(st.tuples(
    st.fixed_dictionaries({
        **dict.fromkeys(("fan", "door", "intervention", "generator", "aeration"), UNIT),
        **dict.fromkeys(("glove_torn", "filter_leak", "fan_weak", "generator_weak", "gown_open"), UNIT),
        "people": st.sampled_from([0.0, 2.0, 100.0]), "line_speed": st.sampled_from([0.0, 2.0, 100.0]),
        **dict.fromkeys(("small_deviate", "large_deviate", "settle_deviate", "air_deviate"), st.floats(-6.0, 6.0)),
    }).map(lambda d: isolator.Inputs(**d)), TICK), min_size=1, max_size=6)


@given(ISOLATOR_ACTS)
@settings(max_examples=60, deadline=None)
def test_an_absurd_isolator_keeps_its_peroxide(acts: list[tuple[isolator.Inputs, float]]) -> None:
    x = isolator.initial(ROOM, isolator.Start())
    for u, dt in acts:
        x = isolator.advance(x, u, ROOM, dt)
        assert all(math.isfinite(v) for v in x), x
        assert all(v >= 0.0 for n, v in zip(x._fields, x, strict=True) if n != "gone"), x
        assert x.gas + x.sorbed + x.gone == pytest.approx(x.dosed, rel=1e-9, abs=1e-15)
        r = isolator.readings(x, u, ROOM)
        assert all(math.isfinite(v) and v >= 0.0 for v in r), r
        assert r.airborne >= r.viable


def test_the_zone_is_exact_at_any_tick_while_the_room_stands() -> None:
    u = isolator.Inputs(fan=1.0, line_speed=2.0, intervention=0.3, generator=1.0, aeration=0.2)
    quiet = ROOM._replace(stirred=0.0, shaken=0.0)
    long = short = isolator.initial(quiet, isolator.Start(surface=0.0))
    long = isolator.advance(long, u, quiet, 300.0)
    for _ in range(300):
        short = isolator.advance(short, u, quiet, 1.0)
    exact = [n for n in long._fields if n not in ("viable_mean", "surface")]
    assert [getattr(long, n) for n in exact] == pytest.approx([getattr(short, n) for n in exact], rel=1e-9)


def test_a_torn_glove_harms_only_when_a_hand_works_in_it() -> None:
    still = isolator.Inputs(fan=1.0, line_speed=2.0)
    x = isolator.initial(ROOM, isolator.Start(surface=0.0))
    for _ in range(60):
        x = isolator.advance(x, still, ROOM, 10.0)

    def airborne(**changes: float) -> float:
        u = still._replace(**changes)
        return isolator.readings(isolator.advance(x, u, ROOM, 10.0), u, ROOM).airborne

    assert airborne(glove_torn=1.0) == pytest.approx(airborne(), rel=1e-6)
    assert airborne(glove_torn=1.0, intervention=1.0) > 1.0e3 * airborne(intervention=1.0)


OVEN = tunnel.Parameters()
TUNNEL_ACTS = st.lists(st.tuples(
    st.fixed_dictionaries({
        **dict.fromkeys(("heater", "belt", "heater_weak", "belt_fast", "air_weak"), UNIT),
        **dict.fromkeys(("water", "divert", "needles_blocked", "exhaust_shut"), UNIT),
        "vials": st.sampled_from([0.0, 2.0, 100.0]), "filled": st.sampled_from([0.0, 50.0, 1.0e5]),
        "isolator_pressure": st.sampled_from([0.0, 45.0, 1.0e3]),
    }).map(lambda d: tunnel.Inputs(**d)), TICK), min_size=1, max_size=6)


@given(TUNNEL_ACTS, st.sampled_from([293.15, 523.15, 700.0]))
@settings(max_examples=60, deadline=None)
def test_an_absurd_tunnel_keeps_its_heat_and_counts_its_vials(
    acts: list[tuple[tunnel.Inputs, float]], air: float
) -> None:
    x = tunnel.initial(OVEN, tunnel.Start(air=air))
    for u, dt in acts:
        x = tunnel.advance(x, u, OVEN, dt)
        assert all(math.isfinite(v) for v in x), x
        assert x.stored + x.lost + x.carried == pytest.approx(x.supplied, rel=1e-9, abs=1e-3)
        assert 0.0 <= x.poor <= x.passed
        assert x.table + x.used + x.diverted == pytest.approx(x.passed, rel=1e-9, abs=1e-9)
        assert min(x.table, x.table_poor, x.table_endotoxin, x.table_particles) >= 0.0
        assert x.table_poor <= x.table * (1.0 + 1e-9)
        r = tunnel.readings(x, u, OVEN)
        assert all(math.isfinite(v) and v >= 0.0 for v in r), r
        assert r.glass_temperature <= max(air, OVEN.room + OVEN.heater / OVEN.losses) * (1.0 + 1e-12)


def test_air_that_is_too_slow_shows_in_the_glass_alone() -> None:
    sound, slow = (tunnel.Inputs(heater=0.38, belt=1.0, vials=2.0, air_weak=w) for w in (0.0, 2.0))
    shown = []
    for u in (sound, slow):
        x = tunnel.initial(OVEN, tunnel.Start())
        for _ in range(30):
            x = tunnel.advance(x, u, OVEN, 10.0)
        shown.append(tunnel.readings(x, u, OVEN))
    assert shown[1].air_temperature == pytest.approx(shown[0].air_temperature, abs=15.0)
    assert shown[1].belt_speed == shown[0].belt_speed
    assert shown[0].glass_temperature - shown[1].glass_temperature > 40.0
    assert shown[1].lethal_time < 0.5 * shown[0].lethal_time


def test_a_tunnel_that_pushes_sends_its_air_into_the_isolator() -> None:
    x = tunnel.initial(OVEN, tunnel.Start())
    shut, sound = tunnel.Inputs(exhaust_shut=1.0), tunnel.Inputs()
    assert tunnel.readings(x, sound, OVEN).backflow == 0.0
    leak = tunnel.readings(x, shut, OVEN).backflow
    assert leak > 0.0
    still, pushed = isolator.Inputs(fan=1.0), isolator.Inputs(fan=1.0, infeed_air=leak)
    ends = []
    for u in (still, pushed):
        y = isolator.initial(ROOM, isolator.Start(surface=0.0))
        for _ in range(30):
            y = isolator.advance(y, u, ROOM, 60.0)
        ends.append(isolator.readings(y, u, ROOM).viable)
    assert ends[1] > 1.0e2 * ends[0]


def test_hands_without_training_shed_more_over_the_vials_and_in_the_air() -> None:
    x = isolator.initial(ROOM, isolator.Start(surface=0.0))
    found = []
    for untrained in (0.0, 1.0):
        u = isolator.Inputs(fan=1.0, intervention=1.0, untrained=untrained)
        y = x
        for _ in range(60):
            y = isolator.advance(y, u, ROOM, 10.0)
        found.append(isolator.readings(y, u, ROOM))
    assert found[1].airborne > 50.0 * found[0].airborne
    assert found[1].air_small > 2.0 * found[0].air_small
    assert found[0].gloved_time == pytest.approx(600.0)


PROCESSOR = stoppers.Parameters()
STOPPER_ACTS = st.lists(st.tuples(
    st.fixed_dictionaries({
        **dict.fromkeys(("steam", "vacuum", "heating"), st.floats(-1.0, 2.0)),
        **dict.fromkeys(("air_trapped", "steam_lost", "vacuum_weak", "dryer_weak"), UNIT),
        "burden": st.sampled_from([0.0, 0.02, 1.0e6]),
    }).map(lambda d: stoppers.Inputs(**d)), TICK), min_size=1, max_size=6)


@given(STOPPER_ACTS)
@settings(max_examples=60, deadline=None)
def test_an_absurd_stopper_cycle_keeps_its_water_and_its_air(acts: list[tuple[stoppers.Inputs, float]]) -> None:
    x = stoppers.initial(PROCESSOR, stoppers.Start())
    for u, dt in acts:
        before = x
        x = stoppers.advance(x, u, PROCESSOR, dt)
        assert all(math.isfinite(v) for v in x), x
        assert x.water + x.dried == pytest.approx(x.taken, rel=1e-9)
        assert 0.0 <= x.air <= 1.0 + 1e-9
        assert 0.0 <= x.water <= PROCESSOR.wet * (1.0 + 1e-9)
        assert x.lethality >= before.lethality
        assert x.load >= min(before.load, PROCESSOR.room) * (1.0 - 1e-12)
        r = stoppers.readings(x, u, PROCESSOR)
        assert all(math.isfinite(v) and v >= 0.0 for v in r), r
        assert r.germs <= u.burden


@pytest.mark.parametrize(("left", "celsius"), [(1.0 / 3.0, 115.0), (0.5, 112.0), (2.0 / 3.0, 109.0), (1.0, 100.0)])
def test_trapped_air_holds_the_load_at_its_share_of_the_pressure(left: float, celsius: float) -> None:
    """15 psi of gauge, 121 degC to steam tables; Perkins (1969), recalled, by the part of the air never discharged."""
    sealed = PROCESSOR._replace(room_lag=1.0e12)
    u = stoppers.Inputs(steam=(204746.0 - sealed.atmosphere) / (sealed.network - sealed.atmosphere), air_trapped=1.0)
    x, loads = stoppers.initial(sealed, stoppers.Start())._replace(air=left), []
    for _ in range(360):
        x = stoppers.advance(x, u, sealed, 10.0)
        loads.append(x.load)
    r = stoppers.readings(x, u, sealed)
    assert r.apparent_temperature - 273.15 == pytest.approx(121.0, abs=0.2)
    assert r.load_temperature - 273.15 == pytest.approx(celsius, abs=1.0)
    assert loads == sorted(loads)


def test_steam_at_less_than_its_air_warms_nothing_and_chills_nothing() -> None:
    """A breath of steam into a bed under vacuum whose air did not leave: the load goes its way to the room."""
    u = stoppers.Inputs(steam=0.05, vacuum=1.0, air_trapped=1.0)
    x = stoppers.initial(PROCESSOR, stoppers.Start())._replace(load=353.15)
    for _ in range(360):
        x = stoppers.advance(x, u, PROCESSOR, 10.0)
    assert x.load == pytest.approx(PROCESSOR.room + 60.0 * math.exp(-3600.0 / PROCESSOR.room_lag), rel=1e-9)


def test_stoppers_that_stop_early_are_sterile_and_wet_or_neither() -> None:
    cycle = [(stoppers.Inputs(vacuum=1.0), 15), (stoppers.Inputs(steam=0.66), 40), (stoppers.Inputs(heating=1.0), 120)]
    x, after = stoppers.initial(PROCESSOR, stoppers.Start()), []
    for u, minutes in cycle:
        for _ in range(minutes * 6):
            x = stoppers.advance(x, u, PROCESSOR, 10.0)
        after.append(stoppers.readings(x, u, PROCESSOR))
    assert [r.log_reduction > 12.0 for r in after] == [False, True, True]
    assert [r.sticking > 0.1 for r in after] == [False, True, False]
