"""The vessel as a whole: scales, closures, the day oxygen runs out, an empty vessel, malfunctions."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import yaml
from scipy.integrate import solve_ivp

from biotwin.equipment.stirred_bioreactor import model, qualification, trial
from biotwin.equipment.stirred_bioreactor.model import Inputs, Parameters, Start, State
from biotwin.equipment.stirred_bioreactor.trial import STATES, STIFF
from biotwin.quantity import si
from biotwin.stepping.rosenbrock import rosenbrock
from tests.science.bench import BUSY, LAWS, VESSEL, culture, cultures, positive_step

LAW, FIGURES = LAWS["composite"]
STARVED = Inputs(stirrer_speed=1.07, sparge_air=0.004)


def slope(u: Inputs, p: Parameters = VESSEL):  # type: ignore[no-untyped-def]
    return lambda x: np.array(model.equations(State(*(float(v) for v in x)), u, p, LAW, FIGURES))


@pytest.mark.parametrize("tick", [10.0, 60.0])
@pytest.mark.parametrize("density", [5e12, 16e12, 60e12])
def test_oxygen_stays_positive_when_the_supply_fails(tick: float, density: float) -> None:
    x = np.array(model.initial(VESSEL, Start(viable_density=density, dissolved_oxygen=0.4)))
    begin, lowest = x.copy(), x[STIFF]
    for _ in range(round(1200.0 / tick)):
        x = positive_step(slope(STARVED), x, tick, STIFF)
        lowest = min(lowest, x[STIFF])
    assert lowest > 0.0
    exact = solve_ivp(lambda _, y: slope(STARVED)(y), (0.0, 1200.0), begin, method="LSODA", rtol=1e-8, atol=1e-12)
    assert x[STIFF] == pytest.approx(exact.y[STIFF, -1], rel=0.02)
    moved = np.abs(begin) > 0.0
    np.testing.assert_allclose(x[moved][:8], exact.y[moved, -1][:8], rtol=5e-3)


@pytest.mark.slow
@pytest.mark.parametrize("tick", [10.0, 60.0])
def test_the_plants_stepper_keeps_oxygen_positive(tick: float) -> None:
    derivatives, _ = trial.kernels(LAW)
    step = rosenbrock(derivatives, STIFF, STATES)
    x = np.array(model.initial(VESSEL, Start(viable_density=20e12, dissolved_oxygen=0.4)))
    for _ in range(round(1200.0 / tick)):
        step(x, (STARVED, VESSEL, FIGURES), tick)
        assert x[STIFF] > 0.0


@pytest.mark.parametrize("balance", model.BALANCES)
def test_balances_close_at_every_instant(balance: str) -> None:
    for x in cultures(20):
        d = model.equations(x, BUSY, VESSEL, LAW, FIGURES)._asdict()
        terms = [w * d[name] for name, w in model.BALANCES[balance].items()]
        assert abs(sum(terms)) <= 1e-12 * max(abs(t) for t in terms)


def test_an_empty_vessel_has_finite_readings_and_stays_empty() -> None:
    x = model.initial(VESSEL, Start(volume=0.0, viable_density=0.0))
    assert np.isfinite(model.readings(x, BUSY, VESSEL, LAW, FIGURES)).all()
    d = model.equations(x, BUSY._replace(liquid_flow=0.0), VESSEL, LAW, FIGURES)
    assert np.isfinite(d).all()
    assert d.volume == 0.0


def test_a_pump_cannot_draw_the_vessel_below_zero() -> None:
    x = np.array(model.initial(VESSEL, Start(volume=0.02)))
    for _ in range(200):
        x = positive_step(slope(Inputs(harvest_flow=1e-3)), x, 60.0, STIFF)
        assert x[0] >= 0.0
    assert x[0] < 1e-6


def test_starting_values_read_back() -> None:
    start = Start(ph=7.1, carbon_dioxide_pressure=6000.0, dissolved_oxygen=0.6, viability=0.9, osmolality=300.0)
    y = model.readings(model.initial(VESSEL, start), Inputs(), VESSEL, LAW, FIGURES)
    for name in ("ph", "carbon_dioxide_pressure", "dissolved_oxygen", "viability", "osmolality", "glucose"):
        assert getattr(y, name) == pytest.approx(getattr(start, name), rel=1e-6), name


def malfunctions() -> dict[str, dict[str, str]]:
    path = qualification.__file__.replace("qualification.py", "malfunctions.yaml")
    with open(path, encoding="utf-8") as file:
        found: dict[str, dict[str, str]] = yaml.safe_load(file)
    return found


@pytest.mark.parametrize("name", malfunctions())
def test_a_malfunction_does_nothing_at_severity_zero_and_more_with_more(name: str) -> None:
    entry = malfunctions()[name]
    healthy = float(getattr(Inputs(), entry["input"]))
    worst = si(entry["worst"], "1/s" if "1/s" in str(entry["worst"]) else "1")
    idle = Inputs(stirrer_speed=1.1, sparge_air=0.004, sparge_oxygen=0.002)
    effects = []
    for severity in (0.0, 0.3, 0.6, 1.0):
        u = idle._replace(**{entry["input"]: healthy + severity * (worst - healthy)})
        effects.append(np.array([*model.equations(culture(), u, VESSEL, LAW, FIGURES),
                                 *model.readings(culture(), u, VESSEL, LAW, FIGURES)]))
    sound = np.array([*model.equations(culture(), idle, VESSEL, LAW, FIGURES),
                      *model.readings(culture(), idle, VESSEL, LAW, FIGURES)])
    assert (effects[0] == sound).all()
    distance = [np.abs(e - sound) for e in effects]
    accounts = [n.endswith("_supplied") for n in State._fields] + [False] * len(model.Readings._fields)
    moved = (distance[3] > 0.0) & ~np.array(accounts)
    assert moved.any()
    assert all((a[moved] <= b[moved]).all() for a, b in pairwise(distance))


def test_a_bacterium_takes_the_vessel_within_two_days() -> None:
    x = np.array(culture(bacteria=1e4, mycoplasma=0.0))
    u, k, sourest = Inputs(stirrer_speed=1.1, sparge_air=0.01, sparge_oxygen=0.005), FIGURES, 14.0
    for _ in range(48 * 60):
        y = model.readings(State(*(float(v) for v in x)), u, VESSEL, LAW, k)
        sourest = min(sourest, y.ph)
        x = positive_step(slope(u._replace(ph=y.ph)), x, 60.0, STIFF)
        assert x[: State._fields.index("cell_time")].min() >= -1e-9
    y = model.readings(State(*(float(v) for v in x)), u, VESSEL, LAW, k)
    assert y.bacteria_density > 1e14
    assert sourest < 6.9
    assert y.dissolved_oxygen < 0.05
    assert y.glucose < 1.0


@pytest.mark.slow
def test_fourteen_days_at_three_scales_are_those_of_the_science() -> None:
    figures = {}
    for volume, air in ((0.002, 0.01), (2.0, 0.004), (12.5, 0.004)):
        batch = qualification._batch(volume, air, "modern", 14.0, 60.0)
        assert np.isfinite(batch.states).all()
        assert 14e12 < batch.of("viable_density").max() < 19e12
        assert 3.8 < batch.of("titre")[-1] < 5.0
        assert 0.7 < batch.of("viability")[-1] < 0.85
        assert 12.0 < batch.of("lactate").max() < 23.0
        assert batch.of("lactate")[batch.time > 10 * trial.DAY].max() < 1.0
        assert 6.90 < batch.of("ph").min() < batch.of("ph").max() < 7.15
        assert 0.005 < batch.of("aggregate_fraction")[-1] < 0.03
        figures[volume] = qualification._plateau(batch)
    assert figures[0.002] < figures[2.0] < figures[12.5]
