"""pH: always bounded, everywhere rising with the strong ions, equal to a bracketing solver's answer."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from biotwin.properties.buffers import acidity, charge

CARBON = st.floats(0.0, 200.0)
IONS = st.floats(-100.0, 300.0)
WEAK = st.floats(-60.0, 150.0)


@settings(max_examples=400, deadline=None)
@given(CARBON, IONS, WEAK)
def test_ph_is_that_of_a_bracketing_solver(carbon: float, ions: float, weak: float) -> None:
    wanted = brentq(lambda ph: charge(ph, carbon, weak) - ions, -60.0, 80.0, xtol=1e-12)
    assert abs(acidity(carbon, ions, weak) - min(max(wanted, 2.0), 12.0)) < 1e-6


@settings(max_examples=200, deadline=None)
@given(CARBON, IONS, WEAK, st.floats(0.0, 50.0))
def test_ph_rises_with_strong_ions_and_falls_with_acid(carbon: float, ions: float, weak: float, more: float) -> None:
    ph = acidity(carbon, ions, weak)
    assert acidity(carbon, ions + more, weak) >= ph - 1e-9
    assert acidity(carbon, ions, weak + more) <= ph + 1e-9


@given(st.floats(-1e6, 1e9), st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_ph_is_bounded_whatever_comes(carbon: float, ions: float, weak: float) -> None:
    ph = acidity(carbon, ions, weak)
    assert math.isfinite(ph)
    assert 2.0 <= ph <= 12.0


def test_a_usual_broth_is_at_seven() -> None:
    assert abs(acidity(20.0, charge(7.05, 20.0, 0.5), 0.5) - 7.05) < 1e-9
