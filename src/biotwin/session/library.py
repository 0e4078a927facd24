"""The scenarios of a content folder."""

from __future__ import annotations

import os
from pathlib import Path

from biotwin.errors import UnknownName, known
from biotwin.session.scenario import Scenario, compile_scenario


def content_folder() -> Path:
    """``BIOTWIN_CONTENT``, else ``content/`` of the checkout, else the one installed beside the package."""
    named = os.environ.get("BIOTWIN_CONTENT")
    if named:
        return Path(named)
    here = Path(__file__).resolve()
    for candidate in (here.parents[3] / "content", here.parents[1] / "content"):
        if candidate.is_dir():
            return candidate
    return Path("content")


def scenario_slugs(folder: Path | None = None) -> tuple[str, ...]:
    """The slugs found, sorted."""
    root = folder or content_folder()
    return tuple(sorted(p.parent.name for p in root.glob("scenarios/*/scenario.yaml")))


def load_scenario(slug: str, folder: Path | None = None) -> Scenario:
    """One scenario by slug; raises ``UnknownName`` or ``DescriptionError`` with file and line."""
    root = folder or content_folder()
    if slug not in scenario_slugs(root):
        raise UnknownName(f"the scenario {slug!r} is unknown.", next_step=known(scenario_slugs(root)))
    return compile_scenario(root / "scenarios" / slug, root / "plants")


def scenarios(folder: Path | None = None) -> dict[str, Scenario]:
    """All scenarios by slug."""
    return {slug: load_scenario(slug, folder) for slug in scenario_slugs(folder)}
