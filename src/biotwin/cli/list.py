"""``biotwin list``: scenarios with their plants, and what there is to name."""

from __future__ import annotations

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Describe the command line."""
    p = commands.add_parser("list", help="list scenarios, or what one of them can name")
    p.add_argument("scenario", nargs="?")
    p.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """All scenarios, or one with its pilots, instruments, loops, analysers and malfunctions."""
    from biotwin.session.library import content_folder, load_scenario, scenarios

    if arguments.scenario is None:
        found = scenarios()
        for slug, scenario in found.items():
            days = (scenario.duration - scenario.start_time) / 86.4e6
            print(f"{slug:28} {scenario.plant.slug:18} {days:6.2f} d  {scenario.title('en')}")
        if not found:
            print(f"No scenario stands under {content_folder()}/scenarios.")
        return 0
    scenario = load_scenario(arguments.scenario)
    unit, plant = scenario.plant.unit, scenario.plant
    rows = {
        "pilots": (*scenario.description.pilots, "nothing"), "instruments": unit.instruments, "loops": unit.loops,
        "phases": unit.phases, "analysers": unit.analysers, "field": unit.field,
        "malfunctions": [plant.short(a) for a in plant.malfunctions],
    }
    print(f"{scenario.slug}: {scenario.title('en')}")
    for title, names in rows.items():
        print(f"{title}: {', '.join(names)}")
    return 0
