"""Driving a real server process from a test: start, kill, sign in, fly by socket."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a-long-enough-password-9"
SETTINGS = "campus.site.settings.test"
MAKE = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from campus.accounts.models import Role
from campus.accounts.services import create_person
for role in Role:
    create_person(username=role.value, name=role.value, password={PASSWORD!r}, role=role, actor="test")
create_person(username="other", name="other", password={PASSWORD!r}, role=Role.LEARNER, actor="test")
"""


def environment(folder: Path, settings: str = SETTINGS) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH", "")])])
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"CAMPUS_VAR": str(folder), "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": path}


def prepared_database(folder: Path) -> Path:
    subprocess.run([sys.executable, "-c", MAKE], env=environment(folder), check=True, cwd=ROOT, timeout=120)
    for leftover in ("campus.sqlite3-wal", "campus.sqlite3-shm"):
        assert not (folder / leftover).exists(), "the database was not closed cleanly"
    return folder / "campus.sqlite3"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One uvicorn process over the ASGI application; ``kill`` is kill -9, ``stop`` is SIGTERM."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.opened: list[Callable[[], None]] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *exit: object) -> None:
        for close in self.opened:
            close()
        self.stop()

    def start(self, *, wait: bool = True, **variables: str) -> None:
        words = [sys.executable, "-m", "uvicorn", "campus.site.asgi:application", "--port", str(self.port),
                 "--log-level", "warning", "--ws", "websockets-sansio", "--ws-max-size", str(128 * 1024),
                 "--lifespan", "on", "--timeout-graceful-shutdown", "10"]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(words, env=environment(self.folder) | variables, cwd=ROOT, stdout=log,
                                            stderr=log)
        if wait:
            self.wait()

    def wait(self) -> None:
        assert self.process is not None
        for _ in range(600):
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended: {self.log()[-3000:]}")
            try:
                httpx.get(f"{self.base}/livez", timeout=5)
                return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError("the server did not answer within a minute")

    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    def person(self, username: str = "") -> Person:
        return Person(self, username)


class Person:
    """A browser: cookies, pages, and sockets; signed in when it has a user name."""

    def __init__(self, server: Server, username: str = "") -> None:
        self.server = server
        self.http = httpx.Client(base_url=server.base, timeout=60)
        server.opened.append(self.http.close)
        if username:
            answer = self.post("/sign-in/", username=username, password=PASSWORD)
            assert answer.status_code == 302, answer.text[:300]

    def token(self) -> str:
        if "csrftoken" not in self.http.cookies:
            self.http.get("/sign-in/")
        return self.http.cookies["csrftoken"]

    def post(self, path: str, **fields: str) -> httpx.Response:
        form = {"csrfmiddlewaretoken": self.token(), **fields}
        return self.http.post(path, data=form, headers={"Origin": self.server.base})

    def begin(self, slug: str) -> str:
        answer = self.post(f"/fly/{slug}/")
        assert answer.status_code == 302, answer.text[:300]
        return re.fullmatch(r"/sessions/([0-9a-f-]{36})/", answer.headers["Location"])[1]  # type: ignore[index]

    def cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())

    def connect(self, session: str, *, origin: str | None = "same") -> ClientConnection:
        headers = {"Cookie": self.cookies()}
        opening = connect(f"ws://127.0.0.1:{self.server.port}/sessions/{session}/socket", additional_headers=headers,
                          origin=self.server.base if origin == "same" else origin, max_size=2**24, open_timeout=60,
                          compression=None, proxy=None, ping_interval=None)
        connection = opening.__enter__()
        self.server.opened.append(connection.close)
        return connection

    def seat(self, session: str, after: int = 0) -> SeatLine:
        return SeatLine(self.connect(session), after)


class SeatLine:
    """A connection that said hello; ``told`` holds every message that arrived."""

    def __init__(self, socket: ClientConnection, after: int = 0) -> None:
        self.socket = socket
        self.told: list[dict[str, Any]] = []
        self.say({"type": "hello", "version": 1, "after": after})
        self.welcome = self.until(lambda m: m["type"] == "welcome")

    def say(self, message: dict[str, Any]) -> None:
        self.socket.send(json.dumps(message))

    def until(self, wanted: Callable[[dict[str, Any]], bool], timeout: float = 60.0) -> dict[str, Any]:
        deadline = time.monotonic() + timeout
        while True:
            message = json.loads(self.socket.recv(timeout=max(0.01, deadline - time.monotonic())))
            self.told.append(message)
            if wanted(message):
                return message

    def seen(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """A message that arrived already, or the next one that does."""
        return next((message for message in self.told if wanted(message)), None) or self.until(wanted)

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        """Say a message with an id and wait for its answer."""
        message.setdefault("id", uuid.uuid4().hex)
        self.say(message)
        return self.until(lambda m: m["type"] in ("ack", "refused") and m["id"] == message["id"])

    def command(self, command: dict[str, Any], **more: str) -> dict[str, Any]:
        return self.answer({"type": "command", "input": command, **more})

    def run(self, speed: float = 60.0, **more: Any) -> dict[str, Any]:
        return self.answer({"type": "run", "speed": speed, **more})

    def freeze(self) -> dict[str, Any]:
        return self.answer({"type": "freeze"})

    def frame(self) -> dict[str, Any]:
        return self.until(lambda m: m["type"] == "frame")

    def close(self) -> None:
        self.socket.close()
