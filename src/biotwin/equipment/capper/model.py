"""A capper: raised stoppers are pushed out, caps are set and crimped, trays are released or set apart.

Ideas. (1) A plunger presses cap and stopper, a rail tucks the skirt under the glass: the flange keeps the lesser of
what force and distance give, less the springback (``seal.py``). (2) Rubber relaxes: the residual seal force is read at
a stated age, and who leaks is judged at the end of the vial's life. (3) A force sensor that drifts still shows its
set-point; only the seal force tells. (4) What is capped is doubtful until a check releases its tray: a tray can be
set apart. (5) Vials are counted as real numbers, and each that was taken in is somewhere (``BALANCES``).
Not modelled: single vials and caps, flip-off buttons, particles of the crimp, capping again.
"""

from __future__ import annotations

from typing import NamedTuple

from biotwin.equipment.capper.seal import Seal, crimped, loose, remaining
from biotwin.equipment.capper.variables import Inputs, Parameters, Readings, Start, State
from biotwin.operators import law, maximum, minimum
from biotwin.properties.parts import part
from biotwin.quantity import MetrePerSecond, Number, PerSecond

__all__ = ["BALANCES", "Inputs", "Parameters", "Readings", "Start", "State", "equations", "initial", "readings"]

BALANCES: dict[str, dict[str, float]] = {
    "vials": {"taken": 1.0, "raised": -1.0, "faulty": -1.0, "doubtful": -1.0, "confirmed": -1.0, "apart": -1.0},
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


@law
def equations(x: State, u: Inputs, p: Parameters) -> State:
    """Time derivatives of the state, per second."""
    s = crimped(u, p)
    v = sorting(x, u, p, s)
    passed = v.speed * (1.0 - v.raised - v.faulty)
    # A tray that is set apart is not released, whatever else is asked.
    off = part(u.setting_apart) / p.tray_time
    out = part(u.confirming) * (1.0 - part(u.setting_apart)) / p.tray_time
    doubtful, leaks = maximum(x.doubtful, 0.0), maximum(x.doubtful_leaks, 0.0)
    force = maximum(x.doubtful_force, 0.0 * x.doubtful_force)
    held = maximum(x.doubtful + x.confirmed, 1.0)
    exposed = 1.0 - part(air_velocity(u, p) / (p.air_least * p.air_speed))
    return State(
        taken=v.speed, raised=v.speed * v.raised, faulty=v.speed * v.faulty, doubtful=passed - (out + off) * doubtful,
        confirmed=out * doubtful, apart=off * doubtful, doubtful_leaks=passed * v.leaking - (out + off) * leaks,
        confirmed_leaks=out * leaks, doubtful_force=passed * s.force - (out + off) * force,
        confirmed_force=out * force, age=x.doubtful + x.confirmed - off * doubtful * x.age / held,
        unprotected=v.speed * exposed,
    )


@law
def readings(x: State, u: Inputs, p: Parameters) -> Readings:
    """Counts, what the tester finds in vials capped now, and what is true of all of them."""
    s = crimped(u, p)
    v = sorting(x, u, p, s)
    capped, fresh = x.doubtful + x.confirmed, remaining(p.check_age, p)
    some, presented = maximum(capped, p.nothing), maximum(maximum(u.vials, x.taken), p.nothing)
    low = maximum((s.force - p.check_factor * s.scatter) * fresh, 0.0 * s.force)
    return Readings(
        line_speed=v.speed, waiting=waiting(x, u), taken=x.taken, capped=capped, raised=x.raised, faulty=x.faulty,
        apart=x.apart, lost=x.raised + x.faulty + x.apart, doubtful=x.doubtful, confirmed=x.confirmed,
        rejecting=v.raised + v.faulty,
        # The plunger is held on what its sensor reads.
        force_shown=u.force, pressed=s.pressed, gap=s.distance, distance_set=u.distance, compression=s.compression,
        seal_force=s.force * fresh, seal_scatter=s.scatter * fresh, seal_low=low,
        seal_mean=(x.doubtful_force + x.confirmed_force) / some * remaining(x.age / some, p),
        leaking_now=v.leaking, leaking=part((x.doubtful_leaks + x.confirmed_leaks) / some),
        air_velocity=air_velocity(u, p), unprotected=x.unprotected,
        accepted_share=capped / presented, raised_share=x.raised / presented, faulty_share=x.faulty / presented,
        apart_share=x.apart / presented, waiting_share=(presented - x.taken) / presented,
    )


def initial(p: Parameters, start: Start) -> State:
    """Empty, or with vials that were capped and released at the default settings."""
    s = crimped(Inputs(), p)
    leaks = start.taken * (p.defects + loose(s.force * p.relaxed, s.scatter * p.relaxed, p))
    return State(**dict.fromkeys(State._fields, 0.0))._replace(
        taken=start.taken, confirmed=start.taken, confirmed_leaks=leaks, confirmed_force=start.taken * s.force,
    )
