"""A journal as a file: one JSON line of head, one line per entry, and digests that a replay must meet."""

from __future__ import annotations

from pathlib import Path

import msgspec

from biotwin.errors import DescriptionError, EngineMismatch, ReplayDiverged
from biotwin.session.engine import engine_digest, platform_fingerprint
from biotwin.session.flight import Flight
from biotwin.session.inputs import Entry
from biotwin.session.scenario import Scenario

SCHEMA = 1


class Head(msgspec.Struct, frozen=True, tag_field="line", tag="head"):
    """Which scenario, seed, engine and platform; ``schema`` of the lines that follow."""

    schema: int
    scenario: str
    scenario_digest: str
    plant_digest: str
    engine: str
    platform: str
    seed: str


class EntryLine(msgspec.Struct, frozen=True, tag_field="line", tag="entry"):
    entry: Entry


class DigestLine(msgspec.Struct, frozen=True, tag_field="line", tag="digest"):
    """The state's digest at a time (ms), hexadecimal."""

    time: int
    digest: str


Line = Head | EntryLine | DigestLine


def head_of(scenario: Scenario, seed: int) -> Head:
    """The head for a flight that starts now on this machine."""
    return Head(SCHEMA, scenario.slug, scenario.digest, scenario.plant.digest, engine_digest(),
                platform_fingerprint(), f"{seed:032x}")


def write_journal(path: Path, head: Head, lines: list[Entry | DigestLine]) -> None:
    """Write a journal, one line each."""
    encode = msgspec.json.encode
    rows = [encode(head), *(encode(EntryLine(item) if isinstance(item, Entry) else item) for item in lines)]
    path.write_bytes(b"\n".join(rows) + b"\n")


def read_journal(path: Path) -> tuple[Head, list[Entry], list[DigestLine]]:
    """Head, entries and digests; raises ``DescriptionError`` with the line number."""
    entries: list[Entry] = []
    digests: list[DigestLine] = []
    head: Head | None = None
    for number, raw in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            line = msgspec.json.decode(raw, type=Line)
        except msgspec.DecodeError as error:
            raise DescriptionError(f"is no journal line ({error}).", where=f"{path.name}:{number}") from None
        if isinstance(line, Head):
            head = line
        elif isinstance(line, EntryLine):
            entries.append(line.entry)
        else:
            digests.append(line)
    if head is None or head.schema != SCHEMA:
        raise DescriptionError(f"has no head of schema {SCHEMA}.", where=f"{path.name}:1")
    return head, entries, digests


def same_engine(head: Head) -> bool:
    """Whether a replay here must be equal to the bit."""
    return (head.engine, head.platform) == (engine_digest(), platform_fingerprint())


def replay(scenario: Scenario, head: Head, entries: list[Entry], digests: list[DigestLine]) -> Flight:
    """Fly a journal again and compare with its digests; raises ``EngineMismatch`` or ``ReplayDiverged``."""
    if head.plant_digest != scenario.plant.digest or head.scenario_digest != scenario.digest:
        raise EngineMismatch("the plant or the scenario has changed since this journal was written.")
    flight = Flight.begin(scenario, int(head.seed, 16))
    left = sorted(digests, key=lambda d: d.time)
    for entry in [*entries, None]:
        limit = scenario.duration if entry is None else entry.time
        while left and left[0].time <= limit:
            expected = left.pop(0)
            flight.advance(expected.time)
            if same_engine(head) and flight.digest().hex() != expected.digest:
                raise ReplayDiverged(f"the state at {expected.time} ms differs from the journal's.")
        if entry is not None:
            flight.advance(entry.time)
            flight.apply(entry)
    flight.settle()
    return flight
