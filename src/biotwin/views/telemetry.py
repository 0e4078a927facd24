"""Telemetry: what a flight's recorder holds, as columns in the units that people read.

The header of a column is ``usp/br101/tt101 [degC]``; time counts in hours from the start of the lot.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from biotwin.errors import DescriptionError, UnknownName, known
from biotwin.plant.plant import Plant
from biotwin.quantity import Display, display
from biotwin.session.recorder import CAPACITY, Recorder

TIME = "time_h"
HOUR = 3_600_000.0
FORMATS = (".csv", ".npz", ".parquet")


class Column(NamedTuple):
    """One instrument: short tag, address, how it is shown, values in the shown unit (float64, [rows])."""

    tag: str
    address: str
    shown: Display
    values: NDArray[np.float64]

    @property
    def name(self) -> str:
        """``usp/br101/tt101 [degC]``."""
        return f"{self.address} [{self.shown.unit}]"


class Telemetry(NamedTuple):
    """Time in hours ([rows]) and the columns, in the plant's order."""

    time: NDArray[np.float64]
    columns: tuple[Column, ...]

    def as_dict(self) -> dict[str, NDArray[np.float64]]:
        """Arrays by header, ``time_h`` first: what a data frame is made of."""
        return {TIME: self.time} | {c.name: c.values for c in self.columns}

    def column(self, tag: str) -> Column:
        """One column by short tag or address."""
        for c in self.columns:
            if tag in (c.tag, c.address):
                return c
        raise UnknownName(f"{tag!r} is no instrument here.", next_step=known(c.tag for c in self.columns))


def telemetry(
    plant: Plant, recorder: Recorder, tags: Iterable[str] = (), *, rows: int = CAPACITY
) -> Telemetry:
    """What was recorded of ``tags`` (short; all where empty), at most ``rows`` rows, each the first of its bucket."""
    wanted = list(tags) or list(plant.unit.instruments)
    for tag in wanted:
        if tag not in plant.unit.instruments:
            raise UnknownName(f"{tag!r} is no instrument of {plant.slug}.", next_step=known(plant.unit.instruments))
    time, low, high = recorder.window([plant.address(t) for t in wanted], 0.0, float("inf"), rows)
    middle = 0.5 * (low.astype(np.float64) + high.astype(np.float64))
    columns = tuple(_column(plant, tag, middle[i]) for i, tag in enumerate(wanted))
    return Telemetry(time / HOUR, columns)


def _column(plant: Plant, tag: str, values: NDArray[np.float64]) -> Column:
    instrument = plant.unit.instruments[tag]
    shown = display(instrument.unit, of=plant.measured[tag], digits=instrument.digits)
    return Column(tag, plant.address(tag), shown, values * shown.scale + shown.offset)


def csv_rows(table: Telemetry) -> Iterator[list[str]]:
    """The header, then one row per time: values with two decimals more than the screen shows."""
    yield [TIME, *(c.name for c in table.columns)]
    for i, hours in enumerate(table.time):
        yield [f"{hours:.5f}", *(f"{c.values[i]:.{c.shown.digits + 2}f}" for c in table.columns)]


def arrow_table(table: Telemetry) -> Any:
    """A ``pyarrow.Table``; needs the extra ``plots``."""
    import pyarrow

    return pyarrow.table(table.as_dict())


def write_telemetry(path: Path, table: Telemetry) -> None:
    """Write ``.csv``, ``.npz`` or ``.parquet`` by the name of the file; folders are made."""
    check_name(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(csv_rows(table))
    elif path.suffix == ".npz":
        np.savez_compressed(path, **table.as_dict())  # type: ignore[arg-type]
    else:
        import pyarrow.parquet

        pyarrow.parquet.write_table(arrow_table(table), path)


def check_name(path: Path) -> None:
    """Raise ``DescriptionError`` where the file's name tells no format."""
    if path.suffix not in FORMATS:
        raise DescriptionError(f"{path.name!r} names no format.", next_step=f"End it with {', '.join(FORMATS)}.")
