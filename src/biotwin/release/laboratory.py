"""The laboratory: tests ordered and coming back, trends seen.

No testing into compliance: a test that has a result is done again only after an assignable cause was found, or as a
retest whose number was fixed in advance (``investigation``).
"""

from __future__ import annotations

from msgspec.structs import replace

from biotwin.release import inputs as i
from biotwin.release.assay import determine, draw, true_value
from biotwin.release.book import SpecifiedTest
from biotwin.release.culling import culled
from biotwin.release.facts import Fact, refused
from biotwin.release.lot import Sample
from biotwin.release.oos import answered, closed, opened
from biotwin.release.state import FIRST, Case, Result, Run, State, Trend
from biotwin.release.trend import out_of_trend

Done = tuple[State, tuple[Fact, ...]]
SHORTEN = "shorten"
"""What a stability result out of its limits asks for: the only conclusion that the procedure takes."""


# --- ordering ---------------------------------------------------------------------------------------------------------


def request(case: Case, state: State, item: i.Request) -> Done:
    """Order a test, once."""
    if reason := _not_to_be_asked(case, state, item.test):
        return state, (refused(state.time, item.test, reason),)
    return ordered(case, state, item.test, FIRST)


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
    if any(oos.test == slug and oos.pull < 0 and oos.status != "closed" for oos in state.investigations):
        return "investigate_first"
    results = [result for result in state.results if result.test == slug]
    if any(not result.superseded for result in results):
        return "repeat_without_cause"
    return "not_sampled" if results and state.time < state.again else ""


def ordered(case: Case, state: State, slug: str, purpose: str, oos: str = "", number: int = 1) -> Done:
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
    chance = draw(case.seed, address_of(case, run.test), run.series, run.ordinal)
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
    return replace(culled(step, sample), taken=max(sample.taken, state.again))


def address_of(case: Case, slug: str) -> str:
    return f"{case.file.lot}/{slug}"


def _consequence(test: SpecifiedTest, state: State, result: Result) -> Done:
    """Retests and new samples belong to their investigation; any other result opens one where it lies outside."""
    asked = state.oos(result.oos) if result.oos else None
    if taken := answered(state, asked, result.purpose, result.number):
        return taken, ()
    facts: tuple[Fact, ...] = ()
    if asked is not None:
        state, facts = closed(state, asked, "laboratory_error")
    if not result.inside:
        state, more = opened(state, result.test, result.value, result=result.number)
        return state, facts + more
    rule = out_of_trend(test.history, test.shown.shown(result.value))
    if not rule:
        return state, facts
    trend = Trend(f"trend-{len(state.trends) + 1}", result.number, result.test, rule, state.time)
    detail: dict[str, float | str | bool] = {"test": result.test, "rule": rule}
    return state.put(trend), (*facts, Fact(state.time, "trend_opened", trend.name, result.value, detail))


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
    of_test = [oos for oos in state.investigations if oos.test == slug and oos.pull < 0 and not oos.superseded]
    if any(oos.status != "closed" for oos in of_test):
        return "open"
    if any(oos.conclusion == "confirmed" for oos in of_test):
        return "fails"
    if any(run.test == slug for run in state.runs):
        return "under_way"
    return "passes" if any(
        r.test == slug and not r.invalidated and not r.superseded for r in state.results) else "missing"
