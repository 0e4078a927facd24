"""When which flight ticks: due sessions in batches, in the host's threads, each within a time budget.

1. One attended seat is shown four frames a second; a crowd one each, spread over the second.
2. A command does not wait for its session's turn: the session first catches up with the tick that is due now, so that
   the input applies at the moment at which it was given.
3. A flight that fell behind catches up; beyond ``LAG_FORGIVEN_S`` it goes on from where it is.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from campus.simulator.live import ASKS, STOPS, Live, Slice, now

if TYPE_CHECKING:
    from campus.simulator.host import Host

BATCH = 16
QUICK_S = 0.25
CALM_S = 1.0
CROWD = 40
ROUND_S = 0.02
KEYFRAME_S = 30.0
LAG_FORGIVEN_S = 10.0


class Ticker:
    """Works on the host's loop, except ``_tick``; ``ticked`` counts slices."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.ticked = 0

    async def ticking(self) -> None:
        while True:
            started = now()
            due = [live for live in self.host.sessions.values() if live.next_slice <= started and _may_tick(live)]
            due.sort(key=lambda live: live.next_slice)
            for first in range(0, len(due), BATCH):
                self._submit(due[first:first + BATCH], started)
            await asyncio.sleep(ROUND_S)

    def hurry(self, live: Live) -> None:
        """Catch up at once, if a tick is due; what waits in the session's inbox follows."""
        started = now()
        if _may_tick(live) and live.target(started) >= live.time + live.flight.tick_length:
            self._submit([live], started)

    def _submit(self, lives: list[Live], started: float) -> None:
        for live in lives:
            live.busy = True
        work = [(live, live.target(started), started - live.keyframe_at > KEYFRAME_S) for live in lives]
        self.host.loop.run_in_executor(self.host.pool, self._tick, work)

    def _tick(self, work: list[tuple[Live, int, bool]]) -> None:
        """In a worker thread: one batch, then one call back to the loop."""
        budget = self.host.limits["slice_s"]
        slices = [(live, live.slice(target, budget, keep=keep)) for live, target, keep in work]
        self.host.loop.call_soon_threadsafe(self._ticked, slices)

    def _ticked(self, slices: list[tuple[Live, Slice]]) -> None:
        period = QUICK_S if sum(live.running for live in self.host.sessions.values()) <= CROWD else CALM_S
        for live, result in slices:
            live.busy = False
            try:
                self._take(live, result, period)
            except Exception as fault:
                self.host.fail(live, fault)
            self.host.settle(live)

    def _take(self, live: Live, result: Slice, period: float) -> None:
        """Tell what a slice brought, then decide whether the clock goes on."""
        live.time = result.time
        messages = [message for fact in result.facts if (message := live.tell_fact(fact)) is not None]
        live.telemetry = result.telemetry or live.telemetry
        if result.keyframe is not None:
            live.keyframe, live.keyframe_at = result.keyframe, now()
        if result.fault is not None:
            self.host.publish(live, messages)
            self.host.fail(live, result.fault)
            return
        live.frame, live.frame_count = result.frame, live.frame_count + 1
        self.ticked += 1
        self.host.publish(live, messages + self._clock_after(live, result))
        self.host.show(live, fresh=False)
        live.next_slice = _next_slice(live, result, period)
        live.left_s = live.lag_s(now()) if result.behind else 0.0
        if live.running and live.lag_s(now()) > LAG_FORGIVEN_S + live.flight.tick_length / 1000.0 / live.speed:
            live.anchor = (now(), live.time)

    def _clock_after(self, live: Live, result: Slice) -> list[bytes]:
        kinds = {fact.kind for fact in result.facts if not fact.hidden}
        if result.ended:
            live.over, live.running = True, False
            return [live.tell_clock("ended")]
        if not live.running:
            return []
        if live.until and _until_is_met(live, kinds):
            live.running, live.until = False, ""
            return [live.tell_clock("until")]
        asks = [reason for kind, reason in ASKS.items() if kind in kinds]
        if asks and live.speed > 1.0:
            live.go(now(), speed=1.0, until=live.until, until_time=live.until_time)
            return [live.tell_clock(asks[0])]
        return []


def _may_tick(live: Live) -> bool:
    return live.running and not live.busy and not live.pending


def _next_slice(live: Live, result: Slice, period: float) -> float:
    """The next turn keeps the session's rhythm; a slice out of turn does not change it."""
    moment = now()
    if result.behind:
        return moment
    return live.next_slice if live.next_slice > moment else max(live.next_slice + period, moment + period / 2)


def _until_is_met(live: Live, kinds: set[str]) -> bool:
    if live.until == "time":
        return live.time + live.flight.tick_length > live.until_time
    return bool(STOPS[live.until] & kinds)
