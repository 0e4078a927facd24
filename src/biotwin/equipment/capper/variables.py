"""What the capper remembers, what it is given, what it is made of, and what it shows."""

from __future__ import annotations

from typing import NamedTuple

from biotwin.quantity import (
    CubicMetre,
    CubicMetrePerSecond,
    Metre,
    MetrePerSecond,
    Newton,
    Number,
    Pascal,
    PerSecond,
    Second,
)


class State(NamedTuple):
    """Vials by where they went, what those that were capped hold, and how long they have held it."""

    taken: Number
    """Vials that the machine took in."""
    raised: Number
    """Of these, pushed out before the cap: stopper seen high."""
    faulty: Number
    """Pushed out behind the crimp: no cap, crooked, dented, cracked."""
    doubtful: Number
    """Capped, standing in trays that no check of the seal force has released."""
    confirmed: Number
    """Capped, in trays released."""
    apart: Number
    """Capped, in trays set apart for good."""
    sampled: Number
    """Capped, used up by destructive tests."""
    doubtful_leaks: Number
    confirmed_leaks: Number
    """Of the vials in those trays, how many are expected to leak before their life ends. No test of a lot shows it."""
    doubtful_force: Newton
    confirmed_force: Newton
    """Sum of their seal forces just after the crimp."""
    doubtful_scatter: Newton
    confirmed_scatter: Newton
    """Sum of the scatters with which they were crimped."""
    latest: Number
    latest_force: Newton
    latest_scatter: Newton
    """The vials that were capped last: their number, which forgets over ``remembered`` vials, and sums over them."""
    age: Second
    """Sum of the times for which capped vials have been held."""
    unprotected: Number
    """Vials that waited for their cap outside air of grade A."""


class Inputs(NamedTuple):
    """Set-points, what comes from the stoppering, and malfunctions."""

    vials: Number = 1.0e4
    """Stoppered vials presented since the start, those that were taken in included."""
    stoppers_high: Number = 5.0e-4
    """Part of them whose stopper sits high."""
    command: Number = 0.0
    """0..1 of the fastest speed."""
    force: Newton = 160.0
    """Set-point: the plunger's pre-compression of stopper and cap, held on the reading of its sensor."""
    distance: Metre = 6.2e-3
    """Set-point: from the plunger's face to the rail that tucks the skirt in."""
    air: Number = 1.0
    """0..1: unidirectional air over the infeed."""
    confirming: Number = 0.0
    """0..1 of the fastest pace: trays are released."""
    setting_apart: Number = 0.0
    """0..1 of the same pace: trays are set apart for good."""
    sample_flow: CubicMetrePerSecond = 0.0
    """Capped vials that a test takes, by the liquid that they hold: samples are asked for by volume. In one step never
    more than ``testable``: the sampling desk sees to it."""
    sensor_drift: Number = 0.0
    """Malfunction: part of the force that the sensor shows and that is not there."""
    rail_worn: Number = 0.0
    """Malfunction, 0..1: how far the rail has worn away from the plunger."""
    caps_short: Number = 0.0
    """Malfunction: part of the vials that get no cap."""
    caps_skewed: Number = 0.0
    """Malfunction: part of the caps that come crooked."""
    camera_blind: Number = 0.0
    """Malfunction, 0..1: part of the raised stoppers' detection that is lost."""
    stoppers_thin: Number = 0.0
    """Malfunction, 0..1: a delivery of stoppers at the thin end of its tolerance."""
    air_weak: Number = 0.0
    """Malfunction, 0..1: part of the air that is lost."""


class Parameters(NamedTuple):
    """One capper and one closure. Defaults: a 20 mm finish after ISO 8362 ([K]: recalled) and butyl rubber."""

    fastest: PerSecond = 2.5
    """Vials per second at full speed. Teaching value: 150 a minute, a mid-size line."""
    feed_time: Second = 30.0
    """The last vials come in over this time. Teaching value."""
    tray_rate: PerSecond = 33.3
    """Vials per second released or set apart at most: 2,000 a minute, eight trays of 250. Teaching value."""
    tray_time: Second = 60.0
    """In which the last trays are walked away to a third. Teaching value."""
    content: CubicMetre = 5.0e-6
    """Of a vial, nominal, by which analysers ask for vials: 50 mL are ten. Teaching value, as in the plants."""
    handful: Number = 10.0
    """Caps that are tried by hand. Teaching value."""
    remembered: Number = 100.0
    """Vials over which the mean of those capped last forgets: less than a minute of the machine. Teaching value."""
    dyed: Number = 100.0
    """Vials of the closure test, none of which may leak. Teaching value, as in the plants."""
    thickness: Metre = 3.3e-3
    """Of the stopper's flange: ISO 8362-2 and -5, 3.3 +- 0.3 mm [K]."""
    finish: Metre = 3.6e-3
    """Height of the vial's flange: ISO 8362-1, 3.6 +- 0.2 mm [K]."""
    thickness_scatter: Metre = 5.0e-5
    finish_scatter: Metre = 3.5e-5
    cap_scatter: Metre = 2.0e-5
    """Standard deviations within a delivery, sixths of the tolerances (the cap's: 0.12 mm). Teaching values; that parts
    and not the machine make the scatter of the seal force is Ovadia et al. (2019)."""
    thin: Metre = 3.0e-4
    """By how much a flange at the end of its tolerance is thinner: ISO 8362-2 [K]."""
    flange_diameter: Metre = 19.0e-3
    bore: Metre = 12.6e-3
    """Of stopper and neck: the rubber is squeezed on the ring between them, ISO 8362-1 and -2 [K]."""
    modulus: Pascal = 2.04e6
    """Young's modulus of the rubber: Gent (1958) for 45 Shore A, a usual halobutyl stopper [K]."""
    springback: Metre = 5.0e-5
    """That the skirt gives back when the rail leaves it. Teaching value."""
    force_scatter: Number = 0.05
    """Of the plunger's force from vial to vial, part of it. Teaching value."""
    most_strain: Number = 0.6
    """Above it the law of the rubber is not followed: no stopper is squeezed so."""
    relaxed: Number = 0.65
    """Part of the first force that rubber keeps for good: it decays and levels off (Zeng and Zhao 2018); the level and
    the time below are set to some 6 % a decade of time, usual of butyl [K]."""
    relaxation_time: Second = 1.0e4
    """Of the stretched exponential, exponent a quarter. See above."""
    check_age: Second = 900.0
    """Age at which a vial is put on the tester. Teaching value: procedures state one."""
    check_factor: Number = 3.981
    """Standard deviations below the mean of ten vials: 99 % of the vials hold more with 95 % confidence (Natrella 1963,
    table of one-sided factors for normal tolerance limits [K])."""
    land_force: Newton = 12.0
    land_scatter: Newton = 4.0
    """Seal force at which half of the seals between flange and glass leak, and its scatter. Teaching values: such seals
    fail at low forces only (Ovadia et al. 2019)."""
    plug_defects: Number = 0.1
    """Part of the vials whose other seal, plug in neck, holds nothing. Teaching value: high, for slotted plugs of
    freeze-drying; where that seal is sound a vial is tight without any seal force (Ovadia et al. 2019)."""
    defects: Number = 1.0e-4
    """Part of the vials that leak whatever the force: a fibre, a scratch, a crease. Teaching value."""
    seen: Number = 0.98
    """Part of the raised stoppers that are seen before the cap is on. Teaching value, as in the filling line."""
    skewed: Number = 2.0e-4
    """Part of the caps that come crooked at full speed; as its square below. Teaching value."""
    strong: Newton = 220.0
    strong_span: Newton = 100.0
    cracked: Number = 0.08
    """Force above which glass begins to crack, how far above it this part of the vials cracks. Teaching values."""
    hidden: Number = 0.1
    """Part of the cracks that no camera sees under the cap: such a vial leaks. Teaching value."""
    clash: Metre = 3.0e-4
    dented: Number = 0.02
    """Where the rail is that much nearer than the plunger has pressed, this part of the flanges or skirts is hit and
    dented. Teaching values."""
    rail_wear: Metre = 6.0e-4
    """That a worn rail stands further away, at worst. Teaching value."""
    air_speed: MetrePerSecond = 0.45
    """Of unidirectional air: 0.36 to 0.54 m/s is the guidance of Annex 1 (2022) [K]."""
    air_least: Number = 0.8
    """Part of that speed, 0.36 m/s, below which the air is no longer of grade A."""
    nothing: Number = 1.0e-9
    untried: Newton = -1.0
    """What is said of fingers that have no cap to turn."""


class Readings(NamedTuple):
    """What panel and tester show, and what is true."""

    line_speed: PerSecond
    waiting: Number
    """Stoppered vials that stand before the machine."""
    taken: Number
    capped: Number
    """Accepted behind the machine: in trays, released or not."""
    raised: Number
    faulty: Number
    apart: Number
    sampled: Number
    """Used up by tests."""
    lost: Number
    """These four together."""
    doubtful: Number
    confirmed: Number
    testable: CubicMetre
    """What capped vials hold but for the last one, as tests ask for it."""
    rejecting: Number
    """Part of the vials that the machine rejects now."""
    denting: Number
    """Part of the vials whose glass or skirt is dented now."""
    force_shown: Newton
    """As the plunger's sensor reads it: the machine holds it on its set-point."""
    pressed: Newton
    """The plunger's true force."""
    gap: Metre
    """True, from plunger to rail."""
    distance_set: Metre
    """As the machine shows it."""
    compression: Metre
    """Of the stopper's flange under its cap."""
    seal_force: Newton
    """Residual seal force of the vials that a test takes, mean, as a tester finds it at its usual age."""
    seal_scatter: Newton
    """Standard deviation of the same from vial to vial."""
    seal_low: Newton
    """Lower tolerance limit from ten vials: 99 % of the vials with 95 % confidence."""
    seal_mean: Newton
    """Of all capped vials, at the age that they have."""
    leaking_now: Number
    """Part of the vials capped now that is expected to leak at the end of its life."""
    leaking: Number
    """Of all that are capped and not set apart."""
    leaking_released: Number
    """Of those that are released: what leaves the plant."""
    deliverable: Number
    """Part of the vials presented that is released, times the chance that its lot passes the closure test."""
    turning_force: Newton
    """The seal force that fingers find; -1 N as long as there are not ten capped vials to turn."""
    air_velocity: MetrePerSecond
    unprotected: Number
    accepted_share: Number
    """Capped and released: what nobody released is not accepted."""
    doubtful_share: Number
    sampled_share: Number
    raised_share: Number
    faulty_share: Number
    apart_share: Number
    waiting_share: Number
    """Parts of the vials presented; the seven add up to 1 where there are vials."""


class Start(NamedTuple):
    """How the machine begins: empty."""

    taken: Number = 0.0
    """Vials taken in and already released, at the seal force of the default settings."""
