"""What an objective test of a drawer found: the shape that every ``qualification.py`` hands to the report."""

from __future__ import annotations

from typing import NamedTuple


class Result(NamedTuple):
    """A figure to judge, and two curves to draw."""

    value: float
    time: tuple[float, ...]
    twin: tuple[float, ...]
    reference: tuple[float, ...]
