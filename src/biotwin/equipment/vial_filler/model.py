"""A vial filling line: a tube pump doses, a star wheel stoppers, a check weigher and a camera sort.

Ideas. (1) A dose is its set-point times 1 + trim + bias + drift - relaxation of the tube, and scatters as a normal: the
law of many vials moves the state, chance is seen in the statistics that the weigher shows of its last vials. (2) What
left the bulk is in accepted or in rejected vials (``BALANCES``). (3) The weigher sorts on what it reads, not on what is
true: biased, it passes wrong vials. (4) Vials are counted as real numbers. (5) Microbes reach a vial with the bulk or
the stopper or fall into it while it stands open; how many vials are expected to hold one is true, and no test of the
lot shows it, nor a media fill but by chance. (6) Glass brings what washing and heat left; vials whose heat nobody can
claim are suspect, and can be set apart with their neighbours. Not modelled: single vials, needles one by one. The
bulk's composition is an input: it is uniform and does not change.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.vial_filler.media import upper_limit
from biotwin.equipment.vial_filler.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import exp, law, maximum, minimum, sqrt, where
from biotwin.properties.counts import counted
from biotwin.properties.parts import part
from biotwin.quantity import CellsPerCubicMetre, CubicMetrePerSecond, Number, PerSecond

__all__ = ["BALANCES", "CARRIES", "Inputs", "Parameters", "Readings", "Start", "State", "equations", "initial",
           "readings"]

CARRIES = "product"

BALANCES: dict[str, dict[str, float]] = {
    "product": {"bulk": 1.0, "accepted_volume": 1.0, "rejected_volume": 1.0, "sampled": 1.0,
                "bulk_supplied": -1.0},
    "vials": {"filled": 1.0, "accepted": -1.0, "rejected": -1.0},
}
"""Linear forms of the state that never change."""


class Doses(NamedTuple):
    """The doses of this instant."""

    speed: PerSecond
    error: Number
    """Mean over set-point, less one."""
    scatter: Number
    raised: Number
    """Part of the stoppers that sit high."""
    rejected: Number
    """Part of the vials that weigher or camera takes out."""


@law
def normal(z: Number) -> Number:
    """Area of the standard normal below ``z``: a logistic in z + z^3, within 0.0002 (Bowling 2009, recalled)."""
    near = minimum(maximum(z, -8.0), 8.0)
    return 1.0 / (1.0 + exp(-(1.5976 + 0.07056 * near * near) * near))


@law
def doses(x: State, u: Inputs, p: Parameters) -> Doses:
    """How fast the line runs, how its doses lie (never below nothing), and what part is taken out."""
    asked = p.fastest * part(u.command) * (1.0 - u.jam)
    relaxed = p.tube_loss * (1.0 - exp(-x.wear / p.tube_time))
    error = maximum(u.trim + u.bias + x.drift - relaxed - p.air_loss * u.air, -1.0)
    scatter = p.scatter + p.air_scatter * u.air
    seen = sqrt(scatter * scatter + p.weigher_scatter * p.weigher_scatter)
    off = error + u.weigher_bias
    passed = maximum(normal((p.limit - off) / seen) - normal((-p.limit - off) / seen), 0.0)
    raised = p.raised + u.stoppers_raised * (1.0 - p.raised)
    raised = raised + p.stuck * part(u.sticking) * (1.0 - raised)
    rejected = 1.0 - passed * (1.0 - raised * p.seen)
    # A dose that shrinks to nothing would divide by it: a billionth of the set-point stays.
    most = maximum(x.bulk, 0.0) / (u.dose * (1.0 + error + 1.0e-9) * p.drain_time)
    speed = minimum(minimum(asked, most), maximum(u.vials, 0.0) / p.feed_time)
    return Doses(speed=speed, error=error, scatter=scatter, raised=raised, rejected=rejected)


class Passing(NamedTuple):
    """What the line does beside dosing: vials cleared away, microbes caught."""

    cleared: PerSecond
    """Accepted vials taken back as rejected ones."""
    cleared_volume: CubicMetrePerSecond
    leaving: PerSecond
    """Part of what the accepted vials hold that leaves with them."""
    leaving_suspect: PerSecond
    """The same of the suspect ones."""
    leaving_sound: PerSecond
    """The same of the others."""
    moving: PerSecond
    """Part of the open vials that is stoppered per second."""
    taken_off: PerSecond
    """Part of the open vials that is cleared away per second."""
    burden: CellsPerCubicMetre
    """Of the bulk."""
    hit: Number
    """Part of the vials that catch a microbe with their dose or their stopper: Poisson."""


@law
def passing(x: State, u: Inputs, p: Parameters, d: Doses) -> Passing:
    """How fast vials leave the line and its trays, and what the bulk brings into them.

    Open vials that are taken off, and neighbours in a tray, are vials like the others: each takes the mean with it.
    """
    accepted, suspect = maximum(x.accepted, 0.0), maximum(x.suspect, 0.0)
    taken_off, apart = u.clearing / p.clear_time, part(u.setting_apart) / p.apart_time
    cleared = maximum(x.on_line, 0.0) * taken_off * accepted / maximum(x.filled, 1.0)
    trays = minimum(p.margin * suspect, accepted) * apart
    off, leaving = cleared / maximum(accepted, 1.0), (cleared + trays) / maximum(accepted, 1.0)
    neighbours = maximum(trays - suspect * apart, 0.0 * apart) / maximum(accepted - suspect, 1.0)
    burden = maximum(x.bulk_burden, 0.0) / maximum(x.bulk, p.smallest_bulk)
    return Passing(
        cleared=cleared + trays, cleared_volume=leaving * x.accepted_volume, leaving=leaving,
        leaving_suspect=off + apart, leaving_sound=off + neighbours, moving=d.speed / p.open_vials,
        taken_off=taken_off, burden=burden,
        hit=1.0 - exp(-burden * u.dose * (1.0 + d.error) - maximum(u.stopper_germs, 0.0)),
    )


@law
def equations(x: State, u: Inputs, p: Parameters) -> State:
    """Time derivatives of the state, per second; doses of accepted and rejected vials are taken at one mean."""
    d = doses(x, u, p)
    v = passing(x, u, p, d)
    flow = d.speed * u.dose * (1.0 + d.error)
    accepted, taken = d.speed * (1.0 - d.rejected), minimum(u.sample_flow, maximum(x.bulk, 0.0) / p.drain_time)
    caught = maximum(x.on_line, 0.0) * u.airborne * p.settling * p.neck_area
    return State(
        bulk=u.refill - flow - taken, accepted_volume=flow * (1.0 - d.rejected) - v.cleared_volume,
        rejected_volume=flow * d.rejected + v.cleared_volume, bulk_supplied=u.refill,
        filled=d.speed, accepted=accepted - v.cleared, rejected=d.speed * d.rejected + v.cleared,
        raised_accepted=(accepted * d.raised * (1.0 - p.seen) / (1.0 - d.raised * p.seen)
                         - x.raised_accepted * v.leaving),
        wear=d.speed / p.fastest, drift=u.drift_rate * (d.speed / p.fastest), sampled=taken,
        bulk_burden=u.burden_rate + u.contamination_rate - (flow + taken) * v.burden,
        on_line=d.speed - x.on_line * (v.moving + v.taken_off),
        exposed=caught - x.exposed * (v.moving + v.taken_off),
        contaminated=(1.0 - d.rejected) * (d.speed * v.hit + x.exposed * v.moving) - x.contaminated * v.leaving,
        suspect=accepted * u.glass_suspect - x.suspect * v.leaving_suspect,
        suspect_endotoxin=accepted * u.glass_suspect * u.glass_endotoxin - x.suspect_endotoxin * v.leaving_suspect,
        glass_endotoxin=accepted * (1.0 - u.glass_suspect) * u.glass_endotoxin - x.glass_endotoxin * v.leaving_sound,
        glass_particles=accepted * u.glass_particles - x.glass_particles * v.leaving,
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Speed, doses, what the weigher shows of its window, and counts."""
    d = doses(x, u, p)
    seen = sqrt(d.scatter * d.scatter + p.weigher_scatter * p.weigher_scatter)
    mean = 1.0 + d.error + u.weigher_bias + seen * u.deviate / sqrt(p.window)
    spread = seen * maximum(1.0 + u.spread_deviate / sqrt(2.0 * (p.window - 1.0)), 0.0)
    weight = u.dose * p.density
    grown = counted(p.promotion * maximum(x.contaminated, 0.0), u.growth_deviate)
    return Readings(
        line_speed=d.speed, dose_mean=u.dose * (1.0 + d.error), dose_scatter=u.dose * d.scatter,
        weighed_mean=weight * maximum(mean, 0.0), weighed_scatter=weight * spread,
        reject_fraction=where(d.speed > 0.0, d.rejected, 0.0),
        filled=x.filled, accepted=x.accepted, rejected=x.rejected,
        raised_accepted=x.raised_accepted, raised_share=x.raised_accepted / maximum(x.accepted, 1.0),
        bulk_volume=x.bulk, accepted_volume=x.accepted_volume,
        rejected_volume=x.rejected_volume, sampled_volume=x.sampled,
        accepted_product=x.accepted_volume * (u.monomer + u.aggregates + u.fragments),
        rejected_product=x.rejected_volume * (u.monomer + u.aggregates + u.fragments),
        open_vials=x.on_line, burden=x.bulk_burden, contaminated=x.contaminated,
        contaminated_per_vial=x.contaminated / maximum(x.accepted, 1.0),
        suspect=x.suspect, glass_endotoxin=x.glass_endotoxin + x.suspect_endotoxin,
        endotoxin_per_vial=(x.glass_endotoxin + x.suspect_endotoxin) / maximum(x.accepted, 1.0),
        glass_particles=x.glass_particles, grown=grown, upper_limit=upper_limit(grown, maximum(x.accepted, 1.0)),
    )


def initial(p: Parameters, start: Start) -> State:
    """Stopped, nothing filled."""
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        bulk=start.bulk, bulk_supplied=start.bulk, wear=start.wear,
    )
