"""``biotwin replay JOURNAL``: fly a journal again and compare with every digest that it carries."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from biotwin.cli.progress import Bar, announce, say


def add(commands: Any) -> None:
    """Describe the command line."""
    p = commands.add_parser("replay", help="fly a journal again and compare")
    p.add_argument("journal", type=Path)
    p.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 where all digests are met, or where the build differs and bits cannot be compared (it is said)."""
    from biotwin.errors import ReplayDiverged
    from biotwin.session.journal import read_journal, replay, same_engine
    from biotwin.session.library import load_scenario

    head, entries, digests = read_journal(arguments.journal)
    scenario = load_scenario(head.scenario)
    announce(scenario.plant)
    with Bar("Replaying", 1.0):
        try:
            flight = replay(scenario, head, entries, digests)
        except ReplayDiverged as error:
            say(f"biotwin: {arguments.journal.name}: {error}")
            return 1
    compared = (f"equal to the bit at {len(digests)} digests" if same_engine(head) else
                "written by another engine build or platform: bits were not compared")
    print(f"{scenario.slug}: {len(entries)} inputs, to {flight.time / 3.6e6:.3f} h; {compared}; "
          f"state {flight.digest().hex()}")
    return 0
