"""A control chart as a small picture: former lots, their limits, the specification, and this lot."""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from campus.lots.words import amount

WIDTH, HEIGHT, EDGE = 168.0, 44.0, 5.0


def control_chart(test: Any) -> str:
    """The picture of a ``ShownTest``; empty where it has no history."""
    if test.chart is None:
        return ""
    low, mean, high = test.chart
    valid = [result.value for result in test.results if not result.invalidated]
    limits = [limit for limit in (test.low, test.high) if limit is not None]
    values = [*test.history, *valid, low, high]
    reach = (max(values) - min(values)) or 1.0
    near = [limit for limit in limits if min(values) - reach <= limit <= max(values) + reach]
    bottom, top = min(values + near), max(values + near)

    def y(value: float) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - bottom) / ((top - bottom) or 1.0)

    step = (WIDTH - 2 * EDGE) / (len(test.history) + max(1, len(valid)))
    points = [(EDGE + step * n, y(value)) for n, value in enumerate(test.history)]
    band = (f'<rect class="chart-band" x="0" y="{y(high):.1f}" width="{WIDTH:.0f}" '
            f'height="{max(1.0, y(low) - y(high)):.1f}"/><path class="chart-mean" d="M0 {y(mean):.1f}H{WIDTH:.0f}"/>')
    lines = "".join(f'<path class="chart-limit" d="M0 {y(limit):.1f}H{WIDTH:.0f}"/>' for limit in near)
    trail = "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points)
    dots = "".join(f'<circle class="chart-dot" cx="{px:.1f}" cy="{py:.1f}" r="1.6"/>' for px, py in points)
    own = "".join(_own(EDGE + step * (len(points) + n), y(value)) for n, value in enumerate(valid))
    return mark_safe(f'<svg class="chart" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
                     f'aria-label="{escape(_name(test, valid))}">{band}{lines}<path class="chart-trail" d="{trail}"/>'
                     f"{dots}{own}</svg>")


def _own(x: float, y: float) -> str:
    """This lot: a diamond, larger than the others."""
    return f'<path class="chart-own" d="M{x:.1f} {y - 4:.1f}l4 4l-4 4l-4 -4z"/>'


def _name(test: Any, valid: list[float]) -> str:
    low, mean, high = (amount(value, test.digits + 1) for value in test.chart)
    text = _("%(count)s former lots: mean %(mean)s, limits %(low)s to %(high)s") % {
        "count": len(test.history), "mean": mean, "low": low, "high": high}
    return f"{text}; {_('this lot')}: {', '.join(amount(v, test.digits) for v in valid)}" if valid else text
