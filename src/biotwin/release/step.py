"""The fold: ``step(case, state, entry) -> (state', facts)``. Nothing that it is given changes; no clock, no chance.

An input that cannot be understood raises ``InputInvalid`` and is not to be journaled. One that the procedure forbids
gives the fact ``refused`` and, time and what came back by then apart, the same state.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from biotwin.errors import InputInvalid, known
from biotwin.release import disposition, investigation, laboratory, programme, quality, stability
from biotwin.release import inputs as i
from biotwin.release.facts import Fact, refused
from biotwin.release.state import Case, State

Done = tuple[State, tuple[Fact, ...]]
CHECKED, PULLED, AGAIN = 2, 3, 4
"""Places of checks of effectiveness, of stability pulls and of their repeats among what is due at once."""


class Entry(msgspec.Struct, frozen=True):
    """One line of the journal: ``role`` is laboratory, quality or qualified_person."""

    time: i.Milliseconds
    role: str
    input: i.Input


def begin(time: int = 0) -> State:
    """Nothing ordered, nothing read."""
    return State(time=time)


def next_time(case: Case, state: State) -> int | None:
    """When the next thing comes back by itself, None where nothing is under way that is worth waiting for: later pulls
    of the stability programme come after the lot is gone, and a check of effectiveness is waited for in quarantine.
    """
    far = {PULLED: case.book.awaited + state.study, CHECKED: state.time}
    times = [max(time, state.time) for time, order, *_ in _due(case, state) if time <= far.get(order, time)]
    far_off = [state.again, *(parent.disposed for parent in case.file.parents)]
    return min(times + [time for time in far_off if time > state.time], default=None)


def advance(case: Case, state: State, until: int) -> Done:
    """Let time pass: results, phase I and effectiveness checks come back."""
    if until < state.time:
        raise InputInvalid(f"time cannot go back from {state.time} to {until}.", where="time")
    facts: tuple[Fact, ...] = ()
    while due := [d for d in _due(case, state) if d[0] <= until]:
        time, _, _, happen, item = min(due, key=lambda d: d[:3])
        state, more = happen(case, replace(state, time=max(time, state.time)), item)
        facts += more
    return replace(state, time=until), facts


def step(case: Case, state: State, entry: Entry) -> Done:
    """Let time pass until the entry, then do or refuse what it asks."""
    state, facts = advance(case, state, entry.time)
    validate(case, state, entry)
    subject = entry.input.__struct_config__.tag
    if entry.role != i.ROLES[type(entry.input)]:
        return state, (*facts, refused(state.time, str(subject), "wrong_role", needs=i.ROLES[type(entry.input)]))
    if state.disposition.final:
        return state, (*facts, refused(state.time, str(subject), "lot_disposed"))
    state, more = _ACTS[type(entry.input)](case, state, entry.input)
    return state, facts + more


def _due(case: Case, state: State) -> list[tuple[int, int, int, Callable[[Case, State, Any], Done], Any]]:
    """Time, order among what is due at once, and what then happens."""
    found: list[tuple[int, int, int, Callable[[Case, State, Any], Done], Any]] = []
    found += [(run.ready, 0, run.number, laboratory.arrive, run) for run in state.runs]
    found += [(oos.due, 1, n, investigation.checked, oos)
              for n, oos in enumerate(state.investigations) if oos.status == "checking"]
    found += [(d.due + case.book.waits[d.check], CHECKED, n, quality.effectiveness, d)
              for n, d in enumerate(state.deviations) if d.closed >= 0 and d.actions and not d.effective]
    found += [(pull.ready, PULLED, n, programme.arrive, pull) for n, pull in enumerate(stability.due(case, state))]
    found += [(due.ready, AGAIN, n, programme.arrive, due) for n, due in enumerate(state.again_asked)]
    return found


# --- validation: names that nothing has -------------------------------------------------------------------------------


def validate(case: Case, state: State, entry: Entry) -> None:
    """Raise ``InputInvalid`` where the entry names nothing that is known in this state, at the entry's time."""
    roles = set(i.ROLES.values())
    if entry.role not in roles:
        raise InputInvalid(f"there is no role {entry.role!r}.", where="role", next_step=known(roles))
    known_names = _names(case, state) | _choices(case, entry.input)
    for field in entry.input.__struct_fields__:
        names = known_names.get(field)
        value = getattr(entry.input, field)
        if names is None or (field == "deviation" and value == ""):
            continue
        for name in value if isinstance(value, tuple) else (value,):
            if name not in names:
                raise InputInvalid(f"there is no {name!r}.", where=field, next_step=known(names))


def _names(case: Case, state: State) -> dict[str, set[str]]:
    """What each field of an input may name."""
    q = case.book.quality
    return {
        "test": set(case.book.tests), "oos": {o.name for o in state.investigations},
        "trend": {t.name for t in state.trends}, "observation": {o.name for o in state.observations},
        "observations": {o.name for o in state.observations}, "deviation": {d.name for d in state.deviations},
        "change": {c.name for c in state.changes}, "containment": set(q.containments), "impacts": set(q.impacts),
        "cause": set(q.causes), "actions": set(q.actions), "owner": set(q.owners), "check": set(q.checks),
        "step": set(case.book.specification.reprocessing),
    }


def _choices(case: Case, item: i.Asked) -> dict[str, set[str]]:
    """The fields whose choices depend on the input."""
    if isinstance(item, i.AssessTrend):
        return {"conclusion": set(case.book.quality.trend_conclusions)}
    return {"justification": set(case.book.quality.justifications)} if isinstance(item, i.Resample) else {}


_ACTS: dict[type[i.Asked], Callable[[Case, State, Any], Done]] = {
    i.Request: laboratory.request, i.AssessTrend: laboratory.assess_trend,
    i.CheckLaboratory: investigation.check_laboratory, i.Invalidate: investigation.invalidate,
    i.PlanRetest: investigation.plan_retest, i.Resample: investigation.resample,
    i.ReportMean: investigation.report_mean, i.ConcludeOos: investigation.conclude_oos,
    i.PutUp: programme.put_up, i.GrantShelfLife: programme.grant,
    i.ReviewRecords: quality.review_records, i.ReviewEnvironment: quality.review_environment,
    i.AcceptObservation: quality.accept_observation, i.OpenDeviation: quality.open_deviation,
    i.ClassifyDeviation: quality.classify_deviation, i.NameCause: quality.name_cause, i.PlanCapa: quality.plan_capa,
    i.CloseDeviation: quality.close_deviation, i.OpenChange: quality.open_change, i.CloseChange: quality.close_change,
    i.Certify: disposition.certify, i.Reject: disposition.reject, i.Quarantine: disposition.quarantine,
    i.Reprocess: disposition.reprocess,
}
