"""The forms of the desk of quality: what they ask, as inputs; and what was put into one that comes back."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext as _

from biotwin.release.inputs import AcceptObservation, Input, OpenDeviation
from biotwin.release.state import Deviation
from campus.lots.words import DAY

MANY = frozenset({"impacts", "observations", "actions"})
"""Fields of inputs that take several choices."""
NOT_OURS = frozenset({"csrfmiddlewaretoken", "at"})
WHOLE = {"days": 365, "number": 50}
"""Numbers that are whole, from 1, and the most that each may be."""
MONTHS, DUE = 24, "30"
"""What is offered before anybody chose: months of shelf life, days until a CAPA is due."""
STEPS: dict[str, tuple[str, ...]] = {
    "classify_deviation": ("grade", "impacts"), "name_cause": ("cause",),
    "plan_capa": ("actions", "owner", "due", "check"), "close_deviation": ("affects_lot",),
}
"""The fields of each step of a deviation."""


class Unanswered(ValueError):
    """A form that cannot be taken; says in words what is wrong."""


def single(form: QueryDict, now: int) -> list[Input]:
    """The one input that a form asks for at the desk's time. Raises ``Unanswered`` or ``msgspec.ValidationError``."""
    raw: dict[str, Any] = {name: form.getlist(name) if name in MANY else _text(form, name)
                           for name in form if name not in NOT_OURS}
    kind = raw.get("kind", "")
    for field in _asked(kind):
        if not raw.get(field):
            raise Unanswered(_sentences()[field])
    for field in WHOLE:
        if field in raw:
            raw[field] = _whole(raw[field], field)
    if "due" in raw:
        raw["due"] = round(now + _days(raw["due"]) * DAY)
    return [msgspec.convert(raw, Input, strict=False)]


def many(form: QueryDict, now: int) -> list[Input]:
    """One answer to several observations. Raises ``Unanswered`` or ``msgspec.ValidationError``."""
    names = form.getlist("observations")
    if not names:
        raise Unanswered(_("Tick the observations that you answer."))
    if form.get("how") == "deviation":
        raw = {"observations": names, "containment": form.get("containment", "")}
        return [msgspec.convert(raw, OpenDeviation, strict=False)]
    reason = _text(form, "justification")
    if not reason:
        raise Unanswered(_("Write why they may stay as they are: it goes into the lot's file."))
    return [msgspec.convert({"observation": name, "justification": reason}, AcceptObservation) for name in names]


def _text(form: QueryDict, name: str) -> str:
    """As it was written: a browser sends the end of a line as two letters, which would count."""
    return str(form.get(name, "")).strip().replace("\r\n", "\n")


def _asked(kind: str) -> tuple[str, ...]:
    """The fields that somebody may leave empty in the form of this input, and must not."""
    return {"classify_deviation": ("impacts",), "plan_capa": ("actions",), "open_change": ("subject", "reason"),
            "reject": ("reason",), "quarantine": ("reason",)}.get(kind, ())


def _sentences() -> dict[str, str]:
    return {
        "impacts": _("Tick the impact of the deviation; “None” is an answer too."),
        "actions": _("Tick at least one action."),
        "subject": _("Write what changes."),
        "reason": _("Write the reason first: it goes into the lot's file."),
        "days": _("Write for how many days, 1 to 365: a whole number."),
        "number": _("Write how many retests, 1 to 50: a whole number."),
    }


def _whole(text: str, field: str) -> int:
    if not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= WHOLE[field]:
        raise Unanswered(_sentences()[field])
    return int(text)


def _days(text: str) -> float:
    try:
        days = float(text.replace(",", "."))
    except ValueError:
        days = -1.0
    if not 0.0 < days <= 3650.0:
        raise Unanswered(_("Write in how many days the CAPA is due, 1 to 3650."))
    return days


# --- a form that comes back -------------------------------------------------------------------------------------------


def of_deviation(one: Deviation, typed: QueryDict) -> dict[str, Any]:
    """What each step of a deviation shows: what was just put into it, else what the file holds; ``sent``: the step that
    came back.
    """
    kept = {"grade": one.grade, "impacts": one.impacts, "cause": one.cause, "actions": one.actions, "owner": one.owner,
            "due": DUE, "check": one.check, "affects_lot": "", "sent": ""}
    kind = typed.get("kind", "")
    if typed.get("deviation") != one.name or kind not in STEPS:
        return kept
    mine = {name: typed.getlist(name) if name in MANY else typed.get(name, "") for name in STEPS[kind]}
    return kept | mine | {"sent": kind}


def months(granted: int, typed: QueryDict) -> str:
    """The shelf life that its form shows."""
    return typed.get("months", "") if typed.get("kind") == "grant_shelf_life" else str(granted or MONTHS)
