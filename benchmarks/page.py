"""The page of the cockpit: how much JavaScript a browser loads for it, gzipped, as the Vite manifest names it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from benchmarks.campus.serving import ROOT
from benchmarks.figure import Figure

ISLANDS = ROOT / "src" / "campus" / "site" / "static" / "islands"
PAGES = ROOT / "src" / "campus" / "simulator" / "templates" / "simulator"
GOAL_KB = 110.0
GZIP = 9


def loaded(manifest: dict[str, Any], entry: str) -> set[str]:
    """Files of an entry and of all that it imports before it runs."""
    files: set[str] = set()
    waiting = [entry]
    while waiting:
        chunk = manifest[waiting.pop()]
        if chunk["file"] not in files:
            files.add(chunk["file"])
            waiting += chunk.get("imports", [])
    return {file for file in files if file.endswith(".js")}


def later(manifest: dict[str, Any], entry: str) -> set[str]:
    """What comes on top, only when it is asked for."""
    return {file for chunk in manifest[entry].get("dynamicImports", []) for file in loaded(manifest, chunk)}


def kilobytes(files: set[str]) -> float:
    return sum(len(gzip.compress((ISLANDS / file).read_bytes(), GZIP)) for file in files) / 1000.0


def measure() -> list[Figure]:
    """Each page's entry with its imports; chunks that are loaded later are told beside it."""
    path: Path = ISLANDS / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    entries = {name: each for name, each in manifest.items() if each.get("isEntry") and each["file"].endswith(".js")}
    figures = []
    for name in sorted(entries):
        files = loaded(manifest, name)
        more = later(manifest, name) - files
        note = f"{len(files)} files" + (f", {kilobytes(more):.1f} kB more on demand" if more else "")
        page = entries[name].get("name", Path(name).stem)
        figures.append(Figure(f"page {page}: JavaScript, gzip", kilobytes(files), "kB", goal=GOAL_KB, note=note))
    return figures
