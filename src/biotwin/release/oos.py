"""An investigation as it is opened, answered and closed: the same for a test of release and for a pull on stability."""

from __future__ import annotations

from msgspec.structs import replace

from biotwin.release.facts import Fact
from biotwin.release.state import RESAMPLE, RETEST, Oos, State

Done = tuple[State, tuple[Fact, ...]]


def opened(state: State, test: str, value: float, *, result: int = -1, pull: int = -1) -> Done:
    """A result out of specification (SI) is investigated: one of release, or one among the pulls."""
    oos = Oos(f"oos-{len(state.investigations) + 1}", result, test, state.time, pull=pull)
    return state.put(oos), (Fact(state.time, "oos_opened", oos.name, value, {"test": test}),)


def answered(state: State, asked: Oos | None, purpose: str, number: int) -> State | None:
    """Retests and new samples belong to their investigation; None of any other determination."""
    if asked is None or purpose not in (RETEST, RESAMPLE):
        return None
    if purpose == RESAMPLE:
        return state.put(replace(asked, resample=number, status="resampled"))
    retests = (*asked.retests, number)
    status = "retested" if len(retests) == asked.planned else asked.status
    return state.put(replace(asked, retests=retests, status=status))


def closed(state: State, oos: Oos, conclusion: str) -> Done:
    oos = replace(oos, status="closed", conclusion=conclusion, closed=state.time)
    return state.put(oos), (Fact(state.time, "oos_closed", oos.name, 0.0, {"conclusion": conclusion}),)
