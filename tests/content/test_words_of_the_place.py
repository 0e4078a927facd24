"""What a learner reads of a flight is in their language: names of what was hidden, units, what a repair found."""

from __future__ import annotations

from pathlib import Path

import pytest

from biotwin.plant.plant import Plant
from biotwin.session.debrief import true_signals
from biotwin.session.flight import Flight
from biotwin.session.inputs import FieldAction
from biotwin.session.library import load_scenario
from campus.simulator.true_names import FRENCH, true_name
from tests.content.garden import PLANTS, plant

DO = (("incubator", "read_check_thermometer", ""), ("instrumentation", "restore", "tt301"),
      ("instrumentation", "restore", "tt301"))


@pytest.mark.parametrize("path", PLANTS, ids=lambda p: p.name)
def test_a_debrief_names_what_no_instrument_shows_in_french(path: Path) -> None:
    compiled: Plant = plant(path)
    measured = {one.measures for one in compiled.unit.instruments.values()}
    hidden = {short.rpartition(".")[2] for short in true_signals(compiled) if short not in measured}
    kept = {one for one in hidden if true_name(one, "fr") == one.replace("_", " ") and one not in FRENCH}
    assert not kept, f"without a French name: {sorted(kept)}"


def test_a_report_has_the_unit_as_printed_and_a_repair_says_what_it_found() -> None:
    scenario = load_scenario("seed-cold-incubator")
    flight = Flight.begin(scenario, 7)
    flight.advance(48 * 3_600_000)
    reports: list[dict[str, str]] = []
    for station, verb, argument in DO:
        flight.do(FieldAction(scenario.plant.address(station), verb, argument))
        facts = flight.advance(flight.time + 3 * 3_600_000)
        told = [one.detail for one in facts if one.kind == "field_report" and one.detail is not None]
        reports += [{language: str(one[language]) for language in ("fr", "en")} for one in told]
    read, found, healthy = reports
    assert "°C" in read["fr"]
    assert "degC" not in read["fr"] + read["en"]
    assert "défaut" in found["fr"]
    assert healthy["fr"] == ""
