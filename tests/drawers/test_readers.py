"""One law, three readers: Numba, CasADi and Pint must find what the interpreter finds."""

from __future__ import annotations

import random
from typing import Any

import casadi
import numba
import pytest

from biotwin.properties import steam
from biotwin.quantity import registry, unit_of
from tests.drawers.bench import UNTICKED, annotations


def _points(drawer: Any) -> list[tuple[Any, ...]]:
    """Arguments of the laws, faults included, the same every time."""
    dice = random.Random(7)
    points = []
    for n in range(40):
        faults = {e["input"]: dice.random() * drawer.worst(m) for m, e in drawer.malfunctions.items() if n % 4}
        if "deviate" in drawer.model.Inputs._fields:
            faults["deviate"] = dice.gauss(0.0, 1.0)
        u = drawer.inputs(**(drawer.bench.step if n % 2 else {}), **faults)
        if drawer.slug in UNTICKED:
            points.append((u, drawer.parameters))
        else:
            x = drawer.start()
            x = type(x)(*(v + 0.1 * dice.random() * (abs(v) or 0.1) for v in x))
            points.append((x, u, drawer.parameters, dice.choice((0.1, 1.0, 10.0, 60.0))))
    return points


def _laws(drawer: Any) -> list[tuple[Any, int]]:
    """Each law of a drawer and how many of a point's arguments it takes."""
    m = drawer.model
    if drawer.slug in UNTICKED:
        return [(getattr(m, UNTICKED[drawer.slug]), 2)]
    return [(m.advance, 4), (m.readings, 3)]


@pytest.mark.slow
def test_numba_finds_what_the_interpreter_finds(drawer: Any) -> None:
    for law, count in _laws(drawer):
        names = ", ".join("xyzt"[:count])
        scope: dict[str, Any] = {"law": law}
        exec(f"def call({names}): return law({names})", scope)
        compiled = numba.njit(scope["call"])
        for point in _points(drawer):
            expected = pytest.approx(tuple(law(*point[:count])), rel=drawer.bench.rounding, abs=1e-300)
            assert tuple(compiled(*point[:count])) == expected


def _symbols(values: Any) -> Any:
    if not hasattr(values, "_fields"):
        return casadi.SX.sym("dt")
    return type(values)(*(casadi.SX.sym(n) for n in values._fields))


def test_casadi_finds_what_the_interpreter_finds(drawer: Any) -> None:
    for law, count in _laws(drawer):
        point = _points(drawer)[0][:count]
        symbols = [_symbols(a) for a in point]
        vectors = [casadi.vertcat(*s) if isinstance(s, tuple) else s for s in symbols]
        function = casadi.Function("law", vectors, [casadi.vertcat(*law(*symbols))])
        for values in _points(drawer):
            found = function(*(list(v) if isinstance(v, tuple) else v for v in values[:count]))
            assert found.full().ravel().tolist() == pytest.approx(list(law(*values[:count])), rel=1e-12, abs=1e-300)


def _quantities(values: Any) -> Any:
    units = registry()
    marks = annotations(type(values))
    return type(values)(*(units.Quantity(v, unit_of(marks[n])) for n, v in zip(values._fields, values, strict=True)))


def test_the_dimension_that_comes_out_is_the_one_annotated(drawer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    units = registry()
    cases = [(law, point[:count], law(*point[:count])) for law, count in _laws(drawer) for point in _points(drawer)[:8]]
    monkeypatch.setattr(steam, "LINE", _quantities(steam.LINE))
    for law, point, plain in cases:
        result = law(*(_quantities(a) if hasattr(a, "_fields") else units.Quantity(a, "s") for a in point))
        for name, mark in annotations(type(result)).items():
            found = units.Quantity(getattr(result, name))
            assert found.check(units.Unit(unit_of(mark)).dimensionality), (law.__name__, name, found)
            assert found.to(unit_of(mark)).magnitude == pytest.approx(getattr(plain, name), rel=1e-12, abs=1e-300)
