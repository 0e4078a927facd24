"""What the desk of quality shows of a lot's file, in words and figures of one language; nothing that is true only."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from biotwin.chain import Chain
from biotwin.release import Case, Parent, SpecifiedTest, State, next_time, overview
from biotwin.release.inputs import Request
from biotwin.release.quality import environment_up_to_date, least_grade, needs_change, up_to_date
from biotwin.release.state import Change, Deviation, Observation, Oos, Trend
from campus.lots.agenda import steps
from campus.lots.chart import control_chart
from campus.lots.evidence import batch_record, environment, integrity, stability
from campus.lots.forms import of_deviation
from campus.lots.judgement import named
from campus.lots.records import about, named_unit, printed
from campus.lots.words import DAY, THIN, amount, conclusions, length, months, with_unit

CHOICES = ("containments", "impacts", "causes", "actions", "owners", "checks", "justifications", "trend_conclusions")


def dossier(chain: Chain, case: Case, state: State, spoken: str, typed: QueryDict) -> dict[str, Any]:
    """Everything on the page; ``typed``: into a form that came back."""
    book, q = case.book, case.book.quality
    shown = overview(case, state, spoken, next_time(case, state))
    tests = [_test(test) for test in shown.tests]
    observations = [_observation(chain, case, one, spoken) for one in state.observations]
    to_order = len(orders(case, state))
    ahead = (with_unit(amount(max(0.1, (shown.next_time - state.time) / DAY), 1), _("d"))
             if shown.next_time >= 0 else "")
    investigations = [_oos(case, state, oos, spoken) for oos in state.investigations]
    trends = [_trend(case, state, trend, spoken) for trend in state.trends]
    deviations = [_deviation(chain, case, state, deviation, spoken) | {"form": of_deviation(deviation, typed)}
                  for deviation in state.deviations]
    changes = [_change(change) for change in state.changes]
    return {
        "day": amount(state.time / DAY, 1), "cost": amount(state.cost, 0),
        "stages": [_stage(case, stage, tests, spoken) for stage in case.stages],
        "counts": _counts(tests, state), "to_order": to_order, "ahead": ahead,
        "agenda": steps(case, state, shown.missing, to_order=to_order, ahead=ahead),
        "missing": _missing(case, shown.missing, spoken),
        "investigations": [row for row in investigations if not row["closed"]],
        "investigated": [row for row in investigations if row["closed"]],
        "trends": [row for row in trends if not row["conclusion"]],
        "assessed": [row for row in trends if row["conclusion"]],
        "observed": _grouped([row for row in observations if row["open"]]),
        "answered": [row for row in observations if not row["open"]],
        "deviations": [row for row in deviations if not row["closed"]],
        "led": [row for row in deviations if row["closed"]],
        "changes": [row for row in changes if row["open"]], "changed": [row for row in changes if not row["open"]],
        "claims": [{"title": book.clearance.viruses[c.virus].title.text(spoken), "total": amount(c.total, 1),
                    "required": amount(c.required, 1), "short": c.total < c.required - 1e-9} for c in shown.claims],
        "choices": {name: _choices(getattr(q, name), spoken) for name in CHOICES},
        "grades": [(slug, text.text(spoken)) for slug, text in book.texts.grades.items()],
        "reprocessing": [{"slug": slug, "title": step.title.text(spoken), "why": step.why.text(spoken)}
                         for slug, step in book.specification.reprocessing.items()],
        "parents": [(parent.lot, _fate(case, parent, state.time, spoken)) for parent in case.file.parents],
        "unread": not up_to_date(case, state) or state.records_read < 0,
        "unread_environment": not environment_up_to_date(case, state), "disposition": state.disposition,
        "integrity": integrity(case, spoken), "environment": environment(case, state, spoken),
        "record": batch_record(chain, case, state, spoken), "stability": stability(case, shown, spoken),
    }


def _choices(described: dict[str, Any], spoken: str) -> list[tuple[str, str]]:
    return [(slug, getattr(item, "title", item).text(spoken)) for slug, item in described.items()]


def _stage(case: Case, stage: str, tests: list[dict[str, Any]], spoken: str) -> dict[str, Any]:
    """A stage of the certificate; ``done`` once every test of it conforms."""
    rows = [row for row in tests if row["test"].stage == stage]
    passed = sum(row["test"].verdict == "passes" for row in rows)
    return {"slug": stage, "title": case.book.specification.stages[stage].title.text(spoken), "tests": rows,
            "passed": passed, "done": passed == len(rows)}


def _change(change: Change) -> dict[str, Any]:
    statuses = {"open": _("to be decided"), "approved": _("approved"), "refused": _("refused")}
    return {"it": change, "open": change.status == "open", "status": statuses[change.status]}


def orders(case: Case, state: State) -> list[Request]:
    """Every test whose sample is there and that nobody has ordered yet."""
    asked = {run.test for run in state.runs} | {result.test for result in state.results if not result.superseded}
    anew = {result.test for result in state.results if result.superseded}
    return [Request(slug) for slug in case.tests if slug not in asked and case.book.tests[slug].stage in
            case.file.samples and (slug not in anew or state.time >= state.again)]


def _counts(tests: list[dict[str, Any]], state: State) -> dict[str, int]:
    """How far each part of the file is."""
    return {
        "passed": sum(row["test"].verdict == "passes" for row in tests), "tests": len(tests),
        "oos": sum(oos.status != "closed" for oos in state.investigations),
        "trends": sum(not trend.conclusion for trend in state.trends),
        "observations": sum(one.status == "open" for one in state.observations),
        "deviations": sum(one.closed < 0 for one in state.deviations),
    }


def _fate(case: Case, parent: Parent, now: int, spoken: str) -> str:
    """What quality has said by now of a lot that was pooled into this one."""
    return case.book.texts.outcomes[parent.outcome].text(spoken) if now >= parent.disposed else _("not decided yet")


def _missing(case: Case, rows: Any, spoken: str) -> list[dict[str, Any]]:
    """What the file lacks, like with like."""
    found: dict[str, list[str]] = {}
    for one in rows:
        found.setdefault(one.code, []).append(named(case.book, one.subject, spoken))
    return [{"text": case.book.texts.missing[code].text(spoken), "subjects": subjects, "count": len(subjects),
             "where": _WHERE.get(code, "coa")} for code, subjects in found.items()]


_WHERE = {
    "oos_open": "oos", "oos_confirmed": "oos", "trend_open": "oot", "records_unreviewed": "review",
    "environment_missing": "review", "environment_unreviewed": "review", "observation_open": "review",
    "deviation_open": "deviations", "deviation_affects_lot": "deviations", "clearance_short": "clearance",
    "change_open": "changes", "integrity_missing": "integrity", "integrity_failed": "integrity",
    "stability_open": "oos", "parent_open": "decision", "parent_refused": "decision",
    "not_on_stability": "stability", "shelf_life_missing": "stability", "shelf_life_beyond": "stability",
}
"""The part of the page at which each thing is put right."""


def _test(test: Any) -> dict[str, Any]:
    """A line of the certificate of analysis."""
    limits = [amount(limit, test.digits) if limit is not None else "" for limit in (test.low, test.high)]
    none = not limits[0] and test.high == 0.0  # a certificate says 0, not at most 0
    one = f"≥{THIN}{limits[0]}" if limits[0] else "0" if none else f"≤{THIN}{limits[1]}"
    text = f"{limits[0]} – {limits[1]}" if all(limits) else one
    return {"test": test, "limits": with_unit(text, test.unit), "days": amount(test.days, 1),
            "may_request": all(result.superseded for result in test.results) and test.ready < 0,
            "chart": control_chart(test),
            "results": [{"it": result, "text": _read_as(result.text, test.unit),
                         "purpose": _purposes().get(result.purpose, "")} for result in test.results]}


def _read_as(text: str, unit: str) -> str:
    """A number has a unit, a word has none."""
    return with_unit(text, unit) if any(letter.isdigit() for letter in text) else text


def _purposes() -> dict[str, str]:
    return {"repeat": _("repeat"), "retest": _("retest"), "resample": _("new sample")}


def _oos(case: Case, state: State, oos: Oos, spoken: str) -> dict[str, Any]:
    """An investigation with what may be asked for now."""
    test = case.book.tests[oos.test]
    first = state.began(oos)
    mistake = test.mistakes[oos.assignable].description if oos.assignable in test.mistakes else None
    retests = [_read(test, state.found(oos, n).value, spoken) for n in oos.retests]
    return {"it": oos, "title": named(case.book, oos.test, spoken), "pulled": _pulled(case, state, oos, spoken),
            "status": _stages_of_oos()[oos.status],
            "closed": oos.status == "closed", "least": max(1, test.line.retest.least),
            "most": max(1, test.line.retest.most), "may_conclude": oos.status in ("retested", "resampled")
            or (oos.status == "checked" and not oos.assignable and test.line.retest.most == 0),
            "may_retest": oos.status == "checked" and not oos.assignable and test.line.retest.most > 0,
            "waits": oos.status in ("checking", "repeating", "retesting", "resampling"),
            "name": oos.name, "may_check": oos.status == "open",
            "may_strike": oos.status == "checked" and bool(oos.assignable),
            "assignable": mistake.title.text(spoken) if mistake else "",
            "sign": mistake.sign.text(spoken) if mistake else "", "value": _read(test, first.value, spoken),
            "conclusion": conclusions(pulled=oos.pull >= 0).get(oos.conclusion, ""), "retests": retests}


def _read(test: SpecifiedTest, value: float, spoken: str) -> str:
    """A result with its unit."""
    unit = test.read.unit if test.read.label is None else test.read.label.text(spoken)
    return with_unit(amount(test.shown.shown(value), test.read.digits), unit)


def _stages_of_oos() -> dict[str, str]:
    return {"open": _("to be investigated"), "checking": _("phase I under way"), "checked": _("phase I finished"),
            "repeating": _("repeat under way"), "retesting": _("retests under way"), "retested": _("retests finished"),
            "resampling": _("new sample under way"), "resampled": _("new sample tested"), "closed": _("closed")}


def _pulled(case: Case, state: State, oos: Oos, spoken: str) -> str:
    """Whose pull it is, where and when it was pulled; empty of a test of release."""
    if oos.pull < 0:
        return ""
    pull = state.pulls[oos.pull]
    return _("Stability of %(lot)s, %(months)s months, %(condition)s") % {
        "lot": pull.lot.upper() or _("this lot"), "months": months(pull.months),
        "condition": case.book.stability.conditions[pull.condition].title.text(spoken)}


def _trend(case: Case, state: State, trend: Trend, spoken: str) -> dict[str, Any]:
    conclusion = case.book.quality.trend_conclusions.get(trend.conclusion)
    rules = {"beyond_limits": _("beyond the limits of the control chart"),
             "one_side": _("nine lots in a row on one side of the mean"),
             "stability_trend": _("on stability (%(lot)s): beside the course that was expected"),
             "stability_limit": _("on stability (%(lot)s): out of its limits")}
    lot = trend.lot.upper() if trend.lot else _("this lot")
    return {"it": trend, "title": named(case.book, trend.test, spoken), "rule": rules[trend.rule] % {"lot": lot},
            "conclusion": conclusion.text(spoken) if conclusion else ""}


def _observation(chain: Chain, case: Case, one: Observation, spoken: str) -> dict[str, Any]:
    rule = case.book.quality.rules[one.rule]
    statuses = {"open": _("open"), "accepted": _("accepted"), "deviation": _("in a deviation")}
    of = about(chain, one.unit, one.subject, one.level, spoken)
    return {"it": one, "rule": one.rule, "title": rule.title.text(spoken),
            "about": of.title or _test_title(case, one, spoken), "limits": of.limits, "may_accept": rule.accept,
            "open": one.status == "open", "status": statuses[one.status], "tag": printed(one.subject),
            "unit": named_unit(chain, one.unit, spoken),
            "lasted": length(one.duration) if one.duration else "", "day": amount(one.first / DAY, 1)}


def _test_title(case: Case, one: Observation, spoken: str) -> str:
    """Of what the laboratory found, the test; of other lines without a title nothing."""
    return named(case.book, one.subject, spoken) if one.subject in case.book.tests else ""


def _grouped(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Open observations under their rule: those that need a deviation first, what may be accepted last."""
    ordered = sorted(rows, key=lambda row: (row["may_accept"], row["rule"]))
    return [{"slug": slug, "rows": found, "title": found[0]["title"], "may_accept": found[0]["may_accept"]}
            for slug, group in groupby(ordered, key=lambda row: row["rule"]) if (found := list(group))]


def _deviation(chain: Chain, case: Case, state: State, one: Deviation, spoken: str) -> dict[str, Any]:
    book, texts = case.book.quality, case.book.texts
    taken = [o for o in state.observations if o.name in one.observations]
    stations = [named_unit(chain, o.unit, spoken) for o in taken]
    rules = [book.rules[o.rule] for o in taken]
    least = texts.grades[least_grade(case, state, one)].text(spoken)
    outcome = {"effective": _("effective"), "recurred": _("came back"), "": ""}[one.effective]
    return {"it": one, "least": least, "effective": outcome, "again": one.effective == "recurred",
            "impacts": [book.impacts[slug].text(spoken) for slug in one.impacts], "units": ", ".join(
                dict.fromkeys(stations)), "titles": ", ".join(dict.fromkeys(r.title.text(spoken) for r in rules)),
            "owner": book.owners[one.owner].text(spoken) if one.owner else "",
            "check": book.checks[one.check].title.text(spoken) if one.check else "",
            "due": amount(one.due / DAY, 0) if one.due >= 0 else "", "change": needs_change(case, state, one),
            "change_subject": book.actions[one.actions[0]].title.text(spoken) if one.actions else "",
            "closed": one.closed >= 0, "grade": texts.grades[one.grade].text(spoken) if one.grade else "",
            "cause": book.causes[one.cause].title.text(spoken) if one.cause else "",
            "containment": book.containments[one.containment].text(spoken),
            "actions": [book.actions[name].title.text(spoken) for name in one.actions],
            "about": [_in_short(chain, case, o, spoken) for o in taken],
            "affects": one.affects_lot, "step": stage_of(one)}


def _in_short(chain: Chain, case: Case, one: Observation, spoken: str) -> str:
    """A line of a deviation: what the rule says, of what."""
    of = about(chain, one.unit, one.subject, one.level, spoken).title or _test_title(case, one, spoken)
    return f"{case.book.quality.rules[one.rule].title.text(spoken)} · {of or printed(one.subject)}"


def stage_of(one: Deviation) -> int:
    """The step that comes next: classify, name the cause, plan, close."""
    if not one.grade:
        return 1
    if not one.cause:
        return 2
    return 3 if one.effective == "recurred" or (one.grade != "minor" and not one.actions) else 4
