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


def length(duration: int) -> str:
    """A simulated duration (ms) in words."""
    if duration >= 2 * DAY:
        return _("%(count)d days of culture") % {"count": round(duration / DAY)}
    if duration >= 2 * HOUR:
        return _("%(count)d h of culture") % {"count": round(duration / HOUR)}
    return _("%(count)d min of culture") % {"count": max(1, round(duration / MINUTE))}


def sitting(duration: int, speed: float) -> str:
    """How long one sits there when flying at the scenario's own speed without a pause."""
    return _("%(count)d min at the controls") % {"count": max(1, ceil(duration / MINUTE / speed))}


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
    context: dict[str, Any] = {"cards": [_card(request, s, c) for s, c in selectors.by_level()],
                               "fronts": extensions.fronts(request)}
    if first is not None:
        context["discovery"] = _card(request, first, selectors.console_of(first.slug, language))
        context["synoptic"] = selectors.synoptic_of(first.slug, language)
    return render(request, "catalogue/home.html", context)


def scenarios(request: HttpRequest) -> HttpResponse:
    cards = [_card(request, each, console) for each, console in selectors.by_level()]
    return render(request, "catalogue/scenarios.html", {"cards": cards})


def scenario(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = selectors.scenario(slug)
    except selectors.NoSuchScenario:
        raise Http404 from None
    console = selectors.console_of(slug, selectors.language())
    context = {"card": _card(request, found, console), "console": console, "brief": console.brief,
               "glossary": console.glossary}
    return render(request, "catalogue/scenario.html", context)
