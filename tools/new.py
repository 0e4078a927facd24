"""Make a new folder from a template that is valid as it stands: ``make new KIND=equipment SLUG=my_drawer``.

A template's files are copied and some words replaced: ``__slug__``, ``__title__`` and, in a scenario,
``__plant__`` and ``__phase__``: the first plant that there is, and its first phase. Nothing is ever overwritten.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = Path(__file__).resolve().parent / "templates"
TEXTS = {".py", ".yaml", ".md", ".svg"}


@dataclass(frozen=True)
class Kind:
    """Where a kind of thing lives, how it may be named, and what to do once it is there."""

    folder: str
    slug: str
    shape: str
    next_step: str


KINDS = {
    "equipment": Kind("src/biotwin/equipment", "^[a-z][a-z0-9_]{1,59}$", "my_drawer",
                      "Add \"{slug}\" to ORDER in src/biotwin/plant/library.py, where a tick should visit it. "
                      "Then: make test-fast"),
    "plant": Kind("content/plants", "^[a-z0-9][a-z0-9-]{1,59}$", "my-plant",
                  "It can be flown as it stands. Make a scenario of it: make new KIND=scenario SLUG={slug}-first"),
    "scenario": Kind("content/scenarios", "^[a-z0-9][a-z0-9-]{1,59}$", "my-scenario",
                     "Choose its plant, then: make test-fast"),
}


def first_plant(root: Path) -> tuple[str, str]:
    """A plant that exists, and the phase that its recipe begins with, for a new scenario to stand on."""
    paths = sorted((root / "content/plants").glob("*/plant.yaml"))
    if not paths:
        raise FileNotFoundError("A scenario needs a plant: make new KIND=plant SLUG=my-plant")
    described = yaml.safe_load(paths[0].read_text(encoding="utf-8"))
    (unit,) = described["units"].values()
    return paths[0].parent.name, next(iter(unit["phases"]))


def make(kind: str, slug: str, *, root: Path = ROOT) -> Path:
    """Copy the template of ``kind`` to its place under ``root``; the new folder. Raises ``FileExistsError``."""
    words = {"__slug__": slug, "__title__": re.sub("[-_]", " ", slug).capitalize()}
    if kind == "scenario":
        words["__plant__"], words["__phase__"] = first_plant(root)
    target = root / KINDS[kind].folder / slug
    target.mkdir(parents=True)
    for source in sorted(path for path in (TEMPLATES / kind).iterdir() if path.suffix in TEXTS):
        text = source.read_text(encoding="utf-8")
        for mark, word in words.items():
            text = text.replace(mark, word)
        (target / source.name).write_text(text, encoding="utf-8")
    return target


def main(arguments: list[str]) -> int:
    """``KIND SLUG``; 1 with a message where it cannot be done."""
    kind, slug = (*arguments, "", "")[:2]
    if kind not in KINDS:
        print(f"KIND must be one of {', '.join(KINDS)}: make new KIND=equipment SLUG=my_drawer", file=sys.stderr)
        return 1
    if not re.match(KINDS[kind].slug, slug):
        print(f"{slug!r} cannot name a new {kind}; write it like {KINDS[kind].shape}.", file=sys.stderr)
        return 1
    try:
        target = make(kind, slug)
    except FileExistsError:
        print(f"{KINDS[kind].folder}/{slug} is there already; nothing was changed.", file=sys.stderr)
        return 1
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{target.relative_to(ROOT)}\n{KINDS[kind].next_step.format(slug=slug)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
