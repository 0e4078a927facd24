"""A browser, one campus with the shipped content, and an eye on everything that every page does.

Every page of every test is watched: a violation of the content security policy, a request that leaves the origin,
an exception or a console error fails the test that opened it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import DESKTOP, Size, Watch, signed_in, spoken_in
from tests.browser.shipped import ShippedServer, shipped_campus

HERE = Path(__file__).parent
OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser last: Playwright's loop lives in this thread until the end, and Django refuses its database there."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None or HERE in item.path.parents)
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShippedServer]:
    """The server that the whole folder shares."""
    with shipped_campus(tmp_path_factory.mktemp("browser-campus")) as server:
        yield server


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What went wrong on any page of the test; ``expect`` names what a test provokes itself."""
    watch = Watch()
    yield watch
    assert watch.problems() == []


@pytest.fixture
def open_page(campus: ShippedServer, browser: Browser, watch: Watch) -> Iterator[OpenPage]:
    """``open_page("/", person="learner", language="en", size=PHONE, dark=True)`` is a browser of its own."""
    contexts = []

    def opened(path: str = "/", *, person: str = "", language: str = "fr", size: Size = DESKTOP, dark: bool = False,
               server: ShippedServer = campus) -> Page:
        context = browser.new_context(
            base_url=server.base, viewport={"width": size.width, "height": size.height}, locale="fr-FR",
            color_scheme="dark" if dark else "light", reduced_motion="reduce", has_touch=size.touch)
        context.set_default_timeout(20_000)
        contexts.append(context)
        watch.over(context, server.base)
        page = context.new_page()
        if person:
            signed_in(page, person)
        page.goto(path)
        spoken_in(page, language)
        return page

    yield opened
    for context in contexts:
        context.close()
