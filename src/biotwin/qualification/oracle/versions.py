"""Which reference simulators are at hand, and their versions."""

from __future__ import annotations

from contextlib import suppress
from importlib import metadata

from biotwin.qualification.oracle import cadet


def versions() -> dict[str, str]:
    """By name; what is not installed is left out."""
    found = {}
    for name, version in (("SciPy", lambda: metadata.version("scipy")), ("CADET-Core", cadet.version)):
        with suppress(ModuleNotFoundError):
            found[name] = version()
    return found
