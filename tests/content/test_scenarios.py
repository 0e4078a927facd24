"""Laws of every scenario: names resolve, prose is complete, who does well wins and who does harm loses."""

from __future__ import annotations

from pathlib import Path

import pytest

from biotwin.pilots.scores import kept_scores
from biotwin.plant.reading import Source
from biotwin.session.debrief import fly
from biotwin.session.merit import bands_of, goal_unit
from biotwin.session.scenario_description import ScenarioDescription
from biotwin.session.script import pilot_entries
from tests.content.garden import ROOT, SCENARIOS, scenario
from tools.by_hand import HANDS

SIX = {
    "discovery", "first-batch", "co2-trap-12500l", "foam-over-day-7", "drifting-ph-probe", "base-co2-fight",
}
HEADINGS = ["role", "goal", "responsibility", "recipe", "limits", "forbidden"]
by_name = pytest.mark.parametrize("folder", SCENARIOS, ids=lambda p: p.name)


def test_the_six_scenarios_are_there() -> None:
    assert {p.name for p in SCENARIOS} >= SIX


@by_name
def test_a_scenario_is_described_in_the_schema_s_words(folder: Path) -> None:
    assert Source(folder / "scenario.yaml", ROOT).convert(ScenarioDescription).slug == folder.name


@by_name
def test_plant_phase_malfunctions_and_goals_resolve(folder: Path) -> None:
    compiled = scenario(folder)
    for goal in compiled.description.goals.values():
        goal_unit(goal, compiled.plant)
        if goal.measure == "time_outside":
            bands_of(compiled.plant, goal.tag, goal.level)


@by_name
def test_questions_open_on_things_that_exist(folder: Path) -> None:
    compiled = scenario(folder)
    for question in compiled.questions.values():
        said = question.description
        assert (said.at is None) != (not said.on_fact)
        if said.on_fact == "alarm_raised":
            assert said.on_subject in compiled.plant.unit.alarms
        elif said.on_fact == "phase_started":
            assert said.on_subject in compiled.plant.unit.phases
        elif said.on_fact == "result_ready":
            analyser, _, analyte = said.on_subject.partition(".")
            assert analyte in compiled.plant.unit.analysers[analyser].analytes
        else:
            assert compiled.start_time <= question.time < compiled.duration


@by_name
def test_a_question_has_one_right_answer_and_says_why(folder: Path) -> None:
    description = scenario(folder).description
    for question in [*description.questions.values(), *description.quiz.values()]:
        assert sum(choice.right for choice in question.choices.values()) == 1
        assert all(choice.then.fr and choice.then.en for choice in question.choices.values())


@by_name
def test_pilots_are_understood_by_the_plant(folder: Path) -> None:
    compiled = scenario(folder)
    for pilot in ("wins", "loses"):
        entries = pilot_entries(compiled, pilot)
        assert entries
        assert all(compiled.start_time <= e.time <= compiled.duration for e in entries)


@pytest.mark.parametrize("name", HANDS)
def test_a_hand_knows_the_loops_of_its_plant(name: str) -> None:
    found = scenario(next(p for p in SCENARIOS if p.name == name))
    assert "by_hand" in found.description.pilots, f"run python tools/by_hand.py {name}"
    assert set(HANDS[name].rounds) - {"*"} <= found.plant.unit.loops.keys()


@by_name
def test_what_every_pilot_is_worth_is_kept_for_the_scenario_s_page(folder: Path) -> None:
    kept = kept_scores(folder)
    assert kept is not None, "run make scores"
    assert set(kept.pilots) == {"nothing", *scenario(folder).description.pilots}, "run make scores"


@by_name
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_brief_has_its_six_sections_in_both_languages(folder: Path, language: str) -> None:
    lines = scenario(folder).text("brief", language).splitlines()
    assert [line[3:] for line in lines if line.startswith("## ")] == HEADINGS


@by_name
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_debrief_tells_what_why_and_what_to_keep(folder: Path, language: str) -> None:
    text = scenario(folder).text("debrief", language)
    assert text.count("\n## ") + text.startswith("## ") == 3
    assert "\n3. " in text


def test_only_the_discovery_is_open_and_it_is_short() -> None:
    flights = {p.name: scenario(p) for p in SCENARIOS}
    assert [name for name, s in flights.items() if s.open] == ["discovery"]
    found = flights["discovery"]
    seconds = (found.duration - found.start_time) / 1000 / found.description.speed
    assert seconds <= 5 * 60
    assert len(found.description.quiz) == 3
    (prediction,) = found.description.questions.values()
    assert len(prediction.choices) == 3


@pytest.mark.slow
@by_name
def test_the_pilot_that_wins_wins_and_the_one_that_loses_loses(folder: Path) -> None:
    compiled = scenario(folder)
    scores = {p: fly(compiled, 7, pilot_entries(compiled, p)).figures.score for p in ("nothing", "wins", "loses")}
    assert scores["wins"] >= 0.8, scores
    assert scores["wins"] > scores["nothing"] + 0.04, scores
    assert scores["loses"] < scores["wins"] - 0.3, scores
    assert scores["loses"] < scores["nothing"] + 0.15, scores


@pytest.mark.slow
def test_a_healthy_lot_that_nobody_touches_raises_hardly_an_alarm() -> None:
    compiled = scenario(next(p for p in SCENARIOS if p.name == "first-batch"))
    facts = fly(compiled, 11, []).facts
    raised = [f.subject for f in facts if f.kind == "alarm_raised"]
    assert len(raised) <= 2, raised
    assert not [f for f in facts if f.kind == "interlock_tripped"]
