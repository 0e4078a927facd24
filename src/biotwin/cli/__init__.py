"""The command ``biotwin``: every subcommand is a module of one shape, ``add(commands)`` and ``run(arguments) -> int``.

Exit codes: 0 done, 1 done and something did not hold (a check, a strict test, a replay), 2 could not be done.
Results go to standard output, progress and errors to standard error; an error is one line that names a place.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from biotwin.errors import BiotwinError

COMMANDS = ("fly", "replay", "sample", "score", "golden", "qualify", "list", "check", "chain")
FAILED, IMPOSSIBLE, INTERRUPTED = 1, 2, 130


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    from biotwin import __version__

    top = argparse.ArgumentParser(prog="biotwin", description="Fly, replay, sample and qualify bioprocess twins.")
    top.add_argument("--version", action="version", version=f"biotwin {__version__}")
    top.add_argument("--content", metavar="FOLDER", help="content folder (default: the one that comes along)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"biotwin.cli.{name}").add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = parser().parse_args(arguments)
    if given.content:
        os.environ["BIOTWIN_CONTENT"] = given.content
    try:
        code: int = given.run(given)
        sys.stdout.flush()
        return code
    except BiotwinError as error:
        print(f"biotwin: {error}", file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"biotwin: {error.filename or ''}: {error.strerror or error}.", file=sys.stderr)
    except KeyboardInterrupt:
        print("biotwin: stopped.", file=sys.stderr)
        return INTERRUPTED
    return IMPOSSIBLE
