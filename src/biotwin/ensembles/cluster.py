"""An ensemble flown by a dask.distributed cluster: the same members, the same bits, on as many machines as it has.

Needs the extra ``cluster``. Members are pure functions of their ``RunSpec``, so that one whose worker dies is flown
again by another and gives the same outcome.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

from biotwin.ensembles.executors import Handle, Pack, Progress, flown
from biotwin.ensembles.flying import Outcome
from biotwin.errors import MissingPeer

RETRIES = 3
"""Times that a pack may lose its worker before its loss is told."""
LANDED = ("finished", "error", "cancelled")
AHEAD = 1_024
"""Packs that the scheduler holds at a time: enough for some hundred cores; 50 kB of telemetry a member, once landed."""


class Cluster:
    """``Cluster("tcp://scheduler:8786")``. Raises ``MissingPeer`` where no scheduler answers or dask is not there."""

    ahead = AHEAD

    def __init__(self, address: str, *, patience_s: float = 10.0) -> None:
        try:
            from distributed import Client
        except ModuleNotFoundError:
            raise MissingPeer("dask.distributed is not installed.",
                              next_step="Install the extra: pip install campus-biotech-digital[cluster].") from None
        try:
            self._client: Any = Client(address, timeout=patience_s, set_as_default=False)
        except OSError:
            raise MissingPeer(f"no scheduler answers at {address}.", next_step="Start one: dask scheduler.") from None
        self._flying: list[tuple[Any, int]] = []
        self._landed = Progress(0, 0, 0, 0)

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, pack: Pack) -> Handle:
        """A pack on its way; two equal ones are two."""
        future = self._client.submit(flown, pack, pure=False, retries=RETRIES)
        self._flying.append((future, len(pack)))
        return _Flying(future)

    def progress(self) -> Progress:
        landed = [(future.status, size) for future, size in self._flying if future.status in LANDED]
        self._flying = [(future, size) for future, size in self._flying if future.status not in LANDED]
        self._landed = self._landed.more(*(sum(size for own, size in landed if own == status) for status in LANDED))
        lost = sum(size for future, size in self._flying if future.status == "lost")
        return self._landed._replace(submitted=self._landed.submitted + sum(size for _, size in self._flying),
                                     failed=self._landed.failed + lost)

    def cancel(self) -> None:
        """Packs that have not landed will not."""
        self._client.cancel([future for future, _ in self._flying if not future.done()])

    def close(self) -> None:
        self.cancel()
        self._client.close()


class _Flying:
    """A dask future as a handle."""

    def __init__(self, future: Any) -> None:
        self._future = future

    def done(self) -> bool:
        return bool(self._future.done())

    def result(self) -> list[Outcome]:
        return self._future.result()  # type: ignore[no-any-return]

    def cancel(self) -> bool:
        self._future.cancel()
        return bool(self._future.cancelled())
