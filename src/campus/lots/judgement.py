"""The outcome's page: who waited, what was delivered, exposure; what each stop did; then what no test reveals."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from biotwin.chain import Chain, Lot
from biotwin.chain.outcome import DAY, Outcome, Result
from biotwin.naming import printed_unit
from biotwin.quantity import display
from biotwin.release import Book
from campus.lots import selectors
from campus.lots.drawing import Figure, title_of
from campus.lots.flow import river
from campus.lots.lineage import lineage
from campus.lots.models import LotFlight
from campus.lots.truth import truth_of
from campus.lots.waterfall import Fall, Measure, falls
from campus.lots.words import amount, mass, percent, shortened, with_unit

OWN_NAME = re.compile(r"(obs|trend|dev|chg|oos)-\d+")
"""What the quality unit numbers itself."""

LATE = 0.05
"""Days behind the autopilot that count as late: what the page shows as 0.1 d."""

LONGEST = 240
"""Letters of a written reason that are shown at once; the whole stays a click away."""
CUT = 400
"""Letters to which lots kept before today cut their list of codes, in the middle of the last."""


@dataclass(frozen=True)
class Stop:
    """What one stop did. ``fate``: the lot's fate without it, empty where it is the same; ``against``: what stands
    against the lot by this stop alone; ``differences``: measures.
    """

    title: str
    fate: str
    against: tuple[str, ...]
    differences: tuple[Figure, ...]


def of_outcome(chain: Chain, flight: LotFlight, outcome: Outcome, language: str) -> dict[str, Any]:
    """Everything that the page of a lot shows once it is through."""
    lot, mine, reference = selectors.lot_of(flight), outcome.mine, outcome.reference
    rows = measures(mine, reference)
    return {
        "verdict": _verdict(chain, lot, outcome, language),
        "first": _compared(rows[:3], mine, reference), "then": _compared(rows[3:], mine, reference),
        "exposure": _reports(chain, mine, reference, language, last=True),
        "stops": [stop_of(chain, rows, outcome.beside(effect), effect.station, effect.without, language)
                  for effect in outcome.effects],
        "falls": _falls(chain, rows, outcome, language),
        "truth": truth_of(chain, lot, mine, language),
        "river": river(chain, lot, language), "lineage": lineage(chain, lot, language),
        "steps": _steps(chain, mine, language),
        "noted": _reports(chain, mine, reference, language, last=False),
    }


def measures(mine: Result, reference: Result) -> tuple[Measure, ...]:
    """What a lot is judged by, the most important first: the patients, then the product."""
    def noted(name: str, label: str, scale: float, unit: str, digits: int) -> Measure:
        impurity = name in ("hmw_fraction", "hcp_ratio")
        return Measure(label, lambda result: scale * result.noted[name], unit, digits, more_is_worse=impurity)

    whole = all(one.outcome in ("", "certified") for one in (mine, reference))
    return (
        Measure(_("Patients who waited"), lambda result: result.waited, "", 0, more_is_worse=True),
        Measure(_("Doses at the hospital"), lambda result: result.doses, "", 0),
        Measure(_("Days from cell bank to patient") if whole else _("Days to the lot's end"),
                lambda result: result.days, _("d"), 1, more_is_worse=True),
        noted("protein_per_container", _("Protein per vial"), 1e6, "mg", 1),
        noted("potency", _("Potency"), 100.0, "%", 1), noted("hmw_fraction", _("Aggregates"), 100.0, "%", 2),
        noted("hcp_ratio", _("Host-cell protein"), 1e6, "ppm", 1),
    )


def _compared(rows: tuple[Measure, ...], mine: Result, reference: Result) -> list[Figure]:
    """Each measure; what the autopilot had only where it reads otherwise."""
    found = []
    for row in rows:
        value, was = row.text(row.value(mine)), row.text(row.value(reference))
        found.append(Figure(row.label, value, was if was != value else ""))
    return found


# --- the verdict ------------------------------------------------------------------------------------------------------


def _verdict(chain: Chain, lot: Lot, outcome: Outcome, language: str) -> dict[str, Any]:
    """The lot's fate in a word and a sentence, and why."""
    mine, reference = outcome.mine, outcome.reference
    later = mine.days - reference.days
    fate = _fate(outcome)
    return {
        "fate": fate, "title": _fates()[fate], "later": amount(later, 1) if fate == "delayed" else "",
        "certified": mine.outcome == "certified", "delivered": mine.outcome in ("", "certified"),
        "waited": amount(mine.waited, 0) if round(mine.waited) else "",
        "treated": amount(chain.description.patients.treated, 0),
        "reasons": [(shortened(text, LONGEST), text) for text in reasons(chain.book, mine.reason, language)]
        if mine.reason else [],
        "decided": amount(lot.release.ends / DAY, 1) if lot.release else "",
    }


def _fate(outcome: Outcome) -> str:
    """A lot that arrives, and later than the autopilot's, is delayed."""
    fate = outcome.mine.outcome or "through"
    late = outcome.mine.days - outcome.reference.days >= LATE
    return "delayed" if late and fate in ("certified", "through") else fate


def fate_of(outcome: Outcome) -> str:
    """The fate in a word or two."""
    return _fates()[_fate(outcome)]


def decided(outcome: str) -> str:
    """A decision about a lot, in words."""
    return _fates().get(outcome, outcome)


def _fates() -> dict[str, str]:
    return {"certified": _("Lot certified"), "rejected": _("Lot rejected"), "quarantine": _("Lot left in quarantine"),
            "reprocess": _("Lot to be reprocessed"), "through": _("The lot has reached the patient"),
            "delayed": _("Lot delayed")}


def reasons(book: Book | None, reason: str, language: str) -> list[str]:
    """Why, in words: codes of the quality unit (``oos_confirmed product.water, …``), or what a person wrote."""
    found: dict[str, list[str]] = {}
    parts = reason.split(", ")
    for part in parts[:-1] if len(reason) == CUT and len(parts) > 1 else parts:
        code, _space, subject = part.partition(" ")
        if book is None or code not in book.texts.missing:
            return [reason]
        found.setdefault(book.texts.missing[code].text(language), []).append(named(book, subject, language))
    return [f"{text}{_(': ')}{', '.join(subjects)}" for text, subjects in found.items()]


def named(book: Book, subject: str, language: str) -> str:
    """A test, an integrity test or a virus by its title; what was numbered as it is printed."""
    test = book.tests.get(subject)
    if test is not None:
        return f"{test.method.title.text(language)} ({book.specification.stages[test.stage].title.text(language)})"
    for titled in (book.specification.integrity, book.clearance.viruses, book.specification.reprocessing):
        if subject in titled:
            return str(titled[subject].title.text(language))
    return {"records": _("batch record"), "environment": _("environmental monitoring"), "lot": _("lot"),
            "stability": _("stability")}.get(
        subject, subject.upper() if OWN_NAME.fullmatch(subject) else subject)


# --- what each stop did -----------------------------------------------------------------------------------------------


def stop_of(
    chain: Chain, rows: tuple[Measure, ...], mine: Result, station: str, without: Result, language: str
) -> Stop:
    """``mine``: the lot with that stop's doing, beside the same ``without`` it: what the lot is judged by, what came
    out of the stop, what the stop itself counted, and what the patient was exposed to.
    """
    fate = _fates()[without.outcome] if without.outcome != mine.outcome and without.outcome else ""
    told_of = _reported(chain, mine, without, language, {station, chain.order[-1]})
    differences = tuple(figure for figure in (*_compared(rows, mine, without), *_made(station, mine, without), *told_of)
                        if figure.was)
    own = [part for part in mine.reason.split(", ") if part not in without.reason.split(", ")]
    # What a person wrote is no finding of the file: only codes are told apart.
    codes = chain.book.texts.missing if chain.book is not None else {}
    told = ", ".join(part for part in own if part.partition(" ")[0] in codes and not part.startswith("deviation"))
    against = tuple(reasons(chain.book, told, language)) if told else ()
    return Stop(title_of(chain, station, language), fate, against, differences)


def _made(station: str, mine: Result, without: Result) -> list[Figure]:
    """The product that left a station."""
    value, was = (mass(sum(step.protein_out for step in one.steps if step.station == station))
                  for one in (mine, without))
    return [Figure(_("Product out of this step"), value, was if was != value else "")]


def _falls(chain: Chain, rows: tuple[Measure, ...], outcome: Outcome, language: str) -> list[Fall]:
    steps = [(_("What befell the lot"), outcome.alone, outcome.reference)] if outcome.alone is not None else []
    steps += [(title_of(chain, effect.station, language), outcome.beside(effect), effect.without)
              for effect in outcome.effects]
    return falls(rows, outcome.reference, steps, outcome.mine)


# --- by station -------------------------------------------------------------------------------------------------------


def _steps(chain: Chain, mine: Result, language: str) -> list[dict[str, Any]]:
    return [{"title": title_of(chain, step.station, language), "by_hand": step.how == "by_hand",
             "share": percent(step.share) if step.protein_in > 0.0 else "",
             "mass": mass(step.protein_out) if step.protein_out > 0.0 else "", "remarks": step.remarks,
             "day": amount(step.days, 1)} for step in mine.steps]


def _reports(chain: Chain, mine: Result, other: Result, language: str, *, last: bool) -> list[Figure]:
    """Figures noted by the units themselves: those of the last station (exposure), or of the others."""
    exposure = chain.order[-1]
    if last:
        return _reported(chain, mine, other, language, {exposure})
    return [replace(figure, label=f"{title_of(chain, station, language)} · {figure.label}")
            for station in chain.order[:-1] for figure in _reported(chain, mine, other, language, {station})]


def _reported(chain: Chain, mine: Result, other: Result, language: str, of: set[str]) -> list[Figure]:
    """Figures noted by the units of the stations ``of``."""
    rows = []
    for key, value in mine.reports.items():
        station, _dot, slug = key.partition(".")
        if station not in of:
            continue
        text = _report(chain, station, slug, language)
        value_text, was = text(value), text(other.reports[key]) if key in other.reports else ""
        label = chain.stations[station].handover.description.reports[slug].title.text(language)
        rows.append(Figure(label, value_text, was if was != value_text else ""))
    return rows


def _report(chain: Chain, station: str, slug: str, language: str) -> Callable[[float], str]:
    """How a report is written."""
    handover = chain.stations[station].handover
    d = handover.description.reports[slug]
    shown = display(d.unit, of=handover.units[slug], digits=d.digits)
    unit = printed_unit(d.unit, language) if d.label is None else d.label
    return lambda value: with_unit(amount(shown.shown(value), d.digits), unit)
