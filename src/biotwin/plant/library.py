"""The library of equipment classes, in the order in which a tick visits them: from the actuators by the vessels to the
sensors. Adding a drawer is adding its folder and its line here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from biotwin.errors import UnknownName, known
from biotwin.plant.malfunctions import MalfunctionClass, read_malfunctions
from biotwin.quantity import role_of, unit_of

ORDER = (
    "peristaltic_pump",
    "mass_flow_controller",
    "valve",
    "stirrer_drive",
    "feed_vessel",
    "hold_tank",
    "jacket_loop",
    "seed_train",
    "stirred_bioreactor",
    "disc_stack_centrifuge",
    "depth_filter",
    "inactivation_tank",
    "virus_filter",
    "ultrafiltration",
    "buffer_manifold",
    "chromatography_column",
    "freeze_thaw",
    "freeze_dryer",
    "steam_sterilisation",
    "pressure_rise",
    "depyrogenation_tunnel",
    "stopper_processor",
    "isolator",
    "sterile_filter",
    "vial_filler",
    "capper",
    "transport_lane",
    "shipper",
    "infusion_bag",
    "patient",
    "sensor",
)
LABORATORY = ("analyser", "sampler")
"""Classes that no tick visits: they answer when a sample is taken. Only their inputs stand in the buffer."""


@dataclass(frozen=True)
class Drawer:
    """An equipment class as the compiler sees it: names in order, units by name, functions."""

    slug: str
    module: Any
    states: tuple[str, ...]
    inputs: tuple[str, ...]
    parameters: tuple[str, ...]
    readings: tuple[str, ...]
    units: dict[str, str]
    roles: dict[str, str]
    input_defaults: dict[str, float]
    parameter_defaults: dict[str, float]
    start_defaults: dict[str, float]
    start_units: dict[str, str]
    laws: dict[str, dict[str, tuple[Callable[..., Any], type]]]
    malfunctions: dict[str, MalfunctionClass]
    folder: Path

    @property
    def lumped(self) -> bool:
        """Whether the drawer gives derivatives; otherwise it advances itself."""
        return hasattr(self.module, "equations")

    @property
    def distributed(self) -> bool:
        """Whether its state is a block of the plant's buffer (ADR 11): the module says how long with ``blocks``."""
        return hasattr(self.module, "blocks")

    def fields(self, part: str) -> tuple[tuple[str, str], ...]:
        """(name, unit) of each field of ``State``, ``Inputs``, ``Parameters`` or ``Readings``, in order."""
        names = {"State": self.states, "Inputs": self.inputs, "Parameters": self.parameters,
                 "Readings": self.readings}[part]
        return tuple((n, self.units[f"{part}.{n}"]) for n in names)

    @property
    def carries(self) -> str:
        """What its plant is about: ``product`` where the lot is in it, by ``CARRIES`` in its model."""
        return str(getattr(self.module, "CARRIES", ""))

    @property
    def carries_product(self) -> bool:
        """Whether the lot is in it."""
        return self.carries == "product"

    @property
    def stiff(self) -> int:
        """Index of the one stiff state, -1 for none."""
        fast = getattr(self.module, "FAST", "")
        return self.states.index(fast) if fast else -1


class _Nothing(NamedTuple):
    """The state of a drawer that has none: an analyser remembers nothing between two samples."""


@lru_cache(maxsize=64)
def drawer(slug: str) -> Drawer:
    """The drawer of that name; raises ``UnknownName``."""
    if slug not in ORDER and slug not in LABORATORY:
        raise UnknownName(f"equipment class {slug!r} is unknown.", next_step=known((*ORDER, *LABORATORY)))
    module = importlib.import_module(f"biotwin.equipment.{slug}.model")
    parts = {name: getattr(module, name, _Nothing) for name in ("State", "Inputs", "Parameters", "Readings")}
    units = {f"{kind}.{name}": unit_of(hint) for kind, cls in parts.items() for name, hint in _hints(cls).items()}
    roles = {name: role for name, hint in _hints(parts["Inputs"]).items() if (role := role_of(hint))}
    folder = Path(module.__file__).parent  # type: ignore[arg-type]
    start = getattr(module, "Start", None)
    return Drawer(
        slug=slug, module=module, folder=folder, units=units, roles=roles,
        states=parts["State"]._fields, inputs=parts["Inputs"]._fields,
        parameters=parts["Parameters"]._fields, readings=parts["Readings"]._fields,
        input_defaults=parts["Inputs"]._field_defaults, parameter_defaults=parts["Parameters"]._field_defaults,
        start_defaults=start._field_defaults if start else {},
        start_units={name: unit_of(hint) for name, hint in _hints(start).items()} if start else {},
        laws=getattr(module, "LAWS", {}),
        malfunctions=read_malfunctions(folder / "malfunctions.yaml", parts["Inputs"]),
    )


def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)
