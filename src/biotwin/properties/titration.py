"""pH of a purified pool between pH 1 and 13: acetate, Tris, the protein's carboxyl groups and strong ions in water.

Electroneutrality in the hydrogen ion activity h: strong + tris h/(h + Kt) + (h - Kw/h) = acetate Ka/(h + Ka) +
carboxyl Kc/(h + Kc), each in mol/m3. The left less the right falls throughout as pH rises, so ten halvings of 1 .. 13
bring the root within 0.006, where Newton's method doubles its figures: three steps end at the last bits.
Activities are taken as concentrations: at 0.1 M that errs by some 0.1 pH, the same in every run.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.quantity import MolPerCubicMetre, Number

LN10 = 2.302585092994046
MIDDLE, LOWEST, HIGHEST = 7.0, 1.0, 13.0
"""Where the halving begins, and what bounds the answer: beyond it, a glass probe says nothing true."""
ACETATE_PK = 4.76
"""Acetic acid at 25 degC ([K] recalled, downstream.md 3.1.7)."""
TRIS_PK = 8.07
"""Tris at 25 degC ([K] recalled, downstream.md 3.1.7)."""
CARBOXYL_PK = 4.0
"""Aspartate and glutamate of a folded protein, as one group. Recalled: 3.9 and 4.3 as free side chains."""
WATER_PK = 14.0
"""At 25 degC, by definition of neutrality at pH 7 (recalled)."""


class Charges(NamedTuple):
    """What carries charge: whole concentrations of the buffers, and strong cations less strong anions."""

    strong_ions: MolPerCubicMetre
    acetate: MolPerCubicMetre
    tris: MolPerCubicMetre
    carboxyl: MolPerCubicMetre


@law
def constant(pk: Number) -> Number:
    """A dissociation constant, mol/L."""
    return exp(-LN10 * pk)


@law
def excess(ph: Number, c: Charges, molar: MolPerCubicMetre) -> MolPerCubicMetre:
    """Positive less negative charge at this pH; 0 at the pool's own. ``molar`` is 1 mol/L."""
    h = constant(ph)
    acetate, tris, carboxyl = constant(ACETATE_PK), constant(TRIS_PK), constant(CARBOXYL_PK)
    water = molar * (h - constant(WATER_PK) / h)
    positive = c.strong_ions + c.tris * (h / (h + tris)) + water
    return positive - c.acetate * (acetate / (h + acetate)) - c.carboxyl * (carboxyl / (h + carboxyl))


@law
def _turn(h: Number, k: Number) -> Number:
    """How fast a buffer's share of charged form turns with the logarithm of h."""
    return h * k / ((h + k) * (h + k))


@law
def capacity(ph: Number, c: Charges, molar: MolPerCubicMetre) -> MolPerCubicMetre:
    """Buffer capacity, mol/m3 per pH, > 0: what a strong base adds for one unit."""
    h = constant(ph)
    buffers = c.tris * _turn(h, constant(TRIS_PK)) + c.acetate * _turn(h, constant(ACETATE_PK))
    own = c.carboxyl * _turn(h, constant(CARBOXYL_PK)) + molar * (h + constant(WATER_PK) / h)
    return LN10 * (buffers + own)


@law
def _halved(ph: Number, step: Number, c: Charges, molar: MolPerCubicMetre) -> Number:
    return where(excess(ph, c, molar) > 0.0 * molar, ph + step, ph - step)


@law
def _newton(ph: Number, c: Charges, molar: MolPerCubicMetre) -> Number:
    nearer = ph + excess(ph, c, molar) / capacity(ph, c, molar)
    return minimum(maximum(nearer, LOWEST), HIGHEST)


@law
def acidity_of(c: Charges, molar: MolPerCubicMetre) -> Number:
    """pH of a pool, 1 .. 13, for any amounts that are not negative."""
    ph = _halved(_halved(MIDDLE, 3.0, c, molar), 1.5, c, molar)
    ph = _halved(_halved(ph, 0.75, c, molar), 0.375, c, molar)
    ph = _halved(_halved(ph, 0.1875, c, molar), 0.09375, c, molar)
    ph = _halved(_halved(ph, 0.046875, c, molar), 0.0234375, c, molar)
    ph = _halved(_halved(ph, 0.01171875, c, molar), 0.005859375, c, molar)
    return _newton(_newton(_newton(ph, c, molar), c, molar), c, molar)
