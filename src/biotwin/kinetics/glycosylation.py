"""Galactosylation of the antibody from the ammonia that the cells live in.

A table, not a mechanism: galactosylation index GI = (G1 + 2 G2) / (2 (G0 + G1 + G2)) against ammonia, computed once
from the Golgi plug-flow model of Villiger 2016 and Karst 2017 at 0.1 uM manganese (upstream.md 2.A4, [R]); between its
points straight lines, beyond them the end values. It has no effect of pH, dissolved oxygen or carbon dioxide on
purpose: a 2026 meta-analysis (Bravo-Venegas et al., mAbs) finds these rarely above 5 %. That temperature and
osmolality move galactosylation by more than 10 % is known from the same source, but not in which direction for a given
cell line: they are left out, and the twin claims nothing about them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from biotwin.operators import law, maximum, minimum
from biotwin.properties.physics import PHYSICS
from biotwin.quantity import MolPerCubicMetre, Number

TABLE = (
    (0.5, 0.272), (1.0, 0.315), (2.0, 0.323), (3.0, 0.307), (4.0, 0.284),
    (5.0, 0.258), (6.0, 0.231), (8.0, 0.175), (10.0, 0.116), (12.0, 0.057),
)
"""Ammonia, mol/m3, and the index."""
LOWEST, HIGHEST = TABLE[0][0], TABLE[-1][0]
START = TABLE[0][1]


class Bends(NamedTuple):
    """Slope of the first interval, and by how much the slope changes at each inner point of the table."""

    first: Number
    at_1: Number
    at_2: Number
    at_3: Number
    at_4: Number
    at_5: Number
    at_6: Number
    at_8: Number
    at_10: Number


def bends(table: tuple[tuple[float, float], ...]) -> Bends:
    """The broken line through a table of ten points, as a sum of hinges."""
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(table)]
    return Bends(slopes[0], *(after - before for before, after in pairwise(slopes)))


BENDS = bends(TABLE)


@law
def _beyond(value: Number, point: Number) -> Number:
    """How far ``value`` lies beyond a point, 0 where it does not."""
    return maximum(value - point, 0.0)


@law
def galactosylation_index(ammonia: MolPerCubicMetre) -> Number:
    """GI of the product made now, 0..1; ammonia in mol/m3, table from 0.5 to 12."""
    a = minimum(maximum(ammonia / PHYSICS.unit_concentration, LOWEST), HIGHEST)
    low = BENDS.first * (a - LOWEST) + BENDS.at_1 * _beyond(a, 1.0) + BENDS.at_2 * _beyond(a, 2.0)
    middle = BENDS.at_3 * _beyond(a, 3.0) + BENDS.at_4 * _beyond(a, 4.0) + BENDS.at_5 * _beyond(a, 5.0)
    high = BENDS.at_6 * _beyond(a, 6.0) + BENDS.at_8 * _beyond(a, 8.0) + BENDS.at_10 * _beyond(a, 10.0)
    return START + low + middle + high
