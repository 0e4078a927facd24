"""Primary drying of 500 different vials, each by Pikal's balance: CPU time of one vial's cycle against LyoPRONTO's.

The case is LyoPRONTO's published one: 2 mL of 5 % solids, 150 mTorr, shelf from -35 to 20 degC at 1 K/min. Vials
differ in heat and in resistance, as those of a batch do; the one that is like LyoPRONTO's must dry within 1 % of its
time. Say which Python can import the peer with ``LYOPRONTO=…/bin/python`` (LyoHUB/LyoPRONTO, GPL-3, ``pip install`` of
its snapshot in an environment of its own): it runs in that process. Without it the figures quoted in downstream.md 4
stand in.
"""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import numpy as np
from numba import njit

from benchmarks.figure import Figure, cpu_seconds
from biotwin.equipment.freeze_dryer.batch import at_centre
from biotwin.equipment.freeze_dryer.model import Start, initial
from biotwin.equipment.freeze_dryer.trial import SINGLE
from biotwin.equipment.freeze_dryer.vial import Place, Vial, dried_fraction, drying, next_vial
from biotwin.session.debrief import fly
from biotwin.session.library import content_folder
from biotwin.session.scenario import compile_scenario
from biotwin.session.script import pilot_entries

VIALS, TICK, LEVEL = 500, 60.0, 0.999
PRESSURE, COLD, WARM, RAMP = 0.15 * 133.322, 238.15, 293.15, 1.0 / 60.0
QUOTED_SECONDS, QUOTED_HOURS = 0.032, 6.65
GOAL = 100.0
CYCLE_GOAL = 0.5
PEER = """
import json, statistics, time
from lyopronto import calc_knownRp
vial, product = {"Av": 3.8, "Ap": 3.14, "Vfill": 2.0}, {"cSolid": 0.05, "R0": 1.4, "A1": 16.0, "A2": 0.0}
heat = {"KC": 2.75e-4, "KP": 8.93e-4, "KD": 0.46}
pressure = {"setpt": [0.15], "dt_setpt": [1800.0], "ramp_rate": 0.5}
shelf = {"init": -35.0, "setpt": [20.0], "dt_setpt": [1800.0], "ramp_rate": 1.0}
taken = []
for _ in range(7):
    begin = time.process_time()
    table = calc_knownRp.dry(vial, product, heat, pressure, shelf, 0.01)
    taken.append(time.process_time() - begin)
hours, dried = table[:, 0], table[:, 6]
n = int((dried >= 99.9).argmax())
end = hours[n - 1] + (99.9 - dried[n - 1]) / (dried[n] - dried[n - 1]) * (hours[n] - hours[n - 1])
print(json.dumps({"seconds": statistics.median(taken[1:]), "hours": end}))
"""


@njit
def dry(places: Any, ice: float, p: Any, hours: Any) -> None:
    """The hour at which each vial is 99.9 % dry, into ``hours``; ``places``: heat and pores, by vial."""
    for i in range(places.shape[0]):
        place = Place(1.0, places[i, 0], p.nucleation, places[i, 1], 2.0e-6, 50.0)
        v, t, dry_before, dry_now = Vial(ice, 0.0, 0.0, 237.34, 0.0, 0.0), 0.0, 0.0, 0.0
        while dry_now < LEVEL and t < 7.2e5:
            shelf = min(COLD + RAMP * (t + 0.5 * TICK), WARM)
            d = drying(v, place, shelf, PRESSURE, 0.0, p)
            removed = min(d.flow * max(d.pressure - PRESSURE, 0.0) * TICK, (1.0 - 1.0e-9) * (v.ice + v.liquid))
            v = next_vial(v, place, d, removed, p, TICK)
            t, dry_before, dry_now = t + TICK, dry_now, dried_fraction(v, place, p)
        hours[i] = (t - TICK * (dry_now - LEVEL) / max(dry_now - dry_before, 1.0e-12)) / 3600.0


def _batch() -> np.ndarray:
    """Heat and pores of 500 vials, the first of them LyoPRONTO's."""
    chance = np.random.default_rng(1)
    wall = chance.random(VIALS) < 0.3
    places = np.column_stack([np.where(wall, chance.uniform(1.1, 1.5, VIALS), 1.0), chance.normal(1.0, 0.06, VIALS)])
    places[0] = 1.0
    return places


def _peer() -> tuple[str, float, float]:
    """Its name, CPU seconds of one vial's cycle, hours to 99.9 %."""
    python = os.environ.get("LYOPRONTO", "")
    if not os.path.exists(python):
        return "LyoPRONTO (quoted)", QUOTED_SECONDS, QUOTED_HOURS
    told = subprocess.run([python, "-c", PEER], check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(told.splitlines()[-1])
    return "LyoPRONTO (live)", found["seconds"], found["hours"]


def measure() -> list[Figure]:
    """One vial's cycle in a batch of 500, its error, and a whole cycle of the plant of 10,000 vials."""
    x = initial(SINGLE, Start(frozen=1.0))
    ice = x.centre_ice / at_centre(x, SINGLE).vials
    places, hours = _batch(), np.zeros(VIALS)
    taken = cpu_seconds(lambda: dry(places, ice, SINGLE, hours)) / VIALS
    name, seconds, end = _peer()
    spread = f"{hours[0]:.2f} h against {end:.2f} h; the batch {hours.min():.1f} to {hours.max():.1f} h"
    content = content_folder()
    scenario = compile_scenario(content / "scenarios" / "lyo-first-cycle", content / "plants")
    entries = pilot_entries(scenario, "wins")
    cycle = cpu_seconds(lambda: fly(scenario, 1, entries), goes=3)
    return [
        Figure("primary drying, one vial of a batch of 500", 1e6 * taken, "µs", peer=name, peer_value=1e6 * seconds,
               goal=GOAL, goal_of="ratio", note=spread),
        Figure("primary drying, time off the peer's", 100.0 * abs(float(hours[0]) / end - 1.0), "%", goal=1.0),
        Figure("a cycle of 10,000 vials with loops and alarms", cycle, "s", goal=CYCLE_GOAL),
    ]
