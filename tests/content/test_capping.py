"""The dryer and its capper as a station: every vial that came in is capped, or lost where the hand-over says."""

from __future__ import annotations

import pytest

from biotwin.materials import Material
from biotwin.session import inputs as i
from biotwin.session.flight import Flight
from biotwin.session.handover import Delivered, Handover, handover_of
from biotwin.session.script import pilot_entries
from tests.content.garden import CONTENT, ROOT, scenario

VIALS, FILL = 9800.0, 3.0e-6
VOLUME = VIALS * FILL
LOT = Material(volume=VOLUME, heat=VOLUME * 4.18e6 * 20.0, monomer=49.7 * VOLUME, hmw=0.3 * VOLUME,
               sucrose=80.0 * VOLUME, containers=VIALS, active=49.0 * VOLUME)
FLIGHTS = [("lyo-first-cycle", "wins"), ("lyo-first-cycle", "loses"), ("cap-drifting-force", "wins"),
           ("cap-drifting-force", "saves"), ("cap-drifting-force", "loses"), ("cap-drifting-force", "crushes")]
KEPT = {"volume", "containers", "monomer", "hmw", "sucrose"}


def delivered(slug: str, pilot: str) -> tuple[Handover, Delivered]:
    compiled = scenario(CONTENT / "scenarios" / slug)
    handover = handover_of(compiled.plant, CONTENT / "plants" / compiled.plant.slug, ROOT)
    assert handover is not None
    flight = Flight.begin(handover.received(compiled, LOT), 7)
    flight.run(None, pilot_entries(compiled, pilot))
    return handover, handover.delivered(flight.state, LOT)


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "pilot"), FLIGHTS, ids=["-".join(f) for f in FLIGHTS])
def test_every_vial_and_every_gram_is_found_again(slug: str, pilot: str) -> None:
    handover, found = delivered(slug, pilot)
    assert set(handover.balanced) == KEPT
    for name in handover.balanced:
        everywhere = getattr(found.material, name) + sum(getattr(loss, name) for loss in found.losses.values())
        assert everywhere == pytest.approx(getattr(LOT, name), rel=1e-6), name
    assert found.reports["capped"] == pytest.approx(found.material.containers)


@pytest.mark.slow
def test_who_leaks_comes_out_of_the_capping_and_a_tray_set_apart_takes_its_leaks_along() -> None:
    usual, saved = delivered("lyo-first-cycle", "wins")[1], delivered("cap-drifting-force", "saves")[1]
    loose = delivered("cap-drifting-force", "loses")[1]
    assert usual.reports["leaking"] == pytest.approx(1.1e-4, rel=0.05)
    assert loose.reports["leaking"] > 5e-3
    assert saved.reports["leaking"] < 2e-4
    assert saved.losses["apart"].containers > 3000.0
    assert loose.losses["apart"].containers == 0.0
    assert loose.reports["seal_force"] < 0.8 * saved.reports["seal_force"]


def reading(flight: Flight, short: str) -> float:
    plant = flight.scenario.plant
    return float(flight.state.real[plant.signal(short).slot])


def test_no_seal_force_is_read_where_nothing_is_capped_and_a_test_draws_only_its_own_vials() -> None:
    compiled = scenario(CONTENT / "scenarios" / "cap-drifting-force")
    flight = Flight.begin(compiled, 7)
    seal_force, moisture = compiled.plant.address("seal_force"), compiled.plant.address("karl_fischer")
    facts = flight.do(i.TakeSample((seal_force,)))
    refused = ("input_refused", seal_force, "nothing_to_sample")
    assert [(f.kind, f.subject, f.detail["reason"]) for f in facts] == [refused]
    assert (flight.state.desk.samples, flight.state.desk.cost) == (0, 0.0)
    facts = flight.do(i.TakeSample((seal_force, moisture)))
    assert [f.kind for f in facts] == ["input_refused", "input_refused"], "the thief draws in the chamber: it is open"
    flight.advance(int(37.5 * 3.6e6))
    assert reading(flight, "capper.sampled") == 0.0
    dried = reading(flight, "dryer.sampled")
    flight.do(i.TakeSample((seal_force,)))
    flight.advance(int(37.6 * 3.6e6))
    assert reading(flight, "capper.sampled") == pytest.approx(10.0)
    assert reading(flight, "dryer.sampled") == dried
    drying = Flight.begin(scenario(CONTENT / "scenarios" / "lyo-first-cycle"), 7)
    facts = drying.do(i.TakeSample((seal_force, moisture)))
    assert [f.kind for f in facts] == ["input_refused", "sample_taken"]
    assert facts[1].detail["analysers"] == "karl_fischer"


def test_the_recipe_releases_what_nobody_set_apart_and_only_that_is_delivered() -> None:
    alone, released = delivered("cap-drifting-force", "nothing")[1], 9_500.0
    assert alone.material.containers > released
    compiled = scenario(CONTENT / "scenarios" / "cap-drifting-force")
    flight = Flight.begin(compiled, 7)
    facts = flight.advance(int(38.9 * 3.6e6))
    assert [f.subject for f in facts if f.kind == "phase_started"][-1] == compiled.plant.address("check")
    flight.do(i.SetRecipeMode("semi_automatic"))
    flight.run()
    assert reading(flight, "capper.accepted_share") == 0.0
    assert reading(flight, "capper.doubtful_share") > 0.9
