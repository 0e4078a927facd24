"""The enthalpy of what melts: one curve from frozen through a narrow band to liquid, counted from 0 K."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import law, maximum, minimum
from biotwin.quantity import Joule, JoulePerKelvin, Kelvin, Number


class Node(NamedTuple):
    """Enthalpy curve: capacity when solid, start and width of melting, heat to melt, capacity when liquid."""

    solid: JoulePerKelvin
    melting: Kelvin
    band: Kelvin
    latent: Joule
    liquid: JoulePerKelvin


@law
def melted(heat: Joule, n: Node) -> Number:
    """Part of a node that is liquid, 0..1."""
    return minimum(maximum((heat - n.solid * n.melting) / n.latent, 0.0), 1.0)


@law
def temperature(heat: Joule, n: Node) -> Kelvin:
    """Temperature of a node that holds ``heat``: solid, melting over the band, liquid."""
    solid = n.solid * n.melting
    return minimum(heat, solid) / n.solid + n.band * melted(heat, n) + maximum(heat - solid - n.latent, 0.0) / n.liquid


@law
def heat_at(kelvins: Kelvin, n: Node) -> Joule:
    """Enthalpy of a node at a temperature: the inverse of ``temperature``."""
    molten = minimum(maximum((kelvins - n.melting) / n.band, 0.0), 1.0)
    beyond = maximum(kelvins - n.melting - n.band, 0.0)
    return minimum(kelvins, n.melting) * n.solid + n.latent * molten + beyond * n.liquid
