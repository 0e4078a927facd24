"""One plot per test, as inline SVG: the twin against its reference, with the band in which it passes."""

from __future__ import annotations

import io
import math
import re
from typing import Any

import numpy as np

from biotwin.qualification.judging import PASSED, Verdict, bounds
from biotwin.qualification.references import ReferenceTest

TWIN, REFERENCE, BAND = "#0a6", "#334", "#8aa4c8"
UNITS_OF_TIME = ((2 * 86400.0, 3600.0, "h"), (600.0, 60.0, "min"), (0.0, 1.0, "s"))


def plot(verdict: Verdict) -> str:
    """An ``<svg>`` element; two curves where the run gave them, else the value on the band."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5.6, 2.5), layout="constrained")
    axes = figure.add_subplot()
    if verdict.curves is None:
        _draw_value(axes, verdict)
    else:
        _draw_curves(axes, verdict)
    axes.tick_params(labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    out = io.StringIO()
    # Salt and date fixed: the same run gives the same file.
    import matplotlib

    with matplotlib.rc_context({"svg.hashsalt": verdict.declared.test.id, "svg.fonttype": "none"}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return _inline(out.getvalue(), f"{verdict.declared.drawer}-{verdict.declared.test.id}")


def _draw_curves(axes: Any, verdict: Verdict) -> None:
    assert verdict.curves is not None
    test = verdict.declared.test
    time, unit = _scaled(np.asarray(verdict.curves.time), test)
    twin, reference = np.asarray(verdict.curves.twin), np.asarray(verdict.curves.reference)
    low, high = _band(test, reference)
    axes.fill_between(time, low, high, color=BAND, alpha=0.35, linewidth=0, label="±")
    axes.plot(time, reference, color=REFERENCE, linewidth=1.0, linestyle="--", label="reference")
    mark = {"marker": "o", "markersize": 3} if time.size < 12 else {}
    axes.plot(time, twin, color=TWIN, linewidth=1.6, label="twin", **mark)
    axes.set_xlabel(unit, fontsize=8)
    axes.set_ylabel(test.signal, fontsize=8)
    axes.legend(fontsize=7, frameon=False, loc="best", ncols=3)


def _scaled(time: Any, test: ReferenceTest) -> tuple[Any, str]:
    """Time in a readable unit; an abscissa that is no time stays as it is."""
    if time.size < 2 or np.any(np.diff(time) < 0) or not re.search(r"[a-z]", str(test.time)):
        return time, ""
    for least, scale, unit in UNITS_OF_TIME:
        if time[-1] >= least:
            return time / scale, unit
    return time, ""


def _band(test: ReferenceTest, reference: Any) -> tuple[Any, Any]:
    """The tolerance along the reference curve; relative to its peak where the curve passes through zero."""
    if test.metric == "absolute":
        return reference - test.tolerance, reference + test.tolerance
    if test.metric in ("relative", "ratio"):
        width = test.tolerance * np.abs(reference)
        return reference - width, reference + width
    return reference, reference


def _draw_value(axes: Any, verdict: Verdict) -> None:
    test, value = verdict.declared.test, verdict.value
    low, high = bounds(test)
    ends = [v for v in (low, high, value) if v is not None and math.isfinite(v)]
    pad = 0.25 * (max(ends) - min(ends)) or 0.05 * abs(ends[0]) or 1.0
    left, right = min(ends) - pad, max(ends) + pad
    axes.axvspan(max(low, left), min(high, right), color=BAND, alpha=0.35, linewidth=0)
    if not isinstance(test.reference, list):
        axes.axvline(test.reference, color=REFERENCE, linewidth=1.0, linestyle="--")
    if value is not None:
        axes.plot([value], [0.0], marker="o" if verdict.outcome == PASSED else "X", color=TWIN, markersize=9)
    axes.set_xlim(left, right)
    axes.set_yticks([])
    axes.set_xlabel(test.signal, fontsize=8)


def _inline(svg: str, name: str) -> str:
    """The element alone, its ids made unique in the page, its text hidden from screen readers (the table says it)."""
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.S)
    for old in set(re.findall(r'id="([^"]+)"', svg)):
        svg = re.sub(rf'(id="|href="#|url\(#){re.escape(old)}(?=["\)])', rf"\g<1>{name}-{old}", svg)
    return svg.replace("<svg", '<svg role="presentation" aria-hidden="true"', 1)
