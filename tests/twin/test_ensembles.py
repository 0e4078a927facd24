"""Ensembles: members are data, processes give what this thread gives to the bit, the golden band is computed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from biotwin.ensembles.distributions import Choice, Normal, Relative, Uniform, drawn
from biotwin.ensembles.executors import Inline, Processes, packs, sample, stream
from biotwin.ensembles.flying import Outcome, RunSpec, curves_read, fly, specs
from biotwin.ensembles.golden import band_of, golden_band, healthy_members, read_band
from biotwin.ensembles.overrides import varied
from biotwin.ensembles.tables import figure_table, telemetry_table, write_ensemble
from biotwin.errors import DescriptionError, UnknownName
from biotwin.session import debrief
from biotwin.session.flight import Flight
from biotwin.session.scenario import Scenario
from tests.twin.conftest import CONTENT

PLANTS = CONTENT.parents[2] / "content"
HOLD = "vi-first-hold"
VARIED = {"start/t103.volume": Uniform(0.008, 0.012), "parameters/p103.lag": Relative(0.2)}


def members(count: int) -> list[RunSpec]:
    return specs("mini", count, content=str(CONTENT), overrides=VARIED, points=50)


def same(one: Outcome, other: Outcome) -> bool:
    return (one.digest, one.figures, one.drawn) == (other.digest, other.figures, other.drawn) and (
        one.telemetry.tobytes() == other.telemetry.tobytes())


def test_processes_give_what_this_thread_gives_to_the_bit() -> None:
    with Inline() as here, Processes(2) as pool:
        mine, theirs = sample(members(6), here), sample(members(6), pool)
        assert pool.progress().done == 6
    assert all(same(a, b) for a, b in zip(mine, theirs, strict=True))
    assert len({o.digest for o in mine}) == 6


@pytest.mark.slow
def test_two_hundred_what_ifs_fly_in_parallel_and_in_lanes() -> None:
    assert [len(pack) for pack in packs(members(70))] == [8] * 8 + [6]
    assert all(len(pack) == 1 for pack in packs(members(20)))
    with Processes(2) as pool:
        outcomes = sample(members(200), pool)
        assert pool.progress() == (200, 200, 0, 0)
    assert len({o.digest for o in outcomes}) == 200
    for n in (0, 63, 137, 199):
        assert same(outcomes[n], fly(members(200)[n]))


def test_a_member_is_data_that_survives_a_file() -> None:
    spec = members(1)[0]
    back = msgspec.json.decode(msgspec.json.encode(spec), type=RunSpec)
    assert back == spec
    assert same(fly(back), fly(spec))


def test_without_overrides_a_member_is_the_flight_itself(mini: Scenario) -> None:
    flight = Flight.begin(mini, 5)
    flight.run()
    assert fly(RunSpec(scenario="mini", seed="5", content=str(CONTENT))).digest == flight.digest().hex()


def test_an_override_changes_the_copy_and_never_the_plant(mini: Scenario) -> None:
    before = mini.plant.wiring["par"].tobytes()
    other, values = varied(mini, {"parameters/p103.maximum_flow": 1e-6}, 1)
    assert mini.plant.wiring["par"].tobytes() == before
    assert other.plant.digest != mini.plant.digest
    assert values == {"parameters/p103.maximum_flow": 1e-6}
    assert other.plant.wiring["par"].tobytes() != before


def test_an_override_with_the_plants_own_value_flies_the_same(mini: Scenario) -> None:
    ends = []
    for overrides in ({}, {"start/t103.volume": mini.plant.starts["t103"]["volume"]}):
        flight = Flight.begin(varied(mini, overrides, 1)[0], 1)
        flight.run()
        ends.append(flight.digest())
    assert ends[0] == ends[1]


@pytest.mark.parametrize("address", ["p103.lag", "parameters/p999.lag", "parameters/p103.lug", "start/t103.mood",
                                     "law/p103.x", "weather/p103.lag"])
def test_an_override_that_names_nothing_says_so(mini: Scenario, address: str) -> None:
    with pytest.raises(UnknownName):
        varied(mini, {address: 1.0}, 1)


def test_draws_are_functions_of_seed_and_name_with_the_stated_law() -> None:
    assert drawn(Uniform(1.0, 2.0), 0.0, 3, "a") == drawn(Uniform(1.0, 2.0), 9.0, 3, "a")
    assert drawn(0.5, 0.0, 3, "a") == 0.5
    normal = np.array([drawn(Normal(10.0, 2.0), 0.0, s, "a") for s in range(3000)])
    assert normal.mean() == pytest.approx(10.0, abs=0.15)
    assert normal.std() == pytest.approx(2.0, rel=0.05)
    assert np.abs(normal - 10.0).max() <= 6.0
    relative = np.array([drawn(Relative(0.1), 5.0, s, "b") for s in range(3000)])
    assert np.median(relative) == pytest.approx(5.0, rel=0.01)
    assert relative.std() / relative.mean() == pytest.approx(0.1, rel=0.05)
    assert {drawn(Choice((1.0, 2.0, 3.0)), 0.0, s, "c") for s in range(60)} == {1.0, 2.0, 3.0}


def test_a_failing_member_raises_its_own_error() -> None:
    bad = RunSpec(scenario="mini", seed="1", content=str(CONTENT), overrides={"parameters/p103.lug": 1.0})
    with Inline() as here:
        with pytest.raises(UnknownName, match="lug"):
            sample([bad, *members(2)], here)
        assert here.progress().failed == 1


def test_a_stream_holds_no_more_members_than_it_must() -> None:
    held: list[int] = []
    with Processes(2) as pool:
        flown = stream(iter(members(20)), pool, told=lambda p: held.append(p.submitted - p.done))
        outcomes = list(flown)
        assert pool.progress() == (20, 20, 0, 0)
        assert len(held) == 20
        assert max(held) <= pool.ahead == 8
        assert not pool._flying
    assert same(outcomes[13], fly(members(20)[13]))


def test_a_stream_that_is_left_early_flies_no_more() -> None:
    with Inline() as here:
        flown = stream(members(20), here)
        next(flown)
        flown.close()
        assert here.progress().submitted == 1
    with Processes(1) as pool:
        flown = stream(members(60), pool)
        next(flown)
        flown.close()
        assert pool.progress().submitted == pool.ahead


def test_members_record_what_their_goals_read_and_mark_as_the_debrief_does() -> None:
    from biotwin.session.library import load_scenario

    scenario = load_scenario(HOLD, PLANTS)
    read = curves_read(scenario)
    every = debrief.true_signals(scenario.plant)
    assert 0 < len(read) < len(every)
    assert set(read) <= set(every)
    marked = debrief.fly(scenario, 7, []).figures
    figures = fly(RunSpec(scenario=HOLD, seed="7", content=str(PLANTS))).figures
    assert {slug: value for slug, value, _ in marked.marks} == {
        name.removeprefix("goal."): value for name, value in figures.items() if name.startswith("goal.")}
    assert figures["score"] == marked.score


@pytest.mark.parametrize("suffix", [".npz", ".parquet"])
def test_tables_hold_every_member_and_every_point(tmp_path: Path, suffix: str) -> None:
    with Inline() as here:
        outcomes = sample(members(3), here)
    figures, telemetry = figure_table(outcomes), telemetry_table(outcomes)
    assert figures["seed"] == [f"{n:032x}" for n in range(3)]
    assert len(telemetry["time"]) == 150
    written = write_ensemble(tmp_path / f"x{suffix}", outcomes)
    assert [p.name for p in written] == [f"x{suffix}", f"x.telemetry{suffix}"]
    with pytest.raises(DescriptionError):
        write_ensemble(tmp_path / "x.xls", outcomes)


def test_the_golden_band_is_computed_from_healthy_flights(
    mini: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOTWIN_CACHE", str(tmp_path / "cache"))
    flown = healthy_members(mini, 20, CONTENT)
    assert all(m.healthy for m in flown)
    with Inline() as here:
        outcomes = sample(flown, here)
        band = band_of(mini.plant, outcomes)
        assert read_band(mini.plant, 20) is None
        kept = golden_band("mini", content=CONTENT, members=20, executor=here)
        again = golden_band("mini", content=CONTENT, members=20, executor=None)
    low, high = band.of("wt103")
    assert np.all(low <= high)
    inside = np.mean([(o.telemetry[1] >= low) & (o.telemetry[1] <= high) for o in outcomes])
    assert 0.85 < inside < 0.95
    assert np.array_equal(kept.low, band.low)
    assert np.array_equal(again.high, band.high)
    assert read_band(mini.plant, 21) is None
    assert read_band(replace(mini.plant, digest="0" * 32), 1) is None
