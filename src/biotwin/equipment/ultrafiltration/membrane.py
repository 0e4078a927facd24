"""What passes the membrane: hydraulics of the module, Donnan equilibrium of the ions, sieving of each solute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from biotwin.equipment.ultrafiltration.flux import Channel
from biotwin.equipment.ultrafiltration.variables import Inputs, Parameters, State
from biotwin.operators import exp, law, maximum, minimum, sqrt
from biotwin.quantity import CubicMetre, CubicMetrePerSecond, KilogramPerCubicMetre, MetrePerSecond, Number, Pascal

FluxLaw = Callable[[Channel, Any], Any]
MOST_TRANSFER = 50.0
"""Flux over intrinsic transfer beyond which the partition law has long ended: keeps its exponential finite."""


class Hydraulics(NamedTuple):
    """Pressures are gauge."""

    tank: CubicMetre
    """Liquid above the hold-up."""
    gas: Number
    """Gassing of the suction, 0..1: air drawn in, or a tank so low that it draws a vortex."""
    pumped: CubicMetrePerSecond
    crossflow: CubicMetrePerSecond
    viscosity: Number
    feed: Pascal
    retentate: Pascal
    permeate: Pascal
    flux: MetrePerSecond
    permeate_flow: CubicMetrePerSecond


class Passage(NamedTuple):
    """Concentrations in the permeate over those in the retentate."""

    product: Number
    aggregates: Number
    ions: Number
    neutral: Number
    excipient: Number
    co_ion_ratio: Number


@law
def protein(x: State, p: Parameters) -> KilogramPerCubicMetre:
    """Monomer and aggregates per volume of retentate."""
    return maximum(x.product + x.aggregates, 0.0) / (maximum(x.volume, 0.0) + p.trace_volume)


@law
def relative_viscosity(c: KilogramPerCubicMetre, p: Parameters) -> Number:
    """Ross-Minton; no solution is more concentrated than the protein itself."""
    pull = p.intrinsic_viscosity * minimum(c, p.densest)
    return exp(pull / maximum(1.0 - p.crowding * pull, p.least_crowded))


@law
def water_viscosity(u: Inputs, p: Parameters) -> Number:
    """Over that at the reference temperature."""
    return exp(p.viscosity_temperature * (1.0 / u.temperature - 1.0 / p.reference_temperature))


@law
def hydraulics(x: State, u: Inputs, p: Parameters, flux: FluxLaw, k: Any) -> Hydraulics:
    """Flows and pressures; the relief valve opens at the crossflow at which channel and valve reach its pressure."""
    c = protein(x, p)
    tank = maximum(x.volume - p.hold_up, 0.0 * p.hold_up)
    level = minimum(tank / p.vortex_volume, 1.0)
    gas = minimum(u.air + (1.0 - level), 1.0)
    pumped = maximum(u.feed_flow, 0.0) * (1.0 - u.pump_slip) * (level * (1.0 - p.air_loss * gas))
    water = water_viscosity(u, p)
    viscosity = relative_viscosity(c, p)
    channel = p.channel_drop / p.reference_flow * (viscosity * water)
    passing = p.reference_flow * minimum(maximum(u.retentate_opening, p.valve_leakage), 1.0)
    valve = p.valve_drop / (passing * passing)
    relieved = 2.0 * p.relief_pressure / (channel + sqrt(channel * channel + 4.0 * valve * p.relief_pressure))
    crossflow = minimum(pumped, relieved)
    retentate = valve * crossflow * crossflow
    feed = retentate + channel * crossflow
    back = maximum(0.5 * (feed + retentate) - u.permeate_pressure, 0.0 * retentate)
    permeate = u.permeate_pressure + u.permeate_throttled * back
    permeability = p.permeability * (1.0 - u.fouling) / water
    found = flux(Channel(c, feed - permeate, retentate - permeate, permeability, crossflow / p.reference_flow), k)
    # Nothing comes back from the drained permeate side, and the module passes no more than it is fed.
    wished = maximum(found, 0.0 * found) * p.area
    flow = minimum(minimum(wished, crossflow), tank / p.drain_time)
    return Hydraulics(tank, gas, pumped, crossflow, viscosity, feed, retentate, permeate, flow / p.area, flow)


@law
def passage(x: State, u: Inputs, p: Parameters, flux: MetrePerSecond) -> Passage:
    """Donnan: free co-ions C and fixed charge P, ratio sqrt(C / (C + P)); volume exclusion enriches what passes."""
    c = protein(x, p)
    free = maximum(1.0 - p.specific_volume * c, p.least_free)
    ions = maximum(x.salt + x.acid, 0.0) / ((maximum(x.volume, 0.0) + p.trace_volume) * free) + p.trace_ions
    fixed = p.charge * c / (p.molar_mass * free)
    ratio = maximum(sqrt(ions / maximum(ions + fixed, p.trace_ions)), p.least_ratio)
    whole = 1.0 - u.breach
    swept = exp(minimum(flux / p.excipient_transfer, MOST_TRANSFER))
    partition = p.excipient_partition / (1.0 + (p.excipient_partition - 1.0) * swept)
    return Passage(
        product=p.product_sieving * whole + u.breach,
        aggregates=u.breach,
        ions=whole / (free * ratio) + u.breach,
        neutral=whole / free + u.breach,
        excipient=partition * whole / free + u.breach,
        co_ion_ratio=ratio,
    )
