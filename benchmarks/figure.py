"""One figure of speed, and how it is taken: CPU time of this process, the median of several goes after a warm-up."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """A measured value against its goal and, where there is one, a peer measured in the same run.

    ``better``: ``lower`` or ``higher``. ``ratio``: how many times better than the peer. ``goal`` is in
    ``unit``, or of the ratio where ``goal_of`` is ``ratio``; without a goal it is for information: ``met`` is None.
    """

    name: str
    value: float
    unit: str
    better: str = "lower"
    peer: str = ""
    peer_value: float | None = None
    goal: float | None = None
    goal_of: str = "value"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        if self.peer_value is None or self.value == 0.0 or self.peer_value == 0.0:
            return None
        return self.peer_value / self.value if self.better == "lower" else self.value / self.peer_value

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        if self.goal_of == "ratio":
            return self.ratio is not None and self.ratio >= self.goal
        return self.value <= self.goal if self.better == "lower" else self.value >= self.goal

    def row(self) -> dict[str, object]:
        """The figure as ``build/bench.json`` has it."""
        return {**msgspec.structs.asdict(self), "ratio": self.ratio, "met": self.met}


def cpu_seconds(work: Callable[[], object], *, goes: int = 5, warm_up: int = 1) -> float:
    """Median CPU seconds of ``work()`` in one thread; on an idle core this is the wall time too."""
    return statistics.median(cpu_goes(work, goes=goes, warm_up=warm_up))


def cpu_goes(work: Callable[[], object], *, goes: int, warm_up: int = 1) -> list[float]:
    """CPU seconds of each go."""
    for _ in range(warm_up):
        work()
    taken = []
    for _ in range(goes):
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return taken
