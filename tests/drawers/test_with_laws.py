"""The lumped drawers: malfunctions, balances and readers."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, get_type_hints

import casadi
import numba
import pytest

from biotwin.quantity import registry, unit_of
from tests.drawers.with_laws import BENCHES, Lumped, lumped

SEVERITIES = (0.0, 0.3, 0.6, 1.0)
ALL = [lumped(name) for name in BENCHES]
BROKEN = [(d, m) for d in ALL for m in d.malfunctions]
every = pytest.mark.parametrize("bench", ALL, ids=lambda d: d.name)
broken = pytest.mark.parametrize(("bench", "malfunction"), BROKEN, ids=[f"{d.name}-{m}" for d, m in BROKEN])


@broken
def test_a_malfunction_is_nothing_at_zero_grows_and_is_seen(bench: Lumped, malfunction: str) -> None:
    signal, band = bench.bench.shows[malfunction]
    entry, worst = bench.malfunctions[malfunction], bench.worst(malfunction)
    healthy, effects = bench.fly(), []
    assert getattr(bench.inputs(), entry["input"]) == 0.0
    for severity in SEVERITIES:
        run = bench.fly(**{entry["input"]: severity * worst})
        assert severity > 0.0 or run == healthy
        effects.append(max(abs(getattr(a, signal) - getattr(b, signal)) for a, b in zip(run, healthy)))
    assert all(b >= a for a, b in pairwise(effects)), effects
    assert effects[-1] > band, effects


@every
def test_with_all_that_can_fail_nothing_is_infinite_or_negative(bench: Lumped) -> None:
    faults = {e["input"]: bench.worst(m) for m, e in bench.malfunctions.items()}
    for y in bench.fly(**faults):
        assert all(math.isfinite(v) for v in y)
        assert all(v >= 0.0 for v in y)


@every
def test_balances_close_through_time(bench: Lumped) -> None:
    faults = {e["input"]: 0.5 * bench.worst(m) for m, e in bench.malfunctions.items()}
    p, u = bench.model.Parameters(), bench.inputs(**faults)
    x = begin = bench.start(p)
    for _ in range(200):
        x = bench.step(x, u, p, 10.0)
    for name, weights in bench.model.BALANCES.items():
        sums = [sum(w * getattr(s, n) for n, w in weights.items()) for s in (begin, x)]
        largest = max(abs(getattr(s, n)) for n in weights for s in (begin, x))
        assert abs(sums[1] - sums[0]) <= 1e-12 * largest, name


@pytest.mark.slow
@every
def test_numba_finds_what_the_interpreter_finds(bench: Lumped) -> None:
    figures = bench.laws[1:]
    for law, _ in bench.callables():
        scope: dict[str, Any] = {"law": law, "rates": bench.laws[0] if figures else None}
        more, handed = (", k", ", rates, k") if figures else ("", "")
        exec(f"def call(x, u, p{more}): return law(x, u, p{handed})", scope)
        compiled = numba.njit(error_model="numpy")(scope["call"])
        for point in bench.points(20):
            expected = tuple(law(*point, *bench.laws))
            assert tuple(compiled(*point, *figures)) == pytest.approx(expected, rel=1e-10, abs=1e-14)


@every
def test_casadi_finds_what_the_interpreter_finds(bench: Lumped) -> None:
    for law, _ in bench.callables():
        x, u, p = bench.points(1)[0]
        symbols = [type(v)(*(casadi.SX.sym(n) for n in v._fields)) for v in (x, u)]
        vectors = [casadi.vertcat(*s) for s in symbols]
        function = casadi.Function("law", vectors, [casadi.vertcat(*law(*symbols, p, *bench.laws))])
        for a, b, _ in bench.points(20):
            expected = list(law(a, b, p, *bench.laws))
            assert function(list(a), list(b)).full().ravel().tolist() == pytest.approx(expected, rel=1e-10, abs=1e-14)


def _with_units(values: Any) -> Any:
    hints, quantity = get_type_hints(type(values), include_extras=True), registry().Quantity
    return type(values)(*(quantity(v, unit_of(hints[n])) for n, v in zip(values._fields, values, strict=True)))


@every
def test_the_dimension_that_comes_out_is_the_one_annotated(bench: Lumped) -> None:
    units, laws = registry(), bench.laws
    with_units = (*laws[:1], *(_with_units(k) for k in laws[1:]))
    for law, per in bench.callables():
        for point in bench.points(4):
            found, plain = law(*map(_with_units, point), *with_units), law(*point, *laws)
            hints = get_type_hints(type(plain), include_extras=True)
            for name, value in found._asdict().items():
                unit = units.Unit(f"({unit_of(hints[name])}){per}")
                quantity = units.Quantity(value)
                assert quantity.check(unit.dimensionality), (name, quantity)
                assert quantity.to(unit).magnitude == pytest.approx(getattr(plain, name), rel=1e-10, abs=1e-14), name
