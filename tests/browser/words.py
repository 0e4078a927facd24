"""Which words of the other language stand on a page: strings of the catalogues, and small words that give it away."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from babel.messages.pofile import read_po
from playwright.sync_api import Page

from tests.campus.server import ROOT

SMALL = {
    "en": r"\b(the|your|with|and|this|flight|flights|about|simulated|from|into|no account|sign)\b",
    "fr": r"\b(le|les|des|une|vous|est|dans|vol|vols|avec|sur|aucun|aucune)\b",
}
# Every text that is shown, and what a screen reader says instead; not what is marked as another language.
SHOWN = """() => {
  const told = [], seen = (node) => node.checkVisibility({ visibilityProperty: true });
  const lang = document.documentElement.lang;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.parentElement, own = at.closest("[lang]")?.lang ?? lang;
    if (at.closest("script, style, code, kbd, .mono") || own !== lang || !seen(at)) continue;
    told.push(node.textContent.trim());
  }
  for (const at of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    if ((at.closest("[lang]")?.lang ?? lang) !== lang || !seen(at)) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt"]) told.push(at.getAttribute(name)?.trim());
  }
  return told.filter(Boolean);
}"""


@lru_cache
def catalogue(language: str) -> frozenset[str]:
    """What this language says in words that the other does not share."""
    other = "en" if language == "fr" else "fr"
    found = set()
    for words in json.loads((ROOT / "islands" / "strings.json").read_text()).values():
        if words[language].lower() != words[other].lower():
            found.add(words[language])
    with (ROOT / "src/campus/locale/fr/LC_MESSAGES/django.po").open("rb") as file:
        messages = read_po(file)
    for message in messages:
        if message.id and isinstance(message.id, str) and message.string and message.string != message.id:
            found.add(message.id if language == "en" else str(message.string))
    return frozenset(one for one in found if len(one) > 3 and "{" not in one and "%(" not in one)


def foreign(page: Page, language: str) -> list[str]:
    """What on a page in ``language`` is said in the other language."""
    other = "en" if language == "fr" else "fr"
    own, strange = catalogue(language), catalogue(other)
    told = dict.fromkeys(re.sub(r"\s+", " ", one) for one in page.evaluate(SHOWN))
    return [one for one in told
            if (one in strange and one not in own) or re.search(SMALL[other], one, re.IGNORECASE)]
