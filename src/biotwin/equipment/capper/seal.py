"""The closure: how a flange of rubber is squeezed, what force it keeps, and what part of such seals leaks.

A rubber ring of shape factor S (loaded over free area) answers as a neo-Hookean block of modulus E (1 + 2 S^2): Gent
and Lindley (1959). Plunger and rail must both do their part: the flange keeps what the lesser of them gives.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.capper.variables import Inputs, Parameters
from biotwin.operators import exp, law, maximum, minimum, sqrt, where
from biotwin.properties.parts import part
from biotwin.quantity import Metre, Newton, Number, Second

PI = 3.141592653589793


class Seal(NamedTuple):
    """The closure that the machine makes now."""

    compression: Metre
    force: Newton
    """Mean, just after the crimp."""
    scatter: Newton
    pressed: Newton
    """The plunger's true force."""
    distance: Metre
    """True, from plunger to rail."""
    clash: Metre
    """By how much the rail is nearer than the plunger has pressed."""


@law
def stress(strain: Number) -> Number:
    """Of a neo-Hookean block in compression, over its modulus."""
    kept = 1.0 - strain
    return (1.0 / (kept * kept) - kept) / 3.0


@law
def newton(kept: Number, load: Number) -> Number:
    """One step of Newton's method on kept^3 + 3 load kept^2 = 1."""
    return kept - (kept * kept * (kept + 3.0 * load) - 1.0) / (3.0 * kept * (kept + 2.0 * load))


@law
def strain_under(load: Number) -> Number:
    """Strain under a stress over the modulus: the inverse of ``stress``, to the last bit in four steps from so near."""
    kept = newton(newton(1.0 / (1.0 + load), load), load)
    return 1.0 - newton(newton(kept, load), load)


@law
def hardness(p: Parameters, thickness: Metre) -> Newton:
    """Modulus times area of the ring, with what its shape adds."""
    area = 0.25 * PI * (p.flange_diameter * p.flange_diameter - p.bore * p.bore)
    shape = area / (PI * (p.flange_diameter + p.bore) * thickness)
    return p.modulus * (1.0 + 2.0 * shape * shape) * area


@law
def crimped(u: Inputs, p: Parameters) -> Seal:
    """What plunger and rail make of a flange of usual thickness, and how parts and plunger scatter it."""
    thickness = p.thickness - p.thin * part(u.stoppers_thin)
    stiff = hardness(p, thickness)
    pressed = maximum(u.force, 0.0 * u.force) * (1.0 - part(u.sensor_drift))
    distance = u.distance + p.rail_wear * part(u.rail_worn)
    by_rail, by_plunger = thickness + p.finish - distance, thickness * strain_under(pressed / stiff)
    held = maximum(minimum(by_rail, by_plunger) - p.springback, 0.0 * thickness)
    strain = minimum(held / thickness, p.most_strain)
    kept = 1.0 - strain
    slope = stiff * (2.0 / (kept * kept * kept) + 1.0) / (3.0 * thickness)
    # A thicker flange is squeezed by more, and of more: strain moves by the part that is kept.
    flange = kept * p.thickness_scatter
    parts = sqrt(flange * flange + p.finish_scatter * p.finish_scatter + p.cap_scatter * p.cap_scatter)
    scatter = where(by_rail < by_plunger, slope * parts, p.force_scatter * pressed)
    return Seal(held, stiff * stress(strain), scatter, pressed, distance, by_rail - by_plunger)


@law
def remaining(age: Second, p: Parameters) -> Number:
    """Part of the first force that is left after this time: a stretched exponential that levels off."""
    stretched = sqrt(sqrt(maximum(age, 0.0 * age) / p.relaxation_time))
    return p.relaxed + (1.0 - p.relaxed) * exp(-stretched)


@law
def normal(z: Number) -> Number:
    """Area of the standard normal below ``z``: Abramowitz and Stegun 7.1.26, within 1.5e-7."""
    x = minimum(maximum(z, -z), 12.0) * 0.7071067811865476
    t = 1.0 / (1.0 + 0.3275911 * x)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    tail = 0.5 * series * exp(-x * x)
    return where(z > 0.0, 1.0 - tail, tail)


@law
def loose(mean: Newton, scatter: Newton, p: Parameters) -> Number:
    """Part of the vials that leak because they are held loosely: the seal under the flange fails, and the plug's too.

    Forces and the forces at which seals fail are normal: the part that fails is a normal area of both.
    """
    width = sqrt(p.land_scatter * p.land_scatter + scatter * scatter)
    return p.plug_defects * normal((p.land_force - mean) / width)
