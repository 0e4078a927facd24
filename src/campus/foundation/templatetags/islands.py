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
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
SITE_WORDS = (
    "A tag, an action, a page…", "Close", "Found", "Light or dark",
    "Nothing has these words. Try part of a tag, such as “pH”.", "Search", "Search: tags, actions, pages",
    "action", "on this page", "page",
)


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


@lru_cache(maxsize=4)
def _words(path: Path, changed: float, language: str) -> SafeString:
    table = json.loads(path.read_text(encoding="utf-8"))
    own = {source: table[source][language] for source in SITE_WORDS if source in table}
    told = json.dumps(own, ensure_ascii=False).replace("<", "\\u003c")
    return format_html('<script type="application/json" id="strings">{}</script>', mark_safe(told))


@register.simple_tag
def site_words() -> SafeString:
    """The words of ``site.ts`` in the page's language, from the table of the islands."""
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    path = settings.ROOT / "islands" / "strings.json"
    return _words(path, path.stat().st_mtime, language) if path.exists() else SafeString("")


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
