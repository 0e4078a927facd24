"""Beside the vessel: looking, reading, connecting, clamping, repairing. What a verb can do is data of the plant."""

from __future__ import annotations

from biotwin.naming import printed_unit
from biotwin.plant.description import Argument, Sight, VerbDescription
from biotwin.plant.whole import ACTIVE
from biotwin.quantity import display, si
from biotwin.session.facts import Fact
from biotwin.session.machine import Machine
from biotwin.session.state import Due, State

FOUND = {"fr": "Un défaut a été trouvé, puis corrigé et vérifié.", "en": "A fault was found, put right and checked."}


def begin(machine: Machine, state: State, station: str, verb: str, argument: str) -> list[Fact]:
    """Somebody goes and does it; the report comes after the verb's duration."""
    description = machine.plant.unit.field[station].verbs[verb]
    state.desk.cost += description.cost
    ready = state.time + round(si(description.duration, "s") * 1000)
    state.desk.plan(ready, "report", machine.plant.address(station), detail=f"{verb} {argument}".strip())
    return []


def report(machine: Machine, state: State, due: Due) -> list[Fact]:
    """It is done: what it changes is changed, what it shows is told (in both languages; the screen picks one)."""
    station = machine.plant.short(due.subject)
    verb, _, argument = due.detail.partition(" ")
    description = machine.plant.unit.field[station].verbs[verb]
    chosen = description.arguments.get(argument)
    detail: dict[str, float | str | bool] = {"verb": verb, "argument": argument}
    for language in ("fr", "en"):
        detail[language] = " ".join(_sentences(machine, state, (description, chosen), language))
    _act(machine, state, description, chosen)
    return [Fact(due.time, "field_report", due.subject, 0.0, detail)]


def _sentences(
    machine: Machine, state: State, said: tuple[VerbDescription, Argument | None], language: str
) -> list[str]:
    description, chosen = said
    sentences = [_sight(machine, state, sight, language) for sight in description.shows]
    for thing in (description, chosen):
        if thing is not None and thing.says is not None:
            sentences.append(thing.says.text(language))
    if not any(sentences) and _found(machine, state, said):
        sentences.append(FOUND[language])
    return sentences


def _found(machine: Machine, state: State, said: tuple[VerbDescription, Argument | None]) -> bool:
    """Whether what is about to be repaired was at fault: who repairs says so, as found and as left."""
    repaired = [short for thing in said if thing is not None for short in thing.repairs]
    slots = [machine.plant.malfunctions[machine.plant.address(short)].severity_slot for short in repaired]
    return any(state.real[slot] > 0.0 for slot in slots)


def _sight(machine: Machine, state: State, sight: Sight, language: str) -> str:
    signal = machine.plant.signal(sight.signal)
    value = float(state.real[signal.slot])
    for word in sight.words:
        if value < word.below:
            return word.text.text(language)
    if not sight.unit:
        return ""
    shown = display(sight.unit, of=signal.unit, digits=sight.digits).shown(value)
    number = f"{shown:.{sight.digits}f}".replace(".", "," if language == "fr" else ".")
    colon = "\u202f: " if language == "fr" else ": "
    title = sight.title.text(language) + colon if sight.title else ""
    unit = printed_unit(sight.unit, language)
    return f"{title}{number}\u202f{unit}." if unit else f"{title}{number}."


def _act(machine: Machine, state: State, description: VerbDescription, chosen: Argument | None) -> None:
    for thing in (description, chosen):
        if thing is None:
            continue
        for short, value in thing.sets.items():
            signal = machine.plant.signal(short)
            state.real[signal.slot] = si(value, signal.unit)
        for short in thing.repairs:
            set_severity(machine, state, machine.plant.address(short), 0.0, 0)
    if description.calibrates is not None:
        _calibrate(machine, state, description.calibrates.instrument, description.calibrates.analyte)


def set_severity(machine: Machine, state: State, address: str, severity: float, onset: int) -> None:
    """Bring a malfunction to a severity over ``onset`` ms (0 = at the next tick)."""
    m = machine.plant.malfunctions[address]
    state.real[m.severity_slot + 1] = severity
    change = abs(severity - state.real[m.severity_slot])
    state.real[m.severity_slot + 2] = change / (onset * 1e-3) if onset > 0 else 1e9
    state.whole[ACTIVE] += 1


def _calibrate(machine: Machine, state: State, instrument: str, analyte: str) -> None:
    """Shift the instrument so that it now reads the last result (with that analyser's own error)."""
    for r in reversed(state.desk.results):
        if f"{r.analyser}.{r.analyte}" == analyte and r.quality < 2:
            shift = r.value - float(state.real[machine.plant.slot(f"{instrument}.value")])
            state.real[machine.plant.slot(f"{instrument}.calibration_offset")] += shift
            return
