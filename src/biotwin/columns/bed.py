"""What a packed bed is: its geometry, its particles, what they bind, and how finely it is computed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from biotwin.quantity import Metre, MolPerCubicMetre, Number, PascalSecond, SquareMetre

LINEAR, LANGMUIR, STERIC, AFFINITY = 0, 1, 2, 3
Floats = NDArray[np.float64]


class Bed(NamedTuple):
    """Constants of one packed bed. ``figures`` has a row per component; its columns are told by each isotherm."""

    length: Metre
    section: SquareMetre
    """Cross-section of the empty column, m2."""
    voids: Number
    """Volume between the beads, fraction of the bed."""
    pores: Number
    """Volume of the pores, fraction of a bead."""
    radius: Metre
    """Of a bead, m."""
    dispersivity: Metre
    """Axial dispersion over interstitial velocity, m: half the height of a plate. It lets dispersion end with flow."""
    film: Floats
    """Film transfer coefficient of each component, m/s. Ignored where the beads are not resolved."""
    isotherm: int
    """``LINEAR``, ``LANGMUIR``, ``STERIC`` or ``AFFINITY``."""
    figures: Floats
    capacity: MolPerCubicMetre = 0.0
    """Ionic capacity of the exchanger, mol per m3 of solid (``STERIC``)."""
    ligand_pk: Number = 2.07
    """pK of the ligand (``AFFINITY``; downstream.md 3.1.3, mAb A on a 5 mL column [R])."""
    ligand_slope: Number = 1.81
    """Steepness of the ligand's titration (same source)."""
    cells: int = 48
    resolved: int = 1
    """1: beads behind a film (lumped rate with pores); 0: pores and voids are one (lumped rate without)."""
    viscosity: PascalSecond = 1.0e-3
    """Of the liquid, Pa s: water at 20 degC."""

    @property
    def components(self) -> int:
        return int(self.film.size)

    @property
    def mobile(self) -> float:
        """Volume that flows, fraction of the bed."""
        return self.voids if self.resolved else self.voids + (1.0 - self.voids) * self.pores


def velocity(bed: Bed, flow: float) -> float:
    """Interstitial velocity, m/s, at a flow in m3/s."""
    return flow / (bed.section * bed.mobile)


def pressure_drop(bed: Bed, flow: float) -> float:
    """Blake-Kozeny, Pa: 150 mu v (1 - e)^2 / (d^2 e^3) per length, v the superficial velocity (downstream.md 3.1.7)."""
    solid, diameter = 1.0 - bed.voids, 2.0 * bed.radius
    gradient = 150.0 * bed.viscosity * (flow / bed.section) * solid**2 / (diameter**2 * bed.voids**3)
    return gradient * bed.length
