"""The home page, the scenarios, and one scenario's brief."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from campus.catalogue import selectors
from campus.foundation import extensions

DAY = 86_400_000
HOUR = 3_600_000
MINUTE = 60_000
SWIFT, FASTEST = 300, 3600
"""A scenario slower than the first is flown by the minute; the cockpit goes up to the second."""


def length(duration: int) -> str:
    """A simulated duration (ms) in words."""
    if duration >= 2 * DAY:
        return _("%(count)d simulated days") % {"count": round(duration / DAY)}
    if duration >= 2 * HOUR:
        return _("%(count)d simulated h") % {"count": round(duration / HOUR)}
    return _("%(count)d simulated min") % {"count": max(1, round(duration / MINUTE))}


def sitting(duration: int, speed: float) -> str:
    """How long one sits there without a pause: two hours at the scenario's own speed, the rest at the fastest."""
    close = min(duration, 2 * HOUR) / speed
    far = max(0, duration - 2 * HOUR) / (speed if speed >= SWIFT else FASTEST)
    return _("%(count)d min at the controls") % {"count": max(1, ceil((close + far) / MINUTE))}


def level_name(level: str) -> str:
    names = {"discovery": _("Discovery"), "learner": _("Learner"), "operator": _("Operator"), "expert": _("Expert")}
    return names.get(level, level)


def _card(request: HttpRequest, scenario: Any, console: Any) -> dict[str, Any]:
    return {
        "slug": scenario.slug, "title": console.title, "plant": console.plant_title, "open": scenario.open,
        "summary": scenario.description.summary.text(selectors.language()), "level": level_name(console.level),
        "length": length(scenario.duration - scenario.start_time),
        "sitting": sitting(scenario.duration - scenario.start_time, scenario.description.speed),
        "practised": [words.text(selectors.language()) for words in scenario.description.teaches.values()],
        "actions": extensions.scenario_actions(request, scenario),
    }


def home(request: HttpRequest) -> HttpResponse:
    first = selectors.discovery()
    language = selectors.language()
    areas = _by_area(request)
    begin = [next((card for card in cards if not card["open"]), None) for _area, _name, cards in areas]
    context: dict[str, Any] = {
        "cards": [card for card in begin if card is not None], "count": sum(len(cards) for *_words, cards in areas),
        "fronts": extensions.fronts(request),
    }
    if first is not None:
        context["discovery"] = _card(request, first, selectors.console_of(first.slug, language))
        context["synoptic"] = selectors.synoptic_of(first.slug, language)
    return render(request, "catalogue/home.html", context)


def scenarios(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/scenarios.html", {"areas": _by_area(request)})


def _by_area(request: HttpRequest) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Slug and name of each part of the works, and its flights from the easiest to the hardest."""
    names = {"usp": _("Culture"), "dsp": _("Purification"), "fdp": _("Filling and drying"), "log": _("Cold chain"),
             "clin": _("Hospital and patient")}
    found: dict[str, list[dict[str, Any]]] = {area: [] for area in names}
    for each, console in selectors.by_level():
        found.setdefault(each.plant.description.area, []).append(_card(request, each, console))
    return [(area, names.get(area, _("Utilities")), cards) for area, cards in found.items() if cards]


def _worth(scenario: Any) -> dict[str, int]:
    """Out of 100: what doing nothing is worth, and the reference flight; empty where nobody has flown them."""
    scores = selectors.scores_of(scenario.slug)
    if scores is None or scores.wins is None:
        return {}
    return {"nothing": round(100 * scores.nothing), "reference": round(100 * scores.wins)}


def scenario(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = selectors.scenario(slug)
    except selectors.NoSuchScenario:
        raise Http404 from None
    console = selectors.console_of(slug, selectors.language())
    context = {"card": _card(request, found, console), "console": console, "brief": console.brief,
               "glossary": console.glossary, "worth": _worth(found)}
    return render(request, "catalogue/scenario.html", context)
