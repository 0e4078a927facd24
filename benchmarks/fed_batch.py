"""Fourteen days of the 2,000 L fed-batch, composite law, every instrument, alarm and loop on, on one core."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.figure import Figure, cpu_seconds
from biotwin.session.flight import Flight
from biotwin.session.library import load_scenario

SCENARIO = "first-batch"
GOALS = {10_000: 0.40, 60_000: 0.08}
AIMS = {10_000: 0.20, 60_000: 0.04}


def measure() -> list[Figure]:
    """One figure per scan length; beginning a lot and reading its description are not counted."""
    scenario = load_scenario(SCENARIO)
    unit = scenario.plant.unit
    note = f"{len(unit.instruments)} tags, {len(unit.alarms)} alarms, {len(unit.loops)} loops"
    figures = []
    for scan, goal in GOALS.items():
        first = Flight.begin(replace(scenario, scan=scan, questions={}), 1)

        def fly(first: Flight = first) -> None:
            first.branch().run()

        figures.append(Figure(f"fed-batch, 14 days, {scan // 1000} s scans", cpu_seconds(fly), "s", goal=goal,
                              note=f"aim {AIMS[scan]:g} s; {note}"))
    return figures
