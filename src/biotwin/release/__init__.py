"""Quality control, quality assurance and release of a lot: inputs folded over its file (ADR 12, points 7 and 8).

``Book`` (what is written down) and ``LotFile`` (what came from the units) never change; ``State`` holds only what the
laboratory and the quality unit may know, so all of it may be shown. What is true stands in the file's samples alone.
"""

from biotwin.release.autopilot import Unattended, routine, unattended
from biotwin.release.book import Book, SpecifiedTest, load_book
from biotwin.release.culling import inspected
from biotwin.release.disposition import Missing, missing
from biotwin.release.facts import Fact
from biotwin.release.filing import Passage, filed, results_owed
from biotwin.release.lot import (
    EnvironmentSample,
    IntegrityTest,
    LotFile,
    Malfunction,
    Parent,
    Record,
    Sample,
    records_of,
)
from biotwin.release.overview import Overview, overview
from biotwin.release.reveal import Reveal, reveal
from biotwin.release.state import Case, State
from biotwin.release.step import Entry, advance, begin, next_time, step

__all__ = [
    "Book", "Case", "Entry", "EnvironmentSample", "Fact", "IntegrityTest", "LotFile", "Malfunction", "Missing",
    "Overview", "Parent", "Passage", "Record", "Reveal", "Sample", "SpecifiedTest", "State", "Unattended", "advance",
    "begin", "filed", "inspected", "load_book", "missing", "next_time", "overview", "records_of", "results_owed",
    "reveal", "routine", "step", "unattended",
]
