"""Reading the content: scenarios from ``content/scenarios``, their console document and synoptic, per language.

Content is read once per change of its files; nothing of it is stored in the database.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from itertools import product
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from biotwin.errors import BiotwinError
from biotwin.pilots.scores import Scores, kept_scores
from biotwin.session import library
from biotwin.session.handover import as_received
from biotwin.session.library import Scenario
from biotwin.views.console import Console
from biotwin.views.console.making import console as console_document
from biotwin.views.synoptic import synoptic as synoptic_view

LEVELS = ("discovery", "learner", "operator", "expert")

log = logging.getLogger("campus.content")


class NoSuchScenario(LookupError):
    """No scenario has this slug."""


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> tuple[dict[str, Scenario], dict[str, str]]:
    """The scenarios that can be flown, and what is wrong with each of the others: one bad file closes one flight."""
    good: dict[str, Scenario] = {}
    faults: dict[str, str] = {}
    for slug in library.scenario_slugs(folder):
        try:
            scenario = library.load_scenario(slug, folder)
            for name, spoken in product(("brief", "debrief"), ("fr", "en")):
                scenario.text(name, spoken)
            good[slug] = scenario
        except (BiotwinError, OSError) as fault:
            faults[slug] = str(fault)
            log.error("Scenario %s cannot be flown: %s", slug, fault)
    return good, faults


def all_scenarios() -> dict[str, Scenario]:
    """Every scenario that can be flown, by slug."""
    return _loaded(settings.CAMPUS_CONTENT)[0]


def scenario(slug: str, received: str = "") -> Scenario:
    """A scenario; ``received``: as a lot meets it that brings this material (JSON)."""
    try:
        found = all_scenarios()[slug]
    except KeyError:
        raise NoSuchScenario(slug) from None
    return as_received(found, settings.CAMPUS_CONTENT, received)


@lru_cache(maxsize=64)
def console_of(slug: str, language: str) -> Console:
    """The console document of a scenario in a language; it holds no true state."""
    return console_document(scenario(slug), language)


@lru_cache(maxsize=64)
def synoptic_of(slug: str, language: str) -> str:
    """The plant's drawing (SVG) in a language."""
    return synoptic_view(scenario(slug).plant, language)


@lru_cache(maxsize=64)
def scores_of(slug: str) -> Scores | None:
    """What the scenario's pilots are worth, as kept beside it."""
    return kept_scores(scenario(slug).folder)


def language() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def discovery() -> Scenario | None:
    """The flight that needs no account: the shortest open one."""
    found = [each for each in all_scenarios().values() if each.open]
    return min(found, key=lambda each: each.duration) if found else None


def by_level() -> list[tuple[Scenario, Console]]:
    """Scenarios from the easiest to the hardest (then by length), with their console documents."""
    pairs = [(each, console_of(slug, language())) for slug, each in all_scenarios().items()]
    rank = {level: place for place, level in enumerate(LEVELS)}
    return sorted(pairs, key=lambda pair: (rank.get(pair[1].level, len(LEVELS)), pair[0].duration, pair[0].slug))


def content_fault() -> str:
    """Empty when all content can be read, else what is wrong with it."""
    good, faults = _loaded(settings.CAMPUS_CONTENT)
    return " ".join(faults.values()) if good or faults else "content/scenarios holds no scenario."
