"""``{% island "cockpit.ts" %}``: the script and style tags of a Vite entry, read from the manifest.

Without a manifest (the islands are not built) nothing is written and the page works as a document.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@lru_cache(maxsize=4)
def _parsed(path: Path, changed: float) -> dict[str, dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))


def _entry(name: str) -> tuple[dict[str, dict[str, Any]], dict[str, Any] | None]:
    path = settings.CAMPUS_ISLANDS / "manifest.json"
    if not path.exists():
        return {}, None
    manifest = _parsed(path, path.stat().st_mtime)
    found = [value for key, value in manifest.items() if key == name or key.endswith("/" + name)]
    return manifest, found[0] if found else None


def _styles(manifest: dict[str, dict[str, Any]], entry: dict[str, Any]) -> list[str]:
    """The entry's own style sheets and those of the chunks that it imports, each once, in order."""
    seen: list[str] = []
    for name in entry.get("imports", ()):
        seen += [css for css in _styles(manifest, manifest[name]) if css not in seen]
    return seen + [css for css in entry.get("css", ()) if css not in seen]


@register.simple_tag
def island(name: str) -> SafeString:
    manifest, entry = _entry(name)
    if entry is None:
        return SafeString("")
    base = settings.STATIC_URL + "islands/"
    sheets = _styles(manifest, entry) + ([entry["file"]] if entry["file"].endswith(".css") else [])
    styles = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((base + css,) for css in sheets))
    scripts = [] if entry["file"].endswith(".css") else [(base + entry["file"],)]
    return styles + format_html_join("\n", '<script type="module" src="{}"></script>', scripts)
