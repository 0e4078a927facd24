"""Sampling: a sample is drawn now, its results come back later, each with the analyser's own error.

An analyser of no volume reads something out (a logger, a certificate): it draws nothing, so no port can block it.
"""

from __future__ import annotations

import math

from biotwin.equipment.analyser.model import CENSORED
from biotwin.plant.laboratory import assays, draught, stock
from biotwin.plant.plant import Plant
from biotwin.plant.whole import SCAN
from biotwin.quantity import si
from biotwin.randomness import deviate, stream_key, uniform
from biotwin.session.facts import Fact
from biotwin.session.machine import Machine
from biotwin.session.state import Due, Result, State

SPOILING = 1e4
"""Bacteria that a sampling which goes wrong brings in. Teaching value: at 1.5 1/h seen within a day or two."""


def take_sample(machine: Machine, state: State, analysers: tuple[str, ...]) -> list[Fact]:
    """Draw one sample for these analysers (short names): volume and risk now, cost now, results on their way.

    Refused for those of which there is not enough to draw.
    """
    plant, desk, now = machine.plant, state.desk, state.time
    volumes = _there(machine, state, analysers)
    refused = [Fact(now, "input_refused", plant.address(slug), 0.0, {"reason": "nothing_to_sample"})
               for slug in analysers if slug not in volumes]
    if not volumes:
        return refused
    desk.samples += 1
    drawn = draught(plant, state.real, sum(volumes.values()))
    for slug, volume in volumes.items():
        if volume > 0.0 and drawn.sample <= 0.0:
            continue
        analyser = plant.unit.analysers[slug]
        desk.cost += analyser.cost
        ready = now + round(si(analyser.delay, "s") * 1000)
        desk.plan(ready, "results", plant.address(slug), results=_determine(plant, state, slug, ready))
    for vessel, its in _by_source(plant, volumes).items():
        _for_one_tick(machine, state, f"{vessel}.sample_flow", drawn.withdrawn * (its / sum(volumes.values())))
        grows = plant.address(f"{vessel}.contamination_rate") in plant.signals
        if grows and uniform(stream_key(state.seed, f"{plant.prefix}sample_port"), desk.samples) < drawn.risk:
            _for_one_tick(machine, state, f"{vessel}.contamination_rate", SPOILING)
    detail: dict[str, float | str | bool] = {"analysers": ",".join(volumes), "volume": drawn.sample}
    return [*refused, Fact(now, "sample_taken", plant.address("sample_port"), float(desk.samples), detail)]


def _there(machine: Machine, state: State, analysers: tuple[str, ...]) -> dict[str, float]:
    """The analyses for which there is enough to draw, with their volumes: each leaves the less for those after it, and
    what was asked for in this tick has not left yet.
    """
    plant, tick = machine.plant, _tick(machine, state)
    found: dict[str, float] = {}
    taken: dict[str, float] = {}
    for slug in analysers:
        one = plant.unit.analysers[slug]
        volume, before = si(one.volume, "m^3"), taken.get(one.source, 0.0)
        if one.stock and not before:
            before = float(state.real[plant.slot(f"{one.source}.sample_flow")]) * tick
        if before + volume <= stock(plant, slug, state.real):
            found[slug], taken[one.source] = volume, before + volume
    return found


def _by_source(plant: Plant, volumes: dict[str, float]) -> dict[str, float]:
    """What each piece of equipment gives of a sample: no vessel gives what another one is asked for."""
    found: dict[str, float] = {}
    for slug, volume in volumes.items():
        if volume > 0.0:
            source = plant.unit.analysers[slug].source
            found[source] = found.get(source, 0.0) + volume
    return found


def _determine(plant: Plant, state: State, slug: str, ready: int) -> tuple[Result, ...]:
    found = []
    for assay in assays(plant)[slug]:
        key = stream_key(state.seed, f"{plant.prefix}{slug}.{assay.analyte}")
        d = assay.determine(state.real, deviate(key, state.desk.samples))
        found.append(Result(state.desk.samples, slug, assay.analyte, state.time, ready, d.value, d.quality, d.error))
    return tuple(found)


def _for_one_tick(machine: Machine, state: State, short: str, amount: float) -> None:
    """Let an amount pass through a flow input during the next tick, then take it back."""
    slot, rate = machine.plant.slot(short), amount / _tick(machine, state)
    state.real[slot] += rate
    state.desk.plan(state.time + 1, "unset", str(slot), values=(rate,))


def _tick(machine: Machine, state: State) -> float:
    """How long the next tick is, s."""
    return (int(state.whole[SCAN]) or int(machine.control.phases[state.phase, 0])) * 1e-3


def results_in(machine: Machine, state: State, due: Due) -> list[Fact]:
    """The results of one analyser come back: a fact for each analyte."""
    facts = []
    for r in due.results:
        state.desk.results.append(r)
        detail: dict[str, float | str | bool] = {
            "taken": r.taken, "error": r.error, "quality": r.quality, "sample": r.sample,
        }
        if r.quality == CENSORED and (beyond := _beyond(machine.plant, r)):
            detail["beyond"] = beyond
        subject = f"{machine.plant.prefix}{r.analyser}.{r.analyte}"
        facts.append(Fact(due.time, "result_ready", subject, r.value, detail))
        facts += _crossings(machine.plant, state, due.time, r)
    del state.desk.results[:-400]
    return facts


def _beyond(plant: Plant, r: Result) -> str:
    """At which end of what the analyser can read a result stands: all that is known is that it is less, or more. No
    part of a whole is more than all of it, nor anything less than none: such an end is the value.
    """
    assay = next(a for a in assays(plant)[r.analyser] if a.analyte == r.analyte)
    if r.value <= assay.parameters.low:
        return "below" if r.value > 0.0 else ""
    return "" if assay.unit == "1" and r.value == 1.0 else "above"


def _crossings(plant: Plant, state: State, time: int, r: Result) -> list[Fact]:
    """A fact for each of the analyte's limits that this result lies outside of."""
    found = []
    phase = plant.phases[state.phase]
    unit = next(a.unit for a in assays(plant)[r.analyser] if a.analyte == r.analyte)
    for band in plant.unit.analysers[r.analyser].analytes[r.analyte].limits:
        low = -math.inf if band.low is None else si(band.low, unit)
        high = math.inf if band.high is None else si(band.high, unit)
        if r.quality < 2 and (not band.phases or phase in band.phases) and not low <= r.value <= high:
            subject = f"{plant.prefix}{r.analyser}.{r.analyte}"
            found.append(Fact(time, "limit_crossed", subject, r.value, {"level": band.level}))
    return found
