"""Whole batches of the 2,000 L bioreactor with sampled parameters, 14 days at scans of a minute, in processes.

Loops, alarms, interlocks, noise, samples and goals are flown as in the scenario. 200 members, or as many as
``BIOTWIN_BENCH_MEMBERS`` says. They are read as they land: memory holds a few outcomes (31 tags x 400 points of four
bytes, 50 kB each), however many members fly.
"""

from __future__ import annotations

import os
import resource
import time

from benchmarks.figure import Figure, cpu_goes
from biotwin.ensembles.distributions import Override, Relative
from biotwin.ensembles.executors import LANED_FROM, Executor, Inline, Processes, cores, stream
from biotwin.ensembles.flying import RunSpec, fly
from biotwin.ensembles.lanes.flying import fly_together
from biotwin.ensembles.lanes.numbers import WIDTH

SCENARIO = "first-batch"
MEMBERS = 200
GOAL_PER_S = 30.0
SCAN = 60_000
DAY = 86_400_000
VARIED: dict[str, Override] = {
    "start/vessel.viable_density": Relative(0.06),
    "start/vessel.glucose": Relative(0.03),
    "law/vessel.growth_maximum": Relative(0.05),
    "law/vessel.product": Relative(0.1),
    "parameters/tt101.lag": Relative(0.2),
}
"""How far: as lots differ (``ensembles/golden.py``) where that knows; the others were chosen to exercise every kind."""


def measure() -> list[Figure]:
    """Flights per second of wall time, start-up of the pool left out; CPU of one member; peak memory."""
    count = int(os.environ.get("BIOTWIN_BENCH_MEMBERS", MEMBERS))
    alone = min(cpu_goes(lambda: fly(_member(0)), goes=9))
    eight = tuple(_member(n) for n in range(WIDTH))
    together = min(cpu_goes(lambda: fly_together(eight), goes=4)) / WIDTH
    here = _rate(Inline(), max(8, count // 25))
    with Processes() as pool:
        for _ in stream([_member(n, DAY) for n in range(max(LANED_FROM, 2 * pool.ahead))], pool):
            pass
        spread = _rate(pool, count)
    return [
        Figure(f"ensemble of {count} batches in {cores()} processes", spread, "flights/s", better="higher",
               peer="inline", peer_value=here, goal=GOAL_PER_S, note="14 days each, 60 s scans, noise on, in lanes"),
        Figure("one member of eight in lanes, least of four", together * 1e3, "ms CPU", peer="alone",
               peer_value=alone * 1e3, note=f"on {cores()} idle cores {cores() / together:.0f} flights/s"),
        Figure("ensemble, peak memory of who reads it", _peak(), "MB", note="flew the inline members too"),
    ]


def _member(number: int, until: int = -1) -> RunSpec:
    return RunSpec(scenario=SCENARIO, seed=f"{number + 1:x}", overrides=VARIED, scan=SCAN, until=until)


def _rate(executor: Executor, count: int) -> float:
    begin = time.perf_counter()
    landed = sum(1 for _ in stream([_member(n) for n in range(count)], executor))
    return landed / (time.perf_counter() - begin)


def _peak() -> float:
    """Most memory that this process ever held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
