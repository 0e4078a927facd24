"""How well particles settle between the discs: Sigma, cut size, grade efficiency; and how the feed breaks cells."""

from __future__ import annotations

import math

from biotwin.equipment.disc_stack_centrifuge.variables import Inputs, Parameters
from biotwin.operators import exp, law, maximum, minimum, power, where
from biotwin.quantity import CubicMetrePerSecond, Metre, MetrePerSecond, MetrePerSecondSquared, Number, SquareMetre

TURN = 2.0 * math.pi
WIDTH = 0.865 * 0.865
"""Mannweiler and Hoare 1992 (downstream.md 3.2, recalled), squared, as half the next one."""
STEEPNESS = 2.08 / 2.0
MOST = 1.0e6
"""(Size over cut size) squared from which all is separated to the last bit."""


@law
def sigma(speed: Number, p: Parameters, gravity: MetrePerSecondSquared) -> SquareMetre:
    """2 pi n omega^2 (r_o^3 - r_i^3) / (3 g tan theta)."""
    turning = TURN * p.maximum_speed * speed
    cubes = p.outer_radius * p.outer_radius * p.outer_radius - p.inner_radius * p.inner_radius * p.inner_radius
    return TURN * p.discs * turning * turning * cubes / (3.0 * gravity * p.cone_tangent)


@law
def settling(size: Metre, u: Inputs, p: Parameters, gravity: MetrePerSecondSquared) -> MetrePerSecond:
    """Stokes, at rest."""
    return size * size * p.excess_density * gravity / (18.0 * u.viscosity)


@law
def separated(
    size: Metre, area: SquareMetre, flow: CubicMetrePerSecond, u: Inputs, p: Parameters, gravity: MetrePerSecondSquared
) -> Number:
    """Grade efficiency; (size over cut size)^2 = 2 v_g Sigma / Q."""
    borne = 2.0 * settling(size, u, p, gravity) * area
    square = minimum(borne / where(flow > 0.0, flow, p.bowl_volume / p.lag), MOST)
    return 1.0 - exp(-power(WIDTH * square, STEEPNESS))


@law
def cut_size(
    area: SquareMetre, flow: CubicMetrePerSecond, u: Inputs, p: Parameters, gravity: MetrePerSecondSquared
) -> Metre:
    """Size of which half is separated; of a standing bowl, that of one turning at a thousandth of its speed."""
    least = 1.0e-6 * p.efficiency * sigma(1.0, p, gravity)
    velocity = flow / (2.0 * maximum(area, least))
    return power(18.0 * u.viscosity * velocity / (p.excess_density * gravity), 0.5)


@law
def lysed(speed: Number, added: Number, p: Parameters) -> Number:
    """Part of the cells that the feed zone breaks: its dissipation grows as the cube of the speed. Teaching law."""
    return 1.0 - exp(-p.lysis * (speed * speed * speed) * (1.0 + added))

