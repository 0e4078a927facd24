"""What all tests share: the browser that is installed, started so that it renders anywhere and asks nobody; chance.

A property test draws the same cases each time, so that a failure is of the change at hand; ``make explore`` draws new
ones, and what it finds stays as an ``@example``.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings

from tools.browser import MISSING, find

FLAGS = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]

settings.register_profile("same cases", derandomize=True)
settings.register_profile("new cases", print_blob=True)
settings.load_profile("same cases")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Playwright's own driver with the machine's Chrome or Chromium: no browser is downloaded."""
    path = find()
    if path is None:
        pytest.fail(MISSING, pytrace=False)
    return browser_type_launch_args | {"executable_path": path, "args": FLAGS}
