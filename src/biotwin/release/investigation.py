"""Out of specification: phase I in the laboratory, phase II with retests fixed in advance, a conclusion.

The same for a test of release and for a pull on stability. Single results stand, and no mean takes their place; a
result is struck out for an assignable cause only. One that phase II did not confirm stays to be read and drawn beside
its retests; by itself it neither fails the lot nor begins or ends a shelf life (``stability``).
"""

from __future__ import annotations

from msgspec.structs import replace

from biotwin.randomness import stream_key, uniform
from biotwin.release import inputs as i
from biotwin.release.assay import draw, mistake_made
from biotwin.release.facts import Fact, refused
from biotwin.release.laboratory import address_of, ordered
from biotwin.release.oos import closed
from biotwin.release.programme import limit_left, pulled_again, pulled_at
from biotwin.release.quality import observe_oos, up_to_date
from biotwin.release.state import REPEAT, RESAMPLE, RETEST, Case, Oos, Result, State

Done = tuple[State, tuple[Fact, ...]]


def check_laboratory(case: Case, state: State, item: i.CheckLaboratory) -> Done:
    """Begin phase I."""
    oos = _of(state, item.oos)
    if oos.status == "closed":
        return state, (refused(state.time, oos.name, "oos_closed"),)
    if oos.status != "open":
        return state, (refused(state.time, oos.name, "checked_already"),)
    due = state.time + case.book.phase_one
    told = Fact(state.time, "oos_checking", oos.name, 0.0, {"ready": due})
    return state.put(replace(oos, status="checking", due=due)), (told,)


def checked(case: Case, state: State, oos: Oos) -> Done:
    """Phase I ends: a mistake is found only if there was one, with the sensitivity that the method states."""
    result, test = state.began(oos), case.book.tests[oos.test]
    address = address_of(case, oos.test) if isinstance(result, Result) else pulled_at(case, result)
    slug = mistake_made(test, draw(case.seed, address, result.series, result.ordinal).mistake)
    luck = float(uniform(stream_key(case.seed, f"{address}/phase_one"), result.ordinal))
    found = slug if slug and luck < test.mistakes[slug].description.found else ""
    state = state.put(replace(oos, status="checked", assignable=found, due=-1))
    return state, (Fact(state.time, "oos_checked", oos.name, 0.0, {"assignable": found}),)


def invalidate(case: Case, state: State, item: i.Invalidate) -> Done:
    """Strike out the result and repeat the test, for an assignable cause only."""
    oos = _of(state, item.oos)
    if oos.status != "checked":
        return state, (refused(state.time, oos.name, _too_early(oos)),)
    if not oos.assignable:
        return state, (refused(state.time, oos.name, "no_assignable_cause"),)
    state = _struck_out(state, oos).put(replace(oos, status="repeating"))
    state, facts = _again(case, state, oos, REPEAT)
    told = Fact(state.time, "result_invalidated", oos.name, 0.0, {"assignable": oos.assignable, "test": oos.test})
    return state, (told, *facts)


def _struck_out(state: State, oos: Oos) -> State:
    """The determination that opened it stays to be read, and counts no more."""
    if oos.pull >= 0:
        return replace(state, pulls=tuple(replace(p, invalidated=True) if place == oos.pull else p
                                          for place, p in enumerate(state.pulls)))
    return replace(state, results=tuple(replace(r, invalidated=True) if r.number == oos.result else r
                                        for r in state.results))


def _again(case: Case, state: State, oos: Oos, purpose: str, number: int = 1) -> Done:
    """The test once more, or so many times, on what the laboratory kept of the same sample or pull."""
    if oos.pull >= 0:
        return pulled_again(case, state, oos, purpose, number)
    return ordered(case, state, oos.test, purpose, oos.name, number)


def plan_retest(case: Case, state: State, item: i.PlanRetest) -> Done:
    """Phase II: the number is fixed now, and once."""
    oos = _of(state, item.oos)
    allowed = case.book.tests[oos.test].line.retest
    reason = "retest_planned_already" if oos.planned else "" if oos.status == "checked" else _too_early(oos)
    if not reason and oos.assignable:
        reason = "cause_known"
    elif not reason and allowed.most == 0:
        reason = "retest_not_permitted"
    elif not reason and not allowed.least <= item.number <= allowed.most:
        reason = "retest_number"
    if reason:
        return state, (refused(state.time, oos.name, reason, least=allowed.least, most=allowed.most),)
    state = state.put(replace(oos, status="retesting", planned=item.number))
    state, facts = _again(case, state, oos, RETEST, item.number)
    return state, (Fact(state.time, "retest_planned", oos.name, float(item.number), {"test": oos.test}), *facts)


def resample(case: Case, state: State, item: i.Resample) -> Done:
    """A new sample, only where the first is documented not to represent the lot."""
    oos = _of(state, item.oos)
    justification = case.book.quality.justifications[item.justification]
    reason = "" if oos.status in ("checked", "retested") else _too_early(oos)
    if not reason and oos.assignable:
        reason = "cause_known"
    elif not reason and not justification.accepted:
        reason = "justification_not_accepted"
    elif not reason and justification.needs and not _on_record(case, state, justification.needs, oos):
        reason = "no_record_of_it"
    if reason:
        return state, (refused(state.time, oos.name, reason, justification=item.justification),)
    state = state.put(replace(oos, status="resampling", justification=item.justification))
    state, facts = _again(case, state, oos, RESAMPLE)
    told = Fact(state.time, "resample_ordered", oos.name, 0.0, {"justification": item.justification})
    return state, (told, *facts)


def _on_record(case: Case, state: State, kind: str, oos: Oos) -> bool:
    """Whether the reviewed part of the batch record has such a line about this test, or about its stage. It says
    nothing of the vials in a stability chamber.
    """
    subjects = (oos.test, oos.test.partition(".")[0])
    read = case.file.records[: max(0, state.records_read)] if oos.pull < 0 else ()
    return any(r.kind == kind and r.subject in subjects for r in read)


def report_mean(case: Case, state: State, item: i.ReportMean) -> Done:
    """Never: a mean of results inside and outside hides the one outside."""
    return state, (refused(state.time, item.oos, "averaging_hides"),)


def conclude_oos(case: Case, state: State, item: i.ConcludeOos) -> Done:
    """Close phase II; what was concluded becomes an observation that a deviation must answer for. A pull that stays out
    of its limits asks for a decision on the shelf life, too.
    """
    oos = _of(state, item.oos)
    reason = _not_to_be_concluded(case, state, oos, item.conclusion)
    if reason:
        return state, (refused(state.time, oos.name, reason),)
    state, facts = closed(state, oos, item.conclusion)
    state, more = observe_oos(case, state, oos, item.conclusion)
    if oos.pull < 0 or item.conclusion != "confirmed":
        return state, facts + more
    state, last = limit_left(state, oos)
    return state, facts + more + last


def _not_to_be_concluded(case: Case, state: State, oos: Oos, conclusion: str) -> str:
    """Phase II includes the batch record of this lot; that of a former lot was reviewed when it was released."""
    if oos.status not in ("checked", "retested", "resampled"):
        return _too_early(oos)
    if oos.assignable:
        return "cause_known"
    if conclusion == "confirmed":
        return ""
    if oos.status == "resampled":
        return "" if state.result(oos.resample).inside else "retest_outside"
    if case.book.tests[oos.test].line.retest.most == 0:
        return "retest_not_permitted"
    if oos.status != "retested":
        return "retest_first"
    if not all(state.found(oos, number).inside for number in oos.retests):
        return "retest_outside"
    elsewhere = oos.pull >= 0 and state.pulls[oos.pull].lot != ""
    return "" if elsewhere or up_to_date(case, state) else "review_first"


def _too_early(oos: Oos) -> str:
    """Why an investigation at this point cannot go on in this way."""
    if oos.status == "closed":
        return "oos_closed"
    if oos.status == "open":
        return "laboratory_check_first"
    return "retest_planned_already" if oos.status == "retested" else "still_running"


def _of(state: State, name: str) -> Oos:
    found = state.oos(name)
    if found is None:
        raise KeyError(name)
    return found
