"""What the host does beside ticking: save each second, freeze and unload what nobody watches, re-check rights."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings

from campus.simulator.checkpoints import Checkpoint
from campus.simulator.journal import fallen_rights
from campus.simulator.links import MOVED, SIGNED_OUT
from campus.simulator.live import Live, now
from campus.simulator.loading import in_order
from campus.simulator.worker import WORKER, ready

if TYPE_CHECKING:
    from campus.simulator.host import Host

UNLOAD_S = 60.0
UNLOADED_AT_ONCE = 4
LASTING_S = 20.0
WATCH_S = 0.5
log = logging.getLogger("campus.host")


class Keeper:
    """Works on the host's loop; ``on_saved`` is called from the writer's thread."""

    def __init__(self, host: Host) -> None:
        self.host = host

    async def saving(self) -> None:
        while True:
            await asyncio.sleep(1.0)
            try:
                self.save_ticks()
            except Exception:
                log.exception("The ticks of this second were not saved.")

    def save_ticks(self) -> None:
        """One checkpoint per session that moved or whose lease needs renewal; unload what nobody looks at."""
        started, checkpoints, unloaded = now(), [], 0
        self._prepare_worker(started)
        for live in list(self.host.sessions.values()):
            self._watch_idle(live, started)
            if live.busy and (live.time, live.running, live.seq) == live.saved:
                continue
            forgotten = not live.running and not live.links and not live.pending and not live.busy
            unload = forgotten and started - live.attended > UNLOAD_S and unloaded < UNLOADED_AT_ONCE
            if unload:
                unloaded += 1
                live.telemetry = self.telemetry(live)
            checkpoints.append(self.checkpoint(live, released=unload))
            if unload:
                self.host.sessions.pop(live.id)
        if checkpoints:
            self.host.writer.save(checkpoints)

    def _prepare_worker(self, started: float) -> None:
        """A flight that lasts will be debriefed: have the worker process ready by then."""
        lasting = (live for live in self.host.sessions.values() if started - live.loaded > LASTING_S)
        if not WORKER.started and (live := next(lasting, None)) is not None:
            WORKER.submit("ready", ready, settings.CAMPUS_CONTENT, live.scenario.slug)

    def _watch_idle(self, live: Live, started: float) -> None:
        if live.links:
            live.attended = started
        patience = self.host.limits["anonymous_idle_s" if live.anonymous else "idle_s"]
        if live.running and started - live.attended > patience:
            self.host.stop(live, "idle")

    def keyframe(self, live: Live) -> Any:
        try:
            return live.frozen()
        except Exception:
            log.exception("No keyframe of session %s.", live.id)
            return None

    def telemetry(self, live: Live) -> bytes:
        """What was observed, to be kept with a session that leaves memory: another build can show it, not re-fly it."""
        try:
            return live.chunk()
        except Exception:
            log.exception("No telemetry of session %s.", live.id)
            return b""

    def checkpoint(self, live: Live, *, released: bool = False, ended: bool = False) -> Checkpoint:
        news, live.unsaved = tuple(live.unsaved), []
        keyframe, live.keyframe = live.keyframe, None
        telemetry, live.telemetry = live.telemetry, b""
        live.saved = (live.time, live.running, live.seq)
        return Checkpoint(
            session=live.id, lease=live.pen.lease, time=live.time, running=live.running, news=news, keyframe=keyframe,
            lease_until=self.host.limits["lease_s"], telemetry=telemetry, ended=ended or live.over, released=released,
            fault=live.fault, marks=(live.number, live.seq),
        )

    def on_saved(self, checkpoints: list[Checkpoint], lost: set[uuid.UUID], refusal: str) -> None:
        """From the writer's thread."""
        if lost or refusal:
            self.host.loop.call_soon_threadsafe(self._not_saved, checkpoints, lost, refusal)

    def _not_saved(self, checkpoints: list[Checkpoint], lost: set[uuid.UUID], refusal: str) -> None:
        for session in lost:
            if (live := self.host.sessions.get(session)) is not None:
                live.running = False
                self.host.drop(live, MOVED)
        if refusal:
            for checkpoint in checkpoints:
                if (live := self.host.sessions.get(checkpoint.session)) is not None:
                    live.unsaved = [*checkpoint.news, *live.unsaved]
                    live.keyframe = live.keyframe or checkpoint.keyframe
                    live.telemetry = live.telemetry or checkpoint.telemetry

    async def watching(self) -> None:
        """Twice a second: cut every line whose seat, rights or login do not stand any more."""
        while True:
            await asyncio.sleep(WATCH_S)
            try:
                links = self.host.links()
                fallen = await self.host.in_thread(in_order(fallen_rights), {link.rights for link in links})
                for link in links:
                    if link.rights in fallen:
                        link.cut(SIGNED_OUT)
            except Exception:
                log.exception("Rights were not re-checked this time.")
