"""The valve block before a column: which liquids the pump draws, and a gradient between two of them.

Each line gives in proportion to its valve's opening; where equilibration and elution are both open they are a gradient,
whose share moves at a constant rate towards its target. A load tank that runs dry gives what it has and no more, and a
manifold with every valve shut gives nothing. What is handed on is what was drawn during the tick.
Not modelled: dead volume of the lines, bubbles, the mixing volume of a real gradient.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.buffer_manifold.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import law, maximum, minimum, where
from biotwin.properties.parts import part
from biotwin.quantity import MolPerCubicMetre, Number, Second

__all__ = ["Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]


class Shares(NamedTuple):
    """Part of the flow that each line gives; they sum to 1, or to 0 where all are shut."""

    load: Number
    equilibration: Number
    wash: Number
    elution: Number
    strip: Number
    cip: Number


@law
def shares(gradient: Number, u: Inputs) -> Shares:
    """By the openings; two that are open together, equilibration and elution, are proportioned by the gradient."""
    a, b, leak = part(u.equilibration_valve), part(u.elution_valve), part(u.elution_leak)
    elution = maximum(b * maximum(gradient, 1.0 - a), leak)
    equilibration = a * (1.0 - b * gradient)
    load, wash = part(u.load_valve), part(u.wash_valve)
    strip, cip = part(u.strip_valve), part(u.cip_valve)
    total = load + equilibration + wash + elution + strip + cip
    over = where(total > 0.0, 1.0 / where(total > 0.0, total, 1.0), 0.0)
    return Shares(load * over, equilibration * over, wash * over, elution * over, strip * over, cip * over)


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The manifold after ``dt`` seconds."""
    reach = dt / maximum(u.gradient_time, p.least_time)
    ahead = x.gradient + minimum(maximum(part(u.gradient_target) - x.gradient, -reach), reach)
    both = part(u.equilibration_valve) * part(u.elution_valve)
    gradient = where(both > 0.0, ahead, 0.0)
    s, flow = shares(gradient, u), maximum(u.flow, 0.0)
    load = minimum(flow * s.load, maximum(u.load_volume, 0.0) / dt)
    buffers = flow * (s.equilibration + s.wash + s.elution + s.strip + s.cip)
    return State(
        gradient=gradient, load_flow=load, flow=load + buffers, loaded=x.loaded + load * dt,
        buffer_used=x.buffer_used + buffers * dt,
    )


@law
def drawn(x: State, u: Inputs, p: Parameters) -> Shares:
    """Part of what was drawn that came from each line, a load tank that ran dry included."""
    s = shares(x.gradient, u)
    load = where(x.flow > 0.0, x.load_flow / maximum(x.flow, p.least_flow), s.load)
    rest = s.equilibration + s.wash + s.elution + s.strip + s.cip
    each = where(rest > 0.0, (1.0 - load) / where(rest > 0.0, rest, 1.0), 0.0)
    return Shares(load, s.equilibration * each, s.wash * each, s.elution * each, s.strip * each, s.cip * each)


@law
def blended(s: Shares, equilibration: MolPerCubicMetre, wash: MolPerCubicMetre, elution: MolPerCubicMetre,
            strip: MolPerCubicMetre, cip: MolPerCubicMetre) -> MolPerCubicMetre:
    """A concentration that the buffers bring."""
    return s.equilibration * equilibration + s.wash * wash + s.elution * elution + s.strip * strip + s.cip * cip


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """The stream that is handed on."""
    s, strength = drawn(x, u, p), 1.0 - u.buffers_diluted
    salt = blended(s, p.equilibration_salt + u.equilibration_wrong * p.equilibration_error, p.wash_salt,
                   p.elution_salt, p.strip_salt, p.cip_salt)
    ions = blended(s, p.equilibration_strong_ions, p.wash_strong_ions,
                   p.elution_strong_ions + u.elution_wrong * p.elution_error, p.strip_strong_ions, p.cip_strong_ions)
    acetate = blended(s, p.equilibration_acetate, p.wash_acetate, p.elution_acetate, p.strip_acetate, p.cip_acetate)
    tris = blended(s, p.equilibration_tris, p.wash_tris, p.elution_tris, p.strip_tris, p.cip_tris)
    product, whole = s.load * u.load_product, x.loaded + maximum(u.load_volume, 0.0)
    left = where(whole > 0.0, maximum(u.load_volume, 0.0) / maximum(whole, p.least_volume), 1.0)
    return Readings(
        flow=x.flow, load_flow=x.load_flow,
        salt=strength * salt + s.load * u.load_salt, strong_ions=strength * ions + s.load * u.load_strong_ions,
        acetate=strength * acetate + s.load * u.load_acetate, tris=strength * tris + s.load * u.load_tris,
        product=product, aggregates=s.load * u.load_aggregates,
        acidic=product * u.load_acidic_fraction, basic=product * u.load_basic_fraction,
        hcp=s.load * u.load_hcp, dna=s.load * u.load_dna, solutes=s.load * u.load_solutes,
        gradient=x.gradient, loaded=x.loaded, buffer_used=x.buffer_used,
        drawn_share=1.0 - left, left_share=left,
    )


def initial(p: Parameters, start: Start) -> State:
    """All shut."""
    return State(0.0, 0.0, 0.0, 0.0, 0.0)
