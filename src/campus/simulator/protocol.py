"""The wire between a seat's browser and the session host: one schema for both sides.

``make generate`` writes ``islands/src/protocol.ts`` from these structs; a test says when it is stale.
Every text frame is one JSON message tagged by ``type``. Numbers are SI; the plant document tells how to show them.

1. *Reliable* messages (``fact``, ``clock``) carry ``seq``, consecutive per session; a client that reconnects says the
   last one it saw (``Hello.after``) and gets the rest, in order, before anything else.
2. ``frame`` is complete, carries no ``seq``, and may be dropped: a slow client sees fewer, never older ones.
3. A command is answered once by ``ack`` (journaled: number and time) or ``refused`` (not journaled, nothing changed).
   A repeated ``id`` gets the first answer again.
4. An unknown or malformed message is answered by ``error`` and changes nothing.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from biotwin.session.facts import Fact
from biotwin.session.inputs import Input
from biotwin.session.observation import AlarmValue, LoopValue

VERSION = 1
MESSAGE_LIMIT = 64 * 1024
CommandId = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9-]{8,64}$")]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Anything on the wire."""


# --- from the browser -------------------------------------------------------------------------------------------------


class Hello(Message, frozen=True, tag="hello"):
    """First message of a connection. ``after``: the last ``seq`` seen, 0 at the first visit."""

    version: int
    after: Annotated[int, msgspec.Meta(ge=0)] = 0


class Command(Message, frozen=True, tag="command"):
    """An input for the plant."""

    id: CommandId
    input: Input


class Freeze(Message, frozen=True, tag="freeze"):
    """Stop the session's clock."""

    id: CommandId


class Run(Message, frozen=True, tag="run"):
    """Let the clock run at ``speed`` simulated seconds per second, optionally until something happens.

    ``until`` is ``alarm``, ``result``, ``decision``, ``phase`` (one begins or is ready) or ``time`` (then
    ``until_time`` is the simulated ms).
    """

    id: CommandId
    speed: Annotated[float, msgspec.Meta(ge=1.0, le=3600.0)]
    until: Annotated[str, msgspec.Meta(pattern="^(|alarm|result|decision|phase|time)$")] = ""
    until_time: Annotated[int, msgspec.Meta(ge=0)] = 0


ClientMessage = Hello | Command | Freeze | Run

# --- from the host ----------------------------------------------------------------------------------------------------


class Welcome(Message, frozen=True, tag="welcome"):
    """Who you are in this session, and where it stands. ``seq`` is the last reliable message sent so far."""

    version: int
    session: str
    seat: str
    may_command: bool
    may_instruct: bool
    seq: int
    recovered: bool


class Frame(Message, frozen=True, tag="frame"):
    """All that the seat may see at ``time``, in the console document's order. Quality: 0 good, 1 uncertain, 2 bad.

    ``recipe_mode``: 0 automatic, 1 semi-automatic; ``ready``: the phase that waits for the operator's start, or -1.
    """

    time: int
    values: tuple[float, ...]
    qualities: tuple[int, ...]
    loops: tuple[LoopValue, ...]
    alarms: tuple[AlarmValue, ...]
    interlocks: tuple[int, ...]
    phase: int
    phase_since: int
    recipe_mode: int
    recipe_held: bool
    ready: int
    cost: float


class Clock(Message, frozen=True, tag="clock"):
    """The clock changed. ``reason``: asked, until, decision, ready, idle, ended, error, restart or lease."""

    seq: int
    time: int
    running: bool
    speed: float
    reason: str


class FactNews(Message, frozen=True, tag="fact"):
    seq: int
    fact: Fact


class Ack(Message, frozen=True, tag="ack"):
    """Accepted: durable in the journal as ``number``, to be applied at simulated ``time``."""

    id: str
    number: int
    time: int


class Refused(Message, frozen=True, tag="refused"):
    """Not accepted; ``code`` is stable: input_invalid, not_allowed, too_fast, ended, disk_full and the like."""

    id: str
    code: str
    text: str


class Failure(Message, frozen=True, tag="error"):
    """The message itself was wrong (malformed, too_large, unknown_type, hello_first); nothing changed."""

    code: str
    text: str


HostMessage = Welcome | Frame | Clock | FactNews | Ack | Refused | Failure
