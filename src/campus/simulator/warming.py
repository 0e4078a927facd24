"""Compile what the first flight would otherwise wait for."""

from __future__ import annotations

from collections.abc import Iterator

from biotwin.session.engine import engine_digest, platform_fingerprint
from biotwin.session.flight import Flight
from campus.catalogue import selectors as catalogue


def warm_up() -> Iterator[tuple[str, int, int]]:
    """(what is being compiled, done, total), before each; kernels are cached per set of equipment classes."""
    scenarios = catalogue.all_scenarios()
    plants = {scenario.plant.digest: scenario for scenario in scenarios.values()}
    for done, scenario in enumerate(plants.values()):
        yield scenario.plant.slug, done, len(plants)
        flight = Flight.begin(scenario, 0)
        flight.advance(flight.time + flight.tick_length)
        flight.observe()


def mark() -> str:
    """What compiled kernels are good for: this engine on this platform."""
    return f"{engine_digest()} {platform_fingerprint()}"
