"""Laws of the prose: both languages complete, French set as French is, response sheets that say what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.content.garden import CONTENT, DESCRIPTIONS, PLANTS, SCENARIOS, plain, plant, texts

THIN = "\u202f"
LOOSE = re.compile(rf"[^{THIN}][:;!?%»](?=\s|$)|[^{THIN}\s][;!?»]|«[^{THIN}]")
"""A double sign without its narrow no-break space (a colon inside a word or a time is none)."""
BARE_UNIT = re.compile(r"\d (?:%|°C|mbar|mmHg|L/h|L/min|mL|kg|mmol/L|g/L)(?![A-Za-zé])")
LOOSE_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3})+(?!\w)")
TAG = re.compile(r"(?<![\w-])(?!A280)[A-Z]{1,4}\d{3}[A-Z]?(?!\w)")
"""A tag as no screen writes it: TT303 for TT-303. A280 is light of 280 nm."""
CODE = re.compile(r"```.*?```|`[^`]*`|^\|[-| :]+\|$", re.S | re.M)
FRENCH_PAGES = sorted(CONTENT.glob("scenarios/*/*.fr.md")) + [CONTENT / "README.fr.md"]
described = pytest.mark.parametrize("path", DESCRIPTIONS, ids=lambda p: p.parent.name)


def badly_set(text: str) -> list[str]:
    return [m.group() for rule in (LOOSE, BARE_UNIT, LOOSE_THOUSANDS) for m in rule.finditer(text)]


def test_the_rule_sees_what_it_should() -> None:
    assert all(badly_set(wrong) for wrong in ("Pourquoi ?", "Pourquoi?", "40 %", "« non »", "10 000 flacons"))
    assert not badly_set(f"Pourquoi{THIN}? À 40{THIN}%, «{THIN}oui{THIN}»{THIN}: 7:30, 6,95.")


@described
def test_every_text_is_there_in_both_languages(path: Path) -> None:
    found = list(texts(plain(path)))
    assert found
    for where, text in found:
        assert set(text) == {"fr", "en"}, where
        assert all(str(text[language]).strip() for language in ("fr", "en")), where


@described
def test_french_texts_have_their_narrow_spaces(path: Path) -> None:
    wrong = {where: badly_set(str(text["fr"])) for where, text in texts(plain(path)) if badly_set(str(text["fr"]))}
    assert not wrong


@pytest.mark.parametrize("path", FRENCH_PAGES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_french_pages_have_their_narrow_spaces(path: Path) -> None:
    assert not badly_set(CODE.sub(f"code{THIN}", path.read_text(encoding="utf-8")))


@described
def test_tags_are_written_as_the_screen_writes_them(path: Path) -> None:
    said = [(where, str(words)) for where, text in texts(plain(path)) for words in text.values()]
    pages = [(page.name, page.read_text(encoding="utf-8")) for page in sorted(path.parent.glob("*.md"))]
    assert not [(where, found[0]) for where, words in said + pages if (found := TAG.search(words))]


@described
def test_english_texts_have_no_french_spaces(path: Path) -> None:
    assert not [where for where, text in texts(plain(path)) if THIN in str(text["en"])]


@pytest.mark.parametrize("folder", PLANTS, ids=lambda p: p.name)
def test_every_alarm_has_a_response_sheet_that_asks_for_something(folder: Path) -> None:
    for tag, alarm in plant(folder).unit.alarms.items():
        for part in (alarm.response.cause, alarm.response.consequence, alarm.response.action):
            assert min(len(part.fr), len(part.en)) > 10, tag
        assert str(alarm.response.time), tag


@pytest.mark.parametrize("folder", SCENARIOS, ids=lambda p: p.name)
def test_nothing_is_left_to_be_done(folder: Path) -> None:
    for path in folder.iterdir():
        assert not re.search(r"\b(TODO|TBD|FIXME|lorem)\b", path.read_text(encoding="utf-8"), re.I), path.name
