"""The niced worker process: what takes seconds (a debrief's three flights) happens there, so that no class stalls.

This module is imported by the spawned process: it must not need Django.
"""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

import msgspec

from biotwin.session.debrief import FlownRun, fly, reference_entries
from biotwin.session.flight import Flight
from biotwin.session.handover import as_received
from biotwin.session.inputs import Entry
from biotwin.session.library import load_scenario
from campus.simulator.debrief_document import document
from campus.simulator.history import columns

NICENESS = 10
ROWS = 4_000


def _settle_in() -> None:
    """In the worker: step back behind the flights, and end with the server, however it ends."""
    os.nice(NICENESS)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


@lru_cache(maxsize=16)
def _pilot(folder: Path, slug: str, received: str, seed: int, name: str, digest: str) -> FlownRun:
    """The do-nothing or the reference run of a seed: the same for every branch of a flight."""
    scenario = as_received(load_scenario(slug, folder), folder, received)
    return fly(scenario, seed, reference_entries(scenario) if name == "reference" else [])


def debrief(
    folder: Path, slug: str, received: str, seed: int, journal: bytes, left: int
) -> tuple[bytes, dict[str, bytes]]:
    """The document per language (JSON), and each run's curves, true ones included (compressed).

    ``received``: what a lot brought (JSON); ``left``: when the seat was left (simulated ms).
    """
    scenario = as_received(load_scenario(slug, folder), folder, received)
    entries = msgspec.json.decode(journal, type=list[Entry])
    runs = {"mine": fly(scenario, seed, entries)}
    for name in ("nothing", "reference"):
        runs[name] = _pilot(folder, slug, received, seed, name, scenario.digest)
    curves = {name: zlib.compress(_curves(run), 1) for name, run in runs.items()}
    documents = {language: document(scenario, entries, runs, left, language) for language in ("fr", "en")}
    return msgspec.json.encode(documents), curves


def ready(folder: Path, slug: str) -> None:
    """Read a scenario and load its kernels, so that the first debrief need not."""
    flight = Flight.begin(load_scenario(slug, folder), 0)
    flight.advance(flight.time + flight.tick_length)


def ready_all(folder: Path, slugs: list[str], kept: Path, mark: str) -> None:
    """In a process of its own: compile these scenarios' kernels one by one, then say in ``kept`` that it is done."""
    _settle_in()
    for slug in slugs:
        ready(folder, slug)
    kept.write_text(mark, encoding="utf-8")


def _curves(run: FlownRun) -> bytes:
    tags = list(run.recorder.columns)
    return columns(tags, run.recorder.window(tags, 0, run.figures.end, ROWS))


class Worker:
    """One process, started at first use (spawned: it shares nothing with the server), replaced when it dies."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._under_way: dict[Hashable, Future[Any]] = {}

    @property
    def started(self) -> bool:
        return self._pool is not None

    def submit(self, key: Hashable, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """The result to come; whoever asks for the same ``key`` meanwhile gets the same one."""
        with self._lock:
            if (known := self._under_way.get(key)) is not None and not known.done():
                return known
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_settle_in)
            future = self._under_way[key] = self._pool.submit(work, *arguments)
        future.add_done_callback(lambda done: self._forget(key, done))
        return future

    def _forget(self, key: Hashable, done: Future[Any]) -> None:
        with self._lock:
            if self._under_way.get(key) is done:
                del self._under_way[key]

    def close(self) -> None:
        """End the process; the next ``submit`` starts another."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


WORKER = Worker()
