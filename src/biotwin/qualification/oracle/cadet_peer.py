"""Run by the peer's own Python, never imported: reads CADET-Core's input as JSON on stdin, prints the outlet as JSON.

With ``--version`` it prints the peer's version instead. Needs cadet-core and h5py.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from typing import Any


def put(group: Any, tree: dict[str, Any]) -> None:
    """A tree as groups and data sets of an open file."""
    for name, value in tree.items():
        if isinstance(value, dict):
            put(group.create_group(name), value)
        else:
            group[name] = value.encode() if isinstance(value, str) else value


def solved(tree: dict[str, Any], path: str) -> list[list[float]]:
    """The outlet by time and component."""
    import h5py  # the peer's, absent from the product

    with h5py.File(path, "w") as file:
        put(file, {"input": tree})
    command = [os.path.join(os.path.dirname(sys.executable), "cadet-cli"), path]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with h5py.File(path) as file:
        found: list[list[float]] = file["output/solution/unit_000/SOLUTION_OUTLET"][...].tolist()
    return found


if __name__ == "__main__":
    if "--version" in sys.argv:
        print(version("cadet-core"))
    else:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(solved(json.load(sys.stdin), os.path.join(folder, "case.h5"))))
