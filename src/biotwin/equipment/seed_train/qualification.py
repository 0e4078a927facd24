"""Objective tests of this drawer: what ``reference.yaml`` calls. Each runs the train through time."""

from __future__ import annotations

from biotwin.equipment.seed_train.model import (
    Inputs,
    Parameters,
    Readings,
    Start,
    State,
    advance,
    initial,
    readings,
)
from biotwin.finding import Result

HOUR = 3600.0
WELL = Inputs(vessel=0.0)
FRESH = Start(stage=2.0, volume=2.0e-4, viable_cells=8.0e7, dead_cells=2.0e6, adaptation=1.0)
"""0.4e6 cells/mL in a flask of 200 mL."""
FREE: dict[str, float] = {
    "glucose_half": 1e-9, "glutamine_half": 1e-9, "lactate_inhibition": 1e9, "ammonia_inhibition": 1e9,
    "death_rate": 0.0, "oxygen_half": 1e-12, "ph_width": 1e6, "cells_per_glucose": 1e20, "cells_per_glutamine": 1e20,
    "glucose_maintenance": 0.0, "glutamine_maintenance": 0.0, "glutamine_decay": 0.0, "transfer_flask": 100.0,
    "transfer_tank": 100.0,
}
"""Figures that leave growth alone: nothing is short, nothing hinders, nobody dies."""


def _flown(x: State, u: Inputs, p: Parameters, hours: float, tick: float) -> list[Readings]:
    """Readings at the start and after every tick."""
    seen = [readings(x, u, p)]
    for _ in range(round(hours * HOUR / tick)):
        x = advance(x, u, p, tick)
        seen.append(readings(x, u, p))
    return seen


def free_growth(*, rate: float, hours: float, tick: float) -> float:
    """How many times more cells after unhindered growth at ``rate`` (1/h)."""
    p = Parameters(growth_maximum=rate / HOUR)._replace(**FREE)
    seen = _flown(initial(p, FRESH), WELL, p, hours, tick)
    return seen[-1].viable_density / seen[0].viable_density


def lag_curve(*, rate: float, lag: float, hours: float, tick: float) -> Result:
    """Density after a thaw over its start, against the closed form of dX/dt = rate (1 - exp(-t/lag)) X."""
    import math

    p = Parameters(growth_maximum=rate / HOUR, lag=lag * HOUR)._replace(**FREE)
    seen = _flown(initial(p, FRESH._replace(adaptation=0.0)), WELL, p, hours, tick)
    time = tuple(tick * n for n in range(len(seen)))
    exact = tuple(math.exp(rate * (t / HOUR - lag * (1.0 - math.exp(-t / HOUR / lag)))) for t in time)
    twin = tuple(r.viable_density / seen[0].viable_density for r in seen)
    return Result(twin[-1] / exact[-1], time, twin, exact)


def xing_batch(*, signal: str, hour: float, tick: float = 300.0) -> float:
    """Xing's law alone: 0.2e6 cells/mL, 100 mM glucose, 10 mM glutamine, no feed, in a well-aired vessel."""
    p = Parameters(
        growth_maximum=0.029 / HOUR, glucose_half=0.084, glutamine_half=0.047, lactate_inhibition=43.0,
        ammonia_inhibition=6.51, death_rate=0.016 / HOUR, death_base=0.0, death_toxic=1.0, death_anoxic=0.0,
        death_starved=0.0, death_weakened=0.0, cells_per_glucose=1.69e11, cells_per_glutamine=0.974e12,
        lactate_yield=1.23, glucose_maintenance=69.2e-15 / HOUR, glutamine_maintenance=3.2e-15 / HOUR,
        maintenance_half=1e-9, ammonia_uptake_half=1e-9, glutamine_decay=7.2e-3 / HOUR, ph_width=1e6,
        oxygen_half=1e-9, transfer_tank=1.0,
    )
    start = Start(stage=6.0, volume=0.3, viable_cells=0.2e12 * 0.3, dead_cells=0.0, adaptation=1.0, glucose=100.0,
                  glutamine=10.0)
    return float(getattr(_flown(initial(p, start), WELL, p, hour, tick)[-1], signal))


def stage_density(*, seeding: float, hours: float) -> float:
    """Viable density, 1e6 cells/mL, of a healthy flask seeded at ``seeding`` (1e6/mL)."""
    p = Parameters()
    cells = seeding * 1e12 * FRESH.volume
    x = initial(p, FRESH._replace(viable_cells=cells, dead_cells=0.03 * cells, adaptation=0.9))
    return _flown(x, WELL, p, hours, 300.0)[-1].viable_density * 1e-12


def after_split(*, density: float) -> float:
    """Viable density, 1e6/mL, once an N-1 culture of ``density`` (1e6/mL) went whole into the next vessel."""
    p = Parameters()
    cells = density * 1e12 * p.volume_5
    x = initial(p, Start(stage=5.0, volume=p.volume_5, viable_cells=cells, adaptation=1.0))
    x = advance(x, Inputs(vessel=6.0, seeding=1e14), p, 1.0)
    whole = advance(x, WELL, p, 1.0)
    return whole.viable_cells / p.vessel_volume * 1e-12


def late_passage(*, late: float, timely: float, hours: float) -> float:
    """Cells per cell seeded, ``hours`` after a passage at ``late`` hours over one at ``timely`` hours."""
    p, found = Parameters(), []
    for wait in (late, timely):
        x = initial(p, FRESH)
        for _ in range(round(wait * 12)):
            x = advance(x, WELL, p, 300.0)
        x = advance(x, Inputs(vessel=3.0), p, 300.0)
        seen = _flown(x, WELL, p, hours, 300.0)
        found.append(seen[-1].viable_density / seen[0].viable_density)
    return found[0] / found[1]


def contamination_crash(*, bacteria: float) -> float:
    """Hours from ``bacteria`` in a flask of 1.2 L at 1e6 cells/mL until oxygen is under a tenth of saturation."""
    p = Parameters()
    x = initial(p, Start(stage=3.0, volume=1.2e-3, viable_cells=1.2e9, adaptation=1.0, bacteria=bacteria))
    for n in range(300):
        if readings(x, WELL, p).dissolved_oxygen < 0.1:
            return n / 6.0
        x = advance(x, WELL, p, 600.0)
    return 50.0


def mycoplasma_slowing() -> float:
    """Part of the growth rate that a full load takes, turbidity unchanged."""
    p = Parameters()
    clean, ill = (readings(initial(p, FRESH._replace(mycoplasma=m)), WELL, p) for m in (0.0, 1.0))
    assert ill.turbidity == clean.turbidity
    return 1.0 - ill.growth_rate / clean.growth_rate
