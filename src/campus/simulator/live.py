"""One session in memory: its flight, its clock against the wall, and what it has told so far.

1. Only ``Live.slice`` moves the flight, under ``lock``, in a worker thread; the event loop decides when.
2. Run control (speed, freeze, until) lives here, beside the fold: it cannot change a result.
3. While an input is being written the session does not tick: the boundary written in the journal is the one at which
   it applies.
"""

from __future__ import annotations

import threading
import time
import uuid
import zlib
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

import msgspec

from biotwin.errors import ReplayDiverged
from biotwin.session.debrief import loop_ends
from biotwin.session.facts import Fact
from biotwin.session.flight import Flight
from biotwin.session.inputs import Entry
from biotwin.session.library import Scenario
from campus.simulator import protocol
from campus.simulator.checkpoints import Frozen, News
from campus.simulator.history import Window, columns
from campus.simulator.journal import Pen
from campus.simulator.links import Link

RING = 2_000
CHUNK = 1_200
ANSWERS = 4_000
STOPS = {"alarm": frozenset({"alarm_raised"}), "result": frozenset({"result_ready"}),
         "decision": frozenset({"decision_opened"}), "phase": frozenset({"phase_ready", "phase_started"})}
ASKS = {"decision_opened": "decision", "phase_ready": "ready"}
"""What asks something of the seat, and why its clock then goes slowly."""
_encoder = msgspec.json.Encoder()


@dataclass(frozen=True)
class Slice:
    """What a slice of a flight brought; ``behind``: the budget ended before the target was reached."""

    facts: tuple[Fact, ...]
    frame: bytes
    time: int
    ended: bool
    behind: bool
    keyframe: Frozen | None = None
    telemetry: bytes = b""
    fault: BaseException | None = None


def encoded(message: protocol.HostMessage) -> bytes:
    return _encoder.encode(message)


def frame_of(flight: Flight) -> bytes:
    """What a seat may see now, as the wire has it: an ``Observation`` has the fields of a ``Frame``."""
    seen = flight.observe()
    return encoded(protocol.Frame(**{name: getattr(seen, name) for name in protocol.Frame.__struct_fields__}))


@dataclass(eq=False)
class Live:
    """``number`` counts facts, ``seq`` the messages told; ``time`` is the last tick that a slice finished; ``left_s``
    how far behind its clock that was (wall seconds).
    """

    id: uuid.UUID
    scenario: Scenario
    flight: Flight
    pen: Pen
    anonymous: bool
    number: int = 0
    seq: int = 0
    time: int = 0
    frame: bytes = b""
    frame_count: int = 0
    running: bool = False
    speed: float = 1.0
    until: str = ""
    until_time: int = 0
    recovered: bool = False
    over: bool = False
    fault: str = ""
    busy: bool = False
    pending: int = 0
    next_slice: float = 0.0
    left_s: float = 0.0
    attended: float = 0.0
    loaded: float = 0.0
    keyframe_at: float = 0.0
    saved: tuple[int, bool, int] = (-1, False, -1)
    anchor: tuple[float, int] = (0.0, 0)
    lock: threading.Lock = field(default_factory=threading.Lock)
    links: set[Link] = field(default_factory=set)
    ring: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=RING))
    unsaved: list[News] = field(default_factory=list)
    keyframe: Frozen | None = None
    telemetry: bytes = b""
    inbox: deque[Any] = field(default_factory=deque)
    answers: OrderedDict[str, Any] = field(default_factory=OrderedDict)
    wakers: list[Any] = field(default_factory=list)
    polled: dict[uuid.UUID, int] = field(default_factory=dict)

    # --- the clock ----------------------------------------------------------------------------------------------------

    def go(self, now: float, *, speed: float, until: str = "", until_time: int = 0) -> None:
        self.running, self.speed, self.until, self.until_time = True, speed, until, until_time
        self.anchor, self.next_slice = (now, self.time), now
        self.recovered = False

    def target(self, now: float) -> int:
        """The simulated time (ms) at which the clock should stand."""
        since, start = self.anchor
        target = start + int((now - since) * self.speed * 1000.0)
        return min(target, self.until_time) if self.until == "time" else target

    def lag_s(self, now: float) -> float:
        """How far (wall seconds) the flight is behind its clock, beyond the tick that is not due yet."""
        if not self.running:
            return 0.0
        return max(0.0, (self.target(now) - self.time) / 1000.0 / self.speed)

    def late_s(self, now: float) -> float:
        """How late (wall seconds) what is shown is, beyond its rhythm: its turn has not come, or did not suffice."""
        return max(self.left_s, now - self.next_slice, 0.0) if self.running else 0.0

    def stops(self) -> frozenset[str]:
        """Fact kinds at which a slice ends at once."""
        asked = STOPS.get(self.until, frozenset())
        return asked.union(ASKS) if self.speed > 1.0 else asked

    # --- in a worker thread -------------------------------------------------------------------------------------------

    def slice(self, target: int, budget_s: float, *, keep: bool = False) -> Slice:
        """Tick up to ``target`` within the budget; never raises: a fault comes back in the slice."""
        with self.lock:
            facts: list[Fact] = []
            try:
                due = target - self.flight.tick_length + 1  # a tick begins only when its end is due
                if due > self.flight.time:
                    facts = self.flight.advance(due, budget=budget_s, stop_on=self.stops())
                ended = self.flight.ended
                behind = not ended and self.flight.time + self.flight.tick_length <= target
                return Slice(
                    facts=tuple(facts), frame=frame_of(self.flight), time=self.flight.time, ended=ended, behind=behind,
                    keyframe=self.frozen() if keep or ended else None, telemetry=self.chunk() if ended else b"",
                )
            except Exception as fault:
                return Slice(facts=tuple(facts), frame=self.frame, time=self.flight.time, ended=False, behind=False,
                             fault=fault)

    def frozen(self) -> Frozen:
        return Frozen(time=self.flight.time, journal_number=self.pen.next_number - 1,
                      digest=self.flight.digest().hex(), snapshot=self.flight.snapshot())

    def chunk(self) -> bytes:
        """The whole flight's observed telemetry, in the form of ``history``."""
        tags = list(self.flight.recorder.columns)
        return zlib.compress(columns(tags, self.flight.recorder.window(tags, 0, self.flight.time, CHUNK)), 1)

    def window(self, tags: list[str], span: tuple[int, int], buckets: int) -> Window:
        """Observed telemetry of some tags; waits for a slice that is under way."""
        with self.lock:
            return self.flight.recorder.window(tags, *span, buckets)

    def apply(self, entry: Entry) -> list[Fact]:
        """Apply a durable entry at the boundary where the session stands (on the loop, between two slices)."""
        with self.lock:
            self.flight.apply(entry)
            return self.flight.settle()

    # --- what was told ------------------------------------------------------------------------------------------------

    def tell_fact(self, fact: Fact) -> bytes | None:
        """Number a fact; the message for the seats, or None for one that stays behind the truth wall."""
        self.number += 1
        if fact.hidden:
            body = _encoder.encode(fact).decode()
            self.unsaved.append(News(number=self.number, seq=None, time=fact.time, hidden=True, body=body))
            return None
        self.seq += 1
        message = encoded(protocol.FactNews(seq=self.seq, fact=fact))
        self._keep(message, number=self.number, time=fact.time)
        return message

    def tell_clock(self, reason: str) -> bytes:
        self.seq += 1
        message = encoded(protocol.Clock(seq=self.seq, time=self.time, running=self.running, speed=self.speed,
                                         reason=reason))
        self._keep(message, number=None, time=self.time)
        return message

    def _keep(self, message: bytes, *, number: int | None, time: int) -> None:
        self.ring.append((self.seq, message))
        self.unsaved.append(News(number=number, seq=self.seq, time=time, hidden=False, body=message.decode()))

    def remember(self, command: str, answer: Any) -> None:
        """The answer to a command, given again when the command comes again."""
        self.answers[command] = answer
        while len(self.answers) > ANSWERS:
            self.answers.popitem(last=False)


@dataclass(frozen=True)
class Replay:
    """What a session is rebuilt from; ``check``: a keyframe that the replay must meet."""

    scenario: Scenario
    seed: int
    entries: tuple[Entry, ...]
    durable_time: int
    check: Frozen | None


def refly(replay: Replay) -> tuple[Flight, list[Fact]]:
    """The flight at its durable tick, and every fact on the way. An acknowledged input is never later than that tick.

    Raises ``ReplayDiverged`` when a keyframe's digest is not met to the bit.
    """
    flight = Flight.begin(replay.scenario, replay.seed, also=loop_ends(replay.scenario.plant))
    facts = list(flight.prior)
    check = replay.check
    for entry in replay.entries:
        if check is not None and (entry.number > check.journal_number):
            facts += _verify(flight, check)
            check = None
        facts += flight.advance(entry.time)
        if flight.time != entry.time:
            raise ReplayDiverged(f"Entry {entry.number} applies at {entry.time} ms, which is no tick boundary of this "
                                 f"replay (it stands at {flight.time} ms).")
        flight.apply(entry)
        facts += flight.settle()
    if check is not None:
        facts += _verify(flight, check)
    facts += flight.advance(replay.durable_time)
    return flight, facts


def _verify(flight: Flight, check: Frozen) -> list[Fact]:
    if check.time < flight.time:
        return []
    facts = flight.advance(check.time)
    if flight.time == check.time and flight.digest().hex() != check.digest:
        raise ReplayDiverged(f"At {check.time} ms the replay's state differs from the one that was recorded.")
    return facts


def now() -> float:
    return time.monotonic()


