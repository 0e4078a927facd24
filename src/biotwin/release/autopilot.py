"""The laboratory and quality unattended: order everything, look into what is outside, answer what was observed as an
expert would, decide. It acts on the state and on the records, as a person could: it never reads what is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from biotwin.release import inputs as i
from biotwin.release.disposition import missing
from biotwin.release.facts import Fact
from biotwin.release.laboratory import SHORTEN
from biotwin.release.programme import applies
from biotwin.release.quality import environment_up_to_date, least_grade, needs_change, up_to_date
from biotwin.release.stability import allowed, awaited
from biotwin.release.state import Case, Deviation, Observation, Oos, State
from biotwin.release.step import Entry, advance, begin, step

MOST = 2000
"""Inputs at most: far beyond what a lot can ask for."""
CAPA_TIME = 30 * 86_400_000
"""A CAPA is due a month after it was planned: a usual target (recalled)."""
FATAL = frozenset({"oos_confirmed", "deviation_affects_lot", "integrity_failed", "clearance_short",
                   "parent_refused"})
"""What no waiting mends: the lot is rejected."""


@dataclass(frozen=True)
class Unattended:
    """Where it ended, what happened, and the journal that does it again."""

    state: State
    facts: tuple[Fact, ...]
    entries: tuple[Entry, ...]


def unattended(case: Case, state: State | None = None) -> Unattended:
    """Bring the lot to its disposition; it stays in quarantine where the file can never be complete."""
    state = begin() if state is None else state
    facts: tuple[Fact, ...] = ()
    entries: list[Entry] = []
    tried: set[tuple[i.Asked, int, int]] = set()
    while not state.disposition.outcome and len(entries) < MOST:
        item = next((asked for asked in _wanted(case, state) if _once(asked, state) not in tried), None)
        later = _later(case, state)
        if item is None and later is not None:
            state, more = advance(case, state, later)
            facts += more
            continue
        item = _shelf_life(case, state) if item is None else item
        item = _decision(case, state) if item is None else item
        entry = Entry(state.time, i.ROLES[type(item)], item)
        tried.add(_once(item, state))
        state, more = step(case, state, entry)
        facts += more
        entries.append(entry)
    return Unattended(state, facts, tuple(entries))


def routine(case: Case, until: int) -> Unattended:
    """What the sampling plan does by itself up to ``until`` (ms of the lot): each test is ordered at the moment when
    its stage is sampled, and the lot is put up on stability. Investigating, reading and deciding are left to people.
    """
    samples, stage = case.file.samples, case.book.stability.stage
    tests = sorted((samples[case.book.tests[slug].stage].taken, n, slug) for n, slug in enumerate(case.tests)
                   if case.book.tests[slug].stage in samples)
    entries = tuple(Entry(time, "laboratory", i.Request(slug)) for time, _, slug in tests if time <= until)
    if applies(case) and stage in samples and samples[stage].taken <= until:
        entries = (*entries, Entry(samples[stage].taken, "quality", i.PutUp()))
    entries = tuple(sorted(entries, key=lambda entry: entry.time))
    state = begin()
    facts: tuple[Fact, ...] = ()
    for entry in entries:
        state, more = step(case, state, entry)
        facts += more
    state, more = advance(case, state, max(until, state.time))
    return Unattended(state, facts + more, entries)


def _once(item: i.Asked, state: State) -> tuple[i.Asked, int, int]:
    """What is asked for but once: reading, once for each part of the file."""
    reading = isinstance(item, (i.ReviewRecords, i.ReviewEnvironment))
    return (item, state.records_read, state.environment_read) if reading else (item, 0, 0)


def _later(case: Case, state: State) -> int | None:
    """When the laboratory has news, or the next stage is sampled."""
    times = [run.ready for run in state.runs] + [oos.due for oos in state.investigations if oos.status == "checking"]
    times += [pull.ready for pull in (*awaited(case, state), *state.again_asked)]
    times += [line.time for line in case.file.records[max(0, state.records_read) :]]
    times += [line.time for line in case.file.environment[state.environment_read :]]
    times += [parent.disposed for parent in case.file.parents]
    times += [s.taken for stage, s in case.file.samples.items() if stage in case.stages]
    return min((time for time in times if time > state.time), default=None)


def _wanted(case: Case, state: State) -> Iterator[i.Input]:
    """What one would ask for now, the most urgent first."""
    samples = case.file.samples
    for slug in case.tests:
        test = case.book.tests[slug]
        if test.stage in samples and samples[test.stage].taken <= state.time:
            yield i.Request(slug)
    stage = case.book.stability.stage
    if applies(case) and state.study < 0 and stage in samples and samples[stage].taken <= state.time:
        yield i.PutUp()
    if not up_to_date(case, state):
        yield i.ReviewRecords()
    if not environment_up_to_date(case, state):
        yield i.ReviewEnvironment()
    for oos in state.investigations:
        yield from _investigation(case, state, oos)
    for trend in state.trends:
        if not trend.conclusion:
            usual = next(iter(case.book.quality.trend_conclusions))
            yield i.AssessTrend(trend.name, SHORTEN if trend.rule == "stability_limit" else usual)
    for observation in state.observations:
        if observation.status == "open":
            yield _answer(case, observation)
    for change in state.changes:
        if change.status == "open":
            yield i.CloseChange(change.name, True)
    for deviation in state.deviations:
        if deviation.closed < 0:
            yield from _leading_to_the_end(case, state, deviation)


def _investigation(case: Case, state: State, oos: Oos) -> Iterator[i.Input]:
    """By the book: phase I, then as many retests as are allowed at most, then what they say."""
    most = case.book.tests[oos.test].line.retest.most
    if oos.status == "open":
        yield i.CheckLaboratory(oos.name)
    elif oos.status == "checked" and oos.assignable:
        yield i.Invalidate(oos.name)
    elif oos.status == "checked" and most:
        yield i.PlanRetest(oos.name, most)
    elif oos.status == "checked" or not all(state.found(oos, n).inside for n in oos.retests):
        if oos.status in ("checked", "retested"):
            yield i.ConcludeOos(oos.name, "confirmed")
    elif oos.status == "retested":
        yield i.ConcludeOos(oos.name, "unconfirmed")


def _answer(case: Case, observation: Observation) -> i.Input:
    """What is minor and may be accepted is accepted; everything else is a deviation."""
    rule = case.book.quality.rules[observation.rule]
    if rule.accept and rule.grade == "minor" and not rule.affects:
        return i.AcceptObservation(observation.name, rule.title.en)
    return i.OpenDeviation((observation.name,), next(iter(case.book.quality.containments)))


def _leading_to_the_end(case: Case, state: State, deviation: Deviation) -> Iterator[i.Input]:
    """Classify, name the likeliest cause, plan what addresses it, conclude."""
    book = case.book.quality
    rules = [book.rules[o.rule] for o in state.observations if o.name in deviation.observations]
    impacts = tuple(dict.fromkeys(impact for rule in rules for impact in rule.impacts))
    yield i.ClassifyDeviation(deviation.name, least_grade(case, state, deviation, expert=True), impacts)
    cause = rules[0].causes[0]
    yield i.NameCause(deviation.name, cause)
    actions = tuple(slug for slug, action in book.actions.items() if cause in action.addresses)[:1]
    if actions and not deviation.actions:
        yield i.PlanCapa(deviation.name, actions, next(iter(book.owners)), state.time + CAPA_TIME,
                         next(iter(book.checks)))
    if needs_change(case, state, deviation):
        yield i.OpenChange(book.actions[deviation.actions[0]].title.en, book.causes[cause].title.en, deviation.name)
    yield i.CloseDeviation(deviation.name, any(rule.affects for rule in rules))


def _shelf_life(case: Case, state: State) -> i.Input | None:
    """The longest that the data allow, once everything is in."""
    months = allowed(case, state) if applies(case) and state.study >= 0 else 0
    return i.GrantShelfLife(months) if months and months != state.shelf_life else None


def _decision(case: Case, state: State) -> i.Input:
    """Certify a complete file, reject what no waiting mends, else leave it in quarantine."""
    absent = missing(case, state)
    if not absent:
        return i.Certify()
    fatal = any(m.code in FATAL for m in absent)
    said = ", ".join(f"{m.code} {m.subject}" for m in absent if not (fatal and m.code == "shelf_life_missing"))
    return i.Reject(said) if fatal else i.Quarantine(said)
