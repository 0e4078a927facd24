"""What an operator of the campus watches: how late ticks and the journal are, and how full the house is."""

from __future__ import annotations

from campus.foundation.extensions import Metric
from campus.simulator import host as hosts
from campus.simulator.live import now
from campus.simulator.services import Full


def metrics() -> list[Metric]:
    try:
        host = hosts.current()
    except Full:
        return []
    started, lives = now(), list(host.sessions.values())
    late = [live.late_s(started) for live in lives] or [0.0]
    return [
        Metric("campus_sessions_live", "Sessions in memory.", "gauge", len(lives)),
        Metric("campus_sessions_running", "Sessions whose clock runs.", "gauge", sum(live.running for live in lives)),
        Metric("campus_sessions_failed", "Sessions frozen by an error.", "gauge",
               sum(bool(live.fault) for live in lives)),
        Metric("campus_seats_connected", "Open lines.", "gauge", sum(len(live.links) for live in lives)),
        Metric("campus_tick_lag_seconds", "The latest running session behind its rhythm.", "gauge", max(late)),
        Metric("campus_slices_total", "Slices ticked.", "counter", host.ticker.ticked),
        Metric("campus_journal_lag_seconds", "Last input, from arrival to durable.", "gauge", host.writer.lag_s),
        Metric("campus_journal_entries_total", "Inputs made durable.", "counter", host.writer.committed),
    ]


def host_answers() -> str:
    """Empty when the session host serves, else what is wrong."""
    try:
        host = hosts.current()
    except Full:
        return "No session host in this process."
    if not host.writer.is_alive():
        return "The journal's writer has stopped."
    return "The server is draining." if host.closing else ""
