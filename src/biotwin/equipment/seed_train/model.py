"""The seed train: one culture in one vessel at a time; a passage moves a part of it into the next, larger one.

Ideas. (1) A passage is a jump: people count, take the share that gives the wished density, add medium, discard the
rest. What they count may be wrong; what they discard is counted here to the last cell. (2) Between passages every
step of a tick keeps amounts positive at any length: growth and death are exponentials, consumption fades with what it
consumes; first order in the tick. (3) Oxygen and pH settle within minutes, so they are algebraic: the vessel's kLa
caps the density. (4) Lag is a memory: thawing takes it to nothing, want before a passage takes part of it. (5) What
is pumped out may become a cell bank: vials, who of them will live again, and how old they are.
Not modelled: perfusion, gradients, clumping, osmolality, evaporation, gas stripping in the N-1 bioreactor.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.seed_train.growth import (
    Climate,
    Culture,
    Working,
    conditions,
    culture_of,
    lived,
    vessel_size,
    weakness,
    working,
)
from biotwin.equipment.seed_train.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, maximum, minimum, where
from biotwin.quantity import Cells, CubicMetre, Number, Second

__all__ = ["CARRIES", "Inputs", "Parameters", "Readings", "Start", "State", "advance", "initial", "readings"]

CARRIES = "product"
"""The lot is in this vessel: a plant's figures of merit are read on it."""
VESSELS = 6.0
"""The number of the last vessel, N-1."""


class Left(NamedTuple):
    """What a passage leaves behind, and the medium that it takes."""

    volume: CubicMetre
    viable: Cells
    dead: Cells
    medium: CubicMetre


@law
def due(x: Culture, u: Inputs, p: Parameters) -> Number:
    """1 in the tick in which the culture moves on, else 0."""
    asked = where(u.passage > 0.5, where(x.age < p.least_stay, 0.0, 1.0), 0.0)
    asked = where(x.stage < 0.5, where(u.passage > 0.5, 1.0, 0.0), asked)
    late = where(u.vessel > x.stage + 0.5, 1.0, 0.0)
    return where(x.stage > VESSELS - 0.5, 0.0, maximum(asked, late))


@law
def share_taken(x: Culture, u: Inputs, w: Working, p: Parameters) -> tuple[Number, CubicMetre]:
    """Part of the culture that goes on, and what the next vessel then holds; a vial goes on whole."""
    room = vessel_size(x.stage + 1.0, p)
    believed = w.counted * x.viable_cells
    enough = believed / maximum(u.seeding, 1.0 / room)
    filled = minimum(maximum(enough, p.least_filling * room), room)
    share = minimum(filled * maximum(u.seeding, 1.0 / room) / maximum(believed, 1.0), 1.0)
    fits = minimum(share, room / (x.volume + p.smallest_volume))
    frozen = x.stage < 0.5
    return where(frozen, 1.0, fits), where(frozen, room, maximum(filled, fits * x.volume))


@law
def passaged(x: Culture, u: Inputs, w: Working, p: Parameters) -> tuple[Culture, Left]:
    """The culture after a passage, and what stays behind."""
    share, filled = share_taken(x, u, w, p)
    medium = maximum(filled - share * x.volume, 0.0 * filled)
    survive = where(x.stage < 0.5, w.thaw_survival, 1.0)
    unlucky = where(u.deviate > w.luck, p.invaders, 0.0 * p.invaders)
    calm = (1.0 - p.passage_setback) * (1.0 - p.overgrown_setback * weakness(x.stress, p))
    after = Culture(
        stage=x.stage + 1.0, volume=share * x.volume + medium,
        viable_cells=share * x.viable_cells * survive,
        dead_cells=share * (x.dead_cells + x.viable_cells * (1.0 - survive)),
        glucose=share * x.glucose + medium * p.medium_glucose,
        glutamine=share * x.glutamine + medium * w.medium_glutamine,
        lactate=share * x.lactate, ammonia=share * x.ammonia,
        adaptation=x.adaptation * calm, stress=x.stress, bacteria=share * x.bacteria + unlucky,
        mycoplasma=x.mycoplasma, age=0.0 * x.age, doublings=x.doublings,
    )
    rest = 1.0 - share
    return after, Left(rest * x.volume, rest * x.viable_cells, rest * x.dead_cells, medium)


@law
def one_or_other(yes: Number, a: Culture, b: Culture) -> Culture:
    """``a`` where ``yes`` is 1, else ``b``."""
    no = yes < 0.5
    return Culture(
        stage=where(no, b.stage, a.stage), volume=where(no, b.volume, a.volume),
        viable_cells=where(no, b.viable_cells, a.viable_cells), dead_cells=where(no, b.dead_cells, a.dead_cells),
        glucose=where(no, b.glucose, a.glucose), glutamine=where(no, b.glutamine, a.glutamine),
        lactate=where(no, b.lactate, a.lactate), ammonia=where(no, b.ammonia, a.ammonia),
        adaptation=where(no, b.adaptation, a.adaptation), stress=where(no, b.stress, a.stress),
        bacteria=where(no, b.bacteria, a.bacteria), mycoplasma=where(no, b.mycoplasma, a.mycoplasma),
        age=where(no, b.age, a.age), doublings=where(no, b.doublings, a.doublings),
    )


@law
def scaled(x: Culture, by: Number) -> Culture:
    """A part of a culture."""
    return Culture(x.stage, x.volume * by, x.viable_cells * by, x.dead_cells * by, x.glucose * by, x.glutamine * by,
                   x.lactate * by, x.ammonia * by, x.adaptation, x.stress, x.bacteria * by, x.mycoplasma, x.age,
                   x.doublings)


@law
def climate(x: State, u: Inputs, w: Working, p: Parameters, dt: Second) -> Climate:
    """Warmth and gas after ``dt``: each goes exponentially to where heater and valve hold it."""
    warm = u.room_temperature + p.heater_rise * w.heating
    gassed = p.gas_rise * w.gas
    return Climate(warm + (x.temperature - warm) * exp(-dt / p.heating_time),
                   gassed + (x.carbon_dioxide - gassed) * exp(-dt / p.gas_time))


@law
def advance(x: State, u: Inputs, p: Parameters, dt: Second) -> State:
    """The train after ``dt`` seconds: passage, what is drawn, then life."""
    w = working(u, p)
    before = culture_of(x)
    moving = due(before, u, p)
    moved, left = passaged(before, u, w, p)
    held = one_or_other(moving, moved, before)
    wanted = (u.sample_flow + u.harvest_flow) * dt
    gone = minimum(wanted, held.volume) / (held.volume + p.smallest_volume)
    sampled = gone * u.sample_flow / maximum(u.sample_flow + u.harvest_flow, p.smallest_volume / dt)
    sent = gone * u.harvest_flow / maximum(u.sample_flow + u.harvest_flow, p.smallest_volume / dt)
    kept = where(u.banking > 0.5, sent, 0.0 * sent)
    given, vials = sent - kept, kept * held.viable_cells * p.bank_recovery / p.vial_cells
    around = climate(x, u, w, p, dt)
    y, turned = lived(scaled(held, 1.0 - sampled - sent), around, u, p, dt)
    return State(
        stage=y.stage, volume=y.volume, viable_cells=y.viable_cells, dead_cells=y.dead_cells, glucose=y.glucose,
        glutamine=y.glutamine, lactate=y.lactate, ammonia=y.ammonia, adaptation=y.adaptation, stress=y.stress,
        bacteria=y.bacteria, mycoplasma=y.mycoplasma, age=y.age, doublings=y.doublings,
        temperature=around.temperature, carbon_dioxide=around.carbon_dioxide,
        medium_used=x.medium_used + moving * left.medium,
        grown_cells=x.grown_cells + turned.grown,
        died_cells=x.died_cells + turned.died + moving * (before.viable_cells - left.viable - moved.viable_cells),
        lysed_cells=x.lysed_cells + turned.lysed,
        discarded_volume=x.discarded_volume + moving * left.volume,
        discarded_viable=x.discarded_viable + moving * left.viable,
        discarded_dead=x.discarded_dead + moving * left.dead,
        sampled_volume=x.sampled_volume + sampled * held.volume,
        sampled_viable=x.sampled_viable + sampled * held.viable_cells,
        sampled_dead=x.sampled_dead + sampled * held.dead_cells,
        transferred_volume=x.transferred_volume + given * held.volume,
        transferred_viable=x.transferred_viable + given * held.viable_cells,
        transferred_dead=x.transferred_dead + given * held.dead_cells,
        transferred_bacteria=x.transferred_bacteria + given * held.bacteria,
        transferred_heat=x.transferred_heat + given * held.volume * (
            p.density * p.heat_capacity * (x.temperature - p.ice_point)),
        banked_volume=x.banked_volume + kept * held.volume,
        banked_viable=x.banked_viable + kept * held.viable_cells, banked_dead=x.banked_dead + kept * held.dead_cells,
        bank_vials=x.bank_vials + vials, bank_doublings=x.bank_doublings + vials * held.doublings,
        bank_survivors=x.bank_survivors + vials * p.vial_cells * thawed_alive(held, p),
    )


@law
def thawed_alive(x: Culture, p: Parameters) -> Number:
    """Part of the living cells of a vial that will live after thawing: fewer of those frozen in want."""
    return p.freeze_survival * (1.0 - p.weak_freeze_loss * weakness(x.stress, p))


@law
def share_of(part: Cells, rest: Cells) -> Number:
    """A part of a number of cells; 0 where there are none."""
    return part / maximum(part + rest, 1.0)


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """All that can be seen or counted at this instant."""
    w = working(u, p)
    c = conditions(culture_of(x), Climate(x.temperature, x.carbon_dioxide), w, p)
    per_volume = 1.0 / (x.volume + p.smallest_volume)
    viable, dead = x.viable_cells * per_volume, x.dead_cells * per_volume
    bacteria = x.bacteria * per_volume
    unprobed = x.stage < p.first_probed - 0.5
    air = c.oxygen / c.saturation
    return Readings(
        stage=x.stage, temperature=x.temperature, carbon_dioxide=x.carbon_dioxide, liquid_volume=x.volume,
        weight=p.tare_mass + p.density * x.volume, viable_density=viable, dead_density=dead,
        counted_density=viable * w.counted, viability=share_of(x.viable_cells, x.dead_cells),
        glucose=x.glucose * per_volume, glutamine=x.glutamine * per_volume,
        lactate=x.lactate * per_volume, ammonia=x.ammonia * per_volume, ph=c.ph,
        dissolved_oxygen=air, probed_oxygen=where(unprobed, 1.0, air),
        permittivity=p.permittivity_of_a_cell * where(unprobed, 0.0 * viable, viable),
        growth_rate=c.growth, oxygen_uptake=c.uptake, adaptation=x.adaptation, stress=x.stress, age=x.age,
        passages=x.stage, doublings=x.doublings,
        productivity=exp(-p.productivity_loss * x.doublings),
        bacteria_density=bacteria, mycoplasma_load=x.mycoplasma,
        turbidity=p.turbidity_of_a_cell * (viable + dead + 0.02 * bacteria), medium_used=x.medium_used,
        viable_cells=x.viable_cells, dead_cells=x.dead_cells, bacteria=x.bacteria,
        cells_grown=x.grown_cells, cells_died=x.died_cells, cells_lysed=x.lysed_cells,
        discarded_volume=x.discarded_volume, discarded_viable=x.discarded_viable, discarded_dead=x.discarded_dead,
        sampled_volume=x.sampled_volume, sampled_viable=x.sampled_viable, sampled_dead=x.sampled_dead,
        transferred_volume=x.transferred_volume, transferred_viable=x.transferred_viable,
        transferred_dead=x.transferred_dead, transferred_bacteria=x.transferred_bacteria,
        transferred_heat=x.transferred_heat,
        banked_volume=x.banked_volume, banked_viable=x.banked_viable, banked_dead=x.banked_dead,
        bank_vials=x.bank_vials,
        bank_viability=x.bank_survivors / maximum(p.bank_recovery * (x.banked_viable + x.banked_dead), 1.0),
        bank_doublings=x.bank_doublings / maximum(x.bank_vials, p.smallest_vials),
        transferred_density=x.transferred_viable / (x.transferred_volume + p.smallest_volume),
        transferred_viability=share_of(x.transferred_viable, x.transferred_dead),
    )


def initial(p: Parameters, start: Start) -> State:
    """A vial in the nitrogen vapour, or a culture in fresh medium."""
    v = start.volume
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        stage=start.stage, volume=v, viable_cells=start.viable_cells, dead_cells=start.dead_cells,
        glucose=start.glucose * v, glutamine=start.glutamine * v, adaptation=start.adaptation,
        bacteria=start.bacteria, mycoplasma=start.mycoplasma, doublings=start.doublings,
        temperature=start.temperature, carbon_dioxide=start.carbon_dioxide,
    )
