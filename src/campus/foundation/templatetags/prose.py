"""``{{ text|markdown }}``: authored Markdown as clean HTML (no raw HTML, no scripts, no styles)."""

from __future__ import annotations

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

register = template.Library()
_reader = MarkdownIt("commonmark", {"html": False}).enable("table")
_tags = {"p", "em", "strong", "ul", "ol", "li", "code", "pre", "h2", "h3", "h4", "blockquote", "a", "br", "hr",
         "table", "thead", "tbody", "tr", "th", "td"}


@register.filter
def markdown(text: str) -> SafeString:
    html = _reader.render(text or "")
    return mark_safe(nh3.clean(html, tags=_tags, attributes={"a": {"href"}}, url_schemes={"https"}))
