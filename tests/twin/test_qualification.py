"""The judge judges: each metric passes and fails where its definition says, and a failure names what missed."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import msgspec
import pytest

from biotwin.errors import DescriptionError, UnknownName
from biotwin.plant.description import Text
from biotwin.qualification import references
from biotwin.qualification.judging import FAILED, PASSED, SKIPPED, bounds, judge
from biotwin.qualification.record import record_of
from biotwin.qualification.references import Declared, ReferenceTest, declared, reference_files
from biotwin.qualification.report import report

WORDS = Text(fr="Essai <b>", en="Trial <b>")


def trial(value: Any, **changes: Any) -> Declared:
    given = {"id": "x", "title": WORDS, "class_": "A", "run": "run", "metric": "absolute", "reference": 2.0,
             "tolerance": 0.1, "reason": WORDS, "source": "here", "signal": "tt101", "time": "3 h"}

    def run(**_: Any) -> Any:
        if isinstance(value, Exception):
            raise value
        return value

    return Declared("drawer", "reference.yaml:1", ReferenceTest(**(given | changes)), run)


@pytest.mark.parametrize(("metric", "reference", "tolerance", "inside", "outside"), [
    ("absolute", 2.0, 0.1, (1.9, 2.1), (1.89, 2.11)),
    ("relative", 2.0, 0.1, (1.8, 2.2), (1.79, 2.21)),
    ("relative", -2.0, 0.1, (-1.8, -2.2), (-1.79, 2.0)),
    ("within", [1.0, 2.0], 0.0, (1.0, 2.0), (0.99, 2.01)),
    ("within", [1.0, 2.0], 0.5, (0.5, 2.5), (0.49, 2.51)),
    ("ratio", 2.0, 1.0, (1.0, 4.0), (0.99, 4.01)),
    ("trend", -0.2, 0.0, (-0.2, -5.0), (-0.19, 0.2)),
    ("trend", 2.0, 0.5, (1.0, 90.0), (0.99, -2.0)),
])
def test_each_metric_means_what_it_says(
    metric: str, reference: Any, tolerance: float, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    for value in inside:
        assert judge(trial(value, metric=metric, reference=reference, tolerance=tolerance)).outcome == PASSED
    for value in outside:
        assert judge(trial(value, metric=metric, reference=reference, tolerance=tolerance)).outcome == FAILED


def test_a_failure_names_the_signal_the_time_and_the_miss() -> None:
    verdict = judge(trial(2.5))
    assert not verdict.passed
    assert all(part in verdict.miss for part in ("tt101", "3 h", "0.4", "above"))


@pytest.mark.parametrize("value", [math.nan, math.inf, ValueError("no root")])
def test_what_is_no_number_fails_and_never_stops_the_run(value: Any) -> None:
    verdict = judge(trial(value))
    assert verdict.outcome == FAILED
    assert verdict.value is None
    assert "tt101" in verdict.miss


def test_a_peer_that_is_not_installed_is_skipped_not_passed() -> None:
    verdict = judge(trial(ModuleNotFoundError("no", name="fmpy")))
    assert verdict.outcome == SKIPPED
    assert not verdict.passed


def test_the_record_counts_and_the_page_shows_each_test_in_both_languages() -> None:
    verdicts = [judge(trial(2.0)), judge(trial((2.5, (0.0, 1.0), (1.0, 2.5), (1.0, 2.0)), id="y"))]
    run = record_of(verdicts)
    assert (run.passed, run.failed, run.skipped) == (1, 1, 0)
    page = report(run, verdicts)
    assert page.count("<svg") == 2
    assert page.count("<section") == 2
    assert 'lang="fr">Essai &lt;b&gt;' in page
    assert 'lang="en">Trial &lt;b&gt;' in page
    assert "<script" not in page
    assert run.engine in page


def test_every_drawers_tests_are_found_and_well_formed() -> None:
    files = reference_files()
    drawers = {path.parent.name for path in files}
    assert {"sensor", "stirred_bioreactor", "valve"} <= drawers
    assert "oracle" not in drawers
    assert "oracle" in {path.parent.name for path in reference_files(oracle=True)}
    tests = [d for path in files for d in declared(path)]
    assert len(tests) >= 60
    for d in tests:
        low, high = bounds(d.test)
        assert low <= high, d.where
        assert d.test.reason.fr != d.test.reason.en, d.where
        assert d.test.source, d.where


@pytest.mark.parametrize(("change", "error", "said"), [
    (("run: step_response", "run: dance"), UnknownName, "dance.*Known"),
    (("metric: absolute", "metric: within"), DescriptionError, "two numbers"),
    (("class: A", "class: D"), DescriptionError, "class"),
    (("tolerance: 1.0e-12", "tolerance: -1"), DescriptionError, "tolerance"),
    (("id: sensor_rise_90", "id: sensor_step"), DescriptionError, "twice"),
    (("signal: value", "sygnal: value"), DescriptionError, "sygnal"),
])
def test_a_spoilt_reference_file_is_named(
    change: tuple[str, str], error: type[Exception], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path(references.PACKAGE) / "equipment/sensor/reference.yaml"
    text = own.read_text(encoding="utf-8")
    assert change[0] in text
    spoilt = tmp_path / "biotwin/equipment/sensor/reference.yaml"
    spoilt.parent.mkdir(parents=True)
    spoilt.write_text(text.replace(*change, 1), encoding="utf-8")
    monkeypatch.setattr(references, "PACKAGE", tmp_path / "biotwin")
    with pytest.raises(error, match=rf"reference\.yaml:\d+: .*{said}"):
        declared(spoilt)


@pytest.mark.slow
def test_the_stepper_agrees_with_the_oracles() -> None:
    path = next(p for p in reference_files(oracle=True) if p.parent.name == "oracle")
    verdicts = [judge(d) for d in declared(path) if d.test.id.startswith("stepper")]
    assert len(verdicts) == 3
    assert [v.miss for v in verdicts if not v.passed] == []


def test_the_record_is_json_that_anybody_can_read() -> None:
    row = msgspec.json.decode(msgspec.json.encode(record_of([judge(trial(2.0))])))["tests"][0]
    assert row["passed"] is True
    assert row["class"] == "A"
