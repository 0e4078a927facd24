"""Compile what the first flight would otherwise wait for."""

from __future__ import annotations

from collections.abc import Iterator

from biotwin.session.engine import engine_digest, platform_fingerprint
from biotwin.session.flight import Flight
from biotwin.session.scenario import Scenario
from campus.catalogue import selectors as catalogue


def one_per_plant() -> list[Scenario]:
    """A scenario of each plant, the discovery flight's first."""
    first = catalogue.discovery()
    scenarios = [*([first] if first else []), *catalogue.all_scenarios().values()]
    plants: dict[str, Scenario] = {}
    for scenario in scenarios:
        plants.setdefault(scenario.plant.digest, scenario)
    return list(plants.values())


def warm_up(scenarios: list[Scenario]) -> Iterator[tuple[str, int, int]]:
    """(what is being compiled, done, total), before each; kernels are cached per set of equipment classes."""
    for done, scenario in enumerate(scenarios):
        yield scenario.plant.slug, done, len(scenarios)
        flight = Flight.begin(scenario, 0)
        flight.advance(flight.time + flight.tick_length)
        flight.observe()


def mark() -> str:
    """What compiled kernels are good for: this engine on this platform."""
    return f"{engine_digest()} {platform_fingerprint()}"
