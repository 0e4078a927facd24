"""The law of names: no drawer of odds and ends, one word per meaning."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ODDS_AND_ENDS = {"utils", "util", "common", "helpers", "helper", "core", "misc"}
EVENT = re.compile(r"(?:^|_)events?(?:_|$)|(?<![a-z])Event|[a-z]Event", re.ASCII)


def names_given(path: Path) -> set[str]:
    """Every name that a module gives: functions, classes, arguments, fields, variables."""
    given: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            given.add(node.name)
        elif isinstance(node, ast.arg):
            given.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            given.add(node.id)
    return given


def test_no_module_is_named_after_nothing(files, root):
    places = [path.relative_to(root) for path in files if path.suffix in {".py", ".ts"}]
    lazy = [str(place) for place in places
            if ODDS_AND_ENDS & {part.lower() for part in (*place.parts[:-1], place.name.split(".")[0])}]
    assert not lazy, lazy


def test_the_word_event_is_not_used_in_the_twin(files, root):
    twin = [path for path in files if path.suffix == ".py" and path.is_relative_to(root / "src/biotwin")]
    assert twin
    said = {f"{path.relative_to(root)}: {name}" for path in twin for name in names_given(path) if EVENT.search(name)}
    assert not said, f"say input, fact, alarm or news: {said}"


def test_no_promise_is_left_in_the_product(files, root):
    promise = re.compile(r"\b(TODO|FIXME|XXX)\b|NotImplementedError|lorem ipsum|coming soon", re.IGNORECASE)
    product = [path for path in files if path.suffix in {".py", ".ts", ".html", ".yaml", ".md", ".css"}
               and path.relative_to(root).parts[0] in {"src", "islands", "content", "tools"}]
    left = [f"{path.relative_to(root)}:{number}" for path in product
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if promise.search(line)]
    assert not left, left
