"""Places on the picture, in picture units (1000 wide): boxes, the vessel, the nodes of whatever is not a vessel."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

WIDTH = 1000.0
LANE = 36.0
"""Over the top of a train."""
FIRST, PITCH = 60.0, 43.0


class Way(StrEnum):
    """How a plant is arranged; ``layout.way_of`` is the only place that chooses."""

    VESSEL = "vessel"
    SKID = "skid"
    ROWS = "rows"
    PLATE = "plate"
    TRAIN = "train"


@dataclass(frozen=True)
class Rect:
    """A box on the picture; ``size`` is its kind: full, flow, weight, exhaust, small."""

    x: float
    y: float
    width: float
    height: float
    size: str = "full"

    def meets(self, other: Rect) -> bool:
        return (self.x < other.x + other.width and other.x < self.x + self.width
                and self.y < other.y + other.height and other.y < self.y + self.height)

    def holds(self, other: Rect) -> bool:
        return (self.x <= other.x and other.x + other.width <= self.x + self.width
                and self.y <= other.y and other.y + other.height <= self.y + self.height)


@dataclass(frozen=True)
class VesselPlace:
    """A dished cylinder: ``top`` and ``bottom`` of the heads, ``shoulder`` and ``foot`` of the straight wall."""

    x: float
    radius: float
    top: float
    shoulder: float
    foot: float
    bottom: float

    def head(self, x: float) -> float:
        """The height of the upper head at ``x``."""
        return self.shoulder - (self.shoulder - self.top) * math.sqrt(max(0.0, 1 - ((x - self.x) / self.radius) ** 2))


@dataclass(frozen=True)
class Node:
    """An equipment with a place of its own: its symbol's centre and size, its column, the lane above."""

    at: tuple[float, float]
    size: float
    left: float
    breadth: float
    lane: float = LANE


@dataclass
class Layout:
    """What the drawing needs; ``rows`` and ``pipes`` go by a line's name, ``nodes`` and ``links`` by their equipment's.

    ``inlets``: where lines that come from the left end in what they feed, the first line's first.
    """

    way: Way = Way.TRAIN

    height: float = 0.0
    rows: dict[str, float] = field(default_factory=dict)
    pipes: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    boxes: dict[str, Rect] = field(default_factory=dict)
    tiles: dict[str, tuple[float, float]] = field(default_factory=dict)
    vessel: VesselPlace = VesselPlace(520, 80, 140, 184, 458, 500)
    exhaust: float = FIRST
    jacket: float = 0.0
    harvest: float = 0.0
    manifold: tuple[float, float, float] | None = None
    nodes: dict[str, Node] = field(default_factory=dict)
    links: dict[tuple[str, str], list[tuple[float, float]]] = field(default_factory=dict)
    inlets: tuple[tuple[float, float], ...] = ()
    drains: dict[str, tuple[float, float]] = field(default_factory=dict)
    strips: dict[str, float] = field(default_factory=dict)
