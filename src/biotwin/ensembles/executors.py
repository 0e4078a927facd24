"""Who flies an ensemble: this thread (``Inline``) or a pool of processes (``Processes``). Equal to the bit.

Processes are never forked from a threaded parent: a fork server (or spawning, where there is none) starts them, so a
script that uses them needs the usual ``if __name__ == "__main__":``. Kernels are compiled once, before the pool flies.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from types import TracebackType
from typing import NamedTuple, Protocol

from biotwin.ensembles.flying import Outcome, RunSpec, fly, scenario_of
from biotwin.session.beginning import beginning
from biotwin.session.step import step

EACH = 4
"""Members that a pool holds per worker: one flies, the others wait at its door or for whoever reads them."""


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
    """One member on its way."""

    def done(self) -> bool: ...
    def result(self) -> Outcome: ...
    def cancel(self) -> bool: ...


class Executor(Protocol):
    """Flies members; ``close`` cancels what has not begun and waits for the rest.

    ``ahead``: how many members it wants to hold at a time, so that none who flies is idle and memory is bounded.
    """

    ahead: int

    def submit(self, spec: RunSpec) -> Handle: ...
    def progress(self) -> Progress: ...
    def cancel(self) -> None: ...
    def close(self) -> None: ...


class _Members:
    """The members of an executor that are on their way; those that have landed are counted and let go."""

    def __init__(self) -> None:
        self._flying: list[Future[Outcome]] = []
        self._landed = Progress(0, 0, 0, 0)

    def progress(self) -> Progress:
        finished = {f for f in self._flying if f.done()}
        self._flying = [f for f in self._flying if f not in finished]
        cancelled = sum(f.cancelled() for f in finished)
        failed = sum(not f.cancelled() and f.exception() is not None for f in finished)
        self._landed = self._landed.more(len(finished) - cancelled - failed, failed, cancelled)
        return self._landed._replace(submitted=self._landed.submitted + len(self._flying))

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
    """Flies in this thread; ``submit`` returns when the member has landed."""

    ahead = 1

    def __enter__(self) -> Inline:
        return self

    def submit(self, spec: RunSpec) -> Handle:
        future: Future[Outcome] = Future()
        self._flying.append(future)
        try:
            future.set_result(fly(spec))
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
        self._ready: set[tuple[str, str]] = set()

    def __enter__(self) -> Processes:
        return self

    def submit(self, spec: RunSpec) -> Handle:
        """Raises what a scenario's description raises; later errors come out of the handle."""
        self._prepare(spec)
        future = self._pool.submit(fly, spec)
        self._flying.append(future)
        return future

    def _prepare(self, spec: RunSpec) -> None:
        """Compile the kernel here and once, so that the workers find it in the cache."""
        if (spec.scenario, spec.content) not in self._ready:
            scenario = scenario_of(spec)
            step(scenario.plant, beginning(scenario, 0))
            self._ready.add((spec.scenario, spec.content))

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
        for member in members:
            if len(handles) >= by.ahead:
                yield _landed(handles, by, told)
            handles.append(by.submit(member))
        while handles:
            yield _landed(handles, by, told)
    except (Exception, KeyboardInterrupt, CancelledError, GeneratorExit):
        by.cancel()
        raise
    finally:
        if executor is None:
            by.close()


def _landed(handles: deque[Handle], by: Executor, told: Callable[[Progress], None] | None) -> Outcome:
    """What the oldest left; to ask for progress lets go of those that have landed."""
    outcome = handles.popleft().result()
    progress = by.progress()
    if told is not None:
        told(progress)
    return outcome
