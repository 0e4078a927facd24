"""How well a station's twin is qualified: the level that its drawers claim, and their objective tests.

The level (T1 generic, T2 representative, T3 of a product, T4 of a plant) is what a drawer's methodology claims. Its
tests are those of its ``reference.yaml``, by class: A parity, B published measurement, C trend. A test that misses
carries its discrepancy there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from biotwin.chain import Station
from biotwin.plant.library import drawer
from biotwin.plant.reading import Source
from biotwin.qualification.references import PACKAGE, ReferenceFile

LEVEL = re.compile(r"\bT[0-4]\b")
SENTENCE = re.compile(r"(?<=\.)\s|\n")


@dataclass(frozen=True)
class Standing:
    """``levels``: claimed, lowest first, empty where a methodology claims none; tests by class; ``misses``: tests whose
    discrepancy is written down.
    """

    name: str
    levels: tuple[str, ...]
    a: int
    b: int
    c: int
    misses: int

    @property
    def tests(self) -> int:
        return self.a + self.b + self.c

    @property
    def level(self) -> str:
        """``T2``, or ``T1–T2`` where parts of a model claim different levels."""
        return "" if not self.levels else "–".join(dict.fromkeys((self.levels[0], self.levels[-1])))


def claimed(methodology: str) -> tuple[str, ...]:
    """The levels in the first sentence of a methodology (in English) that names one, lowest first."""
    for sentence in SENTENCE.split(methodology):
        if found := LEVEL.findall(sentence):
            return tuple(sorted(set(found)))
    return ()


@lru_cache(maxsize=64)
def of_drawer(slug: str) -> Standing:
    """One equipment class; a class without reference tests has none."""
    folder = drawer(slug).folder
    text = folder / "methodology.en.md"
    levels = claimed(text.read_text(encoding="utf-8")) if text.exists() else ()
    path = folder / "reference.yaml"
    if not path.exists():
        return Standing(slug, levels, 0, 0, 0, 0)
    tests = Source(path, root=PACKAGE.parent).convert(ReferenceFile).tests
    count = Counter(test.class_ for test in tests)
    misses = sum(test.discrepancy is not None for test in tests)
    return Standing(slug, levels, count["A"], count["B"], count["C"], misses)


def title(slug: str, language: str) -> str:
    """A class by the heading of its methodology."""
    path = drawer(slug).folder / f"methodology.{language}.md"
    heading = path.read_text(encoding="utf-8").partition("\n")[0] if path.exists() else ""
    return heading.removeprefix("# ").strip() or slug.replace("_", " ")


def drawers_of(station: Station) -> tuple[Standing, ...]:
    """Every equipment class of the station's plant, those with most tests first."""
    classes = {equipment.class_ for equipment in station.scenario.plant.unit.equipment.values()}
    return tuple(sorted((of_drawer(slug) for slug in classes), key=lambda one: (-one.tests, one.name)))


def of_station(station: Station) -> Standing:
    """All its classes together."""
    return together(station.slug, drawers_of(station))


def together(name: str, parts: Iterable[Standing]) -> Standing:
    rows = tuple(parts)
    levels = tuple(sorted({level for row in rows for level in row.levels}))
    return Standing(name, levels, sum(r.a for r in rows), sum(r.b for r in rows), sum(r.c for r in rows),
                    sum(r.misses for r in rows))
