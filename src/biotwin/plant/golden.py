"""The golden band of a plant: between which values each instrument of healthy lots runs, over the time of a lot.

Computed by ``biotwin golden`` from at least 200 healthy flights and kept beside the plant as ``golden.json``; it is
data, like a limit, and names the plant's digest, so that a test says when the plant has moved on.
"""

from __future__ import annotations

from pathlib import Path

import msgspec


class GoldenBand(msgspec.Struct, frozen=True):
    """``time``: ms from the start of the lot; ``bands``: tag -> (low, high), SI, one number per time. ``begins``: the
    phase in which those lots began.
    """

    plant: str
    digest: str
    members: int
    percentiles: tuple[float, float]
    time: tuple[int, ...]
    bands: dict[str, tuple[tuple[float, ...], tuple[float, ...]]]
    begins: str


def golden_path(plants: Path, slug: str) -> Path:
    """Where a plant's band lies."""
    return plants / slug / "golden.json"


def read_golden(plants: Path, slug: str) -> GoldenBand | None:
    """The band kept beside a plant, or None."""
    path = golden_path(plants, slug)
    return msgspec.json.decode(path.read_bytes(), type=GoldenBand) if path.exists() else None


def write_golden(plants: Path, band: GoldenBand) -> Path:
    """Keep a band beside its plant."""
    path = golden_path(plants, band.plant)
    path.write_bytes(msgspec.json.encode(band) + b"\n")
    return path
