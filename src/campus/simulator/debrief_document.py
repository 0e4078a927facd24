"""The debrief as it is stored and sent: made once from three flights of one seed, when the secrecy is over.

Times are simulated ms, numbers SI; ``Format`` says how to show them. One document per language is kept.
"""

from __future__ import annotations

import msgspec

from biotwin.naming import Format, format_of, is_tag, printed_tag
from biotwin.plant.plant import Plant
from biotwin.quantity import si
from biotwin.session.debrief import FlownRun, true_signals
from biotwin.session.facts import Fact
from biotwin.session.inputs import Entry
from biotwin.session.merit import goal_unit
from biotwin.session.scenario import Scenario
from biotwin.session.scenario_description import QuestionDescription
from campus.simulator.schemas import CURRENT
from campus.simulator.true_names import true_name

RUNS = ("mine", "nothing", "reference")


class Goal(msgspec.Struct, frozen=True):
    """What counted: full marks at ``good``, none at ``bad``; ``family``: safety, product, quality, economy…"""

    slug: str
    title: str
    family: str
    weight: float
    good: float
    bad: float
    format: Format


class GoalMark(msgspec.Struct, frozen=True):
    """``value`` as reached, ``score`` 0..1."""

    slug: str
    value: float
    score: float


class Run(msgspec.Struct, frozen=True):
    """One of the three flights; its facts include what was hidden from the seat."""

    run: str
    score: float
    cost: float
    end: int
    marks: tuple[GoalMark, ...]
    facts: tuple[Fact, ...]


class TrueSignal(msgspec.Struct, frozen=True):
    """A true curve; ``instrument``: the instrument that measures it, or empty."""

    address: str
    title: str
    instrument: str
    format: Format


class Told(msgspec.Struct, frozen=True):
    """A malfunction that was there: what it was, what could be noticed, what was expected of the seat."""

    address: str
    title: str
    cues: str
    response: str


class Answer(msgspec.Struct, frozen=True):
    """A choice of a question, what came of it, and whether it was justified by what could be seen."""

    slug: str
    title: str
    right: bool
    then: str


class Question(msgspec.Struct, frozen=True):
    slug: str
    text: str
    choices: tuple[Answer, ...]


class Debrief(msgspec.Struct, frozen=True):
    """The whole document. ``left``: when the seat was left; from there to ``end`` the plant went on by itself.
    ``quiz`` is asked after the replay; ``questions`` were asked in flight.
    """

    schema: int
    scenario: str
    start: int
    left: int
    end: int
    goals: tuple[Goal, ...]
    runs: tuple[Run, ...]
    journal: tuple[Entry, ...]
    truth: tuple[TrueSignal, ...]
    malfunctions: tuple[Told, ...]
    questions: tuple[Question, ...]
    quiz: tuple[Question, ...]


def document(
    scenario: Scenario, entries: list[Entry], runs: dict[str, FlownRun], left: int, language: str
) -> Debrief:
    """Everything that a debrief shows in a language, except the curves."""
    found = scenario.description
    end = runs["mine"].figures.end
    return Debrief(
        schema=CURRENT["debrief"], scenario=scenario.slug, start=scenario.start_time,
        left=min(left, end), end=end, goals=_goals(scenario, language),
        runs=tuple(_run(name, runs[name]) for name in RUNS), journal=tuple(entries),
        truth=_truth(scenario, language), malfunctions=_malfunctions(scenario.plant, runs["mine"], language),
        questions=_questions(found.questions, language),
        quiz=_questions(found.quiz, language),
    )


def _goals(scenario: Scenario, language: str) -> tuple[Goal, ...]:
    rows = []
    for slug, goal in scenario.description.goals.items():
        unit = goal_unit(goal, scenario.plant)
        rows.append(Goal(
            slug=slug, title=goal.title.text(language), family=goal.family, weight=goal.weight,
            good=si(goal.good, unit), bad=si(goal.bad, unit),
            format=format_of(goal.unit or unit, unit, goal.digits, language),
        ))
    return tuple(rows)


def _run(name: str, run: FlownRun) -> Run:
    figures = run.figures
    marks = tuple(GoalMark(*mark) for mark in figures.marks)
    return Run(run=name, score=figures.score, cost=figures.cost, end=figures.end, marks=marks, facts=run.facts)


def _truth(scenario: Scenario, language: str) -> tuple[TrueSignal, ...]:
    plant = scenario.plant
    measured = {d.measures: tag for tag, d in plant.unit.instruments.items()}
    return tuple(_true_signal(plant, short, measured.get(short, ""), language) for short in true_signals(plant))


def _true_signal(plant: Plant, short: str, tag: str, language: str) -> TrueSignal:
    """A signal that an instrument measures takes its title and format; another one is named by its own words."""
    unit = plant.signals[plant.address(short)].unit
    if tag:
        d = plant.unit.instruments[tag]
        shown = format_of(d.unit, plant.measured[tag], d.digits, language, label=d.label)
        return TrueSignal(plant.address(short), d.title.text(language), plant.address(tag), shown)
    title = true_name(short.rpartition(".")[2], language)
    return TrueSignal(plant.address(short), title, "", format_of(unit, unit, 3, language))


def _malfunctions(plant: Plant, run: FlownRun, language: str) -> tuple[Told, ...]:
    """What was hidden from the seat, in the words of its equipment class."""
    present = dict.fromkeys(f.subject for f in run.facts if f.kind == "malfunction_changed")
    found = []
    for address in present:
        m = plant.malfunction_class(address)
        instance = plant.malfunctions[address].instance
        title = f"{printed_tag(instance)} · {m.title.text(language)}" if is_tag(instance) else m.title.text(language)
        found.append(Told(address, title, m.cues.text(language), m.response.text(language)))
    return tuple(found)


def _questions(found: dict[str, QuestionDescription], language: str) -> tuple[Question, ...]:
    return tuple(
        Question(slug, question.text.text(language), tuple(
            Answer(name, choice.title.text(language), choice.right, choice.then.text(language))
            for name, choice in question.choices.items()))
        for slug, question in found.items()
    )
