"""What the repository must not hold, and what it must: addresses, machine paths, licences, locks, decisions."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

# Written in pieces, so that this file does not find itself.
MACHINE = re.compile("|".join(("/" + "work/", "/" + "root/", r"/" + r"home/[a-z]+/", r"/" + r"Users/[A-Za-z]+/")))
REGISTRY = re.compile(r"https?://[^\s\"']*(?:/" + r"simple\b|/packages/|\.whl|\.tgz|\.tar\.gz)|registry\." + r"npmjs|"
                      r"files\." + r"pythonhosted|(?:pypi)\." + r"org")
BINARY = {".woff2", ".png", ".jpg", ".parquet", ".npz", ".ico", ".mo"}
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)(?: ; (.*?))? \\$", re.MULTILINE)


def text_files(files: list[Path]) -> list[Path]:
    return [path for path in files if path.suffix not in BINARY]


def pins(path: Path) -> set[tuple[str, ...]]:
    return set(PINNED.findall(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(("what", "pattern"), [("path of a machine", MACHINE), ("address of a registry", REGISTRY)],
                         ids=["path", "address"])
def test_the_repository_holds_no(what, pattern, files, root):
    found = [f"{path.relative_to(root)}: {match[0]}" for path in text_files(files)
             if (match := pattern.search(path.read_text(encoding="utf-8")))]
    assert not found, f"{what}: {found}"


def test_every_python_package_is_locked_with_hashes(root):
    for path in (root / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=\S)", text.strip())
        assert len(blocks) >= 3
        assert all("--hash=sha256:" in block for block in blocks), path.name
        assert "://" not in text, path.name


def test_a_server_runs_what_was_tested(root):
    assert pins(root / "requirements/campus.txt") <= pins(root / "requirements/locked.txt")


def test_the_lock_covers_what_the_project_asks_for(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + [line for extra in project["optional-dependencies"].values() for line in extra]
    names = {re.split(r"[\[<>=!~ ]", line)[0].lower() for line in asked} - {project["name"]}
    locked = {name.lower() for name, *_ in pins(root / "requirements/locked.txt")}
    assert names <= locked, names - locked


def test_the_oracles_are_locked_and_stay_out_of_the_product(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    names = {re.split(r"[<>=!~; ]", line)[0] for line in project["dependency-groups"]["peers"]}
    assert "cadet-core" in names
    assert names <= {name.lower() for name, *_ in pins(root / "requirements/peers.txt")}
    shipped = {name.lower() for name, *_ in pins(root / "requirements/locked.txt")}
    assert "cadet-core" not in shipped
    speaks = re.compile(r"^\s*(import|from) (cadet|h5py)\b", re.MULTILINE)
    found = [path.name for path in (root / "src").rglob("*.py") if speaks.search(path.read_text(encoding="utf-8"))]
    assert found == ["cadet_peer.py"], "only the process of its own speaks to CADET-Core"


def test_npm_packages_come_from_a_registry_with_integrity(root):
    lock = json.loads((root / "islands/package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        if not name:
            continue
        assert "integrity" in package, name
        assert "resolved" not in package, f"{name}: set omit-lockfile-registry-resolved=true in islands/.npmrc"
        wanted = json.dumps({kind: package.get(kind, {}) for kind in ("dependencies", "optionalDependencies")})
        assert not re.search(r"git\+|://", wanted), name


def test_licences_are_there(root):
    assert "Apache License" in (root / "LICENSE").read_text(encoding="utf-8")
    assert "SPDX-License-Identifier: CC-BY-4.0" in (root / "LICENSES/CC-BY-4.0.txt").read_text(encoding="utf-8")
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0 AND CC-BY-4.0"


def test_decisions_are_numbered_and_listed(root):
    folder = root / "docs/adr"
    pages = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
    listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert listed == pages
    for name in pages:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.startswith(f"# {int(name[:4])}. ")
        assert all(f"## {part}" in text for part in ("Context", "Decision", "Consequences", "Rejected")), name


def test_links_between_pages_lead_somewhere(files, root):
    broken = []
    for page in (path for path in files if path.suffix == ".md"):
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
        for target in re.findall(r"\]\(([^)#\s]+)", prose):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(root)}: {target}")
    assert not broken, broken


def test_the_readme_fits_on_two_screens(root):
    assert len((root / "README.md").read_text(encoding="utf-8").splitlines()) <= 80


def test_every_make_target_is_explained(root):
    text = (root / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split()
    assert all(re.search(rf"^{target}:.*## \S", text, re.MULTILINE) for target in targets)
