"""Stability courses as a small picture: the lots before, the limit, and how far this lot may go by the 95 % slope."""

from __future__ import annotations

from html import escape

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from biotwin.release.overview import ShownAttribute
from campus.lots.words import amount

WIDTH, HEIGHT, LEFT, BOTTOM, EDGE = 300.0, 110.0, 30.0, 16.0, 6.0
LAST = 36.0


def courses_chart(one: ShownAttribute) -> str:
    """The picture; months to the right."""
    limits = [limit for limit in (one.low, one.high) if limit is not None]
    ends = [] if one.start is None else [one.start, one.start + one.bound * LAST]
    values = [y for points in one.former.values() for _x, y in points] + ends + [y for _x, y in one.own]
    reach = (max(values) - min(values)) or 1.0
    near = [limit for limit in limits if min(values) - 2 * reach <= limit <= max(values) + 2 * reach]
    low, high = min(values + near), max(values + near)

    def x(months: float) -> float:
        return LEFT + (WIDTH - LEFT - EDGE) * months / LAST

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - EDGE) * (value - low) / ((high - low) or 1.0)

    def path(points: tuple[tuple[float, float], ...]) -> str:
        return "M" + "L".join(f"{x(m):.1f} {y(v):.1f}" for m, v in sorted(points) if m <= LAST)

    parts = [f'<path class="chart-trail" d="{path(points)}"/>' for points in one.former.values()]
    parts += [f'<path class="chart-limit" d="M{LEFT:.0f} {y(limit):.1f}H{WIDTH:.0f}"/>' for limit in near]
    if one.start is not None:
        parts.append(f'<path class="course-own" d="{path(((0.0, one.start), (LAST, ends[1])))}"/>')
    parts += [f'<circle class="chart-own" cx="{x(m):.1f}" cy="{y(v):.1f}" r="3.2"/>' for m, v in one.own]
    parts += [f'<text x="{x(m):.1f}" y="{HEIGHT - 3:.0f}">{m:.0f}</text>' for m in (0.0, 12.0, 24.0, 36.0)]
    parts += [f'<text class="course-value" x="{LEFT - 4:.0f}" y="{y(v) + 3:.1f}">{amount(v, one.digits)}</text>'
              for v in {low, high}]
    return mark_safe(f'<svg class="course" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
                     f'aria-label="{escape(_name(one))}">{"".join(parts)}</svg>')


def _name(one: ShownAttribute) -> str:
    return _("%(count)s former lots over %(months)s months; this lot allows %(allowed)s months") % {
        "count": len(one.former), "months": amount(LAST, 0), "allowed": one.allowed}
