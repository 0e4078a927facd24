"""The drawn runs beside the oracle: told by their seed, apart from each other, within what the drawer can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from biotwin.qualification.judging import SKIPPED, judge
from biotwin.qualification.oracle import cadet
from biotwin.qualification.oracle.column_cases import FAMILIES, balanced, case
from biotwin.qualification.references import declared, reference_files


@pytest.mark.parametrize("family", FAMILIES)
def test_a_seed_tells_the_whole_run(family: str) -> None:
    assert case(family, 3) == case(family, 3)
    runs = [case(family, seed) for seed in range(1, 21)]
    assert len({run.p for run in runs}) == len({run.k for run in runs}) == len(runs)


@pytest.mark.parametrize("family", FAMILIES)
def test_loads_go_from_little_to_past_the_breakthrough(family: str) -> None:
    loads = []
    for run in (case(family, seed) for seed in range(1, 21)):
        volume = run.p.bed_height * run.bed.section
        loads.append(run.feed.product * run.feed.flow * run.ends[0] / volume)
        assert run.feed.flow <= run.p.maximum_flow
        assert list(run.ends) == sorted(run.ends)
    assert min(loads) < 10.0
    assert max(loads) > 45.0


def test_the_inlet_carries_the_ions_of_its_ph() -> None:
    run = case("affinity", 1)
    assert run.inlet(run.ends[-1]).strong_ions == balanced(run.high)
    assert run.inlet(run.ends[-1]).product == 0.0
    assert run.inlet(0.0).product == run.feed.product


def test_without_the_oracle_its_runs_are_skipped_and_say_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CADET", raising=False)
    monkeypatch.setattr(cadet, "HOME", Path("/nowhere/python"))
    path = next(p for p in reference_files(oracle=True) if p.parent.name == "oracle")
    tests = [d for d in declared(path) if d.test.id.startswith("column_")]
    assert len(tests) >= 30
    assert len({d.test.id for d in tests}) == len(tests)
    verdict = judge(next(d for d in tests if d.test.id == "column_exchanger_02"))
    assert verdict.outcome == SKIPPED
    assert "make peers" in verdict.miss


@pytest.mark.slow
def test_a_run_of_each_family_lies_within_the_tolerance_of_the_oracle() -> None:
    try:
        cadet.python()
    except ModuleNotFoundError as missing:
        pytest.skip(str(missing))
    path = next(p for p in reference_files(oracle=True) if p.parent.name == "oracle")
    for name in ("column_exchanger_12", "column_affinity_05"):
        verdict = judge(next(d for d in declared(path) if d.test.id == name))
        assert verdict.passed, verdict.miss
