"""A small plant of the tests' own (a bottle, a pump, a jacket) and the real ones, each loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from biotwin.session.library import load_scenario
from biotwin.session.scenario import Scenario

CONTENT = Path(__file__).parent / "content"


@pytest.fixture(scope="session")
def mini() -> Scenario:
    """A day of the small plant: its kernel compiles in seconds."""
    return load_scenario("mini", CONTENT)


@pytest.fixture(scope="session")
def batch() -> Scenario:
    """Fourteen days of the 2,000 L fed-batch."""
    return load_scenario("first-batch")


@pytest.fixture(params=["mini", pytest.param("batch", marks=pytest.mark.slow)])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Every law of a session holds on both plants."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]
