"""Live seats: 500 flights of one plant at x60 with 500 sockets from another process, beside each other on one machine.

Each client gets a frame a second and gives a command every ten. *Acknowledgement*: from the command's leaving to its
answer, durable on disk before. *Frame age*: arrival less the wall moment at which the frame's simulated time was due
(the scan of 10 simulated seconds alone is up to 167 ms of it). All seats belong to one demo person.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.campus.serving import ROOT, Browser, Campus
from benchmarks.figure import Figure

CLIENTS = 500
SECONDS = 40.0
ALONE_S = 8.0
FOUR_HZ = 3.9
SPEED = 60.0
EVERY_S = 10.0
SCENARIO = "first-batch"
ACK_P99_MS, AGE_P95_MS = 250.0, 300.0
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


class Watch(threading.Thread):
    """Once a second, what the server says of itself (``/metrics``), and what the machine says of the server."""

    def __init__(self, campus: Campus) -> None:
        super().__init__(daemon=True)
        assert campus.process is not None
        self.campus, self.process = campus, Path("/proc") / str(campus.process.pid)
        self.metrics: dict[str, list[float]] = {}
        self.over = threading.Event()
        self.begun = (time.monotonic(), self._loop(), self._process(), _busy())

    def run(self) -> None:
        while not self.over.wait(1.0):
            with urlopen(f"{self.campus.base}/metrics", timeout=30) as answer:
                for line in answer.read().decode().splitlines():
                    if not line.startswith("#"):
                        name, _, value = line.partition(" ")
                        self.metrics.setdefault(name, []).append(float(value))

    def end(self) -> dict[str, float]:
        """Cores used since the beginning, memory (MB), and the worst that the metrics said."""
        self.over.set()
        since, loop, process, busy = self.begun
        wall = time.monotonic() - since
        found = {"loop_cores": (self._loop() - loop) / wall, "server_cores": (self._process() - process) / wall,
                 "machine_cores": (_busy() - busy) / wall, "memory_mb": self._memory()}
        self.join(5)
        return found | {name: max(values) for name, values in self.metrics.items()}

    def _loop(self) -> float:
        """CPU seconds of the event loop's thread, the process's first."""
        return _seconds(self.process / "task" / self.process.name / "stat")

    def _process(self) -> float:
        return _seconds(self.process / "stat")

    def _memory(self) -> float:
        rows = (self.process / "status").read_text().splitlines()
        return next(float(row.split()[1]) / 1024 for row in rows if row.startswith("VmRSS"))


def _seconds(stat: Path) -> float:
    cells = stat.read_text().rpartition(")")[2].split()
    return (int(cells[11]) + int(cells[12])) / TICKS_PER_S


def _busy() -> float:
    """CPU seconds that all of the machine has worked."""
    cells = [int(cell) for cell in Path("/proc/stat").read_text().splitlines()[0].split()[1:8]]
    return (sum(cells) - cells[3] - cells[4]) / TICKS_PER_S


def trial(campus: Campus, clients: int, seconds: float) -> dict[str, Any]:
    """One run; what client, server and machine say of it."""
    person = Browser(campus).sign_in("learner", campus.people()["learner"])
    begun = time.monotonic()
    sessions = [person.begin(SCENARIO) for _ in range(clients)]
    made = time.monotonic() - begun
    orders = {"port": campus.port, "cookies": person.cookies, "sessions": sessions, "seconds": seconds,
              "speed": SPEED, "every_s": EVERY_S}
    with subprocess.Popen([sys.executable, "-m", "benchmarks.campus.seats"], cwd=ROOT, text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as client:
        assert client.stdin is not None
        assert client.stdout is not None
        client.stdin.write(json.dumps(orders) + "\n")
        client.stdin.flush()
        json.loads(client.stdout.readline())
        opened = time.monotonic() - begun - made
        watch = Watch(campus)
        watch.start()
        time.sleep(seconds)
        server = watch.end()
        seen = json.loads(client.stdout.readline())
    log = campus.log.read_text()
    return {**seen, **server, "begin_s": made, "open_s": opened, "load": os.getloadavg()[0], "log": log}


def saturated(found: dict[str, Any]) -> str:
    """What is nearest to its limit, in words."""
    cores = os.cpu_count() or 1
    others = found["machine_cores"] - found["server_cores"] - found["cpu_cores"]
    shares = {
        "the event loop's thread": found["loop_cores"],
        "the server's interpreter (one lock)": found["server_cores"],
        "the clients' process": found["cpu_cores"],
        "the machine's cores": found["machine_cores"] / cores,
    }
    first = max(shares, key=lambda name: shares[name])
    told = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
    return f"first to saturate: {first} ({told}; others took {max(0.0, others):.2f} of {cores} cores)"


def measure() -> list[Figure]:
    """The figures of one attended seat alone, then of 500."""
    with Campus() as campus:
        alone = trial(campus, 1, ALONE_S)
        crowd = trial(campus, CLIENTS, SECONDS)
    rate = Figure("one attended seat: frames", alone["ages"] / alone["wall_s"], "frames/s", better="higher",
                  goal=FOUR_HZ, note=f"4 Hz and one per command; age p95 {1e3 * alone['age_p95']:.0f} ms")
    return [rate, *figures(crowd, CLIENTS)]


def figures(found: dict[str, Any], clients: int) -> list[Figure]:
    rate = found["ages"] / clients / found["wall_s"]
    return [
        Figure(f"{clients} seats: lost acknowledgements", float(found["lost"]), "of " + str(found["acks"]), goal=0.0,
               note=f"refused {found['refused'] or 0}, lines closed {found['closed']}"),
        Figure(f"{clients} seats: acknowledgement p50", 1e3 * found["ack_p50"], "ms"),
        Figure(f"{clients} seats: acknowledgement p99", 1e3 * found["ack_p99"], "ms", goal=ACK_P99_MS),
        Figure(f"{clients} seats: frame age p50", 1e3 * found["age_p50"], "ms", note=f"{rate:.2f} frames/s each"),
        Figure(f"{clients} seats: frame age p95", 1e3 * found["age_p95"], "ms", goal=AGE_P95_MS),
        Figure(f"{clients} seats: server CPU", found["server_cores"], "cores", note=saturated(found)),
        Figure(f"{clients} seats: server memory", found["memory_mb"], "MB"),
        Figure(f"{clients} seats: worst tick lag", 1e3 * found["campus_tick_lag_seconds"], "ms",
               note=f"journal lag {1e3 * found['campus_journal_lag_seconds']:.0f} ms"),
    ]


def main() -> None:
    """``python -m benchmarks.load --clients 100 --seconds 20``: other sizes."""
    from benchmarks.__main__ import line

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    arguments = parser.parse_args()
    with Campus() as campus:
        found = trial(campus, arguments.clients, arguments.seconds)
    for figure in figures(found, arguments.clients):
        print(line(figure))
    print({name: value for name, value in found.items() if name != "log"})
    print(found["log"][-2000:])


if __name__ == "__main__":
    main()
