"""What goes into the harvest beside the product: host-cell protein, and product that sticks together."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import law
from biotwin.quantity import (
    Cells,
    CubicMetre,
    CubicMetrePerKilogramSecond,
    CubicMetrePerSecond,
    Kilogram,
    KilogramPerCellSecond,
    KilogramPerCubicMetre,
    KilogramPerSecond,
    Metre,
    PerSecond,
)


class Quality(NamedTuple):
    """Figures of both laws."""

    secretion: KilogramPerCellSecond = 5.8e-21
    """Host-cell protein that a viable cell loses: 0.5 pg per day. Teaching value: a fifth of the harvest's HCP."""
    protein_of_a_cell: Kilogram = 1.25e-13
    """100 to 150 pg, middle (recalled, [D] in upstream.md 2.A4)."""
    pairing: CubicMetrePerKilogramSecond = 8.0e-9
    """Second order in product; with ``surface`` tuned to 1 to 3 % of aggregates at harvest ([D], upstream.md 2.A4)."""
    surface: Metre = 1.5e-8
    """Product denatured per area of bubble made: about a tenth of the aggregates of a healthy batch. Teaching value."""


QUALITY = Quality()


@law
def host_cell_protein(viable: Cells, lysis: PerSecond) -> KilogramPerSecond:
    """Release of host-cell protein; ``lysis`` in cells per second (Kroll 2017 for the shape)."""
    return QUALITY.secretion * viable + QUALITY.protein_of_a_cell * lysis


@law
def aggregation(
    product: KilogramPerCubicMetre, volume: CubicMetre, gas_flow: CubicMetrePerSecond, bubble_radius: Metre
) -> KilogramPerSecond:
    """Product that aggregates: among itself, and on the area 3 Q / R that the bubbles renew each second."""
    paired = QUALITY.pairing * product * product * volume
    return paired + QUALITY.surface * 3.0 * gas_flow / bubble_radius * product
