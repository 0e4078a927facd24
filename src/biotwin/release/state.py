"""The state of a release: what is under way, what came back, what people made of it. It holds no true state.

Immutable, and JSON in one call (``msgspec.json.encode(state)``). Times are ms of the lot, values SI.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from biotwin.release.book import Book
from biotwin.release.lot import LotFile

FIRST, REPEAT, RETEST, RESAMPLE = "release", "repeat", "retest", "resample"
"""Purposes of a determination."""


class Run(msgspec.Struct, frozen=True):
    """A determination under way. ``ordinal`` of this test; ``oos``: the investigation that asked for it."""

    number: int
    test: str
    ordinal: int
    series: int
    purpose: str
    asked: int
    ready: int
    oos: str = ""


class Result(msgspec.Struct, frozen=True):
    """What came back: ``value`` as reported (SI), ``below`` the limit of quantification or detection, or empty."""

    number: int
    test: str
    ordinal: int
    series: int
    purpose: str
    asked: int
    ready: int
    value: float
    below: str
    inside: bool
    oos: str = ""
    invalidated: bool = False
    superseded: bool = False
    """Of the lot as it was before it was reprocessed."""


class Oos(msgspec.Struct, frozen=True):
    """An out-of-specification result and its investigation. ``pull``: of which of the pulls, -1 of a release test: then
    ``result``, ``retests`` are numbers of results, else places among the pulls.

    ``status``: open, checking, checked, repeating, retesting, retested, resampling, resampled, closed.
    ``assignable``: the laboratory's mistake that phase I found. ``planned``: number of retests, fixed in advance.
    ``conclusion``: confirmed, unconfirmed, laboratory_error; empty while open.
    """

    name: str
    result: int
    test: str
    opened: int
    status: str = "open"
    due: int = -1
    assignable: str = ""
    planned: int = 0
    retests: tuple[int, ...] = ()
    resample: int = -1
    justification: str = ""
    conclusion: str = ""
    closed: int = -1
    superseded: bool = False
    pull: int = -1


class Trend(msgspec.Struct, frozen=True):
    """A result out of trend. ``rule``: beyond_limits or one_side of the control chart, of one inside the specification;
    stability_trend or stability_limit of a pull (``result`` is -1, ``lot`` whose it is, empty: this one).
    """

    name: str
    result: int
    test: str
    rule: str
    opened: int
    conclusion: str = ""
    lot: str = ""


class Pull(msgspec.Struct, frozen=True):
    """A stability result that came back: of the former lot ``lot``, of this one where empty. ``value`` in SI;
    ``purpose`` and ``oos`` as of a result, ``ordinal`` counts the determinations of this pull.
    """

    lot: str
    condition: str
    months: float
    test: str
    ready: int
    value: float
    below: str
    inside: bool
    purpose: str = FIRST
    oos: str = ""
    ordinal: int = 1
    series: int = 1
    invalidated: bool = False


class Due(msgspec.Struct, frozen=True):
    """A pull that comes back: ``lot`` empty for this lot; ``ready``: ms of the lot. The rest as of a pull."""

    ready: int
    lot: str
    condition: str
    months: float
    test: str
    purpose: str = FIRST
    oos: str = ""
    ordinal: int = 1
    series: int = 1


class Observation(msgspec.Struct, frozen=True):
    """Something in the records that asks for an answer: like records of one unit and subject, taken together.

    ``status``: open, accepted, deviation. ``duration``: ms, all together.
    """

    name: str
    rule: str
    unit: str
    kind: str
    subject: str
    level: str
    count: int
    first: int
    last: int
    duration: int
    status: str = "open"
    justification: str = ""
    deviation: str = ""


class Deviation(msgspec.Struct, frozen=True):
    """``closed``: ms, -1 while open. ``effective``: empty until the check, then effective or recurred."""

    name: str
    observations: tuple[str, ...]
    opened: int
    containment: str
    grade: str = ""
    impacts: tuple[str, ...] = ()
    cause: str = ""
    actions: tuple[str, ...] = ()
    owner: str = ""
    due: int = -1
    check: str = ""
    closed: int = -1
    affects_lot: bool = False
    effective: str = ""


class Change(msgspec.Struct, frozen=True):
    """A change control. ``status``: open, approved, refused."""

    name: str
    subject: str
    reason: str
    deviation: str
    opened: int
    status: str = "open"
    closed: int = -1


class Disposition(msgspec.Struct, frozen=True):
    """``outcome``: empty, quarantine (may still change, ``until`` then not to certified), certified, rejected,
    reprocess.
    """

    outcome: str = ""
    time: int = -1
    reason: str = ""
    until: int = -1

    @property
    def final(self) -> bool:
        return self.outcome not in ("", "quarantine")


class State(msgspec.Struct, frozen=True):
    """See the module. ``records_read`` and ``environment_read``: how many lines of the file were reviewed. ``study``:
    when samples were put up on stability, -1 before; ``again_asked``: pulls that are determined once more;
    ``shelf_life``: months granted, 0 before.
    ``reprocessed``: the step done again, empty before; ``again``: when it is finished and sampled.
    """

    time: int = 0
    runs: tuple[Run, ...] = ()
    results: tuple[Result, ...] = ()
    investigations: tuple[Oos, ...] = ()
    trends: tuple[Trend, ...] = ()
    observations: tuple[Observation, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    changes: tuple[Change, ...] = ()
    records_read: int = -1
    environment_read: int = 0
    determinations: int = 0
    cost: float = 0.0
    study: int = -1
    pulls: tuple[Pull, ...] = ()
    again_asked: tuple[Due, ...] = ()
    shelf_life: int = 0
    reprocessed: str = ""
    again: int = -1
    disposition: Disposition = Disposition()

    def result(self, number: int) -> Result:
        return next(r for r in self.results if r.number == number)

    def oos(self, name: str) -> Oos | None:
        return next((o for o in self.investigations if o.name == name), None)

    def found(self, oos: Oos, number: int) -> Result | Pull:
        """A determination of this investigation."""
        return self.result(number) if oos.pull < 0 else self.pulls[number]

    def began(self, oos: Oos) -> Result | Pull:
        """The determination that opened it."""
        return self.found(oos, oos.result if oos.pull < 0 else oos.pull)

    def deviation(self, name: str) -> Deviation | None:
        return next((d for d in self.deviations if d.name == name), None)

    def observation(self, name: str) -> Observation | None:
        return next((o for o in self.observations if o.name == name), None)

    def put(self, item: Oos | Observation | Deviation | Change | Trend) -> State:
        """The state with this item in the place of the one of its name, or added."""
        place = {Oos: "investigations", Observation: "observations", Deviation: "deviations", Change: "changes",
                 Trend: "trends"}[type(item)]
        items = getattr(self, place)
        if any(i.name == item.name for i in items):
            return msgspec.structs.replace(self, **{place: tuple(item if i.name == item.name else i for i in items)})
        return msgspec.structs.replace(self, **{place: (*items, item)})


@dataclass(frozen=True)
class Case:
    """What never changes while a state is folded: the book, the lot's file, and the seed (128 bits)."""

    book: Book
    file: LotFile
    seed: int

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages to be tested, in the order of the specification."""
        return tuple(s for s in self.book.specification.stages if not self.file.scope or s in self.file.scope)

    @property
    def tests(self) -> tuple[str, ...]:
        """The tests that the file must hold."""
        return tuple(slug for slug, test in self.book.tests.items() if test.stage in self.stages)
