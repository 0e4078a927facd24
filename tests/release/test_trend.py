"""The control chart of the lots before."""

from __future__ import annotations

import pytest

from biotwin.release.trend import control_limits, out_of_trend

MONTGOMERY = (310.0, 288.0, 297.0, 298.0, 307.0, 303.0, 294.0, 297.0, 308.0, 306.0, 294.0, 299.0, 297.0, 299.0, 314.0,
              295.0, 293.0, 306.0, 301.0, 304.0)
"""Costs of processing a loan, Montgomery, Introduction to Statistical Quality Control, 6th ed., table 6.6 (recalled):
the book's chart for individuals has its mean at 300.5 and its limits at 279.78 and 321.22.
"""


def test_the_limits_are_those_of_a_chart_for_individuals():
    low, mean, high = control_limits(MONTGOMERY)
    assert (low, mean, high) == pytest.approx((279.78, 300.5, 321.22), abs=0.01)


def test_beyond_the_limits_and_nine_on_one_side():
    history = (1.0, 2.0) * 5 + (1.7, 1.8, 1.9, 1.8) * 2
    mean = control_limits(history)[1]
    assert out_of_trend(history, 9.0) == "beyond_limits"
    assert mean < 1.7
    assert out_of_trend(history, mean + 0.05) == "one_side"
    assert out_of_trend(history, mean - 0.05) == ""
    seven = (*history[:-8], 1.0, *history[-7:])
    assert out_of_trend(seven, control_limits(seven)[1] + 0.05) == ""


def test_a_few_lots_make_no_chart():
    assert control_limits((1.0,) * 7) is None
    assert out_of_trend((), 5.0) == ""
