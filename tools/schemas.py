"""Write the JSON Schemas that help editors with content: ``content/schemas/{plant,scenario,charts}.schema.json``.

They are made from the very structs that read the files. ``--check`` changes nothing and fails if one is stale.
A YAML file names its schema in its first line: ``# yaml-language-server: $schema=../../schemas/plant.schema.json``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from biotwin.plant.description import PlantDescription
from biotwin.session.scenario_description import ScenarioDescription
from biotwin.views.console.chart_description import ChartsDescription

FOLDER = Path(__file__).resolve().parent.parent / "content" / "schemas"
ROOTS: dict[str, type[msgspec.Struct]] = {"plant": PlantDescription, "scenario": ScenarioDescription,
                                          "charts": ChartsDescription}


def schema(root: type[msgspec.Struct]) -> str:
    """The schema of one kind of file, as text."""
    (reference,), definitions = msgspec.json.schema_components([root], ref_template="#/$defs/{name}")
    document: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema", **reference, "$defs": definitions,
    }
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def stale() -> list[Path]:
    """The files that are missing or not what the structs say now."""
    paths = {FOLDER / f"{name}.schema.json": root for name, root in ROOTS.items()}
    return [path for path, root in paths.items()
            if not path.is_file() or path.read_text(encoding="utf-8") != schema(root)]


def main(arguments: list[str]) -> int:
    """Write what is stale, or say so with ``--check``."""
    found = stale()
    if "--check" in arguments:
        for path in found:
            print(f"content/schemas/{path.name} is stale: run make generate.")
        return 1 if found else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in found:
        path.write_text(schema(ROOTS[path.name.split(".")[0]]), encoding="utf-8")
        print(f"content/schemas/{path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
