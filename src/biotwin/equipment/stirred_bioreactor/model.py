"""The stirred bioreactor: one well-mixed liquid under one well-mixed headspace, from 2 L to 12,500 L.

Ideas. (1) State holds amounts, so mixing liquids is addition and balances are linear forms (``BALANCES``). (2) Nothing
is clipped: every consumption vanishes with what it consumes, every outflow with the volume. (3) pH is algebraic and
solved once per tick, in ``readings``; ``equations`` takes it as the input ``ph``, which the plant wires to this very
vessel's reading. (4) How cells live is a law chosen per plant (``LAWS``): ``rates`` and its figures ``k`` come last.
(5) Dissolved oxygen turns over in seconds where all else takes hours: it is the one stiff state (``FAST``).
Not modelled: gradients, evaporation, the dish of the bottom, pressure build-up in time.
"""

from __future__ import annotations

from biotwin.equipment.stirred_bioreactor.culture import (
    RESPIRATORY_QUOTIENT,
    RateLaw,
    environment,
    mechanical_death,
    turnover,
)
from biotwin.equipment.stirred_bioreactor.gas import bubbles, exchange, overpressure, sparge
from biotwin.equipment.stirred_bioreactor.variables import Inputs, Parameters, Readings, Start, State
from biotwin.equipment.stirred_bioreactor.vessel import filter_wetting, foam_growth, heat, vessel
from biotwin.kinetics import composite, overflow
from biotwin.kinetics.contaminants import growth_left
from biotwin.operators import law, maximum, minimum
from biotwin.properties.agitation import mixing_time
from biotwin.properties.buffers import acidity, carbon_dioxide_fraction, charge
from biotwin.properties.gases import CARBON_DIOXIDE, OXYGEN, dry_pressure, henry, ideal_gas_amount
from biotwin.properties.liquids import BROTH_LIQUID
from biotwin.properties.physics import PHYSICS
from biotwin.quantity import Cells, KilogramPerCubicMetre, Number, Pascal

__all__ = [
    "BALANCES", "CARRIES", "FAST", "LAWS",
    "Inputs", "Parameters", "Readings", "Start", "State",
    "equations", "initial", "readings",
]

CARRIES = "product"
"""The lot is in this vessel: a plant's figures of merit are read on it."""
FAST = "oxygen"
LAWS = {
    "rates": {
        "overflow": (overflow.specific_rates, overflow.Parameters),
        "composite": (composite.specific_rates, composite.Parameters),
    }
}
BALANCES: dict[str, dict[str, float]] = {
    "water": {"volume": 1.0, "liquid_supplied": -1.0},
    "glucose": {"glucose": 1.0, "glucose_consumed": 1.0, "glucose_supplied": -1.0},
    "oxygen": {"oxygen": 1.0, "headspace_oxygen": 1.0, "oxygen_consumed": 1.0, "oxygen_supplied": -1.0},
    "inorganic_carbon": {
        "inorganic_carbon": 1.0, "headspace_carbon_dioxide": 1.0, "oxygen_consumed": -RESPIRATORY_QUOTIENT,
        "carbon_supplied": -1.0,
    },
}
"""Linear forms of the state that never change. Organic carbon is not closed: published yields do not close it."""


@law
def equations(x: State, u: Inputs, p: Parameters, rates: RateLaw, k: tuple[float, ...]) -> State:
    """Time derivatives of the state, per second; ``u.ph`` is the pH of ``x``."""
    v = vessel(x, u, p)
    b = bubbles(x, u, p, v, sparge(u))
    gas = exchange(x, u, p, v, b)
    blown = (b.flow, b.radius)
    t = turnover(x, u, rates(environment(x, u.ph), k), mechanical_death(x, u, p, v, blown), blown)
    drawn = minimum(u.harvest_flow + u.sample_flow, maximum(x.volume, 0.0) / p.drain_time)
    out = drawn / (x.volume + PHYSICS.smallest_volume)
    q = heat(x, u, p, v, t.oxygen_consumed)
    heated = BROTH_LIQUID.density * BROTH_LIQUID.heat_capacity * (x.volume + p.wall_capacity * p.vessel_volume)
    oxygen_vented, carbon_vented = gas.oxygen_fraction * gas.vented, gas.carbon_dioxide_fraction * gas.vented
    evolved = RESPIRATORY_QUOTIENT * t.oxygen_consumed
    return State(
        volume=u.liquid_flow - drawn,
        temperature=(q.jacket + q.room + q.metabolism + q.feed + v.power) / heated,
        viable_cells=t.viable_cells + u.viable_cell_flow - out * x.viable_cells,
        dead_cells=t.dead_cells + u.dead_cell_flow - out * x.dead_cells,
        lysed_cells=t.lysed_cells - out * x.lysed_cells,
        glucose=u.glucose_flow - t.glucose_consumed - out * x.glucose,
        glutamine=u.glutamine_flow + t.glutamine - out * x.glutamine,
        lactate=u.lactate_flow + t.lactate - out * x.lactate,
        ammonia=u.ammonia_flow + t.ammonia - out * x.ammonia,
        oxygen=gas.oxygen_transfer - t.oxygen_consumed - out * x.oxygen,
        inorganic_carbon=u.inorganic_carbon_flow + gas.carbon_dioxide_transfer + evolved - out * x.inorganic_carbon,
        strong_ions=u.strong_ion_flow - out * x.strong_ions, osmoles=u.osmole_flow - out * x.osmoles,
        product=t.product - out * x.product, galactosylated=t.galactosylated - out * x.galactosylated,
        aggregates=t.aggregates - out * x.aggregates,
        host_cell_protein=t.host_cell_protein - out * x.host_cell_protein,
        cell_time=x.viable_cells / (x.volume + PHYSICS.smallest_volume),
        antifoam=u.antifoam_flow - (out + p.antifoam_loss_rate) * x.antifoam,
        foam=foam_growth(x, u, p, v, b.velocity), filter_wetness=filter_wetting(x, p, v),
        headspace_oxygen=gas.oxygen_in - gas.oxygen_transfer - oxygen_vented,
        headspace_carbon_dioxide=gas.carbon_dioxide_in - gas.carbon_dioxide_transfer - carbon_vented,
        bacteria=t.bacteria - out * x.bacteria, mycoplasma=t.mycoplasma,
        liquid_supplied=u.liquid_flow - drawn,
        glucose_supplied=u.glucose_flow - out * x.glucose, glucose_consumed=t.glucose_consumed,
        oxygen_supplied=gas.oxygen_in - oxygen_vented - out * x.oxygen,
        oxygen_consumed=t.oxygen_consumed,
        carbon_supplied=u.inorganic_carbon_flow + gas.carbon_dioxide_in - carbon_vented - out * x.inorganic_carbon,
    )


@law
def broth_ph(x: State) -> Number:
    """pH of the liquid from its charges."""
    per_volume = 1.0 / (x.volume + PHYSICS.smallest_volume)
    weak = (x.lactate - x.ammonia) * per_volume
    return acidity(x.inorganic_carbon * per_volume, x.strong_ions * per_volume, weak)


@law
def share(part: Cells, whole: Cells, empty: Number) -> Number:
    """A part of a number of cells; ``empty`` where there are none."""
    return (part + empty) / (whole + 1.0)


@law
def readings(x: State, u: Inputs, p: Parameters, rates: RateLaw, k: tuple[float, ...]) -> Readings:
    """All that can be seen on the vessel at this instant, pH included."""
    ph = broth_ph(x)
    e = environment(x, ph)
    r = rates(e, k)
    v = vessel(x, u, p)
    b = bubbles(x, u, p, v, sparge(u))
    gas = exchange(x, u, p, v, b)
    t = turnover(x, u, r, mechanical_death(x, u, p, v, (b.flow, b.radius)), (b.flow, b.radius))
    per_volume = 1.0 / (x.volume + PHYSICS.smallest_volume)
    mass = maximum(x.product, PHYSICS.smallest_mass)
    particles = x.viable_cells + x.dead_cells
    calibrated: Pascal = PHYSICS.air_oxygen * dry_pressure(p.calibration_pressure)
    titre: KilogramPerCubicMetre = x.product * per_volume
    gauge = overpressure(x, u, p)
    return Readings(
        temperature=x.temperature, ph=ph,
        dissolved_oxygen=x.oxygen * per_volume / henry(x.temperature, OXYGEN) / calibrated,
        pressure=gauge, filter_pressure_drop=gauge,
        weight=p.tare_mass + BROTH_LIQUID.density * x.volume, liquid_volume=x.volume, foam_height=x.foam / v.headroom,
        viable_density=x.viable_cells * per_volume, dead_density=x.dead_cells * per_volume,
        viability=share(x.viable_cells, particles, 1.0),
        lysed_fraction=share(x.lysed_cells, particles + x.lysed_cells, 0.0),
        glucose=e.glucose, glutamine=e.glutamine, lactate=e.lactate, ammonia=e.ammonia, titre=titre,
        carbon_dioxide_pressure=e.carbon_dioxide_pressure, osmolality=e.osmolality,
        oxygen_uptake=t.oxygen_consumed * per_volume, oxygen_transfer=gas.oxygen_transfer * per_volume,
        oxygen_transfer_coefficient=b.coefficient, growth_rate=r.growth * growth_left(x.mycoplasma),
        permittivity=p.permittivity_of_a_cell * x.viable_cells * per_volume,
        exhaust_oxygen=gas.oxygen_fraction, exhaust_carbon_dioxide=gas.carbon_dioxide_fraction,
        stirrer_power=v.power, shaft_speed=v.shaft_speed, jacket_heat=heat(x, u, p, v, t.oxygen_consumed).jacket,
        mixing_time=mixing_time(
            v.diameter, v.height, v.impeller, v.power_density / BROTH_LIQUID.density, PHYSICS.smallest_dissipation
        ),
        energy_dissipation=v.power_density, galactosylation=x.galactosylated / mass,
        aggregate_fraction=x.aggregates / mass, host_cell_protein=x.host_cell_protein * per_volume,
        bacteria_density=x.bacteria * per_volume, mycoplasma_load=x.mycoplasma,
        turbidity=p.turbidity_of_a_cell * (particles + 0.02 * x.bacteria) * per_volume,
        bubble_size=b.radius, monomer=(x.product - x.aggregates) * per_volume,
        dna=p.dna_of_a_cell * x.lysed_cells * per_volume, debris=p.debris_of_a_cell * x.lysed_cells * per_volume,
        heat_content=BROTH_LIQUID.density * BROTH_LIQUID.heat_capacity * x.volume * (x.temperature - p.ice_point),
    )


def initial(p: Parameters, start: Start) -> State:
    """The vessel at its start: strong ions are those that give the wished pH at the wished carbon dioxide."""
    v = start.volume
    dissolved = henry(start.temperature, CARBON_DIOXIDE) * start.carbon_dioxide_pressure
    carbon = dissolved / carbon_dioxide_fraction(start.ph)
    ions = charge(start.ph, carbon, start.lactate - start.ammonia)
    metabolites = start.glucose + start.glutamine + start.lactate + start.ammonia
    air = PHYSICS.air_oxygen * dry_pressure(p.calibration_pressure)
    gas = ideal_gas_amount(
        dry_pressure(PHYSICS.atmosphere), p.vessel_volume * (1.0 + p.headspace_ratio) - v, start.temperature
    )
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        volume=v, temperature=start.temperature,
        viable_cells=start.viable_density * v,
        dead_cells=start.viable_density * v * (1.0 - start.viability) / start.viability,
        glucose=start.glucose * v, glutamine=start.glutamine * v, lactate=start.lactate * v, ammonia=start.ammonia * v,
        oxygen=start.dissolved_oxygen * air * henry(start.temperature, OXYGEN) * v,
        inorganic_carbon=carbon * v, strong_ions=ions * v, osmoles=(start.osmolality - metabolites) * v,
        antifoam=start.antifoam * v, mycoplasma=start.mycoplasma,
        headspace_oxygen=PHYSICS.air_oxygen * gas, headspace_carbon_dioxide=PHYSICS.air_carbon_dioxide * gas,
    )
