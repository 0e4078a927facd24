"""``python -m benchmarks [NAME…]``: print each figure with its goal and peer, and write ``build/bench.json``."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import benchmarks
from benchmarks.figure import Figure
from biotwin.session.engine import engine_digest, platform_fingerprint

OUT = Path("build/bench.json")


def registry() -> dict[str, ModuleType]:
    """Siblings of this module that measure something, by name; one whose peer is missing is left out, and said."""
    found = {}
    for entry in sorted(pkgutil.iter_modules(benchmarks.__path__), key=lambda e: e.name):
        if entry.name == "__main__":
            continue
        try:
            module = importlib.import_module(f"benchmarks.{entry.name}")
        except ModuleNotFoundError as error:
            print(f"{entry.name}: left out, {error.name} is not installed.", file=sys.stderr)
            continue
        if hasattr(module, "measure"):
            found[entry.name] = module
    return found


def measured(modules: dict[str, ModuleType]) -> Iterator[tuple[str, Figure]]:
    """Figures as they come, each with its module's name."""
    for name, module in modules.items():
        print(f"{name}: {(module.__doc__ or '').strip().splitlines()[0]}", file=sys.stderr, flush=True)
        for figure in module.measure():
            yield name, figure


def line(figure: Figure) -> str:
    """One figure for people."""
    parts = [f"{figure.name:44} {figure.value:10.4g} {figure.unit:12}"]
    if figure.goal is not None:
        sign = "≤" if figure.better == "lower" and figure.goal_of == "value" else "≥"
        of = "× peer" if figure.goal_of == "ratio" else figure.unit
        parts.append(f"goal {sign} {figure.goal:g} {of}: {'met' if figure.met else 'MISSED'}")
    if figure.peer:
        parts.append(f"peer {figure.peer} {figure.peer_value:.4g}, {figure.ratio:.3g}× as good")
    return "  ".join([*parts, *([figure.note] if figure.note else [])])


def main() -> int:
    """Run, print, write; 0 even where a goal is missed, unless ``--strict``."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these modules")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a goal is missed")
    arguments = parser.parse_args()
    modules = registry()
    unknown = set(arguments.names) - set(modules)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}. Known: {', '.join(modules)}.")
    chosen = {n: m for n, m in modules.items() if not arguments.names or n in arguments.names}
    rows: list[dict[str, object]] = []
    figures = []
    for module, figure in measured(chosen):
        print(line(figure), flush=True)
        figures.append(figure)
        rows.append({"module": module, **figure.row()})
    OUT.parent.mkdir(parents=True, exist_ok=True)
    head = {"date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "engine": engine_digest(),
            "platform": platform_fingerprint(), "cores": os.cpu_count(), "load": os.getloadavg()[0]}
    OUT.write_text(json.dumps({**head, "figures": rows}, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    missed = [f.name for f in figures if f.met is False]
    print(f"{len(figures)} figures, {len(missed)} goals missed{': ' + ', '.join(missed) if missed else ''}; {OUT}")
    return 1 if arguments.strict and missed else 0


if __name__ == "__main__":
    sys.exit(main())
