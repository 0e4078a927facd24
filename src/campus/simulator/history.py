"""Telemetry as binary columns and as CSV.

Binary: uint32 (little endian) length of a JSON header ``{"tags": [...], "count": n}``, the header, padding to a
multiple of 8 bytes from the start, Float64 time[n] (simulated ms), then per tag Float32 low[n], high[n] (SI).
"""

from __future__ import annotations

import csv
import io
import json
import struct
from typing import Any

import numpy as np
import numpy.typing as npt

Window = tuple[npt.NDArray[np.float64], npt.NDArray[np.float32], npt.NDArray[np.float32]]
BUCKETS = 4_000
TAGS = 40


class BadQuery(ValueError):
    """A field of the query cannot be read; the text says which."""


def columns(tags: list[str], window: Window) -> bytes:
    time, low, high = window
    header = json.dumps({"tags": tags, "count": len(time)}, separators=(",", ":")).encode()
    head = struct.pack("<I", len(header)) + header
    head += b" " * (-len(head) % 8)
    pairs = np.empty((len(tags), 2, len(time)), dtype="<f4")
    if len(time):
        pairs[:, 0, :], pairs[:, 1, :] = low, high
    return head + time.astype("<f8").tobytes() + pairs.tobytes()


def parsed(data: bytes) -> tuple[list[str], Window]:
    """The inverse of ``columns``."""
    length = struct.unpack_from("<I", data)[0]
    header: dict[str, Any] = json.loads(data[4:4 + length])
    tags, count = header["tags"], header["count"]
    at = (4 + length + 7) // 8 * 8
    time = np.frombuffer(data, "<f8", count, at)
    pairs = np.frombuffer(data, "<f4", 2 * count * len(tags), at + 8 * count).reshape(len(tags), 2, count)
    return tags, (time, pairs[:, 0, :], pairs[:, 1, :])


def table(tags: list[str], window: Window) -> str:
    """CSV: simulated seconds, then least and greatest value of each tag in each bucket (SI)."""
    time, low, high = window
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["time_s", *(f"{tag} {end}" for tag in tags for end in ("low", "high"))])
    for row, at in enumerate(time):
        cells = (f"{side[k, row]:.7g}" for k in range(len(tags)) for side in (low, high))
        writer.writerow([f"{at / 1000:.3f}", *cells])
    return out.getvalue()


def query(parameters: Any, allowed: list[str]) -> tuple[list[str], int, int, int]:
    """(tags, from, to, buckets) of a request. Raises ``BadQuery``; a tag that is not allowed is as unknown as any."""
    asked = [tag.removesuffix(".value") for tag in parameters.get("tags", "").split(",") if tag][:TAGS]
    unknown = sorted(set(asked) - set(allowed))
    if unknown:
        raise BadQuery(f"tags: {unknown[0][:80]!r} is no signal that this seat may see.")
    if not asked:
        raise BadQuery("tags: name at least one signal.")
    start, end = whole(parameters, "from", 0), whole(parameters, "to", 10**12)
    if end < start:
        raise BadQuery("to: it lies before from.")
    return asked, start, end, max(1, min(BUCKETS, whole(parameters, "buckets", 1200)))


def whole(parameters: Any, name: str, default: int) -> int:
    text = parameters.get(name)
    if text in (None, ""):
        return default
    try:
        value = int(text)
    except ValueError:
        raise BadQuery(f"{name}: {text[:40]!r} is no whole number.") from None
    if not 0 <= value <= 10**12:
        raise BadQuery(f"{name}: {value} lies outside 0..10^12.")
    return value


def thinned(window: Window, buckets: int) -> Window:
    """At most ``buckets`` columns: least of the lows, greatest of the highs."""
    time, low, high = window
    size = max(1, -(-time.size // buckets))
    if size == 1:
        return window
    edges = np.arange(0, time.size, size)
    return time[edges], np.minimum.reduceat(low, edges, axis=1), np.maximum.reduceat(high, edges, axis=1)
