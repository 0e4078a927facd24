"""Members of an ensemble flown in lanes: the same outcomes as one by one, to the bit."""

from __future__ import annotations

from collections.abc import Sequence

from biotwin.ensembles.flying import Outcome, RunSpec, fly, left, member
from biotwin.ensembles.lanes.formation import Formation
from biotwin.errors import StateNotFinite
from biotwin.session.flight import Flight


def fly_together(specs: Sequence[RunSpec]) -> list[Outcome]:
    """Fly members that differ in seed and numbers alone, at most eight; each alone where one of them breaks down."""
    try:
        return _together(specs)
    except StateNotFinite:
        return [fly(spec) for spec in specs]


def _together(specs: Sequence[RunSpec]) -> list[Outcome]:
    own = [member(spec) for spec in specs]
    flights = [Flight.at_birth(m.scenario, m.seed, also=m.names) for m in own]
    with Formation(flights) as formation:
        for flight, facts in zip(flights, formation.advance(own[0].scenario.start_time), strict=True):
            flight.take_over(facts)
        flown = formation.run(own[0].until, specs[0].inputs)
    return [left(m, flight, facts) for m, flight, facts in zip(own, flights, flown, strict=True)]
