"""A real campus for the tests: Django in process for pages and services, a real server process for flights."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "campus.site.settings.test"
os.environ["CAMPUS_VAR"] = tempfile.mkdtemp(prefix="campus-test-")
os.environ["CAMPUS_CONTENT"] = os.path.join(os.environ["CAMPUS_VAR"], "content")

import django
import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTENT = Path(os.environ["CAMPUS_CONTENT"])
CONTENT.mkdir()
(CONTENT / "plants").symlink_to(ROOT / "content" / "plants")
(CONTENT / "scenarios").symlink_to(ROOT / "tests" / "campus" / "content")
(CONTENT / "chains").symlink_to(ROOT / "tests" / "campus" / "chains")
(CONTENT / "laboratory").mkdir()
for part in ("methods", "quality", "texts"):  # procedures as they ship, a small specification of our own
    (CONTENT / "laboratory" / f"{part}.yaml").symlink_to(ROOT / "content" / "laboratory" / f"{part}.yaml")
(CONTENT / "laboratory" / "repeats").symlink_to(ROOT / "tests" / "campus" / "laboratory" / "repeats")
for part in ("specification", "clearance", "filing", "stability"):
    (CONTENT / "laboratory" / f"{part}.yaml").symlink_to(ROOT / "tests" / "campus" / "laboratory" / f"{part}.yaml")
from campus.site.commands import compile_words  # noqa: E402

compile_words(ROOT / "src" / "campus" / "locale")
django.setup()

from tests.campus.server import Server, prepared_database  # noqa: E402


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with one person per role; their password is ``server.PASSWORD``."""
    return prepared_database(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def campus(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that the whole session shares."""
    with fresh(prepared, tmp_path_factory.mktemp("campus")) as server:
        yield server


@pytest.fixture
def own_campus(prepared: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, to be killed and restarted."""
    with fresh(prepared, tmp_path) as server:
        yield server


def fresh(prepared: Path, folder: Path) -> Server:
    shutil.copy(prepared, folder / "campus.sqlite3")
    return Server(folder)
