"""An ensemble on a real scheduler with two real workers, one of which is killed: all land, equal to the bit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from biotwin.ensembles.cluster import Cluster
from biotwin.ensembles.executors import Inline, sample
from biotwin.ensembles.flying import specs
from biotwin.errors import MissingPeer
from tests.twin.conftest import CONTENT
from tests.twin.test_ensembles import same

pytestmark = pytest.mark.slow
SOURCES = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler of the test's own."""
    place = tmp_path / "scheduler.json"
    process = started("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(place))
    try:
        yield address_in(place)
    finally:
        ended(process)


def started(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(SOURCES)}
    return subprocess.Popen([sys.executable, "-m", module, *arguments], env=environment,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def worker(address: str, folder: Path) -> subprocess.Popen[bytes]:
    return started("distributed.cli.dask_worker", address, "--nworkers", "1", "--nthreads", "1", "--no-nanny",
                   "--no-dashboard", "--local-directory", str(folder))


def address_in(place: Path) -> str:
    import json

    for _ in range(600):
        if place.exists() and (text := place.read_text()):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


def ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(timeout=30)


def test_a_worker_is_killed_and_every_member_lands_equal_to_the_bit(scheduler: str, tmp_path: Path) -> None:
    members = specs("mini", 24, content=str(CONTENT), points=50)
    with Inline() as here:
        expected = sample(members, here)
    workers = [worker(scheduler, tmp_path / str(n)) for n in range(2)]
    try:
        with Cluster(scheduler) as cluster:
            handles = [cluster.submit((member,)) for member in members]
            handles[0].result()
            os.kill(workers[0].pid, signal.SIGKILL)
            landed = [handle.result()[0] for handle in handles]
            assert cluster.progress()[:3] == (24, 24, 0)
    finally:
        for process in workers:
            ended(process)
    assert all(same(one, other) for one, other in zip(landed, expected, strict=True))


def test_no_scheduler_is_told_in_words() -> None:
    with pytest.raises(MissingPeer, match="no scheduler answers"):
        Cluster("tcp://127.0.0.1:9", patience_s=1.0)
