"""The commands of ``python -m campus``: run, backup, restore, manage."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import threading
import time
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

ADDRESS = "127.0.0.1"


def main(arguments: list[str] | None = None) -> int:
    """The dispatcher; returns the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campus.site.settings.local")
    if words[:1] == ["manage"]:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["python -m campus manage", *words[1:]])
        return 0
    options = _parser().parse_args(words)
    return int(options.work(options) or 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m campus", description="Campus Biotech Digital")
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help=f"serve on {ADDRESS} with demo people")
    run.add_argument("--port", type=int, default=8000)
    run.set_defaults(work=serve)
    backup = commands.add_parser("backup", help="a consistent copy of the database, while it is used")
    backup.add_argument("--to", default="", help="folder or file (default: backups/ beside the database)")
    backup.set_defaults(work=copy_out)
    restore = commands.add_parser("restore", help="put a copy back, after keeping the present state beside it")
    restore.add_argument("file")
    restore.set_defaults(work=copy_in)
    commands.add_parser("manage", help="Django's own commands", add_help=False)
    return parser


def serve(options: argparse.Namespace) -> int:
    """``make run``: prepare what is missing, then serve."""
    import uvicorn

    _prepare()
    from campus.site.asgi import application

    address = f"http://{ADDRESS}:{options.port}/"
    config = uvicorn.Config(
        application, host=ADDRESS, port=options.port, log_level="warning", access_log=False, lifespan="on",
        ws="websockets-sansio", ws_max_size=128 * 1024, ws_per_message_deflate=False, ws_ping_interval=20.0,
        ws_ping_timeout=20.0, timeout_graceful_shutdown=10, server_header=False, timeout_keep_alive=30,
    )

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
            await super().startup(sockets)  # type: ignore[arg-type]
            if self.started:
                print(f"Campus Biotech Digital: {address} (Ctrl+C ends it; what was acknowledged is kept)", flush=True)

    server = Announcing(config)
    server.run()
    return 0 if server.started else 1


def _prepare() -> None:
    import django
    from django.conf import settings

    settings.CAMPUS_VAR.mkdir(parents=True, exist_ok=True)
    compile_words(settings.LOCALE_PATHS[0])
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    _introduce_demo_people()
    _warm_up()


def compile_words(folder: Path) -> None:
    """Compile message catalogues that are missing or older than their source (Babel: no system gettext needed)."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file, target.open("wb") as out:
            write_mo(out, read_po(file))


def _introduce_demo_people() -> None:
    from campus.accounts.services import create_demo_people

    made = create_demo_people()
    if made:
        print("Demo people (their passwords are shown this once):")
        for username, password, role in made:
            print(f"  {username:15s} {password:20s} {role}")
    else:
        print("Demo people exist; new passwords for them: python -m campus manage reset_demo_people")


def _warm_up() -> None:
    """Read the content and compile the first flight's kernel, visibly; the others are compiled by a process beside the
    campus, which serves meanwhile. Where this build compiled them before, they are loaded in the background.
    """
    from django.conf import settings

    from campus.simulator.warming import mark, one_per_plant, warm_up
    from campus.simulator.worker import ready_all

    scenarios = one_per_plant()
    kept = settings.CAMPUS_VAR / "kernels"
    if kept.exists() and kept.read_text() == mark():
        threading.Thread(target=lambda: list(warm_up(scenarios)), name="warming", daemon=True).start()
        return
    started = time.monotonic()
    for name, _done, _total in warm_up(scenarios[:1]):
        print(f"\r\033[KKernel of the first flight: {name}", end="", flush=True)
    print(f"\r\033[KContent read and first kernel ready in {time.monotonic() - started:.1f} s; "
          f"{len(scenarios) - 1} others follow beside the campus.", flush=True)
    slugs = [scenario.slug for scenario in scenarios[1:]]
    arguments = (settings.CAMPUS_CONTENT, slugs, kept, mark())
    get_context("spawn").Process(target=ready_all, args=arguments, name="kernels", daemon=True).start()


# --- copies -----------------------------------------------------------------------------------------------------------


def _database() -> Path:
    from django.conf import settings

    return Path(str(settings.DATABASES["default"]["NAME"]))


def _copy(source: Path, target: Path) -> None:
    """SQLite's own backup: consistent while others write; pages that change meanwhile are copied again."""
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as origin, sqlite3.connect(target, timeout=30) as copy:
        origin.backup(copy, pages=2_000, sleep=0.01)
        fault = copy.execute("PRAGMA integrity_check").fetchone()[0]
    origin.close()
    copy.close()
    if fault != "ok":
        raise SystemExit(f"{target.name}: the copy is damaged ({fault}); it must not be used.")


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


def copy_out(options: argparse.Namespace) -> int:
    source = _database()
    if not source.exists():
        raise SystemExit(f"{source}: there is no database yet; start the campus once.")
    asked = Path(options.to) if options.to else source.parent / "backups"
    target = asked if asked.suffix == ".sqlite3" else asked / f"campus-{_stamp()}.sqlite3"
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise SystemExit(f"{target}: exists already; name another file.")
    _copy(source, target)
    print(f"Copied to {target} ({target.stat().st_size / 1e6:.1f} MB), checked.")
    return 0


def copy_in(options: argparse.Namespace) -> int:
    """Write a copy over the database, through SQLite, so that a running campus sees it as one change.

    Every lease is raised by a million: a running process notices that its flights are not its own any more.
    """
    source, target = Path(options.file), _database()
    if not source.is_file():
        raise SystemExit(f"{source}: there is no such file.")
    _check_ours(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        kept = target.parent / "backups" / f"before-restore-{_stamp()}.sqlite3"
        kept.parent.mkdir(parents=True, exist_ok=True)
        _copy(target, kept)
        print(f"The present state is kept in {kept}.")
    _copy(source, target)
    with sqlite3.connect(target, timeout=30) as connection:
        connection.execute(
            "UPDATE simulator_simulatorsession SET lease_owner = '', lease_number = lease_number + 1000000")
    connection.close()
    print(f"Restored from {source}. A running campus goes on with it; open cockpits reconnect by themselves.")
    return 0


def _check_ours(source: Path) -> None:
    try:
        with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        connection.close()
    except sqlite3.DatabaseError as fault:
        raise SystemExit(f"{source}: this is no database of a campus ({fault}).") from None
    if not whole or "simulator_journalentry" not in tables:
        raise SystemExit(f"{source}: this is no intact database of a campus; nothing was changed.")
