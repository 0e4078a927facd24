"""What a content folder must hold, checked beyond what reading a file can see: every name in it leads somewhere.

Complaints are collected, never raised: an author sees them all at once, each with its file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from biotwin.chain import load_case, load_chain
from biotwin.errors import BiotwinError, DescriptionError, UnknownName, known
from biotwin.pilots.scripted import pilot_names, script
from biotwin.plant.compiler import compile_plant
from biotwin.plant.description import StationDescription
from biotwin.plant.laboratory import assays
from biotwin.plant.plant import Plant
from biotwin.plant.reading import Source
from biotwin.quantity import display, si
from biotwin.session.facts import KINDS
from biotwin.session.handover import handover_of
from biotwin.session.machine import machine_of
from biotwin.session.merit import goal_unit
from biotwin.session.scenario import Scenario, compile_scenario
from biotwin.views.console.charts import charts

PROSE = ("brief", "debrief")
BRIEF = ("role", "goal", "responsibility", "recipe", "limits", "forbidden")
LANGUAGES = ("fr", "en")


def counted(folder: Path) -> str:
    """How much there is: ``3 plants, 6 scenarios, 1 chain``."""
    kinds = (("plants", "plant"), ("scenarios", "scenario"), ("chains", "chain"))
    counts = [(len(list(folder.glob(f"{kind}/*/{name}.yaml"))), name) for kind, name in kinds]
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts)


def complaints(folder: Path) -> list[str]:
    """Everything that is wrong under ``folder``, in path order, each once."""
    if not folder.is_dir():
        return [f"{folder.name}: there is no such folder."]
    found: list[str] = []
    for path in sorted(folder.glob("plants/*/plant.yaml")):
        found += _file(path, folder, partial(plant_checks, path, folder))
    for path in sorted(folder.glob("scenarios/*/scenario.yaml")):
        found += _file(path, folder, partial(scenario_checks, path, folder))
    for path in sorted(folder.glob("plants/*/handover.yaml")):
        found += _file(path, folder, partial(handover_checks, path, folder))
    for path in sorted(folder.glob("plants/*/charts.yaml")):
        found += _file(path, folder, partial(chart_checks, path, folder))
    for path in sorted(folder.glob("chains/*/chain.yaml")):
        found += _file(path, folder, partial(chain_checks, path, folder))
    for path in sorted(folder.glob("chains/*/cases/*/case.yaml")):
        found += _file(path, folder, partial(case_checks, path, folder))
    return list(dict.fromkeys(found))


Check = Callable[[], Any]


def _file(path: Path, folder: Path, checks: Callable[[], Iterator[Check]]) -> list[str]:
    """Run a file's checks; the first that needs the compiled whole ends the file, the others are all heard."""
    found: list[str] = []
    try:
        for check in checks():
            try:
                check()
            except BiotwinError as error:
                found.append(located(error, path, folder))
    except BiotwinError as error:
        found.append(located(error, path, folder))
    except Exception as error:
        name = path.relative_to(folder.parent)
        found.append(f"{name}:1: cannot be understood ({type(error).__name__}: {error}).")
    return found


def located(error: BiotwinError, path: Path, folder: Path) -> str:
    """The complaint with file and line: a place such as ``plant.yaml (loops.tic101)`` is looked up in the file."""
    name = str(path.relative_to(folder.parent))
    file, _, place = error.where.partition(" (")
    if not place and ":" in file:
        return str(error)
    parts: list[str] = place.rstrip(")").replace("[", ".").replace("]", "").split(".") if place else []
    where = _line(path, folder, parts) or f"{name}:1"
    text = f"{where}: {error.what} {error.next_step}".rstrip()
    return text if place or not error.where or error.where == name else f"{where}: {error}"


def _line(path: Path, folder: Path, parts: list[str]) -> str:
    try:
        source = Source(path, folder.parent)
    except DescriptionError:
        return ""
    if path.name == "plant.yaml" and isinstance(source.data, dict) and isinstance(source.data.get("units"), dict):
        parts = ["units", str(next(iter(source.data["units"]), "")), *parts]
    return source.where(*parts)


def _at(path: Path, folder: Path, *place: str | int) -> str:
    return Source(path, folder.parent).where(*place)


# --- hand-overs and chains --------------------------------------------------------------------------------------------


def handover_checks(path: Path, folder: Path) -> Iterator[Check]:
    """Every name and every dimension of a hand-over."""
    plant = compile_plant(path.parent, folder.parent)
    yield partial(handover_of, plant, path.parent, folder.parent)


def chart_checks(path: Path, folder: Path) -> Iterator[Check]:
    """Every name and every unit of a plant's charts."""
    plant = compile_plant(path.parent, folder.parent)
    yield partial(charts, plant, path.parent, "fr")


def chain_checks(path: Path, folder: Path) -> Iterator[Check]:
    """Every station of a chain."""
    chain = load_chain(path.parent.name, folder)
    if chain.slug != path.parent.name:
        yield partial(_wrong_slug, path, folder, chain.slug)


def case_checks(path: Path, folder: Path) -> Iterator[Check]:
    """Every name of a case, and its four texts."""
    case = load_case(load_chain(path.parents[2].name, folder), path.parent.name)
    source = Source(path, folder.parent)
    if case.slug != path.parent.name:
        yield partial(_wrong_slug, path, folder, case.slug)
    for slug, question in case.description.quiz.items():
        yield partial(_answerable, question, source.where("quiz", slug))
    yield from _texts(path.parent, folder)


# --- plants ---------------------------------------------------------------------------------------------------------


def plant_checks(path: Path, folder: Path) -> Iterator[Check]:
    """Compile, then everything that only a flight would touch."""
    plant = compile_plant(path.parent, folder.parent)
    if plant.slug != path.parent.name:
        yield partial(_wrong_slug, path, folder, plant.slug)
    yield partial(machine_of, plant)
    yield partial(assays, plant)
    source = Source(path, folder.parent)
    unit = next(iter(plant.description.units))
    for tag, instrument in plant.unit.instruments.items():
        where = source.where("units", unit, "instruments", tag)
        yield partial(display, instrument.unit, of=plant.measured[tag], digits=instrument.digits, where=where)
        for n, band in enumerate(instrument.limits):
            line = source.where("units", unit, "instruments", tag, "limits", n)
            for end in (band.low, band.high):
                if end is not None:
                    yield partial(si, end, plant.measured[tag], where=line)
            yield partial(_known_phases, plant, band.phases, line)
    for slug, station in plant.unit.field.items():
        yield from _station(plant, station, partial(source.where, "units", unit, "field", slug))


def _wrong_slug(path: Path, folder: Path, slug: str) -> None:
    raise DescriptionError(f"the slug {slug!r} is not the folder's name {path.parent.name!r}.",
                           where=_at(path, folder, "slug"))


def _known_phases(plant: Plant, phases: list[str], where: str) -> None:
    for phase in phases:
        if phase not in plant.phases:
            raise UnknownName(f"{phase!r} is no phase.", where=where, next_step=known(plant.phases))


def _station(plant: Plant, station: StationDescription, where: Callable[..., str]) -> Iterator[Check]:
    """Every signal, malfunction and analyte that a verb names."""
    for slug, verb in station.verbs.items():
        line = where("verbs", slug)
        yield partial(si, verb.duration, "s", where=line)
        for n, sight in enumerate(verb.shows):
            yield partial(_sight, plant, sight, where("verbs", slug, "shows", n))
        things: list[Any] = [verb, *verb.arguments.values()]
        for thing in things:
            for short, value in thing.sets.items():
                yield partial(_setting, plant, (short, value), line)
            for short in thing.repairs:
                yield partial(_malfunction, plant, short, line)
        if verb.calibrates is not None:
            yield partial(_calibration, plant, verb.calibrates, line)


def _signal(plant: Plant, short: str, where: str) -> Any:
    found = plant.signals.get(plant.address(short))
    if found is None:
        owner = plant.address(short.partition(".")[0]) + "."
        near = [plant.short(a) for a in plant.signals if a.startswith(owner)] or list(plant.unit.equipment)
        raise UnknownName(f"{short!r} names no signal.", where=where, next_step=known(near))
    return found


def _setting(plant: Plant, given: tuple[str, Any], where: str) -> None:
    si(given[1], _signal(plant, given[0], where).unit, where=where)


def _sight(plant: Plant, sight: Any, where: str) -> None:
    signal = _signal(plant, sight.signal, where)
    if sight.unit:
        display(sight.unit, of=signal.unit, digits=sight.digits, where=where)
    elif not sight.words:
        raise DescriptionError("a sight needs words or a unit.", where=where)


def _malfunction(plant: Plant, short: str, where: str) -> None:
    if plant.address(short) not in plant.malfunctions:
        near = [plant.short(a) for a in plant.malfunctions]
        own = [n for n in near if n.startswith(f"{short.partition('.')[0]}.")]
        raise UnknownName(f"malfunction {short!r} is unknown.", where=where, next_step=known(own or near))


def _calibration(plant: Plant, calibration: Any, where: str) -> None:
    if calibration.instrument not in plant.unit.instruments:
        raise UnknownName(f"{calibration.instrument!r} is no instrument.", where=where,
                          next_step=known(plant.unit.instruments))
    analytes = [f"{a}.{n}" for a, d in plant.unit.analysers.items() for n in d.analytes]
    if calibration.analyte not in analytes:
        raise UnknownName(f"{calibration.analyte!r} is no analyte.", where=where, next_step=known(analytes))


# --- scenarios ------------------------------------------------------------------------------------------------------


def scenario_checks(path: Path, folder: Path) -> Iterator[Check]:
    """Compile, then goals, questions, pilots and the four texts."""
    scenario = compile_scenario(path.parent, folder / "plants")
    source = Source(path, folder.parent)
    if scenario.slug != path.parent.name:
        yield partial(_wrong_slug, path, folder, scenario.slug)
    for slug, goal in scenario.description.goals.items():
        yield partial(_goal, scenario, goal, source.where("goals", slug))
    for slug, question in scenario.questions.items():
        yield partial(_question, scenario, question.description, source.where("questions", slug))
    for pilot in pilot_names(scenario):
        yield partial(script, scenario, pilot)
    yield from _texts(path.parent, folder)


def _texts(place: Path, folder: Path) -> Iterator[Check]:
    """Brief and debrief in every language."""
    name = place.relative_to(folder.parent)
    for text in PROSE:
        for language in LANGUAGES:
            yield partial(_prose, place / f"{text}.{language}.md", str(name), text == "brief")


def _goal(scenario: Scenario, goal: Any, where: str) -> None:
    try:
        if goal.tag and goal.tag not in scenario.plant.unit.instruments:
            raise UnknownName(f"{goal.tag!r} is no instrument.", next_step=known(scenario.plant.unit.instruments))
        unit = goal_unit(goal, scenario.plant)
        good, bad = si(goal.good, unit), si(goal.bad, unit)
        if goal.unit:
            display(goal.unit, of=unit, digits=goal.digits)
    except KeyError:
        raise DescriptionError(f"the measure {goal.measure!r} needs a tag.", where=where) from None
    except BiotwinError as error:
        raise type(error)(error.what, where=where, next_step=error.next_step) from None
    if good == bad:
        raise DescriptionError("good and bad are the same.", where=where)


def _question(scenario: Scenario, question: Any, where: str) -> None:
    if question.at is None and question.on_fact not in KINDS:
        raise UnknownName(f"{question.on_fact!r} is no kind of fact.", where=where, next_step=known(KINDS))
    _answerable(question, where)
    things = {**scenario.plant.unit.alarms, **scenario.plant.unit.interlocks, **scenario.plant.unit.phases}
    for kind, names in (("alarm", scenario.plant.unit.alarms), ("interlock", scenario.plant.unit.interlocks),
                        ("phase", scenario.plant.unit.phases)):
        if question.at is None and question.on_fact.startswith(f"{kind}_") and question.on_subject not in names:
            raise UnknownName(f"{question.on_subject!r} is none of this plant's {kind}s.", where=where,
                              next_step=known(names or things))


def _answerable(question: Any, where: str) -> None:
    if not any(choice.right for choice in question.choices.values()):
        raise DescriptionError("no choice is right.", where=where)


def _prose(path: Path, folder: str, brief: bool) -> None:
    name = f"{folder}/{path.name}"
    if not path.exists():
        raise DescriptionError("is missing.", where=f"{name}:1")
    text = path.read_text(encoding="utf-8")
    lines = [line.strip().lower() for line in text.splitlines()]
    missing = [h for h in BRIEF if f"## {h}" not in lines] if brief else []
    if missing:
        raise DescriptionError(f"lacks {', '.join(f'## {h}' for h in missing)}.", where=f"{name}:1")
    if not text.strip():
        raise DescriptionError("is empty.", where=f"{name}:1")
