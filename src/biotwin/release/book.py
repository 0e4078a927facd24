"""The book: everything that is written down before a lot comes, read from ``content/laboratory`` and checked.

Errors name file and line. A test is ``<stage>.<line>``, ``substance.hcp``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from biotwin.errors import DescriptionError, UnknownName, known
from biotwin.materials import FIELDS
from biotwin.plant.reading import Source, read_source
from biotwin.quantity import Display, display, si
from biotwin.release.description import (
    ClearanceDescription,
    FilingDescription,
    LineDescription,
    MethodDescription,
    MethodsDescription,
    MistakeDescription,
    QualityDescription,
    ReadDescription,
    SpecificationDescription,
    StabilityDescription,
    TextsDescription,
)
from biotwin.release.facts import KINDS, MISSING, REFUSALS
from biotwin.release.lot import STATES
from biotwin.release.truths import truth


@dataclass(frozen=True)
class Mistake:
    """See ``MistakeDescription``; quantities in the unit of what is read, SI."""

    description: MistakeDescription
    adds: float
    replaces: float | None


@dataclass(frozen=True)
class SpecifiedTest:
    """A test of one stage with all its numbers in SI. Limits are kept in ticks: steps of the last shown digit."""

    slug: str
    stage: str
    line: LineDescription
    method: MethodDescription
    read: ReadDescription
    unit: str
    shown: Display
    low: int | None
    high: int | None
    between: float
    """Standard deviation of the reported value from run to run."""
    within: float
    """Standard deviation of the reported value within a run."""
    offset: float
    examined: float
    quantification: float
    detection: float
    delay: int
    mistakes: dict[str, Mistake]
    history: tuple[float, ...]

    def ticks(self, value: float) -> int:
        """A SI value as it is reported: rounded to the last shown digit, halves up, as the pharmacopoeia rounds."""
        return math.floor(self.shown.shown(value) * 10**self.read.digits + 0.5)

    def value(self, ticks: float) -> float:
        return self.shown.si(ticks / 10**self.read.digits)

    def inside(self, ticks: int) -> bool:
        """Whether a reported value meets the specification."""
        return (self.low is None or ticks >= self.low) and (self.high is None or ticks <= self.high)


@dataclass(frozen=True)
class Book:
    """See the module. ``water``: m3 per container for reconstitution."""

    tests: dict[str, SpecifiedTest]
    methods: dict[str, MethodDescription]
    specification: SpecificationDescription
    quality: QualityDescription
    clearance: ClearanceDescription
    filing: FilingDescription
    texts: TextsDescription
    water: float
    phase_one: int
    waits: dict[str, int]
    """Until the effectiveness of a CAPA is checked, ms after it was due."""
    stability: StabilityDescription
    temperatures: dict[str, float]
    """Of each condition, K."""
    activations: dict[str, float]
    """Of each attribute, J/mol."""
    awaited: int
    pulled_after: int


def load_book(folder: Path, root: Path | None = None, presentation: str = "") -> Book:
    """The book in ``content/laboratory``; what a ``presentation`` says otherwise stands in a folder of that name, in
    files that stand on the others. Raises ``DescriptionError`` with file and line.
    """
    names = ("methods", "specification", "quality", "clearance", "filing", "stability", "texts")
    if presentation and not (folder / presentation).is_dir():
        raise UnknownName(f"there is no presentation {presentation!r}.", next_step=known(presentations(folder)))
    return _compiled(*(_source(folder, name, root, presentation) for name in names))


def presentations(folder: Path) -> tuple[str, ...]:
    """Those of which the laboratory knows what they ask for otherwise."""
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir()))


def _source(folder: Path, name: str, root: Path | None, presentation: str) -> Source:
    base = read_source(folder / f"{name}.yaml", root)
    own = folder / presentation / f"{name}.yaml"
    return _standing(read_source(own, root), base) if presentation and own.exists() else base


@lru_cache(maxsize=32)
def _standing(own: Source, base: Source) -> Source:
    return own.standing_on(base)


@lru_cache(maxsize=4)
def _compiled(*sources: Source) -> Book:
    methods, specification, quality, clearance, filing, stability, texts = sources
    m = methods.convert(MethodsDescription)
    s = specification.convert(SpecificationDescription)
    q = quality.convert(QualityDescription)
    c = clearance.convert(ClearanceDescription)
    f = filing.convert(FilingDescription)
    st = stability.convert(StabilityDescription)
    t = texts.convert(TextsDescription)
    tests: dict[str, SpecifiedTest] = {}
    for stage, described in s.stages.items():
        for name, line in described.tests.items():
            where = specification.where("stages", stage, "tests", name)
            _named(line.method, m.methods, "method", where)
            tests[f"{stage}.{name}"] = _test(stage, name, line, (m.methods[line.method], methods, where))
    _check_specification(s, specification)
    _check_quality(q, quality)
    _check_clearance(c, clearance, s)
    _check_filing(f, filing, s)
    _check_stability(st, stability, tests)
    _check_texts(t, texts)
    waits = {slug: _ms(check.after) for slug, check in q.checks.items()}
    return Book(
        tests, m.methods, s, q, c, f, t, si(s.reconstitution, "m^3"), _ms(q.phase_one), waits, st,
        {name: si(one.temperature, "K") for name, one in st.conditions.items()},
        {test: si(one.activation, "J/mol") for test, one in st.attributes.items()},
        _ms(st.awaited), _ms(st.ongoing.after))


def _ms(quantity: float | int | str) -> int:
    return round(si(quantity, "s") * 1000)


def _test(
    stage: str, name: str, line: LineDescription, found: tuple[MethodDescription, Source, str]
) -> SpecifiedTest:
    method, source, where = found
    place = source.where("methods", line.method)
    if stage not in method.reads:
        raise DescriptionError(f"{line.method} reads nothing at the stage {stage}.", where=where,
                               next_step=known(method.reads))
    read = method.reads[stage]
    unit = truth(read.truth, place).unit
    shown = display(read.unit, of=unit, digits=read.digits, where=place)
    between, within = _spread(method, unit, place)
    low, high = (None if limit is None else shown.shown(si(limit, unit, where=where)) * 10**read.digits
                 for limit in (line.low, line.high))
    if line.retest.least > line.retest.most:
        raise DescriptionError("fewer retests at most than at least.", where=where)
    made = SpecifiedTest(
        f"{stage}.{name}", stage, line, method, read, unit, shown,
        None if low is None else math.ceil(low - 1e-6), None if high is None else math.floor(high + 1e-6),
        between, within, si(method.offset, unit, where=place), _examined(method, unit, place),
        si(method.quantification or 0.0, unit, where=place), si(method.detection or 0.0, unit, where=place),
        _ms(method.delay), _mistakes(method, unit, place), tuple(line.history))
    if made.high is not None and made.ticks(made.quantification) > made.high:
        raise DescriptionError("the limit lies below the limit of quantification.", where=where)
    return made


def _spread(method: MethodDescription, unit: str, where: str) -> tuple[float, float]:
    """Standard deviations of the reported value between and within runs."""
    of = "1" if method.law == "relative" else unit
    within, whole = si(method.repeatability, of, where=where), si(method.intermediate, of, where=where)
    if method.law in ("relative", "absolute") and not 0.0 < within <= whole:
        raise DescriptionError("repeatability must lie above 0 and not above the intermediate precision.", where=where)
    between = math.sqrt(max(whole**2 - within**2, 0.0) / method.runs)
    return between, within / math.sqrt(method.replicates * method.runs)


def _examined(method: MethodDescription, unit: str, where: str) -> float:
    if method.law != "count":
        return 1.0
    return si(method.examined, "m^3" if unit == "1/m^3" else "1", where=where)


def _mistakes(method: MethodDescription, unit: str, where: str) -> dict[str, Mistake]:
    if sum(mistake.chance for mistake in method.mistakes.values()) > 1.0:
        raise DescriptionError("the chances of all mistakes exceed 1.", where=where)
    return {slug: Mistake(d, si(d.adds, unit, where=where),
                          None if d.replaces is None else si(d.replaces, unit, where=where))
            for slug, d in method.mistakes.items()}


def _named(name: str, among: Iterable[str], what: str, where: str) -> None:
    if name not in among:
        raise UnknownName(f"there is no {what} {name!r}.", where=where, next_step=known(among))


def _check_specification(s: SpecificationDescription, source: Source) -> None:
    for slug, integrity in s.integrity.items():
        _named(integrity.stage, s.stages, "stage", source.where("integrity", slug))
    _named(s.environment.stage, s.stages, "stage", source.where("environment", "stage"))
    for grade, limits in s.environment.grades.items():
        for method in limits:
            _named(method, s.environment.methods, "method", source.where("environment", "grades", grade, method))
    for slug, step in s.reprocessing.items():
        where = source.where("reprocessing", slug)
        if step.before is not None:
            _named(step.before, s.stages, "stage", where)
        if step.station:
            _named(step.integrity, s.integrity, "integrity test", where)
        for name in step.removes:
            _named(name, (*FIELDS, *STATES), "amount or true state", where)
        for name in step.tests:
            stage, _, test = name.partition(".")
            _named(stage, s.stages, "stage", where)
            _named(test, s.stages[stage].tests, "test", where)


def _check_quality(q: QualityDescription, source: Source) -> None:
    for slug, rule in q.rules.items():
        where = source.where("rules", slug)
        for cause in rule.causes:
            _named(cause, q.causes, "cause", where)
        for impact in rule.impacts:
            _named(impact, q.impacts, "impact", where)
        if not rule.notes and not (rule.causes and rule.impacts):
            raise DescriptionError("a rule that asks for an answer names causes and impacts.", where=where)
    for slug, action in q.actions.items():
        for cause in action.addresses:
            _named(cause, q.causes, "cause", source.where("actions", slug))


def _check_clearance(c: ClearanceDescription, source: Source, s: SpecificationDescription) -> None:
    for slug, virus in c.viruses.items():
        _named(virus.amount, FIELDS, "amount", source.where("viruses", slug))
    for slug, step in c.steps.items():
        for virus_slug in step.claims:
            _named(virus_slug, c.viruses, "virus", source.where("steps", slug))
        if step.integrity is not None:
            _named(step.integrity, s.integrity, "integrity test", source.where("steps", slug))
    for slug, unseen in c.unseen.items():
        where = source.where("unseen", slug)
        _named(unseen.stage, s.stages, "stage", where)
        display(unseen.unit, of=truth(unseen.truth, where).unit, where=where)


def _check_filing(f: FilingDescription, source: Source, s: SpecificationDescription) -> None:
    for stage, states in f.states.items():
        _named(stage, s.stages, "stage", source.where("states", stage))
        for state in states:
            _named(state, STATES, "true state", source.where("states", stage, state))
    for slug, integrity in f.integrity.items():
        where = source.where("integrity", slug)
        _named(slug, s.integrity, "integrity test", where)
        if bool(integrity.subject) == bool(integrity.report or integrity.phase):
            raise DescriptionError("a test is read from a subject, or from a report, a phase or both.", where=where)
        if bool(integrity.phase) != bool(integrity.alarm):
            raise DescriptionError("a phase is judged by an alarm.", where=where)
        for limit in (integrity.low, integrity.high):
            si(limit or 0.0, integrity.si, where=where)
        display(integrity.unit_shown, of=integrity.si, digits=integrity.digits, where=where)
    for slug, counted in f.environment.items():
        where = source.where("environment", slug)
        _named(counted.grade, s.environment.grades, "grade", where)
        _named(counted.method, s.environment.grades[counted.grade], "method", where)


def _check_stability(st: StabilityDescription, source: Source, tests: Mapping[str, SpecifiedTest]) -> None:
    """Names lead somewhere, and each former lot has what a line needs."""
    for name in (*st.attributes, *((st.water.test,) if st.water and st.attributes else ())):
        _named(name, tests, "test", source.where("attributes"))
    for name, one in st.conditions.items():
        si(one.temperature, "K", where=source.where("conditions", name))
    for name, ageing in st.attributes.items():
        si(ageing.activation, "J/mol", where=source.where("attributes", name))
    for lot in st.lots:
        for condition, rows in st.lots[lot].items():
            where = source.where("lots", lot, condition)
            _named(condition, st.conditions, "condition", where)
            if set(rows) != {"months", *st.attributes}:
                raise DescriptionError("a row for each attribute, and the months.", where=where)
            if len({len(row) for row in rows.values()}) != 1 or len(set(rows["months"])) < 3:
                raise DescriptionError("rows of one length, and three months at least.", where=where)
    if st.attributes:
        _named(st.ongoing.lot, st.lots, "lot", source.where("ongoing"))


def _check_texts(t: TextsDescription, source: Source) -> None:
    codes: Mapping[str, tuple[Iterable[str], Iterable[str]]] = {
        "refusals": (t.refusals, REFUSALS), "missing": (t.missing, MISSING), "facts": (t.facts, KINDS)}
    for part, (said, needed) in codes.items():
        if odd := set(said) ^ set(needed):
            raise DescriptionError(f"{part}: too many or too few: {', '.join(sorted(odd))}.",
                                   where=source.where(part))
