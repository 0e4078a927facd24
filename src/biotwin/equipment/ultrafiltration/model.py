"""A tangential-flow skid with its retentate tank: concentrates, exchanges buffer, and may hurt what it concentrates.

Ideas. (1) State holds amounts, so a pool, a spike and a diafiltration are additions and balances are linear forms
(``BALANCES``). (2) Flux is a law chosen per plant (``LAWS``): ``film`` or ``osmotic``. (3) The buffer's proton is
carried by its two forms; the cationic one is a co-ion like any other, so that Donnan shifts the pH without a law of its
own, and buffers of two pH mix as amounts. (4) Nothing is clipped: every outflow vanishes with what it takes.
Pressures are in balance at once. Not modelled: the channel's depletion along its length, gel deposit, divalent ions,
proton uptake of the protein, pump heat.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from biotwin.equipment.ultrafiltration import flux as laws
from biotwin.equipment.ultrafiltration.membrane import (
    FluxLaw,
    Hydraulics,
    Passage,
    hydraulics,
    passage,
    protein,
    water_viscosity,
)
from biotwin.equipment.ultrafiltration.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import law, log, maximum, minimum
from biotwin.quantity import (
    CubicMetrePerSecond,
    Joule,
    KilogramPerCubicMetre,
    KilogramPerSecond,
    MolPerCubicMetre,
    MolPerSecond,
    Number,
    PerSecond,
    SiemensPerMetre,
)

__all__ = ["BALANCES", "CARRIES", "LAWS", "Inputs", "Parameters", "Readings", "Start", "State", "equations", "initial",
           "readings"]

LAWS = {"flux": {"osmotic": (laws.osmotic, laws.Osmotic), "film": (laws.film, laws.Film)}}
CARRIES = "product"
"""The lot is in this skid: a plant's figures of merit are read on it."""
DECADE = 2.302585092994046
"""ln 10."""
BALANCES: dict[str, dict[str, float]] = {
    "water": {"volume": 1.0, "water_supplied": -1.0},
    "protein": {"product": 1.0, "aggregates": 1.0, "leg_product": 1.0, "leg_aggregates": 1.0,
                "protein_supplied": -1.0},
    "accounts": {"loaded": 1.0, "product_lost": -1.0, "recovered_product": -1.0, "recovered_aggregates": -1.0,
                 "drained_product": -1.0, "drained_aggregates": -1.0, "sampled_product": -1.0,
                 "sampled_aggregates": -1.0, "protein_supplied": -1.0},
    "salt": {"salt": 1.0, "leg_salt": 1.0, "salt_supplied": -1.0},
    "acid": {"acid": 1.0, "leg_acid": 1.0, "acid_supplied": -1.0},
    "base": {"base": 1.0, "leg_base": 1.0, "base_supplied": -1.0},
    "excipient": {"excipient": 1.0, "leg_excipient": 1.0, "excipient_supplied": -1.0},
}
"""Linear forms of the state that never change. Volume is taken as additive, protein's own volume included."""


class Leaving(NamedTuple):
    """Where the withdrawn retentate goes, as shares."""

    bag: Number
    drain: Number
    sample: Number


class Leg(NamedTuple):
    """Net flows into the dead leg."""

    product: KilogramPerSecond
    aggregates: KilogramPerSecond
    salt: MolPerSecond
    acid: MolPerSecond
    base: MolPerSecond
    excipient: MolPerSecond


class Bag(NamedTuple):
    """The product bag; concentrations per volume."""

    titre: KilogramPerCubicMetre
    aggregate_fraction: Number
    ph: Number
    salt: MolPerCubicMetre
    histidine: MolPerCubicMetre
    excipient: MolPerCubicMetre
    conductivity: SiemensPerMetre
    heat: Joule
    recovery: Number
    salt_share: Number


class Moves(NamedTuple):
    """What moves the contents, and how fast."""

    hydraulics: Hydraulics
    passage: Passage
    permeation: PerSecond
    """Permeate flow over volume."""
    fastest: PerSecond
    withdrawn: CubicMetrePerSecond
    withdrawal: PerSecond
    leaving: Leaving
    exchange: CubicMetrePerSecond
    """With the dead leg."""
    damage: PerSecond


@law
def moves(x: State, u: Inputs, p: Parameters, flux: FluxLaw, k: Any) -> Moves:
    """Flows of this instant."""
    h = hydraulics(x, u, p, flux, k)
    held = maximum(x.volume, 0.0) + p.trace_volume
    emptied, sampled = maximum(u.withdrawal_flow, 0.0), maximum(u.sample_flow, 0.0)
    withdrawn = minimum(emptied + sampled, h.tank / p.drain_time)
    sample = sampled / (emptied + sampled + p.trace_flow)
    leaving = Leaving((1.0 - sample) * (1.0 - u.diversion), (1.0 - sample) * u.diversion, sample)
    linked = 1.0 - u.leg_unflushed * (1.0 - p.leg_diffusion)
    exchange = p.leg_volume / p.leg_time * linked * (held / (held + p.leg_volume))
    fastest = 1.0 / p.drain_time
    damage = minimum(h.pumped / held * (p.pass_damage + p.air_damage * h.gas), fastest)
    return Moves(h, passage(x, u, p, h.flux), h.permeate_flow / held, fastest, withdrawn, withdrawn / held,
                 leaving, exchange, damage)


@law
def permeating(m: Moves, sieving: Number) -> PerSecond:
    """Share of an amount that passes per second; never faster than the tank can drain."""
    return minimum(sieving * m.permeation, m.fastest)


@law
def into_leg(amount: Any, leg: Any, x: State, p: Parameters, m: Moves) -> Any:
    """Net flow of one content into the dead leg."""
    held = maximum(x.volume, 0.0) + p.trace_volume
    return m.exchange * (amount / held - leg / (p.leg_volume + p.trace_volume))


@law
def exchanged(x: State, p: Parameters, m: Moves) -> Leg:
    """Every content's net flow into the dead leg."""
    return Leg(
        product=into_leg(x.product, x.leg_product, x, p, m),
        aggregates=into_leg(x.aggregates, x.leg_aggregates, x, p, m),
        salt=into_leg(x.salt, x.leg_salt, x, p, m), acid=into_leg(x.acid, x.leg_acid, x, p, m),
        base=into_leg(x.base, x.leg_base, x, p, m), excipient=into_leg(x.excipient, x.leg_excipient, x, p, m),
    )


@law
def buffer(right: MolPerCubicMetre, wrong: MolPerCubicMetre, u: Inputs) -> MolPerCubicMetre:
    """Of the diafiltration buffer that is connected."""
    return right + u.wrong_buffer * (wrong - right)


@law
def equations(x: State, u: Inputs, p: Parameters, flux: FluxLaw, k: Any) -> State:
    """Time derivatives of the state, per second."""
    m = moves(x, u, p, flux, k)
    fed, loaded = maximum(u.buffer_flow, 0.0), maximum(u.load_flow, 0.0)
    ions, out = permeating(m, m.passage.ions), m.withdrawal
    aggregates_lost = permeating(m, m.passage.aggregates) * x.aggregates
    lost = permeating(m, m.passage.product) * x.product + aggregates_lost
    bag, drain, sample = out * m.leaving.bag, out * m.leaving.drain, out * m.leaving.sample
    leg = exchanged(x, p, m)
    water = fed + loaded - m.withdrawn - m.hydraulics.permeate_flow
    salt = fed * buffer(u.buffer_salt, p.wrong_salt, u) + loaded * u.load_salt - (ions + out) * x.salt
    acid = fed * buffer(u.buffer_acid, p.wrong_acid, u) + loaded * u.load_acid - (ions + out) * x.acid
    base = (fed * buffer(u.buffer_base, p.wrong_base, u) + loaded * u.load_base
            - (permeating(m, m.passage.neutral) + out) * x.base)
    excipient = (fed * buffer(u.buffer_excipient, p.wrong_excipient, u) + loaded * u.load_excipient
                 - (permeating(m, m.passage.excipient) + out) * x.excipient)
    hurt = m.damage * x.product
    return State(
        volume=water,
        product=(loaded * u.load_product - (permeating(m, m.passage.product) + out) * x.product - hurt - leg.product),
        aggregates=(loaded * u.load_aggregates - (permeating(m, m.passage.aggregates) + out) * x.aggregates
                    + hurt - leg.aggregates),
        salt=salt - leg.salt, acid=acid - leg.acid, base=base - leg.base, excipient=excipient - leg.excipient,
        leg_product=leg.product, leg_aggregates=leg.aggregates, leg_salt=leg.salt, leg_acid=leg.acid,
        leg_base=leg.base, leg_excipient=leg.excipient,
        foam=p.foam_yield * m.hydraulics.gas * m.hydraulics.pumped - x.foam / p.foam_life,
        permeate_volume=m.hydraulics.permeate_flow, product_lost=lost, aggregates_lost=aggregates_lost,
        damaged=hurt, loaded=loaded * (u.load_product + u.load_aggregates), loaded_salt=loaded * u.load_salt,
        recovered_volume=m.withdrawn * m.leaving.bag,
        recovered_product=bag * x.product, recovered_aggregates=bag * x.aggregates, recovered_salt=bag * x.salt,
        recovered_acid=bag * x.acid, recovered_base=bag * x.base, recovered_excipient=bag * x.excipient,
        drained_product=drain * x.product, drained_aggregates=drain * x.aggregates,
        sampled_product=sample * x.product, sampled_aggregates=sample * x.aggregates,
        water_supplied=water,
        protein_supplied=loaded * (u.load_product + u.load_aggregates) - out * (x.product + x.aggregates) - lost,
        salt_supplied=salt, acid_supplied=acid, base_supplied=base, excipient_supplied=excipient,
    )


@law
def ph_of(acid: MolPerCubicMetre, base: MolPerCubicMetre, p: Parameters) -> Number:
    """From the buffer's two forms; without buffer its pK."""
    forms = (maximum(base, 0.0 * base) + p.trace_ions) / (maximum(acid, 0.0 * acid) + p.trace_ions)
    return p.acidity_constant + log(forms) / DECADE


@law
def bag(x: State, u: Inputs, p: Parameters) -> Bag:
    """What the product bag holds."""
    per_volume = 1.0 / (x.recovered_volume + p.trace_volume)
    mass = x.recovered_product + x.recovered_aggregates
    salt, acid, base = x.recovered_salt * per_volume, x.recovered_acid * per_volume, x.recovered_base * per_volume
    titre = mass * per_volume
    fixed = p.charge * titre / p.molar_mass
    return Bag(
        titre=titre, aggregate_fraction=x.recovered_aggregates * per_volume / (titre + p.trace),
        ph=ph_of(acid, base, p), salt=salt, histidine=acid + base, excipient=x.recovered_excipient * per_volume,
        conductivity=p.molar_conductivity * (salt + acid + 0.5 * maximum(fixed, 0.0 * fixed)),
        heat=p.heat_capacity * (u.temperature - p.freezing) * x.recovered_volume,
        recovery=mass / maximum(x.loaded, p.least_load),
        salt_share=minimum(x.recovered_salt / maximum(x.loaded_salt, p.least_salt), 1.0),
    )


@law
def readings(x: State, u: Inputs, p: Parameters, flux: FluxLaw, k: Any) -> Readings:
    """All that can be seen on the skid at this instant."""
    m = moves(x, u, p, flux, k)
    h, s = m.hydraulics, m.passage
    per_volume = 1.0 / (maximum(x.volume, 0.0) + p.trace_volume)
    salt, acid, base = x.salt * per_volume, x.acid * per_volume, x.base * per_volume
    excipient, c = x.excipient * per_volume, protein(x, p)
    fixed = p.charge * c / p.molar_mass
    pool = bag(x, u, p)
    tmp = 0.5 * (h.feed + h.retentate) - h.permeate
    return Readings(
        feed_pressure=h.feed, retentate_pressure=h.retentate, permeate_pressure=h.permeate,
        transmembrane_pressure=tmp, channel_pressure_drop=h.feed - h.retentate, crossflow=h.crossflow, flux=h.flux,
        permeate_flow=h.permeate_flow, permeate_conductivity=p.molar_conductivity * (salt + acid) * s.ions,
        permeate_volume=x.permeate_volume, concentration=c,
        permeate_concentration=(x.product * s.product + x.aggregates * s.aggregates) * per_volume,
        ph=ph_of(acid, base, p), permeate_ph=ph_of(acid * s.ions, base * s.neutral, p),
        conductivity=p.molar_conductivity * (salt + acid + 0.5 * maximum(fixed, 0.0 * fixed)),
        viscosity=h.viscosity, weight=p.tare + p.density * h.tank, liquid_volume=x.volume, foam=x.foam,
        aggregate_fraction=x.aggregates * per_volume / (c + p.trace),
        product_lost=x.product_lost, co_ion_ratio=s.co_ion_ratio, shear_passes=h.pumped * per_volume,
        withdrawn_flow=m.withdrawn, product=x.product * per_volume, aggregates=x.aggregates * per_volume,
        salt=salt, acid=acid, base=base, excipient=excipient,
        permeate_salt=salt * s.ions, permeate_acid=acid * s.ions, permeate_base=base * s.neutral,
        permeate_excipient=excipient * s.excipient, diavolumes=x.permeate_volume * per_volume,
        water_permeability=h.flux * water_viscosity(u, p) / maximum(tmp, p.least_pressure),
        held_monomer=x.product + x.leg_product, held_aggregates=x.aggregates + x.leg_aggregates,
        monomer_lost=x.product_lost - x.aggregates_lost, aggregates_lost=x.aggregates_lost, damaged=x.damaged,
        recovery=pool.recovery, salt_share=pool.salt_share, pool_volume=x.recovered_volume,
        pool_weight=p.density * x.recovered_volume, titre=pool.titre, pool_aggregate_fraction=pool.aggregate_fraction,
        pool_ph=pool.ph, pool_conductivity=pool.conductivity, pool_salt=pool.salt, pool_histidine=pool.histidine,
        pool_excipient=pool.excipient, pool_heat=pool.heat,
        recovered_monomer=x.recovered_product, recovered_aggregates=x.recovered_aggregates,
        recovered_salt=x.recovered_salt, recovered_buffer=x.recovered_acid + x.recovered_base,
        recovered_excipient=p.excipient_molar_mass * x.recovered_excipient, drained_monomer=x.drained_product,
        drained_aggregates=x.drained_aggregates, sampled_monomer=x.sampled_product,
        sampled_aggregates=x.sampled_aggregates,
    )


def initial(p: Parameters, start: Start) -> State:
    """A pool in tank, loop and leg; a negative product brings the cations that keep it neutral."""
    protein_mass = start.product
    counter = max(-p.charge, 0.0) * protein_mass / p.molar_mass
    contents = {
        "product": protein_mass * (1.0 - start.aggregate_fraction),
        "aggregates": protein_mass * start.aggregate_fraction,
        "salt": start.salt + counter, "acid": start.acid, "base": start.base, "excipient": start.excipient,
    }
    legs = {f"leg_{name}": value * p.leg_volume for name, value in contents.items()}
    held = {name: value * start.volume for name, value in contents.items()}
    return State(**{**dict.fromkeys(State._fields, 0.0), **held, **legs, "volume": start.volume})
