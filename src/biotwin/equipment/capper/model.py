"""A capper: raised stoppers are pushed out, caps are set and crimped, trays are released or set apart.

Ideas. (1) A plunger presses cap and stopper, a rail tucks the skirt under the glass: the flange keeps the lesser of
what force and distance give, less the springback (``seal.py``). (2) Rubber relaxes: the residual seal force is read at
a stated age, and who leaks is judged at the end of the vial's life. (3) A force sensor that drifts still shows its
set-point; only the seal force tells. (4) What is capped is doubtful until its tray is released or set apart; only what
is released is accepted. A test looks at the vials that were capped last, where their trays still stand, and uses vials
up. (5) Vials are counted as real numbers, and each that was taken in is somewhere (``BALANCES``).
Not modelled: single vials and caps, flip-off buttons, particles of the crimp, capping again.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.capper.seal import Seal, crimped, loose, remaining
from biotwin.equipment.capper.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import law, maximum, minimum, power, where
from biotwin.properties.parts import part
from biotwin.quantity import MetrePerSecond, Number, PerSecond

__all__ = ["BALANCES", "Inputs", "Parameters", "Readings", "Start", "State", "equations", "initial", "readings"]

BALANCES: dict[str, dict[str, float]] = {
    "vials": {"taken": 1.0, "raised": -1.0, "faulty": -1.0, "doubtful": -1.0, "confirmed": -1.0, "apart": -1.0,
              "sampled": -1.0},
}
"""Linear forms of the state that never change."""


class Sorting(NamedTuple):
    """What becomes of the vials of this instant."""

    speed: PerSecond
    raised: Number
    """Part pushed out before the cap."""
    faulty: Number
    """Part pushed out behind the crimp."""
    leaking: Number
    """Part of those that pass which is expected to leak."""


@law
def waiting(x: State, u: Inputs) -> Number:
    """Vials before the machine."""
    return maximum(u.vials - x.taken, 0.0)


@law
def air_velocity(u: Inputs, p: Parameters) -> MetrePerSecond:
    """Over the infeed."""
    return p.air_speed * part(u.air) * (1.0 - part(u.air_weak))


@law
def cracked(p: Parameters, s: Seal) -> Number:
    """Part of the vials whose glass cracks under the plunger."""
    return p.cracked * part((s.pressed - p.strong) / p.strong_span)


@law
def faulty(u: Inputs, p: Parameters, s: Seal) -> Number:
    """Part of the capped vials that cap sensor and camera push out: no cap, crooked, cracked, dented."""
    fast = part(u.command)
    capped = (1.0 - part(u.caps_short)) * (1.0 - part(p.skewed * fast * fast + u.caps_skewed))
    sound = 1.0 - (1.0 - p.hidden) * cracked(p, s)
    return 1.0 - capped * sound * (1.0 - p.dented * part(s.clash / p.clash))


@law
def sorting(x: State, u: Inputs, p: Parameters, s: Seal) -> Sorting:
    """Speed, rejects, and who leaks at the end of its life: a stopper that stayed high, a loose cap, a flaw."""
    high = part(u.stoppers_high)
    seen = high * p.seen * (1.0 - part(u.camera_blind))
    unseen = (high - seen) / maximum(1.0 - seen, p.nothing)
    whole = (1.0 - p.defects) * (1.0 - p.hidden * cracked(p, s))
    tight = (1.0 - unseen) * whole * (1.0 - loose(s.force * p.relaxed, s.scatter * p.relaxed, p))
    speed = minimum(p.fastest * part(u.command), waiting(x, u) / p.feed_time)
    return Sorting(speed, seen, (1.0 - seen) * faulty(u, p, s), 1.0 - tight)


class Leaving(NamedTuple):
    """Vials per second that leave the trays where they stand."""

    released: PerSecond
    apart: PerSecond
    tested: PerSecond
    """Of those that are not released."""
    spent: PerSecond
    """For tests, too, of those that are released."""


@law
def leaving(x: State, u: Inputs, p: Parameters) -> Leaving:
    """Trays go at a steady pace, the last of them ever slower, and stand while vials are taken for a test."""
    asked = maximum(u.sample_flow, 0.0 * u.sample_flow) / p.content
    doubtful, confirmed = maximum(x.doubtful, 0.0), maximum(x.confirmed, 0.0)
    held = maximum(doubtful + confirmed, p.nothing)
    there = where(asked > 0.0, 0.0, doubtful / p.tray_time)
    off = minimum(p.tray_rate * part(u.setting_apart), there)
    # A tray that is set apart is not released, whatever else is asked.
    out = minimum(p.tray_rate * part(u.confirming) * (1.0 - part(u.setting_apart)), there - off)
    return Leaving(out, off, asked * doubtful / held, asked * confirmed / held)


@law
def equations(x: State, u: Inputs, p: Parameters) -> State:
    """Time derivatives of the state, per second."""
    s = crimped(u, p)
    v = sorting(x, u, p, s)
    testing = u.sample_flow > 0.0
    # Nothing comes in the instant of a test, so that what leaves in it takes exactly its part along.
    speed = where(testing, 0.0 * v.speed, v.speed)
    passed = speed * (1.0 - v.raised - v.faulty)
    away = leaving(x, u, p)
    gone = away.released + away.apart + away.tested
    # What leaves takes its part of leaks and forces along.
    doubtful, confirmed = maximum(x.doubtful, p.nothing), maximum(x.confirmed, p.nothing)
    leaks = maximum(x.doubtful_leaks, 0.0) / doubtful
    force = maximum(x.doubtful_force, 0.0 * x.doubtful_force) / doubtful
    scatter = maximum(x.doubtful_scatter, 0.0 * x.doubtful_scatter) / doubtful
    forgotten = passed / p.remembered
    held = maximum(x.doubtful + x.confirmed, 1.0)
    exposed = 1.0 - part(air_velocity(u, p) / (p.air_least * p.air_speed))
    return State(
        taken=speed, raised=speed * v.raised, faulty=speed * v.faulty, doubtful=passed - gone,
        confirmed=away.released - away.spent, apart=away.apart, sampled=away.tested + away.spent,
        doubtful_leaks=passed * v.leaking - gone * leaks,
        confirmed_leaks=away.released * leaks - away.spent * maximum(x.confirmed_leaks, 0.0) / confirmed,
        doubtful_force=passed * s.force - gone * force,
        confirmed_force=away.released * force
        - away.spent * maximum(x.confirmed_force, 0.0 * x.confirmed_force) / confirmed,
        doubtful_scatter=passed * s.scatter - gone * scatter,
        confirmed_scatter=away.released * scatter
        - away.spent * maximum(x.confirmed_scatter, 0.0 * x.confirmed_scatter) / confirmed,
        latest=passed - forgotten * x.latest, latest_force=passed * s.force - forgotten * x.latest_force,
        latest_scatter=passed * s.scatter - forgotten * x.latest_scatter,
        age=where(testing, 0.0, x.doubtful + x.confirmed)
        - (away.apart + away.tested + away.spent) * x.age / held,
        unprotected=speed * exposed,
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Counts, what the tester finds in the vials that were capped last, and what is true of all of them."""
    s = crimped(u, p)
    v = sorting(x, u, p, s)
    capped, fresh = x.doubtful + x.confirmed, remaining(p.check_age, p)
    some, presented = maximum(capped, p.nothing), maximum(maximum(u.vials, x.taken), p.nothing)
    last, kept = maximum(x.latest, p.nothing), maximum(x.confirmed, p.nothing)
    # Where the trays of the last vials are gone, a test takes vials that were released before.
    there = x.doubtful > p.handful
    force = where(there, x.latest_force / last, x.confirmed_force / kept)
    scatter = where(there, x.latest_scatter / last, x.confirmed_scatter / kept)
    low = maximum(force - p.check_factor * scatter, 0.0 * force)
    leaking, released = part((x.doubtful_leaks + x.confirmed_leaks) / some), part(x.confirmed_leaks / kept)
    return Readings(
        line_speed=v.speed, waiting=waiting(x, u), taken=x.taken, capped=capped, raised=x.raised, faulty=x.faulty,
        apart=x.apart, sampled=x.sampled, lost=x.raised + x.faulty + x.apart + x.sampled, doubtful=x.doubtful,
        confirmed=x.confirmed, testable=maximum(capped - 1.0, 0.0) * p.content,
        rejecting=where(v.speed > 0.0, v.raised + v.faulty, 0.0),
        denting=where(x.taken < p.handful, 0.0, p.dented * part(s.clash / p.clash)),
        # The plunger is held on what its sensor reads.
        force_shown=u.force, pressed=s.pressed, gap=s.distance, distance_set=u.distance, compression=s.compression,
        seal_force=force * fresh, seal_scatter=scatter * fresh, seal_low=low * fresh,
        seal_mean=(x.doubtful_force + x.confirmed_force) / some * remaining(x.age / some, p),
        leaking_now=v.leaking, leaking=leaking, leaking_released=released,
        deliverable=x.confirmed / presented * power(1.0 - released, p.dyed),
        turning_force=where(capped < p.handful, p.untried, force * fresh),
        air_velocity=air_velocity(u, p), unprotected=x.unprotected,
        accepted_share=x.confirmed / presented, doubtful_share=x.doubtful / presented,
        sampled_share=x.sampled / presented, raised_share=x.raised / presented, faulty_share=x.faulty / presented,
        apart_share=x.apart / presented, waiting_share=(presented - x.taken) / presented,
    )


def initial(p: Parameters, start: Start) -> State:
    """Empty, or with vials that were capped and released at the default settings."""
    s = crimped(Inputs(), p)
    leaks = start.taken * (p.defects + loose(s.force * p.relaxed, s.scatter * p.relaxed, p))
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        taken=start.taken, confirmed=start.taken, confirmed_leaks=leaks, confirmed_force=start.taken * s.force,
        confirmed_scatter=start.taken * s.scatter,
    )
