"""Telemetry: shown units, headers, formats."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pyarrow.parquet
import pytest

from biotwin.errors import DescriptionError, UnknownName
from biotwin.session.flight import Flight
from biotwin.session.scenario import Scenario
from biotwin.views.telemetry import Telemetry, arrow_table, csv_rows, telemetry, write_telemetry


@pytest.fixture(scope="module")
def table(mini: Scenario) -> Telemetry:
    flight = Flight.begin(mini, 1)
    flight.run()
    return telemetry(mini.plant, flight.recorder)


def test_columns_are_in_shown_units_under_their_address(table: Telemetry) -> None:
    names = ["usp/br101/ft103 [L/h]", "usp/br101/wt103 [kg]", "usp/br101/tt102 [degC]"]
    assert list(table.as_dict()) == ["time_h", *names]
    assert table.column("tt102").values[-1] == pytest.approx(37.0, abs=0.5)
    assert table.column("usp/br101/wt103").values[0] == pytest.approx(10.0, abs=0.2)
    assert np.all(np.diff(table.time) > 0.0)


def test_csv_has_a_header_and_a_row_per_time(table: Telemetry) -> None:
    rows = list(csv_rows(table))
    assert rows[0][0] == "time_h"
    assert len(rows) == table.time.size + 1
    assert float(rows[-1][3]) == pytest.approx(table.columns[2].values[-1], abs=1e-3)


@pytest.mark.parametrize("suffix", [".csv", ".npz", ".parquet"])
def test_every_format_brings_the_numbers_back(table: Telemetry, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / "deep" / f"run{suffix}"
    write_telemetry(path, table)
    if suffix == ".csv":
        with path.open(encoding="utf-8") as lines:
            assert len(list(csv.reader(lines))) == table.time.size + 1
    elif suffix == ".npz":
        with np.load(path) as kept:
            assert np.array_equal(kept["time_h"], table.time)
    else:
        assert pyarrow.parquet.read_table(path).equals(arrow_table(table))


def test_another_name_is_refused(mini: Scenario, table: Telemetry, tmp_path: Path) -> None:
    with pytest.raises(DescriptionError):
        write_telemetry(tmp_path / "run.xls", table)
    with pytest.raises(UnknownName):
        table.column("tt999")
    with pytest.raises(UnknownName):
        telemetry(mini.plant, Flight.begin(mini, 1).recorder, ["tt999"])


def test_fewer_rows_are_asked_for_and_given(mini: Scenario) -> None:
    flight = Flight.begin(mini, 1)
    flight.run()
    assert telemetry(mini.plant, flight.recorder, ["wt103"], rows=100).time.size <= 100
