"""``build/qualification.json``: what a machine reads of a qualification run."""

from __future__ import annotations

import time as wall
from collections.abc import Sequence
from pathlib import Path

import msgspec

from biotwin.qualification.judging import FAILED, PASSED, SKIPPED, Verdict
from biotwin.qualification.oracle.versions import versions
from biotwin.qualification.references import ORACLE
from biotwin.session.engine import engine_digest, platform_fingerprint


class Row(msgspec.Struct, frozen=True, rename={"class_": "class"}):
    """One test as data."""

    id: str
    drawer: str
    class_: str
    signal: str
    time: str
    metric: str
    reference: float | list[float]
    value: float | None
    tolerance: float
    passed: bool
    outcome: str
    miss: str
    reason: str
    source: str


class Run(msgspec.Struct, frozen=True):
    """When and with what: ``date`` is UTC, ISO 8601; ``engine`` and ``platform`` are those of the journal's head."""

    date: str
    engine: str
    platform: str
    passed: int
    failed: int
    skipped: int
    tests: list[Row]
    oracles: dict[str, str] = {}
    """Version of each reference simulator that took part, by name."""


def row_of(verdict: Verdict) -> Row:
    """A verdict as a row."""
    test = verdict.declared.test
    return Row(
        id=test.id, drawer=verdict.declared.drawer, class_=test.class_, signal=test.signal, time=str(test.time),
        metric=test.metric, reference=test.reference, value=verdict.value, tolerance=test.tolerance,
        passed=verdict.passed, outcome=verdict.outcome, miss=verdict.miss, reason=test.reason.en, source=test.source,
    )


def record_of(verdicts: Sequence[Verdict]) -> Run:
    """The record of a whole run, dated now."""
    counts = {outcome: sum(v.outcome == outcome for v in verdicts) for outcome in (PASSED, FAILED, SKIPPED)}
    return Run(
        date=wall.strftime("%Y-%m-%dT%H:%M:%SZ", wall.gmtime()), engine=engine_digest(),
        platform=platform_fingerprint(), **counts, tests=[row_of(v) for v in verdicts],
        oracles=versions() if any(v.declared.drawer == ORACLE for v in verdicts) else {},
    )


def write_record(path: Path, run: Run) -> None:
    """Write the record as indented JSON; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=2) + b"\n")
