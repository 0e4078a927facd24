"""The campus's words: extract them, bring the catalogues up to date, compile and check them, with Babel alone.

Source strings are English. The English catalogue repeats them, the French one must be complete. ``check`` fails on
a missing, fuzzy or stale entry, and on a French one whose placeholders differ from the source's.

    python tools/messages.py extract update compile      # what `make messages` does
    python tools/messages.py check                       # what `make lint` does
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CAMPUS = ROOT / "src" / "campus"
TEMPLATE = ROOT / "build" / "django.pot"
LANGUAGES = ("en", "fr")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None, "gettext_noop": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")
EPOCH = datetime(2025, 1, 1, tzinfo=UTC)  # a catalogue changes when its words do, not with the clock

Found = tuple[int, str | tuple[str, ...], list[str], str | None]


def words_of(path: Path) -> Iterator[Found]:
    """Every marked string of one Python file or Django template: line, text(s), comments, context."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django's own lexer turns a template into calls of gettext; indentation would only confuse the tokenizer.
        calls = templatize(source, origin=str(path))
        source = "\n".join(line.strip() for line in calls.splitlines())
    yield from extract("python", io.BytesIO(source.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})


def sources() -> list[Path]:
    """The files that may hold words, in a fixed order."""
    code = [path for path in CAMPUS.rglob("*.py") if "migrations" not in path.parts]
    pages = [path for path in CAMPUS.rglob("templates/**/*") if path.suffix in {".html", ".txt", ".svg"}]
    return sorted(code + pages)


def extracted() -> Catalog:
    """A fresh template catalogue from all sources."""
    catalog = _empty(None)
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        for line, text, comments, context in words_of(path):
            if text and text != ("", ""):
                catalog.add(text, None, [(name, line)], auto_comments=comments, context=context)
    return catalog


def _empty(language: str | None) -> Catalog:
    """A catalogue without words: its header, the same every day."""
    return Catalog(language, header_comment="# SPDX-License-Identifier: Apache-2.0", charset="utf-8",
                   project="Campus Biotech Digital", version="1", creation_date=EPOCH, revision_date=EPOCH,
                   msgid_bugs_address="see CONTRIBUTING.md", last_translator="the contributors",
                   language_team="the contributors", fuzzy=False)


def catalogue_path(language: str) -> Path:
    """Where a language's words stand."""
    return CAMPUS / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """A language's catalogue; an empty one where there is none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(catalog: Catalog, path: Path) -> None:
    """One catalogue to disk: sorted, file names without line numbers, nothing obsolete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True,
                 omit_header=False)


def update() -> None:
    """Merge new source strings into every catalogue; an English text stands for itself."""
    template = extracted()
    for language in LANGUAGES:
        kept, merged = read(language), _empty(language)
        for message in _messages(template):
            known = kept.get(message.id, context=message.context)
            text = known.string if known is not None and not known.fuzzy else ""
            if language == "en":
                text = message.id
            merged.add(message.id, text, message.locations, auto_comments=message.auto_comments,
                       context=message.context, flags=message.flags - {"fuzzy"})
        write(merged, catalogue_path(language))
        missing = sum(not _complete(message) for message in _messages(merged))
        print(f"{catalogue_path(language).relative_to(ROOT)}: {len(merged)} texts, {missing} to translate")


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _key(message: Message) -> tuple[str, str]:
    first = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
    return message.context or "", first


def _complete(message: Message) -> bool:
    texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return bool(texts) and all(texts)


def _placeholders_kept(message: Message) -> bool:
    source = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    allowed = [set(PLACEHOLDER.findall(text)) for text in source if text]
    return all(set(PLACEHOLDER.findall(text)) in allowed for text in texts if text)


def faults(language: str, template: Catalog) -> list[str]:
    """What is wrong with one catalogue, one line each."""
    wanted = {_key(message) for message in _messages(template)}
    present = {_key(message): message for message in _messages(read(language))}
    found = [f"missing: {text!r}" for _, text in sorted(wanted - present.keys())]
    found += [f"stale: {text!r}" for _, text in sorted(present.keys() - wanted)]
    for key, message in sorted(present.items()):
        if message.fuzzy:
            found.append(f"fuzzy: {key[1]!r}")
        elif not _complete(message):
            found.append(f"not translated: {key[1]!r}")
        elif not _placeholders_kept(message):
            found.append(f"placeholders differ: {key[1]!r}")
    return found


def check() -> int:
    """1 with every fault printed, else 0."""
    template = extracted()
    lines = [f"{catalogue_path(language).relative_to(ROOT)}: {fault}"
             for language in LANGUAGES for fault in faults(language, template)]
    print("\n".join(lines) + "\nBring them up to date with `make messages`, then translate." if lines
          else f"messages: {len(template)} texts, complete in {' and '.join(LANGUAGES)}")
    return 1 if lines else 0


def compile_all() -> None:
    """Write the binary catalogues that Django reads; they are built, never committed."""
    for language in LANGUAGES:
        path = catalogue_path(language)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, read(language))


COMMANDS: dict[str, Callable[[], int | None]] = {
    "extract": lambda: write(extracted(), TEMPLATE), "update": update, "compile": compile_all, "check": check,
}


def main(names: list[str]) -> int:
    """Run the named commands in order; the first that fails ends it."""
    if not names or set(names) - COMMANDS.keys():
        print(__doc__, file=sys.stderr)
        return 2
    return next((code for name in names if (code := COMMANDS[name]())), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
