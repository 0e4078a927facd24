"""A kernel's name digests all the code in it, and no other: no stale machine code, no needless compiling."""

from __future__ import annotations

import inspect
import shutil
from pathlib import Path
from typing import Any

import pytest

from biotwin.plant.source import equipment_source
from biotwin.session import reached
from biotwin.session.kernel import LOOP, kernel_of
from biotwin.session.library import load_scenario

FLOWN = ("first-batch", "capture-first-cycle", "dose-first-infusion")


def _text(slug: str) -> str:
    return equipment_source(load_scenario(slug).plant.groups) + LOOP


@pytest.mark.parametrize("slug", FLOWN)
def test_every_compiled_function_of_a_kernel_is_in_its_digest(slug: str) -> None:
    kernel = kernel_of(load_scenario(slug).plant)
    waiting: list[Any] = [kernel.run, kernel.rest]
    files: dict[Any, Path] = {}
    while waiting:
        held = waiting.pop()
        function = getattr(held, "py_func", held)
        if not inspect.isfunction(function) or function in files:
            continue
        file = Path(inspect.getfile(function))
        if reached.ROOT in file.parents or function.__module__ == kernel.run.__module__:
            files[function] = file
            names = inspect.getclosurevars(function)
            waiting += [*names.globals.values(), *names.nonlocals.values()]
    own = {path for path in files.values() if reached.ROOT in path.parents}
    assert len(own) > 4
    assert own <= reached.closure(_text(slug))


def test_an_edit_renames_the_kernels_that_hold_it_and_spares_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = tmp_path / "biotwin"
    shutil.copytree(reached.ROOT, root, ignore=lambda _, names: {n for n in names if not _is_code(n)})
    texts = {slug: _text(slug) for slug in FLOWN}
    before = {slug: reached.code_digest(text) for slug, text in texts.items()}
    monkeypatch.setattr(reached, "ROOT", root)
    assert before == {slug: reached.code_digest(text) for slug, text in texts.items()}
    for name, holds in (("equipment/patient/model.py", {"dose-first-infusion"}), ("columns/transport.py",
                        {"capture-first-cycle"}), ("control/tick.py", set(FLOWN)), ("session/merit.py", set())):
        path = root / name
        whole = path.read_text()
        path.write_text(whole + "\n# edited\n")
        assert {slug for slug, text in texts.items() if reached.code_digest(text) != before[slug]} == holds
        path.write_text(whole)


def _is_code(name: str) -> bool:
    return name.endswith(".py") or "." not in name
