"""French and English: every page, every text and every catalogue has its twin, and neither is older in content."""

from __future__ import annotations

import re
from pathlib import Path

from tools import messages

WRONG_SPACE = re.compile(r"[\w»)*`]([ \u00a0])[;:!?](?:\s|$)")


def twin(name: str) -> str | None:
    """The name that the same page has in the other language, or None for what has no language."""
    for one, other in (("fr", "en"), ("en", "fr")):
        if name.startswith(f"docs/{one}/"):
            return f"docs/{other}/{name[8:]}"
        if name.endswith(f".{one}.md"):
            return name.removesuffix(f".{one}.md") + f".{other}.md"
    return None


def outline(path: Path) -> list[int]:
    """The levels of a page's headings, code blocks left out."""
    prose = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    return [len(mark) for mark in re.findall(r"^(#+) ", prose, flags=re.M)]


def test_every_text_has_its_twin(files, root):
    names = {path.relative_to(root).as_posix() for path in files}
    alone = sorted(name for name in names if (other := twin(name)) and other not in names)
    assert not alone, alone


def test_twins_of_the_documentation_have_the_same_outline(files, root):
    pages = [path for path in files if path.is_relative_to(root / "docs/fr") and path.suffix == ".md"]
    assert pages
    differ = [page.name for page in pages if outline(page) != outline(root / "docs/en" / page.name)]
    assert not differ, differ


def test_french_pages_use_the_narrow_space(files, root):
    texts = [path for path in files if path.suffix == ".md"
             and (path.is_relative_to(root / "docs/fr") or path.name.endswith(".fr.md"))]
    wrong = []
    for path in texts:
        prose = re.sub(r"```.*?```|`[^`\n]*`", lambda code: re.sub(r"[^\n]", "x", code[0]),
                       path.read_text(encoding="utf-8"), flags=re.S)
        wrong += [f"{path.relative_to(root)}:{number}" for number, line in enumerate(prose.splitlines(), 1)
                  if WRONG_SPACE.search(line)]
    assert not wrong, f"U+202F before ; : ! ?: {wrong}"


def test_catalogues_are_complete_and_fresh():
    template = messages.extracted()
    assert {language: messages.faults(language, template) for language in messages.LANGUAGES} == {"en": [], "fr": []}


def test_template_texts_are_found(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("""{% load i18n %}
    <p>It's "odd" ( {{ x|default:_("Nothing") }} {% translate "Level" context "tag" %}
  {% blocktranslate count n=lots|length trimmed %}
      {{ n }} lot
  {% plural %}
      {{ n }} lots
{% endblocktranslate %}</p>""")
    found = {(text, context) for _, text, _, context in messages.words_of(page)}
    assert found == {("Nothing", None), ("Level", "tag"), (("%(n)s lot", "%(n)s lots"), None)}


def test_a_catalogue_with_a_gap_is_noticed():
    template = messages.extracted()
    template.add("A sentence that nobody translated.")
    assert "missing: 'A sentence that nobody translated.'" in messages.faults("fr", template)
