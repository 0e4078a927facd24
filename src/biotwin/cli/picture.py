"""A picture of a flight: one panel per trend group, instruments in the units that people read."""

from __future__ import annotations

from pathlib import Path

from biotwin.errors import DescriptionError
from biotwin.session.scenario import Scenario
from biotwin.views.telemetry import Column, Telemetry

COLOURS = ("#0a7d5a", "#2b5fa8", "#b4581a", "#7a3f9d", "#55606f", "#a3201a")
MOST = 8


def panels(scenario: Scenario, table: Telemetry) -> list[tuple[str, list[Column]]]:
    """Columns by trend group and unit: what shares an axis must share a unit."""
    found: dict[tuple[str, str], list[Column]] = {}
    for column in table.columns:
        group = scenario.plant.unit.instruments[column.tag].group
        found.setdefault((group, column.shown.unit), []).append(column)
    rows = [(f"{group}, {unit}", columns) for (group, unit), columns in found.items()]
    return rows


def draw(path: Path, scenario: Scenario, table: Telemetry) -> None:
    """Write ``.png``, ``.svg`` or ``.pdf``; needs the extra ``plots``."""
    try:
        from matplotlib.figure import Figure
    except ModuleNotFoundError:
        raise DescriptionError("a picture needs matplotlib.", where=str(path),
                               next_step="Install campus-biotech-digital[plots].") from None
    shown = panels(scenario, table)
    rows = -(-len(shown) // 2)
    figure = Figure(figsize=(11.0, 1.9 * rows + 0.6), layout="constrained")
    axes = figure.subplots(rows, 2, sharex=True, squeeze=False)
    for place, (title, columns) in zip(axes.flat, shown, strict=False):
        for n, column in enumerate(columns[:MOST]):
            place.plot(table.time, column.values, linewidth=0.9, color=COLOURS[n % len(COLOURS)], label=column.tag)
        place.set_title(title, fontsize=8, loc="left")
        place.legend(fontsize=6, frameon=False, ncols=3, loc="upper right")
        place.tick_params(labelsize=7)
        place.spines[["top", "right"]].set_visible(False)
    for place in list(axes.flat)[len(shown):]:
        place.set_axis_off()
    for place in axes[-1]:
        place.set_xlabel("h", fontsize=8)
    figure.suptitle(scenario.title("en"), fontsize=11)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        figure.savefig(path, dpi=120)
    except ValueError as error:
        raise DescriptionError(f"cannot be drawn ({error}).", where=str(path)) from None
