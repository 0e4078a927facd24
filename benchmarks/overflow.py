"""The overflow law over 200 h: our stepper against CVODE on the same compiled right-hand side, at equal error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.cvode import ADAMS, BDF, integrate, right_hand_side
from benchmarks.figure import Figure, cpu_seconds
from biotwin.qualification.oracle import overflow_case as case

ERRORS = (1e-4, 1e-6)
TICKS = tuple(10.0 ** (1.75 + 0.05 * n) for n in range(31))
TOLERANCES = tuple(10.0 ** (-2.5 - 0.1 * n) for n in range(90))
METHODS = {"CVODE Adams": ADAMS, "CVODE BDF": BDF}


def measure() -> list[Figure]:
    """For each error: the loosest setting of each that keeps within it, and the better of the peer's two methods."""
    exact = case.scipy_solution("DOP853", 1e-12)
    functions = [right_hand_side(case.derivatives, (feed, case.FIGURES), case.SIZE) for feed in (0.0, case.FEED)]
    figures = []
    for error in ERRORS:
        tick = _loosest(lambda t: case.twin(t), sorted(TICKS, reverse=True), exact, error)
        ours = cpu_seconds(lambda tick=tick: _many(lambda: case.twin(tick))) / MANY
        peers = {name: _peer(functions, method, exact, error) for name, method in METHODS.items()}
        name = min(peers, key=lambda n: peers[n][0])
        figures.append(Figure(
            f"overflow law, 200 h, error ≤ {error:g}", 1e3 * ours, "ms", peer=name, peer_value=1e3 * peers[name][0],
            goal=1.0, goal_of="ratio", note=f"ticks of {tick:.0f} s; peer's tolerance {peers[name][1]:.1g}",
        ))
    scipy = cpu_seconds(lambda: case.scipy_solution("LSODA", 1e-6), goes=3)
    return [*figures, Figure("overflow law, 200 h, scipy's LSODA from Python", 1e3 * scipy, "ms",
                             note="relative tolerance 1e-6; for information")]


MANY = 20


def _many(work: Callable[[], object]) -> None:
    for _ in range(MANY):
        work()


def _loosest(solve: Callable[[float], Any], settings: list[float], exact: np.ndarray, error: float) -> float:
    """The first setting, from loose to tight, from which on the error is kept: a lucky one does not count."""
    kept = [case.apart(solve(s), exact) <= error for s in settings]
    first = next(i for i in range(len(settings)) if all(kept[i:]))
    return settings[first]


def _peer(functions: list[Any], method: int, exact: np.ndarray, error: float) -> tuple[float, float]:
    """CPU seconds and tolerance of CVODE where it just keeps within ``error``."""

    def solve(tolerance: float) -> np.ndarray:
        x = case.start()
        for function, span in zip(functions, ((0.0, case.FEED_AT), (case.FEED_AT, case.END)), strict=True):
            x = integrate(function, x, span, tolerance=tolerance, method=method)
        return x

    tolerance = _loosest(solve, list(TOLERANCES), exact, error)
    return cpu_seconds(lambda: _many(lambda: solve(tolerance))) / MANY, tolerance
