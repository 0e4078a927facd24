"""How the culture lives: Monod with inhibition (Xing 2010; Kornecki and Strube 2018), lag, want, oxygen, pH."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.seed_train.variables import Inputs, Parameters, State
from biotwin.operators import exp, law, log, maximum, minimum, sqrt, where
from biotwin.properties.parts import part
from biotwin.quantity import (
    Cells,
    CubicMetre,
    Kelvin,
    Mol,
    MolPerCubicMetre,
    MolPerCubicMetreSecond,
    Number,
    PerSecond,
    Second,
)

LN10 = 2.302585092994046
LN2 = 0.6931471805599453


class Culture(NamedTuple):
    """The part of the state that lives and moves from vessel to vessel."""

    stage: Number
    volume: CubicMetre
    viable_cells: Cells
    dead_cells: Cells
    glucose: Mol
    glutamine: Mol
    lactate: Mol
    ammonia: Mol
    adaptation: Number
    stress: Number
    bacteria: Cells
    mycoplasma: Number
    age: Second
    doublings: Number


class Turned(NamedTuple):
    """Cells born, dead and burst in a tick."""

    grown: Cells
    died: Cells
    lysed: Cells


class Climate(NamedTuple):
    """Around the culture."""

    temperature: Kelvin
    carbon_dioxide: Number


class Working(NamedTuple):
    """What hands, heater and movement really do: here, and only here, malfunctions act."""

    thaw_survival: Number
    counted: Number
    """Count over truth."""
    heating: Number
    gas: Number
    movement: Number
    luck: Number
    medium_glutamine: MolPerCubicMetre


class Conditions(NamedTuple):
    """What a cell meets in the present vessel."""

    oxygen: MolPerCubicMetre
    saturation: MolPerCubicMetre
    uptake: MolPerCubicMetreSecond
    ph: Number
    fed: Number
    """Monod of glucose and glutamine, 0..1."""
    want: Number
    """How far food, oxygen, acids and wastes hold growth down, 0..1."""
    growth: PerSecond
    death: PerSecond


@law
def working(u: Inputs, p: Parameters) -> Working:
    """Hands and machines with their malfunctions."""
    return Working(
        thaw_survival=p.thaw_survival * (1.0 - p.slow_thaw_loss * u.thaw_slow),
        counted=1.0 + u.miscount,
        heating=part(u.heating) * (1.0 - u.heater_loss),
        gas=part(u.overlay_carbon_dioxide) * (1.0 - u.gas_loss),
        movement=maximum(u.stirrer_speed, 0.0) / p.nominal_speed * (1.0 - u.agitation_loss),
        luck=p.luck * (1.0 - u.asepsis_loss),
        medium_glutamine=p.medium_glutamine * (1.0 - u.medium_spoiling),
    )


@law
def vessel_size(stage: Number, p: Parameters) -> CubicMetre:
    """Working volume of the vessel with that number."""
    flasks = where(stage < 1.5, p.volume_1, where(stage < 2.5, p.volume_2, p.volume_3))
    bags = where(stage < 4.5, p.volume_4, p.volume_5)
    larger = where(stage < 3.5, flasks, where(stage < 5.5, bags, p.vessel_volume))
    return where(stage < 0.5, p.vial_volume, larger)


@law
def transfer_coefficient(stage: Number, w: Working, p: Parameters) -> PerSecond:
    """kLa of the vessel in use, as it is moved."""
    nominal = where(stage < 3.5, p.transfer_flask, where(stage < 5.5, p.transfer_bag, p.transfer_tank))
    return nominal * (p.still_transfer + (1.0 - p.still_transfer) * w.movement)


@law
def dissolved(supply: PerSecond, saturation: MolPerCubicMetre, demand: MolPerCubicMetreSecond,
              half: MolPerCubicMetre) -> MolPerCubicMetre:
    """Oxygen at which supply (kLa) meets a demand that fades with it: the positive root of a quadratic."""
    b = half + demand / supply - saturation
    root = sqrt(b * b + 4.0 * half * saturation)
    return where(b < 0.0 * b, 0.5 * (root - b), 2.0 * half * saturation / (root + maximum(b, 0.0 * b)))


@law
def _closer(ph: Number, gas: MolPerCubicMetre, wanted: MolPerCubicMetre, p: Parameters) -> Number:
    """One Newton step on bicarbonate plus other buffers; from above it cannot overshoot."""
    bicarbonate = gas * exp(LN10 * (ph - p.carbonic_pk))
    miss = bicarbonate + p.buffer_capacity * (ph - p.neutral_ph) - wanted
    return maximum(ph - miss / (LN10 * bicarbonate + p.buffer_capacity), 2.0)


@law
def _much_closer(ph: Number, gas: MolPerCubicMetre, wanted: MolPerCubicMetre, p: Parameters) -> Number:
    """Four Newton steps."""
    return _closer(_closer(_closer(_closer(ph, gas, wanted, p), gas, wanted, p), gas, wanted, p), gas, wanted, p)


@law
def acidity(gas: MolPerCubicMetre, weak: MolPerCubicMetre, p: Parameters) -> Number:
    """pH under dissolved carbon dioxide ``gas``; ``weak`` is lactate less ammonia."""
    wanted = p.medium_ions - weak
    start = p.neutral_ph + maximum(wanted, 0.0 * wanted) / p.buffer_capacity
    bound = p.carbonic_pk + log(1.0 + maximum(wanted + p.buffer_capacity, 0.0 * wanted) / gas) / LN10
    ph = _much_closer(minimum(start, bound), gas, wanted, p)
    return _much_closer(ph, gas, wanted, p)


@law
def culture_of(x: State) -> Culture:
    """The living part."""
    return Culture(x.stage, x.volume, x.viable_cells, x.dead_cells, x.glucose, x.glutamine, x.lactate, x.ammonia,
                   x.adaptation, x.stress, x.bacteria, x.mycoplasma, x.age, x.doublings)


@law
def conditions(x: Culture, a: Climate, w: Working, p: Parameters) -> Conditions:
    """Food, oxygen, pH and the rates that follow from them; the vial is frozen and does nothing."""
    per_volume, live = 1.0 / (x.volume + p.smallest_volume), where(x.stage < 0.5, 0.0, 1.0)
    glucose, glutamine = x.glucose * per_volume, x.glutamine * per_volume
    lactate, ammonia = x.lactate * per_volume, x.ammonia * per_volume
    supply = transfer_coefficient(x.stage, w, p)
    saturation = p.oxygen_solubility * p.air_oxygen * p.dry_pressure
    breath = p.oxygen * x.viable_cells + p.bacterial_oxygen * p.bacterial_growth * x.bacteria
    oxygen = dissolved(supply, saturation, breath * per_volume * live, p.oxygen_half)
    uptake = supply * (saturation - oxygen)
    gas = p.carbon_dioxide_solubility * maximum(a.carbon_dioxide, 1.0e-4) * p.dry_pressure
    ph = acidity(gas + uptake / (p.carbon_dioxide_ratio * supply), lactate - ammonia, p)
    fed = glucose / (glucose + p.glucose_half) * glutamine / (glutamine + p.glutamine_half)
    aerated = oxygen / (oxygen + p.oxygen_half)
    inhibited = p.lactate_inhibition / (p.lactate_inhibition + lactate) * (
        p.ammonia_inhibition / (p.ammonia_inhibition + ammonia))
    hindered = x.adaptation * (1.0 - p.mycoplasma_slowing * x.mycoplasma) * live
    toxic = lactate / (p.death_lactate_half + lactate) * ammonia / (p.death_ammonia_half + ammonia)
    hot = maximum((a.temperature - p.heat_limit) / p.heat_width, 0.0)
    weak = weakness(x.stress, p)
    dying = p.death_base + p.death_toxic * toxic + p.death_anoxic * (1.0 - aerated) + p.death_weakened * weak
    return Conditions(
        oxygen=oxygen, saturation=saturation, uptake=uptake, ph=ph, fed=fed,
        want=1.0 - fed * inhibited * aerated * surroundings(p.temperature_optimum, ph, p),
        growth=p.growth_maximum * fed * inhibited * aerated * surroundings(a.temperature, ph, p) * hindered,
        death=live * p.death_rate * (dying + p.death_starved * (1.0 - fed) * (1.0 - fed) + p.death_hot * hot * hot),
    )


@law
def surroundings(temperature: Kelvin, ph: Number, p: Parameters) -> Number:
    """What temperature and pH leave of growth, 0..1."""
    cold = maximum((p.temperature_optimum - temperature) / p.temperature_width, 0.0)
    hot = maximum((temperature - p.heat_limit) / p.heat_width, 0.0)
    off = (ph - p.ph_optimum) / p.ph_width
    return exp(-(cold * cold) - off * off) / (1.0 + hot * hot)


@law
def weakness(stress: Number, p: Parameters) -> Number:
    """What want has left behind, 0..1: nothing up to what every culture knows."""
    return maximum(stress - p.harmless_want, 0.0) / (1.0 - p.harmless_want)


@law
def taken(held: Mol, wanted: Mol, p: Parameters) -> Mol:
    """What is consumed of an amount: what is wanted, fading as the amount goes."""
    return held * (1.0 - exp(-wanted / (held + p.smallest_amount)))


@law
def lived(x: Culture, a: Climate, u: Inputs, p: Parameters, dt: Second) -> tuple[Culture, Turned]:
    """The culture after ``dt`` in its vessel: every consumption vanishes with what it consumes."""
    w = working(u, p)
    c = conditions(x, a, w, p)
    live = where(x.stage < 0.5, 0.0, 1.0)
    passing = live * dt
    grown = x.viable_cells * (exp(c.growth * dt) - 1.0)
    died = (x.viable_cells + grown) * (1.0 - exp(-c.death * dt))
    burst = (x.dead_cells + died) * (1.0 - exp(-p.lysis * passing))
    per_volume = 1.0 / (x.volume + p.smallest_volume)
    sugar, food, ammonia = x.glucose * per_volume, x.glutamine * per_volume, x.ammonia * per_volume
    multiplied = x.bacteria * (exp(p.bacterial_growth * c.fed * passing) - 1.0)
    rest = p.glucose_maintenance * sugar / (sugar + p.maintenance_half) * x.viable_cells * passing
    eaten = taken(x.glucose, grown / p.cells_per_glucose + rest + p.bacterial_glucose * multiplied, p)
    kept = p.glutamine_maintenance * food / (food + p.glutamine_maintenance_half) * x.viable_cells * passing
    decayed = x.glutamine * (1.0 - exp(-p.glutamine_decay * passing))
    used = taken(x.glutamine - decayed, grown / p.cells_per_glutamine + kept, p)
    recycled = p.ammonia_uptake * ammonia / (ammonia + p.ammonia_uptake_half) * x.viable_cells * passing
    again = taken(x.ammonia, recycled, p)
    load = (u.mycoplasma_rate + p.mycoplasma_growth * x.mycoplasma) * (1.0 - x.mycoplasma) * passing
    after = Culture(
        stage=x.stage, volume=x.volume,
        viable_cells=x.viable_cells + grown - died, dead_cells=x.dead_cells + died - burst,
        glucose=x.glucose - eaten, glutamine=x.glutamine - decayed - used,
        lactate=x.lactate + p.lactate_yield * eaten, ammonia=x.ammonia - again + decayed + p.ammonia_yield * used,
        adaptation=1.0 - (1.0 - x.adaptation) * exp(-passing / p.lag),
        stress=x.stress + live * (c.want - x.stress) * (1.0 - exp(-dt / p.stress_memory)),
        bacteria=x.bacteria + multiplied + u.contamination_rate * dt, mycoplasma=minimum(x.mycoplasma + load, 1.0),
        age=x.age + dt, doublings=x.doublings + c.growth * dt / LN2,
    )
    return after, Turned(grown, died, burst)
