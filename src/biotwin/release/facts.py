"""Facts of the laboratory and of quality: what happened, derived from states and inputs. None tells of the true state.

``subject`` names a test (``substance.hcp``), an out-of-specification result (``oos-1``), a deviation (``dev-1``), an
observation, a change, or the lot. A refusal is the fact ``refused`` whose detail ``reason`` is one of ``REFUSALS``.
"""

from __future__ import annotations

import msgspec

KINDS = frozenset({
    "requested", "result_ready", "oos_opened", "oos_checking", "oos_checked", "result_invalidated",
    "retest_planned", "resample_ordered", "oos_closed", "trend_opened", "trend_assessed", "study_begun", "pull_ready",
    "shelf_life_granted", "records_reviewed",
    "environment_reviewed",
    "observation_opened", "observation_accepted", "deviation_opened", "deviation_classified", "cause_named",
    "capa_planned", "deviation_closed", "effectiveness_known", "change_opened", "change_closed", "disposed", "refused",
    "reprocessed",
})
REFUSALS = frozenset({
    "wrong_role", "lot_disposed", "out_of_scope", "not_sampled", "nothing_to_sample", "under_way",
    "repeat_without_cause", "investigate_first", "checked_already", "laboratory_check_first", "no_assignable_cause",
    "cause_known", "retest_not_permitted", "retest_planned_already", "retest_number", "averaging_hides",
    "justification_not_accepted", "no_record_of_it", "oos_closed", "retest_first", "retest_outside", "review_first",
    "still_running", "trend_assessed_already", "nothing_new_to_review", "observation_taken", "deviation_needed",
    "deviation_closed", "grade_too_low", "not_classified", "cause_missing", "capa_missing", "capa_due_past",
    "change_closed", "file_incomplete", "not_filed", "too_late",
    "put_up_already", "in_quarantine", "capa_did_not_work", "change_needed", "reprocessed_already", "nothing_to_mend",
     "limit_is_no_trend", "not_put_up", "shelf_life_too_long",
})
MISSING = frozenset({
    "test_missing", "test_under_way", "oos_open", "oos_confirmed", "stability_open", "trend_open",
    "records_unreviewed",
    "environment_missing", "environment_unreviewed", "observation_open", "deviation_open", "deviation_affects_lot",
    "change_open", "integrity_missing", "integrity_failed", "clearance_short",
    "parent_open", "parent_refused", "not_on_stability", "shelf_life_missing", "shelf_life_beyond",
})


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened at ``time`` (ms of the lot)."""

    time: int
    kind: str
    subject: str
    value: float = 0.0
    detail: dict[str, float | str | bool] = {}


def refused(time: int, subject: str, reason: str, **more: float | str | bool) -> Fact:
    """An input that the procedure forbids: nothing else changed."""
    if reason not in REFUSALS:
        raise KeyError(reason)
    return Fact(time, "refused", subject, 0.0, {"reason": reason, **more})
