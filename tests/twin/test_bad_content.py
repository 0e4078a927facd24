"""Broken descriptions: each gets one clear complaint with file and line, and never a traceback."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from biotwin.cli import main
from biotwin.errors import BiotwinError
from biotwin.session.library import load_scenario
from biotwin.session.machine import machine_of
from tests.twin.conftest import CONTENT

PLANT, SCENARIO = "plants/mini/plant.yaml", "scenarios/mini/scenario.yaml"
BOMB = "a: &a [x, x]\n" + "".join(f"k{n}: [*a, *a, *a]\n" for n in range(60))

REPLACED = {
    "unknown key": (PLANT, "area: usp", "area: usp\ncolour: blue", "plant.yaml:5", "colour"),
    "unknown class": (PLANT, "class: jacket_loop", "class: teapot", None, "teapot.*Known"),
    "wrong dimension": (PLANT, "maximum_flow: 2 L/h", "maximum_flow: 2 kg", None, "m\\^3"),
    "no unit at all": (PLANT, "glucose: 420 mmol/L", "glucose: plenty", None, "plenty"),
    "duplicate key": (PLANT, "area: usp", "area: usp\narea: dsp", "plant.yaml:5", "twice"),
    "unknown signal": (PLANT, "measures: p103.flow", "measures: p103.flaw", None, "p103.flaw.*Known"),
    "unknown input": (PLANT, "inputs: {draw: p103.flow}", "inputs: {drew: p103.flow}", None, "drew"),
    "unknown parameter": (PLANT, "glucose: 420 mmol/L", "glocuse: 420 mmol/L", None, "glocuse.*Known"),
    "unknown phase": (PLANT, "next: [feed]", "next: [feast]", None, "feast"),
    "unknown loop in a phase": (PLANT, "loops: {fic103: {mode", "loops: {fic999: {mode", None, "fic999"),
    "no such mode": (PLANT, "{mode: automatic, setpoint: 1 L/h}", "{mode: cascade, setpoint: 1 L/h}", None, "cascade"),
    "empty range": (PLANT, "setpoint_range: [0 L/h, 2 L/h]", "setpoint_range: [2 L/h, 0 L/h]", None, "range"),
    "not yaml": (PLANT, "area: usp", "area: [usp", None, ""),
    "tab": (PLANT, "area: usp", "\tarea: usp", "plant.yaml:4", ""),
    "not a number": (PLANT, "priority: 2", "priority: .nan", None, "priority"),
    "NaN quantity": (PLANT, "glucose: 420 mmol/L", "glucose: .nan", None, "finite"),
    "infinite quantity": (PLANT, "start: {volume: 10 L}", "start: {volume: .inf}", None, "finite"),
    "NaN in words": (PLANT, "glucose: 420 mmol/L", "glucose: nan mmol/L", None, "finite"),
    "two units": (PLANT, "schema: 1", "schema: 2", "plant.yaml:1", "schema"),
    "unknown plant": (SCENARIO, "plant: mini", "plant: maxi", "scenario.yaml:6", "maxi.*Known"),
    "unknown malfunction": (SCENARIO, "p103.occluded", "p103.haunted", None, "haunted.*Known"),
    "negative duration": (SCENARIO, "duration: 1 d", "duration: -1 d", "scenario.yaml:7", "positive"),
    "severity of two": (SCENARIO, "severity: 0.8", "severity: 2", None, "severity"),
    "unknown start phase": (SCENARIO, "phase: feed", "phase: party", None, "party.*Known"),
    "unknown measure": (SCENARIO, "measure: alarms", "measure: beauty", None, "beauty.*Known"),
    "pilot without a loop": (SCENARIO, "loop: fic103", "loop: fic9", "scenario.yaml:2", "fic9"),
    "pilot out of range": (SCENARIO, "value: 0.5 L/h", "value: 50 L/h", "scenario.yaml:2", "outside"),
    "pilot with a wrong unit": (SCENARIO, "value: 0.5 L/h", "value: 0.5 kg", "scenario.yaml:2", "0.5 kg"),
    "question of no choice": (SCENARIO, "right: true, ", "", None, "right"),
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the small plant that may be spoilt."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    return folder


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["check", str(folder)])
    return code, capsys.readouterr().out


def test_the_small_plant_is_without_fault(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(content, capsys) == (0, "1 plant, 1 scenario, 1 chain; 0 complaints\n")


@pytest.mark.parametrize("case", REPLACED, ids=lambda name: name.replace(" ", "-"))
def test_a_spoilt_description_is_named(case: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, old, new, where, what = REPLACED[case]
    path = content / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, out = check(content, capsys)
    assert code == 1
    assert "Traceback" not in out
    lines = [line for line in out.splitlines() if re.search(what, line)]
    assert lines, out
    assert re.match(r"content/[a-z/_.-]+\.yaml:\d+: ", lines[0]), lines[0]
    assert where is None or where in lines[0], lines[0]


@pytest.mark.parametrize(("text", "what"), [
    (BOMB, "aliases"),
    ("a: " + "[" * 60 + "]" * 60, "deep"),
    ("a: " + "[" * 40_000 + "]" * 40_000, "deep"),
    ("schema: 1\n" + "# x\n" * 600_000, "larger"),
    ("!!python/object/apply:os.system ['echo no']", ""),
    ("", ""),
    ("- a\n- b\n", ""),
    ("\x00\x01", ""),
    ("a: &x {b: *x}", ""),
], ids=["aliases", "deep", "very-deep", "huge", "object", "empty", "list", "binary", "itself"])
def test_hostile_yaml_is_refused(text: str, what: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / PLANT).write_text(text, encoding="utf-8")
    code, out = check(content, capsys)
    assert code == 1
    assert "Traceback" not in out
    first = out.splitlines()[0]
    assert first.startswith("content/plants/mini/plant.yaml"), first
    assert what in first, first


def test_every_missing_text_is_named(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "scenarios/mini/debrief.fr.md").unlink()
    (content / "scenarios/mini/brief.en.md").write_text("## role\n\nyou\n", encoding="utf-8")
    _, out = check(content, capsys)
    assert "content/scenarios/mini/debrief.fr.md:1: is missing." in out
    assert "content/scenarios/mini/brief.en.md:1: lacks ## goal" in out


def test_the_check_hears_every_complaint_not_only_the_first(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = content / SCENARIO
    spoilt = path.read_text(encoding="utf-8").replace("measure: alarms", "measure: beauty").replace(
        "loop: fic103", "loop: fic9")
    path.write_text(spoilt, encoding="utf-8")
    _, out = check(content, capsys)
    assert "beauty" in out
    assert "fic9" in out
    assert "2 complaints" in out


def test_loading_raises_what_the_check_prints(content: Path) -> None:
    path = content / PLANT
    path.write_text(path.read_text(encoding="utf-8").replace("class: jacket_loop", "class: teapot"), encoding="utf-8")
    with pytest.raises(BiotwinError, match="teapot"):
        machine_of(load_scenario("mini", content).plant)
