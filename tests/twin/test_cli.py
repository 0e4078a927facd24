"""The command line: what it writes, what it says, and its exit codes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from biotwin.cli import main
from biotwin.session.scenario import Scenario
from tests.twin.conftest import CONTENT


@pytest.fixture(autouse=True)
def _content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOTWIN_CONTENT", str(CONTENT))


def test_fly_writes_telemetry_picture_and_a_journal_that_replays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mini: Scenario
) -> None:
    table, picture, journal = tmp_path / "run.csv", tmp_path / "run.png", tmp_path / "j.jsonl"
    assert main(["fly", "mini", "--seed", "0x1f", "--pilot", "wins", "--out", str(table), "--plot", "--journal",
                 str(journal)]) == 0
    out = capsys.readouterr().out
    assert "alarm_raised" in out
    assert "malfunction_changed" not in out
    with table.open(encoding="utf-8") as rows:
        head, *_, last = csv.reader(rows)
    assert head == ["time_h", "usp/br101/ft103 [L/h]", "usp/br101/wt103 [kg]", "usp/br101/tt102 [degC]"]
    assert float(last[3]) == pytest.approx(37.0, abs=0.5)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert main(["replay", str(journal)]) == 0
    assert "equal to the bit" in capsys.readouterr().out


def test_a_journal_that_was_touched_does_not_replay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal = tmp_path / "j.jsonl"
    assert main(["fly", "mini", "--pilot", "wins", "--journal", str(journal)]) == 0
    lines = [line for line in journal.read_text().splitlines() if '"entry"' not in line]
    journal.write_text("\n".join(lines) + "\n")
    assert main(["replay", str(journal)]) == 1
    assert "differs" in capsys.readouterr().err


def test_a_slow_flight_is_the_fast_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    states = []
    for speed in ("max", "7200"):
        assert main(["fly", "mini", "--until", "1.5 h", "--speed", speed]) == 0
        states.append(capsys.readouterr().err.rpartition("state ")[2])
    assert states[0] == states[1]


@pytest.mark.parametrize(("arguments", "said"), [
    (["fly", "nope"], "Known: mini"),
    (["fly", "mini", "--until", "5"], "no unit"),
    (["fly", "mini", "--until", "5 kg"], "5 kg"),
    (["fly", "mini", "--seed", "-1"], "seed"),
    (["fly", "mini", "--seed", "x"], "seed"),
    (["fly", "mini", "--speed", "0"], "speed"),
    (["fly", "mini", "--pilot", "hero"], "wins"),
    (["fly", "mini", "--out", "run.xls"], ".parquet"),
    (["replay", "nowhere.jsonl"], "nowhere.jsonl"),
    (["sample", "mini", "-n", "0"], "at least one"),
    (["sample", "mini", "-n", "1", "--workers", "1", "--set", "parameters/p999.lag=1"], "p999"),
    (["sample", "mini", "-n", "1", "--workers", "1", "--set", "parameters/p103.lug=1"], "Known"),
    (["sample", "mini", "-n", "1", "--workers", "1", "--set", "parameters/p103.lag=soon"], "--set"),
    (["golden", "maxi"], "maxi"),
    (["golden", "mini", "-n", "10"], "200"),
    (["qualify", "--drawer", "teapot"], "teapot"),
], ids=lambda v: "-".join(v) if isinstance(v, list) else "")
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    err = capsys.readouterr().err.strip().splitlines()
    assert said in err[-1]
    assert "Traceback" not in "".join(err)


def test_sample_prints_the_spread_and_writes_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "what-if.npz"
    assert main(["sample", "mini", "-n", "3", "--workers", "1", "--set", "start/t103.volume=0.008..0.012",
                 "--out", str(out)]) == 0
    assert "alarms" in capsys.readouterr().out
    assert out.exists()
    assert (tmp_path / "what-if.telemetry.npz").exists()


def test_list_names_what_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert "mini" in capsys.readouterr().out
    assert main(["list", "mini"]) == 0
    assert "fic103" in capsys.readouterr().out


def test_qualify_writes_its_page_and_its_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, record = tmp_path / "q.html", tmp_path / "q.json"
    assert main(["qualify", "--drawer", "sensor", "--strict", "--report", str(page), "--json", str(record)]) == 0
    assert "2 passed, 0 failed" in capsys.readouterr().out
    tests = json.loads(record.read_text())["tests"]
    assert {"id", "drawer", "class", "reference", "value", "tolerance", "passed", "source"} <= set(tests[0])
    text = page.read_text(encoding="utf-8")
    assert text.count("<svg") == 2
    assert "<script" not in text
    assert "http" not in text.replace("http://www.w3.org", "")
