"""Write the lock files from ``pyproject.toml``: every version and hash, for Python 3.11 and later, and no address.

``requirements/locked.txt`` holds everything that running, testing and building need; ``requirements/campus.txt``
is what a server needs; ``requirements/peers.txt`` is what the oracles need, from Python 3.12 on, in an environment of
their own. uv resolves; whatever index the person's own settings name is used and never written down.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"locked": ("dev",), "campus": ("campus", "plots")}
OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
           "--no-emit-find-links", "--no-annotate", "--no-header", "--quiet")


def lock(name: str, chosen: list[str], uv: str) -> None:
    """Resolve what is chosen into ``requirements/<name>.txt``."""
    target = f"requirements/{name}.txt"
    subprocess.run([uv, "pip", "compile", *chosen, *OPTIONS, "--upgrade", "-o", target],
                   cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    print(target)


def main() -> int:
    """Write all lock files; 1 with a message where uv is missing."""
    uv = shutil.which("uv") or shutil.which("uv", path=ROOT / ".venv" / "bin")
    if uv is None:
        print("uv is needed to resolve: pip install uv", file=sys.stderr)
        return 1
    for name, extras in LOCKS.items():
        lock(name, ["pyproject.toml", *(part for extra in extras for part in ("--extra", extra))], uv)
    lock("peers", ["--group", "peers"], uv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
