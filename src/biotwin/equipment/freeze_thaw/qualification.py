"""Objective tests of this drawer: what ``reference.yaml`` calls. Each runs the bags through time."""

from __future__ import annotations

import numpy as np

from biotwin.equipment.freeze_thaw.freezing import Ice, Working, turned
from biotwin.equipment.freeze_thaw.model import (
    Inputs,
    Parameters,
    Readings,
    Start,
    State,
    advance,
    initial,
    readings,
)

HOUR = 3600.0
FILLED = Start(volume=0.0, bag_volume=0.11, bag_temperature=272.15, polysorbate=0.2)


def _until(x: State, u: Inputs, p: Parameters, ice: float, tick: float) -> tuple[State, float]:
    """The state and the time at which the frozen fraction has reached ``ice``, from either side."""
    first, time = readings(x, u, p).frozen_fraction, 0.0
    while (readings(x, u, p).frozen_fraction - ice) * (first - ice) > 0.0 and time < 200.0 * HOUR:
        x, time = advance(x, u, p, tick), time + tick
    return x, time


def _frozen(p: Parameters) -> State:
    """Bags of ice at the freezing point, evenly trapped."""
    x = initial(p, FILLED)
    return x._replace(bag_heat=-p.density * x.bag_volume * p.latent_heat, core_share=0.0)


def freezing_time(*, plate: float, tick: float) -> float:
    """Seconds from liquid at the freezing point to all ice."""
    p = Parameters()
    return _until(initial(p, FILLED), Inputs(jacket_temperature=plate), p, 0.999999, tick)[1]


def thawing_time(*, plate: float, tick: float) -> float:
    """Seconds from ice at the freezing point to all liquid, at rest."""
    p = Parameters()
    return _until(_frozen(p), Inputs(jacket_temperature=plate), p, 1.0e-6, tick)[1]


def slab_ratio(*, plate: float) -> float:
    """Freezing time of the drawer over that of half a slab in 60 cells, by enthalpy, heat of the ice included."""
    p, cells = Parameters(), 60
    width = p.half_thickness / cells
    heat = np.zeros(cells)
    tick = 0.2 * width * width * p.density * p.ice_heat / p.ice_conductivity
    latent = p.density * p.latent_heat
    time = 0.0
    while heat.max() > -latent and time < 20.0 * HOUR:
        ice = np.clip(-heat / latent, 0.0, 1.0)
        warm = p.freezing_point + np.minimum(heat + latent, 0.0) / (p.density * p.ice_heat)
        k = p.liquid_conductivity + (p.ice_conductivity - p.liquid_conductivity) * ice
        between = 2.0 / (1.0 / k[1:] + 1.0 / k[:-1]) * np.diff(warm) / width
        wall = (plate - warm[0]) / (1.0 / p.contact + 0.5 * width / k[0])
        heat = heat + tick / width * (np.append(between, 0.0) + np.insert(-between, 0, wall))
        time += tick
    return freezing_time(plate=plate, tick=2.0) / time


def enrichment(*, trapping: float, fraction: float) -> float:
    """Concentration of the core over the mean at that part of ice, under another trapping speed."""
    p = Parameters(trapping_speed=trapping, core_limit=100.0)
    u = Inputs(jacket_temperature=228.15)
    x, _ = _until(initial(p, FILLED), u, p, fraction, 0.5)
    return readings(x, u, p).core_factor


def scheil(*, part: float, fraction: float) -> float:
    """The same where the front's speed is kept such that ``part`` of the solute is trapped."""
    p, w, volume = Parameters(core_limit=100.0), Working(0.0, 0.0, 100.0, 0.0), 0.11
    i, latent = Ice(0.0, 1.0, 0.0, 0.0, 0.0), p.density * volume * p.latent_heat
    while -i.heat / latent < fraction:
        before = i
        i = turned(before, volume, Inputs(jacket_temperature=228.15), w, p, 1.0)
        speed = -p.trapping_speed * float(np.log(1.0 - part))
        p = p._replace(trapping_speed=p.trapping_speed * i.front_speed / speed)
        i = turned(before, volume, Inputs(jacket_temperature=228.15), w, p, 1.0)
    return i.core_share / (1.0 + i.heat / latent)


def enrichment_ratio(*, slow: float, fast: float) -> float:
    """Core at 80 % of ice under two plates."""
    p, found = Parameters(), []
    for plate in (slow, fast):
        u = Inputs(jacket_temperature=plate)
        found.append(readings(_until(initial(p, FILLED), u, p, 0.8, 1.0)[0], u, p).core_factor)
    return found[0] / found[1]


def _cycle(start: Start, thaw: Inputs) -> Readings:
    """A fast freezing to -40 degC and a thaw, to the end of the ice."""
    p = Parameters()
    x = initial(p, start)
    for _ in range(240):
        x = advance(x, Inputs(jacket_temperature=228.15), p, 30.0)
    x, _ = _until(x, thaw, p, 1.0e-6, 30.0)
    return readings(x, thaw, p)


ROCKED = Inputs(jacket_temperature=298.15, rocking=1.0)


def cycle_ratio(*, without: float, with_: float) -> float:
    """Aggregates gained in a cycle at one polysorbate (kg/m3) over those at another."""
    gained = [_cycle(FILLED._replace(polysorbate=p), ROCKED).aggregated for p in (without, with_)]
    return gained[0] / gained[1]


def thaw_ratio(*, slow: float, fast: float) -> float:
    """Aggregates gained in a cycle with a thaw at rest on ``slow`` plates over a rocked one on ``fast``."""
    gained = [_cycle(FILLED, u).aggregated for u in (Inputs(jacket_temperature=slow),
                                                    ROCKED._replace(jacket_temperature=fast))]
    return gained[0] / gained[1]
