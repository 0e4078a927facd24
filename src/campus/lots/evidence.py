"""What the file holds beside the certificate of analysis: the batch record, integrity tests, counts, stability."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from math import exp
from typing import Any

from django.utils.translation import gettext as _

from biotwin.chain import Chain
from biotwin.quantity import display
from biotwin.release import Case, IntegrityTest, Record, State
from biotwin.release.overview import Overview, ShownAttribute
from biotwin.release.quality import rule_for
from biotwin.release.stability import GAS, LADDER
from campus.lots.courses import courses_chart
from campus.lots.records import about, named_unit, printed
from campus.lots.words import DAY, HOUR, THIN, amount, length, months, with_unit

SHOWN = ("alarm_raised", "limit_crossed", "interlock_tripped", "overflowed", "field_report", "phase_started",
         "recipe_held", "recipe_mode_changed", "mode_changed", "setpoint_changed", "output_changed", "result_ready",
         "input_refused", "hold_exceeded")
READ = ("result_ready", "limit_crossed", "setpoint_changed", "output_changed")
SIGNS = {"below": f"<{THIN}", "above": f">{THIN}"}
"""Lines that bear a value."""
ROOM = 298.15
"""K: the warm day of the statement on excursions."""


def integrity(case: Case, spoken: str) -> list[dict[str, Any]]:
    """Every integrity test that the file must hold, with each attempt."""
    rows = []
    for slug, needed in case.book.specification.integrity.items():
        if needed.stage not in case.stages:
            continue
        done = [t for t in case.file.integrity if t.test == slug]
        rows.append({"title": needed.title.text(spoken), "accepts": needed.accepts.text(spoken),
                     "done": [_attempt(case, t, spoken) for t in done]})
    return rows


def _attempt(case: Case, test: IntegrityTest, spoken: str) -> dict[str, Any]:
    rule = case.book.filing.integrity.get(test.test)
    text = test.said.get(spoken, "")
    if test.value is not None and rule is not None:
        shown = display(rule.unit_shown, of=rule.si, digits=rule.digits)
        text = with_unit(amount(shown.shown(test.value), rule.digits), rule.unit_shown)
    return {"passed": test.passed, "counts": test.counts, "day": amount(test.time / DAY, 1), "text": text}


def environment(case: Case, state: State, spoken: str) -> list[dict[str, Any]]:
    """The counts that were read, beside their limits."""
    grades = case.book.specification.environment
    rows = []
    for one in case.file.environment[: state.environment_read]:
        limits = grades.grades.get(one.grade, {}).get(one.method)
        filed = case.book.filing.environment.get(one.place)
        rows.append({"place": filed.title.text(spoken) if filed else one.place,
                     "grade": one.grade.upper(), "count": amount(one.count, 0),
                     "method": grades.methods[one.method].text(spoken) if one.method in grades.methods else one.method,
                     "day": amount(one.time / DAY, 1), "limit": amount(limits.action, 0) if limits else "",
                     "over": limits is not None and one.count > limits.action})
    return rows


def batch_record(chain: Chain, case: Case, state: State, spoken: str) -> list[dict[str, Any]]:
    """Unit by unit, in the order of the lot: what was written down, with what the review stops at marked."""
    read = case.file.records[: max(0, state.records_read)]
    by_unit = sorted(read, key=lambda r: (case.file.units.index(r.unit) if r.unit in case.file.units else 99, r.time))
    found = []
    for unit, group in groupby(by_unit, key=lambda r: r.unit):
        lines = list(group)
        rows = [_line((chain, case), line, lines[0].time, spoken) for line in lines if line.kind in SHOWN]
        asks = sum(row["asks"] for row in rows)
        found.append({"title": named_unit(chain, unit, spoken), "rows": rows, "asks": asks,
                      "kinds": ", ".join(f"{_kinds()[kind]}{THIN}×{THIN}{count}" for kind, count in
                                         Counter(line.kind for line in lines if line.kind in SHOWN).most_common(3))})
    return found


def _line(place: tuple[Chain, Case], line: Record, begins: int, spoken: str) -> dict[str, Any]:
    chain, case = place
    rule = rule_for(case, line)
    title = rule[1].title.text(spoken) if rule is not None else ""
    of = about(chain, line.unit, line.subject, str(line.detail.get("level", "")), spoken, kind=line.kind)
    said = str(line.detail.get(spoken, "")) if line.kind == "field_report" else ""
    if line.kind == "recipe_mode_changed":
        said = _("semi-automatic") if line.value else _("automatic")
    if line.kind == "mode_changed":
        said = (_("manual"), _("automatic"), _("cascade"))[int(line.value)]
    return {"hour": amount((line.time - begins) / HOUR, 1), "kind": _kinds()[line.kind],
            "tag": printed(line.subject), "of": of.title, "limits": of.limits, "said": said,
            "value": SIGNS.get(str(line.detail.get("beyond")), "") + of.value(line.value) if line.kind in READ else "",
            "lasted": length(line.duration) if line.duration else "", "asks": rule is not None and not rule[1].notes,
            "rule": title if title.casefold() != _kinds()[line.kind] else ""}


def _kinds() -> dict[str, str]:
    return {"alarm_raised": _("alarm"), "limit_crossed": _("limit crossed"), "interlock_tripped": _("interlock"),
            "overflowed": _("overflow"), "field_report": _("report"), "phase_started": _("phase"),
            "recipe_held": _("recipe held"), "recipe_mode_changed": _("recipe mode"),
            "mode_changed": _("mode"), "setpoint_changed": _("set-point"), "output_changed": _("output"),
            "result_ready": _("result"), "input_refused": _("refused"), "hold_exceeded": _("hold time")}


# --- stability --------------------------------------------------------------------------------------------------------


def stability(case: Case, shown: Overview, spoken: str) -> dict[str, Any] | None:
    """The programme as it bears on this lot: what it shows, what it allows, what comes later."""
    study = shown.study
    if study is None:
        return None
    least = min((one.allowed for one in study.attributes), default=0)
    held = [one.title for one in study.attributes if one.allowed == least] if least < study.covered else []
    conditions = case.book.stability.conditions
    return {
        "begun": amount(study.begun / DAY, 1) if study.begun >= 0 else "", "covered": study.covered,
        "allowed": study.allowed, "granted": study.granted, "held_by": ", ".join(held),
        "rows": [_attribute(one) for one in study.attributes], "warm": _warm_day(case, study.attributes),
        "ladder": sorted(LADDER), "lots": len(case.book.stability.lots),
        "ahead": [f"{with_unit(months(count), _('mo'))}, {conditions[name].title.text(spoken)}"
                  for count, name in study.ahead[:4]],
        "known": all(one.start is not None for one in study.attributes),
    }


def _attribute(one: ShownAttribute) -> dict[str, Any]:
    digits = max(3, one.digits + 2)
    return {"it": one, "chart": courses_chart(one), "start": amount(one.start, one.digits) if one.start is not None else
            "", "slope": amount(one.slope, digits), "bound": amount(one.bound, digits), "allowed": one.allowed,
            "limit": with_unit(_nearer(one), one.unit),
            "warm": _pulled(one) if len(one.accelerated) > 1 else "",
            "activation": amount(one.activation, 0) if one.activation is not None else ""}


def _nearer(one: ShownAttribute) -> str:
    """The limit that ageing goes towards; the other where there is but one."""
    if one.high is not None and (one.slope >= 0 or one.low is None):
        return f"≤{THIN}{amount(one.high, one.digits)}"
    return f"≥{THIN}{amount(one.low, one.digits)}" if one.low is not None else ""


def _pulled(one: ShownAttribute) -> str:
    """The last accelerated pull of this lot."""
    count, value = max(one.accelerated)
    return f"{amount(value, one.digits)} ({with_unit(months(count), _('mo'))})"


def _warm_day(case: Case, attributes: tuple[ShownAttribute, ...]) -> str:
    """How many days at long term a day at 25 °C is worth, by the first attribute whose activation energy is known."""
    first = next((one for one in attributes if one.activation), None)
    if first is None or first.activation is None:
        return ""
    cold = case.book.temperatures["long_term"]
    return amount(exp(1000.0 * first.activation / GAS * (1.0 / cold - 1.0 / ROOM)), 0)
