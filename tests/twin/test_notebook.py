"""The notebook of ten lines flies, draws and samples as it stands (with fewer members)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest

import biotwin

NOTEBOOK = Path(__file__).parents[2] / "docs/notebooks/first-flight.ipynb"


def lines() -> list[str]:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_the_first_cell_is_ten_lines() -> None:
    assert len([line for line in lines()[0].splitlines() if line]) <= 10


def test_every_public_name_is_there() -> None:
    assert all(getattr(biotwin, name) for name in biotwin.__all__)
    with pytest.raises(AttributeError, match="teapot"):
        _ = biotwin.teapot


@pytest.mark.slow
def test_the_notebook_runs_as_it_stands() -> None:
    mpl.use("agg")
    scope: dict[str, Any] = {}
    for cell in lines():
        exec(cell.replace("200", "4"), scope)
    assert len(scope["outcomes"]) == 4
    assert scope["flight"].ended
