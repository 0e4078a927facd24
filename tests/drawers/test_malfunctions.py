"""The laws of every malfunction: severity 0 is health to the bit, the effect is monotone, severity 1 is seen."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Any

from tests.drawers.aseptic import HEALTHY_ASEPTIC
from tests.drawers.closing import HEALTHY_CLOSING
from tests.drawers.delivery import HEALTHY_DELIVERY

SEVERITIES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def _healthy_sensor(m: Any) -> tuple[Any, Any]:
    def advance(x: Any, u: Any, p: Any, dt: float) -> Any:
        lagged = u.measured + (x.lagged - u.measured) * math.exp(-dt / p.lag)
        return m.State(lagged, x.drift + p.natural_drift * dt, 0.0)

    def readings(x: Any, u: Any, p: Any) -> Any:
        raw = x.lagged + p.offset + x.drift + u.calibration_offset + p.noise * u.deviate
        shown = round(raw / p.resolution) * p.resolution if p.resolution else raw
        value = min(max(shown, p.low), p.high)
        return m.Readings(value, 0.0 if p.low < value < p.high else 1.0)

    return advance, readings


def _healthy_pump(m: Any) -> tuple[Any, Any]:
    def advance(x: Any, u: Any, p: Any, dt: float) -> Any:
        reached = 1.0 - math.exp(-dt * (1.0 / p.lag))
        turned = u.command * dt + (x.speed - u.command) * (reached / (1.0 / p.lag))
        return m.State(x.speed + (u.command - x.speed) * reached, x.volume + turned * p.maximum_flow,
                       x.wear + turned, 0.0)

    def readings(x: Any, u: Any, p: Any) -> Any:
        capacity = 1.0 / (1.0 + p.tube_loss * x.wear / p.tube_life)
        return m.Readings(p.maximum_flow * (x.speed * capacity), x.speed, p.working_pressure * x.speed, x.volume)

    return advance, readings


def _healthy_valve(m: Any) -> tuple[Any, Any]:
    def advance(x: Any, u: Any, p: Any, dt: float) -> Any:
        reach = dt / p.travel_time
        return m.State(x.position + min(max(u.command - x.position, -reach), reach), 0.0)

    def readings(x: Any, u: Any, p: Any) -> Any:
        return m.Readings(x.position, x.position, float(x.position <= p.switch_margin),
                          float(x.position >= 1.0 - p.switch_margin))

    return advance, readings


def _healthy_mfc(m: Any) -> tuple[Any, Any]:
    def advance(x: Any, u: Any, p: Any, dt: float) -> Any:
        return m.State(x.fraction + (u.command - x.fraction) * (1.0 - math.exp(-dt * (1.0 / p.lag))), 0.0)

    def readings(x: Any, u: Any, p: Any) -> Any:
        return m.Readings(p.maximum_flow * x.fraction * p.normal_density, p.maximum_flow * x.fraction)

    return advance, readings


def _healthy_drive(m: Any) -> tuple[Any, Any]:
    def advance(x: Any, u: Any, p: Any, dt: float) -> Any:
        reach = dt * p.ramp
        return m.State(x.speed + min(max(p.maximum_speed * u.command - x.speed, -reach), reach), 0.0)

    def readings(x: Any, u: Any, p: Any) -> Any:
        f = x.speed / p.maximum_speed
        return m.Readings(x.speed, f * (p.no_load_current + (1.0 - p.no_load_current) * f))

    return advance, readings


def _healthy_vessel(m: Any) -> tuple[Any, Any]:
    def advance(x: Any, u: Any, p: Any, dt: float) -> Any:
        given = min(u.draw * dt, x.volume)
        return m.State(x.volume - given, given / dt)

    def readings(x: Any, u: Any, p: Any) -> Any:
        flows = [x.flow * getattr(p, n) for n in m.Parameters._fields[:10]]
        return m.Readings(x.flow, *flows, p.tare + x.volume * p.density)

    return advance, readings


def _healthy_loop(m: Any) -> tuple[Any, Any]:
    def advance(x: Any, u: Any, p: Any, dt: float) -> Any:
        cooling = p.chilled_conductance * max(-u.command, 0.0)
        g = cooling + p.room_conductance
        end = (cooling * p.chilled_temperature + p.room_conductance * p.room_temperature - u.vessel_heat) / g
        decay = math.exp(-g * dt / p.heat_capacity)
        heat = p.heater_power * max(u.command, 0.0)
        return m.State(end + (x.temperature - end) * decay + heat / g * (1.0 - decay), 0.0)

    def readings(x: Any, u: Any, p: Any) -> Any:
        return m.Readings(x.temperature, max(-u.command, 0.0), p.heater_power * max(u.command, 0.0), 1.0)

    return advance, readings


def _healthy_filter(m: Any) -> tuple[Any, Any]:
    def sound(p: Any) -> Any:
        return m.Condition(service=p.area, swept=1.0, treated=1.0, capacity=1.0, kept=1.0)

    return (lambda x, u, p, dt: m.advanced(x, u, p, sound(p), dt)), (lambda x, u, p: m.shown(x, u, p, sound(p)))


def _healthy_tank(m: Any) -> tuple[Any, Any]:
    def works(u: Any, p: Any) -> Any:
        swept = u.stirrer_speed / p.exchange_turns + 1.0 / p.still_exchange
        return m.Working(u.stirrer_speed, swept, u.acid_strength, p.jacket_conductance, 0.0)

    return (lambda x, u, p, dt: m.moved(x, u, p, works(u, p), dt)), (lambda x, u, p: m.shown(x, u, p, works(u, p)))


def _healthy_centrifuge(m: Any) -> tuple[Any, Any]:
    sound = m.Condition(turning=1.0, shot=1.0, added=0.0, clear=1.0, kept=1.0)
    return (lambda x, u, p, dt: m.advanced(x, u, p, sound, dt)), (lambda x, u, p: m.shown(x, u, p, sound))


def _healthy_analyser(m: Any) -> Any:
    def sd(value: float, p: Any) -> float:
        relative = p.relative_error * value
        return math.sqrt(relative * relative + p.absolute_error * p.absolute_error)

    def measured(u: Any, p: Any) -> Any:
        found = u.true_value + p.bias + sd(u.true_value, p) * u.deviate
        value = min(max(found, p.low), p.high)
        return m.Readings(value, float(found != value), sd(value, p))

    return measured


def _healthy_sampler(m: Any) -> Any:
    def sampling(u: Any, p: Any) -> Any:
        taken = u.requested / p.dead_volume
        carried = math.exp(-u.purge / p.dead_volume) * ((1.0 - math.exp(-taken)) / taken)
        return m.Readings(u.purge + u.requested, u.requested, carried, p.aseptic_risk)

    return sampling


HEALTHY = {
    "sensor": _healthy_sensor, "peristaltic_pump": _healthy_pump, "valve": _healthy_valve,
    "mass_flow_controller": _healthy_mfc, "stirrer_drive": _healthy_drive, "feed_vessel": _healthy_vessel,
    "jacket_loop": _healthy_loop, "depth_filter": _healthy_filter, "inactivation_tank": _healthy_tank,
    "analyser": _healthy_analyser, "sampler": _healthy_sampler, "disc_stack_centrifuge": _healthy_centrifuge,
    **HEALTHY_DELIVERY, **HEALTHY_ASEPTIC, **HEALTHY_CLOSING,
}
"""The healthy laws, written again without a single fault term; a long drawer is held against itself, uninjected."""


def _seen(run: list[Any]) -> list[tuple[float, ...]]:
    return [tuple(r[0]) if isinstance(r, tuple) and isinstance(r[0], tuple) else tuple(r) for r in run]


def _unrounded(drawer: Any) -> Any:
    """The same drawer with a continuous display: a resolution could hide a wrong last bit."""
    parameters = {k: v for k, v in drawer.bench.parameters.items() if k != "resolution"}
    return replace(drawer, bench=replace(drawer.bench, parameters=parameters))


def test_severity_zero_is_the_healthy_law_to_the_bit(broken: Any) -> None:
    drawer, malfunction = broken
    step, _, _ = drawer.shows(malfunction)
    entry = drawer.malfunctions[malfunction]
    healthy = drawer.model.Inputs._field_defaults[entry["input"]]
    at_zero = healthy + 0.0 * (drawer.worst(malfunction) - healthy)
    for tried in (drawer, _unrounded(drawer)):
        injected = tried.fly(step, **{entry["input"]: at_zero})
        law = HEALTHY[drawer.slug](drawer.model) if drawer.slug in HEALTHY else None
        assert _seen(injected) == _seen(tried.fly(step, law=law))


def test_effect_is_monotone_and_the_worst_leaves_the_band(broken: Any) -> None:
    drawer, malfunction = broken
    step, signal, band = drawer.shows(malfunction)
    entry = drawer.malfunctions[malfunction]
    at = drawer.model.Readings._fields.index(signal)
    healthy = [r[at] for r in _seen(drawer.fly(step))]
    worst, effects = drawer.worst(malfunction), []
    for severity in SEVERITIES:
        run = _seen(drawer.fly(step, **{entry["input"]: severity * worst}))
        effects.append(max(abs(r[at] - h) for r, h in zip(run, healthy, strict=True)))
    assert effects[0] == 0.0
    assert all(b >= a for a, b in itertools.pairwise(effects)), effects
    assert effects[-1] > band, effects


def test_every_sensor_and_actuator_has_the_generic_malfunctions_by_birth(drawer: Any) -> None:
    generic = {
        "sensor": {"bias", "drift_rate", "noise_gain", "stuck", "slow", "dead"},
        "peristaltic_pump": {"stuck", "bias", "slow", "leak", "dead", "drift_rate", "noise_gain"},
        "valve": {"stuck", "bias", "slow", "leak", "dead", "drift_rate", "noise_gain"},
        "mass_flow_controller": {"stuck", "bias", "slow", "leak", "dead", "drift_rate", "noise_gain"},
        "stirrer_drive": {"stuck", "bias", "slow", "dead", "drift_rate", "noise_gain"},
        "jacket_loop": {"stuck", "bias", "leak"},
        "analyser": {"bias", "noise_gain", "dead"},
    }.get(drawer.slug, set())
    reached = {entry["input"] for entry in drawer.malfunctions.values()}
    assert generic <= set(drawer.model.Inputs._fields)
    assert generic <= reached, "a generic malfunction is in the law but nobody can inject it"
    assert all(drawer.model.Inputs._field_defaults[name] == 0.0 for name in reached)


def test_no_fault_makes_a_flow_negative_or_a_reading_infinite(drawer: Any) -> None:
    faults = {e["input"]: drawer.worst(m) for m, e in drawer.malfunctions.items()}
    for name in (*faults, None):
        run = _seen(drawer.fly(drawer.bench.step, **(faults if name is None else {name: faults[name]})))
        for values in run:
            for field, value in zip(drawer.model.Readings._fields, values, strict=True):
                assert math.isfinite(value), field
                assert value >= 0.0, (field, value)
