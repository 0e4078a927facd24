"""``biotwin fly SCENARIO``: one flight, by a pilot or by nobody; telemetry, picture and journal on demand."""

from __future__ import annotations

import argparse
import math
import time as wall
from pathlib import Path
from typing import Any

from biotwin.cli.progress import Bar, announce, say
from biotwin.cli.values import milliseconds, seed, speed

DAY = 86_400_000
SLICE_S = 0.05


def add(commands: Any) -> None:
    """Describe the command line."""
    p = commands.add_parser("fly", help="fly a scenario")
    p.add_argument("scenario")
    p.add_argument("--seed", default="1", help="whole number or 0x…: the noise and all that the scenario draws")
    p.add_argument("--speed", default="max", help="simulated seconds per second, or max (default)")
    p.add_argument("--until", metavar="TIME", help="simulated time from the start of the lot, such as '5 day'")
    p.add_argument("--pilot", default="nothing", help="a pilot that the scenario describes (default: nothing is done)")
    p.add_argument("--out", type=Path, metavar="FILE", help="telemetry: .parquet, .csv or .npz")
    p.add_argument("--plot", nargs="?", type=Path, const=Path(), metavar="FILE", help="a picture (default: run.png)")
    p.add_argument("--journal", type=Path, metavar="FILE", help="journal with a digest per simulated day (.jsonl)")
    p.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Fly, tell the facts, write what was asked for."""
    from biotwin.pilots.scripted import script
    from biotwin.session.flight import Flight
    from biotwin.session.library import load_scenario
    from biotwin.views.telemetry import check_name, telemetry, write_telemetry

    if arguments.out is not None:
        check_name(arguments.out)
    number, pace = seed(arguments.seed), speed(arguments.speed)
    scenario = load_scenario(arguments.scenario)
    entries = script(scenario, arguments.pilot)
    until = scenario.duration if arguments.until is None else milliseconds(arguments.until, "--until")
    until = min(until, scenario.duration)
    say(f"{scenario.title('en')} ({scenario.slug}), plant {scenario.plant.slug}, seed {number}")
    announce(scenario.plant)
    with Bar("Starting", 1.0):
        flight = Flight.begin(scenario, number)
    began = wall.perf_counter()
    digests = _fly(flight, entries, until, pace)
    say(f"{(flight.time - scenario.start_time) / DAY:.2f} days flown in {wall.perf_counter() - began:.2f} s, "
        f"state {flight.digest().hex()}")
    if arguments.out is not None:
        write_telemetry(arguments.out, telemetry(scenario.plant, flight.recorder))
        say(f"wrote {arguments.out}")
    if arguments.plot is not None:
        _plot(flight, arguments)
    if arguments.journal is not None:
        _journal(arguments.journal, flight, entries, digests)
    return 0


def _fly(flight: Any, entries: list[Any], until: int, pace: float) -> list[tuple[int, str]]:
    """Fly to ``until``, printing facts; returns (time, digest) at each simulated day and at the end."""
    digests: list[tuple[int, str]] = []
    marks = [*range((flight.time // DAY + 1) * DAY, until, DAY), until]
    stops = sorted({*marks, *(e.time for e in entries if e.time <= until)})
    waiting = list(entries)
    with Bar("Flying", until - flight.time) as bar:
        start = flight.time
        for stop in stops:
            _paced(flight, stop, pace, lambda: bar.to(flight.time - start))
            if stop in marks:
                digests.append((stop, flight.digest().hex()))
            while waiting and waiting[0].time <= flight.time:
                flight.apply(waiting.pop(0))
            if flight.ended:
                break
        _tell(flight.settle())
    return digests


def _paced(flight: Any, stop: int, pace: float, told: Any) -> None:
    begin, started = flight.time, wall.perf_counter()
    while flight.time < stop and not flight.ended:
        if math.isinf(pace):
            goal = stop
        else:
            wall.sleep(SLICE_S)
            goal = min(stop, begin + int((wall.perf_counter() - started) * pace * 1000))
        if goal > flight.time:
            _tell(flight.advance(goal, budget=0.2))
        told()


def _tell(facts: list[Any]) -> None:
    for fact in facts:
        if not fact.hidden:
            value = "" if fact.value == 0.0 else f" {fact.value:.6g}"
            print(f"{fact.time / 3.6e6:9.3f} h  {fact.kind:18} {fact.subject}{value}", flush=True)


def _plot(flight: Any, arguments: argparse.Namespace) -> None:
    from biotwin.cli.picture import draw
    from biotwin.views.telemetry import telemetry

    path = arguments.plot
    if path == Path():
        path = arguments.out.with_suffix(".png") if arguments.out else Path("run.png")
    draw(path, flight.scenario, telemetry(flight.scenario.plant, flight.recorder))
    say(f"wrote {path}")


def _journal(path: Path, flight: Any, entries: list[Any], digests: list[tuple[int, str]]) -> None:
    from biotwin.session.journal import DigestLine, head_of, write_journal

    flown = [e for e in entries if e.time <= flight.time]
    lines = [*flown, *(DigestLine(time, digest) for time, digest in digests)]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_journal(path, head_of(flight.scenario, flight.state.seed), sorted(lines, key=lambda line: line.time))
    say(f"wrote {path}")
