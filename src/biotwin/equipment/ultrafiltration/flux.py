"""Two laws of flux for one channel: film (pressure-independent gel) and osmotic (wall concentration). A plant chooses.

The osmotic law is implicit: s = J / k solves s + (L / k) Pi(c exp s) = L TMP / k. The left side is convex and rises by
at least 1, so that Newton's method from above descends to the root without overshoot; a fixed number of steps, begun at
a bound, replaces a loop (tests: against bisection).
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import exp, law, log, maximum, minimum, power
from biotwin.quantity import (
    JoulePerKilogram,
    KilogramPerCubicMetre,
    MetrePerSecond,
    MetrePerSecondPascal,
    Number,
    Pascal,
)

NOTHING = 1e-30
"""A pressure of zero has this wall concentration, relative: its logarithm is finite."""


class Channel(NamedTuple):
    """What the membrane meets."""

    concentration: KilogramPerCubicMetre
    """Protein in the bulk."""
    inlet: Pascal
    """Transmembrane pressure at the channel's inlet."""
    outlet: Pascal
    permeability: MetrePerSecondPascal
    crossflow: Number
    """Over the reference flow."""


class Film(NamedTuple):
    """Figures of the film law; the defaults are those of the published case."""

    mass_transfer: MetrePerSecond = 4.79e-6
    """m/s (diafiltration-project at af5d524d, read in downstream.md 6.5)."""
    gel: KilogramPerCubicMetre = 319.0
    """Concentration at which flux ends; 319 mol/m3 in that case, whose law is the same in any unit."""
    exponent: Number = 0.0
    """Of the crossflow; 0 in that case. 0.33 to 0.5 in laminar channels with screens (recalled)."""
    trace: KilogramPerCubicMetre = 1.0e-6
    """Thinner liquids are taken as this: the logarithm stays finite, the pressure limits the flux."""


class Osmotic(NamedTuple):
    """Figures of the osmotic law."""

    mass_transfer: MetrePerSecond = 6.0e-6
    """At the reference crossflow. Teaching value: gives some 40 L/m2/h at 50 g/L, usual for antibodies."""
    exponent: Number = 0.4
    """Of the crossflow. Teaching value between Leveque's 1/3 and a screened channel's 0.5 (recalled)."""
    ideal: JoulePerKilogram = 16.8
    """R T / M at 20 degC and 145 kg/mol."""
    second: KilogramPerCubicMetre = 125.0
    """1/B2 of Pi = ideal c (1 + c/second + (c/third)^2). Teaching value: hard spheres of hydrated volume."""
    third: KilogramPerCubicMetre = 100.0
    """1/sqrt(B3). Teaching value: with ``second`` 22 kPa at 200 g/L, order of published antibody curves (recalled)."""
    trace: KilogramPerCubicMetre = 1.0e-6
    stagnant: Number = 1.0e-3
    """Crossflow fraction under which transfer falls no further. Teaching value: natural convection."""


@law
def film(c: Channel, k: Film) -> MetrePerSecond:
    """Mean flux, m/s: the gel's, and never more than the pressure drives; 0 beyond the gel concentration."""
    transfer = k.mass_transfer * power(c.crossflow, k.exponent)
    driven = c.permeability * (0.5 * (c.inlet + c.outlet))
    return minimum(transfer * log(k.gel / maximum(c.concentration, k.trace)), driven)


@law
def osmotic_pressure(c: KilogramPerCubicMetre, k: Osmotic) -> Pascal:
    """Pi of protein at ``c``, Pa."""
    ratio = c / k.third
    return k.ideal * c * (1.0 + c / k.second + ratio * ratio)


@law
def refined(s: Number, pull: Number, stiffness: Number, bulk: tuple[Number, Number]) -> Number:
    """One Newton step on s + stiffness e^s (1 + a e^s + b e^2s) = pull; ``bulk`` is (a, b)."""
    rise = exp(s)
    first, second, third = stiffness * rise, stiffness * bulk[0] * rise * rise, stiffness * bulk[1] * rise * rise * rise
    return s - (s + first + second + third - pull) / (1.0 + first + 2.0 * second + 3.0 * third)


@law
def local_flux(tmp: Pascal, permeability: MetrePerSecondPascal, transfer: MetrePerSecond,
               c: KilogramPerCubicMetre, k: Osmotic) -> MetrePerSecond:
    """Flux where the transmembrane pressure is ``tmp``; negative where the osmotic pressure wins."""
    pull = permeability * tmp / transfer
    stiffness = permeability * k.ideal * c / transfer
    ratio = c / k.third
    bulk = (c / k.second, ratio * ratio)
    # Where any one term of Pi alone balances the pressure, the wall is at most that concentrated.
    ideal = maximum(tmp, 0.0 * tmp) / k.ideal
    cubic = k.third * exp(log(maximum(ideal / k.third, NOTHING)) / 3.0)
    s = minimum(pull, log(maximum(minimum(ideal, cubic), c) / c))
    s = refined(refined(refined(s, pull, stiffness, bulk), pull, stiffness, bulk), pull, stiffness, bulk)
    s = refined(refined(refined(s, pull, stiffness, bulk), pull, stiffness, bulk), pull, stiffness, bulk)
    return transfer * s


@law
def osmotic(c: Channel, k: Osmotic) -> MetrePerSecond:
    """Mean of inlet and outlet: viscous liquids lose the outlet's pressure first, and there liquid filters back."""
    transfer = k.mass_transfer * power(c.crossflow + k.stagnant, k.exponent)
    bulk = maximum(c.concentration, k.trace)
    inlet = local_flux(c.inlet, c.permeability, transfer, bulk, k)
    return 0.5 * (inlet + local_flux(c.outlet, c.permeability, transfer, bulk, k))
