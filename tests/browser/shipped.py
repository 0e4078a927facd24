"""A real server process over the shipped content, whatever content other tests have put in the environment."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from campus.site.commands import compile_words
from tests.campus.server import ROOT, Server, environment, prepared_database

SHIPPED = {"CAMPUS_CONTENT": str(ROOT / "content")}
WARM = ("import django; django.setup(); from campus.simulator.warming import one_per_plant, warm_up; "
        "print(len(list(warm_up(one_per_plant()))))")


class ShippedServer(Server):
    """The server of the other tests, with ``content/`` as it ships."""

    def start(self, *, wait: bool = True, **variables: str) -> None:
        super().start(wait=wait, **SHIPPED, **variables)


def shipped_campus(folder: Path) -> ShippedServer:
    """A campus with one person per role, in ``folder``; its kernels are compiled, it is not started yet."""
    compile_once()
    prepared_database(folder)
    return ShippedServer(folder)


@cache
def compile_once() -> None:
    """The catalogues and the kernels, into the caches that every server of this run shares."""
    compile_words(ROOT / "src" / "campus" / "locale")
    with TemporaryDirectory() as folder:
        surroundings = environment(Path(folder)) | SHIPPED
        subprocess.run([sys.executable, "-c", WARM], env=surroundings, check=True, cwd=ROOT, timeout=400)
