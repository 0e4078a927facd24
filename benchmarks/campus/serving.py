"""A real campus for the benchmarks: ``python -m campus run`` in a process of its own, with a database of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPErrorProcessor, OpenerDirector, Request, build_opener

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = re.compile(r"^  (\S+) +(\S+) +\w+$", re.MULTILINE)
START_S = 300.0
# A user's Python keeps what it has compiled; settings and folders are the benchmark's own.
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE", "CAMPUS_CONTENT"}


class _Stay(HTTPErrorProcessor):
    """Redirects are answers, not journeys."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response


class Campus:
    """``with Campus() as campus``: started, with its demo people; the folder goes when it ends.

    ``variables`` are added to the environment, ``folder`` keeps a database from one start to the next.
    """

    def __init__(self, folder: Path | None = None, **variables: str) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="campus-bench-") if folder is None else None
        self.folder = folder or Path(self._temporary.name)  # type: ignore[union-attr]
        self.variables = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        self.variables |= {"CAMPUS_VAR": str(self.folder), "PYTHONPATH": str(ROOT / "src"), **variables}
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Campus:
        self.start()
        return self

    def __exit__(self, *exit: object) -> None:
        self.stop()
        if self._temporary is not None:
            self._temporary.cleanup()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def start(self) -> float:
        """Start and wait until the start page is served; the seconds it took."""
        begun = time.perf_counter()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "campus", "run", "--port", str(self.port)],
                                            env=self.variables, cwd=ROOT, stdout=log, stderr=log)
        while time.perf_counter() - begun < START_S:
            if self.process.poll() is not None:
                break
            if reachable(self.port) and Browser(self).get("/")[0] == 200:
                return time.perf_counter() - begun
            time.sleep(0.02)
        raise RuntimeError(f"the campus did not start: {self.log.read_text()[-2000:]}")

    def stop(self, sign: int = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(sign)
            self.process.wait(timeout=60)

    def people(self) -> dict[str, str]:
        """User name to password, as the first start printed them."""
        return dict(PEOPLE.findall(self.log.read_text()))


class Browser:
    """Cookies and forms; redirects are not followed."""

    def __init__(self, campus: Campus) -> None:
        self.campus = campus
        self._cookies = HTTPCookieProcessor()
        self._opener: OpenerDirector = build_opener(_Stay, self._cookies)

    def get(self, path: str) -> tuple[int, bytes]:
        with self._opener.open(self.campus.base + path, timeout=60) as answer:
            return answer.status, answer.read()

    def post(self, path: str, **fields: str) -> str:
        """The address that the answer leads to."""
        form = urlencode({"csrfmiddlewaretoken": self._token(), **fields}).encode()
        request = Request(self.campus.base + path, form, {"Origin": self.campus.base})
        with self._opener.open(request, timeout=60) as answer:
            if answer.status != 302:
                raise RuntimeError(f"{path} answered {answer.status}: {answer.read()[:300]!r}")
            return str(answer.headers["Location"])

    def sign_in(self, username: str, password: str) -> Browser:
        self.post("/sign-in/", username=username, password=password)
        return self

    def begin(self, slug: str) -> str:
        """A new flight's id."""
        return self.post(f"/fly/{slug}/").split("/")[2]

    @property
    def cookies(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._cookies.cookiejar)

    def _token(self) -> str:
        if "csrftoken" not in self.cookies:
            self.get("/sign-in/")
        return str({cookie.name: cookie.value for cookie in self._cookies.cookiejar}["csrftoken"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def reachable(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
