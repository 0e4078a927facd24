"""Which field station belongs to which thing drawn: its namesake, else what its verbs touch most, else its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from biotwin.plant.description import StationDescription, UnitDescription

FILTER, SIGHT_GLASS, GAUGE = ":filter", ":sight_glass", ":gauge"
_BY_KIND = {"filter": FILTER, "vessel": SIGHT_GLASS, "gauge": GAUGE}


def stations_of(unit: UnitDescription, vessel: str, carrier: str) -> dict[str, tuple[str, ...]]:
    """Name of an instance, or one of the marks above -> stations. People stand on no picture.

    Without a ``vessel`` to carry marks, a station stands with what it touches, at last with the ``carrier``.
    """
    found: dict[str, list[str]] = {}
    for name, station in unit.field.items():
        if station.kind != "person" and (spot := _spot(unit, vessel, name, station) or carrier):
            found.setdefault(spot, []).append(name)
    return {spot: tuple(names) for spot, names in found.items()}


def _spot(unit: UnitDescription, vessel: str, name: str, station: StationDescription) -> str:
    if vessel and station.kind in ("filter", "vessel"):
        return _BY_KIND[station.kind]
    if name in unit.equipment or name in unit.instruments:
        return name
    touched = Counter(n for n in _touched(station) if n in unit.equipment and n != vessel)
    own = touched.most_common(1)
    return own[0][0] if own else _BY_KIND.get(station.kind, vessel) if vessel else ""


def _touched(station: StationDescription) -> Iterator[str]:
    for verb in station.verbs.values():
        for short in (*verb.repairs, *verb.sets, *(sight.signal for sight in verb.shows)):
            yield short.partition(".")[0]
