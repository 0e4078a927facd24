"""The benches of the last leg, and its healthy laws written again without a single fault term."""

from __future__ import annotations

import math
from typing import Any

from tests.drawers.lumped import heun

PATIENT: dict[str, Any] = {
    "parameters": {"body_weight": 82.0, "clearance_factor": 1.2, "target_capacity": 1.0e-11},
    "start": {"serum_concentration": 0.02},
    "inputs": {"infusion_rate": 1.0e-9, "subcutaneous_rate": 1.0e-10, "active_fraction": 0.9,
               "aggregate_fraction": 0.01},
    "step": {"infusion_rate": 2.0e-9},
    "shows": {"anti_drug_antibodies": ("serum_concentration", 1.0e-3), "extravasated": ("serum_concentration", 1.0e-3),
              "plasma_protein_lost": ("serum_concentration", 1.0e-3)},
    "dt": 3600.0,
}


def _risks(hazard: float, p: Any) -> list[float]:
    return [1.0 - math.exp(-hazard * factor) for factor in (1.0, 1.0 / p.risk_factor, p.risk_factor)]


def healthy_patient(m: Any) -> Any:
    """Two compartments, a depot and the accounts of a patient whom nothing befalls."""

    def equations(x: Any, u: Any, p: Any) -> Any:
        serum, tissue, scale = m.serum_volume(p), m.tissue_volume(p), m.flow_scale(p)
        c = x.central / serum
        out = (p.clearance * p.clearance_factor * scale + p.target_capacity / (p.target_half + c)) / serum
        q = p.distribution_clearance * scale
        forth, back = q / serum, q / tissue
        skin, vein = u.subcutaneous_rate, u.infusion_rate
        reaching, lost = p.absorption * p.bioavailability, p.absorption * (1.0 - p.bioavailability)
        moved = forth * x.central - back * x.peripheral
        active = forth * x.active_central - back * x.active_peripheral
        a = u.active_fraction
        return m.State(
            skin - p.absorption * x.depot, vein + reaching * x.depot - moved - out * x.central, moved,
            out * x.central + lost * x.depot, skin + vein,
            a * skin - p.absorption * x.active_depot,
            a * vein + reaching * x.active_depot - active - out * x.active_central, active,
            out * x.active_central + lost * x.active_depot, a * skin + a * vein,
            u.aggregate_fraction * (skin + vein), c, x.active_central / serum, 0.0, 0.0,
            vein / p.reaction_rate * (vein / p.reaction_dose),
        )

    def readings(x: Any, u: Any, p: Any) -> Any:
        serum = m.serum_volume(p)
        c = x.central / serum
        clearance = p.clearance * p.clearance_factor * m.flow_scale(p) + p.target_capacity / (p.target_half + c)
        return m.Readings(c, x.active_central / serum, x.peripheral / m.tissue_volume(p), x.auc, x.active_auc,
                          clearance, x.depot + x.central + x.peripheral, x.eliminated, x.supplied,
                          x.active_supplied, x.aggregates_supplied, *_risks(x.reaction_hazard, p),
                          *_risks(p.antibody_hazard + x.aggregates_supplied / p.aggregate_dose, p))

    return heun(equations, m.State), readings


SHIPPER: dict[str, Any] = {
    "parameters": {}, "start": {"product": 0.004}, "inputs": {"ambient": 303.15, "lid_opening": 0.01},
    "step": {"ambient": 308.15},
    "shows": {"lid_left_open": ("content_temperature", 1.0), "panel_punctured": ("pack_molten", 0.01),
              "packs_shifted": ("content_temperature", 0.2), "logger_misplaced": ("logger_place", 2.0)},
    "dt": 60.0,
}


def healthy_shipper(m: Any) -> Any:
    """Three nodes and the ageing of a lot whose box is sound."""

    def climate(x: Any, u: Any, p: Any) -> Any:
        wall, cold = x.wall_heat / p.wall_capacity, m.temperature(x.pack_heat, m.packs(p))
        kept, half = m.temperature(x.content_heat, m.content(x, p)), 2.0 * p.wall_conductance
        to_packs, to_content = half * (1.0 - p.bypass) * (wall - cold), half * p.bypass * (wall - kept)
        exchanged = p.pack_conductance * (cold - kept)
        return m.Climate(
            wall, cold, kept, u.lid_opening, half * (u.ambient - wall) - to_packs - to_content,
            to_packs - exchanged + u.lid_opening * p.opening_packs * (u.ambient - cold),
            to_content + exchanged + u.lid_opening * p.opening_content * (u.ambient - kept))

    def equations(x: Any, u: Any, p: Any) -> Any:
        c, vials = climate(x, u, p), m.content(x, p)
        icing = max(-c.into_content, 0.0) / vials.latent * (0.0 < m.melted(x.content_heat, vials) < 1.0)
        wet = min(x.volume * p.water_density / (p.dissolving * (x.monomer + x.aggregated + p.smallest_mass)), 1.0)
        stuck = p.aggregation * m.arrhenius(c.content, p.aggregation_energy, p) + p.freeze_loss * icing * wet
        lost = (p.inactivation * m.arrhenius(c.content, p.inactivation_energy, p) + stuck) * x.active
        return m.State(
            c.into_wall, c.into_packs, c.into_content, c.into_wall + c.into_packs + c.into_content,
            -stuck * x.monomer, stuck * x.monomer, -lost, lost, 0.0, 0.0, 1.0,
            m.arrhenius(c.content, p.kinetic_energy, p), float(c.content > p.warm_limit),
            float(c.content < p.cold_limit))

    def readings(x: Any, u: Any, p: Any) -> Any:
        c = climate(x, u, p)
        draught = c.opening * p.opening_content / (2.0 * p.pack_conductance)
        air = (0.5 * (c.content + c.packs) + draught * u.ambient) / (1.0 + draught)
        protein = x.monomer + x.aggregated
        fit = float(x.warm_time <= p.warm_allowance and x.cold_time <= p.cold_allowance)
        now = m.arrhenius(c.content, p.kinetic_energy, p)
        return m.Readings(
            c.content, c.content + p.air_share * (air - c.content), c.packs, c.wall,
            m.melted(x.pack_heat, m.packs(p)), 1.0 - m.melted(x.content_heat, m.content(x, p)),
            m.mean_kinetic_temperature(x, now, p), x.elapsed, x.warm_time, x.cold_time,
            (x.active + p.smallest_mass) / (protein + p.smallest_mass), x.aggregated / (protein + p.smallest_mass),
            protein, fit, u.accepted * fit * x.containers, u.accepted * (1.0 - fit) * x.containers, 1.0 - u.accepted)

    return heun(equations, m.State), readings


LANE: dict[str, Any] = {
    "parameters": {}, "start": {"hour": 3.0e4},
    "inputs": {"conditioned": 0.8, "held_temperature": 278.15, "waits": 1.0, "leg_length": 3600.0},
    "step": {"leg": 2.0},
    "shows": {"departure_delayed": ("remaining", 600.0), "refrigeration_lost": ("ambient", 2.0),
              "left_in_the_sun": ("ambient", 2.0)},
    "dt": 60.0,
}


def healthy_lane(m: Any) -> Any:
    """A day's weather and the clocks of a lane that nothing befalls."""

    def readings(x: Any, u: Any, p: Any) -> Any:
        share = m.after(x.hour, p.warmest - 0.25 * p.day, p) / (0.5 * p.day)
        outdoor = p.outdoor + p.swing * (m.bump(share, p) - m.bump(share - 1.0, p))
        air = outdoor + u.conditioned * (u.held_temperature - outdoor)
        sun = p.sunshine * (1.0 - u.sheltered) * m.bump((x.hour - p.dawn) / (0.5 * p.day), p)
        return m.Readings(air + p.solar_gain * sun, air, sun, max(u.leg_length - x.leg_time, 0.0), x.leg_time, x.hour)

    return m.advance, readings


BAG: dict[str, Any] = {
    "parameters": {}, "start": {"potency": 0.95},
    "inputs": {"diluent_flow": 2.0e-8, "agitation": 0.5, "transfer_flow": 1.0e-8},
    "step": {"diluent_flow": 0.0, "draw": 3.0e-8},
    "shows": {"cake_collapsed": ("undissolved", 0.02), "line_runs_free": ("flow", 1.0e-8),
              "port_leaks": ("bag_weight", 1.0e-3)},
}


def healthy_bag(m: Any) -> Any:
    """The gestures of a pharmacy whose cake dissolves, whose line holds and whose bag is tight."""

    def advance(x: Any, u: Any, p: Any, dt: float) -> Any:
        newly = min(max(u.vials - x.opened, 0.0), x.unopened)
        opened, foam = x.opened + newly, m.foamed(x, u, p, dt)
        volume = x.vial_volume + u.diluent_flow * dt + newly * x.solution
        whole = x.cake + newly * x.content
        wet = min(volume / max(opened * p.fill, p.least_volume), 1.0)
        cake = whole * math.exp(-(p.dissolution * wet * (1.0 + p.swirl_gain * u.agitation)) * dt)
        freed, kept = whole - cake, math.exp(-p.shaking_aggregation * m.shaking(u, p) * dt)
        monomer = x.vial_monomer + freed * (1.0 - x.aggregate_fraction)
        hmw = x.vial_hmw + freed * x.aggregate_fraction + monomer * (1.0 - kept)
        liquid = m.Liquid(volume, monomer * kept, hmw, (x.vial_active + freed * x.potency) * kept)
        can = volume * (1.0 - p.foam_hold * foam) - opened * p.hold_up
        drawn = m.part(liquid, m.share_drawn(u.transfer_flow * dt, can, volume, p))
        vials = m.without(liquid, drawn)
        bag = m.pooled(m.Liquid(x.bag_volume, x.bag_monomer, x.bag_hmw, x.bag_active), drawn)
        out = m.part(bag, m.share_drawn(u.draw * (1.0 - u.clamp) * dt, bag.volume, bag.volume, p))
        return m.State(
            x.unopened - newly, x.content, x.potency, x.aggregate_fraction, x.solution, opened, cake, *vials, foam,
            *m.without(bag, out), x.given_volume + out.volume, x.given_monomer + out.monomer, x.given_hmw + out.hmw,
            x.given_active + out.active, 0.0, 0.0, 0.0, 0.0, out.volume / dt, (out.monomer + out.hmw) / dt,
            out.active / dt, out.hmw / dt, x.spoiled + (x.vial_active + freed * x.potency - liquid.active))

    return advance, m.readings


FILLER: dict[str, Any] = {
    "parameters": {}, "start": {"bulk": 0.02},
    "inputs": {"command": 0.4, "trim": 0.001, "refill": 1.0e-7, "airborne": 2.0, "burden_rate": 1.0e-6},
    "step": {"command": 0.8},
    "shows": {"biased": ("dose_mean", 1.0e-7), "drifting": ("dose_mean", 1.0e-9), "air_in_line": ("dose_scatter", 1e-7),
              "jammed": ("line_speed", 1.0), "stoppers_raised": ("reject_fraction", 0.05),
              "weigher_biased": ("weighed_mean", 1.0e-4)},
}


def healthy_filler(m: Any) -> Any:
    """Doses, sorting and counts of a line in health."""

    def doses(x: Any, u: Any, p: Any) -> Any:
        relaxed = p.tube_loss * (1.0 - math.exp(-x.wear / p.tube_time))
        error = u.trim + x.drift - relaxed
        seen = math.sqrt(p.scatter * p.scatter + p.weigher_scatter * p.weigher_scatter)
        passed = m.normal((p.limit - error) / seen) - m.normal((-p.limit - error) / seen)
        most = x.bulk / (u.dose * (1.0 + error + 1.0e-9) * p.drain_time)
        return m.Doses(min(p.fastest * u.command, most), error, p.scatter, p.raised,
                       1.0 - passed * (1.0 - p.raised * p.seen))

    def equations(x: Any, u: Any, p: Any) -> Any:
        d = doses(x, u, p)
        v = m.passing(x, u, p, d)
        flow, good = d.speed * u.dose * (1.0 + d.error), d.speed * (1.0 - d.rejected)
        caught = x.on_line * u.airborne * p.settling * p.neck_area
        return m.State(
            u.refill - flow, flow * (1.0 - d.rejected), flow * d.rejected, u.refill, d.speed, good,
            d.speed * d.rejected, good * p.raised * (1.0 - p.seen) / (1.0 - p.raised * p.seen),
            d.speed / p.fastest, 0.0, 0.0, u.burden_rate - flow * v.burden, d.speed - x.on_line * v.moving,
            caught - x.exposed * v.moving, (1.0 - d.rejected) * (d.speed * v.hit + x.exposed * v.moving),
            0.0, 0.0, 0.0, 0.0)

    def readings(x: Any, u: Any, p: Any) -> Any:
        d, weight = doses(x, u, p), u.dose * p.density
        protein = u.monomer + u.aggregates + u.fragments
        seen = math.sqrt(p.scatter * p.scatter + p.weigher_scatter * p.weigher_scatter)
        mean = 1.0 + d.error + seen * u.deviate / math.sqrt(p.window)
        grown = m.counted(p.promotion * x.contaminated, 0.0)
        return m.Readings(d.speed, u.dose * (1.0 + d.error), u.dose * d.scatter, weight * mean, weight * seen,
                          d.rejected, x.filled, x.accepted, x.rejected, x.raised_accepted,
                          x.raised_accepted / max(x.accepted, 1.0), x.bulk, x.accepted_volume,
                          x.rejected_volume, 0.0, x.accepted_volume * protein, x.rejected_volume * protein,
                          x.on_line, x.bulk_burden, x.contaminated, x.contaminated / max(x.accepted, 1.0), 0.0, 0.0,
                          0.0, 0.0, grown, m.upper_limit(grown, max(x.accepted, 1.0)))

    return heun(equations, m.State), readings


DELIVERY: dict[str, dict[str, Any]] = {
    "vial_filler": FILLER, "transport_lane": LANE, "shipper": SHIPPER, "infusion_bag": BAG, "patient": PATIENT,
}
HEALTHY_DELIVERY = {
    "vial_filler": healthy_filler, "transport_lane": healthy_lane, "shipper": healthy_shipper,
    "infusion_bag": healthy_bag, "patient": healthy_patient,
}
