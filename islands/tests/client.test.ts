import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ClientMessage, HostMessage } from "../src/protocol";
import { Client, newId, type Connection } from "../src/wire/client";
import { pollOpener, type Link, type Listener, type Opener } from "../src/wire/link";

class Line {
  readonly sent: ClientMessage[] = [];
  readonly listener: Listener;
  constructor(listener: Listener) {
    this.listener = listener;
  }
  readonly link: Link = { send: (message) => { this.sent.push(message); }, close: () => { this.listener.closed(); } };
}

const recorder = (lines: Line[]): Opener => (listener) => {
  const line = new Line(listener);
  lines.push(line);
  return line.link;
};

function made(after = 0) {
  const sockets: Line[] = [];
  const polls: Line[] = [];
  const states: Connection[] = [];
  const received: HostMessage[] = [];
  const seen = { after };
  const client = new Client({
    socket: recorder(sockets), poll: recorder(polls), after: () => seen.after,
    receive: (message) => { received.push(message); }, connection: (state) => { states.push(state); }, random: () => 0.5,
  });
  return { client, sockets, polls, states, received, seen };
}

const WELCOME: HostMessage = { type: "welcome", version: 1, session: "s", seat: "s", may_command: true, may_instruct: false, seq: 0, recovered: false };

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test("each connection begins with the last reliable message seen", async () => {
  const { client, sockets, seen } = made(7);
  client.start();
  sockets[0]!.listener.opened();
  expect(sockets[0]!.sent).toEqual([{ type: "hello", version: 1, after: 7 }]);
  seen.after = 12;
  sockets[0]!.listener.closed();
  await vi.advanceTimersByTimeAsync(300);
  sockets[1]!.listener.opened();
  expect(sockets[1]!.sent[0]).toEqual({ type: "hello", version: 1, after: 12 });
  client.stop();
});

test("an unanswered command is sent again with its id, on reconnection and after a silence, and resolves once", async () => {
  const { client, sockets } = made();
  client.start();
  sockets[0]!.listener.opened();
  const answer = client.ask({ type: "command", input: { kind: "acknowledge_alarm", alarm: "a" } });
  const first = sockets[0]!.sent[1] as { id: string };
  await vi.advanceTimersByTimeAsync(5_200);
  expect(sockets[0]!.sent[2]).toEqual(first);
  sockets[0]!.listener.closed();
  await vi.advanceTimersByTimeAsync(300);
  sockets[1]!.listener.opened();
  expect(sockets[1]!.sent[1]).toEqual(first);
  sockets[1]!.listener.message({ type: "ack", id: first.id, number: 4, time: 1000 });
  expect(await answer).toMatchObject({ type: "ack", number: 4 });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(sockets[1]!.sent).toHaveLength(2);
  client.stop();
});

test("a command asked while the line is down goes out when it is back", async () => {
  const { client, sockets } = made();
  client.start();
  void client.ask({ type: "freeze" });
  sockets[0]!.listener.opened();
  expect(sockets[0]!.sent.map((one) => one.type)).toContain("freeze");
  client.stop();
});

test("three failed attempts within ten seconds turn to long polling, and a failing poll turns back", async () => {
  const { client, sockets, polls, states } = made();
  client.start();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    sockets[attempt]!.listener.closed();
    await vi.advanceTimersByTimeAsync(2_000);
  }
  expect([sockets.length, polls.length]).toEqual([3, 1]);
  polls[0]!.listener.opened();
  expect(states.at(-1)).toBe("polling");
  polls[0]!.listener.closed();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(sockets.length).toBe(4);
  client.stop();
});

test("a proxy that accepts the upgrade and drops the line turns to long polling, ever more slowly", async () => {
  const { client, sockets, polls } = made();
  client.start();
  const waits: number[] = [];
  while (polls.length === 0 && waits.length < 5) {
    sockets.at(-1)!.listener.opened();
    sockets.at(-1)!.listener.closed();
    const tried = sockets.length;
    let waited = 0;
    for (; sockets.length === tried && polls.length === 0 && waited < 5_000; waited += 50) await vi.advanceTimersByTimeAsync(50);
    waits.push(waited);
  }
  expect([sockets.length, polls.length]).toEqual([3, 1]);
  expect(waits[1]).toBeGreaterThan(waits[0]!);
  client.stop();
});

test("lines that were welcomed and fell do not count as failures", async () => {
  const { client, sockets, polls } = made();
  client.start();
  for (let attempt = 0; attempt < 4; attempt += 1) {
    sockets[attempt]!.listener.opened();
    sockets[attempt]!.listener.message(WELCOME);
    sockets[attempt]!.listener.closed();
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(polls).toHaveLength(0);
  client.stop();
});

test("waiting between attempts grows up to a limit", async () => {
  const { client, sockets, polls } = made();
  client.start();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const line = [...sockets, ...polls].length;
    (polls.length ? polls.at(-1)! : sockets.at(-1)!).listener.closed();
    let waited = 0;
    while ([...sockets, ...polls].length === line && waited < 60_000) {
      await vi.advanceTimersByTimeAsync(50);
      waited += 50;
    }
    waits.push(waited);
    if (polls.length) break;
  }
  expect(waits[1]).toBeGreaterThan(waits[0]!);
  client.stop();
});

test("a command's id has the form that the host asks", () => {
  const ids = new Set(Array.from({ length: 100 }, newId));
  expect(ids.size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9-]{8,64}$/);
});

test("the polling line asks after the last message seen, posts with the token, and gives refusals on", async () => {
  vi.useRealTimers();
  const asked: string[] = [];
  const bodies: unknown[] = [];
  const messages: HostMessage[] = [];
  let after = 3;
  let rounds = 0;
  const fetcher = (async (url: string, options?: RequestInit) => {
    asked.push(url);
    if (options?.method === "POST") {
      bodies.push(JSON.parse(options.body as string), new Headers(options.headers).get("X-CSRFToken"));
      return new Response(JSON.stringify([{ type: "refused", id: "x", code: "too_fast", text: "…" }]), { status: 429 });
    }
    rounds += 1;
    if (rounds > 2) return new Promise<Response>(() => undefined);
    after += 1;
    return new Response(JSON.stringify({ messages: [{ type: "clock", seq: after, time: 0, running: false, speed: 1, reason: "" }] }));
  }) as unknown as typeof fetch;
  const opened = vi.fn();
  const link = pollOpener({ base: "/s/", after: () => after, token: () => "tok", fetcher, wait: 5 })({ opened, closed: vi.fn(), message: (one) => { messages.push(one); } });
  link.send({ type: "hello", version: 1 });
  link.send({ type: "freeze", id: "12345678" });
  await vi.waitFor(() => { expect(messages.length).toBeGreaterThanOrEqual(3); });
  expect(asked.filter((url) => url.includes("frames")).slice(0, 2)).toEqual(["/s/frames?after=3&wait=0", "/s/frames?after=4&wait=5"]);
  expect(bodies).toEqual([{ type: "freeze", id: "12345678" }, "tok"]);
  expect(messages).toContainEqual(expect.objectContaining({ type: "refused", code: "too_fast" }));
  expect(opened).toHaveBeenCalledOnce();
  link.close();
});
