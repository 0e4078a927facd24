"""Each folder holds what a drawer must: data in two languages, a symbol, a body, its pages, references that pass."""

from __future__ import annotations

import itertools
import math
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
import yaml

from biotwin.equipment.analyser import model as analyser
from biotwin.qualification.judging import judge
from biotwin.qualification.references import declared
from biotwin.quantity import display, si
from tests.drawers.bench import EQUIPMENT, FOLDERS


def _texts(node: Any, language: str) -> list[str]:
    if isinstance(node, dict):
        own = [node[language]] if {"fr", "en"} <= set(node) else []
        return own + [t for v in node.values() for t in _texts(v, language)]
    return [t for v in node for t in _texts(v, language)] if isinstance(node, list) else []


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("slug", FOLDERS)
def test_malfunctions_are_complete_in_both_languages(slug: str) -> None:
    for name, entry in _load(EQUIPMENT / slug / "malfunctions.yaml").items():
        assert set(entry) == {"input", "worst", "onset", "title", "cues", "response", "source"}, name
        assert si(entry["onset"], "s") >= 0.0
        for part in ("title", "cues", "response"):
            assert set(entry[part]) == {"fr", "en"}
            assert all(entry[part].values())


@pytest.mark.parametrize("slug", FOLDERS)
def test_french_has_its_narrow_spaces(slug: str) -> None:
    texts = [t for f in ("malfunctions.yaml", "reference.yaml", "analysers.yaml")
             if (EQUIPMENT / slug / f).exists() for t in _texts(_load(EQUIPMENT / slug / f), "fr")]
    texts.append((EQUIPMENT / slug / "methodology.fr.md").read_text(encoding="utf-8"))
    for text in texts:
        for mark in (" ;", " :", " !", " ?", " %"):
            assert mark not in text, (mark, text[:80])


@pytest.mark.parametrize("slug", FOLDERS)
def test_methodology_pages_are_twins(slug: str) -> None:
    french, english = ((EQUIPMENT / slug / f"methodology.{c}.md").read_text(encoding="utf-8") for c in ("fr", "en"))
    headings = [[line.split(" ")[0] for line in t.splitlines() if line.startswith("#")] for t in (french, english)]
    assert headings[0] == headings[1]
    assert len(headings[0]) >= 4
    assert min(len(french), len(english)) > 1200


@pytest.mark.parametrize("slug", FOLDERS)
def test_the_symbol_is_a_plain_drawing(slug: str) -> None:
    text = (EQUIPMENT / slug / "symbol.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.get("viewBox") == "0 0 48 48"
    assert "currentColor" in text
    for node in root.iter():
        assert not node.tag.endswith(("script", "style", "foreignObject", "image", "use"))
        assert "style" not in node.attrib
        assert not any(k.startswith("on") or k.endswith("href") for k in node.attrib)


@pytest.mark.parametrize("slug", FOLDERS)
def test_the_body_has_dimensions(slug: str) -> None:
    body = _load(EQUIPMENT / slug / "body.yaml")
    assert body["parts"]
    for part in body["parts"]:
        sizes = [si(v, "m") for k, v in part.items() if k in ("width", "depth", "height", "diameter", "length")]
        assert len(sizes) >= 2, part
        assert all(0.0 < v < 10.0 for v in sizes), part
        assert len(part["at"]) == 3
        assert all(math.isfinite(si(v, "m")) for v in part["at"])


@pytest.mark.slow
@pytest.mark.parametrize("slug", FOLDERS)
def test_references_hold(slug: str) -> None:
    tests = declared(EQUIPMENT / slug / "reference.yaml")
    assert tests
    for test in tests:
        verdict, explained = judge(test), test.test.discrepancy is not None
        assert verdict.passed != explained, (test.test.id, verdict.miss or "It passes: take its discrepancy away.")


def test_every_analyser_can_be_built_and_answers() -> None:
    for name, entry in _load(EQUIPMENT / "analyser" / "analysers.yaml").items():
        assert si(entry["delay"], "s") > 0.0
        assert 0.0 < si(entry["volume"], "m^3") < 1e-4
        assert si(entry["cost"], "euro") > 0.0
        assert "[D]" in entry["source"] or "eaching" in entry["source"] or "[V]" in entry["source"], name
        for analyte in entry["analytes"].values():
            unit = analyte["unit"]
            p = analyser.Parameters(
                relative_error=si(analyte["relative_error"], "1"), absolute_error=si(analyte["absolute_error"], unit),
                bias=si(analyte.get("bias", 0.0), unit), low=si(analyte["low"], unit), high=si(analyte["high"], unit),
            )
            display(analyte["shown"], of=unit)
            middle = math.sqrt(max(p.low, 1e-3 * p.high) * p.high)
            result = analyser.measured(analyser.Inputs(true_value=middle, deviate=0.0), p)
            assert result.quality == analyser.GOOD
            assert result.value == pytest.approx(middle + p.bias)
            below = analyser.measured(analyser.Inputs(true_value=p.low - 10.0 * p.absolute_error), p)
            assert below.quality == analyser.CENSORED
            assert below.value == p.low
            assert analyte["title"]["fr"]
            assert analyte["title"]["en"]
            assert analyte["why"]


def test_the_sampler_remembers_less_after_a_longer_purge() -> None:
    from biotwin.equipment.sampler.model import Inputs, Parameters, sampling

    p = Parameters()
    carried = [sampling(Inputs(requested=1e-5, purge=n * p.dead_volume), p).carry_over for n in range(6)]
    assert all(0.0 < b < a < 1.0 for a, b in itertools.pairwise(carried))
    assert sampling(Inputs(requested=0.0), p).carry_over == 1.0
    risks = [sampling(Inputs(requested=1e-5, aseptic=a), p).contamination_probability for a in (1.0, 0.5, 0.0)]
    assert risks[0] == p.aseptic_risk < risks[1] < risks[2] <= p.open_risk
