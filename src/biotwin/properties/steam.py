"""Saturated steam: the pressure of water's vapour at a temperature, and back, both in closed form.

IAPWS-IF97, region 4, equations 30 and 31 (Revised Release R7-97(2012), section 8.1): a quadratic in the fourth root of
the pressure and in a transformed temperature, so that each law undoes the other to the last bits. Valid from 273.15 to
647.096 K (611.2 Pa to 22.064 MPa), where it is the steam tables. From 273.15 down to 250 K it runs on within 0.1 % of
supercooled water (Murphy and Koop, Q. J. R. Meteorol. Soc. 131 (2005) 1539, equation 10), which no vessel holds: a
guard. Below 250 K and above the critical point both laws stay where they are.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import law, maximum, minimum, sqrt
from biotwin.quantity import Kelvin, Pascal

N1, N2, N3 = 0.11670521452767e4, -0.72421316703206e6, -0.17073846940092e2
N4, N5, N6 = 0.12020824702470e5, -0.32325550322333e7, 0.14915108613530e2
N7, N8, N9 = -0.48232657361591e4, 0.40511340542057e6, -0.23855557567849
N10 = 0.65017534844798e3
"""Table 34 of the release."""


class Line(NamedTuple):
    """The ends between which the laws follow the line of saturation, and the units of its equation."""

    coldest: Kelvin = 250.0
    hottest: Kelvin = 647.096
    lowest: Pascal = 95.25
    highest: Pascal = 22.064e6
    kelvin: Kelvin = 1.0
    megapascal: Pascal = 1.0e6


LINE = Line()


@law
def saturation_pressure(temperature: Kelvin) -> Pascal:
    """Of water's vapour over liquid water."""
    t = minimum(maximum(temperature, LINE.coldest), LINE.hottest) / LINE.kelvin
    v = t + N9 / (t - N10)
    a, b, c = (v + N1) * v + N2, (N3 * v + N4) * v + N5, (N6 * v + N7) * v + N8
    root = 2.0 * c / (sqrt(b * b - 4.0 * a * c) - b)
    return LINE.megapascal * (root * root) * (root * root)


@law
def saturation_temperature(pressure: Pascal) -> Kelvin:
    """Of steam at its own, partial pressure: air in the way counts for nothing."""
    root = sqrt(sqrt(minimum(maximum(pressure, LINE.lowest), LINE.highest) / LINE.megapascal))
    e, f, g = (root + N3) * root + N6, (N1 * root + N4) * root + N7, (N2 * root + N5) * root + N8
    v = -2.0 * g / (sqrt(f * f - 4.0 * e * g) + f)
    return 0.5 * LINE.kelvin * (N10 + v - sqrt((N10 + v) * (N10 + v) - 4.0 * (N9 + N10 * v)))
