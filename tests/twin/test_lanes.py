"""Members in vector lanes: to the bit what each is alone, whatever befalls its neighbours."""

from __future__ import annotations

import math

import numpy as np
import pytest
from msgspec.structs import replace as changed
from numba import njit

from biotwin.ensembles.flying import fly
from biotwin.ensembles.lanes import functions  # noqa: F401
from biotwin.ensembles.lanes.buffers import buffer_of
from biotwin.ensembles.lanes.flying import fly_together
from biotwin.ensembles.lanes.formation import Formation
from biotwin.ensembles.lanes.kernel import goes_in_lanes
from biotwin.ensembles.lanes.numbers import WIDTH
from biotwin.errors import StateNotFinite
from biotwin.operators import exp, log, maximum, minimum, power, sqrt, where
from biotwin.plant.whole import SCAN
from biotwin.session.flight import Flight
from biotwin.session.inputs import Entry, SetMode
from biotwin.session.library import load_scenario
from biotwin.session.scenario import Scenario
from tests.twin.conftest import CONTENT
from tests.twin.test_ensembles import PLANTS, members, same

HOUR = 3_600_000


@njit(error_model="numpy")
def formulae(x, y, out):  # type: ignore[no-untyped-def]
    total = 0.0
    total += x[0] * y[0] - 3.0
    out[0] = total / (y[0] - 1.0)
    out[1] = where(x[0] > y[0], exp(-x[0]), log(abs_of(y[0])))
    out[2] = minimum(maximum(x[0], 0.0), y[0]) + where(x[0] != x[0], 1.0, 2)
    out[3] = power(abs_of(x[0]), 0.37) + sqrt(abs_of(y[0])) + power(2.0, minimum(x[0], 5.0))
    out[4] = where(x[0] <= y[0], where(x[0] == 1.5, 7.0, x[0]), 1.0 - y[0])


@njit(error_model="numpy")
def abs_of(x):  # type: ignore[no-untyped-def]
    return maximum(x, -x)


@njit(error_model="numpy")
def in_lanes(x, y, out):  # type: ignore[no-untyped-def]
    formulae(buffer_of(x), buffer_of(y), buffer_of(out))


def test_lanes_compute_what_plain_numbers_do_to_the_bit() -> None:
    draw = np.random.default_rng(7)
    for _ in range(200):
        x, y = draw.normal(0.0, 30.0, (1, WIDTH)), draw.normal(0.0, 3.0, (1, WIDTH))
        x[0, :3], y[0, 3] = (0.0, -0.0, 1.5), math.inf
        out, alone = np.zeros((5, WIDTH)), np.zeros((5, 1))
        in_lanes(x, y, out)
        for m in range(WIDTH):
            formulae(x[:, m].copy(), y[:, m].copy(), alone[:, 0])
            assert out[:, m].tobytes() == alone.tobytes()


def test_members_in_lanes_leave_what_each_leaves_alone() -> None:
    for count in (1, 5, 8):
        own = members(count)
        assert all(same(a, fly(b)) for a, b in zip(fly_together(own), own, strict=True))


def test_inputs_and_an_early_end_are_the_same_in_lanes(mini: Scenario) -> None:
    begin = mini.start_time
    stop = Entry(1, begin + HOUR // 2, "seat", SetMode(mini.plant.address("fic103"), "manual"))
    own = [changed(spec, inputs=(stop,), until=begin + HOUR) for spec in members(8)]
    assert all(same(a, fly(b)) for a, b in zip(fly_together(own), own, strict=True))
    assert fly(own[0]).digest != fly(changed(own[0], inputs=())).digest


def test_flights_whose_scans_part_go_on_alone(mini: Scenario) -> None:
    flights, alone = ([Flight.begin(mini, n) for n in range(3)] for _ in range(2))
    for flight in (flights[1], alone[1]):
        flight.state.whole[SCAN] = 2 * flight.tick_length
    until = mini.start_time + HOUR
    with Formation(flights) as formation:
        facts = formation.run(until)
    assert facts == [flight.run(until) for flight in alone]
    assert [f.digest() for f in flights] == [f.digest() for f in alone]
    assert len(flights[0].recorder) == len(alone[0].recorder) > 0


def test_a_member_that_breaks_down_is_told_as_alone_and_spares_the_others(mini: Scenario) -> None:
    flights = [Flight.begin(mini, n) for n in range(3)]
    flights[1].state.real[0] = math.nan
    with Formation(flights) as formation, pytest.raises(StateNotFinite):
        formation.advance(mini.start_time + HOUR)
    broken = [*members(2), changed(members(1)[0], overrides={"parameters/p103.lag": math.nan})]
    with pytest.raises(StateNotFinite):
        fly_together(broken)


def test_a_column_stays_out_of_lanes() -> None:
    assert not goes_in_lanes(load_scenario("capture-first-cycle", PLANTS).plant)
    assert goes_in_lanes(load_scenario("mini", CONTENT).plant)


def test_a_formation_flies_eight_at_most(mini: Scenario) -> None:
    with pytest.raises(ValueError, match="1 to 8"):
        Formation([])
