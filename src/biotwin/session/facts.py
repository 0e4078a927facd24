"""Facts: what happened, a function of (state, state', inputs). Derived and streamed, never journaled.

``kind`` is one of ``KINDS``; ``subject`` is an address (an alarm, a loop, a tag, a phase, an analyser, a station);
``value`` is SI. A ``hidden`` fact tells of the true state: it stays behind the truth wall until the debrief.
"""

from __future__ import annotations

import msgspec

KINDS = frozenset({
    "phase_started", "phase_ended", "phase_ready", "recipe_mode_changed", "recipe_held", "recipe_restarted",
    "alarm_raised", "alarm_returned", "alarm_acknowledged", "alarm_shelved",
    "alarm_unshelved", "interlock_tripped", "interlock_cleared", "mode_changed", "setpoint_changed", "output_changed",
    "input_refused", "sample_taken", "result_ready", "field_report", "decision_opened", "decision_closed",
    "limit_crossed", "limit_restored", "malfunction_changed", "overflowed", "lot_ended",
})


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened at ``time`` (simulated ms)."""

    time: int
    kind: str
    subject: str
    value: float = 0.0
    detail: dict[str, float | str | bool] = {}
    hidden: bool = False
