"""Quality assurance: the batch record read, what it asks answered, deviations led to their end.

The engine holds people to the procedure (a grade below the least one, a deviation closed without cause or CAPA).
Whether they judged well, the debrief says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from msgspec.structs import replace

from biotwin.quantity import si
from biotwin.release import inputs as i
from biotwin.release.description import GRADES, RuleDescription
from biotwin.release.facts import Fact, refused
from biotwin.release.lot import IntegrityTest, Record
from biotwin.release.state import Case, Change, Deviation, Observation, Oos, State

Done = tuple[State, tuple[Fact, ...]]
FORMER = "stability"
"""The unit of an observation about a former lot in the programme."""


# --- reading ----------------------------------------------------------------------------------------------------------


def review_records(case: Case, state: State, item: i.ReviewRecords) -> Done:
    """Read what was not yet read; lines of one unit, kind and subject make one observation."""
    written = _written([r.time for r in case.file.records], state.time)
    new = (*case.file.records[max(0, state.records_read) : written], *failed_integrity(case, state))
    if not new and state.records_read >= 0:
        return state, (refused(state.time, "records", "nothing_new_to_review"),)
    state = replace(state, records_read=max(state.records_read, written))
    return _observed(case, state, new, Fact(state.time, "records_reviewed", "records", float(len(new))))


def review_environment(case: Case, state: State, item: i.ReviewEnvironment) -> Done:
    """Read the counts; those above the action limit are observations."""
    counted = _written([e.time for e in case.file.environment], state.time)
    new = case.file.environment[state.environment_read : counted]
    if not new:
        return state, (refused(state.time, "environment", "nothing_new_to_review"),)
    grades = case.book.specification.environment.grades
    lines = []
    for sample in new:
        limits = grades.get(sample.grade, {}).get(sample.method)
        if limits is not None and sample.count > limits.alert:
            level = "action" if sample.count > limits.action else "alert"
            lines.append(Record(sample.time, "environment", "environment_count", f"{sample.place}/{sample.method}",
                                sample.count, detail={"level": level, "grade": sample.grade}))
    state = replace(state, environment_read=counted)
    return _observed(case, state, lines, Fact(state.time, "environment_reviewed", "environment", float(len(new))))


def _written(times: Sequence[int], now: int) -> int:
    """How many lines, from the first, are written by now."""
    return next((n for n, time in enumerate(times) if time > now), len(times))


def failed_integrity(case: Case, state: State) -> tuple[Record, ...]:
    """A line for each failed integrity test that no observation is about yet."""
    known = {(o.unit, o.subject, o.first) for o in state.observations if o.kind == "integrity_failed"}
    done = [t for t in case.file.integrity if t.time <= state.time]
    return tuple(Record(t.time, t.unit, "integrity_failed", t.test, t.value or 0.0, detail={"mended": _mended(t, done)})
                 for t in done if not t.passed and (t.unit, t.test, t.time) not in known)


def _mended(failed: IntegrityTest, done: Sequence[IntegrityTest]) -> bool:
    """Whether a later test of that name passed and counts: wetted again, exchanged, tightened."""
    return any(t.test == failed.test and t.time > failed.time and t.passed and t.counts for t in done)


def records_read(case: Case, state: State) -> bool:
    """Whether the batch record was read to its last line."""
    return up_to_date(case, state) and state.records_read == len(case.file.records)


def up_to_date(case: Case, state: State) -> bool:
    """Whether everything was read that is written by now."""
    unread = state.records_read < _written([r.time for r in case.file.records], state.time)
    return not unread and not failed_integrity(case, state)


def environment_up_to_date(case: Case, state: State) -> bool:
    """Whether every count was read that is known by now."""
    return state.environment_read >= _written([e.time for e in case.file.environment], state.time)


def observe_oos(case: Case, state: State, oos: Oos, conclusion: str) -> Done:
    """What phase II concluded is an observation, too."""
    kind = "oos" if oos.pull < 0 else "stability"
    former = oos.pull >= 0 and state.pulls[oos.pull].lot and conclusion == "confirmed"
    line = Record(state.time, FORMER if former else "laboratory", f"{kind}_{conclusion}", oos.test)
    state, facts = _observed(case, state, (line,), None)
    return state, facts


def rule_for(case: Case, record: Record) -> tuple[str, RuleDescription] | None:
    """The first rule of the book that is about this line."""
    for slug, rule in case.book.quality.rules.items():
        if (rule.kind == record.kind and record.duration >= 1000.0 * si(rule.duration, "s")
                and (not rule.units or record.unit in rule.units)
                and all(record.detail.get(key) in values for key, values in rule.where.items())):
            return slug, rule
    return None


def _observed(case: Case, state: State, lines: Iterable[Record], told: Fact | None) -> Done:
    groups: dict[tuple[str, ...], list[Record]] = {}
    for record in lines:
        found = rule_for(case, record)
        if found is not None and not found[1].notes:
            level = str(record.detail.get("level", ""))
            once = (str(record.time),) if record.kind == "integrity_failed" else ()
            key = (found[0], record.unit, record.kind, record.subject, level, *once)
            groups.setdefault(key, []).append(record)
    facts = [told] if told is not None else []
    for (rule, unit, kind, subject, level, *_), records in groups.items():
        times = [record.time for record in records]
        observation = Observation(f"obs-{len(state.observations) + 1}", rule, unit, kind, subject, level, len(records),
                                  min(times), max(times), sum(record.duration for record in records))
        state = state.put(observation)
        facts.append(Fact(state.time, "observation_opened", observation.name, float(len(records)),
                          {"rule": rule, "unit": unit, "subject": subject}))
    return state, tuple(facts)


# --- answering --------------------------------------------------------------------------------------------------------


def accept_observation(case: Case, state: State, item: i.AcceptObservation) -> Done:
    observation = _observation(state, item.observation)
    if observation.status != "open":
        return state, (refused(state.time, observation.name, "observation_taken"),)
    if not case.book.quality.rules[observation.rule].accept:
        return state, (refused(state.time, observation.name, "deviation_needed"),)
    state = state.put(replace(observation, status="accepted", justification=item.justification))
    return state, (Fact(state.time, "observation_accepted", observation.name),)


def open_deviation(case: Case, state: State, item: i.OpenDeviation) -> Done:
    taken = [_observation(state, name) for name in dict.fromkeys(item.observations)]
    for observation in taken:
        if observation.status != "open":
            return state, (refused(state.time, observation.name, "observation_taken"),)
    name = f"dev-{len(state.deviations) + 1}"
    for observation in taken:
        state = state.put(replace(observation, status="deviation", deviation=name))
    state = state.put(Deviation(name, tuple(o.name for o in taken), state.time, item.containment))
    return state, (Fact(state.time, "deviation_opened", name, float(len(taken)), {"containment": item.containment}),)


def least_grade(case: Case, state: State, deviation: Deviation, *, expert: bool = False) -> str:
    """The lowest grade that the procedure allows; with ``expert`` the grade that an expert gives."""
    rules = [case.book.quality.rules[_observation(state, name).rule] for name in deviation.observations]
    return max((rule.grade if expert else rule.least for rule in rules), key=GRADES.index)


def classify_deviation(case: Case, state: State, item: i.ClassifyDeviation) -> Done:
    deviation = _deviation(state, item.deviation)
    if deviation.closed >= 0:
        return state, (refused(state.time, deviation.name, "deviation_closed"),)
    least = least_grade(case, state, deviation)
    if GRADES.index(item.grade) < GRADES.index(least):
        return state, (refused(state.time, deviation.name, "grade_too_low", least=least),)
    state = state.put(replace(deviation, grade=item.grade, impacts=item.impacts))
    return state, (Fact(state.time, "deviation_classified", deviation.name, 0.0, {"grade": item.grade}),)


def name_cause(case: Case, state: State, item: i.NameCause) -> Done:
    deviation = _deviation(state, item.deviation)
    if deviation.closed >= 0:
        return state, (refused(state.time, deviation.name, "deviation_closed"),)
    state = state.put(replace(deviation, cause=item.cause))
    return state, (Fact(state.time, "cause_named", deviation.name, 0.0, {"cause": item.cause}),)


def plan_capa(case: Case, state: State, item: i.PlanCapa) -> Done:
    deviation = _deviation(state, item.deviation)
    reason = ("deviation_closed" if deviation.closed >= 0 else "cause_missing" if not deviation.cause
              else "capa_due_past" if item.due < state.time else "")
    if reason:
        return state, (refused(state.time, deviation.name, reason),)
    state = state.put(replace(deviation, actions=tuple(dict.fromkeys(item.actions)), owner=item.owner, due=item.due,
                              check=item.check, effective=""))
    return state, (Fact(state.time, "capa_planned", deviation.name, float(item.due), {"owner": item.owner}),)


def close_deviation(case: Case, state: State, item: i.CloseDeviation) -> Done:
    """Only once it is classified, its cause named and, from major on, its CAPA planned."""
    deviation = _deviation(state, item.deviation)
    reason = ("deviation_closed" if deviation.closed >= 0 else "not_classified" if not deviation.grade
              else "cause_missing" if not deviation.cause
              else "capa_missing" if deviation.grade != "minor" and not deviation.actions
              else "capa_did_not_work" if deviation.effective == "recurred"
              else "change_needed" if needs_change(case, state, deviation) else "")
    if reason:
        return state, (refused(state.time, deviation.name, reason),)
    state = state.put(replace(deviation, closed=state.time, affects_lot=item.affects_lot))
    return state, (Fact(state.time, "deviation_closed", deviation.name, 0.0, {"affects_lot": item.affects_lot}),)


def needs_change(case: Case, state: State, deviation: Deviation) -> bool:
    """Whether its CAPA changes what is validated or filed, and no change control is about it."""
    changes = any(case.book.quality.actions[slug].change for slug in deviation.actions)
    return changes and not any(change.deviation == deviation.name for change in state.changes)


def true_causes(case: Case, units: Sequence[str]) -> frozenset[str]:
    """The causes of the book that explain what was really wrong in these units; else what people and chance do."""
    wrong = [m.malfunction for m in case.file.malfunctions if m.unit in set(units)]
    wrong += [FORMER] if FORMER in units else []
    causes = case.book.quality.causes
    found = {slug for slug, cause in causes.items()
             if any(fnmatchcase(name, pattern) for name in wrong for pattern in cause.explains)}
    return frozenset(found or {slug for slug, cause in causes.items() if not cause.explains})


def units_of(state: State, deviation: Deviation) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_observation(state, name).unit for name in deviation.observations))


def effectiveness(case: Case, state: State, deviation: Deviation) -> Done:
    """The check after the CAPA: what addresses no true cause comes back."""
    works = will_work(case, state, deviation)
    if works:
        deviation = replace(deviation, effective="effective")
    else:  # it came back: the deviation is open again, and asks for another CAPA
        deviation = replace(deviation, effective="recurred", closed=-1)
    state = state.put(deviation)
    return state, (Fact(state.time, "effectiveness_known", deviation.name, 0.0, {"effective": works}),)


def will_work(case: Case, state: State, deviation: Deviation) -> bool:
    """Whether any action of the CAPA addresses what was really wrong. True state: the check, and the debrief."""
    causes = true_causes(case, units_of(state, deviation))
    return any(causes & set(case.book.quality.actions[slug].addresses) for slug in deviation.actions)


# --- changes ----------------------------------------------------------------------------------------------------------


def open_change(case: Case, state: State, item: i.OpenChange) -> Done:
    change = Change(f"chg-{len(state.changes) + 1}", item.subject, item.reason, item.deviation, state.time)
    return state.put(change), (Fact(state.time, "change_opened", change.name, 0.0, {"deviation": item.deviation}),)


def close_change(case: Case, state: State, item: i.CloseChange) -> Done:
    change = next(c for c in state.changes if c.name == item.change)
    if change.status != "open":
        return state, (refused(state.time, change.name, "change_closed"),)
    state = state.put(replace(change, status="approved" if item.approved else "refused", closed=state.time))
    return state, (Fact(state.time, "change_closed", change.name, 0.0, {"approved": item.approved}),)


def _observation(state: State, name: str) -> Observation:
    found = state.observation(name)
    if found is None:
        raise KeyError(name)
    return found


def _deviation(state: State, name: str) -> Deviation:
    found = state.deviation(name)
    if found is None:
        raise KeyError(name)
    return found
