"""Where everything stands in the two buffers: addresses to slots, allocated once, in the library's order."""

from __future__ import annotations

from dataclasses import dataclass, field

from biotwin.plant.whole import HEAD
from biotwin.signals import Signal

LOOP_SLOTS = ("setpoint", "output", "integral", "previous")
MALFUNCTION_SLOTS = ("severity", "target", "rate")
ALARM_SLOTS = ("state", "pending", "raised", "shelved")
INTERLOCK_SLOTS = ("active", "pending")
LIMIT_SLOTS = ("outside", "pending")


@dataclass
class Layout:
    """Grows while the compiler works; slots never move."""

    prefix: str
    signals: dict[str, Signal] = field(default_factory=dict)
    whole: dict[str, int] = field(default_factory=dict)
    reals: int = 0
    wholes: int = HEAD

    def real(self, name: str, unit: str, causality: str, *, observed: bool = False, start: float = 0.0) -> int:
        """A new slot of ``real``; where a reading bears the name of a state, the reading owns the address."""
        address = f"{self.prefix}{name}"
        slot = self.reals
        self.reals += 1
        self.signals[address] = Signal(address, slot, unit, causality, observed, start)
        return slot

    def block(self, kind: str, group_names: tuple[str, ...], fields: tuple[tuple[str, str], ...]) -> int:
        """A block of ``fields`` (name, unit) for each instance; returns where it begins."""
        begin = self.reals
        for instance in group_names:
            for name, unit in fields:
                self.real(f"{instance}.{name}", unit, kind)
        return begin

    def room(self, size: int) -> int:
        """``size`` slots without an address: no wire, no trend, no message; returns where they begin."""
        begin = self.reals
        self.reals += size
        return begin

    def integer(self, name: str) -> int:
        slot = self.wholes
        self.whole[f"{self.prefix}{name}"] = slot
        self.wholes += 1
        return slot

