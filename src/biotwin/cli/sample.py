"""``biotwin sample SCENARIO``: many flights that differ in their seed and in what ``--set`` lets vary."""

from __future__ import annotations

import argparse
import time as wall
from pathlib import Path
from typing import Any

import numpy as np

from biotwin.cli.progress import Bar, announce, say
from biotwin.cli.values import milliseconds, override, seed
from biotwin.errors import OutOfRange


def add(commands: Any) -> None:
    """Describe the command line."""
    p = commands.add_parser("sample", help="fly many what-ifs of a scenario in parallel")
    p.add_argument("scenario")
    p.add_argument("-n", "--members", type=int, default=200, help="how many flights (default 200)")
    p.add_argument("--workers", type=int, help="processes (default: all cores; 1 flies in this one)")
    p.add_argument("--scan", metavar="TIME", help="one scan class for all phases (60 s: quick)")
    p.add_argument("--cluster", metavar="ADDRESS", help="fly on a dask.distributed cluster: tcp://scheduler:8786")
    p.add_argument("--seed", default="1", help="seed of the first; the others follow")
    p.add_argument("--set", action="append", default=[], metavar="ADDRESS=VALUE", dest="overrides",
                   help="parameters/…, law/… or start/… = 0.3, 0.2..0.4, 0.3+-0.05 or 10%% (SI)")
    p.add_argument("--pilot", default="nothing")
    p.add_argument("--until", metavar="TIME")
    p.add_argument("--healthy", action="store_true", help="the scenario's malfunctions do not come")
    p.add_argument("--out", type=Path, metavar="FILE", help="figures, and *.telemetry beside them: .parquet or .npz")
    p.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Fly the members, print the spread of each figure."""
    from biotwin.ensembles.executors import sample
    from biotwin.ensembles.flying import specs
    from biotwin.ensembles.tables import write_ensemble
    from biotwin.pilots.scripted import script
    from biotwin.session.library import load_scenario

    if arguments.members < 1 or (arguments.workers is not None and arguments.workers < 1):
        raise OutOfRange("at least one flight and one worker are needed.", where="-n, --workers")
    scenario = load_scenario(arguments.scenario)
    entries = tuple(script(scenario, arguments.pilot))
    until = -1 if arguments.until is None else milliseconds(arguments.until, "--until")
    members = specs(arguments.scenario, arguments.members, first_seed=seed(arguments.seed), inputs=entries,
                    overrides=dict(override(text) for text in arguments.overrides), until=until,
                    healthy=arguments.healthy,
                    scan=0 if arguments.scan is None else milliseconds(arguments.scan, "--scan"))
    announce(scenario.plant)
    began = wall.perf_counter()
    with Bar("Sampling", len(members)) as bar, executor(arguments.workers, arguments.cluster) as by:
        outcomes = sample(members, by, told=lambda p: bar.to(p.done))
    say(f"{len(outcomes)} flights in {wall.perf_counter() - began:.1f} s")
    for name, row in spread(outcomes).items():
        print(f"{name:32} " + "  ".join(f"{label} {value:.6g}" for label, value in row.items()))
    if arguments.out is not None:
        for path in write_ensemble(arguments.out, outcomes):
            say(f"wrote {path}")
    return 0


def executor(workers: int | None, cluster: str | None = None) -> Any:
    """A cluster where one is named, else processes, or this thread where one worker is asked for."""
    from biotwin.ensembles.executors import Inline, Processes

    if cluster:
        from biotwin.ensembles.cluster import Cluster

        return Cluster(cluster)
    return Inline() if workers == 1 else Processes(workers)


def spread(outcomes: Any) -> dict[str, dict[str, float]]:
    """5th, 50th and 95th percentile of each figure."""
    found = {}
    for name in outcomes[0].figures:
        low, middle, high = np.percentile([o.figures[name] for o in outcomes], [5.0, 50.0, 95.0])
        found[name] = {"p5": float(low), "p50": float(middle), "p95": float(high)}
    return found
