"""Who flies an ensemble: this thread (``Inline``) or a pool of processes (``Processes``). Equal to the bit.

Members travel in packs. Where many differ in nothing but chance and numbers, a pack is what flies in one core's vector
lanes; else it is one member. That too is equal to the bit.

Processes are never forked from a threaded parent: a fork server (or spawning, where there is none) starts them, so a
script that uses them needs the usual ``if __name__ == "__main__":``. Kernels are compiled once, before the pool flies.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from itertools import groupby, islice
from types import TracebackType
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from biotwin.ensembles.flying import Outcome, RunSpec, fly, scenario_of
from biotwin.ensembles.lanes.flying import fly_together
from biotwin.ensembles.lanes.kernel import goes_in_lanes
from biotwin.ensembles.lanes.numbers import WIDTH

FIRST_ROWS = 120_000
"""Simulated ms in which every recorder writes a row."""
Pack = tuple[RunSpec, ...]
EACH = 4
"""Packs that a pool holds per worker: one flies, the others wait at its door or for whoever reads them."""
LANED_FROM = 64
"""Members from which on it pays to compile a plant's kernel for lanes too, some half a minute."""


class Progress(NamedTuple):
    """Members submitted, done, failed and cancelled so far."""

    submitted: int
    done: int
    failed: int
    cancelled: int

    def more(self, done: int, failed: int, cancelled: int) -> Progress:
        """With these members landed too."""
        return Progress(self.submitted + done + failed + cancelled, self.done + done, self.failed + failed,
                        self.cancelled + cancelled)


class Handle(Protocol):
    """A pack on its way; the result is in the order of its members."""

    def done(self) -> bool: ...
    def result(self) -> list[Outcome]: ...
    def cancel(self) -> bool: ...


class Executor(Protocol):
    """Flies members; ``close`` cancels what has not begun and waits for the rest.

    ``ahead``: how many packs it wants to hold at a time, so that none who flies is idle and memory is bounded.
    """

    ahead: int

    def submit(self, pack: Pack) -> Handle: ...
    def progress(self) -> Progress: ...
    def cancel(self) -> None: ...
    def close(self) -> None: ...


class _Members:
    """The members of an executor that are on their way; those that have landed are counted and let go."""

    def __init__(self) -> None:
        self._flying: dict[Future[list[Outcome]], int] = {}
        self._landed = Progress(0, 0, 0, 0)

    def progress(self) -> Progress:
        finished = {f: size for f, size in self._flying.items() if f.done()}
        self._flying = {f: size for f, size in self._flying.items() if f not in finished}
        cancelled = sum(size for f, size in finished.items() if f.cancelled())
        failed = sum(size for f, size in finished.items() if not f.cancelled() and f.exception() is not None)
        self._landed = self._landed.more(sum(finished.values()) - cancelled - failed, failed, cancelled)
        return self._landed._replace(submitted=self._landed.submitted + sum(self._flying.values()))

    def cancel(self) -> None:
        """Members that have not begun will not."""
        for future in self._flying:
            future.cancel()

    def close(self) -> None:
        self.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Inline(_Members):
    """Flies in this thread; ``submit`` returns when the pack has landed."""

    ahead = 1

    def __enter__(self) -> Inline:
        return self

    def submit(self, pack: Pack) -> Handle:
        future: Future[list[Outcome]] = Future()
        self._flying[future] = len(pack)
        try:
            future.set_result(flown(pack))
        except Exception as error:
            future.set_exception(error)
        return future


class Processes(_Members):
    """Flies in ``workers`` processes (default: all cores that this process may use)."""

    def __init__(self, workers: int | None = None) -> None:
        super().__init__()
        self.workers = workers or cores()
        self.ahead = EACH * self.workers
        self._pool = ProcessPoolExecutor(self.workers, mp_context=_context())
        self._ready: set[tuple[str, str, bool]] = set()

    def __enter__(self) -> Processes:
        return self

    def submit(self, pack: Pack) -> Handle:
        """Raises what a scenario's description raises; later errors come out of the handle."""
        self._prepare(pack)
        future = self._pool.submit(flown, pack)
        self._flying[future] = len(pack)
        return future

    def _prepare(self, pack: Pack) -> None:
        """Compile the kernel here and once, so that the workers find it in the cache."""
        key = (pack[0].scenario, pack[0].content, len(pack) > 1)
        if key not in self._ready:
            soon = scenario_of(pack[0]).start_time + FIRST_ROWS
            flown(tuple(replace(spec, overrides={}, inputs=(), until=soon, tags=()) for spec in pack))
            self._ready.add(key)

    def close(self) -> None:
        self.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> multiprocessing.context.BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["biotwin.ensembles.flying"])
    return context


def sample(
    members: Iterable[RunSpec], executor: Executor | None = None, *, told: Callable[[Progress], None] | None = None
) -> list[Outcome]:
    """Fly all members and return what they left, in their order; the first that failed raises its error."""
    return list(stream(members, executor, told=told))


def stream(
    members: Iterable[RunSpec], executor: Executor | None = None, *, told: Callable[[Progress], None] | None = None
) -> Iterator[Outcome]:
    """As ``sample``, one outcome after another: no more than ``ahead`` of them are held, however many members fly."""
    members = list(members)
    by = executor or (Processes() if len(members) > 1 else Inline())
    handles: deque[Handle] = deque()
    try:
        for pack in packs(members):
            if len(handles) >= by.ahead:
                yield from _landed(handles, by, told)
            handles.append(by.submit(pack))
        while handles:
            yield from _landed(handles, by, told)
    except (Exception, KeyboardInterrupt, CancelledError, GeneratorExit):
        by.cancel()
        raise
    finally:
        if executor is None:
            by.close()


def flown(pack: Pack) -> list[Outcome]:
    """What the members of a pack leave, in their order."""
    return fly_together(pack) if len(pack) > 1 else [fly(pack[0])]


def packs(members: Sequence[RunSpec]) -> Iterator[Pack]:
    """The members in their order, eight that may share a core's lanes to a pack where there are many of them."""
    many = len(members) >= LANED_FROM
    for company, own in groupby(members, lambda spec: replace(spec, seed="0")):
        width = WIDTH if many and goes_in_lanes(scenario_of(company).plant) else 1
        while pack := tuple(islice(own, width)):
            yield pack


def _landed(handles: deque[Handle], by: Executor, told: Callable[[Progress], None] | None) -> list[Outcome]:
    """What the oldest pack left; to ask for progress lets go of those that have landed."""
    outcomes = handles.popleft().result()
    progress = by.progress()
    if told is not None:
        told(progress)
    return outcomes
