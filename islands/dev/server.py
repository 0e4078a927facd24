"""Serves the built islands with a scripted session on the real protocol: `python islands/dev/server.py [port]`.

A test tool for looking at the browser side alone; it validates every message with the campus's own structs.
`/?lang=fr&theme=dark` is the cockpit, `/debrief?lang=en` the debrief.
"""

from __future__ import annotations

import asyncio
import json
import struct
import sys
import time
from array import array
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import msgspec
import uvicorn
from drawing import drawing
from fixture import ALARMS, DAY, HOUR, LOOPS, PHASES, ROWS, U, document, truth

from biotwin.session.facts import Fact
from campus.simulator import protocol as p

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "src" / "campus" / "site" / "static" / "islands"
STRINGS = HERE.parent / "strings.json"
START = 5 * DAY + 14 * HOUR + 32 * 60_000 + 10_000
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
)
SLUGS = [row[0] for row in ROWS]
DECODER = msgspec.json.Decoder(p.ClientMessage)


class Session:
    """A clock, some facts, and values made by a formula: enough to see every state of the screen."""

    def __init__(self) -> None:
        self.time, self.running, self.speed, self.seq, self.number = float(START), True, 1.0, 0, 100
        self.setpoints = {loop[0]: truth(loop[4], 4 * DAY) for loop in LOOPS}
        self.setpoints.update({"tic101": 310.15, "aic102": 7.0, "aic103": 0.40, "pic101": 18000.0})
        self.modes = {
            loop[0]: 2 if loop[0] in ("sic101", "fic101", "fic104", "fic105", "fic106", "tic110") else 1
            for loop in LOOPS
        }
        self.outputs = {loop[0]: 0.42 for loop in LOOPS} | {"aic103": 0.848, "aic102": 0.11, "tic101": -0.34}
        self.alarms: dict[int, list[Any]] = {
            0: [1, START - 380_000],
            3: [1, START - 308_000],
            9: [2, START - 6_655_000],
            4: [2, START - 19_170_000],
        }
        self.phase, self.phase_since, self.cost, self.until = 3, 3 * DAY + 2 * HOUR, 4812.0, ("", 0)
        self.reliable: list[Any] = []
        self.pending: list[tuple[float, Fact]] = []
        self.answers: dict[str, Any] = {}
        self.sockets: set[asyncio.Queue[Any]] = set()
        self._past()

    def _past(self) -> None:
        for n, (slug, _fr, _en) in enumerate(PHASES[:4]):
            self.fact(Fact((0, 2 * HOUR, 6 * HOUR, 3 * DAY + 2 * HOUR)[n], "phase_started", slug))
        read = {
            "lab/cells/viable": 1.42e13,
            "lab/cells/viability": 0.961,
            "lab/metabolites/glucose": 23.4,
            "lab/metabolites/lactate": 14.9,
            "lab/blood_gas/pco2": 88 * 133.322,
            "lab/osmometer/osmolality": 0.318,
        }
        for day in range(1, 6):
            at = day * DAY + 12 * HOUR + 5 * 60_000
            self.fact(Fact(at, "sample_taken", "lab/cells"))
            for address, value in read.items():
                scale = 1 if day == 5 else 0.55 + 0.09 * day
                self.fact(
                    Fact(
                        at + 10 * 60_000,
                        "result_ready",
                        address,
                        value * (scale if "viability" not in address else 1.0),
                        {"sampled": at},
                    )
                )
        self.fact(Fact(START - 20 * 60_000, "sample_taken", "lab/titre"))
        for index, (state, since) in self.alarms.items():
            slug, cond = ALARMS[index][:2]
            self.fact(Fact(since, "alarm_raised", f"{U}{slug}/{cond}"))
            if state == 2:
                self.fact(Fact(since + 60_000, "alarm_acknowledged", f"{U}{slug}/{cond}"))
        self.fact(
            Fact(
                START - 2 * HOUR,
                "field_report",
                "field/window",
                0.0,
                {"verb": "look", "foam": "thin", "colour": "amber"},
            )
        )
        self.reliable.sort(key=lambda m: m.fact.time)
        self.reliable = [msgspec.structs.replace(m, seq=n + 1) for n, m in enumerate(self.reliable)]
        self.clock("restart" if "--restart" in sys.argv else "asked")

    def send(self, message: Any) -> None:
        for queue in self.sockets:
            queue.put_nowait(message)

    def fact(self, fact: Fact) -> None:
        self.seq += 1
        message = p.FactNews(self.seq, fact)
        self.reliable.append(message)
        self.send(message)

    def clock(self, reason: str) -> None:
        self.seq += 1
        message = p.Clock(self.seq, int(self.time), self.running, self.speed, reason)
        self.reliable.append(message)
        self.send(message)

    def frame(self) -> p.Frame:
        now = int(self.time)
        loops = tuple(
            p.LoopValue(self.modes[one[0]], self.setpoints[one[0]], self.outputs[one[0]], one[0] == "fic104")
            for one in LOOPS
        )
        alarms = tuple(p.AlarmValue(i, s, since, truth(ALARMS[i][0], now)) for i, (s, since) in self.alarms.items())
        values = tuple(truth(slug, now) for slug in SLUGS)
        return p.Frame(
            now,
            values,
            tuple(2 if s == "jt101" else 0 for s in SLUGS),
            loops,
            alarms,
            (),
            self.phase,
            self.phase_since,
            self.cost,
        )

    def advance(self, seconds: float) -> None:
        if not self.running:
            return
        self.time += seconds * 1000 * self.speed
        due = [one for one in self.pending if one[0] <= self.time]
        self.pending = [one for one in self.pending if one[0] > self.time]
        for _at, fact in due:
            self.fact(fact)
        kind, at = self.until
        if (kind == "time" and self.time >= at) or (
            kind == "result" and any(f.kind == "result_ready" for _a, f in due)
        ):
            self.running, self.until = False, ("", 0)
            self.clock("until")

    def answer(self, message: Any) -> Any:
        if message.id not in self.answers:
            self.answers[message.id] = self._apply(message)
        return self.answers[message.id]

    def _apply(self, message: Any) -> Any:
        if isinstance(message, p.Freeze):
            self.running = False
            self.clock("asked")
        elif isinstance(message, p.Run):
            self.running, self.speed, self.until = True, message.speed, (message.until, message.until_time)
            self.clock("asked")
        else:
            refusal = self._input(message.input)
            if refusal:
                return p.Refused(message.id, "input_invalid", refusal)
        self.number += 1
        return p.Ack(message.id, self.number, int(self.time))

    def _input(self, one: Any) -> str:
        kind, now = type(one).__name__, int(self.time)
        name = getattr(one, "loop", "").removeprefix(U)
        if kind == "SetSetpoint":
            if self.modes[name] == 2:
                return "The loop is in cascade: its set-point comes from its master. Put it in AUTO first."
            self.setpoints[name] = one.value
            self.fact(Fact(now, "setpoint_changed", one.loop, one.value))
        elif kind == "SetMode":
            self.modes[name] = ("manual", "automatic", "cascade").index(one.mode)
            self.fact(Fact(now, "mode_changed", one.loop, float(self.modes[name]), {"mode": one.mode}))
        elif kind == "SetOutput":
            self.outputs[name] = one.value
        elif kind in ("AcknowledgeAlarm", "ShelveAlarm", "UnshelveAlarm"):
            index = next(i for i, a in enumerate(ALARMS) if f"{U}{a[0]}/{a[1]}" == one.alarm)
            self.alarms[index][0] = 4 if kind == "ShelveAlarm" else 2
            self.fact(Fact(now, "alarm_acknowledged" if kind == "AcknowledgeAlarm" else "alarm_shelved", one.alarm))
        elif kind == "TakeSample":
            for analyser in document("en").analysers:
                if analyser.address in one.analysers:
                    self.cost += analyser.cost
                    self.fact(Fact(now, "sample_taken", analyser.address))
                    self.pending += [
                        (
                            now + analyser.delay,
                            Fact(
                                now + analyser.delay, "result_ready", a.address, 14.0 / a.format.scale, {"sampled": now}
                            ),
                        )
                        for a in analyser.analytes
                    ]
        elif kind == "FieldAction":
            self.pending.append(
                (now + 30_000, Fact(now + 30_000, "field_report", one.station, 0.0, {"verb": one.verb, "foam": "thin"}))
            )
        elif kind == "StartPhase":
            self.phase, self.phase_since = [x[0] for x in PHASES].index(one.phase), now
            self.fact(Fact(now, "phase_started", one.phase))
        elif kind == "Answer":
            self.fact(Fact(now, "decision_closed", one.question, 0.0, {"choice": one.choice}))
        return ""


SESSION = Session()


def history(query: dict[str, list[str]], shift: float = 0.0) -> bytes:
    tags = [tag for tag in query["tags"][0].split(",") if tag.removeprefix(U).split(".")[0] in SLUGS or "." in tag]
    start, end, n = int(query["from"][0]), int(query["to"][0]), int(query["buckets"][0])
    end = min(end, int(SESSION.time)) if not shift and "run" not in query else end
    start = max(start, 0)
    times = [start + (end - start) * (i + 0.5) / n for i in range(n)] if end > start else []
    body = array("d", times).tobytes()
    for tag in tags:
        slug, _, part = tag.removeprefix(U).partition(".")
        value = {
            "setpoint": lambda _t, s=slug: SESSION.setpoints[s],
            "output": lambda _t, s=slug: SESSION.outputs[s],
            "mode": lambda _t, s=slug: float(SESSION.modes[s]),
        }.get(part) or (lambda t, s=slug: truth(s, int(t)))
        middle = [value(t) * (1 + shift * (t / DAY) * 0.004) for t in times]
        noise = 0 if part else next((row[11] for row in ROWS if row[0] == slug), 0)
        body += (
            array("f", [m - noise * 0.8 for m in middle]).tobytes()
            + array("f", [m + noise * 0.8 for m in middle]).tobytes()
        )
    head = json.dumps({"tags": tags, "count": len(times)}).encode()
    head_block = struct.pack("<I", len(head)) + head
    return head_block + b"\0" * (-len(head_block) % 8) + body


def page(language: str, theme: str, entry: str) -> str:
    manifest = json.loads((STATIC / "manifest.json").read_text())

    def styles(name: str) -> list[str]:
        one = manifest[name]
        return [css for i in one.get("imports", []) for css in styles(i)] + one.get("css", [])

    sheets = [manifest["base.css"]["file"], *styles(f"{entry}.ts")]
    links = "".join(f'<link rel="stylesheet" href="/static/islands/{one}">' for one in dict.fromkeys(sheets))
    strings = {key: both[language] for key, both in json.loads(STRINGS.read_text()).items()} if STRINGS.exists() else {}
    data = msgspec.json.encode(document(language)).decode().replace("<", "\\u003c")
    words = json.dumps(strings, ensure_ascii=False).replace("<", "\\u003c")
    return f"""<!doctype html><html lang="{language}" data-theme="{theme}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>dev</title>{links}</head><body><main id="main" class="page"><h1 class="visually-hidden">dev</h1><script type="application/json" id="console">{data}</script>
<script type="application/json" id="strings">{words}</script>{drawing(document(language))}
<cbd-{entry} owned session="0d4c" socket="/ws/sessions/0d4c/" base="/sessions/0d4c/" seat="{"Opérateur USP" if language == "fr" else "USP operator"}" mode="{"live" if entry == "cockpit" else "debrief"}"></cbd-{entry}></main>
<script type="module" src="/static/islands/{manifest["site.ts"]["file"]}"></script><script type="module" src="/static/islands/{manifest[f"{entry}.ts"]["file"]}"></script></body></html>"""


async def answer(send: Any, body: bytes | str, kind: str = "application/json", status: int = 200) -> None:
    body = body.encode() if isinstance(body, str) else body
    headers = [(b"content-type", f"{kind}; charset=utf-8".encode()), (b"content-security-policy", CSP.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def http(scope: Any, receive: Any, send: Any) -> None:
    path, query = scope["path"], parse_qs(scope["query_string"].decode())
    language, theme = query.get("lang", ["fr"])[0], query.get("theme", ["light"])[0]
    if path in ("/", "/debrief"):
        await answer(send, page(language, theme, "cockpit" if path == "/" else "debrief"), "text/html")
    elif path.startswith("/static/islands/") and (file := STATIC / path.removeprefix("/static/islands/")).is_file():
        await answer(send, file.read_bytes(), TYPES.get(file.suffix, "text/plain"))
    elif path.endswith("/frames"):
        after = int(query["after"][0])
        await asyncio.sleep(min(float(query["wait"][0]), 250) / 1000)
        news = [m for m in SESSION.reliable if m.seq > after]
        await answer(send, msgspec.json.encode({"messages": [welcome(), *news, SESSION.frame()]}))
    elif path.endswith("/messages"):
        body = (await receive())["body"]
        await answer(send, msgspec.json.encode([SESSION.answer(DECODER.decode(body))]))
    elif path.endswith("/debrief.json"):
        from debrief_fixture import debrief

        await answer(send, json.dumps(debrief(SESSION, language)))
    elif path.endswith("/history"):
        await answer(
            send,
            history(query, {"nothing": -1.0, "reference": 0.6}.get(query.get("run", [""])[0], 0.0)),
            "application/octet-stream",
        )
    elif path.endswith("/branch") or path.endswith("/share"):
        await answer(send, json.dumps({"url": "/sessions/new/", "expires": "2027-01-31T12:00:00Z"}))
    else:
        await answer(send, "{}", status=404)


def welcome() -> p.Welcome:
    return p.Welcome(1, "0d4c", "operator", True, False, SESSION.seq, False)


async def websocket(receive: Any, send: Any) -> None:
    await receive()
    if "--no-socket" in sys.argv:
        await send({"type": "websocket.close", "code": 1011})
        return
    await send({"type": "websocket.accept"})
    queue: asyncio.Queue[Any] = asyncio.Queue()

    async def out() -> None:
        while True:
            await send({"type": "websocket.send", "text": msgspec.json.encode(await queue.get()).decode()})

    writer = asyncio.create_task(out())
    try:
        while (news := await receive())["type"] == "websocket.receive":
            message = DECODER.decode(news["text"])
            if isinstance(message, p.Hello):
                for old in [welcome(), *(m for m in SESSION.reliable if m.seq > message.after), SESSION.frame()]:
                    queue.put_nowait(old)
                SESSION.sockets.add(queue)
            else:
                queue.put_nowait(SESSION.answer(message))
    finally:
        SESSION.sockets.discard(queue)
        writer.cancel()


async def tick() -> None:
    last = time.monotonic()
    while True:
        await asyncio.sleep(0.25)
        now = time.monotonic()
        SESSION.advance(now - last)
        last = now
        SESSION.send(SESSION.frame())


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await http(scope, receive, send)
    elif scope["type"] == "websocket":
        await websocket(receive, send)


async def main(port: int) -> None:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", lifespan="off"))
    await asyncio.gather(server.serve(), tick())


if __name__ == "__main__":
    asyncio.run(main(int(next((a for a in sys.argv[1:] if a.isdigit()), "8123"))))
