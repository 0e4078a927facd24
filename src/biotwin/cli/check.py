"""``biotwin check [FOLDER]``: validate all content; each complaint is ``file:line: what, and what next``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Describe the command line."""
    p = commands.add_parser("check", help="validate all content")
    p.add_argument("folder", nargs="?", type=Path, help="content folder (default: the one in use)")
    p.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 where nothing is wrong, 1 else."""
    from biotwin.cli.content import complaints, counted
    from biotwin.session.library import content_folder

    folder = (arguments.folder or content_folder()).resolve()
    found = complaints(folder)
    for line in found:
        print(line)
    print(f"{counted(folder)}; {len(found)} complaint{'' if len(found) == 1 else 's'}")
    return 1 if found else 0
