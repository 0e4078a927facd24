"""What `make new` makes is valid as it stands."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
import yaml

from biotwin.plant.compiler import compile_plant
from biotwin.session.scenario import compile_scenario
from tools.new import KINDS, make


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """An empty repository with a new plant and a new scenario on it."""
    make("plant", "my-plant", root=tmp_path)
    make("scenario", "my-flight", root=tmp_path)
    return tmp_path / "content"


def test_a_new_plant_compiles(garden):
    assert compile_plant(garden / "plants/my-plant").digest


def test_a_new_scenario_compiles(garden):
    scenario = compile_scenario(garden / "scenarios/my-flight", garden / "plants")
    assert (scenario.start_phase, scenario.duration) == ("transfer", 3_600_000)


def test_a_new_drawer_keeps_its_balance_and_its_reference(tmp_path, monkeypatch):
    folder = make("equipment", "my_drawer", root=tmp_path)
    for module in ("model", "qualification"):
        name = f"biotwin.equipment.my_drawer.{module}"
        spec = importlib.util.spec_from_file_location(name, folder / f"{module}.py")
        loaded = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, loaded)
        spec.loader.exec_module(loaded)
    (reference,) = yaml.safe_load((folder / "reference.yaml").read_text(encoding="utf-8"))["tests"]
    found = getattr(loaded, reference["run"])(**reference["arguments"])
    assert found.value == pytest.approx(reference["reference"], rel=reference["tolerance"])


def test_nothing_is_overwritten(garden):
    with pytest.raises(FileExistsError):
        make("plant", "my-plant", root=garden.parent)


@pytest.mark.parametrize("kind", KINDS)
def test_no_mark_of_the_template_is_left(kind, tmp_path):
    make("plant", "my-plant", root=tmp_path)
    folder = make(kind, "my_new" if kind == "equipment" else "my-new", root=tmp_path)
    assert not [path.name for path in folder.iterdir() if any(
        mark in path.read_text(encoding="utf-8") for mark in ("__slug__", "__title__", "__plant__", "__phase__"))]
