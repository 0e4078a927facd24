"""The host under kill -9, many times: forked from one warm process, with the real host, journal and database.

What is left out, to be quick: sockets and pages (``durability`` kills whole servers too). The child flies one session
through ``Host.command`` and tells each acknowledgement and each state's digest as it comes; the parent kills it at a
random instant, then reads the database as a restart would and flies the journal again.

Prints one JSON line: kills, what was acknowledged, what of it was lost, digests compared and those that differ.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import secrets
import select
import signal
import time
import uuid
from contextlib import suppress
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from biotwin.session.debrief import loop_ends  # noqa: E402
from biotwin.session.flight import Flight  # noqa: E402
from biotwin.session.inputs import Entry, SetMode  # noqa: E402
from campus.accounts.models import Role  # noqa: E402
from campus.accounts.services import create_person  # noqa: E402
from campus.simulator import loading, protocol, services  # noqa: E402
from campus.simulator.host import Host  # noqa: E402
from campus.simulator.journal import Rights  # noqa: E402
from campus.simulator.links import Link  # noqa: E402
from campus.simulator.live import Live  # noqa: E402
from campus.simulator.models import SimulatorSession  # noqa: E402
from campus.simulator.policies import Visitor  # noqa: E402

SCENARIO = "first-batch"
PER_SESSION = 10
LONGEST_S = 0.6
LOOP = "usp/br101/tic101"
Digests = dict[tuple[int, int], str]


# --- the child: flies until it is killed ------------------------------------------------------------------------------


async def _fly(session: uuid.UUID, seat: uuid.UUID, out: int, chance: random.Random) -> None:
    host = Host()
    await host.start()
    live = await host.attach(session)
    link = Link(rights=Rights(seat, None, 0, ""), role="operator", language="en", ready=True)
    live.links.add(link)
    host.run(live, link, protocol.Run(id=uuid.uuid4().hex, speed=chance.choice([60.0, 600.0, 3600.0])))
    _tell(out, ["begun"])
    while True:
        mode = chance.choice(["manual", "automatic"])
        command = protocol.Command(id=uuid.uuid4().hex, input=SetMode(loop=LOOP, mode=mode))
        answer = await host.command(live, link, command)
        if isinstance(answer, protocol.Ack):
            _tell(out, ["ack", answer.id, answer.number, answer.time])
            _tell(out, ["state", *_state(live)])
        await asyncio.sleep(chance.uniform(0.0, 0.02))
        if live.over:
            _tell(out, ["over"])


def _state(live: Live) -> tuple[int, int, str]:
    """Where the flight stands: simulated ms, last entry applied, digest. Nothing moves it meanwhile."""
    with live.lock:
        return live.flight.time, live.pen.next_number - 1, live.flight.digest().hex()


def _tell(out: int, words: list[Any]) -> None:
    os.write(out, (json.dumps(words) + "\n").encode())


# --- the parent -------------------------------------------------------------------------------------------------------


def _killed(session: SimulatorSession, chance: random.Random) -> list[list[Any]]:
    """Fork, let it fly, kill -9; what the child had told (a line that was cut does not count)."""
    seat = session.seats.get().pk
    connection.close()
    reading, writing = os.pipe()
    seed = chance.random()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            os.close(reading)
            asyncio.run(_fly(session.pk, seat, writing, random.Random(seed)))
        os._exit(1)
    os.close(writing)
    told = _until(reading, b"begun", 60.0)
    told += _until(reading, b"over", chance.uniform(0.01, LONGEST_S))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 65536):
        told += more
    os.close(reading)
    return [json.loads(line) for line in told.split(b"\n")[:-1]]


def _until(reading: int, word: bytes, seconds: float) -> bytes:
    """What comes until a word or the end of the time."""
    told, deadline = b"", time.monotonic() + seconds
    while word not in told and (left := deadline - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            data = os.read(reading, 65536)
            if not data:
                raise RuntimeError("the child ended by itself")
            told += data
    return told


def _differing(session: SimulatorSession, digests: Digests) -> int:
    """Digests that flying the journal again does not meet to the bit."""
    replay = loading.replay_of(session)
    flight = Flight.begin(replay.scenario, replay.seed, also=loop_ends(replay.scenario.plant))
    entries: list[Entry] = list(replay.entries)
    wrong = 0
    for (at, number), digest in sorted(digests.items(), key=lambda item: (item[0][1], item[0][0])):
        while entries and entries[0].number <= number:
            entry = entries.pop(0)
            flight.advance(entry.time)
            flight.apply(entry)
            flight.settle()
        flight.advance(at)
        wrong += (flight.time, flight.digest().hex()) != (at, digest)
    return wrong


def kills(scenario: str, count: int, seed: int, pilot: int) -> dict[str, int]:
    chance = random.Random(seed)
    found = {"kills": 0, "acknowledged": 0, "lost": 0, "states": 0, "differing": 0}
    session: SimulatorSession | None = None
    acknowledged: set[tuple[str, int, int]] = set()
    digests: Digests = {}
    for n in range(count):
        if n % PER_SESSION == 0:
            session = services.begin(visitor=Visitor(pilot, "", frozenset()), slug=scenario)
            acknowledged, digests = set(), {}
        assert session is not None
        told = _killed(session, chance)
        acknowledged |= {(line[1], line[2], line[3]) for line in told if line[0] == "ack"}
        digests |= {(line[1], line[2]): line[3] for line in told if line[0] == "state"}
        session.refresh_from_db()
        kept = set(session.journal.values_list("command", "number", "time"))
        found["kills"] += 1
        found["acknowledged"] += sum(line[0] == "ack" for line in told)
        found["lost"] += len(acknowledged - kept)
        if n % PER_SESSION == PER_SESSION - 1 or n == count - 1:
            found["states"] += len(digests)
            found["differing"] += _differing(session, digests)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenario", default=SCENARIO)
    arguments = parser.parse_args()
    call_command("migrate", verbosity=0)
    Flight.begin(loading.catalogue.scenario(arguments.scenario), 1).advance(1)
    pilot = create_person(username="pilot", name="pilot", password=secrets.token_urlsafe(16), role=Role.LEARNER,
                          actor="benchmark")
    print(json.dumps(kills(arguments.scenario, arguments.count, arguments.seed, pilot.pk)), flush=True)


if __name__ == "__main__":
    main()
