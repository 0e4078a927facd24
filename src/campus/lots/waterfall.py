"""From the lot that the autopilot would have made to this one, stop by stop: one waterfall for each measure that moved.

What befell the lot by itself comes first. A stop's step is what the lot has with it less what it would have had
without, all else alike. Stops act on each other: what the steps do not add up to is a step of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from biotwin.chain.outcome import Result
from campus.lots.words import THIN, amount


@dataclass(frozen=True)
class Measure:
    """A figure of a lot; ``value`` in the unit that is shown."""

    label: str
    value: Callable[[Result], float]
    unit: str
    digits: int
    more_is_worse: bool = False

    def text(self, value: float) -> str:
        return f"{amount(value, self.digits)}{THIN if self.unit else ''}{self.unit}"

    def change(self, value: float) -> str:
        """With its sign."""
        rounded = round(value, self.digits)
        sign = "" if rounded == 0.0 else "+" if rounded > 0.0 else "−"
        return f"{sign}{self.text(abs(value))}"

    def same(self, one: float, other: float) -> bool:
        """Whether both read alike."""
        return round(one, self.digits) == round(other, self.digits)


@dataclass(frozen=True)
class Bar:
    """``x`` and ``width`` in hundredths of the picture; ``kind``: whole, better or worse."""

    label: str
    text: str
    kind: str
    x: str
    width: str


@dataclass(frozen=True)
class Fall:
    label: str
    bars: tuple[Bar, ...]


def falls(
    rows: tuple[Measure, ...], reference: Result, stops: list[tuple[str, Result, Result]], mine: Result
) -> list[Fall]:
    """A waterfall for each measure that anything moved, as far as it can be read. ``stops``: the lot with and without.
    """
    found = []
    for row in rows:
        start, end = row.value(reference), row.value(mine)
        steps = [(title, row.value(beside) - row.value(without)) for title, beside, without in stops]
        if all(row.same(step, 0.0) for _title, step in steps) and row.same(start, end):
            continue
        rest = end - start - sum(step for _title, step in steps)
        moved = [(title, step) for title, step in steps if not row.same(step, 0.0)]
        if not row.same(rest, 0.0):
            moved.append((_("Together, beyond each alone"), rest))
        found.append(Fall(row.label, _bars(row, start, moved, end)))
    return found


def _bars(row: Measure, start: float, steps: list[tuple[str, float]], end: float) -> tuple[Bar, ...]:
    levels = [start]
    for _title, step in steps:
        levels.append(levels[-1] + step)
    low, high = min(0.0, *levels, end), max(0.0, *levels, end)
    scale = 100.0 / (high - low) if high > low else 0.0

    def bar(label: str, text: str, kind: str, span: tuple[float, float]) -> Bar:
        width = max(0.6, scale * (max(span) - min(span)))
        return Bar(label, text, kind, f"{min(scale * (min(span) - low), 100.0 - width):.2f}", f"{width:.2f}")

    bars = [bar(_("Autopilot all the way"), row.text(start), "whole", (0.0, start))]
    for (title, step), before in zip(steps, levels, strict=False):
        kind = "worse" if (step > 0.0) == row.more_is_worse else "better"
        bars.append(bar(title, row.change(step), kind, (before, before + step)))
    return (*bars, bar(_("Your lot"), row.text(end), "whole", (0.0, end)))
