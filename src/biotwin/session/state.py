"""The state of a session: two flat buffers and a desk; a snapshot is their bytes and a digest.

``real`` and ``whole`` hold the plant (continuous values; clock, phases, modes, alarms). The desk holds what is rare and
discrete: samples on their way, reports from the field, plans of the scenario, answers, cost, the seed.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field

import msgspec
import numpy as np

from biotwin.errors import SnapshotInvalid
from biotwin.plant.plant import Plant, Reals, Wholes
from biotwin.plant.whole import NEVER, PHASE, TIME, WAKE

SCHEMA = 2
_HEAD = struct.Struct("<4sHIIQ32s")
_MAGIC = b"BTS\0"


class Result(msgspec.Struct, frozen=True):
    """A determination that has come back: when sampled, when ready (ms), SI value, quality, standard deviation."""

    sample: int
    analyser: str
    analyte: str
    taken: int
    ready: int
    value: float
    quality: int
    error: float


class Due(msgspec.Struct, frozen=True):
    """Something that will happen at ``time`` (ms). ``kind``: sample, results, report, malfunction, question,
    unset, end.

    ``subject`` names it, ``number`` and ``values`` carry what it needs; ``order`` breaks ties as they were planned.
    """

    time: int
    order: int
    kind: str
    subject: str
    values: tuple[float, ...] = ()
    detail: str = ""
    results: tuple[Result, ...] = ()


class Trigger(msgspec.Struct, frozen=True):
    """A question that opens when a fact of ``kind`` on ``subject`` comes."""

    kind: str
    subject: str
    question: str


class Desk(msgspec.Struct):
    """See the module. ``due`` is sorted by time, then order."""

    seed: str
    due: list[Due] = []
    order: int = 0
    samples: int = 0
    results: list[Result] = []
    answers: dict[str, str] = {}
    open: list[str] = []
    triggers: list[Trigger] = []
    cost: float = 0.0

    def plan(self, time: int, kind: str, subject: str, **more: object) -> None:
        """Put something on the desk for ``time``."""
        self.order += 1
        self.due.append(Due(time, self.order, kind, subject, **more))  # type: ignore[arg-type]
        self.due.sort(key=lambda d: (d.time, d.order))


@dataclass(slots=True)
class State:
    """All that the next tick needs. ``copy`` before changing: ``step`` never changes its argument."""

    real: Reals
    whole: Wholes
    desk: Desk = field(default_factory=lambda: Desk(seed="0" * 32))

    @property
    def time(self) -> int:
        """Simulated time, ms."""
        return int(self.whole[TIME])

    @property
    def phase(self) -> int:
        return int(self.whole[PHASE])

    @property
    def seed(self) -> int:
        return int(self.desk.seed, 16)

    def wake_when_due(self) -> None:
        """Tell the kernel when the desk has something to do."""
        self.whole[WAKE] = self.desk.due[0].time if self.desk.due else NEVER

    def copy(self) -> State:
        return State(self.real.copy(), self.whole.copy(), msgspec.msgpack.decode(_desk_bytes(self.desk), type=Desk))


def _desk_bytes(desk: Desk) -> bytes:
    return msgspec.msgpack.encode(desk, order="deterministic")


def _body(state: State) -> bytes:
    return state.real.tobytes() + state.whole.tobytes() + _desk_bytes(state.desk)


def digest(state: State) -> bytes:
    """16 bytes that two states share only if they are equal to the bit."""
    return hashlib.blake2b(_body(state), digest_size=16).digest()


def snapshot(plant: Plant, state: State) -> bytes:
    """The whole state as bytes; ``load(plant, snapshot(plant, state))`` is the identity."""
    body = _body(state)
    check = hashlib.blake2b(body, digest_size=16).digest() + bytes.fromhex(plant.digest)
    return _HEAD.pack(_MAGIC, SCHEMA, state.real.size, state.whole.size, len(body), check) + body


def load(plant: Plant, data: bytes) -> State:
    """The state in a snapshot; raises ``SnapshotInvalid`` where it is damaged or of another plant or schema."""
    if len(data) < _HEAD.size:
        raise SnapshotInvalid("the snapshot is too short.")
    magic, schema, reals, wholes, length, check = _HEAD.unpack_from(data)
    body = data[_HEAD.size :]
    if magic != _MAGIC or len(body) != length or hashlib.blake2b(body, digest_size=16).digest() != check[:16]:
        raise SnapshotInvalid("the snapshot is damaged.")
    if schema != SCHEMA:
        raise SnapshotInvalid(f"the snapshot has schema {schema}, this engine reads {SCHEMA}.")
    if check[16:] != bytes.fromhex(plant.digest) or (reals, wholes) != (plant.real_size, plant.whole_size):
        raise SnapshotInvalid("the snapshot is of another plant.", next_step=f"This plant is {plant.slug}.")
    real = np.frombuffer(body, np.float64, reals).copy()
    whole = np.frombuffer(body, np.int64, wholes, reals * 8).copy()
    desk = msgspec.msgpack.decode(body[(reals + wholes) * 8 :], type=Desk)
    return State(real, whole, desk)
