"""Objective tests of this drawer: what ``reference.yaml`` calls."""

from __future__ import annotations

from collections.abc import Callable
from math import log

from biotwin.equipment.shipper.model import (
    BALANCES,
    Inputs,
    Parameters,
    Readings,
    Start,
    State,
    equations,
    initial,
    readings,
)
from biotwin.stepping.rosenbrock import rosenbrock

HOUR, DAY = 3600.0, 86400.0


def _derivatives(x: tuple[float, ...], context: tuple[Inputs, Parameters]) -> State:
    return equations(State(*x), *context)


_STEP = rosenbrock(_derivatives, -1, len(State._fields)).py_func  # type: ignore[attr-defined]
"""The plant's own stepper, interpreted: compiling it would take longer than these runs."""


def _fly(x: State, u: Inputs, p: Parameters, tick: float, ticks: int) -> State:
    values = list(x)
    for _ in range(ticks):
        _STEP(values, (u, p), tick)
    return State(*values)


def _until(done: Callable[[Readings], bool], x: State, u: Inputs, p: Parameters, tick: float, most: float) -> float:
    """Time (s) at which a reading meets ``done``, to one tick; ``most`` where it never does."""
    values, time = list(x), 0.0
    while time < most and not done(readings(State(*values), u, p)):
        _STEP(values, (u, p), tick)
        time += tick
    return time


def _even(kelvins: float) -> Start:
    return Start(pack_temperature=kelvins, content_temperature=kelvins, wall_temperature=kelvins)


def mean_kinetic_temperature(*, temperatures: list[float], hours: list[float], tick: float) -> float:
    """MKT (K) of a content kept for ``hours`` at each of ``temperatures`` (K), the whole box with it."""
    p, clocks = Parameters(), initial(Parameters(), Start())
    for kelvins, long in zip(temperatures, hours, strict=True):
        box = initial(p, _even(kelvins))
        x = box._replace(elapsed=clocks.elapsed, kinetic_time=clocks.kinetic_time)
        clocks = _fly(x, Inputs(ambient=kelvins), p, tick, round(long * HOUR / tick))
    return readings(clocks, Inputs(), p).mean_kinetic_temperature


def hold_time(*, conductance: float, pack_mass: float, ambient: float, puncture: float, tick: float) -> float:
    """Time (s) for packs at the start of their melting to melt wholly, the content at their temperature."""
    p = Parameters(wall_conductance=conductance, pack_mass=pack_mass)
    start = _even(p.pack_melting)._replace(wall_temperature=(ambient + p.pack_melting) / 2.0)
    u = Inputs(ambient=ambient, puncture=puncture)
    return _until(lambda y: y.pack_molten >= 1.0, initial(p, start), u, p, tick, 60.0 * DAY)


def puncture_shortens(*, puncture: float) -> float:
    """Hold of a sound box over that of one with ``puncture`` of its panels full of air."""
    sound, punctured = (hold_time(conductance=0.25, pack_mass=5.0, ambient=303.15, puncture=s, tick=60.0)
                        for s in (0.0, puncture))
    return sound / punctured


def vial_monitor(*, warm: float, warm_days: float, cool: float, energy: float) -> float:
    """Time (s) at ``cool`` K for the loss that ``warm`` K brings in ``warm_days``, one activation energy for both."""
    p = Parameters(inactivation=log(2.0) / (warm_days * DAY), inactivation_energy=energy, aggregation=0.0,
                   reference_temperature=warm)
    start = _even(cool)._replace(aggregate_fraction=0.0)
    return _until(lambda y: y.potency <= 0.5, initial(p, start), Inputs(ambient=cool), p, HOUR, 3000.0 * DAY)


def relaxed(*, ambient: float, packs: float, content: float, wall: float, hours: float, tick: float) -> float:
    """Content (K) after ``hours`` with all packs molten, the lid a tenth open: a linear network."""
    p = Parameters()
    x = initial(p, Start(pack_temperature=packs, content_temperature=content, wall_temperature=wall))
    u = Inputs(ambient=ambient, lid_opening=0.1)
    return readings(_fly(x, u, p, tick, round(hours * HOUR / tick)), u, p).content_temperature


def balance_error(*, tick: float, hours: float) -> float:
    """Largest open part of both balances over their largest term, freezing, thawing and melting in turn."""
    p, worst = Parameters(), 0.0
    values = list(initial(p, Start(pack_temperature=253.15)))
    forms = {n: sum(w * getattr(State(*values), f) for f, w in t.items()) for n, t in BALANCES.items()}
    for n in range(round(hours * HOUR / tick)):
        outside = (233.15, 313.15, 278.15)[n % 3]
        _STEP(values, (Inputs(ambient=outside, lid_opening=float(n % 7 == 0), puncture=0.3), p), tick)
        now = State(*values)
        for name, terms in BALANCES.items():
            parts = [w * getattr(now, f) for f, w in terms.items()]
            worst = max(worst, abs(sum(parts) - forms[name]) / max(map(abs, parts)))
    return worst


def most_ice(*, packs: float, ambient: float, hours: float) -> float:
    """Largest part of the content that freezes on packs of that temperature (K)."""
    p, most = Parameters(), 0.0
    values, u = list(initial(p, Start(pack_temperature=packs))), Inputs(ambient=ambient)
    for _ in range(round(hours * 60.0)):
        _STEP(values, (u, p), 60.0)
        most = max(most, readings(State(*values), u, p).ice_fraction)
    return most
