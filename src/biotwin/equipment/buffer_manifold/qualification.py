"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from biotwin.equipment.buffer_manifold.model import Inputs, Parameters, Start, advance, initial, readings

FLOW = 4.0e-4


def gradient(*, part: float, tick: float) -> float:
    """Salt (mol/m3) after that part of a gradient of 50 min from no salt to 350 mol/m3."""
    p = Parameters(equilibration_salt=0.0, elution_salt=350.0)
    u = Inputs(flow=FLOW, equilibration_valve=1.0, elution_valve=1.0, gradient_time=3000.0)
    x = initial(p, Start())
    for _ in range(round(3000.0 * part / tick)):
        x = advance(x, u, p, tick)
    return readings(x, u, p).salt


def blend(*, load: float, wash: float, cip: float) -> float:
    """Salt (mol/m3) of three lines that are open at once."""
    u, p = Inputs(flow=FLOW, load_valve=load, wash_valve=wash, cip_valve=cip), Parameters()
    return readings(advance(initial(p, Start()), u, p, 1.0), u, p).salt


def drawn(*, volume: float, minutes: float, tick: float) -> float:
    """What was drawn (m3) of a load tank, less what it held, long after it ran dry."""
    p, held = Parameters(), volume
    x = initial(p, Start())
    for _ in range(round(60.0 * minutes / tick)):
        x = advance(x, Inputs(flow=FLOW, load_valve=1.0, load_volume=held), p, tick)
        held -= x.load_flow * tick
    return x.loaded - volume


def blend_flow(*, opening: float) -> float:
    """Flow (m3/s) that is handed on when every valve stands at that opening."""
    u, p = Inputs(flow=FLOW, load_valve=opening, wash_valve=opening), Parameters()
    return readings(advance(initial(p, Start()), u, p, 1.0), u, p).flow
