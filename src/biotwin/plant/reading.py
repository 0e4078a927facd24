"""Reading descriptions: safe YAML with size, depth and alias limits, and a line number for whatever is wrong.

Nothing is evaluated: only maps, lists, strings, numbers and booleans exist. Duplicate keys are an error.
"""

from __future__ import annotations

import copy
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from biotwin.errors import DescriptionError

SIZE_LIMIT = 2_000_000
DEPTH_LIMIT = 24
ALIAS_LIMIT = 100
T = TypeVar("T")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken, yaml.BlockSequenceStartToken,
            yaml.BlockMappingStartToken)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)
_NUMBER = re.compile(r"^[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d+$")
_FIELD = re.compile(r"(?:unknown|required) field `([^`]+)`")
_GOT = re.compile(r"got `(\w+)`")
_WIRE_NAMES = {str: "str", int: "int", float: "float", bool: "bool", list: "array", dict: "object", type(None): "null"}
_PATH_PART = re.compile(r"\.([A-Za-z0-9_/-]+)|\[(\d+|\.\.\.)\]")


class Source:
    """A YAML file: its plain data and the place of every node. Raises ``DescriptionError`` with file and line."""

    def __init__(self, path: Path, root: Path | None = None) -> None:
        self.path = path
        self.name = str(path.relative_to(root)) if root and path.is_relative_to(root) else path.name
        self.places: dict[tuple[str, ...], str] = {}
        try:
            text = path.read_bytes()
        except OSError as error:
            raise DescriptionError(f"cannot be read ({error.strerror}).", where=self.name) from None
        if len(text) > SIZE_LIMIT:
            raise DescriptionError(f"is larger than {SIZE_LIMIT} bytes.", where=self.name)
        self.data = self._compose(text.decode("utf-8", errors="replace"))

    def _compose(self, text: str) -> Any:
        try:
            self._count(text)
            loader = _LOADER(text)
            try:
                node = loader.get_single_node()
                return None if node is None else self._plain(node, (), loader)
            finally:
                loader.dispose()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f"{self.name}:{mark.line + 1}" if mark else self.name
            problem = getattr(error, "problem", None) or "is not valid YAML"
            raise DescriptionError(f"{problem}.", where=where) from None
        except RecursionError:
            raise DescriptionError("is nested too deeply.", where=self.name) from None

    def _count(self, text: str) -> None:
        """Refuse too many aliases and too many levels before anything is built: the scanner stops at the first."""
        aliases = depth = 0
        for token in yaml.scan(text, Loader=_LOADER):
            aliases += isinstance(token, yaml.AliasToken)
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            where = f"{self.name}:{token.start_mark.line + 1}"
            if aliases > ALIAS_LIMIT:
                raise DescriptionError(f"has more than {ALIAS_LIMIT} aliases.", where=where)
            if depth > 2 * DEPTH_LIMIT:
                raise DescriptionError(f"is nested more than {DEPTH_LIMIT} levels deep.", where=where)

    def _plain(self, node: yaml.Node, path: tuple[str, ...], loader: Any) -> Any:
        line = node.start_mark.line + 1
        self.places[path] = f"{self.name}:{line}"
        if len(path) > DEPTH_LIMIT:
            raise DescriptionError(f"is nested more than {DEPTH_LIMIT} levels deep.", where=f"{self.name}:{line}")
        if isinstance(node, yaml.MappingNode):
            result: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in result:
                    where = f"{self.name}:{key_node.start_mark.line + 1}"
                    raise DescriptionError(f"the key {key!r} stands twice.", where=where)
                result[key] = self._plain(value_node, (*path, key), loader)
                self.places[(*path, key)] = f"{self.name}:{key_node.start_mark.line + 1}"
            return result
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(child, (*path, str(i)), loader) for i, child in enumerate(node.value)]
        value = loader.construct_object(node)
        if isinstance(value, str) and not getattr(node, "style", None) and _NUMBER.match(value):
            return float(value)  # YAML 1.1 takes 1e9 for a word; people mean the number
        return value if isinstance(value, (str, int, float, bool, type(None))) else str(node.value)

    def where(self, *path: str | int) -> str:
        """``file:line`` of the nearest known node on ``path``."""
        parts = tuple(str(p) for p in path)
        while parts and parts not in self.places:
            parts = parts[:-1]
        return self.places.get(parts, f"{self.name}:1")

    def standing_on(self, base: Source) -> Source:
        """This file with everything from ``base`` that it does not say itself: maps merge, ``null`` removes, all else
        replaces. Complaints keep naming the file in which a thing stands.
        """
        both = copy.copy(self)
        both.places = base.places | self.places
        both.data = _merged(base.data, self.data)
        return both

    def convert(self, kind: type[T]) -> T:
        """The data as a msgspec struct; a mismatch names the line and the field."""
        try:
            return msgspec.convert(self.data, kind, strict=False)
        except msgspec.ValidationError as error:
            message, _, raw = str(error).partition(" - at `$")
            path = self._path(message, raw.rstrip("`"))
            field = ".".join(path)
            raise DescriptionError(f"{field + ': ' if field else ''}{message}.", where=self.where(*path)) from None

    def _path(self, message: str, raw: str) -> tuple[str, ...]:
        """The node that msgspec complains of; where it elides a map's key (``[...]``), the first that fits."""
        pattern = [name or index for name, index in _PATH_PART.findall(raw)]
        named = _FIELD.search(message)
        own = [p for p in self._matching(pattern) if _fits(message, self._value(p), named[1] if named else "")]
        if not own:
            return tuple(pattern[: pattern.index("...")] if "..." in pattern else pattern)
        return (*own[0], named[1]) if named and "unknown" in message else own[0]

    def _matching(self, pattern: list[str]) -> list[tuple[str, ...]]:
        """Every node whose path has these names, ``...`` standing for any."""
        return [path for path in self.places if len(path) == len(pattern)
                and all(b in ("...", a) for a, b in zip(path, pattern, strict=True))]

    def _value(self, path: tuple[str, ...]) -> Any:
        value = self.data
        for part in path:
            value = value[int(part)] if isinstance(value, list) else value.get(part, {})
        return value


def _fits(message: str, value: Any, field: str) -> bool:
    """Whether msgspec's complaint can be about this value: of the type that it got, with or without the field."""
    if field:
        return isinstance(value, dict) and (field in value) == ("unknown" in message)
    got = _GOT.search(message)
    return got is None or got[1] == _WIRE_NAMES.get(type(value), "")


def read_source(path: Path, root: Path | None = None) -> Source:
    """The file, read once as long as it does not change."""
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0, root)


@lru_cache(maxsize=128)
def _read(path: Path, stamp: int, root: Path | None) -> Source:
    return Source(path, root)


def _merged(below: Any, above: Any) -> Any:
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    merged = {k: _merged(v, above[k]) if k in above else v for k, v in below.items()}
    merged |= {k: v for k, v in above.items() if k not in below}
    order = above if set(above) >= set(merged) else merged  # a file that names every key also gives their order
    return {k: merged[k] for k in order if merged[k] is not None}
