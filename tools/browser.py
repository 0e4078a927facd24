"""Find the browser for the tests: an installed Chrome or Chromium, else Debian's package where we may install it.

Prints the path. ``find`` only looks; ``provide`` may install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
       "/Applications/Chromium.app/Contents/MacOS/Chromium")
MISSING = """No Chrome or Chromium was found, and it cannot be installed from here (that needs apt-get and root).
Install one and see that it is on PATH. On Debian: apt-get install chromium
Everything except the browser tests runs without it: make test-fast"""


def find() -> str | None:
    """Path of an installed browser of the Chromium family, or None; the variable BROWSER_PATH overrules."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return shutil.which(named)
    on_path = next((path for path in map(shutil.which, NAMES) if path), None)
    return on_path or next((path for path in MAC if Path(path).exists()), None)


def install() -> None:
    """Debian's own package, where apt-get exists and we are root; else nothing."""
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    print("Installing Debian's chromium for the browser tests…", file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"],
                    ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run(command, env=environment, check=False, stdout=sys.stderr)


def provide() -> str | None:
    """A browser, installed if need be; None where there is none to be had."""
    if find() is None:
        install()
    return find()


if __name__ == "__main__":
    path = provide()
    print(path) if path else print(MISSING, file=sys.stderr)
    sys.exit(0 if path else 1)
