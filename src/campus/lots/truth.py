"""What was true of a lot that is through: virus clearance beside its claim, the tests' power, what none reveals."""

from __future__ import annotations

from math import log10
from typing import Any

from django.utils.translation import gettext as _

from biotwin.chain import Chain, Lot, case_of
from biotwin.chain.outcome import Result
from biotwin.release import Book, reveal
from biotwin.release.disposition import Claim
from biotwin.release.reveal import Aged, Reveal, RevealedPull, RevealedTest
from campus.lots.words import THIN, amount, chance, conclusions, months, power, with_unit

SEEN = 12.0
"""Decades beyond which no study could tell: what a model says of more is arithmetic."""


def truth_of(chain: Chain, lot: Lot, mine: Result, language: str) -> dict[str, Any] | None:
    """None where the chain has no release, or the lot never met it."""
    if chain.book is None or lot.release is None:
        return None
    found = reveal(case_of(chain, lot), lot.release.state)
    return {
        "passing": chance(mine.passing), "conforming": found.conforming,
        "tests": [_test(chain.book, test, language) for test in sorted(found.tests, key=lambda one: one.passing)],
        "deviations": _deviations(chain.book, found, language),
        "later": [_later(chain.book, one, language) for one in found.later],
        "pulls": [_pulled(chain.book, one, language) for one in found.pulls],
        "months": found.later[0].months if found.later else 0,
        "unseen": _unseen(chain.book, mine, language),
        "viruses": [_virus(chain.book, lot, claim, language) for claim in found.claims],
    }


def _test(book: Book, test: RevealedTest, language: str) -> dict[str, Any]:
    """A line: what was true, whether that is within the specification, how often the test would have said so."""
    specified = book.tests[test.test]
    unit = specified.read.unit if specified.read.label is None else specified.read.label.text(language)
    odd = (test.conforms and test.passing < 0.9) or (not test.conforms and test.power < 0.9)
    return {"title": specified.method.title.text(language), "truth": with_unit(power(test.truth), unit),
            "stage": book.specification.stages[specified.stage].title.text(language), "conforms": test.conforms,
            "passing": chance(test.passing), "odd": odd,
            "verdict": book.texts.verdicts[test.verdict].text(language),
            "mistakes": [specified.mistakes[result.mistake].description.title.text(language)
                         for result in test.results if result.mistake]}


def _later(book: Book, one: Aged, language: str) -> dict[str, Any]:
    """What a stability pull will show when the shelf life ends."""
    test = book.tests[one.test]
    unit = test.read.unit if test.read.label is None else test.read.label.text(language)
    return {"title": test.method.title.text(language), "conforms": one.conforms,
            "value": with_unit(amount(one.truth, test.read.digits), unit)}


def _pulled(book: Book, one: RevealedPull, language: str) -> dict[str, Any]:
    """A stability result that was investigated, beside what was true of those vials."""
    test = book.tests[one.test]
    unit = test.read.unit if test.read.label is None else test.read.label.text(language)
    said, true = (with_unit(amount(value, test.read.digits), unit) for value in (one.value, one.truth))
    return {"title": test.method.title.text(language), "lot": one.lot.upper() or _("this lot"), "said": said,
            "months": months(one.months), "truth": true, "conforms": one.conforms,
            "mistake": test.mistakes[one.mistake].description.title.text(language) if one.mistake else "",
            "conclusion": conclusions(pulled=True).get(one.conclusion, "")}


def _deviations(book: Book, found: Reveal, language: str) -> list[dict[str, Any]]:
    """What people judged, beside an expert who knows what was true."""
    grades, causes = book.texts.grades, book.quality.causes
    return [{"name": d.name, "grade": grades[d.grade].text(language) if d.grade else "",
             "expert": grades[d.expert_grade].text(language), "right": d.cause_right, "works": d.will_work,
             "cause": causes[d.cause].title.text(language) if d.cause else ""}
            for d in found.deviations]


def _unseen(book: Book, mine: Result, language: str) -> list[dict[str, str]]:
    rows = []
    for slug, value in mine.unseen.items():
        d = book.clearance.unseen[slug]
        unit = (d.label.text(language) if d.label else d.unit) or ""
        rows.append({"title": d.title.text(language), "why": d.why.text(language),
                     "value": with_unit(_seldom(value), unit)})
    return rows


def _seldom(value: float) -> str:
    """A number, or a bound where what a model says of less is arithmetic."""
    return f"<{THIN}10⁻¹²" if 0.0 < value < 10.0**-SEEN else power(value)


def _virus(book: Book, lot: Lot, claim: Claim, language: str) -> dict[str, Any]:
    """Claimed and true log reduction, step by step."""
    name = book.clearance.viruses[claim.virus].amount
    before = {leg.station: getattr(leg.received, name) for leg in reversed(lot.passages)}
    after = {leg.station: getattr(leg.delivered, name) for leg in lot.passages}
    rows = []
    for step in claim.steps:
        d = book.clearance.steps[step.step]
        rows.append({"title": d.title.text(language), "claim": "–" if step.lost else amount(step.claim, 1),
                     "lost": _lost(step.lost), "true": _reduction(before.get(d.unit, 0.0), after.get(d.unit, 0.0))})
    return {"title": book.clearance.viruses[claim.virus].title.text(language), "steps": rows,
            "claim": amount(claim.total, 1), "required": amount(claim.required, 1),
            "short": claim.total < claim.required - 1e-9}


def _lost(code: str) -> str:
    return {"not_run": _("not run"), "left_range": _("left the range of its studies"),
            "integrity": _("filter not intact"), "": ""}[code]


def _reduction(before: float, after: float) -> str:
    """log10 of what a step took away; a bound where nothing is left, a dash where nothing came."""
    if before <= 0.0:
        return "–"
    taken = log10(before / after) if after > 0.0 else max(0.0, log10(before))
    if taken > SEEN:
        return f">{THIN}{amount(SEEN, 0)}"
    return f"≥{THIN}{amount(taken, 1)}" if after <= 0.0 else amount(taken, 1)
