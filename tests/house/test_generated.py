"""What is generated is fresh."""

from __future__ import annotations

from campus.simulator import typescript
from tools import schemas


def test_the_islands_speak_the_protocol():
    assert typescript.main(["--check"]) == 0, "run make generate"


def test_the_schemas_for_editors_are_fresh():
    assert schemas.stale() == [], "run make generate"
