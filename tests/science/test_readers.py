"""One law, three readers: interpreter, Numba and CasADi give the same numbers."""

from __future__ import annotations

import casadi
import numpy as np
import pytest

from biotwin.equipment.stirred_bioreactor import model, trial
from biotwin.equipment.stirred_bioreactor.model import Inputs, Readings, State
from tests.science.bench import BUSY, LAWS, VESSEL, cultures


@pytest.mark.slow
@pytest.mark.parametrize("name", LAWS)
def test_numba_gives_the_interpreters_numbers(name: str) -> None:
    law, k = LAWS[name]
    derivatives, observe = trial.kernels(law)
    seen = np.empty(len(Readings._fields))
    for x in cultures(25):
        slope = derivatives(tuple(x), (BUSY, VESSEL, k))
        observe(np.array(x), BUSY, VESSEL, k, seen)
        np.testing.assert_allclose(slope, model.equations(x, BUSY, VESSEL, law, k), rtol=1e-12, atol=1e-300)
        np.testing.assert_allclose(seen, model.readings(x, BUSY, VESSEL, law, k), rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize("name", LAWS)
def test_casadi_gives_the_interpreters_numbers(name: str) -> None:
    law, k = LAWS[name]
    x, u = casadi.SX.sym("x", len(State._fields)), casadi.SX.sym("u", len(Inputs._fields))
    graph = model.equations(State(*casadi.vertsplit(x)), Inputs(*casadi.vertsplit(u)), VESSEL, law, k)
    function = casadi.Function("equations", [x, u], [casadi.vertcat(*graph)])
    for point in cultures(25):
        found = np.array(function(list(point), list(BUSY))).ravel()
        np.testing.assert_allclose(found, model.equations(point, BUSY, VESSEL, law, k), rtol=1e-11, atol=1e-300)


def test_casadi_differentiates_the_flown_equations() -> None:
    law, k = LAWS["composite"]
    x = casadi.SX.sym("x", len(State._fields))
    graph = casadi.vertcat(*model.equations(State(*casadi.vertsplit(x)), BUSY, VESSEL, law, k))
    column = casadi.Function("jacobian", [x], [casadi.jacobian(graph, x)])
    point, i = next(iter(cultures(1))), State._fields.index("oxygen")
    probe = 1e-6 * point.oxygen
    up, down = (np.array(model.equations(point._replace(oxygen=point.oxygen + s), BUSY, VESSEL, law, k))
                for s in (probe, -probe))
    exact = np.array(column(list(point)))[:, i]
    assert exact[i] < 0.0
    np.testing.assert_allclose(exact[i], (up - down)[i] / (2.0 * probe), rtol=1e-5)


def test_equations_are_pure() -> None:
    law, k = LAWS["composite"]
    x = next(iter(cultures(1)))
    assert model.equations(x, BUSY, VESSEL, law, k) == model.equations(x, BUSY, VESSEL, law, k)
