"""The tick loop of a plant with eight members in it: equipment in lanes, control systems one after another.

The text of the equipment is that of the ordinary kernel. Lanes go together: they hold the same clock and take the same
step, and come back to Python when any of them has something to do there.
"""

from __future__ import annotations

from functools import lru_cache
from types import ModuleType

from biotwin.plant.library import drawer
from biotwin.plant.plant import Plant
from biotwin.plant.source import equipment_source
from biotwin.plant.whole import ENDED, PHASE, SCAN, TIME, WAKE
from biotwin.session.kernel import module_of

LOOP = '''
from biotwin.control.tick import annunciate, control, malfunctions, override, recipe, trip, watch
from biotwin.ensembles.lanes import functions
from biotwin.ensembles.lanes.buffers import buffer_of
from biotwin.ensembles.lanes.chance import draw
from biotwin.ensembles.lanes.numbers import WIDTH

TIME, PHASE, ENDED, WAKE, SCAN = PLACES


@njit(nogil=True, error_model='numpy', cache=True, _nrt=COUNTED)
def run(real, whole, flying, moving, c, par, source, layout, sums, terms, ranges, blocks, noise, keys, lanes,
        stop, stop_kinds, facts, counts, observed, stride, telemetry):
    """Ticks until ``stop`` (ms) or until a member that flies (``flying`` = 1) has a reason to come back.

    Fills ``facts`` and how many there are (``counts``, of each member); a member whose tick gave a number that is not
    finite gets ``flying`` = 2. Returns (rows of telemetry, whether all go together still).
    """
    rows, stopped = 0, False
    (loops, tuning, outputs, spans, alarms, thresholds, interlocks, trips, forces, forced, limits, bands, phases,
     actions, acted, transitions, passed, faults, worst) = c
    fleet, figures = buffer_of(real), buffer_of(par)
    counts[:] = 0
    while not stopped:
        step, now = 0, 0
        for m in range(WIDTH):
            if flying[m] == 1:
                own = whole[SCAN, m] if whole[SCAN, m] > 0 else phases[whole[PHASE, m], 0]
                if step > 0 and own != step:
                    return rows, False
                step, now = own, whole[TIME, m]
                stopped |= now >= stop or whole[ENDED, m] != 0 or now >= whole[WAKE, m]
        if stopped or step == 0:
            break
        dt = step * 1e-3
        for m in range(WIDTH):
            if flying[m] == 1:
                x, w = real[:, m], whole[:, m]
                malfunctions(x, w, faults, worst, dt)
                control(x, w, loops, tuning, outputs, spans, interlocks, forces, dt)
                override(x, w, interlocks, forces, forced)
        time = now + step
        equipment(fleet, figures, source, layout, sums, terms, ranges, blocks, (noise, real), keys, lanes, time, dt)
        spoilt = fleet[0] - fleet[0]
        for i in range(1, moving):
            spoilt = spoilt + (fleet[i] - fleet[i])
        for m in range(WIDTH):
            if flying[m] == 1:
                x, w, own_facts = real[:, m], whole[:, m], facts[m]
                if functions.one(spoilt, m) != 0.0:
                    flying[m], stopped = 2, True
                    continue
                w[TIME] = time
                n = before = counts[m]
                n = annunciate(x, w, alarms, thresholds, time, own_facts, n)
                n = trip(x, w, interlocks, trips, time, own_facts, n)
                n = watch(x, w, limits, bands, time, own_facts, n)
                n = recipe(x, w, phases, actions, acted, transitions, passed, time, own_facts, n)
                counts[m] = n
                stopped |= n + 200 > own_facts.shape[0]
                for k in range(before, n):
                    stopped |= (stop_kinds[m] >> int(own_facts[k, 1])) & 1 == 1
        if time % stride < step:
            for m in range(WIDTH):
                telemetry[m, rows, 0] = time
                for j in range(observed.size):
                    telemetry[m, rows, j + 1] = real[observed[j], m]
            rows += 1
            stopped |= rows == telemetry.shape[1]
    return rows, True
'''.replace("PLACES", f"{TIME}, {PHASE}, {ENDED}, {WAKE}, {SCAN}")


def goes_in_lanes(plant: Plant) -> bool:
    """Whether every drawer of a plant is made of laws alone; a distributed one has loops of its own."""
    return not any(drawer(group.slug).distributed for group in plant.groups)


def laned_kernel_of(plant: Plant) -> ModuleType:
    """The module with ``run`` for a plant's topology, compiled when first called."""
    return _kernel(equipment_source(plant.groups) + LOOP)


@lru_cache(maxsize=8)
def _kernel(text: str) -> ModuleType:
    return module_of(text)
