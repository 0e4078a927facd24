"""biotwin: how plants behave. Importable alone, in a notebook; ten lines fly a scenario and sample what-ifs.

>>> from biotwin import Flight, load_scenario
>>> flight = Flight.begin(load_scenario("first-batch"), seed=7)
>>> facts = flight.run()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from biotwin.ensembles.executors import sample as sample
    from biotwin.ensembles.flying import specs as specs
    from biotwin.pilots.scripted import script as script
    from biotwin.session.flight import Flight as Flight
    from biotwin.session.library import load_scenario as load_scenario
    from biotwin.session.library import scenario_slugs as scenario_slugs
    from biotwin.session.state import load as load
    from biotwin.session.state import snapshot as snapshot
    from biotwin.session.step import step as step
    from biotwin.views.telemetry import telemetry as telemetry

__version__ = "0.1.0"

_WHERE = {
    "Flight": "session.flight", "load_scenario": "session.library", "scenario_slugs": "session.library",
    "load": "session.state", "snapshot": "session.state", "step": "session.step", "sample": "ensembles.executors",
    "specs": "ensembles.flying", "script": "pilots.scripted", "telemetry": "views.telemetry",
}
__all__ = ["__version__", *sorted(_WHERE)]


def __getattr__(name: str) -> Any:
    """Public names come when first asked for: importing the package alone stays cheap."""
    if name in _WHERE:
        return getattr(import_module(f"biotwin.{_WHERE[name]}"), name)
    raise AttributeError(f"biotwin has no {name!r}.")


def __dir__() -> list[str]:
    return sorted(__all__)
