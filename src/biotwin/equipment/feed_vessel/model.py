"""A bottle, bag or tank of any material: what it hands over in a tick is what it loses, to the last bit.

A pump draws; the vessel gives what it has. ``advance`` decides how much left during the tick and remembers that flow,
and ``readings`` report the remembered one, so that whoever receives it over the same tick closes the balance.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from biotwin.operators import law, minimum, where
from biotwin.quantity import (
    CellsPerCubicMetre,
    CubicMetre,
    CubicMetrePerSecond,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerSecond,
    MolPerCubicMetre,
    MolPerSecond,
    Number,
    PerSecond,
    Second,
)


class State(NamedTuple):
    """What the vessel remembers."""

    volume: CubicMetre
    """Liquid left, m3, >= 0."""
    flow: CubicMetrePerSecond
    """Mean flow that left during the last tick, m3/s, >= 0."""


class Inputs(NamedTuple):
    """What is asked of the vessel; every malfunction is 0 in health."""

    draw: CubicMetrePerSecond = 0.0
    """What the pump would take, m3/s, >= 0."""
    refill: CubicMetrePerSecond = 0.0
    """What is poured in, of the same composition, m3/s, >= 0."""
    substitution: Number = 0.0
    """0..1: how much of the content is the substitute's composition (wrong bottle, wrong mix)."""
    clamp: Number = 0.0
    """0..1: how far the line is clamped."""
    viable_cells: CellsPerCubicMetre = -1.0
    """Of what a unit before this one handed over; below 0: as the parameters say. The next too."""
    dead_cells: CellsPerCubicMetre = -1.0


class Parameters(NamedTuple):
    """Material and tare; ``substitute_*`` is the material that a wrong bottle would hold. Osmoles count as mol."""

    glucose: MolPerCubicMetre = 0.0
    glutamine: MolPerCubicMetre = 0.0
    lactate: MolPerCubicMetre = 0.0
    ammonia: MolPerCubicMetre = 0.0
    inorganic_carbon: MolPerCubicMetre = 0.0
    strong_ions: MolPerCubicMetre = 0.0
    osmoles: MolPerCubicMetre = 0.0
    antifoam: KilogramPerCubicMetre = 0.0
    viable_cells: CellsPerCubicMetre = 0.0
    dead_cells: CellsPerCubicMetre = 0.0
    substitute_glucose: MolPerCubicMetre = 0.0
    substitute_glutamine: MolPerCubicMetre = 0.0
    substitute_lactate: MolPerCubicMetre = 0.0
    substitute_ammonia: MolPerCubicMetre = 0.0
    substitute_inorganic_carbon: MolPerCubicMetre = 0.0
    substitute_strong_ions: MolPerCubicMetre = 0.0
    substitute_osmoles: MolPerCubicMetre = 0.0
    substitute_antifoam: KilogramPerCubicMetre = 0.0
    substitute_viable_cells: CellsPerCubicMetre = 0.0
    substitute_dead_cells: CellsPerCubicMetre = 0.0
    density: KilogramPerCubicMetre = 1010.0
    """Of the liquid, kg/m3. Teaching value: between water and a concentrated feed; the substitute weighs the same."""
    tare: Kilogram = 0.0
    """Empty vessel on the scale, kg."""


class Readings(NamedTuple):
    """What leaves, and what the scale shows; flows are means over the last tick."""

    liquid_flow: CubicMetrePerSecond
    glucose_flow: MolPerSecond
    glutamine_flow: MolPerSecond
    lactate_flow: MolPerSecond
    ammonia_flow: MolPerSecond
    inorganic_carbon_flow: MolPerSecond
    strong_ion_flow: MolPerSecond
    osmole_flow: MolPerSecond
    antifoam_flow: KilogramPerSecond
    viable_cell_flow: PerSecond
    dead_cell_flow: PerSecond
    weight: Kilogram


class Start(NamedTuple):
    """How the vessel begins: holding ``volume``."""

    volume: CubicMetre = 0.0


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The vessel after ``dt`` seconds: it gives what is asked, at most what it holds."""
    held = x.volume + u.refill * dt
    given = minimum(u.draw * (1.0 - u.clamp) * dt, held)
    return State(volume=held - given, flow=given / dt)


@law
def mixed(right: Any, substitute: Any, wrong: Number) -> Any:
    """A concentration between that of the right bottle and that of the substitute."""
    return right + wrong * (substitute - right)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Flows of the last tick, by what the connected bottle holds, and the weight."""
    flow = x.flow
    wrong = u.substitution
    viable = where(u.viable_cells < 0.0, p.viable_cells, u.viable_cells)
    dead = where(u.dead_cells < 0.0, p.dead_cells, u.dead_cells)
    return Readings(
        liquid_flow=flow,
        glucose_flow=flow * mixed(p.glucose, p.substitute_glucose, wrong),
        glutamine_flow=flow * mixed(p.glutamine, p.substitute_glutamine, wrong),
        lactate_flow=flow * mixed(p.lactate, p.substitute_lactate, wrong),
        ammonia_flow=flow * mixed(p.ammonia, p.substitute_ammonia, wrong),
        inorganic_carbon_flow=flow * mixed(p.inorganic_carbon, p.substitute_inorganic_carbon, wrong),
        strong_ion_flow=flow * mixed(p.strong_ions, p.substitute_strong_ions, wrong),
        osmole_flow=flow * mixed(p.osmoles, p.substitute_osmoles, wrong),
        antifoam_flow=flow * mixed(p.antifoam, p.substitute_antifoam, wrong),
        viable_cell_flow=flow * mixed(viable, p.substitute_viable_cells, wrong),
        dead_cell_flow=flow * mixed(dead, p.substitute_dead_cells, wrong),
        weight=p.tare + x.volume * p.density,
    )


def initial(p: Parameters, start: Start) -> State:
    """At rest with its starting volume."""
    return State(volume=start.volume, flow=0.0)
