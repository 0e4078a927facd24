"""Bulk and slow zone as bodies of liquid: adding, drawing, changing places. What one loses the other has."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.inactivation_tank.variables import Inputs, Parameters, State
from biotwin.operators import exp, law, maximum, minimum
from biotwin.quantity import CubicMetre, Kilogram, Mol, MolPerCubicMetre, Number, PerSecond, Second, WattPerKelvin


class Zone(NamedTuple):
    """Amounts in one zone."""

    volume: CubicMetre
    strong_ions: Mol
    acetate: Mol
    tris: Mol
    native: Kilogram
    unfolded: Kilogram
    aggregates: Kilogram
    virus: Number


class Working(NamedTuple):
    """What the hardware really does: here, and only here, malfunctions act."""

    shaft_speed: PerSecond
    exchange: PerSecond
    """Renewals of the slow zone per second."""
    acid_strength: MolPerCubicMetre
    jacket: WattPerKelvin
    """Conductance at the nominal volume."""
    escaped: Number
    """Part of the filling that was never under acid and joins the pool."""


@law
def working(u: Inputs, p: Parameters) -> Working:
    """The tank's hardware with its malfunctions."""
    shaft = u.stirrer_speed * (1.0 - u.impeller_loose)
    swept = shaft / p.exchange_turns + 1.0 / p.still_exchange
    return Working(
        shaft_speed=shaft,
        exchange=swept * (1.0 - u.leg_unswept),
        acid_strength=u.acid_strength * (1.0 - u.acid_diluted),
        jacket=p.jacket_conductance * (1.0 - u.jacket_fouling),
        escaped=u.transfer_skipped * p.hanging_fraction,
    )


@law
def bulk_of(x: State) -> Zone:
    """The bulk."""
    return Zone(x.bulk_volume, x.bulk_strong_ions, x.bulk_acetate, x.bulk_tris, x.bulk_native, x.bulk_unfolded,
                x.bulk_aggregates, x.bulk_virus)


@law
def slow_of(x: State) -> Zone:
    """The slow zone."""
    return Zone(x.slow_volume, x.slow_strong_ions, x.slow_acetate, x.slow_tris, x.slow_native, x.slow_unfolded,
                x.slow_aggregates, x.slow_virus)


@law
def protein(z: Zone) -> Kilogram:
    """All of it."""
    return z.native + z.unfolded + z.aggregates


@law
def scaled(z: Zone, by: Number) -> Zone:
    """A part of a zone."""
    return Zone(z.volume * by, z.strong_ions * by, z.acetate * by, z.tris * by, z.native * by, z.unfolded * by,
                z.aggregates * by, z.virus * by)


@law
def joined(a: Zone, b: Zone) -> Zone:
    """Two bodies of liquid as one."""
    return Zone(a.volume + b.volume, a.strong_ions + b.strong_ions, a.acetate + b.acetate, a.tris + b.tris,
                a.native + b.native, a.unfolded + b.unfolded, a.aggregates + b.aggregates, a.virus + b.virus)


@law
def slow_share(w: Working, p: Parameters) -> Number:
    """Part of the liquid that is slow once the flow has settled."""
    return p.dead_fraction + p.still_fraction * exp(-w.shaft_speed / p.still_speed)


@law
def resettled(bulk: Zone, slow: Zone, w: Working, p: Parameters, dt: Second) -> tuple[Zone, Zone]:
    """Liquid changes its zone when the stirring or the volume changes; it takes along what it holds."""
    whole = bulk.volume + slow.volume
    moved = (slow_share(w, p) * whole - slow.volume) * (1.0 - exp(-dt / p.settling_time))
    none = 0.0 * moved
    stilled = minimum(maximum(moved, none) / (bulk.volume + p.least_volume), 1.0)
    swept = minimum(maximum(-moved, none) / (slow.volume + p.least_volume), 1.0)
    return (joined(scaled(bulk, 1.0 - stilled), scaled(slow, swept)),
            joined(scaled(slow, 1.0 - swept), scaled(bulk, stilled)))


@law
def exchanged(bulk: Zone, slow: Zone, w: Working, p: Parameters, dt: Second) -> tuple[Zone, Zone]:
    """Equal volumes change places: amounts go to the common concentration, the exact solution of a linear exchange."""
    whole = bulk.volume + slow.volume
    ratio = whole / (bulk.volume + p.least_volume)
    swapped = 1.0 - exp(-w.exchange * dt * ratio)
    even = slow.volume / (whole + p.least_volume)
    return (joined(scaled(bulk, 1.0 - swapped * even), scaled(slow, swapped * (1.0 - even))),
            joined(scaled(slow, 1.0 - swapped * (1.0 - even)), scaled(bulk, swapped * even)))
