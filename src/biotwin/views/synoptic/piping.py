"""How skids that are always built alike are piped: where what is wired to such a class stands, and the pipes between.

A piping speaks of the inputs of a class, never of a plant's names: what an input is wired to gets the place of that
input. Picture units, as everywhere; the lines come from the left and end at the inlets, the first listed outermost.
"""

from __future__ import annotations

from dataclasses import dataclass

from biotwin.views.synoptic.marks import Point
from biotwin.views.synoptic.places import Rect


@dataclass(frozen=True)
class Run:
    """A pipe: ``by`` is the input whose giver shows whether it flows; ``head`` the arrow's direction, or none."""

    by: str
    corners: tuple[Point, ...]
    head: str = ""


@dataclass(frozen=True)
class Piping:
    """``parts`` by input; ``backwards``: drawn from right to left; ``words``: a word's key and where it ends."""

    parts: dict[str, Point]
    own: Point
    size: float
    tank: Rect
    bag: Point
    inlets: tuple[float, ...]
    runs: tuple[Run, ...]
    words: dict[str, Point]
    foot: float
    capsule: Point | None = None
    backwards: tuple[str, ...] = ()


PIPINGS: dict[str, Piping] = {
    "ultrafiltration": Piping(
        parts={"feed_flow": (560, 300), "retentate_opening": (610, 172), "withdrawal_flow": (560, 392),
               "diversion": (660, 392)},
        own=(756, 254), size=96, tank=Rect(420, 140, 80, 116), bag=(756, 392), inlets=(474, 446),
        runs=(
            Run("feed_flow", ((460, 256), (460, 300), (708, 300)), "right"),
            Run("retentate_opening", ((756, 206), (756, 172), (500, 172))),
            Run("feed_flow", ((804, 270), (990, 270)), "right"),
            Run("withdrawal_flow", ((460, 300), (460, 392), (740, 392)), "right"),
            Run("withdrawal_flow", ((660, 392), (660, 426)), "down"),
        ),
        words={"permeate": (986, 263), "drain": (650, 424), "bag": (812, 397)}, foot=470,
    ),
    "virus_filter": Piping(
        parts={"air_opening": (548, 116), "vent_opening": (548, 66), "outlet_opening": (748, 320),
               "diversion": (830, 320), "return_flow": (600, 430)},
        own=(660, 320), size=84, tank=Rect(420, 148, 80, 130), bag=(920, 320), inlets=(452, 434),
        runs=(
            Run("air_opening", ((612, 116), (488, 116), (488, 148)), "down"),
            Run("vent_opening", ((470, 148), (470, 66), (606, 66)), "right"),
            Run("outlet_opening", ((460, 278), (460, 320), (642, 320)), "right"),
            Run("outlet_opening", ((678, 320), (904, 320)), "right"),
            Run("diversion", ((830, 320), (830, 360)), "down"),
            Run("return_flow", ((920, 339), (920, 430), (400, 430), (400, 248), (420, 248)), "right"),
        ),
        words={"sparge_air": (648, 121), "exhaust": (648, 71), "drain": (876, 360), "bag": (974, 325)}, foot=446,
        capsule=(556, 320), backwards=("return_flow",),
    ),
}
"""By class of the skid that carries the product."""
