"""The judgement of a test: run it, compare, and say what is missing in words. Nothing here can be tuned."""

from __future__ import annotations

import math
import time as wall
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from biotwin.qualification.references import Declared, ReferenceTest, arguments

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


class Curves(msgspec.Struct, frozen=True):
    """What a test drew: time (s or the run's own abscissa), twin and reference, equally long."""

    time: tuple[float, ...]
    twin: tuple[float, ...]
    reference: tuple[float, ...]


class Verdict(msgspec.Struct, frozen=True):
    """One test, judged. ``value`` is None where the run gave no finite number; ``miss`` says how far it lies outside.

    ``skipped`` (neither passed nor failed): the reference simulator is not installed.
    """

    declared: Declared
    value: float | None
    outcome: str
    miss: str
    seconds: float
    curves: Curves | None = None

    @property
    def passed(self) -> bool:
        return self.outcome == PASSED


def judged(tests: Sequence[Declared], told: Callable[[int, str], None] | None = None) -> Iterator[Verdict]:
    """Run and judge each test in order; ``told(number, id)`` hears which begins."""
    for number, declared in enumerate(tests):
        if told is not None:
            told(number, f"{declared.drawer}/{declared.test.id}")
        yield judge(declared)


def judge(declared: Declared) -> Verdict:
    """Run one test. An error in the run is a failing test, never a crash of the report."""
    test, begin = declared.test, wall.perf_counter()
    try:
        found = declared.run(**arguments(test))
        value, curves = _split(found)
    except ModuleNotFoundError as error:
        miss = " ".join([f"{error.name} is not installed.", *getattr(error, "__notes__", [])])
        return Verdict(declared, None, SKIPPED, miss, wall.perf_counter() - begin)
    except Exception as error:
        miss = f"{test.signal} at {test.time}: the run stopped with {type(error).__name__}: {error}"
        return Verdict(declared, None, FAILED, miss, wall.perf_counter() - begin)
    seconds = wall.perf_counter() - begin
    if not math.isfinite(value):
        return Verdict(declared, None, FAILED, f"{test.signal} at {test.time} is {value}.", seconds, curves)
    low, high = bounds(test)
    if low <= value <= high:
        return Verdict(declared, value, PASSED, "", seconds, curves)
    return Verdict(declared, value, FAILED, _miss(test, value, (low, high)), seconds, curves)


def _split(found: Any) -> tuple[float, Curves | None]:
    """A bare number, or ``(value, time, twin, reference)``."""
    if not isinstance(found, tuple):
        return float(found), None
    value, time, twin, reference = found
    if not time:
        return float(value), None
    curves = Curves(*(tuple(float(v) for v in row) for row in (time, twin, reference)))
    return float(value), curves


def bounds(test: ReferenceTest) -> tuple[float, float]:
    """The smallest and the largest value that passes."""
    tolerance = test.tolerance
    if isinstance(test.reference, list):
        return test.reference[0] - tolerance, test.reference[1] + tolerance
    reference = test.reference
    if test.metric == "absolute":
        return reference - tolerance, reference + tolerance
    if test.metric == "relative":
        return reference - tolerance * abs(reference), reference + tolerance * abs(reference)
    if test.metric == "ratio":
        ends = reference / (1.0 + tolerance), reference * (1.0 + tolerance)
        return min(ends), max(ends)
    least = (1.0 - tolerance) * reference
    return (least, math.inf) if reference > 0.0 else (-math.inf, least)


def _miss(test: ReferenceTest, value: float, passing: tuple[float, float]) -> str:
    """Signal, time and how far outside."""
    low, high = passing
    beyond = low - value if value < low else value - high
    side = "below" if value < low else "above"
    return (f"{test.signal} at {test.time}: {value:.6g} is {beyond:.3g} {side} what passes "
            f"({_range(low, high)}; {test.metric}, tolerance {test.tolerance:g}).")


def _range(low: float, high: float) -> str:
    if math.isinf(high):
        return f"at least {low:.6g}"
    if math.isinf(low):
        return f"at most {high:.6g}"
    return f"{low:.6g} to {high:.6g}"
