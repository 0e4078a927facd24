"""What a scenario's pilots are worth: each flown under one seed, and kept beside the scenario as ``scores.json``.

The page of a scenario shows them, so that everybody knows before the flight what doing nothing is worth.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from biotwin.pilots.scripted import DO_NOTHING, fly_pilot, pilot_names
from biotwin.session.scenario import Scenario

SEED = 7
"""Of every kept score."""
DIGITS = 2
FILE = "scores.json"


class Scores(msgspec.Struct, frozen=True):
    """Total scores, 0..1, by pilot; ``nothing`` is among them."""

    seed: int
    pilots: dict[str, float]

    @property
    def nothing(self) -> float:
        return self.pilots[DO_NOTHING]

    @property
    def wins(self) -> float | None:
        return self.pilots.get("wins")


def flown_scores(scenario: Scenario) -> Scores:
    """Fly all pilots (a fraction of a second each)."""
    return Scores(SEED, {pilot: round(fly_pilot(scenario, pilot, SEED).figures.score, DIGITS)
                         for pilot in (DO_NOTHING, *(p for p in pilot_names(scenario) if p != DO_NOTHING))})


def kept_scores(folder: Path) -> Scores | None:
    """Those kept in a scenario's folder; None where there are none."""
    path = folder / FILE
    return msgspec.json.decode(path.read_bytes(), type=Scores) if path.is_file() else None


def keep_scores(folder: Path, scores: Scores) -> Path:
    """Write them; the file ends with a line feed, one pilot a line."""
    path = folder / FILE
    path.write_bytes(msgspec.json.format(msgspec.json.encode(scores), indent=1) + b"\n")
    return path
