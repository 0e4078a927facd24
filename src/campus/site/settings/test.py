"""The tests' settings: a file database (several threads share it), fast password hashes, no demo people by default."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from campus.site.settings.base import *  # noqa: F403
from campus.site.settings.base import DATABASES

CAMPUS_VAR = Path(os.environ.get("CAMPUS_VAR") or tempfile.mkdtemp(prefix="campus-test-"))
DATABASES["default"]["NAME"] = CAMPUS_VAR / "campus.sqlite3"
DATABASES["default"]["TEST"] = {"NAME": CAMPUS_VAR / "test.sqlite3"}
SECRET_KEY = "tests-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if os.environ.get("CAMPUS_PAGES"):  # a disk that is full: SQLite may not add a page (fewer than there are means "none")
    DATABASES["default"]["OPTIONS"]["init_command"] += f" PRAGMA max_page_count={int(os.environ['CAMPUS_PAGES'])};"
