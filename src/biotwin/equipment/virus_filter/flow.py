"""What the pressure drives, where virus slips through, and what plugs the pores."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.virus_filter.variables import Inputs, Parameters, State
from biotwin.operators import exp, law, maximum, minimum, power
from biotwin.quantity import CubicMetrePerSecond, KilogramPerCubicMetre, MetrePerSecond, Number, Pascal, PerSecond


class Flow(NamedTuple):
    """Of this instant."""

    filtrate: CubicMetrePerSecond
    flux: MetrePerSecond
    opened: Number
    """Conductance of the pores over the clean filter's."""
    prefilter: Number
    """Resistance of the prefilter over the clean filter's."""
    prefilter_drop: Pascal
    passage: Number
    """Parvovirus that passes, of what arrives."""
    enveloped_passage: Number
    diffusion: PerSecond
    """Of captured virus."""
    gas_loss: PerSecond


@law
def relative_viscosity(c: KilogramPerCubicMetre, u: Inputs, p: Parameters) -> Number:
    """Ross-Minton, and temperature."""
    pull = p.intrinsic_viscosity * minimum(c, p.densest)
    water = exp(p.viscosity_temperature * (1.0 / u.temperature - 1.0 / p.reference_temperature))
    return water * exp(pull / (1.0 - p.crowding * pull))


@law
def prefilter_fill(x: State, p: Parameters) -> Number:
    """Of the prefilter's capacity."""
    return minimum(maximum(x.prefilter_aggregates, 0.0) / (p.prefilter_capacity * p.area), 1.0)


@law
def opened(x: State, p: Parameters) -> Number:
    """Retentive pores left."""
    return minimum(maximum(x.open, p.least_open), 1.0)


@law
def flow(x: State, u: Inputs, p: Parameters) -> Flow:
    """Everything that the pressure does."""
    held = (x.held_product + x.held_aggregates) / p.holdup
    viscosity = relative_viscosity(maximum(held, 0.0 * held), u, p)
    left = opened(x, p)
    wide = p.leak * power(left, p.shared)
    pores = (1.0 - p.leak) * left + wide
    prefilter = p.prefilter_resistance * (1.0 + p.prefilter_growth * prefilter_fill(x, p)) * (1.0 - u.prefilter_bypass)
    drive = maximum(x.pressure, 0.0 * x.pressure) * (1.0 - u.outlet_throttled)
    conductance = p.permeability * p.area / viscosity * minimum(maximum(u.outlet_opening, 0.0), 1.0)
    content = maximum(x.tank_volume, 0.0 * x.tank_volume)
    driven = conductance * drive / (1.0 / pores + prefilter)
    filtrate = minimum(driven, content / p.drain_time)
    flux = filtrate / p.area
    share = u.breach + (1.0 - u.breach) * wide / pores
    still = p.holding_flux / (p.holding_flux + flux)
    # Gas meets the membrane once the tank is empty.
    bare = p.trace_tank / (p.trace_tank + content)
    return Flow(
        filtrate=filtrate, flux=flux, opened=pores, prefilter=prefilter,
        prefilter_drop=filtrate * prefilter * viscosity / (p.permeability * p.area),
        passage=share, enveloped_passage=u.breach + (1.0 - u.breach) * p.enveloped_leak,
        diffusion=p.diffusion * still,
        gas_loss=bare * minimum(p.gas_diffusion + p.gas_defect * u.breach + p.gas_dry * u.dry, p.most_gas),
    )
