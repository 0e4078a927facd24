"""The shipped plants, and one drawn by nobody: what a teacher has the minute the file validates."""

from __future__ import annotations

from pathlib import Path

import pytest

from biotwin.plant.compiler import compile_plant
from biotwin.plant.plant import Plant
from biotwin.session.library import content_folder

SLUGS = sorted(p.parent.name for p in content_folder().glob("plants/*/plant.yaml"))
DRAWN_BY_NOBODY = Path(__file__).with_name("undrawn")


@pytest.fixture(params=SLUGS)
def plant(request: pytest.FixtureRequest) -> Plant:
    return compile_plant(content_folder() / "plants" / request.param)


@pytest.fixture(params=[s for s in SLUGS if "-usp-" in s])
def bioreactor(request: pytest.FixtureRequest) -> Plant:
    """The plants around BR-101, which the tests know by their tags."""
    return compile_plant(content_folder() / "plants" / request.param)


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def undrawn() -> Plant:
    """Two bottles, a pump that feeds nothing, a valve and a jacket loop on their own; no vessel, no overlay."""
    return compile_plant(DRAWN_BY_NOBODY)
