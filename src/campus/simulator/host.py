"""The session host: every live flight of this process, ticked beside the event loop.

1. The loop never runs a kernel: due sessions are ticked in a few threads (kernels release the GIL), in batches, each
   session with a time budget per slice, so that nobody starves.
2. A frame is encoded once per session and shared by all its lines.
3. An input is validated, made durable by the journal's writer, then applied and acknowledged, in this order.
4. Whatever goes wrong inside one flight freezes that flight and no other; its journal is kept.
5. All state of a session is touched on the loop, except inside ``Live.slice`` (under the session's lock).
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import msgspec
from django.conf import settings

from biotwin.errors import BiotwinError
from biotwin.session.inputs import Entry, InjectMalfunction
from campus.simulator import loading, protocol, services
from campus.simulator.journal import Line, Outcome, Rights, Writer
from campus.simulator.keeping import Keeper
from campus.simulator.links import MOVED, Allowance, Link
from campus.simulator.live import Live, encoded, frame_of, now
from campus.simulator.loading import in_order
from campus.simulator.texts import sentence
from campus.simulator.ticking import Ticker

Answer = protocol.Ack | protocol.Refused
T = TypeVar("T")
log = logging.getLogger("campus.host")


class Asked(msgspec.Struct):
    """A command that waits for its turn: who asked, what, and where the answer goes."""

    rights: Rights
    role: str
    language: str
    command: protocol.Command
    answer: Any


class Host:
    """``current()`` gives the one of this process, while it serves."""

    def __init__(self) -> None:
        self.limits: dict[str, Any] = settings.CAMPUS_HOST
        self.sessions: dict[uuid.UUID, Live] = {}
        self.closing = False
        self._waiting_lines: dict[int, tuple[Live, Asked]] = {}
        self._loading: dict[uuid.UUID, asyncio.Future[Live]] = {}
        self._allowances: dict[uuid.UUID, Allowance] = {}
        self.pool = ThreadPoolExecutor(self.limits["threads"], thread_name_prefix="flight")
        self._beside = ThreadPoolExecutor(self.limits["threads"], thread_name_prefix="beside")
        self._tasks: list[asyncio.Task[None]] = []
        self.keeper = Keeper(self)
        self.ticker = Ticker(self)
        self.writer = Writer(self._on_written, self.keeper.on_saved)

    # --- life ---------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.writer.start()
        works = (self.ticker.ticking, self.keeper.saving, self.keeper.watching)
        self._tasks = [self.loop.create_task(work()) for work in works]

    async def drain(self) -> None:
        """SIGTERM: freeze every flight, write what waits, give the leases back."""
        self.closing = True
        for task in self._tasks:
            task.cancel()
        while any(live.busy or live.pending for live in self.sessions.values()):
            await asyncio.sleep(0.01)
        for live in list(self.sessions.values()):
            if live.running:
                self.stop(live, "restart")
            live.keyframe = live.keyframe or self.keeper.keyframe(live)
            live.telemetry = await self.in_thread(self.keeper.telemetry, live)
            self.writer.save([self.keeper.checkpoint(live, released=True)])
            for link in live.links:
                link.cut(1012)
        await self.loop.run_in_executor(None, self.writer.drain)
        self.pool.shutdown(wait=True)
        self._beside.shutdown(wait=True)

    async def in_thread(self, work: Callable[..., T], *arguments: Any) -> T:
        """Work that may take long (a re-flight, a query), in threads where no flight waits for its turn."""
        return await self.loop.run_in_executor(self._beside, partial(work, *arguments))

    # --- sessions in memory -------------------------------------------------------------------------------------------

    async def attach(self, session_id: uuid.UUID) -> Live:
        """The session, brought into memory if need be. Raises ``Full``, ``LeaseHeld`` or a ``BiotwinError``."""
        live = self.sessions.get(session_id)
        if live is not None:
            return live
        if self.closing or len(self.sessions) + len(self._loading) >= self.limits["live_sessions"]:
            raise services.Full("live")
        waiting = self._loading.get(session_id)
        if waiting is None:
            waiting = self._loading[session_id] = asyncio.ensure_future(self._load(session_id))
            waiting.add_done_callback(lambda done: self._loading.pop(session_id, None))
        return await asyncio.shield(waiting)

    async def _load(self, session_id: uuid.UUID) -> Live:
        live = await self.in_thread(in_order(loading.load), session_id)
        live.attended = live.loaded = now()
        self.sessions[session_id] = live
        return live

    def drop(self, live: Live, code: int) -> None:
        self.sessions.pop(live.id, None)
        for link in list(live.links):
            link.cut(code)
        self._wake(live)

    async def close(self, session_id: uuid.UUID) -> None:
        """Freeze a session and give it back, for good (its debrief is being opened)."""
        live = self.sessions.get(session_id)
        if live is None:
            return
        live.over = True
        if live.running:
            self.stop(live, "ended")
        else:
            self.publish(live, [live.tell_clock("ended")])
        while live.busy or live.pending:
            await asyncio.sleep(0.005)
        live.telemetry = await self.in_thread(live.chunk)
        self.writer.save([self.keeper.checkpoint(live, released=True, ended=True)])
        self.sessions.pop(session_id, None)
        await self.loop.run_in_executor(None, self.writer.flush)

    # --- lines --------------------------------------------------------------------------------------------------------

    async def join(self, live: Live, link: Link, after: int) -> None:
        """Bring a line up to date: who you are, what was missed, the newest frame; then everything as it comes."""
        floor = live.ring[0][0] if live.ring else live.seq + 1
        older = [] if after + 1 >= floor else await self.in_thread(
            in_order(loading.told_since), live.id, after, floor)
        link.ready = True
        link.tell(encoded(self.welcome(live, link)))
        for message in (*older, *(message for seq, message in live.ring if seq > after)):
            link.reliable.append(message)
        link.show(live.frame)
        live.links.add(link)
        live.attended = now()

    def welcome(self, live: Live, link: Link) -> protocol.Welcome:
        return protocol.Welcome(
            version=protocol.VERSION, session=str(live.id), seat=str(link.seat), may_command=not live.over,
            may_instruct=link.role == "instructor", seq=live.seq, recovered=live.recovered,
        )

    def leave(self, live: Live, link: Link) -> None:
        live.links.discard(link)
        live.attended = now()

    def links(self) -> list[Link]:
        return [link for live in self.sessions.values() for link in live.links]

    def allowance(self, seat: uuid.UUID) -> Allowance:
        """The seat's own rate limit, shared by all its lines and by the fallback."""
        if len(self._allowances) > 10_000:
            self._allowances.clear()
        return self._allowances.setdefault(
            seat, Allowance(self.limits["commands_per_s"], self.limits["commands_burst"], now()))

    # --- commands -----------------------------------------------------------------------------------------------------

    async def command(self, live: Live, link: Link, message: protocol.Command) -> Answer:
        """Validate, write, apply, answer. The same id gets the first answer again."""
        if (known := live.answers.get(message.id)) is not None:
            return await known if asyncio.isfuture(known) else known
        refusal = self._objection(live, link, inject=isinstance(message.input, InjectMalfunction))
        if refusal:
            return self.refused(message.id, refusal, link.language)
        answer: asyncio.Future[Answer] = self.loop.create_future()
        live.answers[message.id] = answer
        live.inbox.append(Asked(link.rights, link.role, link.language, message, answer))
        self.ticker.hurry(live)
        self.settle(live)
        return await asyncio.shield(answer)

    def freeze(self, live: Live, link: Link, message: protocol.Freeze) -> Answer:
        if refusal := self._objection(live, link):
            return self.refused(message.id, refusal, link.language)
        if live.running:
            self.stop(live, "asked")
        return protocol.Ack(id=message.id, number=0, time=live.time)

    def run(self, live: Live, link: Link, message: protocol.Run) -> Answer:
        if refusal := self._objection(live, link):
            return self.refused(message.id, refusal, link.language)
        if message.until == "time" and message.until_time <= live.time:
            return self.refused(message.id, "input_invalid", link.language)
        live.go(now(), speed=message.speed, until=message.until, until_time=message.until_time)
        self.publish(live, [live.tell_clock("asked")])
        if not live.saved[1]:
            self.writer.save([self.keeper.checkpoint(live)])  # it runs: a crash within its first second is told too
        return protocol.Ack(id=message.id, number=0, time=live.time)

    def refused(self, command: str, code: str, language: str, fault: BiotwinError | None = None) -> protocol.Refused:
        return protocol.Refused(id=command, code=code, text=sentence(code, language, fault))

    def _objection(self, live: Live, link: Link, *, inject: bool = False) -> str:
        """Why this line may not command this session now, or empty. A journaled input is checked again when written."""
        if link.close_code or link.role == "observer" or (inject and link.role != "instructor"):
            return "not_allowed"
        if self.closing or live.id not in self.sessions:
            return "closing"
        if live.fault:
            return "frozen_by_error"
        return "ended" if live.over else ""

    def settle(self, live: Live) -> None:
        """Validate the waiting commands at this tick boundary and hand them to the writer."""
        while live.inbox and not live.busy:
            asked: Asked = live.inbox.popleft()
            try:
                live.flight.accept(asked.command.input)
            except BiotwinError as fault:
                self._answer(live, asked, self.refused(asked.command.id, fault.code, asked.language, fault))
                continue
            except Exception as fault:
                self._answer(live, asked, self.refused(asked.command.id, "frozen_by_error", asked.language))
                self.fail(live, fault)
                continue
            live.pending += 1
            body = msgspec.json.encode(asked.command.input).decode()
            line = Line(pen=live.pen, rights=asked.rights, command=asked.command.id, time=live.time, body=body)
            self._waiting_lines[id(line)] = (live, asked)
            self.writer.append(line)

    def _on_written(self, results: list[tuple[Line, Outcome]]) -> None:
        """From the writer's thread."""
        self.loop.call_soon_threadsafe(self._written, results)

    def _written(self, results: list[tuple[Line, Outcome]]) -> None:
        touched: set[Live] = set()
        for line, outcome in results:
            live, asked = self._waiting_lines.pop(id(line))
            live.pending -= 1
            if outcome.refusal:
                self._answer(live, asked, self.refused(line.command, outcome.refusal, asked.language))
                if outcome.refusal == "lease":
                    self.drop(live, MOVED)
                continue
            entry = Entry(number=outcome.number, time=line.time, seat=str(line.rights.seat), input=asked.command.input)
            self._apply(live, entry)
            touched.add(live)
            self._answer(live, asked, protocol.Ack(id=line.command, number=outcome.number, time=line.time))
        for live in touched:
            self.show(live)

    def _apply(self, live: Live, entry: Entry) -> None:
        try:
            facts = live.apply(entry)
        except Exception as fault:
            self.fail(live, fault)
            return
        self.publish(live, [message for fact in facts if (message := live.tell_fact(fact)) is not None])

    def _answer(self, live: Live, asked: Asked, answer: Answer) -> None:
        """A refusal is not remembered: the same command may be tried again when the reason is gone."""
        if isinstance(answer, protocol.Ack):
            live.remember(asked.command.id, answer)
        else:
            live.answers.pop(asked.command.id, None)
        if not asked.answer.done():
            asked.answer.set_result(answer)

    # --- what every change of a session ends in ----------------------------------------------------------------------

    def stop(self, live: Live, reason: str) -> None:
        live.running, live.until = False, ""
        self.publish(live, [live.tell_clock(reason)])

    def fail(self, live: Live, fault: BaseException) -> None:
        """Freeze this session only; the cause goes to the log, never to a seat (it may tell the truth)."""
        log.error("Session %s is frozen by an error.", live.id, exc_info=fault)
        live.fault = getattr(fault, "code", type(fault).__name__)[:200]
        self.stop(live, "error")

    def publish(self, live: Live, messages: list[bytes]) -> None:
        for message in messages:
            for link in live.links:
                link.tell(message)
        if messages:
            self._wake(live)

    def show(self, live: Live, *, fresh: bool = True) -> None:
        """Show the newest frame to every line; ``fresh``: make it now (an input was applied between two slices)."""
        if fresh and not live.busy and not live.fault:
            live.frame, live.frame_count = frame_of(live.flight), live.frame_count + 1
        for link in live.links:
            link.show(live.frame)
        self._wake(live)

    def _wake(self, live: Live) -> None:
        for waiter in live.wakers:
            if not waiter.done():
                waiter.set_result(None)
        live.wakers.clear()


_current: list[Host] = []


def current() -> Host:
    """The host of this process. Raises ``Full`` where none serves (a command line)."""
    if not _current:
        raise services.Full("no host")
    return _current[0]


def install(host: Host | None) -> None:
    _current[:] = [host] if host is not None else []
