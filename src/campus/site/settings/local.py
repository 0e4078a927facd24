"""``make run``: one person's machine, loopback only. As strict as production, except for TLS and the demo people."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from campus.site.settings.base import *  # noqa: F403
from campus.site.settings.base import CAMPUS_VAR


def _kept_secret(path: Path) -> str:
    """The machine's own random key, made once, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


SECRET_KEY = _kept_secret(CAMPUS_VAR / "secret_key")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
CAMPUS_DEMO_ALLOWED = True
