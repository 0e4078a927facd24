"""What-ifs of the first batch, each flown as the scenario is, inline and in processes."""

from __future__ import annotations

import time

from benchmarks.figure import Figure
from biotwin.ensembles.executors import Executor, Inline, Processes, cores, sample
from biotwin.ensembles.flying import RunSpec

SCENARIO = "first-batch"
MEMBERS = 16
DAY = 86_400_000


def measure() -> list[Figure]:
    """Flights of 14 days per second of wall time, start-up of the pool left out; inline is the peer."""
    here = _rate(Inline(), MEMBERS // 4)
    with Processes() as pool:
        sample([_member(0, DAY)] * (2 * pool.workers), pool)
        spread = _rate(pool, MEMBERS)
    return [Figure(f"what-ifs in {cores()} processes", spread, "flights/s", better="higher", peer="inline",
                   peer_value=here, note="14 days each, with telemetry and goals")]


def _member(number: int, until: int = -1) -> RunSpec:
    overrides = {"start/vessel.viable_density": 0.3e12 + 1e10 * number}
    return RunSpec(scenario=SCENARIO, seed=f"{number + 1:x}", overrides=overrides, until=until)


def _rate(executor: Executor, count: int) -> float:
    sample([_member(0, DAY)], executor)
    begin = time.perf_counter()
    sample([_member(n) for n in range(count)], executor)
    return count / (time.perf_counter() - begin)
