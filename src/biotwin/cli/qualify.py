"""``biotwin qualify``: every reference test of every drawer, as a table, a page and a record."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from biotwin.cli.progress import Bar, say


def add(commands: Any) -> None:
    """Describe the command line."""
    p = commands.add_parser("qualify", help="run the reference tests")
    p.add_argument("--report", type=Path, metavar="FILE", help="HTML page with a plot per test")
    p.add_argument("--json", type=Path, metavar="FILE", help="one record per test")
    p.add_argument("--strict", action="store_true", help="exit with 1 where a test fails")
    p.add_argument("--oracle", action="store_true", help="run reference simulators too, where they are installed")
    p.add_argument("--drawer", action="append", default=[], help="only these drawers")
    p.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print a row per test and the count; 0 even where tests fail, unless ``--strict``."""
    from biotwin.errors import UnknownName, known
    from biotwin.qualification.judging import FAILED, SKIPPED, judged
    from biotwin.qualification.record import record_of, write_record
    from biotwin.qualification.references import declared, reference_files

    files = reference_files(oracle=arguments.oracle)
    names = {path.parent.name for path in files}
    for name in arguments.drawer:
        if name not in names:
            raise UnknownName(f"{name!r} has no reference tests.", where="--drawer", next_step=known(names))
    tests = [d for path in files if not arguments.drawer or path.parent.name in arguments.drawer
             for d in declared(path)]
    with Bar("Qualifying", len(tests)) as bar:
        verdicts = list(judged(tests, bar.to))
    for v in verdicts:
        value = "–" if v.value is None else f"{v.value:.6g}"
        print(f"{v.outcome:8} {v.declared.test.class_}  {v.declared.drawer:22} {v.declared.test.id:34} {value}")
    for v in verdicts:
        if v.outcome == FAILED:
            print(f"{v.declared.where}: {v.declared.test.id}: {v.miss}")
    for miss in sorted({v.miss for v in verdicts if v.outcome == SKIPPED}):
        print(f"skipped: {miss}")
    record = record_of(verdicts)
    skipped = f", {record.skipped} skipped" if record.skipped else ""
    for name, version in record.oracles.items():
        print(f"oracle: {name} {version}")
    print(f"{record.passed} passed, {record.failed} failed{skipped}")
    if arguments.json is not None:
        write_record(arguments.json, record)
        say(f"wrote {arguments.json}")
    if arguments.report is not None:
        from biotwin.qualification.report import write_report

        write_report(arguments.report, record, verdicts)
        say(f"wrote {arguments.report}")
    return 1 if arguments.strict and record.failed else 0
