"""The pilots that a scenario's author wrote, and the one that leaves the plant alone."""

from __future__ import annotations

from pathlib import Path

from biotwin.errors import DescriptionError
from biotwin.plant.reading import Source
from biotwin.session.debrief import FlownRun, fly
from biotwin.session.inputs import Entry
from biotwin.session.scenario import Scenario
from biotwin.session.script import pilot_entries

DO_NOTHING = "nothing"


def pilot_names(scenario: Scenario) -> tuple[str, ...]:
    """Those that the scenario describes, in its order, and ``nothing``."""
    return (*scenario.description.pilots, DO_NOTHING)


def script(scenario: Scenario, pilot: str) -> list[Entry]:
    """A pilot's journal entries, quantities converted and every input validated.

    Raises ``UnknownName`` for a pilot that is not there, ``DescriptionError`` with file and line for an input that the
    plant cannot understand.
    """
    try:
        return pilot_entries(scenario, pilot)
    except DescriptionError as error:
        raise _with_line(scenario, pilot, error) from None


def _with_line(scenario: Scenario, pilot: str, error: DescriptionError) -> DescriptionError:
    """The same complaint at the line of the input: the compiled scenario no longer knows it, its file does."""
    _, _, index = error.where.partition(f"pilots.{pilot}[")
    number = index.rstrip(")]")
    path = scenario.folder / "scenario.yaml"
    if not number.isdigit() or not path.exists():
        return error
    source = Source(path, _root(path))
    where = source.where("pilots", pilot, int(number), "input")
    return type(error)(error.what, where=where, next_step=error.next_step)


def _root(path: Path) -> Path | None:
    return path.parents[3] if len(path.parents) > 3 else None


def fly_pilot(scenario: Scenario, pilot: str, seed: int) -> FlownRun:
    """The flight of one pilot, judged by the scenario's own goals."""
    return fly(scenario, seed, script(scenario, pilot))
