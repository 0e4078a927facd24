"""The laboratory: tests ordered and coming back, out-of-specification results looked into, trends seen.

No testing into compliance: a test that has a result is done again only after an assignable cause was found, or as a
retest whose number was fixed in advance; single results stand, and no mean takes their place.
"""

from __future__ import annotations

from msgspec.structs import replace

from biotwin.randomness import stream_key, uniform
from biotwin.release import inputs as i
from biotwin.release.assay import determine, draw, mistake_made, true_value
from biotwin.release.book import SpecifiedTest
from biotwin.release.facts import Fact, refused
from biotwin.release.lot import Sample
from biotwin.release.quality import observe_oos, up_to_date
from biotwin.release.state import FIRST, REPEAT, RESAMPLE, RETEST, Case, Oos, Result, Run, State, Trend
from biotwin.release.trend import out_of_trend

Done = tuple[State, tuple[Fact, ...]]
SHORTEN = "shorten"
"""What a stability result out of its limits asks for: the only conclusion that the procedure takes."""


# --- ordering ---------------------------------------------------------------------------------------------------------


def request(case: Case, state: State, item: i.Request) -> Done:
    """Order a test, once."""
    if reason := _not_to_be_asked(case, state, item.test):
        return state, (refused(state.time, item.test, reason),)
    return _ordered(case, state, item.test, FIRST)


def _not_to_be_asked(case: Case, state: State, slug: str) -> str:
    test = case.book.tests[slug]
    sample = case.file.samples.get(test.stage)
    if test.stage not in case.stages:
        return "out_of_scope"
    if sample is None or sample.taken > state.time:
        return "not_sampled"
    if sample.material.volume <= 0.0 and sample.material.containers <= 0.0:
        return "nothing_to_sample"
    if any(run.test == slug for run in state.runs):
        return "under_way"
    if any(oos.test == slug and oos.status != "closed" for oos in state.investigations):
        return "investigate_first"
    results = [result for result in state.results if result.test == slug]
    if any(not result.superseded for result in results):
        return "repeat_without_cause"
    return "not_sampled" if results and state.time < state.again else ""


def _ordered(case: Case, state: State, slug: str, purpose: str, oos: str = "", number: int = 1) -> Done:
    """So many determinations of one series on their way."""
    test = case.book.tests[slug]
    both: tuple[Result | Run, ...] = (*state.results, *state.runs)
    of_test = [r for r in both if r.test == slug]
    ordinal, series = len(of_test), 1 + max((r.series for r in of_test), default=0)
    runs = tuple(Run(state.determinations + k, slug, ordinal + k, series, purpose, state.time,
                     state.time + test.delay, oos) for k in range(1, number + 1))
    state = replace(state, runs=state.runs + runs, determinations=state.determinations + number,
                    cost=state.cost + number * test.method.cost)
    detail: dict[str, float | str | bool] = {"purpose": purpose, "ready": runs[0].ready, "oos": oos}
    return state, (Fact(state.time, "requested", slug, float(number), detail),)


# --- coming back ------------------------------------------------------------------------------------------------------


def arrive(case: Case, state: State, run: Run) -> Done:
    """A result comes back, and opens what it must."""
    test = case.book.tests[run.test]
    truth = true_value(test, sampled(case, state, test.stage), case.book.water)
    chance = draw(case.seed, _address(case, run.test), run.series, run.ordinal)
    found = determine(test, truth, chance)
    result = Result(run.number, run.test, run.ordinal, run.series, run.purpose, run.asked, run.ready,
                    test.value(found.ticks), found.below, test.inside(found.ticks), run.oos)
    state = replace(state, results=(*state.results, result), runs=tuple(r for r in state.runs if r != run))
    detail: dict[str, float | str | bool] = {
        "inside": result.inside, "below": result.below, "purpose": run.purpose, "number": run.number}
    facts = (Fact(state.time, "result_ready", run.test, result.value, detail),)
    state, more = _consequence(test, state, result)
    return state, facts + more


def sampled(case: Case, state: State, stage: str) -> Sample:
    """What is true of the lot at a stage now: as it was made, or as reprocessing has left it."""
    sample = case.file.samples[stage]
    step = case.book.specification.reprocessing.get(state.reprocessed)
    if step is None or step.stage != stage:
        return sample
    amounts = {name: value * (1.0 - step.discards) * (1.0 - step.removes.get(name, 0.0))
               for name, value in sample.amounts.items()}
    states = {name: value * (1.0 - step.removes.get(name, 0.0)) for name, value in sample.states.items()}
    return Sample(max(sample.taken, state.again), amounts, states)


def _address(case: Case, slug: str) -> str:
    return f"{case.file.lot}/{slug}"


def _consequence(test: SpecifiedTest, state: State, result: Result) -> Done:
    """Retests and new samples belong to their investigation; any other result opens one where it lies outside."""
    asked = state.oos(result.oos) if result.oos else None
    if asked is not None and result.purpose == RETEST:
        retests = (*asked.retests, result.number)
        status = "retested" if len(retests) == asked.planned else asked.status
        return state.put(replace(asked, retests=retests, status=status)), ()
    if asked is not None and result.purpose == RESAMPLE:
        return state.put(replace(asked, resample=result.number, status="resampled")), ()
    facts: tuple[Fact, ...] = ()
    if asked is not None:
        state, facts = _closed(state, asked, "laboratory_error")
    if not result.inside:
        oos = Oos(f"oos-{len(state.investigations) + 1}", result.number, result.test, state.time)
        return state.put(oos), (*facts, Fact(state.time, "oos_opened", oos.name, result.value, {"test": oos.test}))
    rule = out_of_trend(test.history, test.shown.shown(result.value))
    if not rule:
        return state, facts
    trend = Trend(f"trend-{len(state.trends) + 1}", result.number, result.test, rule, state.time)
    detail: dict[str, float | str | bool] = {"test": result.test, "rule": rule}
    return state.put(trend), (*facts, Fact(state.time, "trend_opened", trend.name, result.value, detail))


def _closed(state: State, oos: Oos, conclusion: str) -> Done:
    oos = replace(oos, status="closed", conclusion=conclusion, closed=state.time)
    return state.put(oos), (Fact(state.time, "oos_closed", oos.name, 0.0, {"conclusion": conclusion}),)


# --- investigating ----------------------------------------------------------------------------------------------------


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
    result, test = state.result(oos.result), case.book.tests[oos.test]
    address = _address(case, oos.test)
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
    results = tuple(replace(r, invalidated=True) if r.number == oos.result else r for r in state.results)
    state = replace(state, results=results).put(replace(oos, status="repeating"))
    state, facts = _ordered(case, state, oos.test, REPEAT, oos.name)
    told = Fact(state.time, "result_invalidated", oos.name, 0.0, {"assignable": oos.assignable, "test": oos.test})
    return state, (told, *facts)


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
    state, facts = _ordered(case, state, oos.test, RETEST, oos.name, item.number)
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
    elif not reason and justification.needs and not _on_record(case, state, justification.needs, oos.test):
        reason = "no_record_of_it"
    if reason:
        return state, (refused(state.time, oos.name, reason, justification=item.justification),)
    state = state.put(replace(oos, status="resampling", justification=item.justification))
    state, facts = _ordered(case, state, oos.test, RESAMPLE, oos.name)
    told = Fact(state.time, "resample_ordered", oos.name, 0.0, {"justification": item.justification})
    return state, (told, *facts)


def _on_record(case: Case, state: State, kind: str, test: str) -> bool:
    """Whether the reviewed part of the batch record has such a line about this test, or about its stage."""
    subjects = (test, test.partition(".")[0])
    return any(r.kind == kind and r.subject in subjects for r in case.file.records[: max(0, state.records_read)])


def report_mean(case: Case, state: State, item: i.ReportMean) -> Done:
    """Never: a mean of results inside and outside hides the one outside."""
    return state, (refused(state.time, item.oos, "averaging_hides"),)


def conclude_oos(case: Case, state: State, item: i.ConcludeOos) -> Done:
    """Close phase II; what was concluded becomes an observation that a deviation must answer for."""
    oos = _of(state, item.oos)
    reason = _not_to_be_concluded(case, state, oos, item.conclusion)
    if reason:
        return state, (refused(state.time, oos.name, reason),)
    state, facts = _closed(state, oos, item.conclusion)
    state, more = observe_oos(case, state, oos, item.conclusion)
    return state, facts + more


def _not_to_be_concluded(case: Case, state: State, oos: Oos, conclusion: str) -> str:
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
    if not all(state.result(number).inside for number in oos.retests):
        return "retest_outside"
    return "" if up_to_date(case, state) else "review_first"


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


# --- trends -----------------------------------------------------------------------------------------------------------


def assess_trend(case: Case, state: State, item: i.AssessTrend) -> Done:
    trend = next(t for t in state.trends if t.name == item.trend)
    if trend.conclusion:
        return state, (refused(state.time, trend.name, "trend_assessed_already"),)
    if trend.rule == "stability_limit" and item.conclusion != SHORTEN:
        return state, (refused(state.time, trend.name, "limit_is_no_trend"),)
    state = state.put(replace(trend, conclusion=item.conclusion))
    return state, (Fact(state.time, "trend_assessed", trend.name, 0.0, {"conclusion": item.conclusion}),)


# --- what the specification says of a test now ------------------------------------------------------------------------


def verdict(state: State, slug: str) -> str:
    """``missing``, ``under_way``, ``open`` (being investigated), ``fails``, or ``passes``."""
    of_test = [oos for oos in state.investigations if oos.test == slug and not oos.superseded]
    if any(oos.status != "closed" for oos in of_test):
        return "open"
    if any(oos.conclusion == "confirmed" for oos in of_test):
        return "fails"
    if any(run.test == slug for run in state.runs):
        return "under_way"
    return "passes" if any(
        r.test == slug and not r.invalidated and not r.superseded for r in state.results) else "missing"
