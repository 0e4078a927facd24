"""What becomes of the lot: certified by the qualified person (pharmacien responsable) once its file is complete,
rejected, kept in quarantine, or reprocessed where the dossier files it.

A log reduction is a claim of the qualification: the lot can lose it, by leaving the validated range, never raise it.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from biotwin.quantity import si
from biotwin.release import inputs as i
from biotwin.release.description import StepDescription
from biotwin.release.facts import MISSING, Fact, refused
from biotwin.release.laboratory import verdict
from biotwin.release.lot import Record
from biotwin.release.programme import applies
from biotwin.release.quality import records_read
from biotwin.release.stability import allowed
from biotwin.release.state import Case, Disposition, State

Done = tuple[State, tuple[Fact, ...]]
DAY = 86_400_000
LOT = "lot"
"""Subject of facts about the lot: its own name may be its seed, which nobody is told."""
BEYOND = ("proven_acceptable_range", "critical")
"""Levels of a crossed limit that end a claim: the studies were done inside."""


class Missing(msgspec.Struct, frozen=True):
    """What keeps the lot from being certified: a code of ``facts.MISSING``, and what it is about."""

    code: str
    subject: str


class StepClaim(msgspec.Struct, frozen=True):
    """``lost``: empty, else not_run, left_range or integrity."""

    step: str
    claim: float
    lost: str


class Claim(msgspec.Struct, frozen=True):
    """Clearance of one virus, log10: what the qualification gives for the steps that this lot may count."""

    virus: str
    required: float
    total: float
    steps: tuple[StepClaim, ...]


def claims(case: Case) -> tuple[Claim, ...]:
    """The claim for each virus, step by step."""
    found = []
    for virus, described in case.book.clearance.viruses.items():
        steps = tuple(StepClaim(slug, step.claims[virus], _lost(case, step))
                      for slug, step in case.book.clearance.steps.items() if virus in step.claims)
        found.append(Claim(virus, described.required, sum(s.claim for s in steps if not s.lost), steps))
    return tuple(found)


def _lost(case: Case, step: StepDescription) -> str:
    if step.unit not in case.file.units:
        return "not_run"
    since = case.file.again.get(step.unit, 0)
    records = [record for record in case.file.records if record.unit == step.unit and record.time >= since]
    tolerated = 1000.0 * si(step.tolerated, "s")
    if any(_ends(step, record) and record.duration >= tolerated for record in records):
        return "left_range"
    if any(_stay(records, phase) < 1000.0 * si(least, "s") for phase, least in step.phases.items()):
        return "left_range"
    return "" if step.integrity is None or integrity(case, step.integrity) else "integrity"


def _ends(step: StepDescription, record: Record) -> bool:
    """Whether this is a crossing that the step's studies do not cover."""
    if record.kind != "limit_crossed" or record.detail.get("level") not in BEYOND:
        return False
    for pattern, need in step.needs.items():
        outside = ((need.low is not None and record.value < need.low)
                   or (need.high is not None and record.value > need.high) or (need.low is None and need.high is None))
        if outside and fnmatchcase(record.subject, pattern):
            return True
    return False


def _stay(records: list[Record], phase: str) -> int:
    """The longest stay in a phase, ms."""
    starts = [(r.time, r.subject.rpartition("/")[2]) for r in records if r.kind == "phase_started"]
    stays = [after - time for (time, name), (after, _) in pairwise(starts) if name == phase]
    return max(stays, default=0)


def integrity(case: Case, test: str) -> bool | None:
    """The outcome of the last test of that name that counts, None where the file has none."""
    of_name = [t for t in case.file.integrity if t.test == test and t.counts]
    return sorted(of_name, key=lambda t: t.time)[-1].passed if of_name else None


def missing(case: Case, state: State) -> tuple[Missing, ...]:
    """Everything that keeps the lot from being certified, in the order of the file."""
    found = [*_tests(case, state), *_answers(case, state), *_proofs(case, state)]
    assert all(item.code in MISSING for item in found)
    return tuple(found)


def _tests(case: Case, state: State) -> list[Missing]:
    codes = {"missing": "test_missing", "under_way": "test_under_way", "open": "oos_open", "fails": "oos_confirmed"}
    verdicts = ((slug, verdict(state, slug)) for slug in case.tests)
    found = [Missing(codes[said], slug) for slug, said in verdicts if said in codes]
    found += [Missing("stability_open", o.test) for o in state.investigations if o.pull >= 0 and o.status != "closed"]
    return found + [Missing("trend_open", t.name) for t in state.trends if not t.conclusion]


def _answers(case: Case, state: State) -> list[Missing]:
    found = [] if records_read(case, state) else [Missing("records_unreviewed", "records")]
    found += [Missing("observation_open", o.name) for o in state.observations if o.status == "open"]
    found += [Missing("deviation_open", d.name) for d in state.deviations if d.closed < 0]
    found += [Missing("deviation_affects_lot", d.name) for d in state.deviations if d.closed >= 0 and d.affects_lot]
    return found + [Missing("change_open", c.name) for c in state.changes if c.status == "open"]


def _proofs(case: Case, state: State) -> list[Missing]:
    found = []
    if case.book.specification.environment.stage in case.stages:
        if not case.file.environment:
            found.append(Missing("environment_missing", "environment"))
        elif state.environment_read < len(case.file.environment):
            found.append(Missing("environment_unreviewed", "environment"))
    for slug, needed in case.book.specification.integrity.items():
        outcome = integrity(case, slug)
        if needed.stage in case.stages and not outcome:
            found.append(Missing("integrity_missing" if outcome is None else "integrity_failed", slug))
    found += [Missing("parent_open" if state.time < parent.disposed else "parent_refused", parent.lot)
              for parent in case.file.parents if state.time < parent.disposed or parent.outcome != "certified"]
    found += _shelf(case, state)
    return found + [Missing("clearance_short", c.virus) for c in claims(case) if c.total < c.required - 1e-9]


def _shelf(case: Case, state: State) -> list[Missing]:
    """On stability, and a shelf life that the data still allow."""
    if not applies(case):
        return []
    if state.study < 0:
        return [Missing("not_on_stability", "stability")]
    if not state.shelf_life:
        return [Missing("shelf_life_missing", "stability")]
    return [Missing("shelf_life_beyond", "stability")] if state.shelf_life > allowed(case, state) else []


# --- the decision -----------------------------------------------------------------------------------------------------


def certify(case: Case, state: State, item: i.Certify) -> Done:
    """Refused, with the list, while anything is missing."""
    if state.time < state.disposition.until:
        return state, (refused(state.time, LOT, "in_quarantine"),)
    absent = missing(case, state)
    if absent:
        said = " ".join(f"{item.code}:{item.subject}" for item in absent)
        return state, (refused(state.time, LOT, "file_incomplete", missing=said, count=len(absent)),)
    return _disposed(case, state, "certified", "")


def reject(case: Case, state: State, item: i.Reject) -> Done:
    return _disposed(case, state, "rejected", item.reason)


def quarantine(case: Case, state: State, item: i.Quarantine) -> Done:
    """Longer than before, never shorter: what was to be waited for is waited for still."""
    until = max(state.disposition.until, state.time + item.days * DAY)
    state, facts = _disposed(case, state, "quarantine", item.reason)
    return replace(state, disposition=replace(state.disposition, until=until)), facts


def reprocess(case: Case, state: State, item: i.Reprocess) -> Done:
    """Only a step that the dossier files, and only while the lot is still before the stage that ends it."""
    step = case.book.specification.reprocessing[item.step]
    if not step.filed:
        return state, (refused(state.time, item.step, "not_filed"),)
    if step.before is not None and step.before in case.file.samples:
        return state, (refused(state.time, item.step, "too_late"),)
    return _in_place(case, state, item.step) if step.removes else _disposed(case, state, "reprocess", item.step)


def _in_place(case: Case, state: State, name: str) -> Done:
    """Once, on a lot whose results are understood: what was found stays in the file, what is left is tested anew."""
    step = case.book.specification.reprocessing[name]
    about = [oos for oos in state.investigations if oos.test in step.tests and oos.pull < 0]
    sample = case.file.samples.get(step.stage)
    reason = ("reprocessed_already" if state.reprocessed else "not_sampled" if sample is None
              else "investigate_first" if any(oos.status != "closed" for oos in about)
              else "nothing_to_mend" if not any(oos.conclusion == "confirmed" for oos in about) else "")
    if reason:
        return state, (refused(state.time, name, reason),)
    again = state.time + round(1000.0 * si(step.lasts, "s"))
    results = tuple(replace(r, superseded=r.superseded or r.test in step.tests) for r in state.results)
    investigations = tuple(replace(o, superseded=o.superseded or o in about) for o in state.investigations)
    state = replace(state, reprocessed=name, again=again, results=results, investigations=investigations)
    return state, (Fact(state.time, "reprocessed", name, step.discards, {"ready": again}),)


def _disposed(case: Case, state: State, outcome: str, reason: str) -> Done:
    state = replace(state, disposition=Disposition(outcome, state.time, reason))
    return state, (Fact(state.time, "disposed", LOT, 0.0, {"outcome": outcome, "reason": reason}),)
