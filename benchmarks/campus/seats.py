"""The other side of the load benchmark: many seats in a process of their own; reads orders, prints what it saw.

Standard input: JSON ``{"port", "cookies", "sessions", "seconds", "speed", "every_s"}``. Standard output, one JSON line
each: ``{"ready": n}`` when every seat flies and has settled, then what was measured.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import time
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect

OPENING_AT_ONCE = 12
SETTLE_S = 5.0
GRACE_S = 5.0
MODES = ("manual", "automatic")


class Told(msgspec.Struct):
    """What a seat needs of any message."""

    type: str
    id: str = ""
    time: int = 0
    running: bool = False
    speed: float = 1.0
    reason: str = ""
    code: str = ""


_decode = msgspec.json.Decoder(Told).decode


class Seat:
    """One client. A frame's age: its arrival less the moment at which its simulated time was due on the wall, counted
    from when the client asked the clock to run, so that every wait inside the host and on the way is in it.
    """

    def __init__(self, orders: dict[str, Any], session: str) -> None:
        self.orders, self.session = orders, session
        self.anchor = (0.0, 0)
        self.time = 0
        self.waiting: dict[str, float] = {}
        self.acks: list[float] = []
        self.ages: list[float] = []
        self.clocks: list[str] = []
        self.refused: dict[str, int] = {}
        self.measuring = False
        self.count = 0
        self.seen_first = asyncio.Event()

    async def open(self) -> None:
        base = f"127.0.0.1:{self.orders['port']}"
        self.socket: ClientConnection = await connect(
            f"ws://{base}/sessions/{self.session}/socket", additional_headers={"Cookie": self.orders["cookies"]},
            origin=f"http://{base}", compression=None, proxy=None, open_timeout=60, ping_interval=None,  # type: ignore[arg-type]
        )
        self.reader = asyncio.create_task(self._read())
        await self._say({"type": "hello", "version": 1})
        await asyncio.wait_for(self.seen_first.wait(), 60)
        await self._ask({"type": "run", "speed": self.orders["speed"]})

    async def _say(self, message: dict[str, Any]) -> None:
        await self.socket.send(json.dumps(message))

    async def _ask(self, message: dict[str, Any]) -> None:
        self.count += 1
        name = f"{self.session[:23]}-{self.count:06d}"
        self.waiting[name] = time.monotonic()
        if message["type"] == "run":
            self.anchor = (self.waiting[name], self.time)
        await self._say({**message, "id": name})

    async def _read(self) -> None:
        async for data in self.socket:
            self._take(_decode(data), time.monotonic())

    def _take(self, told: Told, now: float) -> None:
        if told.type == "frame":
            self.time = told.time
            self.seen_first.set()
            if self.measuring:
                due = self.anchor[0] + (told.time - self.anchor[1]) / 1000.0 / self.orders["speed"]
                self.ages.append(now - due)
        elif told.type in ("ack", "refused"):
            asked = self.waiting.pop(told.id, None)
            if told.type == "refused":
                self.refused[told.code] = self.refused.get(told.code, 0) + 1
            elif asked is not None and self.measuring:
                self.acks.append(now - asked)
        elif told.type == "clock" and told.reason != "asked":
            self.clocks.append(told.reason)

    async def command(self) -> None:
        """One command per client and period, at a moment of its own; goes on until cancelled."""
        await asyncio.sleep(random.uniform(0.0, self.orders["every_s"]))
        while True:
            mode = MODES[self.count % 2]
            await self._ask({"type": "command", "input": {"kind": "set_mode", "loop": "usp/br101/tic101",
                                                          "mode": mode}})
            await asyncio.sleep(self.orders["every_s"])


async def fly(orders: dict[str, Any]) -> dict[str, Any]:
    seats = [Seat(orders, session) for session in orders["sessions"]]
    gate = asyncio.Semaphore(OPENING_AT_ONCE)

    async def opened(seat: Seat) -> None:
        async with gate:
            await seat.open()

    await asyncio.gather(*(opened(seat) for seat in seats))
    commanding = [asyncio.create_task(seat.command()) for seat in seats]
    await asyncio.sleep(SETTLE_S)
    for seat in seats:
        seat.measuring = True
    print(json.dumps({"ready": len(seats)}), flush=True)
    begun, cpu = time.monotonic(), _cpu()
    await asyncio.sleep(orders["seconds"])
    wall, used = time.monotonic() - begun, _cpu() - cpu
    for task in commanding:
        task.cancel()
    for seat in seats:
        seat.measuring = False
    deadline = time.monotonic() + GRACE_S
    while any(seat.waiting for seat in seats) and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    result = _told(seats, wall, used)
    for seat in seats:
        seat.reader.cancel()
    await asyncio.gather(*(seat.socket.close() for seat in seats), return_exceptions=True)
    return result


def _told(seats: list[Seat], wall: float, used: float) -> dict[str, Any]:
    refused: dict[str, int] = {}
    for seat in seats:
        for code, n in seat.refused.items():
            refused[code] = refused.get(code, 0) + n
    acks, ages = sorted(t for seat in seats for t in seat.acks), sorted(t for seat in seats for t in seat.ages)
    return {
        "wall_s": wall, "cpu_cores": used / wall, "acks": len(acks), "ages": len(ages), "refused": refused,
        "lost": sum(len(seat.waiting) for seat in seats), "closed": sum(seat.reader.done() for seat in seats),
        "clock": sorted({reason for seat in seats for reason in seat.clocks}),
        "ack_p50": _share(acks, 0.5), "ack_p99": _share(acks, 0.99), "ack_max": _share(acks, 1.0),
        "age_p50": _share(ages, 0.5), "age_p95": _share(ages, 0.95), "age_max": _share(ages, 1.0),
    }


def _share(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("inf")


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    print(json.dumps(asyncio.run(fly(json.loads(sys.stdin.readline())))), flush=True)


if __name__ == "__main__":
    main()
