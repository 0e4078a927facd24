"""A progress bar in twenty lines: on a terminal it moves, elsewhere it stays silent."""

from __future__ import annotations

import sys
import time as wall
from types import TracebackType

from biotwin.plant.plant import Plant

WIDTH = 28
EVERY = 0.08


class Bar:
    """``with Bar("Flying", 100) as bar: bar.to(40)``; what is done is counted in any unit."""

    def __init__(self, title: str, total: float) -> None:
        self.title, self.total = title, max(total, 1e-12)
        self._begin = wall.monotonic()
        self._last = 0.0
        self._shown = sys.stderr.isatty()

    def to(self, done: float, note: str = "") -> None:
        """Show that ``done`` of the total is done."""
        now = wall.monotonic()
        if not self._shown or (now - self._last < EVERY and done < self.total):
            return
        self._last = now
        share = min(max(done / self.total, 0.0), 1.0)
        full = int(share * WIDTH)
        line = f"{self.title} {'█' * full}{'░' * (WIDTH - full)} {share:4.0%} {now - self._begin:5.1f} s {note}"
        sys.stderr.write(f"\r{line[:110]}\x1b[K")
        sys.stderr.flush()

    def __enter__(self) -> Bar:
        self.to(0.0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def announce(plant: Plant) -> None:
    """Say that a kernel will be compiled, where this build has none of this plant's topology yet."""
    from biotwin.session.kernel import cache_folder
    from biotwin.session.machine import machine_of

    name = machine_of(plant).kernel.run.__module__
    if not any(cache_folder().rglob(f"{name}.run-*.nbi")):
        say(f"Compiling the kernel of {plant.slug}, once for this build: about half a minute…")


def say(text: str) -> None:
    """A line for people, beside the results."""
    print(text, file=sys.stderr)
