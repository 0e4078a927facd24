"""A sterilisation that cools without its lethality says so, and one that has it does not."""

from __future__ import annotations

import pytest

from biotwin.session.flight import Flight
from biotwin.session.script import pilot_entries
from tests.content.garden import CONTENT, scenario

CYCLES = ("sip-first-cycle", "sip-blocked-trap", "sip-trapped-air")


@pytest.mark.parametrize("slug", CYCLES)
@pytest.mark.parametrize(("pilot", "told"), [("wins", False), ("nothing", True)])
def test_a_cycle_without_its_exposure_is_told_when_it_cools(slug: str, pilot: str, told: bool) -> None:
    compiled = scenario(CONTENT / "scenarios" / slug)
    facts = Flight.begin(compiled, 7).run(None, pilot_entries(compiled, pilot))
    raised = {compiled.plant.short(f.subject) for f in facts if f.kind == "alarm_raised"}
    assert ("qt401_short" in raised) == told
