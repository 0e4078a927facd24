"""Journals are written, read and flown again; one that was touched, or does not fit, says so."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from biotwin.errors import DescriptionError, EngineMismatch, ReplayDiverged
from biotwin.pilots.scripted import script
from biotwin.session.flight import Flight
from biotwin.session.inputs import Entry
from biotwin.session.journal import DigestLine, head_of, read_journal, replay, same_engine, write_journal
from biotwin.session.scenario import Scenario

HOUR = 3_600_000


@pytest.fixture
def flown(mini: Scenario, tmp_path: Path) -> tuple[Path, Flight]:
    """A pilot's flight with a digest every five hours."""
    entries = script(mini, "wins")
    flight = Flight.begin(mini, 77)
    lines: list[Entry | DigestLine] = list(entries)
    for hours in (5, 10, 15):
        flight.run(hours * HOUR, [e for e in entries if (hours - 5) * HOUR <= e.time < hours * HOUR])
        lines.append(DigestLine(hours * HOUR, flight.digest().hex()))
    path = tmp_path / "j.jsonl"
    write_journal(path, head_of(mini, 77), lines)
    return path, flight


def test_a_replay_meets_every_digest(mini: Scenario, flown: tuple[Path, Flight]) -> None:
    head, entries, digests = read_journal(flown[0])
    assert same_engine(head)
    assert len(entries) == 2
    assert len(digests) == 3
    again = replay(mini, head, entries, digests)
    again.advance(flown[1].time)
    assert again.digest() == flown[1].digest()


def test_a_replay_that_diverges_says_where(mini: Scenario, flown: tuple[Path, Flight]) -> None:
    head, entries, digests = read_journal(flown[0])
    with pytest.raises(ReplayDiverged, match=str(5 * HOUR)):
        replay(mini, head, entries[1:], digests)


def test_another_engine_is_not_compared_to_the_bit(mini: Scenario, flown: tuple[Path, Flight]) -> None:
    head, entries, digests = read_journal(flown[0])
    other = msgspec.structs.replace(head, engine="0" * 32)
    assert not same_engine(other)
    replay(mini, other, entries[1:], digests)


def test_a_changed_plant_is_refused(mini: Scenario, flown: tuple[Path, Flight]) -> None:
    head, entries, digests = read_journal(flown[0])
    with pytest.raises(EngineMismatch):
        replay(mini, msgspec.structs.replace(head, plant_digest="0" * 32), entries, digests)


@pytest.mark.parametrize(("line", "number"), [("{not json", 2), ('{"line":"dance"}', 2), ('{"line":"entry"}', 2)])
def test_a_broken_line_is_named(flown: tuple[Path, Flight], line: str, number: int) -> None:
    lines = flown[0].read_text().splitlines()
    lines.insert(number - 1, line)
    flown[0].write_text("\n".join(lines))
    with pytest.raises(DescriptionError, match=rf"j\.jsonl:{number}"):
        read_journal(flown[0])


def test_a_journal_without_head_is_refused(flown: tuple[Path, Flight]) -> None:
    flown[0].write_text("\n".join(flown[0].read_text().splitlines()[1:]))
    with pytest.raises(DescriptionError, match="head"):
        read_journal(flown[0])
