"""What is to be done next at the desk of quality, in the order of a reviewer; nothing that is true only."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biotwin.release import Case, Missing, State
from biotwin.release.autopilot import FATAL
from biotwin.release.quality import environment_up_to_date, up_to_date


@dataclass(frozen=True)
class Step:
    """``where``: the part of the page; ``kind``: the input that a button can ask for at once, else empty; ``place``: of
    other forms: ``all`` or ``wait``.
    """

    title: str
    where: str
    kind: str = ""
    place: str = ""
    why: str = ""


def steps(
    case: Case, state: State, missing: tuple[Missing, ...], *, to_order: int, ahead: str
) -> list[Step]:
    """The first is what to do now; the others follow it."""
    found = [*_reading(case, state, to_order), *_deciding(state)]
    fatal = any(m.code in FATAL for m in missing)
    if ahead and not fatal:
        found.append(Step(_("Wait for the next result: %(ahead)s") % {"ahead": ahead}, "coa", place="wait"))
    if fatal:
        found.append(Step(_("Decide: the file cannot become complete"), "decision", why=_(
            "A confirmed result, a failed integrity test or a deviation that affects the lot: no waiting mends it.")))
    elif [m.code for m in missing] == ["shelf_life_missing"] or (found == [] and any(
            m.subject == "stability" for m in missing)):
        found.append(Step(_("Grant the shelf life"), "stability", why=_(
            "Every test is in: the data say how long this lot may be kept.")))
    elif not missing:
        found.append(Step(_("Certify the lot"), "decision", why=_(
            "The file is complete, deviations are closed, the environment is reviewed.")))
    elif not found:
        found.append(Step(_("Decide: what is absent comes back by itself no more"), "decision", why=_(
            "A test that nobody did in the plant cannot be done by the desk.")))
    return found


def _reading(case: Case, state: State, to_order: int) -> list[Step]:
    found = []
    if to_order:
        found.append(Step(ngettext("Order %(n)d test", "Order %(n)d tests", to_order) % {"n": to_order}, "coa",
                          place="all"))
    if not up_to_date(case, state) or state.records_read < 0:
        found.append(Step(_("Read the batch record"), "review", kind="review_records"))
    if not environment_up_to_date(case, state):
        found.append(Step(_("Read the environmental monitoring"), "review", kind="review_environment"))
    return found


def _deciding(state: State) -> list[Step]:
    """What waits for a person: investigations first, for they take longest."""
    oos = [o for o in state.investigations if o.status in ("open", "checked", "retested", "resampled")]
    trends = [t for t in state.trends if not t.conclusion]
    observations = [o for o in state.observations if o.status == "open"]
    deviations = [d for d in state.deviations if d.closed < 0]
    changes = [c for c in state.changes if c.status == "open"]
    rows = (
        (len(oos), ngettext("Investigate %(n)d result out of specification",
                            "Investigate %(n)d results out of specification", len(oos)), oos[0].name if oos else ""),
        (len(trends), ngettext("Assess %(n)d result out of trend", "Assess %(n)d results out of trend", len(trends)),
         "oot"),
        (len(observations), ngettext("Answer %(n)d observation", "Answer %(n)d observations", len(observations)),
         "review"),
        (len(changes), ngettext("Decide %(n)d change control", "Decide %(n)d change controls", len(changes)),
         "changes"),
        (len(deviations), ngettext("Lead %(n)d deviation to its end", "Lead %(n)d deviations to their end",
                                   len(deviations)), deviations[0].name if deviations else ""),
    )
    return [Step(title % {"n": count}, where) for count, title, where in rows if count]
