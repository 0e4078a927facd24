"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from biotwin.equipment.infusion_bag.model import Inputs, Parameters, Start, State, advance, initial, readings


def _wetted(p: Parameters, start: Start) -> State:
    """Two vials, their diluent added in one instant and nothing dissolved yet."""
    x = initial(p, start)
    return x._replace(opened=2.0, unopened=x.unopened - 2.0, cake=2.0 * x.content, vial_volume=2.0 * p.fill)


def _fly(x: State, u: Inputs, p: Parameters, tick: float, seconds: float) -> State:
    for _ in range(round(seconds / tick)):
        x = advance(x, u, p, tick)
    return x


def dissolved_after(*, agitation: float, seconds: float, tick: float) -> float:
    """Part of two vials' protein in solution."""
    p = Parameters()
    return 1.0 - readings(_fly(_wetted(p, Start()), Inputs(agitation=agitation), p, tick, seconds), Inputs(),
                          p).undissolved


def time_to_dissolve(*, agitation: float, part: float, tick: float) -> float:
    """Time (s) until that part is dissolved."""
    p, time = Parameters(), 0.0
    x = _wetted(p, Start())
    while readings(x, Inputs(), p).undissolved > 1.0 - part:
        x, time = advance(x, Inputs(agitation=agitation), p, tick), time + tick
    return time


def dose_drawn(*, volume: float, rate: float, tick: float) -> float:
    """Protein (kg) in the bag after ``volume`` of a whole solution was drawn up."""
    p = Parameters()
    x = _wetted(p, Start())._replace(cake=0.0, vial_monomer=4.95e-4, vial_hmw=5.0e-6, vial_active=5.0e-4)
    return readings(_fly(x, Inputs(transfer_flow=rate), p, tick, volume / rate), Inputs(), p).bag_product


def balance_error(*, tick: float) -> float:
    """Largest open part of monomer plus aggregates over what was opened, through every gesture and fault."""
    p = Parameters()
    x, worst = initial(p, Start()), 0.0
    first = x.unopened * x.content
    for n in range(600):
        u = Inputs(vials=2.0 + (n > 300), diluent_flow=1.0e-7 * (n < 120), agitation=(0.3, 1.0, 0.0)[n % 3],
                   transfer_flow=4.0e-8 * (n > 200), draw=5.0e-7 * (n > 250), clamp=0.5 * (n % 2),
                   slow_cake=0.3, free_flow=0.4, leak=0.7)
        x = advance(x, u, p, tick)
        y = readings(x, u, p)
        there = (y.store_monomer + y.store_hmw + y.left_monomer + y.left_hmw + y.bag_product + x.given_monomer
                 + x.given_hmw + x.leaked_monomer + x.leaked_hmw)
        worst = max(worst, abs(there - first) / (x.opened * x.content))
    return worst
