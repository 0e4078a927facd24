"""Static files under ASGI, without Internet and without a synchronous server in between.

Files are found by Django's own finders (each room's ``static`` folder), read once in a thread, and kept in memory with
their gzip; built islands carry a hash in their name and never change.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import mimetypes
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

HASHED = re.compile(r"[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
FOREVER = "public, max-age=31536000, immutable"
SQUEEZABLE = ("text/", "application/javascript", "application/json", "image/svg+xml")
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/manifest+json", ".webmanifest")


@dataclass(frozen=True)
class Stored:
    """A file as it is sent; ``stamp`` tells when it must be read again."""

    stamp: tuple[float, int]
    kind: str
    tag: str
    plain: bytes
    squeezed: bytes


_stored: dict[str, Stored] = {}


def _read(name: str) -> Stored | None:
    try:
        found = finders.find(name)
    except (SuspiciousFileOperation, ValueError):  # a way out of the folder, or a null byte
        return None
    if not found or not Path(found).is_file():
        return None
    path = Path(found)
    stat = path.stat()
    stamp = (stat.st_mtime, stat.st_size)
    kept = _stored.get(name)
    if kept is None or kept.stamp != stamp:
        plain = path.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        squeezed = gzip.compress(plain, 9) if kind.startswith(SQUEEZABLE) and len(plain) > 500 else b""
        kept = _stored[name] = Stored(stamp, kind, f'"{hashlib.sha256(plain).hexdigest()[:20]}"', plain, squeezed)
    return kept


async def static_file(scope: MutableMapping[str, Any], receive: Any, send: Send) -> None:
    """Answer GET and HEAD of one static file."""
    name = scope["path"][len(settings.STATIC_URL):]
    stored = await asyncio.to_thread(_read, name) if scope["method"] in ("GET", "HEAD") else None
    if stored is None:
        await _answer(send, 404, [(b"content-type", b"text/plain; charset=utf-8")], b"There is no such file.\n")
        return
    asked = {key.lower(): value for key, value in scope["headers"]}
    squeeze = bool(stored.squeezed) and b"gzip" in asked.get(b"accept-encoding", b"")
    cache = FOREVER if HASHED.search(name) and name.startswith("islands/") else "public, max-age=60"
    text = stored.kind.startswith("text/") or stored.kind.endswith(("json", "javascript"))
    headers = [
        (b"content-type", (stored.kind + ("; charset=utf-8" if text else "")).encode()), (b"etag", stored.tag.encode()),
        (b"cache-control", cache.encode()), (b"vary", b"accept-encoding"),
    ]
    if asked.get(b"if-none-match") == stored.tag.encode():
        await _answer(send, 304, headers, b"")
        return
    body = stored.squeezed if squeeze else stored.plain
    headers += [(b"content-length", str(len(body)).encode())] + ([(b"content-encoding", b"gzip")] if squeeze else [])
    await _answer(send, 200, headers, b"" if scope["method"] == "HEAD" else body)


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    headers = [*headers, (b"x-content-type-options", b"nosniff"), (b"cross-origin-resource-policy", b"same-origin")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
