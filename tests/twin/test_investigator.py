"""Each malfunction can be found from what a person sees; what cannot is counted, and may only shrink."""

from __future__ import annotations

from dataclasses import replace

import pytest

from biotwin.pilots.investigator import HOUR, differs, investigate, investigate_from, looks
from biotwin.session.flight import Flight
from biotwin.session.inputs import FieldAction
from biotwin.session.scenario import Scenario

LATENT = {"slow", "drifting", "leak", "biased", "noisy", "hunting", "imprecise"}
"""Generic malfunctions that may show nothing for two days: what they touch stands still (a level), is idle (the
inoculum pump after the inoculum), or is not there to be measured (a stain of a culture without bacteria).
"""
MOST_LATENT = 21
AT = (96, 0.2)
"""Hours of the lot at which the search begins: in the feed phase, and while the inoculum runs in."""


def test_the_small_plants_occlusion_is_found_at_the_console(mini: Scenario) -> None:
    finding = investigate(mini, "usp/br101/p103.occluded", at=2 * HOUR)
    assert finding.found
    assert finding.clues[0].after <= 12 * HOUR


def test_health_gives_no_clue(mini: Scenario) -> None:
    assert not investigate(mini, "usp/br101/p103.occluded", at=2 * HOUR, severity=0.0).found


@pytest.mark.slow
def test_health_gives_no_clue_on_the_bioreactor(batch: Scenario) -> None:
    assert not investigate(batch, next(iter(batch.plant.malfunctions)), severity=0.0).found


def test_reports_differ_by_words_or_by_a_twentieth() -> None:
    assert differs("Round tube.", "Kinked tube.")
    assert differs("It reads 1.20 bar.", "It reads 1.40 bar.")
    assert not differs("It reads 1.20 bar.", "It reads 1.21 bar.")


def test_looking_changes_nothing(batch: Scenario) -> None:
    for action in looks(batch.plant):
        assert isinstance(action, FieldAction)
        verb = batch.plant.unit.field[batch.plant.short(action.station)].verbs[action.verb]
        assert not verb.sets
        assert not verb.repairs


@pytest.mark.slow
def test_every_malfunction_is_discoverable(batch: Scenario) -> None:
    calm = replace(batch, malfunctions=(), questions={})
    hidden = list(batch.plant.malfunctions)
    for hours in AT:
        healthy = Flight.begin(calm, 1)
        healthy.advance(batch.start_time + round(hours * HOUR))
        hidden = [address for address in hidden if not investigate_from(healthy, address).found]
    short = [batch.plant.short(a) for a in hidden]
    assert not [a for a in short if a.rpartition(".")[2] not in LATENT], short
    assert len(short) <= MOST_LATENT, short
