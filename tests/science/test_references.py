"""The objective tests of the vessel: each passes, or says openly in both languages why it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

import biotwin
from biotwin.qualification.judging import judge
from biotwin.qualification.references import Declared, declared

FILE = Path(biotwin.__file__).parent / "equipment" / "stirred_bioreactor" / "reference.yaml"


@pytest.mark.slow
@pytest.mark.parametrize("test", declared(FILE), ids=lambda d: d.test.id)
def test_an_objective_test_holds_or_is_explained(test: Declared) -> None:
    verdict = judge(test)
    explained = test.test.discrepancy is not None
    assert verdict.passed != explained, verdict.miss or "It passes: take its discrepancy away."
