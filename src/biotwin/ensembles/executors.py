"""Who flies an ensemble: this thread (``Inline``) or a pool of processes (``Processes``). Equal to the bit.

Processes are never forked from a threaded parent: a fork server (or spawning, where there is none) starts them, so a
script that uses them needs the usual ``if __name__ == "__main__":``. Kernels are compiled once, before the pool flies.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from types import TracebackType
from typing import NamedTuple, Protocol

from biotwin.ensembles.flying import Outcome, RunSpec, fly, scenario_of
from biotwin.session.beginning import beginning
from biotwin.session.step import step


class Progress(NamedTuple):
    """Members submitted, done, failed and cancelled so far."""

    submitted: int
    done: int
    failed: int
    cancelled: int


class Handle(Protocol):
    """One member on its way."""

    def done(self) -> bool: ...
    def result(self) -> Outcome: ...
    def cancel(self) -> bool: ...


class Executor(Protocol):
    """Flies members; ``close`` cancels what has not begun and waits for the rest."""

    def submit(self, spec: RunSpec) -> Handle: ...
    def progress(self) -> Progress: ...
    def cancel(self) -> None: ...
    def close(self) -> None: ...


class _Members:
    """The handles of an executor, counted."""

    def __init__(self) -> None:
        self._futures: list[Future[Outcome]] = []

    def progress(self) -> Progress:
        finished = [f for f in self._futures if f.done()]
        cancelled = sum(f.cancelled() for f in finished)
        failed = sum(not f.cancelled() and f.exception() is not None for f in finished)
        return Progress(len(self._futures), len(finished) - cancelled - failed, failed, cancelled)

    def cancel(self) -> None:
        """Members that have not begun will not."""
        for future in self._futures:
            future.cancel()

    def close(self) -> None:
        self.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Inline(_Members):
    """Flies in this thread; ``submit`` returns when the member has landed."""

    def __enter__(self) -> Inline:
        return self

    def submit(self, spec: RunSpec) -> Handle:
        future: Future[Outcome] = Future()
        self._futures.append(future)
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
        self._pool = ProcessPoolExecutor(self.workers, mp_context=_context())
        self._ready: set[tuple[str, str]] = set()

    def __enter__(self) -> Processes:
        return self

    def submit(self, spec: RunSpec) -> Handle:
        """Raises what a scenario's description raises; later errors come out of the handle."""
        self._prepare(spec)
        future = self._pool.submit(fly, spec)
        self._futures.append(future)
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
    members = list(members)
    own = executor is None
    by = executor or (Processes() if len(members) > 1 else Inline())
    try:
        landed = []
        for handle in [by.submit(member) for member in members]:
            landed.append(handle.result())
            if told is not None:
                told(by.progress())
        return landed
    except (Exception, KeyboardInterrupt, CancelledError):
        by.cancel()
        raise
    finally:
        if own:
            by.close()
