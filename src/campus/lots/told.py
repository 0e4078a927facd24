"""What is told of a case: its brief from the beginning; what happened, and the quiz, when the lot is through."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from biotwin.chain import Chain, ChainCase
from biotwin.session.scenario_description import QuestionDescription
from campus.lots import selectors
from campus.lots.drawing import title_of
from campus.lots.models import LotFlight


def offered(chain: Chain, language: str) -> list[dict[str, Any]]:
    """The cases of a chain, for those who choose one. Nothing of a cause is in it."""
    return [_offer(chain, case, language) for case in selectors.cases(chain)]


def of_lot(chain: Chain, flight: LotFlight, language: str) -> dict[str, Any] | None:
    """The case that befalls a lot, or None; ``debrief`` and ``quiz`` only once the lot has been judged."""
    slug = selectors.lot_of(flight).case
    if not slug:
        return None
    case = selectors.case(chain, slug)
    over = bool(flight.outcome)
    return _offer(chain, case, language) | {
        "debrief": case.text("debrief", language) if over else "",
        "quiz": [_question(q, language) for q in case.description.quiz.values()] if over else [],
    }


def _offer(chain: Chain, case: ChainCase, language: str) -> dict[str, Any]:
    d = case.description
    return {"slug": case.slug, "title": d.title.text(language), "summary": d.summary.text(language),
            "level": _levels()[d.level], "stops": [title_of(chain, slug, language) for slug in d.stops],
            "brief": _sections(case.text("brief", language))}


def _levels() -> dict[str, str]:
    return {"discovery": _("Discovery"), "learner": _("Learner"), "operator": _("Operator"), "expert": _("Expert")}


def _sections(text: str) -> dict[str, str]:
    """The parts of a brief, by the name of their heading."""
    parts = (part.partition("\n") for part in f"\n{text}".split("\n## ")[1:])
    return {name.strip(): body.strip() for name, _line, body in parts}


def _question(question: QuestionDescription, language: str) -> dict[str, Any]:
    return {"text": question.text.text(language),
            "choices": [{"title": c.title.text(language), "right": c.right, "then": c.then.text(language)}
                        for c in question.choices.values()]}
