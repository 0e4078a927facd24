"""What is written down: complete, in both languages, sourced; a mistake in a file is named with its line."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

import biotwin.release as package
from biotwin.errors import DescriptionError, UnknownName
from biotwin.release import load_book
from biotwin.release.facts import KINDS, MISSING, REFUSALS
from biotwin.release.inputs import ROLES
from tests.content.garden import plain, texts
from tests.content.test_prose import THIN, badly_set
from tests.release.lots import FOLDER, book

FILES = sorted(FOLDER.rglob("*.yaml"))
SOURCE = {path.name: path.read_text(encoding="utf-8") for path in Path(package.__file__).parent.glob("*.py")}
REQUIRED = ("a280", "sec_monomer", "sec_hmw", "cex_acidic", "hcp", "dna", "ligand", "endotoxin", "bioburden",
            "sterility", "potency", "subvisible", "visible", "moisture", "ph", "osmolality", "appearance", "ccit",
            "adventitious_virus", "mycoplasma")
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@every_file
def test_every_text_is_there_in_both_languages(path):
    found = list(texts(plain(path)))
    says_nothing = path.parent != FOLDER and path.stem in ("filing", "stability")
    assert bool(found) != says_nothing, "only what names things and rates says nothing"
    for where, text in found:
        assert set(text) == {"fr", "en"}, where
        assert THIN not in text["en"], where
        assert not badly_set(text["fr"]), (where, badly_set(text["fr"]))
        assert bool(text["fr"].strip()) == bool(text["en"].strip()), where


@every_file
def test_every_file_has_its_licence(path):
    assert path.read_text(encoding="utf-8").startswith("# SPDX-License-Identifier: CC-BY-4.0\n")


def test_every_assay_that_was_asked_for_is_there_and_used():
    used = {test.line.method for test in book().tests.values()}
    assert set(REQUIRED) <= used
    assert used == set(book().methods)
    for method in book().methods.values():
        assert {test.stage for test in book().tests.values() if test.method is method} == set(method.reads)


def test_every_number_has_a_source():
    for slug, test in book().tests.items():
        assert len(test.line.source) > 10, slug
        assert len(test.method.source) > 10, slug
        assert min(len(test.line.justification.fr), len(test.line.justification.en)) > 15, slug


def test_a_presentation_says_only_what_it_asks_for_otherwise():
    liquid, usual = load_book(FOLDER, presentation="liquid"), book()
    assert load_book(FOLDER, presentation="liquid") is liquid
    assert set(usual.tests) - set(liquid.tests) == {"product.moisture", "product.appearance"}
    assert liquid.water == 0.0 < usual.water
    assert all(usual.tests[slug] == liquid.tests[slug] for slug in liquid.tests if not slug.startswith("product."))
    assert liquid.filing.states["product"]["leaking"] == "filling.leaking"


def test_a_presentation_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnknownName, match="gas"):
        load_book(FOLDER, presentation="gas")
    shutil.copytree(FOLDER, tmp_path / "laboratory")
    path = tmp_path / "laboratory" / "liquid" / "filing.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("leaking:", "leaks:"), encoding="utf-8")
    with pytest.raises(DescriptionError, match="leaks"):
        load_book(tmp_path / "laboratory", presentation="liquid")


def test_former_lots_were_inside_the_specification():
    for slug, test in book().tests.items():
        assert all(test.inside(test.ticks(test.shown.si(value))) for value in test.history), slug


def test_the_codes_in_words_are_those_that_the_engine_says():
    whole = "\n".join(SOURCE[name] for name in SOURCE if name != "facts.py")
    for code in REFUSALS | MISSING | KINDS:
        assert re.search(rf'"{code}"', whole), f"nothing says {code}"
    said = {node.args[2].value for text in SOURCE.values() for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refused"
            and len(node.args) > 2 and isinstance(node.args[2], ast.Constant)}
    assert said <= REFUSALS
    assert set(book().texts.roles) == set(ROLES.values())
    assert set(book().texts.verdicts) == {"missing", "under_way", "open", "fails", "passes"}


@pytest.mark.parametrize(("file", "old", "new", "says"), [
    ("specification.yaml", "method: hcp\n", "method: hpc\n", "'hpc'"),
    ("specification.yaml", "high: 100 ppm", "high: 100 g/L", "100 g/L"),
    ("specification.yaml", "high: 100 ppm", "high: 1 ppm", "below the limit of quantification"),
    ("methods.yaml", "truth: hcp_ratio", "truth: hcp_rato", "'hcp_rato'"),
    ("methods.yaml", "intermediate: 16 %", "intermediate: 6 %", "repeatability"),
    ("methods.yaml", "law: units", "law: guess", "guess|law"),
    ("quality.yaml", "addresses: [planning]", "addresses: [plonning]", "'plonning'"),
    ("clearance.yaml", "integrity: virus_filter_post_use", "integrity: virus_filter", "'virus_filter'"),
    ("clearance.yaml", "claims: {retrovirus: 5.2}", "claims: {retro: 5.2}", "'retro'"),
    ("filing.yaml", "isolator_gloves:", "isolator_glooves:", "'isolator_glooves'"),
    ("filing.yaml", "si: m^3/s, unit_shown", "si: m^3, unit_shown", "13.3"),
    ("filing.yaml", "unit_shown: mbar/min", "unit_shown: mL/min", "mL/min"),
    ("filing.yaml", "virus_filtration, phase: integrity, ", "virus_filtration, ", "a subject, or from a report"),
    ("filing.yaml", 'least: 20 min, alarm: "*ft306_high"', "least: 20 min", "judged by an alarm"),
    ("filing.yaml", "grade: a, method: settle", "grade: e, method: settle", "'e'"),
    ("texts.yaml", "  too_late: {", "  much_too_late: {", "too_late"),
])
def test_a_mistake_in_a_file_is_named_with_its_line(tmp_path, file, old, new, says):
    shutil.copytree(FOLDER, tmp_path / "laboratory")
    path = tmp_path / "laboratory" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DescriptionError, match=says) as caught:
        load_book(tmp_path / "laboratory")
    assert re.match(r"[a-z]+\.yaml:\d+$", caught.value.where)


def test_the_truth_stays_behind_the_wall():
    """What a seat is given is made without the samples: only arriving results and the debrief read what is true."""
    readers = {name for name, text in SOURCE.items() if re.search(r"true_value|value_of\(|\.material\b", text)}
    assert readers == {"assay.py", "laboratory.py", "programme.py", "reveal.py", "truths.py"}
    causes = {name for name, text in SOURCE.items() if re.search(r"true_causes|\.malfunctions", text)}
    assert causes == {"filing.py", "quality.py", "reveal.py"}
