"""The compiled tick loop of a plant: many ticks per native call, the GIL released.

The source (equipment of this set of classes, then the loop below) is written to a cache folder under a name that
digests all the code that it reaches, because Numba neither caches ``exec``-ed code nor notices edits in callees; an
edit of one drawer leaves the kernels without it as they are. Set ``BIOTWIN_CACHE`` to move the folder.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from biotwin.plant.plant import Plant
from biotwin.plant.source import equipment_source
from biotwin.session.engine import platform_fingerprint
from biotwin.session.reached import code_digest

LOOP = '''
from biotwin.control.tick import annunciate, control, malfunctions, override, recipe, trip, watch

TIME, PHASE, ENDED, WAKE, SCAN = 0, 1, 3, 4, 6


@njit(nogil=True, error_model='numpy', cache=True, _nrt=COUNTED)
def run(real, whole, moving, c, par, source, layout, sums, terms, ranges, blocks, noise, keys, lanes,
        stop, stop_kinds, ticks, facts, observed, stride, telemetry):
    """Ticks until ``stop`` (ms), ``ticks`` of them, a wake-up, the lot's end, a full buffer or a fact of stop_kinds.

    Returns (ticks done, facts, telemetry rows, ok); ok is False when a tick gave a number that is not finite.
    """
    n, rows, done = 0, 0, 0
    (loops, tuning, outputs, spans, alarms, thresholds, interlocks, trips, forces, forced, limits, bands, phases,
     actions, acted, transitions, passed, faults, worst) = c
    while done < ticks and whole[TIME] < stop and whole[ENDED] == 0 and whole[TIME] < whole[WAKE]:
        step = whole[SCAN] if whole[SCAN] > 0 else phases[whole[PHASE], 0]
        dt = step * 1e-3
        malfunctions(real, whole, faults, worst, dt)
        control(real, whole, loops, tuning, outputs, spans, interlocks, forces, dt)
        override(real, whole, interlocks, forces, forced)
        time = whole[TIME] + step
        equipment(real, par, source, layout, sums, terms, ranges, blocks, noise, keys, lanes, time, dt)
        spoilt = False
        for i in range(moving):
            spoilt |= real[i] - real[i] != 0.0
        if spoilt:
            return done, n, rows, False
        whole[TIME] = time
        done += 1
        before = n
        n = annunciate(real, whole, alarms, thresholds, time, facts, n)
        n = trip(real, whole, interlocks, trips, time, facts, n)
        n = watch(real, whole, limits, bands, time, facts, n)
        n = recipe(real, whole, phases, actions, acted, transitions, passed, time, facts, n)
        if time % stride < step and rows < telemetry.shape[0]:
            telemetry[rows, 0] = time
            for j in range(observed.size):
                telemetry[rows, j + 1] = real[observed[j]]
            rows += 1
        stopped = rows == telemetry.shape[0] or n + 200 > facts.shape[0]
        for k in range(before, n):
            if (stop_kinds >> int(facts[k, 1])) & 1:
                stopped = True
        if stopped:
            break
    return done, n, rows, True


@njit(nogil=True, error_model='numpy', cache=True, _nrt=COUNTED)
def rest(real, whole, par, source, layout, sums, terms, ranges, blocks, noise, keys, lanes):
    """Publish every reading from the states as they stand; no time passes."""
    settle(real, par, source, layout, sums, terms, ranges, blocks, noise, keys, lanes, whole[TIME], 1.0)
'''


class Kernel:
    """``run`` and ``rest`` of one topology, and whether they are compiled already."""

    def __init__(self, module: ModuleType) -> None:
        self.run: Callable[..., Any] = module.run
        self.rest: Callable[..., Any] = module.rest


def cache_folder() -> Path:
    """Where generated sources and machine code for this platform live."""
    base = os.environ.get("BIOTWIN_CACHE")
    root = Path(base) if base else Path.home() / ".cache" / "biotwin"
    folder = root / f"kernels-{platform_fingerprint()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"biotwin-{os.getuid()}" / folder.name
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def kernel_of(plant: Plant) -> Kernel:
    """The kernel of a plant's topology; written, imported and remembered once per process."""
    return _kernel(equipment_source(plant.groups) + LOOP)


@lru_cache(maxsize=32)
def _kernel(text: str) -> Kernel:
    return Kernel(module_of(text))


def module_of(text: str) -> ModuleType:
    name = f"biotwin_kernel_{code_digest(text)[:16]}"
    path = cache_folder() / f"{name}.py"
    if not path.exists() or path.read_text() != text:
        draft = path.with_suffix(f".{os.getpid()}.tmp")
        draft.write_text(text)
        draft.replace(path)
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"the generated kernel {path.name} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
