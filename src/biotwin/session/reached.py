"""What generated code is made of: the sources that it reaches through imports, so that an edit elsewhere spares it."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


def code_digest(text: str) -> str:
    """blake2b of a source text and of every module of this package that it imports, however far: 32 hex digits."""
    digest = hashlib.blake2b(text.encode(), digest_size=16)
    for path in sorted(closure(text)):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def closure(text: str) -> set[Path]:
    """Files of all modules of this package that a source text imports, however far."""
    found: set[Path] = set()
    waiting = list(_imported(text))
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports_of(path)
    return found


@lru_cache(maxsize=1024)
def _imports_of(path: Path) -> tuple[Path, ...]:
    return tuple(_imported(path.read_text(encoding="utf-8")))


def _imported(text: str) -> Iterator[Path]:
    """Files of this package's modules that a source names in its imports."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield from _files(f"{node.module}.{alias.name}") or _files(node.module)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield from _files(alias.name)


def _files(module: str) -> list[Path]:
    """The file of a module, or of a package where it is itself what is named; empty for other names."""
    name, *parts = module.split(".")
    place = ROOT.joinpath(*parts)
    files = (place.with_suffix(".py"), place / "__init__.py")
    return [path for path in files if path.exists()] if name == ROOT.name else []
