"""A station of a chain is accepted when it can be flown by hand from set-up to the end of the lot, lost in two ways of
different kind, and saved once; a lot left to the recipe is always worth less than a lot that is flown.

The pilots of the scenarios are the proof: each is flown here. Those of a plant that is based on another count for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest

from biotwin.chain import load_chain
from biotwin.pilots.scores import SEED, kept_scores
from biotwin.plant.plant import Plant
from biotwin.session.debrief import FlownRun, fly
from biotwin.session.facts import Fact
from biotwin.session.inputs import SetMode, SetOutput, SetRecipeMode, StartPhase
from biotwin.session.scenario import Scenario
from biotwin.session.script import pilot_entries
from tests.content.garden import CONTENT, SCENARIOS, scenario

pytestmark = pytest.mark.slow
LOST = 0.5
"""A goal of which less than half is left is lost; chosen for teaching."""
APART = 0.3
BESIDE = frozenset({"procedure", "restraint", "economy"})
"""Families of goals that judge the flying, not the lot."""
TAKEN = 120_000
"""ms within which a hand takes a loop that the recipe has just put in automatic."""
CHAIN = load_chain("mab-2000l", CONTENT)
FOLDERS = {folder.name: folder for folder in SCENARIOS}
station = pytest.mark.parametrize("slug", CHAIN.order)


@lru_cache(maxsize=256)
def flown(name: str, pilot: str) -> FlownRun:
    return fly(scenario(FOLDERS[name]), SEED, pilot_entries(scenario(FOLDERS[name]), pilot))


def score(name: str, pilot: str) -> float:
    return flown(name, pilot).figures.score


def scenarios_of(slug: str) -> Iterator[tuple[str, Scenario]]:
    """Every scenario of the station's plant, and of plants that are based on it."""
    wanted = CHAIN.stations[slug].scenario.plant.slug
    for name, folder in FOLDERS.items():
        of = scenario(folder)
        if wanted in (of.plant.slug, of.plant.description.based_on):
            yield name, of


def lost(name: str, pilot: str) -> frozenset[str]:
    """What of the lot itself (not of the flying) is lost, as measure and what it reads."""
    goals = scenario(FOLDERS[name]).description.goals
    found = {slug: mark for slug, _value, mark in flown(name, pilot).figures.marks}
    return frozenset(f"{g.measure} {g.reading}{g.tag}" for slug, g in goals.items()
                     if g.family not in BESIDE and found[slug] < LOST)


def losers(of: Scenario) -> list[str]:
    """Pilots that do harm: far below the one that wins, with something of the lot lost."""
    best = score(of.slug, "wins")
    harmful = [p for p in of.description.pilots if p != "saves" and score(of.slug, p) <= best - APART]
    return [p for p in harmful if lost(of.slug, p)]


@station
def test_a_unit_is_lost_in_two_ways_of_different_kind(slug: str) -> None:
    ways = {(name, pilot): lost(name, pilot) for name, of in scenarios_of(slug) for pilot in losers(of)}
    assert len(ways) >= 2, ways
    assert len(set(ways.values())) >= 2, ways


@station
def test_a_unit_is_saved_once_its_loss_is_under_way(slug: str) -> None:
    """Clearly above whoever loses the same flight, and above whoever leaves it alone."""
    saved = []
    for name, of in scenarios_of(slug):
        worse = [score(name, p) for p in losers(of)]
        if "saves" in of.description.pilots and worse:
            assert max(worse) < score(name, "saves") <= score(name, "wins") + 1e-9, name
            saved += [name] if score(name, "saves") > max(worse) + 0.2 else []
    assert saved


@station
def test_a_unit_is_flown_by_hand_from_set_up_to_the_end_of_the_lot(slug: str) -> None:
    flights = [(name, of) for name, of in scenarios_of(slug) if "by_hand" in of.description.pilots]
    whole = [name for name, of in flights if of.start_time == 0 and of.start_phase == of.plant.phases[0]]
    assert whole, f"nobody flies {slug} by hand from its first phase"
    for name, of in flights:
        facts = flown(name, "by_hand").facts
        assert any(f.kind == "lot_ended" and of.plant.short(f.subject) in of.plant.phases for f in facts), name
        assert not [f for f in facts if f.kind == "input_refused"], name
        assert not left_to_themselves(of, facts), name
        assert acts(of), name
        assert not lost(name, "by_hand"), name


def in_the_hand() -> list[str]:
    """Scenarios whose pilot by hand takes the recipe, too, and keeps it."""
    pilots = {name: pilot_entries(scenario(folder), "by_hand") for name, folder in FOLDERS.items()
              if "by_hand" in scenario(folder).description.pilots}
    return [name for name, entries in pilots.items()
            if [e.input.mode for e in entries if isinstance(e.input, SetRecipeMode)] == ["semi_automatic"]]


def test_in_semi_automatic_the_hand_starts_every_phase() -> None:
    """The recipe begins none by itself, and the lot still comes to its end: in most units, the capture among them."""
    stations = {CHAIN.stations[slug].scenario.plant.slug for slug in CHAIN.order}
    plants = set()
    for name in in_the_hand():
        of = scenario(FOLDERS[name])
        taken = next(e.time for e in pilot_entries(of, "by_hand") if isinstance(e.input, SetRecipeMode))
        asked = [of.plant.address(e.input.phase) for e in pilot_entries(of, "by_hand")
                 if isinstance(e.input, StartPhase)]
        begun = [f for f in flown(name, "by_hand").facts if f.kind == "phase_started" and f.time > taken]
        assert [f.subject for f in begun] == asked, name
        assert of.plant.unit.phases[of.plant.short(asked[-1])].ends_lot, name
        plants |= {of.plant.slug, of.plant.description.based_on} & stations
    assert "mab-capture-100l" in plants
    assert len(plants) > len(stations) / 2


def acts(of: Scenario) -> bool:
    """Whether the hand moves something: an output, or a phase that it starts."""
    return any(isinstance(e.input, (SetOutput, StartPhase)) for e in pilot_entries(of, "by_hand"))


def left_to_themselves(of: Scenario, facts: tuple[Fact, ...]) -> list[str]:
    """Loops that regulated by themselves longer than it takes to walk to them."""
    entries = pilot_entries(of, "by_hand")
    begun = [(0, of.start_phase), *((f.time, of.plant.short(f.subject)) for f in facts if f.kind == "phase_started")]
    return [f"{loop} in {phase} at {time / 60_000:.1f} min" for time, phase in begun
            for loop in regulating(of.plant, phase, first=time == 0)
            if not any(isinstance(e.input, SetMode) and e.input.mode == "manual" and time <= e.time <= time + TAKEN
                       and of.plant.short(e.input.loop) == loop for e in entries)]


def regulating(plant: Plant, phase: str, *, first: bool) -> set[str]:
    """The loops that the recipe puts in automatic as a phase begins; at the start also those that stand there."""
    if plant.unit.phases[phase].ends_lot:
        return set()
    found = {tag for tag, wanted in plant.unit.phases[phase].loops.items() if wanted.mode == "automatic"}
    return found | {tag for tag, loop in plant.unit.loops.items() if first and loop.mode == "automatic"}


@pytest.mark.parametrize("name", FOLDERS)
def test_nobody_beats_the_pilot_that_wins_and_doing_nothing_is_worth_less(name: str) -> None:
    scores = {p: score(name, p) for p in ("nothing", *scenario(FOLDERS[name]).description.pilots)}
    assert max(scores.values()) <= scores["wins"] + 0.01, scores
    assert scores["nothing"] < scores["wins"] - 0.04, scores
    kept = kept_scores(FOLDERS[name])
    assert kept is not None
    assert scores == pytest.approx(kept.pilots, abs=0.02), "run make scores"
