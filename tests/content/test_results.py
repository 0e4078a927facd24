"""What a laboratory writes of little and of much: a plate without growth reads none; what cannot be read is more, or
less, than can be.
"""

from __future__ import annotations

from biotwin.session import inputs as i
from biotwin.session.facts import Fact
from biotwin.session.flight import Flight
from tests.content.garden import SCENARIOS, scenario

HOUR = 3_600_000


def begun(name: str) -> Flight:
    return Flight.begin(scenario(next(one for one in SCENARIOS if one.name == name)), 1)


def results(facts: list[Fact]) -> dict[str, Fact]:
    return {one.subject.rpartition("/")[2]: one for one in facts if one.kind == "result_ready"}


def test_a_plate_without_growth_reads_none() -> None:
    flight = begun("fill-media")
    flight.do(i.TakeSample(("fdp/fl501/plates",)))
    facts = [*flight.advance(5 * HOUR - HOUR // 2), *flight.do(i.StartPhase("incubate")), *flight.run()]
    for plate in ("plates.settle", "plates.active"):
        read = results(facts)[plate]
        assert (read.value, read.detail["quality"], "beyond" in read.detail) == (0.0, 0, False)
    assert not any(one.kind == "limit_crossed" and "plates" in one.subject for one in facts)


def test_what_cannot_be_read_is_more_than_can_be() -> None:
    flight = begun("lyo-first-cycle")
    flight.do(i.TakeSample((flight.scenario.plant.address("karl_fischer"),)))
    wet = results(flight.advance(12 * HOUR))["karl_fischer.moisture"]
    assert (wet.detail["quality"], wet.detail["beyond"]) == (1, "above")


def test_no_part_is_more_than_the_whole() -> None:
    flight = begun("first-batch")
    cells = next(slug for slug, one in flight.scenario.plant.unit.analysers.items() if "viability" in one.analytes)
    facts: list[Fact] = []
    for _ in range(12):
        flight.do(i.TakeSample((flight.scenario.plant.address(cells),)))
        facts += flight.advance(flight.time + HOUR)
    read = [one for one in facts if one.subject.endswith(".viability") and one.kind == "result_ready"]
    assert any(one.value == 1.0 and one.detail["quality"] == 1 for one in read)
    assert not any("beyond" in one.detail for one in read)


def test_what_is_counted_is_written_without_a_unit() -> None:
    flight = begun("seed-working-bank")
    field = flight.scenario.plant.unit.field
    station = next(slug for slug, one in field.items() if "count_vials" in one.verbs)
    flight.do(i.FieldAction(flight.scenario.plant.address(station), "count_vials"))
    (report,) = (one for one in flight.advance(HOUR) if one.kind == "field_report")
    assert (report.detail["fr"], report.detail["en"]) == ("Ampoules dans l'azote\u202f: 0.", "Vials in nitrogen: 0.")
