"""One lot on autopilot, cell bank to patient, on one core: every station and quality, each phase at its own scan."""

from __future__ import annotations

from benchmarks.figure import Figure, cpu_seconds
from biotwin.chain import Lot, autopilot, begun, load_chain

CHAIN = "mab-2000l"
GOAL, AIM = 10.0, 4.0


def measure() -> list[Figure]:
    """CPU seconds of a whole lot; reading the content and loading kernels are not counted."""
    chain = load_chain(CHAIN)
    lots: list[Lot] = []

    def fly() -> None:
        lots.append(autopilot(chain, begun(chain, 1)))

    seconds = cpu_seconds(fly)
    outcome = lots[-1].release.outcome if lots[-1].release else "not released"
    note = f"aim {AIM:g} s; {len(lots[-1].legs)} stations, {lots[-1].time / 86_400_000:.0f} days, lot {outcome}"
    return [Figure("a lot on autopilot, cell bank to patient", seconds, "s", goal=GOAL, note=note)]
