"""One seat's line to the host: a slot for the newest frame, and a bounded queue for what must not be lost.

A slow reader sees fewer frames, never older ones. One who lets ``DEPTH`` reliable messages pile up is cut off with a
code and comes back with the number of the last message it saw: the host never buffers without bound.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import deque
from dataclasses import dataclass, field

from campus.simulator.journal import Rights

DEPTH = 512
NOT_YOURS = 4403
SIGNED_OUT = 4401
OVERFLOW = 4408
FULL = 4429
MOVED = 4409


@dataclass(eq=False)
class Link:
    """``pump`` of the consumer takes from it; the host's loop puts in. Both run on the event loop."""

    rights: Rights
    role: str
    language: str
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    reliable: deque[bytes] = field(default_factory=deque)
    frame: bytes | None = None
    close_code: int = 0
    ready: bool = False

    @property
    def seat(self) -> uuid.UUID:
        return self.rights.seat

    def tell(self, message: bytes) -> None:
        """A reliable message."""
        if not self.ready or self.close_code:
            return
        if len(self.reliable) >= DEPTH:
            self.cut(OVERFLOW)
            return
        self.reliable.append(message)
        self.wake.set()

    def show(self, frame: bytes) -> None:
        """The newest frame takes the place of one that was not sent yet."""
        if self.ready and not self.close_code:
            self.frame = frame
            self.wake.set()

    def cut(self, code: int) -> None:
        """End this line; nothing that waits is sent any more, not even to one who does not read."""
        self.close_code = self.close_code or code
        self.reliable.clear()
        self.frame = None
        self.wake.set()
        self.ended.set()

    async def next(self) -> list[bytes]:
        """What is to be sent now, reliable messages first; empty when the line is cut."""
        while not (self.reliable or self.frame or self.close_code):
            self.wake.clear()
            await self.wake.wait()
        if self.close_code:
            return []
        messages = list(self.reliable)
        self.reliable.clear()
        if self.frame is not None:
            messages.append(self.frame)
            self.frame = None
        return messages


class Allowance:
    """A token bucket: ``rate`` per second, at most ``burst`` at once."""

    __slots__ = ("_burst", "_level", "_rate", "_since")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst, self._level, self._since = rate, burst, burst, now

    def take(self, now: float) -> bool:
        """True when one more is within the rate; refused ones cost too, down to one burst below zero."""
        self._level = min(self._burst, self._level + (now - self._since) * self._rate)
        self._since = now
        self._level = max(-self._burst, self._level - 1.0)
        return self._level >= 0.0

    @property
    def exhausted(self) -> bool:
        """True for one who goes on long after having been refused."""
        return self._level <= -self._burst
