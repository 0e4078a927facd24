"""What a media fill shows: with so many units grown, how many in truth may be contaminated."""

from __future__ import annotations

from biotwin.operators import law, sqrt
from biotwin.quantity import Number

NORMAL_95 = 1.6448536269514722


@law
def upper_limit(grown: Number, units: Number) -> Number:
    """Upper limit (95 %, one side) of the contaminated part when ``grown`` of ``units`` grew.

    Half the 95 % point of chi-square with 2 (n + 1) degrees of freedom over the units (the Poisson limit), by Wilson
    and Hilferty's cube: 0.9 % low for none grown, 0.3 % for one, less beyond.
    """
    degrees = 2.0 * (grown + 1.0)
    spread = 2.0 / (9.0 * degrees)
    root = 1.0 - spread + NORMAL_95 * sqrt(spread)
    return 0.5 * degrees * root * root * root / units
