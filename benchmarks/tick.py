"""One live tick of the 2,000 L plant: advance, observe, and the frame as JSON that its seats get."""

from __future__ import annotations

import statistics
import time

import msgspec

from benchmarks.figure import Figure
from biotwin.session.flight import Flight
from biotwin.session.library import load_scenario
from campus.simulator.protocol import Frame

SCENARIO = "first-batch"
TICKS = 3_000
WARM_UP = 300
GOAL_US = 100.0
HOUR = 3_600_000


def measure() -> list[Figure]:
    """Median and 99th percentile over many ticks from the third day on, one tick per call as in a slow live session."""
    flight = Flight.begin(load_scenario(SCENARIO), 1)
    flight.advance(72 * HOUR)
    encoder = msgspec.json.Encoder()
    fields = Frame.__struct_fields__
    taken, size = [], 0
    for _ in range(WARM_UP + TICKS):
        begin = time.thread_time_ns()
        flight.advance(flight.time + flight.tick_length)
        seen = flight.observe()
        frame = encoder.encode(Frame(**{name: getattr(seen, name) for name in fields}))
        taken.append((time.thread_time_ns() - begin) * 1e-3)
        size = len(frame)
    taken = sorted(taken[WARM_UP:])
    return [
        Figure("live tick with frame, median", statistics.median(taken), "µs CPU", goal=GOAL_US,
               note=f"{size} bytes"),
        Figure("live tick with frame, 99th percentile", taken[int(0.99 * len(taken))], "µs CPU"),
    ]
