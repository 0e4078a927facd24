"""What people write in YAML means what they mean."""

from __future__ import annotations

from pathlib import Path

from biotwin.plant.reading import Source


def test_powers_of_ten_are_numbers_unless_they_are_quoted(tmp_path: Path) -> None:
    file = tmp_path / "numbers.yaml"
    file.write_text("a: [0, 1e+30]\nb: 1e9\nc: '1e9'\nd: -2.5e-5\ne: 1e9x\n")
    assert Source(file).data == {"a": [0, 1e30], "b": 1e9, "c": "1e9", "d": -2.5e-5, "e": "1e9x"}


def test_a_file_that_stands_on_another_says_only_what_differs(tmp_path: Path) -> None:
    (tmp_path / "below.yaml").write_text("a: {x: 1, y: 2}\nb: [1, 2]\nc: gone\n")
    (tmp_path / "above.yaml").write_text("a: {y: 3, z: 4}\nb: [5]\nc: null\n")
    both = Source(tmp_path / "above.yaml").standing_on(Source(tmp_path / "below.yaml"))
    assert both.data == {"a": {"x": 1, "y": 3, "z": 4}, "b": [5]}
    assert both.where("a", "x") == "below.yaml:1"
    assert both.where("a", "y") == "above.yaml:1"


def test_a_file_that_names_every_key_gives_their_order(tmp_path: Path) -> None:
    (tmp_path / "below.yaml").write_text("p: {a: {n: 1}, b: {n: 2}}\n")
    (tmp_path / "above.yaml").write_text("p: {c: {n: 3}, b: {}, a: {}}\n")
    both = Source(tmp_path / "above.yaml").standing_on(Source(tmp_path / "below.yaml"))
    assert list(both.data["p"].items()) == [("c", {"n": 3}), ("b", {"n": 2}), ("a", {"n": 1})]
