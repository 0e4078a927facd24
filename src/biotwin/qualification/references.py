"""The reference tests that the drawers declare: ``reference.yaml`` beside a ``qualification.py`` that holds the runs.

1. A test names its reference, its metric, its tolerance *and the reason for it*, and its source.
2. A run is a function of keyword arguments that returns a float, or a tuple ``(value, time, twin, reference)`` whose
   curves are drawn.
3. Tests of a folder named ``oracle`` need a reference simulator; they run only when asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import msgspec

from biotwin.errors import DescriptionError, UnknownName, known
from biotwin.plant.description import Described, Quantity, Text
from biotwin.plant.reading import Source

PACKAGE = Path(__file__).parents[1]
ORACLE = "oracle"
TestId = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9_-]{0,79}$")]
Argument = Quantity | bool | list[Quantity]


class ReferenceTest(Described, frozen=True, kw_only=True, rename={"class_": "class"}):
    """One objective test. ``class_``: A parity with a reference simulator, B published measurement, C trend.

    ``metric``: ``relative`` |value - reference| <= tolerance |reference|; ``absolute`` |value - reference| <=
    tolerance; ``within`` reference is [low, high], open by ``tolerance`` at both ends; ``ratio`` the larger over the
    smaller <= 1 + tolerance; ``trend`` the sign of the reference, and at least (1 - tolerance) of its size.
    """

    id: TestId
    title: Text
    class_: Annotated[str, msgspec.Meta(pattern="^[ABC]$")]
    run: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]*$")]
    arguments: dict[str, Argument] = {}
    metric: Annotated[str, msgspec.Meta(pattern="^(relative|absolute|within|ratio|trend)$")]
    reference: float | list[float]
    tolerance: Annotated[float, msgspec.Meta(ge=0.0)]
    reason: Text
    source: str
    signal: str
    time: str | float | int
    discrepancy: Text | None = None
    seeds: list[int] = []
    """A test per seed, which is the run's argument ``seed`` and stands in the id and the title."""


class ReferenceFile(Described, frozen=True, kw_only=True):
    """The whole of ``reference.yaml``."""

    tests: Annotated[list[ReferenceTest], msgspec.Meta(min_length=1)]


class Declared(msgspec.Struct, frozen=True):
    """A test with its drawer, its place in the file (``file:line``) and the function that runs it."""

    drawer: str
    where: str
    test: ReferenceTest
    run: Callable[..., Any]


def reference_files(*, oracle: bool = False, root: Path = PACKAGE) -> list[Path]:
    """Every ``reference.yaml`` of the twin, in path order; those of an oracle only when asked for."""
    found = sorted(root.rglob("reference.yaml"))
    return [path for path in found if oracle or path.parent.name != ORACLE]


def declared(path: Path) -> list[Declared]:
    """The tests of one file; raises ``DescriptionError`` or ``UnknownName`` with file and line."""
    source = Source(path, root=PACKAGE.parent)
    tests = [(i, each) for i, test in enumerate(source.convert(ReferenceFile).tests) for each in seeded(test)]
    runs = _runs(path, source)
    found: list[Declared] = []
    for i, test in tests:
        where = source.where("tests", i)
        if test.id in {d.test.id for d in found}:
            raise DescriptionError(f"the id {test.id!r} stands twice.", where=where)
        run = getattr(runs, test.run, None)
        if not callable(run):
            public = [n for n, f in vars(runs).items() if callable(f) and not n.startswith("_")]
            raise UnknownName(f"there is no function {test.run!r} in {path.parent.name}/qualification.py.",
                              where=source.where("tests", i, "run"), next_step=known(public))
        _check_reference(test, source.where("tests", i, "reference"))
        found.append(Declared(path.parent.name, where, test, run))
    return found


def seeded(test: ReferenceTest) -> list[ReferenceTest]:
    """The test itself, or one for each of its seeds."""
    return [msgspec.structs.replace(
        test, id=f"{test.id}_{seed:02d}", seeds=[], arguments=test.arguments | {"seed": seed},
        title=Text(fr=f"{test.title.fr}\u202f: graine {seed}", en=f"{test.title.en}: seed {seed}"),
    ) for seed in test.seeds] or [test]


def _runs(path: Path, source: Source) -> Any:
    name = ".".join(("biotwin", *path.parent.relative_to(PACKAGE).parts, "qualification"))
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise DescriptionError(f"{path.parent.name} has no qualification.py.", where=source.where("tests")) from None


def _check_reference(test: ReferenceTest, where: str) -> None:
    pair = isinstance(test.reference, list)
    if pair != (test.metric == "within") or (isinstance(test.reference, list) and len(test.reference) != 2):
        raise DescriptionError(f"the metric {test.metric!r} needs {_NEEDS[test.metric == 'within']}.", where=where)
    if test.metric in ("ratio", "trend") and test.reference == 0.0:
        raise DescriptionError(f"the metric {test.metric!r} needs a reference that is not zero.", where=where)


_NEEDS = {True: "a reference of two numbers, [low, high]", False: "a reference of one number"}


def arguments(test: ReferenceTest) -> dict[str, Any]:
    """The run's arguments; a number that YAML took for a word (``1e-6``) is a number."""
    return {name: _number(value) for name, value in test.arguments.items()}


def _number(value: Any) -> Any:
    if isinstance(value, list):
        return [_number(v) for v in value]
    if not isinstance(value, str):
        return value
    try:
        return float(value)
    except ValueError:
        return value
