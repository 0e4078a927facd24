"""How a medium fouls: Hermia's four mechanisms as amounts, integrated over the foulant that arrives, not over time.

With m the foulant per area in service and o the open part: do/dm = -(k_b + k_i o), pores lose volume as m grows, and
cake grows where it can, dw/dm = 1/o. All have closed solutions in m, whatever flow and concentration did meanwhile.
Resistance of the open part: R_m (pore volume over its clean value)^-2 + alpha w (Poiseuille; Hermia, recalled).
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.depth_filter.variables import Inputs, Parameters, State
from biotwin.operators import exp, law, log, maximum, minimum, where
from biotwin.quantity import (
    CubicMetre,
    CubicMetrePerSecond,
    Kilogram,
    KilogramPerCubicMetre,
    KilogramPerSquareMetre,
    Number,
    Pascal,
    PascalSecondPerCubicMetre,
    PerMetre,
    Second,
    SquareMetre,
)

LAST = 1.0e-9
"""Part of the medium that one tick always leaves open: guards against rounding only."""
TIGHT = 1.0e-15
"""Part that weeps when all is closed: keeps a dead filter's resistance finite."""
SMALL = 1.0e-4
"""Below it the series of (1 - exp(-y))/y and log(1 + y)/y are exact to the last bit, their formulas are not."""


class Fouled(NamedTuple):
    """The medium after some more foulant."""

    open_area: SquareMetre
    pore_volume: CubicMetre
    cake: Kilogram


class Medium(NamedTuple):
    """The medium as a resistance."""

    service: SquareMetre
    """Area in service, blocked or not."""
    opened: Number
    """Open part of it."""
    narrowed: Number
    """Pore volume over its clean value."""
    resistance: PerMetre
    """Of the open part."""


@law
def fading(y: Number) -> Number:
    """(1 - exp(-y))/y for y >= 0: the mean of an exponential that decays by y."""
    small = y < SMALL
    safe = where(small, 1.0, y)
    return where(small, 1.0 - y / 2.0 * (1.0 - y / 3.0 * (1.0 - y / 4.0)), (1.0 - exp(-safe)) / safe)


@law
def crowding(y: Number) -> Number:
    """log(1 + y)/y for y >= 0."""
    small = y < SMALL
    safe = where(small, 1.0, y)
    return where(small, 1.0 - y * (0.5 - y * (1.0 / 3.0 - 0.25 * y)), log(1.0 + safe) / safe)


@law
def service_area(u: Inputs, p: Parameters) -> SquareMetre:
    """Area that liquid reaches; a capsule that is wholly out of service still weeps."""
    return p.area * maximum(1.0 - u.blocked_capsule, LAST)


@law
def medium(x: State, service: SquareMetre, p: Parameters) -> Medium:
    """Its resistance now."""
    opened = x.open_area / p.area + TIGHT
    narrowed = x.pore_volume / (p.area * p.depth) + TIGHT
    layer: KilogramPerSquareMetre = x.cake / (service * opened)
    return Medium(
        service=service, opened=opened, narrowed=narrowed,
        resistance=p.resistance / (narrowed * narrowed) + p.cake_resistance * layer,
    )


@law
def own_resistance(m: Medium, u: Inputs, treated: Number) -> PascalSecondPerCubicMetre:
    """Pressure per flow of the filter, of whose flow the part ``treated`` goes through the medium."""
    return u.viscosity * m.resistance * maximum(treated, LAST) / (m.service * m.opened)


@law
def passable(
    m: Medium, own: PascalSecondPerCubicMetre, u: Inputs, p: Parameters, foulant: KilogramPerCubicMetre, dt: Second
) -> CubicMetre:
    """Volume that the available pressure drives through in ``dt``, with ``foulant`` retained from each volume.

    The tangent of flow as a function of volume, integrated exactly in time: second order in dt, exact for complete
    blocking. The medium's conductance is convex in volume for every mechanism, so that the zero of its own tangent,
    the second limit, never lies beyond the volume at which the medium closes, whatever resists behind it.
    """
    total = own + u.resistance_behind
    flow: CubicMetrePerSecond = available(u) / total
    closing = p.complete / m.opened + p.intermediate
    narrowing = 2.0 * p.resistance * p.constriction / (p.depth * m.narrowed * m.narrowed * m.narrowed)
    stiffening = (narrowing + p.cake_resistance / m.opened) / m.resistance
    worsening = foulant / m.service * (closing + stiffening)
    driven: CubicMetre = flow * dt * fading(flow * worsening * (own / total) * dt)
    fouls = worsening * driven > LAST
    return where(fouls, minimum(driven, 1.0 / where(fouls, worsening, 1.0 / p.holdup)), driven)


@law
def available(u: Inputs) -> Pascal:
    """Pressure that can drive the filter and what lies behind."""
    return maximum(u.supply_pressure - u.outlet_pressure, 0.0)


@law
def fouled(x: State, m: Medium, p: Parameters, foulant: Kilogram) -> Fouled:
    """The medium after ``foulant`` more kilograms are retained: closed solution."""
    dose: KilogramPerSquareMetre = foulant / m.service
    before = x.open_area / p.area
    spread: KilogramPerSquareMetre = dose * fading(p.intermediate * dose)
    after = maximum(before - (p.complete + p.intermediate * before) * spread, LAST * before)
    reach: KilogramPerSquareMetre = spread / (after + TIGHT)
    layer = x.cake / (m.service * m.opened) + reach * crowding(p.complete * reach)
    return Fouled(
        open_area=p.area * after,
        pore_volume=maximum(x.pore_volume - p.constriction * foulant * (p.area / m.service), LAST * x.pore_volume),
        cake=layer * m.service * (after + TIGHT),
    )
