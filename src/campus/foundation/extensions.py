"""The extension surface, on one page: what a room may add to the others without being imported by them.

Call these from ``AppConfig.ready``. The core uses them itself: its own navigation, its own metrics.

==================  ==================================================================================
``add_navigation``  a place in the page's head: label, address name, who sees it
``add_action``      a button on a scenario's page and in the lists: a form that posts to an address
``add_front``       a part of the home page: a function of the request that returns its HTML, or an empty text
``add_readiness``   a check of ``/readyz``: a function that returns an empty text, or what is wrong
``add_metric``      lines of ``/metrics``: a function that returns (name, help, kind, value) rows
``subscribe``       a reader of news: called with (topic, body) after the writer's transaction is durable
``add_companion``   a link on a flight's debrief: where it belongs, and how its debrief is to be read; or None
``add_seals``       which of some flights keep their secrets after their end: why, and where to wait
``add_cleaning``    work done every minute by the one process that serves: expired things are removed here
==================  ==================================================================================
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

Lazy = Any
"""A text that is translated when it is shown (``gettext_lazy``), which Django types as a promise of str."""


@dataclass(frozen=True)
class Place:
    """An entry of the navigation; ``visible`` decides by request."""

    label: Lazy
    address: str
    order: int
    visible: Callable[[HttpRequest], bool]


@dataclass(frozen=True)
class ScenarioAction:
    """A button of a scenario: ``address`` takes the slug and is posted to; ``visible(request, scenario)``."""

    label: Lazy
    address: str
    visible: Callable[[HttpRequest, Any], bool]


@dataclass(frozen=True)
class Seal:
    """What keeps a flight's secrets: ``text`` says it, ``label`` and ``address`` lead to where they are opened."""

    text: str
    label: str
    address: str


@dataclass(frozen=True)
class Companion:
    """Where a flight belongs: ``label`` and ``address`` lead there; ``note`` says how its debrief is to be read."""

    label: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Metric:
    """One Prometheus sample; ``kind`` is ``gauge`` or ``counter``."""

    name: str
    help: str
    kind: str
    value: float


_places: dict[str, Place] = {}
_actions: dict[str, ScenarioAction] = {}
_fronts: list[Callable[[HttpRequest], str]] = []
_readiness: dict[str, Callable[[], str]] = {}
_metrics: list[Callable[[], Iterable[Metric]]] = []
_readers: dict[str, list[Callable[[str, dict[str, Any]], None]]] = {}
_companions: list[Callable[[Any], Companion | None]] = []
_seals: list[Callable[[Collection[Any]], Mapping[uuid.UUID, Seal]]] = []
_cleanings: list[Callable[[], None]] = []


def add_navigation(place: Place) -> None:
    _places[place.address] = place


def navigation(request: HttpRequest) -> list[Place]:
    """The places that this request may see, in order."""
    return sorted((p for p in _places.values() if p.visible(request)), key=lambda p: p.order)


def add_action(action: ScenarioAction) -> None:
    _actions[action.address] = action


def scenario_actions(request: HttpRequest, scenario: Any) -> list[ScenarioAction]:
    return [action for action in _actions.values() if action.visible(request, scenario)]


def add_front(part: Callable[[HttpRequest], str]) -> None:
    if part not in _fronts:
        _fronts.append(part)


def fronts(request: HttpRequest) -> list[str]:
    """The parts of the home page that have something to show."""
    return [html for part in _fronts if (html := part(request))]


def add_readiness(name: str, check: Callable[[], str]) -> None:
    _readiness[name] = check


def readiness() -> dict[str, str]:
    """Each check's name and what is wrong (empty: nothing)."""
    return {name: check() for name, check in _readiness.items()}


def add_metric(source: Callable[[], Iterable[Metric]]) -> None:
    if source not in _metrics:
        _metrics.append(source)


def metrics() -> list[Metric]:
    return [metric for source in _metrics for metric in source()]


def subscribe(topic: str, reader: Callable[[str, dict[str, Any]], None]) -> None:
    readers = _readers.setdefault(topic, [])
    if reader not in readers:
        readers.append(reader)


def readers(topic: str) -> list[Callable[[str, dict[str, Any]], None]]:
    return list(_readers.get(topic, ()))


def add_companion(source: Callable[[Any], Companion | None]) -> None:
    if source not in _companions:
        _companions.append(source)


def companions(session: Any) -> list[Companion]:
    """What a flight belongs to."""
    return [found for source in _companions if (found := source(session)) is not None]


def add_seals(source: Callable[[Collection[Any]], Mapping[uuid.UUID, Seal]]) -> None:
    if source not in _seals:
        _seals.append(source)


def seals(sessions: Collection[Any]) -> dict[uuid.UUID, Seal]:
    """What keeps the flights' secrets, ended or not; flights that keep none are left out."""
    return {session: found for source in _seals for session, found in source(sessions).items()}


def seal(session: Any) -> Seal | None:
    """What keeps this flight's secrets; None where nothing does."""
    return seals([session]).get(session.pk)


def add_cleaning(work: Callable[[], None]) -> None:
    if work not in _cleanings:
        _cleanings.append(work)


def cleanings() -> list[Callable[[], None]]:
    return list(_cleanings)
