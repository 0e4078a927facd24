"""The synoptic view: a plant's piping and instrumentation as one SVG picture, ready to be made live.

Any plant that compiles has a picture; ``synoptic.yaml`` beside its description may move things, never define them.
The picture holds structure, classes and addresses; colour is the style sheet's, numbers are the front end's:

- ``[data-tag]`` a value box (instrument or hand station); in it ``.frame .tag .title .value .unit .setpoint``.
- ``[data-loop]`` what a loop measures or moves, addresses apart by spaces: choose one, light up all.
- ``[data-equipment]`` a symbol; ``[data-follows]`` the instrument or loop that shows that it is at work.
- ``[data-level]`` a content: its upper edge stands at ``data-bottom`` for the SI value ``data-empty``, at ``data-top``
  for ``data-full``. Foam stands on the liquid: its ``data-bottom`` is the liquid's edge.
- ``[data-station]`` field stations, addresses apart by spaces.
"""

from __future__ import annotations

from pathlib import Path

from biotwin.plant.plant import Plant
from biotwin.session.library import content_folder
from biotwin.views.synoptic.drawing import draw
from biotwin.views.synoptic.layout import layout
from biotwin.views.synoptic.overlay import Overlay, read_overlay
from biotwin.views.synoptic.topology import topology

__all__ = ["Overlay", "overlay_of", "synoptic"]


def synoptic(plant: Plant, language: str, *, overlay: Overlay | None = None) -> str:
    """The picture in ``fr`` or ``en``, as an ``<svg>`` that also stands alone; by default with the plant's overlay."""
    return _drawn(plant, language, overlay if overlay is not None else overlay_of(plant))


def overlay_of(plant: Plant, folder: Path | None = None) -> Overlay:
    """The plant's ``synoptic.yaml`` in the content folder, else that of the plant it is based on, else an empty one."""
    plants = (folder or content_folder()) / "plants"
    path = plants / plant.slug / "synoptic.yaml"
    if not path.is_file() and plant.description.based_on:
        path = plants / plant.description.based_on / "synoptic.yaml"
    return read_overlay(path, plant, topology(plant))


def _drawn(plant: Plant, language: str, overlay: Overlay) -> str:
    drawn = topology(plant)
    return draw(plant, drawn, layout(drawn, overlay), language, overlay.called)
