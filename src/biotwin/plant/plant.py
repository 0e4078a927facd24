"""A compiled plant: frozen, digested, the narrow waist below which drawers live and above which nobody sees one.

The state of a plant is two flat buffers, ``real`` (float64) and ``whole`` (int64); a plant says what stands where.
The head of ``whole`` is the same in every plant (``plant/whole``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from biotwin.errors import InputInvalid, known
from biotwin.plant.description import PlantDescription, UnitDescription
from biotwin.plant.library import drawer
from biotwin.plant.malfunctions import MalfunctionClass
from biotwin.signals import Signal

Reals = NDArray[np.float64]
Wholes = NDArray[np.int64]


@dataclass(frozen=True)
class ClassGroup:
    """All instances of one class: their names in order, and where their blocks begin.

    ``blocks``: of a distributed class, the row of its first instance in ``wiring["blocks"]``; -1 for the others.
    """

    slug: str
    law: tuple[tuple[str, str], ...]
    instances: tuple[str, ...]
    states: int
    inputs: int
    readings: int
    parameters: int
    law_parameters: int
    sources: int
    blocks: int = -1


@dataclass(frozen=True)
class Malfunction:
    """One malfunction of one instance; ``index`` is its row in the tables."""

    address: str
    index: int
    instance: str
    drawer: str
    name: str
    slot: int
    severity_slot: int
    healthy: float
    worst: float
    onset: int


@dataclass(frozen=True, eq=False)
class Plant:
    """See the module. ``wiring`` holds the arrays that the kernel reads; all are read-only.

    ``moving``: how many of the first slots the equipment itself writes or reads; the others are set-points and plans.

    ``origin``: the plant of which this is a copy with other numbers in ``wiring["par"]``, where it is one.

    ``laboratory``: first input slot of each assay (``blood_gas.ph``) and of the sample port; no tick visits them.
    """

    slug: str
    digest: str
    description: PlantDescription
    prefix: str
    groups: tuple[ClassGroup, ...]
    signals: dict[str, Signal]
    whole_slots: dict[str, int]
    malfunctions: dict[str, Malfunction]
    real_size: int
    moving: int
    whole_size: int
    wiring: dict[str, Any]
    starts: dict[str, dict[str, float]] = field(default_factory=dict)
    settings: dict[int, float] = field(default_factory=dict)
    measured: dict[str, str] = field(default_factory=dict)
    laboratory: dict[str, int] = field(default_factory=dict)
    origin: Plant | None = None

    @property
    def unit(self) -> UnitDescription:
        """The one ISA-88 unit of the plant."""
        return next(iter(self.description.units.values()))

    @property
    def carrier(self) -> str:
        """The short name of the instance that carries the product, else of what the plant is about; empty for none."""
        of = {n: drawer(e.class_) for n, e in self.unit.equipment.items()}
        about = next((n for n, d in of.items() if d.carries), "")
        return next((n for n, d in of.items() if d.carries_product), about)

    @property
    def phases(self) -> tuple[str, ...]:
        return tuple(self.unit.phases)

    def address(self, short: str) -> str:
        """``tt101.value`` as ``usp/br101/tt101.value``; a whole address stays as it is."""
        return short if "/" in short else f"{self.prefix}{short}"

    def short(self, address: str) -> str:
        return address.removeprefix(self.prefix)

    def signal(self, name: str, *, field_name: str = "") -> Signal:
        """The signal at an address, whole or short; raises ``InputInvalid``."""
        found = self.signals.get(self.address(name))
        if found is None:
            raise InputInvalid(f"there is no signal {name!r} in {self.slug}.", where=field_name)
        return found

    def slot(self, name: str) -> int:
        return self.signal(name).slot

    def malfunction_class(self, address: str) -> MalfunctionClass:
        """What the equipment class says of one of its malfunctions: title, cues, response."""
        m = self.malfunctions[address]
        return drawer(m.drawer).malfunctions[m.name]

    def block(self, group: ClassGroup, number: int) -> tuple[int, int]:
        """Where the state of an instance begins in ``real``, and its length."""
        if group.blocks >= 0:
            begin, length = self.wiring["blocks"][group.blocks + number]
            return int(begin), int(length)
        width = len(drawer(group.slug).states)
        return group.states + number * width, width

    def named(self, kind: str, address: str) -> str:
        """The short name of a loop, alarm, station… (``kind`` is the description's field); raises ``InputInvalid``."""
        short = self.short(address)
        things = getattr(self.unit, kind)
        if short not in things:
            raise InputInvalid(f"{address!r} is none of this plant's {kind}.", where=kind, next_step=known(things))
        return short
