"""``biotwin score [SCENARIO …]``: what each scenario's pilots are worth, and doing nothing."""

from __future__ import annotations

import argparse
from typing import Any

from biotwin.cli.progress import announce, say


def add(commands: Any) -> None:
    """Describe the command line."""
    p = commands.add_parser("score", help="fly a scenario's pilots and tell what each is worth")
    p.add_argument("scenarios", nargs="*", metavar="SCENARIO", help="default: all")
    p.add_argument("--keep", action="store_true", help="write them beside the scenario, as scores.json")
    p.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """One line for each scenario, each score out of 100."""
    from biotwin.pilots.scores import flown_scores, keep_scores
    from biotwin.session.library import load_scenario, scenario_slugs

    for slug in arguments.scenarios or scenario_slugs():
        scenario = load_scenario(slug)
        announce(scenario.plant)
        scores = flown_scores(scenario)
        told = "  ".join(f"{pilot} {100 * score:.0f}" for pilot, score in scores.pilots.items())
        print(f"{slug:28} {told}", flush=True)
        if arguments.keep:
            say(f"kept in {keep_scores(scenario.folder, scores).name}")
    return 0
