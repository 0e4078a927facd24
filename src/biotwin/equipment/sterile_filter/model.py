"""A sterilising-grade filter of 0.22 um: wetted, tested, used, rinsed, tested again.

Ideas. (1) Flow: standard blocking in what has passed, closed at constant flow and at constant pressure; what the pump
delivers and the membrane does not pass waits before it. (2) A test sees gas: what diffuses through wetted pores, what
rushes through dry ones, through pores that the pressure empties (bubble point, by surface tension) and through a flaw
(choked flow). Product in the pores lowers the bubble point: a sound filter then fails. (3) Microbes pass by a claimed
reduction and by the flaw; what the filter retains may close the flaw and hide it from the test after use. (4) Water
wets and rinses; back-pressure helps. Not modelled: product diluted by water (the filter is blown down), adsorption.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.sterile_filter.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, log, maximum, minimum, sqrt
from biotwin.quantity import (
    CellsPerCubicMetre,
    CubicMetre,
    CubicMetrePerSecond,
    Metre,
    Number,
    Pascal,
    PascalSecondPerCubicMetre,
    Second,
)

__all__ = ["BALANCES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

BALANCES: dict[str, tuple[str, ...]] = {"liquid": ("upstream", "filtered", "sampled")}
"""What came in by ``flow`` is before the filter, has passed or was sampled."""

DECADE = 2.302585092994046
LAST = 1.0e-6
"""Part of the capacity that is never used up: keeps a resistance finite."""


class Filtration(NamedTuple):
    """What one tick puts through the membrane."""

    passing: CubicMetre
    taken: CubicMetre
    """By sampling."""
    used: Number
    """Part of the capacity that is used afterwards."""


@law
def clean_resistance(p: Parameters) -> PascalSecondPerCubicMetre:
    """Of the unused membrane to the bulk."""
    return p.viscosity / (p.water_viscosity * p.area * p.permeability)


@law
def filtration(x: State, u: Inputs, p: Parameters, dt: Second) -> Filtration:
    """What is there, at most what the pressure drives: closed solution of standard blocking."""
    pace = (1.0 + u.foulant) / (p.capacity * p.area)
    free = maximum(1.0 - x.plugged, LAST)
    come = x.upstream + maximum(u.flow, 0.0) * dt
    taken = minimum(maximum(u.sample_flow, 0.0) * dt, come)
    there = maximum(come - taken - p.holdup, 0.0 * p.holdup)
    driven = pace * (u.supply_pressure / clean_resistance(p)) * dt * free
    most = free * driven / (1.0 + driven) / pace
    passing = minimum(there, most)
    return Filtration(passing=passing, taken=taken, used=minimum(x.plugged + passing * pace, 1.0 - LAST))


@law
def hole(u: Inputs, x: State) -> Metre:
    """Diameter of what is left open of the flaw."""
    return u.flaw * sqrt(maximum(1.0 - x.covered, 0.0))


@law
def waiting(x: State, u: Inputs, p: Parameters) -> CellsPerCubicMetre:
    """Microbes in the bulk before the filter, after its wait."""
    return u.bioburden * exp(p.growth * x.hold)


@law
def retained(u: Inputs, p: Parameters) -> Number:
    """What a membrane without a flaw lets by, as claimed."""
    return exp(-DECADE * p.membrane_reduction * (1.0 - u.wrong_grade * (1.0 - p.coarse_reduction)))


@law
def through_hole(x: State, u: Inputs, p: Parameters, flow: CubicMetrePerSecond) -> CubicMetrePerSecond:
    """Liquid that the flaw lets by: a sharp-edged hole under the membrane's own pressure drop, at most the flow."""
    d = hole(u, x)
    drop = flow * clean_resistance(p) / ((1.0 - x.plugged) * (1.0 - x.plugged))
    speed = sqrt(2.0 * drop / p.density)
    return minimum(p.discharge * 0.7853981633974483 * d * d * speed, flow)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The filter after ``dt`` seconds at constant inputs."""
    f = filtration(x, u, p, dt)
    flow = f.passing / dt
    come = waiting(x, u, p) * f.passing * mean_growth(p, dt) + maximum(u.contamination_rate, 0.0) * dt
    slip = through_hole(x, u, p, flow) / maximum(flow, LAST * p.tester_flow)
    gone = come * minimum(retained(u, p) + slip, 1.0)
    rinse = maximum(u.water_flow, 0.0) * dt / p.area
    easier = 1.0 + p.help * minimum(maximum(u.back_pressure, 0.0), 1.0)
    soaked = rinse + f.passing / p.area
    filled = exp(-f.passing / (p.area * p.rinse_depth))
    return State(
        upstream=maximum(x.upstream + maximum(u.flow, 0.0) * dt - f.passing - f.taken, 0.0 * p.holdup),
        filtered=x.filtered + f.passing, sampled=x.sampled + f.taken,
        plugged=f.used, dry=x.dry * exp(-soaked / p.easy_depth),
        stubborn=x.stubborn * exp(-soaked * easier / p.stubborn_depth),
        film=1.0 - (1.0 - x.film * exp(-rinse / p.rinse_depth)) * filled, hold=x.hold + dt,
        covered=1.0 - (1.0 - x.covered) * exp(-p.cover * (f.used - x.plugged)),
        passed=x.passed + gone, stopped=x.stopped + come - gone, water=x.water + rinse * p.area,
        outflow=flow, burden_out=gone / dt,
    )


@law
def mean_growth(p: Parameters, dt: Second) -> Number:
    """Mean of exp(growth t) over a tick."""
    return (exp(p.growth * dt) - 1.0) / (p.growth * dt)


@law
def capillary(x: State, u: Inputs, p: Parameters) -> Pascal:
    """Pressure that empties the largest pores: proportional to the surface tension of what they hold."""
    pore = p.bubble_point * (1.0 - u.wrong_grade * (1.0 - p.coarse_point))
    return pore * (1.0 + x.film * (p.product_tension / p.water_tension - 1.0))


@law
def diffused(u: Inputs, p: Parameters) -> CubicMetrePerSecond:
    """Gas through the liquid in the pores, at 1 bar: Fick's law between two solubilities."""
    wet = p.area * p.porosity * p.diffusivity / (p.tortuosity * p.thickness)
    return wet * p.solubility * u.test_pressure


@law
def unwetted(x: State, u: Inputs) -> Number:
    """Part of the membrane that gas crosses freely because nothing has wetted it."""
    return x.dry + u.hydrophobic * x.stubborn


@law
def rushed(x: State, u: Inputs, p: Parameters) -> CubicMetrePerSecond:
    """Gas through pores that are dry or emptied by the pressure, and through the flaw, at 1 bar."""
    empty = 1.0 / (1.0 + exp(minimum((capillary(x, u, p) - u.test_pressure) / p.opening, 100.0)))
    dry = minimum(unwetted(x, u) + empty, 1.0)
    d = hole(u, x)
    leak = p.discharge * 0.7853981633974483 * d * d * p.sonic * (1.0 + u.test_pressure / p.atmosphere)
    return p.area * dry * p.dry_permeance * u.test_pressure + leak


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Filtrate of the last tick, gauges, tests as they would come out now."""
    rush = rushed(x, u, p)
    free = maximum(1.0 - x.plugged, LAST)
    slip = through_hole(x, u, p, x.outflow) / maximum(x.outflow, LAST * p.tester_flow)
    passes = minimum(retained(u, p) + slip, 1.0)
    return Readings(
        flow=x.outflow, burden_rate=x.burden_out,
        inlet_pressure=minimum(x.outflow * clean_resistance(p) / (free * free), u.supply_pressure),
        resistance_ratio=1.0 / (free * free), held=x.upstream, filtered_volume=x.filtered,
        sampled_volume=x.sampled, water_used=x.water,
        gas_flow=diffused(u, p) + rush,
        bubble_point=capillary(x, u, p) / (1.0 + rush / p.tester_flow),
        challenge=waiting(x, u, p), hold_time=x.hold, wetted=1.0 - minimum(unwetted(x, u), 1.0),
        passed=x.passed, stopped=x.stopped, log_reduction=-log(passes) / DECADE,
    )


def initial(p: Parameters, start: Start) -> State:
    """Fitted and sterilised, dry unless it was wetted before."""
    dry = 1.0 - start.wetted
    return State(**dict.fromkeys(State._fields, 0.0))._replace(hold=start.hold, dry=dry, stubborn=dry)
