"""The small drawers, each with its bench, as parameters of the tests."""

from __future__ import annotations

import pytest

from tests.drawers.bench import DRAWERS, TICKED, drawer


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``drawer``: each small drawer; ``ticked``: those with ``advance``; ``broken``: each with each malfunction."""
    if "drawer" in metafunc.fixturenames:
        metafunc.parametrize("drawer", [drawer(s) for s in DRAWERS], ids=DRAWERS)
    if "ticked" in metafunc.fixturenames:
        metafunc.parametrize("ticked", [drawer(s) for s in TICKED], ids=TICKED)
    if "broken" in metafunc.fixturenames:
        pairs = [(d, m) for d in map(drawer, DRAWERS) for m in d.malfunctions]
        metafunc.parametrize("broken", pairs, ids=[f"{d.slug}-{m}" for d, m in pairs])
