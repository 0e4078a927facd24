"""Sampling: a sample is drawn now, its results come back later, each with the analyser's own error."""

from __future__ import annotations

from functools import lru_cache

from biotwin.plant.laboratory import assays
from biotwin.plant.plant import Plant
from biotwin.quantity import si
from biotwin.randomness import deviate, stream_key
from biotwin.session.facts import Fact
from biotwin.session.machine import Machine
from biotwin.session.state import Due, Result, State


@lru_cache(maxsize=64)
def _sample_slots(plant: Plant) -> tuple[int, ...]:
    """Where the drawn volume leaves the plant (the inputs named ``sample_flow``)."""
    return tuple(s.slot for a, s in plant.signals.items() if a.endswith(".sample_flow") and s.causality == "input")


def take_sample(machine: Machine, state: State, analysers: tuple[str, ...]) -> list[Fact]:
    """Draw one sample for these analysers (short names): volume now, cost now, results on their way."""
    plant, desk, now = machine.plant, state.desk, state.time
    desk.samples += 1
    volume = 0.0
    for slug in analysers:
        analyser = plant.unit.analysers[slug]
        volume += si(analyser.volume, "m^3")
        desk.cost += analyser.cost
        ready = now + round(si(analyser.delay, "s") * 1000)
        desk.plan(ready, "results", plant.address(slug), results=_determine(plant, state, slug, ready))
    _withdraw(machine, state, volume)
    detail: dict[str, float | str | bool] = {"analysers": ",".join(analysers), "volume": volume}
    return [Fact(now, "sample_taken", plant.address("sample"), float(desk.samples), detail)]


def _determine(plant: Plant, state: State, slug: str, ready: int) -> tuple[Result, ...]:
    found = []
    for assay in assays(plant)[slug]:
        key = stream_key(state.seed, f"{plant.prefix}{slug}.{assay.analyte}")
        d = assay.determine(float(state.real[assay.slot]), deviate(key, state.desk.samples))
        found.append(Result(state.desk.samples, slug, assay.analyte, state.time, ready, d.value, d.quality, d.error))
    return tuple(found)


def _withdraw(machine: Machine, state: State, volume: float) -> None:
    """Let the volume flow out during the next tick, then close again."""
    step = int(state.whole[6]) or int(machine.control.phases[state.phase, 0])
    for slot in _sample_slots(machine.plant):
        state.real[slot] += volume / (step * 1e-3)
        state.desk.plan(state.time + 1, "unset", str(slot), values=(volume / (step * 1e-3),))


def results_in(machine: Machine, state: State, due: Due) -> list[Fact]:
    """The results of one analyser come back: a fact for each analyte."""
    facts = []
    for r in due.results:
        state.desk.results.append(r)
        detail: dict[str, float | str | bool] = {
            "taken": r.taken, "error": r.error, "quality": r.quality, "sample": r.sample,
        }
        subject = f"{machine.plant.prefix}{r.analyser}.{r.analyte}"
        facts.append(Fact(due.time, "result_ready", subject, r.value, detail))
    del state.desk.results[:-400]
    return facts
