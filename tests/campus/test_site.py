"""The roof: settings that refuse, copies while live, static files."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from campus.simulator.links import MOVED
from tests.campus.server import ROOT, SeatLine, Server, environment

GOOD = {"CAMPUS_SECRET_KEY": "k3J9-" * 3 + "qwertyuiopasdfghjklzxcvbnm0123456789-ABCDEFGHIJ",
        "CAMPUS_ALLOWED_HOSTS": "campus.example"}


def production(folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    values = environment(folder, "campus.site.settings.production") | GOOD | changes
    return subprocess.run([sys.executable, "-c", "import django; django.setup(); print('started')"], env=values,
                          cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(("change", "words"), [
    ({"CAMPUS_SECRET_KEY": ""}, "CAMPUS_SECRET_KEY"),
    ({"CAMPUS_SECRET_KEY": "django-insecure-" + "x1y2z3" * 12}, "CAMPUS_SECRET_KEY"),
    ({"CAMPUS_ALLOWED_HOSTS": ""}, "CAMPUS_ALLOWED_HOSTS"),
    ({"CAMPUS_ALLOWED_HOSTS": "*"}, "CAMPUS_ALLOWED_HOSTS"),
    ({"CAMPUS_DEBUG": "1"}, "DEBUG"),
    ({"DEBUG": "true"}, "DEBUG"),
])
def test_production_refuses_to_start_half_configured(tmp_path: Path, change: dict[str, str], words: str) -> None:
    answer = production(tmp_path, **change)
    assert answer.returncode != 0
    assert "Production refuses to start" in answer.stderr
    assert words in answer.stderr


def test_production_starts_when_all_is_said(tmp_path: Path) -> None:
    assert production(tmp_path).stdout.strip() == "started"


def test_production_passes_djangos_own_deployment_check(tmp_path: Path) -> None:
    values = environment(tmp_path, "campus.site.settings.production") | GOOD
    answer = subprocess.run([sys.executable, "-m", "campus", "manage", "check", "--deploy", "--fail-level", "WARNING"],
                            env=values, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0, answer.stderr


def test_a_campus_with_demo_people_out_of_place_refuses_to_serve(prepared: Path, tmp_path: Path) -> None:
    database = tmp_path / "campus.sqlite3"
    database.write_bytes(prepared.read_bytes())
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE accounts_user SET is_demo = 1 WHERE username = 'learner'")
    connection.close()
    server = Server(tmp_path)
    with pytest.raises(AssertionError, match="Demo people exist"):
        server.start()


def test_static_files_are_served_without_a_network(campus: Server) -> None:
    manifest = ROOT / "src" / "campus" / "site" / "static" / "islands" / "manifest.json"
    if not manifest.exists():
        pytest.skip("the islands are not built")
    answer = httpx.get(f"{campus.base}/static/islands/manifest.json", headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.text == manifest.read_text()
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = httpx.get(f"{campus.base}/static/islands/manifest.json", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    for outside in ("../settings/base.py", "%2e%2e/settings/base.py", "islands/", "/etc/passwd", "%00"):
        assert httpx.get(f"{campus.base}/static/{outside}").status_code == 404


def command(server: Server, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "campus", *words], env=environment(server.folder), cwd=ROOT,
                          capture_output=True, text=True, timeout=60)


@pytest.mark.slow
def test_a_live_campus_is_copied_and_put_back(own_campus: Server) -> None:
    person = own_campus.person("learner")
    session = person.begin("long-flight")
    line = person.seat(session)
    line.command({"kind": "set_mode", "loop": "usp/br101/tic101", "mode": "manual"})
    copied = command(own_campus, "backup", "--to", str(own_campus.folder / "copy.sqlite3"))
    assert copied.returncode == 0, copied.stderr
    person.begin("long-flight")
    assert person.http.get("/flights/").text.count("<li class=\"list-item\">") == 2
    restored = command(own_campus, "restore", str(own_campus.folder / "copy.sqlite3"))
    assert restored.returncode == 0, restored.stderr
    assert person.http.get("/flights/").text.count("<li class=\"list-item\">") == 1
    assert asked_late(line) in (("refused", "lease"), ("closed", MOVED)), "who served before appends nothing any more"
    with sqlite3.connect(own_campus.folder / "campus.sqlite3") as database:
        assert database.execute("select count(*) from simulator_journalentry").fetchone() == (1,)


def asked_late(line: SeatLine) -> tuple[str, object]:
    """What becomes of a command on a line of before: it is refused, or the second's saving cut the line already."""
    try:
        answer = line.command({"kind": "set_mode", "loop": "usp/br101/tic101", "mode": "automatic"})
    except ConnectionClosed as closed:
        return "closed", closed.rcvd and closed.rcvd.code
    return answer["type"], answer["code"]


def test_what_is_no_copy_is_not_put_back(campus: Server, tmp_path: Path) -> None:
    (tmp_path / "text.sqlite3").write_text("this is no database, and longer than a header of sixteen bytes")
    answer = command(campus, "restore", str(tmp_path / "text.sqlite3"))
    assert answer.returncode != 0
    assert "no database of a campus" in answer.stderr
