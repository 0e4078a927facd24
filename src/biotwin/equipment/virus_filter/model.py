"""A parvovirus filter: a pressure tank drives the pool through prefilter and filter into a bag.

Ideas. (1) Two kinds of pores in parallel: those that retain plug with aggregates, the few too wide do not or less so;
what virus passes is their share of the flow, so that flux decay costs log reduction. (2) Captured virus diffuses to
open paths where nothing flows; the next flow takes it along. (3) Virus is counted in volumes of load: the laws are
linear in it, no test reads it, and a lot without virus has a log reduction all the same. (4) A gas test sees a breach
of which flow, flux and UV tell nothing. (5) State holds amounts by place; balances are linear forms (``BALANCES``).
Not modelled: adsorption of product, protein conformation, gas drawn down as liquid leaves, defects that grow.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.virus_filter.flow import Flow, flow, opened, prefilter_fill
from biotwin.equipment.virus_filter.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import law, log, maximum, minimum
from biotwin.quantity import CubicMetrePerSecond, KilogramPerSecond, Number, PascalPerSecond, PerSecond

__all__ = ["BALANCES", "CARRIES", "Inputs", "Parameters", "Readings", "Start", "State", "equations", "initial",
           "readings"]

CARRIES = "product"
"""The lot is in this skid: a plant's figures of merit are read on it."""
DECADE = 2.302585092994046
"""ln 10."""
PLACES = ("tank", "held", "bag", "waste", "sampled")


def _balance(content: str, *more: str, supplied: str) -> dict[str, float]:
    return {**{f"{place}_{content}": 1.0 for place in PLACES}, **dict.fromkeys(more, 1.0), supplied: -1.0}


BALANCES: dict[str, dict[str, float]] = {
    "product": _balance("product", supplied="loaded_product"),
    "aggregates": _balance("aggregates", "prefilter_aggregates", "blocked_aggregates", supplied="loaded_aggregates"),
    "parvovirus": _balance("parvovirus", "captured", "loose", supplied="loaded_volume"),
    "enveloped": _balance("enveloped", "caught_enveloped", supplied="loaded_volume"),
    "water": {"tank_volume": 1.0, "bag_volume": 1.0, "waste_volume": 1.0, "sampled_volume": 1.0,
              "loaded_volume": -1.0, "buffer_volume": -1.0},
}
"""Linear forms of the state that never change; prefilter and housing are always full."""


class Stream(NamedTuple):
    """What moves with a liquid, per second."""

    volume: CubicMetrePerSecond
    product: KilogramPerSecond
    aggregates: KilogramPerSecond
    parvovirus: CubicMetrePerSecond
    enveloped: CubicMetrePerSecond


class Moves(NamedTuple):
    """Streams of this instant; what lodges, on its way."""

    loaded: Stream
    fed: Stream
    """Tank to housing."""
    arriving: Stream
    """Housing to prefilter."""
    filtrate: Stream
    returned: Stream
    sampled: Stream
    drained: Number
    """Share of the filtrate that goes to the drain."""
    renewal: PerSecond
    prefiltered: KilogramPerSecond
    lodged: KilogramPerSecond
    kept: CubicMetrePerSecond
    """Parvovirus that retentive pores capture."""
    strayed: CubicMetrePerSecond
    """Captured virus that diffuses to an open path."""
    swept: CubicMetrePerSecond
    """Loose virus that the flow takes along."""


@law
def from_bag(asked: CubicMetrePerSecond, x: State, p: Parameters) -> Stream:
    """A stream out of the filtrate bag, at most what drains."""
    taken = minimum(maximum(asked, 0.0), x.bag_volume / p.drain_time) / (x.bag_volume + p.trace_volume)
    return Stream(taken * x.bag_volume, taken * x.bag_product, taken * x.bag_aggregates, taken * x.bag_parvovirus,
                  taken * x.bag_enveloped)


@law
def moves(x: State, u: Inputs, p: Parameters, f: Flow) -> Moves:
    """All that moves."""
    load = maximum(u.load_flow, 0.0)
    loaded = Stream(load, load * u.load_product, load * u.load_aggregates, load, load)
    out, over = f.filtrate / (maximum(x.tank_volume, 0.0) + p.trace_volume), f.filtrate / p.holdup
    fed = Stream(f.filtrate, out * x.tank_product, out * x.tank_aggregates, out * x.tank_parvovirus,
                 out * x.tank_enveloped)
    arriving = Stream(f.filtrate, over * x.held_product, over * x.held_aggregates, over * x.held_parvovirus,
                      over * x.held_enveloped)
    large = arriving.aggregates * p.large
    prefiltered = large * (1.0 - prefilter_fill(x, p)) * (1.0 - u.prefilter_bypass)
    lodged = (large - prefiltered) * (1.0 - u.breach) * p.aggregate_retention
    kept = arriving.parvovirus * (1.0 - f.passage)
    swept = x.loose * f.flux / p.path_volume
    filtrate = Stream(f.filtrate, arriving.product, arriving.aggregates - prefiltered - lodged,
                      arriving.parvovirus - kept + swept, arriving.enveloped * f.enveloped_passage)
    return Moves(loaded, fed, arriving, filtrate, from_bag(u.return_flow, x, p), from_bag(u.sample_flow, x, p),
                 minimum(maximum(u.diversion, 0.0), 1.0), u.new_filter / p.renewal_time, prefiltered, lodged, kept,
                 x.captured * f.diffusion, swept)


@law
def gas(x: State, u: Inputs, p: Parameters, f: Flow) -> PascalPerSecond:
    """Change of the tank's pressure: air in, vent out, what the wet membrane lets pass."""
    air = minimum(maximum(u.air_opening, 0.0), 1.0) / p.fill_time
    vent = minimum(maximum(u.vent_opening, 0.0), 1.0) / p.vent_time
    return (p.supply_pressure * (1.0 - u.air_lost) - x.pressure) * air - x.pressure * (vent + f.gas_loss)


@law
def equations(x: State, u: Inputs, p: Parameters) -> State:
    """Time derivatives of the state, per second."""
    f = flow(x, u, p)
    m = moves(x, u, p, f)
    d, kept, buffer = m.drained, 1.0 - m.drained, maximum(u.buffer_flow, 0.0)
    lost = (p.plugging * x.open + p.complete * opened(x, p) / (opened(x, p) + p.least_open)) * m.lodged / p.area
    w, r, s, a, b, g, t = m.filtrate, m.returned, m.sampled, m.arriving, m.fed, m.loaded, m.renewal
    return State(
        pressure=gas(x, u, p, f), open=(1.0 - x.open) * t - lost * (1.0 + u.fouling_gain),
        filtered=f.filtrate - x.filtered * t,
        tank_volume=g.volume + buffer + r.volume - b.volume, tank_product=g.product + r.product - b.product,
        tank_aggregates=g.aggregates + r.aggregates - b.aggregates,
        tank_parvovirus=g.parvovirus + r.parvovirus - b.parvovirus,
        tank_enveloped=g.enveloped + r.enveloped - b.enveloped,
        held_product=b.product - a.product - t * x.held_product,
        held_aggregates=b.aggregates - a.aggregates - t * x.held_aggregates,
        held_parvovirus=b.parvovirus - a.parvovirus - t * x.held_parvovirus,
        held_enveloped=b.enveloped - a.enveloped - t * x.held_enveloped,
        bag_volume=kept * w.volume - r.volume - s.volume, bag_product=kept * w.product - r.product - s.product,
        bag_aggregates=kept * w.aggregates - r.aggregates - s.aggregates,
        bag_parvovirus=kept * w.parvovirus - r.parvovirus - s.parvovirus,
        bag_enveloped=kept * w.enveloped - r.enveloped - s.enveloped,
        waste_volume=d * w.volume, waste_product=d * w.product + t * x.held_product,
        waste_aggregates=d * w.aggregates + t * (x.held_aggregates + x.prefilter_aggregates + x.blocked_aggregates),
        waste_parvovirus=d * w.parvovirus + t * (x.held_parvovirus + x.captured + x.loose),
        waste_enveloped=d * w.enveloped + t * (x.held_enveloped + x.caught_enveloped),
        sampled_volume=s.volume, sampled_product=s.product, sampled_aggregates=s.aggregates,
        sampled_parvovirus=s.parvovirus, sampled_enveloped=s.enveloped,
        prefilter_aggregates=m.prefiltered - t * x.prefilter_aggregates,
        blocked_aggregates=m.lodged - t * x.blocked_aggregates,
        captured=m.kept - m.strayed - t * x.captured, loose=m.strayed - m.swept - t * x.loose,
        caught_enveloped=a.enveloped - w.enveloped - t * x.caught_enveloped,
        loaded_volume=g.volume, loaded_product=g.product, loaded_aggregates=g.aggregates, buffer_volume=buffer,
    )


@law
def decades(passage: Number, p: Parameters) -> Number:
    """A log reduction, 0 .. 12."""
    return -log(minimum(maximum(passage, p.least_passage), 1.0)) / DECADE


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """All that can be seen, and what never is."""
    f = flow(x, u, p)
    m = moves(x, u, p, f)
    per_volume = 1.0 / (x.bag_volume + p.trace_volume)
    protein, load = x.bag_product + x.bag_aggregates, x.loaded_product + x.loaded_aggregates
    shut = 1.0 - minimum(maximum(u.air_opening, 0.0) + maximum(u.vent_opening, 0.0), 1.0)
    challenge = x.loaded_volume + p.trace_volume
    passing = (m.arriving.parvovirus - m.kept + m.swept) / (f.filtrate + p.trace_flow)
    return Readings(
        pressure=x.pressure, pressure_decay=shut * f.gas_loss * maximum(x.pressure, 0.0 * x.pressure),
        flow=f.filtrate, flux=f.flux, flux_ratio=f.opened * (1.0 + p.prefilter_resistance)
        / (1.0 + f.prefilter * f.opened), throughput=x.filtered / p.area, prefilter_drop=f.prefilter_drop,
        concentration=(m.filtrate.product + m.filtrate.aggregates) / (f.filtrate + p.trace_flow),
        weight=p.density * x.tank_volume, liquid_volume=x.bag_volume, bag_weight=p.density * x.bag_volume,
        titre=protein * per_volume, aggregate_fraction=x.bag_aggregates * per_volume / (protein * per_volume + p.trace),
        recovery=protein / maximum(load, p.least_load), passing_log_reduction=decades(passing, p),
        log_reduction=decades((x.bag_parvovirus + p.least_passage * challenge) / challenge, p),
        enveloped_log_reduction=decades((x.bag_enveloped + p.least_passage * challenge) / challenge, p),
        gold_log_reduction=decades(f.passage, p),
        monomer=x.bag_product, aggregates=x.bag_aggregates, parvovirus_passed=x.bag_parvovirus,
        enveloped_passed=x.bag_enveloped, heat=p.heat_capacity * (u.temperature - p.freezing) * x.bag_volume,
        left_monomer=x.tank_product + x.held_product, left_aggregates=x.tank_aggregates + x.held_aggregates,
        waste_monomer=x.waste_product, waste_aggregates=x.waste_aggregates, sampled_monomer=x.sampled_product,
        sampled_aggregates=x.sampled_aggregates, caught_aggregates=x.prefilter_aggregates + x.blocked_aggregates,
        caught_parvovirus=x.captured + x.loose,
        left_parvovirus=x.tank_parvovirus + x.held_parvovirus + x.waste_parvovirus + x.sampled_parvovirus,
    )


def initial(p: Parameters, start: Start) -> State:
    """A new wetted filter, its housing full of buffer, flush buffer in the tank."""
    return State(**dict.fromkeys(State._fields, 0.0))._replace(open=1.0, tank_volume=start.volume)
